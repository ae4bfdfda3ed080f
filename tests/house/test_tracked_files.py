"""Files that are kept carry nothing of the machine they were written on."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Written in pieces, so that this file does not hold what it forbids.
MACHINE_PATHS = re.compile("/" + "work/(main|shared|steering)|/" + "farm/")
LARGEST = 1_000_000


def tracked_files() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there are no tracked files")
    asked = ["git", "-C", str(ROOT), "ls-files", "-z"]
    names = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_no_tracked_file_carries_a_path_of_a_machine() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in tracked_files()
        if MACHINE_PATHS.search(text := path.read_text("utf-8", "replace")) or f"{ROOT}/" in text
    }
    assert found == set()


def test_what_runs_write_is_not_tracked() -> None:
    kept = {path.relative_to(ROOT).as_posix() for path in tracked_files()}
    assert {name for name in kept if name.startswith("output/")} <= {"output/README.md"}
    assert not {name for name in kept if "__pycache__" in name or name.startswith(".venv")}


def test_no_tracked_file_is_large() -> None:
    # The lock grows with the number of wheels per package; nobody wrote it by hand.
    sizes = {path.name: path.stat().st_size for path in tracked_files() if path.name != "uv.lock"}
    assert {name for name, size in sizes.items() if size > LARGEST} == set()
