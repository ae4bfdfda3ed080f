"""Dates and periods are read where they stand, and numbers that are none are left alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.periods import (
    DateContext,
    as_of_period,
    find_dates,
    local_term,
    read_period,
)

CONTEXT = DateContext(year=2021, month=5, term=local_term(7))
BARE = DateContext(year=2021, bare_month_day=True)


def spans(text: str, context: DateContext = CONTEXT) -> list[tuple[str, str, str]]:
    return [(m.raw, str(m.start), str(m.end)) for m in find_dates(text, context)]


@pytest.mark.parametrize(
    ("text", "raw", "start", "end"),
    [
        pytest.param("2021. 1. ~ 12.", "2021. 1. ~ 12.", "2021-01-01", "2021-12-31", id="months"),
        pytest.param(
            "2021.1.1 ~ 2021.12.31", "2021.1.1 ~ 2021.12.31", "2021-01-01", "2021-12-31",
            id="two_full_days",
        ),
        pytest.param("'21. 4∼11.", "'21. 4∼11.", "2021-04-01", "2021-11-30", id="tilde_operator"),
        pytest.param("준비(`21.9.)", "`21.9.", "2021-09-01", "2021-09-30", id="backtick_year"),
        pytest.param("진행(’21.5.)", "’21.5.", "2021-05-01", "2021-05-31", id="quote_year"),
        pytest.param("과정(3~4월): 12명", "3~4월", "2021-03-01", "2021-04-30", id="bare_months"),
        pytest.param("1월∼3월", "1월∼3월", "2021-01-01", "2021-03-31", id="marked_months"),
        pytest.param("11월~2월", "11월~2월", "2021-11-01", "2022-02-28", id="over_new_year"),
        pytest.param(
            "2022. 8. 17.~9. 1.", "2022. 8. 17.~9. 1.", "2022-08-17", "2022-09-01",
            id="end_takes_the_year",
        ),
        pytest.param(
            "- 5.22.~7.20. 이전", "5.22.~7.20.", "2021-05-22", "2021-07-20", id="year_of_context"
        ),
        pytest.param(
            "축제 25~26일 개최", "25~26일", "2021-05-25", "2021-05-26", id="month_of_context"
        ),
        pytest.param(
            "11월 15일부터 16일까지", "11월 15일부터 16일까지", "2021-11-15", "2021-11-16",
            id="from_until",
        ),
        pytest.param("2018.~2026.", "2018.~2026.", "2018-01-01", "2026-12-31", id="years"),
        pytest.param("2012~2016년 간", "2012~2016년", "2012-01-01", "2016-12-31", id="year_mark"),
        pytest.param("‘18(하반기)", "‘18(하반기)", "2018-07-01", "2018-12-31", id="half_year"),
        pytest.param("2022년 3분기", "2022년 3분기", "2022-07-01", "2022-09-30", id="quarter"),
        pytest.param("1~2분기", "1~2분기", "2021-01-01", "2021-06-30", id="quarters"),
        pytest.param("민선7기 동안", "민선7기", "2018-07-01", "2022-06-30", id="term"),
        pytest.param(
            "민선8기(2022. 7.~2026. 6.)", "2022. 7.~2026. 6.", "2022-07-01", "2026-06-30",
            id="term_with_dates",
        ),
        pytest.param("임기 후", "임기 후", "2022-07-01", "None", id="after_the_term"),
        pytest.param("(2012.2~)", "2012.2~", "2012-02-01", "None", id="open_end"),
        pytest.param("(~ ’21. 12월말)", "~ ’21. 12월말", "None", "2021-12-31", id="open_start"),
        pytest.param("2024년까지 체결", "2024년까지", "None", "2024-12-31", id="until"),
        pytest.param("※ 2024년부터", "2024년부터", "2024-01-01", "None", id="from"),
        pytest.param("완료(18.10)", "18.10", "2018-10-01", "2018-10-31", id="short_year"),
        pytest.param("2015. 2. 13.", "2015. 2. 13.", "2015-02-13", "2015-02-13", id="day"),
        pytest.param("2024-03-29", "2024-03-29", "2024-03-29", "2024-03-29", id="iso"),
        pytest.param(
            "2017. 5. 1.(월)~5. 5.(금) 14:00", "2017. 5. 1.(월)~5. 5.", "2017-05-01", "2017-05-05",
            id="weekday_between",
        ),
        pytest.param("4/27(목) 개최", "4/27", "2021-04-27", "2021-04-27", id="slash_and_weekday"),
        pytest.param("FY2023", "FY2023", "2023-01-01", "2023-12-31", id="fiscal_year"),
        pytest.param("전년도", "전년도", "2020-01-01", "2020-12-31", id="year_before"),
    ],
)  # fmt: skip
def test_a_printed_date_is_found_with_its_days(text: str, raw: str, start: str, end: str) -> None:
    assert spans(text) == [(raw, start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "1.2 개요", "1.2. 개요", "35.6억", "3.3억원", "1~3억원", "6~7억 원", "151-1", "3개월",
        "02.353.3553", "02-353-3553", "4.5%", "10.5㎡", "75:17.5:7.5", "1/2", "14:00~16:00",
        "2.15", "3~5일 이내", "2년차", "4차년", "1박 2일", "'1인 미디어'", "만 39세", "2,000년",
        "2017 성과보고서", "제3조", "제 3. 4. 항", "매월 25일", "3.1절", "4.19혁명",
        "2.0~3.5", "구분", "3월호", "100일 계획", "2000년대",
    ],
)  # fmt: skip
def test_a_number_that_is_no_date_is_left_alone(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2.15", [("2.15", "2021-02-15", "2021-02-15")], id="day"),
        pytest.param("10.30~11.2", [("10.30~11.2", "2021-10-30", "2021-11-02")], id="range"),
        pytest.param("13.40", [], id="no_such_month"),
        pytest.param(
            "4.12, 4.21",
            [("4.12", "2021-04-12", "2021-04-12"), ("4.21", "2021-04-21", "2021-04-21")],
            id="list",
        ),
    ],
)
def test_bare_months_and_days_are_dates_only_where_the_caller_says_so(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert spans(text, BARE) == expected
    assert spans(text) == []


def test_a_full_date_gives_its_year_to_the_dates_after_it() -> None:
    found = find_dates("2012년 5월 선언, 그해 11월 제정. 2016년 예산, 12월 완료", CONTEXT)
    assert [m.start for m in found if m.role == "date"] == [
        date(2012, 5, 1),
        date(2012, 11, 1),
        date(2012, 12, 1),
    ]


@pytest.mark.parametrize("text", ["(5.31.기준)", "2018년 12월말 148개소", "기준일: 2024. 3. 31."])
def test_a_date_of_record_is_marked(text: str) -> None:
    assert [m.is_as_of for m in find_dates(text, CONTEXT)] == [True]


def test_a_mere_year_is_a_reference_and_not_a_date() -> None:
    assert [m.role for m in find_dates("2023년 신규 사업", CONTEXT)] == ["reference"]


def test_a_date_of_an_unknown_year_stands_without_days() -> None:
    (found,) = find_dates("3~4월", DateContext())
    assert (found.raw, found.start, found.end) == ("3~4월", None, None)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2018년", "2018-01-01", "2018-12-31", "year"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("’19", "2019-01-01", "2019-12-31", "year"),
        ("‘18\n(하반기)", "2018-07-01", "2018-12-31", "half"),
        ("1/4", "2021-01-01", "2021-03-31", "quarter"),
        ("4/4", "2021-10-01", "2021-12-31", "quarter"),
        ("1분기", "2021-01-01", "2021-03-31", "quarter"),
        ("계(2024년)", "2024-01-01", "2024-12-31", "year"),
        ("민선8기 목표", "2022-07-01", "2026-06-30", "term"),
        ("당해연도", "2021-01-01", "2021-12-31", "year"),
        ("임기후", "2022-07-01", "None", "term"),
        ("2021년\n예산확보액", "2021-01-01", "2021-12-31", "year"),
        ("2023년도 결산액(A)", "2023-01-01", "2023-12-31", "year"),
        ("5.31.기준", "None", "2021-05-31", "day"),
        ("2022년 이전", "None", "2022-12-31", "year"),
        ("2022 예산", "2022-01-01", "2022-12-31", "year"),
        ("2023년 사업비(백만원)", "2023-01-01", "2023-12-31", "year"),
        ("2024년말", "None", "2024-12-31", "year"),
        ("2025년 기준", "2025-01-01", "2025-12-31", "year"),
        ("2022 ~ 2026", "2022-01-01", "2026-12-31", "year"),
    ],
)
def test_a_heading_that_is_a_period_is_read_as_one(
    text: str, start: str, end: str, precision: str
) -> None:
    period = read_period(text, CONTEXT)
    assert period is not None
    assert (str(period.start), str(period.end), period.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "text", ["235", "2.15", "12", "구분", "2023년 신규 사업", "", "5/4", "계", "2023 명", "18년"]
)
def test_a_heading_that_is_no_period_stays_none(text: str) -> None:
    assert read_period(text, CONTEXT) is None


def test_a_stock_is_known_up_to_its_day() -> None:
    period = as_of_period(date(2024, 3, 31))
    assert (period.start, period.end) == (None, date(2024, 3, 31))


def test_terms_of_local_government_follow_each_other() -> None:
    assert local_term(1) == (date(1995, 7, 1), date(1998, 6, 30))
    assert local_term(8) == (date(2022, 7, 1), date(2026, 6, 30))
    assert local_term(0) is None


PIECES = st.sampled_from(
    [
        *"0123456789", ".", " ", "~", "-", "(", ")", "'", "년", "월", "일", "분기", "상반기",
        "부터", "까지", "민선", "기", "/", "2021", "말", "기준", "임기", "후", ":", "\n", ",", "%",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_mentions_lie_in_the_text_in_order_and_run_forward(text: str) -> None:
    position = 0
    for context in (CONTEXT, BARE, DateContext()):
        position = 0
        for mention in find_dates(text, context):
            assert position <= mention.char_start < mention.char_end <= len(text)
            assert text[mention.char_start : mention.char_end] == mention.raw
            assert mention.start is None or mention.end is None or mention.start <= mention.end
            position = mention.char_end
        read_period(text, context)


@given(st.dates(date(1990, 1, 1), date(2059, 12, 31)))
def test_a_printed_day_reads_back(day: date) -> None:
    for text in (
        f"{day.year}. {day.month}. {day.day}.",
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{day.year}.{day.month}.{day.day}",
        f"’{day.year % 100:02}. {day.month}. {day.day}.",
    ):
        assert [(m.start, m.end) for m in find_dates(text, CONTEXT)] == [(day, day)], text
