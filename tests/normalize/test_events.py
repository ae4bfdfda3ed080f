"""Events carry the days that their line, row or section gives them, and the place of the date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Place, Run
from normalize.events import EventContext, EventSource, find_events
from normalize.records import Event

CONTEXT = EventContext(fiscal_year=2021, as_of=date(2021, 5, 31))


def source(
    text: str,
    *sections: str,
    table_id: str | None = None,
    row: int | None = None,
    heading: str = "",
    is_header: bool = False,
) -> EventSource:
    return EventSource(
        run=Run(text=text, place=Place(line_no=7, char_start=10, char_end=10 + len(text))),
        section_path=sections,
        table_id=table_id,
        row=row,
        heading=heading,
        is_header=is_header,
    )


def row(*cells: tuple[str, str]) -> list[EventSource]:
    return [source(text, table_id="t", row=3, heading=heading) for heading, text in cells]


def days(events: tuple[Event, ...]) -> list[tuple[str, str, str]]:
    return [(event.raw_date, str(event.start), str(event.end)) for event in events]


def test_the_place_of_an_event_holds_exactly_the_date() -> None:
    (event,) = find_events([source("- 현장방문(6월~10월)")], CONTEXT)
    assert (event.place.char_start, event.place.char_end) == (17, 23)
    assert (event.start, event.end) == (date(2021, 6, 1), date(2021, 10, 31))
    assert event.description == "현장방문"


def test_a_row_gives_its_year_and_month_to_the_dates_in_it() -> None:
    first = row(("일자", "2023. 8. 8."), ("내용", "- 5.22.~7.20. 이전 공사"))
    second = row(("일자", "2022. 5. 22."), ("내용", "축제 25~26일 개최"))
    assert days(find_events(first, CONTEXT)) == [
        ("2023. 8. 8.", "2023-08-08", "2023-08-08"),
        ("5.22.~7.20.", "2023-05-22", "2023-07-20"),
    ]
    assert days(find_events(second, CONTEXT))[1] == ("25~26일", "2022-05-25", "2022-05-26")


def test_a_date_cell_is_described_by_the_cell_after_it() -> None:
    events = find_events(
        row(("연번", "1"), ("일자", "2022. 8. 2."), ("사항", "보조금 교부")), CONTEXT
    )
    assert [event.description for event in events] == ["보조금 교부"]


@pytest.mark.parametrize("heading", ["일시", "일자", "추진일정", "개최일"])
def test_a_column_of_dates_may_leave_out_the_year(heading: str) -> None:
    events = find_events(row((heading, "2.15"), ("장소", "강당")), CONTEXT)
    assert days(events) == [("2.15", "2021-02-15", "2021-02-15")]


@pytest.mark.parametrize("heading", ["비율", "면적", "", "평균"])
def test_a_number_in_another_column_is_no_date(heading: str) -> None:
    assert find_events(row((heading, "2.15"), ("장소", "강당")), CONTEXT) == ()


def test_a_section_of_another_year_gives_that_year() -> None:
    events = find_events([source("○ 점검: 9월", "2024년 세부 일정")], CONTEXT)
    assert days(events) == [("9월", "2024-09-01", "2024-09-30")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("토론회 개최 (9.19, 강당)", ["9.19"], id="with_a_hall"),
        pytest.param("간담회 2회(4.12, 4.21) 추진", ["4.12", "4.21"], id="list"),
        pytest.param("협약 체결(9.7)", ["9.7"], id="after_an_event"),
        pytest.param("만족도(4.12)", [], id="score"),
        pytest.param("평균(4.5)", [], id="average"),
        pytest.param("지수 변화 (4.5)", [], id="short_number"),
    ],
)
def test_days_in_brackets_are_dates_unless_they_are_scores(text: str, found: list[str]) -> None:
    assert [event.raw_date for event in find_events([source(text)], CONTEXT)] == found


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("○ 사업기간: 2021. 1. ~ 12.", "period", id="project_period"),
        pytest.param("민간위탁 기간(2023. 1. 1.~2024. 12. 31.)", "period", id="contract_period"),
        pytest.param("민선8기(2022. 7.~2026. 6.) 목표", "period", id="term"),
        pytest.param("2017.1.1 ~ 2017.12.31", "period", id="reporting_period"),
        pytest.param("(2018. 12월말 기준)", "as_of", id="as_of"),
        pytest.param("총 92개(~ ’21. 12월말 누적)", "as_of", id="accumulated"),
        pytest.param("2024년까지 협약 체결", "deadline", id="deadline"),
        pytest.param("- 촉진자 과정(’21.5.)", "event", id="event"),
    ],
)
def test_words_beside_a_date_tell_its_role(text: str, role: str) -> None:
    assert [event.role for event in find_events([source(text)], CONTEXT)] == [role]


@pytest.mark.parametrize(
    ("section", "text", "status"),
    [
        pytest.param("□ 주요 추진실적", "- 교육(5~6월)", "done", id="results"),
        pytest.param("□ 향후계획", "- 교육(3월)", "planned", id="plans"),
        pytest.param("□ 사업개요", "- 교육(3월)", "done", id="before_the_date_of_record"),
        pytest.param("□ 사업개요", "- 교육(9월)", "planned", id="after_the_date_of_record"),
        pytest.param("□ 사업개요", "- 교육(3월 예정)", "planned", id="said_so"),
    ],
)
def test_the_section_and_the_date_of_record_tell_what_is_done(
    section: str, text: str, status: str
) -> None:
    assert [event.status for event in find_events([source(text, section)], CONTEXT)] == [status]


def test_a_heading_of_a_table_gives_only_its_date_of_record() -> None:
    header = [
        source("집행률(%) (5.31.기준)", table_id="t", row=0, is_header=True),
        source("1분기", table_id="t", row=0, is_header=True),
        source("민선8기 목표", table_id="t", row=0, is_header=True),
    ]
    assert days(find_events(header, CONTEXT)) == [("5.31.", "2021-05-31", "2021-05-31")]


def test_the_period_of_a_labelled_cell_is_known_by_the_cell_before_it() -> None:
    events = find_events(row(("", "사업기간"), ("", "2018.~2026.")), CONTEXT)
    assert [(event.role, event.precision) for event in events] == [("period", "year")]


def test_a_date_on_a_line_of_its_own_is_described_by_the_line_above() -> None:
    lines = [source("교안 마련"), source("(’21. 3.) ➡")]
    assert [event.description for event in find_events(lines, CONTEXT)] == ["교안 마련"]


@pytest.mark.parametrize("text", ["2023년 신규 사업", "전년 대비 3% 증가", "상반기 6개 기업"])
def test_a_mere_year_is_no_event(text: str) -> None:
    assert find_events([source(text)], CONTEXT) == ()


def test_a_date_whose_year_nobody_knows_is_no_event() -> None:
    assert find_events([source("교육(3월)")], EventContext()) == ()


@given(st.lists(st.text(max_size=40), max_size=6), st.booleans())
def test_any_text_is_read_and_every_place_lies_in_its_line(texts: list[str], in_row: bool) -> None:
    table_id = "t" if in_row else None
    sources = [source(text, table_id=table_id, row=1, heading="일자") for text in texts]
    for event in find_events(sources, CONTEXT):
        start, end = event.place.char_start, event.place.char_end
        assert start is not None
        assert end is not None
        assert any(item.run.text[start - 10 : end - 10] == event.raw_date for item in sources)
