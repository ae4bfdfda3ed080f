"""A report says who wrote it, what it is and for when; what it does not say stays empty."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Cell, Document, Line, Place, Run, TableGrid
from normalize.profile import read_profile
from normalize.records import Profile


def line(text: str, number: int = 1) -> Line:
    return Line(run=Run(text=text, place=Place(line_no=number, char_start=0, char_end=len(text))))


def document(*texts: str, grid: TableGrid | None = None) -> Document:
    lines = tuple(line(text, number) for number, text in enumerate(texts, 1))
    return Document(
        document_id="0" * 64,
        file_name="report.txt",
        media_type="text/plain",
        byte_size=1,
        blocks=lines if grid is None else (*lines, grid),
    )


def table(*rows: tuple[str, ...]) -> TableGrid:
    cells = tuple(
        Cell(row=row, col=col, runs=(Run(text=text, place=Place()),))
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    )
    return TableGrid(
        cells=cells, row_count=len(rows), column_count=len(rows[0]), engine="tabbed", place=Place()
    )


WORK_PLAN = (
    "Ⅰ. 일반현황", "지역경제과 - 3개팀", "2 인 력", "집행률(%) (5.31.기준)",
    "Ⅱ. 주요업무 추진실적", "1 골목 상점가 육성 ········ 4", "○ 사업기간: 2021. 1. ~ 12.",
    "○ 관악구 상점가 지원", "- 관악구 소상공인 교육(6월): 2015년 조례에 따름",
    "○ 사업기간: 2021. 1. ~ 12.",
)  # fmt: skip
PLEDGE = (
    "공 약 명 골목 도서관 확충", "완료시기 임기내 사업기간 중기", "추진부서 문화체육과",
    "민선7기 공약", "(2018. 12월말 기준)", "금천구 도서관", "금천구 주민", "2014년 개관",
)  # fmt: skip
PERFORMANCE = (
    "서울특별시 청년지원센터", "2017 성과보고서", "2017.1.1 ~ 2017.12.31",
    "서울특별시 청년지원센터 2017 성과보고서", "Contents", "서울시 사업 추진 성과",
    "- 사업기간 : 2016년 7월 ~ 2019년 6월(3년)", "2013년 설립",
)  # fmt: skip


def test_an_extract_of_a_work_plan_is_known_by_its_chapters() -> None:
    assert read_profile(document(*WORK_PLAN)) == Profile(
        title="주요업무 추진실적",
        document_type="work_plan",
        institution="서울특별시 관악구",
        region_code="1162000000",
        region_name="서울특별시 관악구",
        region_level="local",
        department="지역경제과",
        fiscal_year=2021,
        period_start=date(2021, 1, 1),
        period_end=date(2021, 12, 31),
        as_of_date=date(2021, 5, 31),
    )


def test_a_pledge_takes_its_title_from_its_label_and_its_period_from_the_term() -> None:
    assert read_profile(document(*PLEDGE)) == Profile(
        title="골목 도서관 확충",
        document_type="pledge_plan",
        institution="서울특별시 금천구",
        region_code="1154500000",
        region_name="서울특별시 금천구",
        region_level="local",
        department="문화체육과",
        fiscal_year=2018,
        period_start=date(2018, 7, 1),
        period_end=date(2022, 6, 30),
        as_of_date=date(2018, 12, 31),
    )


def test_a_performance_report_states_its_period_on_a_line_of_its_own() -> None:
    assert read_profile(document(*PERFORMANCE)) == Profile(
        title="서울특별시 청년지원센터 2017 성과보고서",
        document_type="performance_report",
        institution="서울특별시 청년지원센터",
        region_code="1100000000",
        region_name="서울특별시",
        region_level="regional",
        department=None,
        fiscal_year=2017,
        period_start=date(2017, 1, 1),
        period_end=date(2017, 12, 31),
        as_of_date=None,
    )


@pytest.mark.parametrize(
    "name", ["한빛대학교 산학협력단", "한빛시설관리공단", "서울특별시 한빛문화재단"]
)
def test_an_agency_alone_on_a_line_of_the_cover_is_the_institution(name: str) -> None:
    profile = read_profile(document("2023회계연도 현금예산서", name, "서울특별시에 제출한다."))
    assert profile.institution == name


def test_an_agency_named_in_a_sentence_is_not_the_institution() -> None:
    cover = ("2023년 주요업무보고", "한빛문화재단 운영을 지원한다.", "서울특별시 관악구")
    assert read_profile(document(*cover)).institution == "서울특별시 관악구"


def test_an_empty_report_says_nothing_of_itself() -> None:
    assert read_profile(document()) == Profile()


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        pytest.param(("2023년도 세입·세출 결산서",), "settlement", id="settlement"),
        pytest.param(("2024년도 본예산 예산서",), "budget", id="budget"),
        pytest.param(("2022 통계연보",), "statistics", id="statistics"),
        pytest.param(("2024년 청년도전 사업계획서",), "project_brief", id="project_brief"),
        pytest.param(("공약사업 이행현황", "임기 내"), "pledge_plan", id="pledges"),
        pytest.param(("회의 일정 안내드립니다",), "other", id="other"),
    ],
)
def test_the_words_of_title_and_text_tell_the_kind(texts: tuple[str, ...], kind: str) -> None:
    assert read_profile(document(*texts)).document_type == kind


@pytest.mark.parametrize(
    ("text", "department"),
    [
        pytest.param(
            "주관부서 일자리정책과장 : 홍길동(☎0000)", "일자리정책과", id="head_of_office"
        ),
        pytest.param("사업담당\t벤처육성과장: 홍길동", "벤처육성과", id="in_a_cell"),
        pytest.param("추진부서: 감사담당관", "감사담당관", id="audit_office"),
        pytest.param("추진부서 협의 결과", None, id="a_result_is_no_department"),
        pytest.param("추진부서 성과", None, id="an_achievement_is_no_department"),
    ],
)
def test_a_department_is_taken_without_the_person(text: str, department: str | None) -> None:
    profile = read_profile(document("골목 도서관", text))
    assert profile.department == department
    assert "홍길동" not in str(profile)


def test_labels_in_a_table_are_read_like_lines() -> None:
    grid = table(
        ("구분", "내용", "사업기간", "2018.~2026."), ("공약", "임기 내", "추진부서", "문화체육과")
    )
    profile = read_profile(document("1-3 골목 도서관", "공약 목표", grid=grid))
    assert profile.title == "골목 도서관"
    assert profile.department == "문화체육과"
    assert (profile.period_start, profile.period_end) == (date(2018, 1, 1), date(2026, 12, 31))


def test_a_year_of_history_does_not_become_the_fiscal_year() -> None:
    texts = ("2024년 주요업무계획", *(f"2015. {month}. 개관" for month in range(1, 13)))
    assert read_profile(document(*texts)).fiscal_year == 2024


def test_a_ministry_is_an_institution_without_a_region() -> None:
    profile = read_profile(document("보건복지부", "2024년 예산 개요", "서울특별시", "관악구"))
    assert (profile.institution, profile.region_code) == ("보건복지부", None)


def test_a_line_of_persons_is_no_title() -> None:
    assert read_profile(document("작성 홍길동 연구위원", "2023 예산서")).title == "2023 예산서"


def test_a_letter_spaced_title_is_closed_up() -> None:
    assert read_profile(document("주 요 업 무 계 획")).title == "주요업무계획"


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_text_gives_a_profile_whose_period_runs_forward(texts: list[str]) -> None:
    profile = read_profile(document(*texts))
    if profile.period_start and profile.period_end:
        assert profile.period_start <= profile.period_end
