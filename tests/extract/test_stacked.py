"""Tables whose cells stand one below the other are read where headings and cells agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grids.stacked import find_stacked
from extract.grids.stacked_heads import kind_of
from extract.records import Line, TableGrid
from tests.extract.texts import lines_of, places_of, rows_of, runs_of


def spread(*cells: str) -> str:
    """Return cells as a dump prints them: an empty line between any two."""
    return "\n\n".join(cells)


def grids(text: str) -> list[TableGrid]:
    """Return the tables found in a text."""
    return [block for block in find_stacked(lines_of(text)) if isinstance(block, TableGrid)]


def table(text: str) -> list[list[str]]:
    """Return the one table found in a text, row by row, its cells as printed."""
    (grid,) = grids(text)
    return rows_of(grid)


def test_rows_repeat_as_often_as_there_are_headings() -> None:
    text = spread(
        "구분", "위탁", "시설", "합계", "예산액", "70", "30", "100", "집행액", "50", "-", "50"
    )
    assert table(text) == [
        ["구분", "위탁", "시설", "합계"],
        ["예산액", "70", "30", "100"],
        ["집행액", "50", "-", "50"],
    ]
    assert not grids(text)[0].is_ambiguous


def test_texts_among_the_values_keep_their_columns() -> None:
    rows = ["가 센터", "큰길로 1", "245", "동쪽동", "2개", "2023. 8. 8."]
    more = ["나 센터", "작은길 20", "426", "서쪽동", "7개", "2015. 2. 13."]
    heads = ["시설명", "소재지", "면적(㎡)", "행정동", "입주기업", "개소일"]
    assert table(spread("시설 현황\n" + heads[0], *heads[1:], *rows, *more)) == [heads, rows, more]


def test_paragraphs_of_one_heading_and_its_values_are_columns() -> None:
    text = (
        "예산액\n1,106\n(국 44, 시 361,\n구비 701)\n\n집행액\n546\n(국31,시515)\n\n집행률(%)\n49.4"
    )
    assert table(text) == [
        ["예산액", "집행액", "집행률(%)"],
        ["1,106\n(국 44, 시 361,\n구비 701)", "546\n(국31,시515)", "49.4"],
    ]


def test_columns_may_begin_with_the_labels_of_the_rows() -> None:
    text = "구분\n국비\n시비\n\n예산액\n100\n200\n\n집행액\n50\n-"
    assert table(text) == [
        ["구분", "예산액", "집행액"],
        ["국비", "100", "50"],
        ["시비", "200", "-"],
    ]


def test_a_note_of_the_unit_among_the_cells_is_kept_above_the_table() -> None:
    text = spread("구분", "(단위: 명)", "2022년", "2023년", "정원", "10", "12", "현원", "9", "12")
    blocks = find_stacked(lines_of(text))
    printed = [block.run.text for block in blocks if isinstance(block, Line) and block.run.text]
    assert printed == ["(단위: 명)"]
    assert isinstance(blocks[-1], TableGrid)


def test_a_total_that_adds_up_proves_a_single_row_without_label() -> None:
    heads = ["합 계", "아카데미", "직원 교육", "학교 교육"]
    assert table(spread(*heads, "612명", "61명", "51명", "500명"))[0] == heads
    assert grids(spread(*heads, "613명", "61명", "51명", "500명")) == []


def test_blanks_that_were_lost_leave_other_layouts_open() -> None:
    heads = ["구분", "예산액", "전용액", "집행액"]
    rows = ["가 사업", "10", "0", "9", "나 사업", "20", "1", "20", "다 사업", "30", "30"]
    (grid,) = grids(spread(*heads, *rows))
    assert grid.is_ambiguous
    assert grid.note
    last = [
        [cell.text for cell in layout.cells if cell.row == 3]
        for layout in (grid, *grid.alternatives)
    ]
    assert last == [
        ["다 사업", "30", "30", ""],
        ["다 사업", "30", "", "30"],
        ["다 사업", "", "30", "30"],
    ]


def test_the_one_label_left_over_belongs_to_the_one_row_without() -> None:
    heads = ["구분", "2018년", "2019년", "2020년"]
    text = spread(*heads, "운영률 제고", "76%", "77%", "78%", "60명", "80명", "90명", "인재 양성")
    assert table(text)[2] == ["인재 양성", "60명", "80명", "90명"]
    assert grids(text)[0].is_ambiguous


def test_a_rate_heading_printed_below_its_column_is_noted() -> None:
    rows = ["상담", "5건", "5건", "100%", "교육", "4회", "2회", "50%"]
    text = spread("항목", "목표", "실적", *rows, "달성률")
    assert table(text)[0] == ["항목", "목표", "실적", "달성률"]
    assert "below its column" in grids(text)[0].note


def test_one_heading_more_than_cells_stands_over_the_periods() -> None:
    heads = ["구분", "사업명", "지급액", "기간", "2020년", "2019년"]
    text = spread(*heads, "도로", "큰길", "15년간", "41", "29", "철도", "새길", "10년간", "-", "7")
    assert table(text) == [
        ["구분", "사업명", "기간", "지급액", ""],
        ["", "", "", "2020년", "2019년"],
        ["도로", "큰길", "15년간", "41", "29"],
        ["철도", "새길", "10년간", "-", "7"],
    ]


def test_a_total_decides_which_heading_stands_over_the_periods() -> None:
    rows = ["가 사업", "470", "400", "70", "나 사업", "30", "10", "20"]
    text = spread("구분", "합계", "연차별 투자", "2018년", "2019년", *rows)
    assert table(text)[:2] == [["구분", "합계", "연차별 투자", ""], ["", "", "2018년", "2019년"]]
    assert grids(text.replace("470", "471")) == []


def test_headings_that_were_lost_above_make_the_table_doubtful() -> None:
    text = spread(
        "관", "항목", "과목", "금액", "집행액", "가", "10", "9", "나", "20", "8", "다", "5", "4"
    )
    assert [grid.is_ambiguous for grid in grids(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            spread("총괄", "기획팀", "3", "운영팀", "4", "지원팀", "5"), id="organisation"
        ),
        pytest.param(spread("차례", "현황", "1", "추진계획", "3", "예산", "7"), id="contents"),
        pytest.param(
            spread(
                "구분",
                "계",
                "가과",
                "정원",
                "120",
                "32",
                "13",
                "27",
                "현원",
                "130",
                "33",
                "16",
                "31",
            ),
            id="more values than headings",
        ),
        pytest.param(
            spread("사업명", "예산액", "집행률(%)", "집행액", "가", "500", "2,300", "58.9"),
            id="thousands under a rate",
        ),
        pytest.param(
            spread(
                "항목",
                "목표",
                "실적",
                "비고란",
                "가",
                "5건",
                "5건",
                "100%",
                "나",
                "4건",
                "2건",
                "50%",
            ),
            id="a rate under no rate heading",
        ),
        pytest.param(
            spread(
                "재원별", "2018년", "2019년", "2020년", "2021년", "470", "417", "시비", "12", "5"
            ),
            id="a period as label below periods",
        ),
        pytest.param(
            spread("구분", "용량", "배수지", "기간", "가", "10", "나", "20", "다", "1", "라", "2"),
            id="rows that repeat within themselves",
        ),
        pytest.param("예산액\n100\n\n집행액\n50\n60", id="columns of unequal length"),
        pytest.param("인원\n6\n\n지원액\n7\n\n9,487", id="columns with a value left over"),
        pytest.param("기업수\n\n인원\n6\n\n집행액\n7\n\n구분\n\n비고", id="columns among headings"),
        pytest.param("구분 예산액 집행액\n가 10 9\n나 20 8", id="several cells on a line"),
    ],
)
def test_what_is_not_proved_stays_running_text(text: str) -> None:
    lines = lines_of(text)
    assert find_stacked(lines) == lines


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("최종예산액", "value"),
        ("세부계정과목", "label"),
        ("구 분", "label"),
        ("마을기업", "open"),
        ("1/4", "value"),
        ("장부가액", "value"),
    ],
)
def test_headings_announce_labels_or_values(text: str, kind: str) -> None:
    assert kind_of(text) == kind


_CELLS = st.sampled_from(
    "구분|계|예산액|집행률(%)|2023년|가 사업|12|1,234|50%|-|(단위: 명)|(국 3,\n시 4)|○ 항목"
    "|2023. 8. 8.|- 1 -|12 34|비고".split("|")
)


@given(st.lists(st.tuples(_CELLS, st.sampled_from(["\n", "\n\n"])), max_size=40))
def test_no_character_is_lost_and_places_point_into_the_lines(
    parts: list[tuple[str, str]],
) -> None:
    lines = lines_of("".join(cell + gap for cell, gap in parts))
    blocks = find_stacked(lines)
    assert places_of(blocks) == places_of(lines)
    assert all(
        lines[(run.place.line_no or 0) - 1].run.text[run.place.char_start : run.place.char_end]
        == run.text
        for run in runs_of(blocks)
    )


@given(
    st.integers(2, 6),
    st.lists(st.integers(1, 999_999), min_size=24, max_size=24),
    st.integers(2, 4),
)
def test_every_row_has_the_cells_printed_for_it(
    columns: int, numbers: list[int], rows: int
) -> None:
    heads = ["구분", *(f"{2018 + i}년" for i in range(columns))]
    body = [
        [
            f"{'가나다라'[row]} 사업",
            *(f"{n:,}" for n in numbers[row * columns : (row + 1) * columns]),
        ]
        for row in range(rows)
    ]
    assert table(spread(*heads, *(cell for row in body for cell in row))) == [heads, *body]
