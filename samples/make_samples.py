"""Writes the sample reports and their manifest: python -m samples.make_samples."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from samples.contents import (
    budget,
    panel,
    performance_report,
    pledge_card,
    pledge_flattened,
    pledge_tabbed,
    settlement,
    work_plan,
    work_plan_errors,
)
from samples.manifest import MANIFEST, PANEL, REPORTS
from samples.writing.records import Planted, Sample

WRITERS: tuple[Callable[[], Sample], ...] = (
    work_plan.write,
    work_plan_errors.write,
    pledge_tabbed.write,
    pledge_flattened.write,
    pledge_card.write,
    performance_report.write,
    budget.write,
    settlement.write,
)
HEADER = """\
# The sample reports; written by samples/make_samples.py, together with the reports themselves.
# All of them are made up: shapes follow real administrative reports, figures and words do not.
# A sample without [[sample.planted]] adds up.
"""


def main() -> None:
    """Write samples/reports/, samples/panel/ and samples/manifest.toml."""
    for path, data in write_samples().items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def write_samples() -> dict[Path, bytes]:
    """Return the bytes of every report and of the manifest; the same on every run."""
    samples = [write() for write in WRITERS]
    files = {REPORTS / sample.file_name: sample.data for sample in samples}
    files |= {PANEL / name: data for name, data in panel.write().items()}
    manifest = "\n".join((HEADER, *map(_describe, samples)))
    return {**files, MANIFEST: manifest.encode()}


def _describe(sample: Sample) -> str:
    fields = {
        "file": sample.file_name,
        "sha256": sha256(sample.data).hexdigest(),
        "family": sample.document_type,
        "region": sample.region,
        "look": sample.look,
        "figures": sample.figures,
    }
    planted = (_describe_error(sample, error) for error in sample.planted)
    return "\n".join(("[[sample]]", *map(_entry, fields.items()), "", *planted))


def _describe_error(sample: Sample, error: Planted) -> str:
    fields = {
        "kind": error.kind,
        "what": error.what,
        "printed": error.printed,
        "expected": error.expected,
    }
    place = f"line = {find_line(sample, error)}"
    return "\n".join(("[[sample.planted]]", place, *map(_entry, fields.items()), ""))


def find_line(sample: Sample, error: Planted) -> int:
    """Return the 1-based line of a planted error in a text sample."""
    for number, line in enumerate(sample.data.decode().split("\n"), start=1):
        if line.startswith(error.label) and error.printed in line:
            return number
    raise ValueError(f"{sample.file_name} has no line with {error.label!r}")


def _entry(field: tuple[str, str]) -> str:
    return f'{field[0]} = "{field[1]}"'


if __name__ == "__main__":
    main()
