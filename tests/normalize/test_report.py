"""What holds for every report, whatever is printed in it."""

import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import DocumentError
from normalize.records import Fact
from tests.normalize.reading import facts_of, report_of

WORDS = st.sampled_from(
    """구분 합계 계 소계 사업명 예산액 집행액 집행률 목표 실적 2022 2023 1,234 567 89.1% - 국비
    시비 100 12 3명 20건/50억 14억 8천만원 단위 개소 비고 연번 1 2 (국31,000,시175,590,구200) △5
    미정 교육 (단위:천원) ※참고 ○대상: □현황 Ⅰ.개요 ☐ 75:17.5:7.5 2023.5.1. 5.22.~7.20. 70/163%
    총사업비(백만원) <br> &amp; 약 이상 2차 1인 ㎡ 276㎡ 특교200,000)""".split()
)
GAPS = st.sampled_from(["\t", "\t", "\n", " ", "  ", "\r\n", "\f"])
TEXTS = st.one_of(
    st.lists(st.tuples(WORDS, GAPS), max_size=30)
    .map(lambda pairs: "".join(word + gap for word, gap in pairs)),
    st.lists(st.lists(WORDS, min_size=3, max_size=3).map("\t".join), max_size=8).map("\n".join),
    st.text(max_size=60),
)  # fmt: skip


def read(text: str) -> tuple[Fact, ...]:
    try:
        return facts_of(text)
    except (DocumentError, UnicodeEncodeError):
        return ()


def bare(text: str) -> str:
    """Return a text as it reads without markup and white space."""
    text = re.sub(r"<[^<>]*>", "", text).replace("&amp;", "&")
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


@given(TEXTS)
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    for fact in read(text):
        assert fact.value is None or (isinstance(fact.value, Decimal) and fact.value.is_finite())
        assert fact.state == "number" or fact.value is None
        assert 0 <= fact.confidence <= 1


@given(TEXTS)
def test_the_place_of_a_fact_gives_its_print(text: str) -> None:
    lines = text.split("\n")
    for fact in read(text):
        place = fact.place
        assert place.line_no is not None
        printed = lines[place.line_no - 1][place.char_start : place.char_end]
        first_line = fact.raw.split("\n")[0]
        assert bare(printed) == bare(first_line)


@given(TEXTS)
def test_ids_are_unique_and_follow_the_document(text: str) -> None:
    try:
        report = report_of(text)
    except (DocumentError, UnicodeEncodeError):
        return
    ids = [fact.fact_id for fact in report.facts]
    assert ids == sorted(set(ids))
    tables = [table.table_id for table in report.tables]
    assert tables == sorted(set(tables))
    assert {fact.table_id for fact in report.facts} <= {None, *tables}
    for first, second in zip(report.facts, report.facts[1:], strict=False):
        if first.table_id == second.table_id is not None:
            assert (first.row, first.col, first.item) < (second.row, second.col, second.item)


@given(TEXTS)
def test_a_cell_of_the_dataset_stands_for_each_cell_of_a_grid(text: str) -> None:
    try:
        report = report_of(text)
    except (DocumentError, UnicodeEncodeError):
        return
    for table in report.tables:
        assert [(c.row, c.col, c.text) for c in table.cells] == [
            (c.row, c.col, c.text) for c in table.grid.cells
        ]


def test_facts_stand_in_document_order() -> None:
    text = "주민 12명 참여\n구분\t예산\t집행\n교육\t100\t50\n홍보\t80\t40\n주민 15명 참여\n"
    facts = facts_of(text)
    assert [fact.raw for fact in facts] == ["12명", "100", "50", "80", "40", "15명"]
    assert [fact.fact_id[-3:] for fact in facts] == ["001", "002", "003", "004", "005", "006"]


def test_the_same_text_gives_the_same_facts() -> None:
    text = "□ 예산 (단위: 천원)\n구분\t예산\t집행\n교육\t100\t50\n"
    assert facts_of(text) == facts_of(text)


@pytest.mark.parametrize(
    ("second", "value"),
    [
        pytest.param("1 마을 교육\n", 80_000, id="in the same section"),
        pytest.param("Ⅱ. 다른 사업\n", 80, id="in another section"),
    ],
)
def test_money_without_a_unit_takes_that_of_the_table_before_in_its_section(
    second: str, value: int
) -> None:
    text = (
        "Ⅰ. 사업\n(단위: 천원)\n구분\t예산액\t집행액\n교육\t100\t50\n홍보\t70\t30\n"
        f"{second}구분\t예산액\t집행액\n상담\t80\t40\n방문\t60\t20\n"
    )
    (fact,) = [fact for fact in facts_of(text) if fact.raw == "80"]
    assert fact.value == value


def test_events_and_facts_do_not_share_a_print() -> None:
    report = report_of("○ 교육: 2023. 5. 1. ~ 2023. 5. 3. 주민 12명\n")
    assert [fact.raw for fact in report.facts] == ["12명"]
    assert report.events
