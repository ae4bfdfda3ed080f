"""Reports of three years: restated, renamed, in other units, not final, of other things."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from extract.reading.text import read_text
from extract.surroundings import attach_surroundings
from normalize.report import read_report
from validate.editions import Edition
from validate.records import Finding
from validate.years import compare_years


def _edition(text: str, year: int, *, as_of: date | None = None, is_final: bool = False) -> Edition:
    document = read_text(text.replace("|", "\t").encode(), "report.txt")
    blocks = attach_surroundings(document.blocks)
    report = read_report(replace(document, blocks=blocks, document_id=f"{year:064d}"))
    return Edition(
        document_id=report.document.document_id,
        series=("한빛구", "도서관정책과", "work_plan"),
        year=year,
        as_of=as_of,
        is_final=is_final,
        facts=report.facts,
    )


def _findings(*editions: Edition) -> list[Finding]:
    return [finding for one in compare_years(editions) for finding in one.audit.findings]


def _outcomes(*editions: Edition) -> list[tuple[str, str]]:
    return [
        (check.expression, check.outcome)
        for one in compare_years(editions)
        for check in one.audit.checks
    ]


def _report(year: int, headings: str, *rows: str, unit: str = "천원") -> str:
    lines = "\n".join(rows)
    return f"{year}년 주요업무보고\n\n예산 현황\n\n(단위: {unit})\n단위사업명|{headings}\n{lines}\n"


FIRST = _report(
    2021,
    "2019년 결산액|2020년 결산액|2021년 예산액",
    "도서관 운영|1,104,500|1,204,500|1,310,000",
    "독서 문화|703,100|803,100|915,200",
    "시설 관리|302,700|402,700|420,900",
)
SECOND = _report(
    2022, "2022년 예산액", "도서관 운영|1,402,000", "독서 문화|925,600", "시설 관리|430,300"
)
HEADINGS = "2020년 결산액|2022년 결산액|2023년 예산액"


def _third(settled: str = "1,204,500") -> str:
    return _report(
        2023,
        HEADINGS,
        f"도서관 운영|{settled}|1,398,300|1,402,000",
        "독서 문화|803,100|901,400|925,600",
        "시설 관리|402,700|411,800|430,300",
    )


def test_a_figure_is_held_against_the_nearest_report_that_has_it() -> None:
    editions = (_edition(FIRST, 2021), _edition(SECOND, 2022), _edition(_third("1,240,500"), 2023))
    found = _findings(*editions)
    assert [one.severity for one in found] == ["medium"]
    assert "2021년 보고서에는 1,204,500천원, 2023년 보고서에는 1,240,500천원" in (
        found[0].explanation_ko
    )


def test_a_figure_told_every_year_is_compared_once_a_year() -> None:
    rows = ("도서관 운영|1,104,500", "독서 문화|703,100")
    texts = [_report(year, "2019년 결산액", *rows) for year in (2021, 2022, 2023)]
    editions = [_edition(text, year) for text, year in zip(texts, (2021, 2022, 2023), strict=True)]
    assert len(_outcomes(*editions)) == 4


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        pytest.param("1,205", "within_rounding", id="rounded"),
        pytest.param("1,204", "within_rounding", id="cut-off"),
        pytest.param("1,215", "mismatch", id="another-figure"),
    ],
)
def test_units_may_differ_between_the_years(printed: str, outcome: str) -> None:
    later = _report(2022, "2020년 결산액", f"도서관 운영|{printed}", unit="백만원")
    assert [one for _, one in _outcomes(_edition(FIRST, 2021), _edition(later, 2022))] == [outcome]


def test_a_renamed_programme_is_known_by_its_other_years() -> None:
    headings = "2018년 결산액|2019년 결산액|2020년 결산액"
    earlier = _report(
        2021, headings, "작은 도서관|512,340|523,410|534,870", "독서 문화|603,100|703,100|803,100"
    )
    later = _report(
        2022,
        headings,
        "마을 도서관 지원|512,340|523,410|543,870",
        "독서 문화|603,100|703,100|803,100",
    )
    found = _findings(_edition(earlier, 2021), _edition(later, 2022))
    assert [one.severity for one in found] == ["medium"]
    assert [(one.printed, one.expected) for one in found] == [
        (Decimal(543870000), Decimal(534870000))
    ]


def test_a_new_programme_is_not_taken_for_an_old_one() -> None:
    headings = "2019년 결산액|2020년 결산액"
    earlier = _report(2021, headings, "작은 도서관|512,340|534,870")
    later = _report(2022, headings, "마을 도서관|512,340|834,870")
    assert not _outcomes(_edition(earlier, 2021), _edition(later, 2022))


@pytest.mark.parametrize(
    ("heading", "severity"),
    [
        pytest.param("2020년 결산액", "medium", id="final"),
        pytest.param("2020년 결산액(잠정)", "low", id="in-words"),
        pytest.param("2020p 결산액", "low", id="by-a-letter"),
    ],
)
def test_figures_that_were_not_final_may_be_put_right(heading: str, severity: str) -> None:
    rows = ("독서 문화|803,100", "시설 관리|402,700", "야간 개관|93,410")
    earlier = _report(2021, heading, "도서관 운영|1,204,500", *rows)
    later = _report(2022, "2020년 결산액", "도서관 운영|1,240,500", *rows)
    found = _findings(_edition(earlier, 2021), _edition(later, 2022))
    assert [one.severity for one in found] == [severity]


@pytest.mark.parametrize(
    ("is_final", "severity"),
    [pytest.param(False, "low", id="a-plan"), pytest.param(True, "medium", id="a-settlement")],
)
def test_the_own_year_of_a_report_is_over_in_settlements_only(
    is_final: bool, severity: str
) -> None:
    rows = ("독서 문화|803,100", "시설 관리|402,700", "야간 개관|93,410")
    earlier = _report(2021, "2021년 집행액", "도서관 운영|904,500", *rows)
    later = _report(2022, "2021년 집행액", "도서관 운영|1,240,500", *rows)
    found = _findings(_edition(earlier, 2021, is_final=is_final), _edition(later, 2022))
    assert [one.severity for one in found] == [severity]


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        pytest.param("누적 이용자", 1, id="what-counts-up"),
        pytest.param("감가상각누계액", 0, id="a-balance-that-is-written-off"),
    ],
)
def test_only_what_counts_up_may_not_shrink(heading: str, count: int) -> None:
    earlier = _report(2021, heading, "도서관|35,120", "분관|18,450", unit="명")
    later = _report(2022, heading, "도서관|33,010", "분관|19,020", unit="명")
    assert len(_findings(_edition(earlier, 2021), _edition(later, 2022))) == count


def test_reports_of_other_things_are_one_finding() -> None:
    moved = FIRST
    for old, new in (("1,104", "2,104"), ("1,204", "2,204"), ("703", "103"), ("803", "203"),
                     ("302", "702"), ("402", "802")):  # fmt: skip
        moved = moved.replace(old, new)
    found = _findings(_edition(FIRST, 2021), _edition(moved, 2022))
    assert [(one.severity, one.cause) for one in found] == [("low", "definition")]
    assert len(found[0].check_ids) == 6
