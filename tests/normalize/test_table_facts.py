"""One grid to its facts: value, unit, label, funding, and what is no fact at all."""

from decimal import Decimal

import pytest

from tests.normalize.reading import fact_of, facts_of, report_of, values_of

MONEY = (
    "(단위: 천원)\n구분\t예산액\t집행액\t집행률\n"
    "교육\t1,200\t600\t50.0\n홍보\t800\t-\t0.0\n계\t2,000\t600\t30.0\n"
)


def test_the_unit_note_scales_money_and_leaves_rates() -> None:
    assert values_of(MONEY)[:3] == [
        ("1,200", Decimal(1_200_000), "won"),
        ("600", Decimal(600_000), "won"),
        ("50.0", Decimal("50.0"), "percent"),
    ]


def test_the_note_scales_the_table_that_it_follows() -> None:
    text = MONEY.removeprefix("(단위: 천원)\n") + "(단위: 천원)\n"
    assert fact_of(text, "1,200").value == 1_200_000


@pytest.mark.parametrize(
    ("printed", "state"),
    [("-", "nil"), ("–", "nil"), ("미정", "undecided"), ("사업변경", "text")],
)
def test_what_is_no_number_never_becomes_zero(printed: str, state: str) -> None:
    fact = fact_of(f"구분\t2022\t2023\n교육\t{printed}\t12\n홍보\t34\t56\n상담\t78\t90\n", printed)
    assert (fact.value, fact.state) == (None, state)


def test_a_blank_cell_is_no_fact() -> None:
    facts = facts_of("구분\t2022\t2023\t2024\n교육\t\t12\t1\n홍보\t34\t56\t2\n상담\t78\t90\t3\n")
    assert len(facts) == 8


def test_compound_units_go_to_the_columns_that_they_suit() -> None:
    text = "(단위: 개소/ 명/ 백만 원)\n구분\t개소 수\t참여인원\t지원액\n2022\t3\t20\t15\n"
    assert values_of(text + "2023\t5\t40\t25\n")[:3] == [
        ("3", Decimal(3), "개소"), ("20", Decimal(20), "명"), ("15", Decimal(15_000_000), "won")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        pytest.param("20건/50억", [("20건", 20, "건"), ("50억", 5 * 10**9, "won")], id="both"),
        pytest.param("30개/60개", [("30개", 30, "개"), ("60개", 60, "개")], id="two counts"),
        pytest.param("75:17.5:7.5", [("75:17.5:7.5", Decimal(p), "percent")
                                     for p in ("75", "17.5", "7.5")], id="a ratio: three facts"),
        pytest.param("14억", [("14억", 14 * 10**8, "won")], id="a word of scale"),
        pytest.param("8천만 원", [("8천만 원", 8 * 10**7, "won")], id="words of scale, a blank"),
        pytest.param("1억 5천만원", [("1억 5천만원", 15 * 10**7, "won")], id="two words of scale"),
        pytest.param("△5", [("△5", -5, None)], id="negative"),
        pytest.param("18개(회당평균)", [("18개", 18, "개")], id="a remark"),
    ],
)  # fmt: skip
def test_a_composite_cell_gives_each_of_its_numbers(
    cell: str, values: list[tuple[str, int, str | None]]
) -> None:
    assert values_of(f"구분\t실적\n교육\t{cell}\n") == [
        (raw, Decimal(value), unit) for raw, value, unit in values
    ]


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        pytest.param(
            "761,000(국200,000,시175,000,구186,000,특교200,000)",
            [("761,000", None), ("200,000", "national"), ("175,000", "city"),
             ("186,000", "district"), ("200,000", "special_grant")],
            id="a list comma after a grouped number, 특교 joined to its amount",
        ),
        pytest.param(
            "300(국 100, 구 200)", [("300", None), ("100", "national"), ("200", "district")],
            id="two sources",
        ),
    ],
)  # fmt: skip
def test_a_bracket_splits_an_amount_by_source(
    cell: str, values: list[tuple[str, str | None]]
) -> None:
    facts = facts_of(f"(단위: 천원)\n구분\t예산\n교육\t{cell}\n홍보\t{cell}\n")
    assert [
        (fact.raw, fact.funding_source if fact.item else None) for fact in facts if fact.row == 1
    ] == values
    assert all(fact.value is not None and fact.value % 1000 == 0 for fact in facts)


def test_columns_of_sources_split_one_measure() -> None:
    rows = "구분\t계\t국비\t시비\t구비\n교육 예산\t60\t30\t20\t10\n홍보 예산\t6\t3\t2\t1\n"
    facts = facts_of(f"□ 예산 현황\n(단위: 백만원)\n{rows}")[:4]
    assert [fact.funding_source for fact in facts] == ["total", "national", "city", "district"]
    assert {fact.measure for fact in facts} == {"budget"}


