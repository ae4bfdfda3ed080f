"""Workbooks recomputed by LibreOffice, for the tests of what is exported."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="no LibreOffice here to compute formulas"
)


def recompute(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Return copies of workbooks with the results of their formulas."""
    if not paths:
        return []
    asked = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    asked += ["--convert-to", "xlsx", "--outdir", str(folder / "computed"), *map(str, paths)]
    subprocess.run(asked, check=True, capture_output=True)
    return [folder / "computed" / path.name for path in paths]


def rows_of(path: Path, sheet: str) -> list[Mapping[str, Any]]:
    """Return the rows of a sheet by their headings."""
    book = openpyxl.load_workbook(path, data_only=True)
    heads, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]
