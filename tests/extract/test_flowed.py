"""Tables of flattened dumps: rows line by line, headings broken over lines, lost blanks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.grids.flowed import find_flowed
from extract.grids.header_words import join_single_syllables, restarts
from extract.grids.lined import find_lined
from extract.records import Line, TableGrid
from tests.extract.texts import lines_of, places_of, runs_of

_FEW = settings(max_examples=80, deadline=None)
_WORDS = st.sampled_from(
    "구 분|계|국비|시 비|1,234|-|12.3%|(국 1, 시 2)|(구비 30|)|사업명|예산액|집행액|2024년|목표"
    "|실적|○ 대상: 구민|- 1 -|소계|7건|1 교육".split("|")
)
_TEXTS = st.lists(st.lists(_WORDS, max_size=6).map(" ".join), max_size=14)


def _grids(text: str) -> list[TableGrid]:
    return [
        block for block in find_flowed(lines_of(text.strip("\n"))) if isinstance(block, TableGrid)
    ]


def _shown(grid: TableGrid) -> list[str]:
    return [
        "|".join(" ".join(cell.text.split()) for cell in grid.cells if cell.row == row)
        for row in range(grid.row_count)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "구 분 합 계 2023년 2024년\n국 비 30 10 20\n시 비 60 20 40",
            ["구 분|합 계|2023년|2024년", "국 비|30|10|20", "시 비|60|20|40"],
            id="letter-spaced headings",
        ),
        pytest.param(
            "예 산 액 집 행 액 집행률(%)\n1,000\n(국 400, 시 600)\n800\n(국 300, 시 500)\n80.0",
            ["예 산 액|집 행 액|집행률(%)", "1,000 (국 400, 시 600)|800 (국 300, 시 500)|80.0"],
            id="values below each other with their brackets",
        ),
        pytest.param(
            "단위사업명 예산액 집행액\n계 1,500 1,050\n넉넉한\n내일 가꾸기\n1,000 800\n"
            "운영비 500 250",
            [
                "단위사업명|예산액|집행액",
                "계|1,500|1,050",
                "넉넉한 내일 가꾸기|1,000|800",
                "운영비|500|250",
            ],
            id="a label on lines of its own",
        ),
        pytest.param(
            "구분 예산액 교부액 집행액 집행잔액\n"
            "1 어린이와 어르신이 함께 가꾸는 마을 정원 조성 "
            "1,000,000,000 1,000,000,000 800,000,000 200,000,000\n"
            "2 운영비 500 500 250 250",
            [
                "구분|예산액|교부액|집행액|집행잔액",
                "1 어린이와 어르신이 함께 가꾸는 마을 정원 조성"
                "|1,000,000,000|1,000,000,000|800,000,000|200,000,000",
                "2 운영비|500|500|250|250",
            ],
            id="long and numbered rows",
        ),
    ],
)
def test_rows_are_read_line_by_line(text: str, expected: list[str]) -> None:
    assert [_shown(grid) for grid in _grids(text)] == [expected]


def test_a_page_number_is_never_a_row() -> None:
    text = "구분 합계 2023년 2024년\n국비 30 10 20\n시비 60 20 40\n- 1 -"
    assert [grid.row_count for grid in _grids(text)] == [3]


def test_a_row_that_lost_a_blank_is_marked_and_has_another_reading() -> None:
    text = "구분 합계 2022년 2023년 2024년\n국비 30 5 5 20\n시비 60 20 20 20\n구비 10 10"
    (grid,) = _grids(text)
    assert grid.is_ambiguous
    assert grid.note
    assert [_shown(other)[-1] for other in (grid, *grid.alternatives)] == [
        "구비|10|10||",
        "구비|10|||10",
    ]


def test_headings_suit_the_longest_row_where_most_rows_lost_blanks() -> None:
    head = "구분 예산액 전용액 교부액 집행액 잔액"
    rows = ["총계 90 10 80 70 10", "교육 20 20 20 0", "상담 20 20 20 0", "행사 20 20 20 0"]
    (grid,) = _grids("\n".join([head, *rows]))
    assert _shown(grid)[:2] == ["구분|예산액|전용액|교부액|집행액|잔액", "총계|90|10|80|70|10"]
    assert grid.is_ambiguous


def test_rows_with_a_word_for_each_heading_are_read_word_by_word() -> None:
    text = (
        "일자 개최기관 참여기업 상담건수\n7.3 구청 18 39\n7.4 재단 10 12\n"
        "7.9 구청 13 10\n광장 4 5\n합계 45 66"
    )
    (grid,) = [
        block for block in find_lined(lines_of(text.strip("\n"))) if isinstance(block, TableGrid)
    ]
    assert _shown(grid) == [
        "일자|개최기관|참여기업|상담건수",
        "7.3|구청|18|39",
        "7.4|재단|10|12",
        "7.9|구청|13|10",
        "|광장|4|5",
        "합계|45|66",
    ]
    assert [cell.col_span for cell in grid.cells if cell.row == 5] == [2, 1, 1]


def test_rows_with_more_words_than_headings_are_left_alone() -> None:
    lines = lines_of("시설명 면적 입주기업\n상담 센터 245 2개\n교육 회관 426 7개")
    assert find_lined(lines) == lines


def test_items_of_a_list_are_no_table() -> None:
    lines = lines_of("□ 사업개요\n○ 대상: 구민 30명\n- 교육 2회, 상담 3회\n1 추진계획")
    assert find_flowed(lines) == lines


def test_single_syllables_are_joined_to_known_words() -> None:
    assert join_single_syllables("구 분 합 계".split()) == [[0, 1], [2, 3]]


def test_headings_that_start_again_begin_a_group() -> None:
    assert restarts(["5급", "6급", "5급", "6급", "7급"]) == [0, 2]


@_FEW
@given(_TEXTS)
def test_no_character_is_in_two_blocks(texts: list[str]) -> None:
    lines = lines_of(texts)
    printed = places_of(lines)
    assert not places_of(find_flowed(lines)) - printed
    assert places_of(find_lined(lines)) == printed


@_FEW
@given(_TEXTS)
def test_offsets_point_into_the_original_line(texts: list[str]) -> None:
    for run in runs_of(find_flowed(lines_of(texts))):
        line = texts[(run.place.line_no or 1) - 1]
        assert line[run.place.char_start : run.place.char_end] == run.text


@_FEW
@given(st.lists(st.text(max_size=60), max_size=12))
def test_arbitrary_lines_are_read_without_an_error(texts: list[str]) -> None:
    lines = lines_of([text.replace("\n", " ") for text in texts])
    for blocks in (find_flowed(lines), find_lined(lines)):
        loose = [block for block in blocks if isinstance(block, Line)]
        assert len(loose) == len(lines) or len(loose) < len(blocks)
