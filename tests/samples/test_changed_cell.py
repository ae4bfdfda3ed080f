"""One figure changed in a report that adds up: every finding leads to it, and there is one."""

from pathlib import Path

import pytest

from extract.reading.source import read_document
from extract.records import Place
from pipelines.choose import choose_reading
from samples.manifest import REPORTS
from validate.audit import audit
from validate.records import Finding

CHANGES = [
    pytest.param("performance_report.txt", "\t17,925,300\t666,616,920", "17,952,300", id="formula"),
    pytest.param("performance_report.txt", "\t1,046\n", "1,406", id="column total"),
    pytest.param("performance_report.txt", "\t92,745,180\t99.40%", "92,475,180", id="rate of won"),
    pytest.param("pledge_tabbed.txt", "\t260\t40\t", "620", id="year of a source"),
    pytest.param("pledge_tabbed.txt", "\t1,800\t1,120", "8,100", id="source of the total cost"),
    pytest.param("pledge_tabbed.txt", "\t60.0\t", "80.0", id="rate of progress"),
    pytest.param("pledge_flattened.txt", " 160 170 170\n", "610", id="flattened row"),
    pytest.param("work_plan.txt", " 214,300,", "241,300", id="split in brackets"),
    pytest.param("work_plan.txt", " 56.3\n\n기본경비", "53.6", id="flattened rate"),
    pytest.param("work_plan.txt", " 6 3 1 4\n", "9", id="staff of a grade"),
]


def change(text: str, around: str, figure: str) -> tuple[str, Place]:
    """Put a figure in place of the first one of a passage that occurs once; say where it is."""
    assert text.count(around) == 1
    old = around.split()[0].strip(",")
    start = text.index(around) + around.index(old)
    line_start = text.rfind("\n", 0, start) + 1
    place = Place(
        line_no=text.count("\n", 0, start) + 1,
        char_start=start - line_start,
        char_end=start - line_start + len(figure),
    )
    return text[:start] + figure + text[start + len(old) :], place


def leads_to(found: Finding, place: Place) -> bool:
    return any(
        cell.place.line_no == place.line_no
        and (cell.place.char_start or 0) < (place.char_end or 0)
        and (place.char_start or 0) < (cell.place.char_end or 0)
        for cell in found.cells
    )


@pytest.mark.parametrize(("file", "around", "figure"), CHANGES)
def test_a_changed_figure_is_found_and_nothing_else_is(
    file: str, around: str, figure: str, tmp_path: Path
) -> None:
    text, place = change((REPORTS / file).read_text("utf-8"), around, figure)
    changed = tmp_path / file
    changed.write_text(text, "utf-8")
    findings = audit(choose_reading(read_document(changed))).findings
    alarms = [found for found in findings if found.severity != "info"]
    assert alarms
    assert [found.explanation_en for found in alarms if not leads_to(found, place)] == []