def test_rows_of_sources_keep_the_label_of_what_they_split() -> None:
    text = "구분\t재원\t2022\t2023\n교육\t계\t30\t19\n\t국비\t20\t10\n\t시비\t10\t9\n"
    facts = facts_of(f"□ 예산 집행액\n(단위: 천원)\n{text}")
    assert {fact.label for fact in facts} == {"교육"}
    assert [fact.funding_source for fact in facts[2:]] == ["national"] * 2 + ["city"] * 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("연번\t사업\t예산(천원)\n1\t교육\t1,000\n2\t홍보\t2,000\n", id="serials"),
        pytest.param("구분\t전화\t예산(천원)\n교육\t02-123-4567\t1,000\n홍보\t02-765-4321\t2,000\n",
                     id="phones"),
        pytest.param("구분\t기간\t예산(천원)\n교육\t5.22.~7.20.\t1,000\n홍보\t6.1.~6.3.\t2,000\n",
                     id="dates"),
        pytest.param("구분\t회차\t예산(천원)\n교육\t2차\t1,000\n홍보\t3차\t2,000\n", id="ordinals"),
        pytest.param("구분\t시설\t예산(천원)\n교육\t1인 미디어실\t1,000\n홍보\t2인 작업실\t2,000\n",
                     id="numbers inside names"),
    ],
)  # fmt: skip
def test_what_only_names_or_orders_is_no_fact(text: str) -> None:
    assert [fact.value for fact in facts_of(text)] == [Decimal(1_000_000), Decimal(2_000_000)]


def test_a_heading_that_slid_over_two_label_columns_is_marked() -> None:
    text = (
        "구분\t목표\t실적\t달성률\n"
        "복지\t교육\t10\t9\t90%\n복지\t홍보\t20\t10\t50%\n계\t\t30\t19\t63%\n"
    )
    facts = facts_of(text)
    assert [fact.measure for fact in facts] == ["target", "actual", "rate"] * 3
    assert facts[-1].label == "계"
    assert report_of(text).tables[0].grid.note
    assert all(fact.confidence < 1 for fact in facts)


def test_a_moved_cell_says_so() -> None:
    text = (
        "분야\t사업명\t목표\t실적\t달성률\n복지\t교육\t10\t9\t90%\n홍보\t20\t10\t50%\n"
        "환경\t방문\t5\t5\t100%\n환경\t청소\t5\t5\t100%\n환경\t조사\t8\t4\t50%\n"
    )
    moved = [fact for fact in facts_of(text) if fact.label.endswith("홍보")]
    assert [fact.raw for fact in moved] == ["20", "10", "50%"]
    assert all(fact.note and fact.confidence < 0.9 for fact in moved)


def test_lost_blanks_make_their_columns_ambiguous_with_a_reason() -> None:
    text = (
        "□ 인력 현황\n구분\n계\n5급\n6급\n7급\n정원 12 1 4 7\n현원 11 1 3 7\n과부족 △1 △1\n\n끝\n"
    )
    facts = facts_of(text)
    assert [fact.raw for fact in facts if fact.is_ambiguous] == ["△1", "△1"]
    assert all(bool(fact.note) == fact.is_ambiguous for fact in facts)
    (table,) = report_of(text).tables
    assert table.grid.alternatives


def test_a_table_of_two_on_one_line_gives_two_tables() -> None:
    text = (
        "구분\t목표\t실적\t구분\t예산\t집행\n"
        "상담\t30\t25\t교육\t100\t50\n방문\t20\t21\t홍보\t80\t40\n"
    )
    report = report_of(text)
    assert len(report.tables) == 2
    assert [fact.raw for fact in report.facts] == ["30", "25", "20", "21", "100", "50", "80", "40"]


def test_the_total_of_years_is_the_total_cost() -> None:
    rows = "구분\t계\t2022\t2023\n교육 사업비\t30\t10\t20\n홍보 사업비\t3\t1\t2\n"
    text = f"□ 투자 계획\n(단위: 백만원)\n{rows}"
    assert [fact.measure for fact in facts_of(text)[:3]] == ["total_cost", "budget", "budget"]


@pytest.mark.parametrize(
    ("heading", "units"),
    [
        pytest.param("예산액(구성비)", ["won", "percent"], id="a-share-beside-an-amount"),
        pytest.param("예산액(%)", ["won", "percent"], id="a-bare-percent-sign"),
        pytest.param("집행률(구성비)", ["percent", "percent"], id="two-rates"),
    ],
)
def test_two_figures_of_a_cell_take_their_parts_of_the_heading(
    heading: str, units: list[str]
) -> None:
    text = f"(단위: 억원, %)\n구분\t{heading}\n지방세\t51,288(30.7)\n지방채\t6,929(4.1)\n"
    found = [fact.value_unit for fact in facts_of(text) if fact.label == "지방세"]
    assert found == units
