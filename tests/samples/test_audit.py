"""What the audit says of the samples: nothing of the clean ones, and each planted error."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from extract.reading.source import read_document
from normalize.records import Report
from pipelines.choose import choose_reading
from samples.manifest import PlantedError, SampleReport, read_manifest
from validate.audit import audit
from validate.records import Finding

SAMPLES = read_manifest()
CLEAN = [sample for sample in SAMPLES if not sample.planted]
(PLANTED,) = (sample for sample in SAMPLES if sample.planted)
ALARMING = ("high", "medium")
TOTAL, RATE, UNIT = PLANTED.planted


def read(sample: SampleReport) -> Report:
    return choose_reading(read_document(sample.path))


def alarms(report: Report) -> list[Finding]:
    return [found for found in audit(report).findings if found.severity in ALARMING]


@pytest.fixture(scope="module")
def planted_alarms() -> list[Finding]:
    return alarms(read(PLANTED))


@pytest.mark.parametrize("sample", CLEAN, ids=lambda sample: sample.file)
def test_a_report_that_adds_up_raises_no_alarm(sample: SampleReport) -> None:
    assert [(found.title_en, found.printed) for found in alarms(read(sample))] == []


@pytest.mark.parametrize("sample", CLEAN, ids=lambda sample: sample.file)
def test_the_relations_of_a_clean_report_are_really_tested(sample: SampleReport) -> None:
    held = [
        check
        for check in audit(read(sample)).checks
        if check.outcome in ("exact", "within_rounding")
    ]
    assert len(held) >= 8


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_the_document_type_is_recognised(sample: SampleReport) -> None:
    assert read(sample).profile.document_type == sample.family


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_the_region_is_recognised_where_it_exists(sample: SampleReport) -> None:
    profile = read(sample).profile
    if "no real district" not in sample.region:
        assert profile.region_name is not None
        assert profile.region_name.split()[-1] == sample.region.split()[-1]
        assert profile.region_code


@pytest.mark.parametrize(
    ("error", "printed", "expected"),
    [
        pytest.param(TOTAL, Decimal(2_075_790_000), Decimal(2_077_590_000), id="total"),
        pytest.param(RATE, Decimal("78.4"), Decimal("74.8"), id="rate"),
    ],
)
def test_a_wrong_figure_is_found_with_what_it_should_have_been(
    error: PlantedError, printed: Decimal, expected: Decimal, planted_alarms: list[Finding]
) -> None:
    (found,) = (one for one in planted_alarms if one.printed == printed)
    assert found.expected is not None
    assert found.expected.quantize(expected, ROUND_HALF_UP) == expected
    assert found.cells[0].place.line_no == error.line


def test_a_wrong_unit_is_found_as_such(planted_alarms: list[Finding]) -> None:
    found = [one for one in planted_alarms if one.cause == "unit"]
    assert found
    lines = {cell.place.line_no for one in found for cell in one.cells}
    assert any(line is not None and line > UNIT.line for line in lines)


def test_nothing_but_the_planted_errors_raises_an_alarm(planted_alarms: list[Finding]) -> None:
    wrong = (Decimal(2_075_790_000), Decimal("78.4"))
    others = [one for one in planted_alarms if one.cause != "unit" and one.printed not in wrong]
    assert [(one.title_en, one.printed) for one in others] == []
