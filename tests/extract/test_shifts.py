"""Rows that slid: put back where their shapes say, never without a mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grids.rows import Row, RowCell
from extract.grids.shifts import column_profile, moved_back, restore_rows
from extract.records import Place, Run


def row(text: str) -> Row:
    return tuple(
        RowCell(runs=(Run(text=part, place=Place(line_no=1)),)) if part else RowCell()
        for part in text.split("|")
    )


def restored(*rows: str) -> tuple[list[str], list[int]]:
    cells = [row(line) for line in rows]
    found, changed = restore_rows(cells, max(len(r) for r in cells))
    return ["|".join(cell.text.replace("\n", "+") for cell in r) for r in found], changed


FULL = ("복지|교육|10|9|90%", "환경|청소|20|10|50%", "문화|공연|30|30|100%")


@pytest.mark.parametrize(
    ("slid", "expected"),
    [
        pytest.param("홍보|20|10|50%", "|홍보|20|10|50%", id="the blank of a merged cell was lost"),
        pytest.param("홍보|20|10|50%|", "|홍보|20|10|50%", id="the same, with a blank at the end"),
    ],
)
def test_a_row_that_slid_to_the_left_goes_back(slid: str, expected: str) -> None:
    rows, changed = restored(*FULL, slid)
    assert rows == [*FULL, expected]
    assert changed == [3]


@pytest.mark.parametrize(
    ("slid", "expected"),
    [
        pytest.param("방역||20|10|50%", "방역|||20|10|50%", id="a label and its blank"),
        pytest.param("방역|소계|20|10|50%", "방역||소계|20|10|50%", id="the innermost label"),
    ],
)
def test_figures_among_labels_go_past_the_label_that_the_row_lacks(
    slid: str, expected: str
) -> None:
    full = ("복지|교육|소계|10|9", "환경|청소|장비|20|10", "문화|공연|홍보|30|30")
    rows, changed = restored(*full, slid)
    assert rows == [*full, expected]
    assert changed == [3]


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        pytest.param("시설||7|5|2|", "시설|||7|5|2", id="a blank may be lost"),
        pytest.param("시설|1|7|5|2|", None, id="no blank behind the label"),
        pytest.param("시설||7||2|", None, id="another blank among the figures"),
        pytest.param("시설|||7|5|2", None, id="it reaches the end"),
    ],
)
def test_only_a_row_that_ends_early_may_have_lost_a_blank(late: str, expected: str | None) -> None:
    rows = [row(line) for line in ("교육|9|1|8|5|3", "홍보|8|0|8|4|4", late)]
    found = moved_back(rows)
    assert (found and "|".join(cell.text for cell in found[2])) == expected


def test_a_label_of_two_levels_is_joined_where_the_row_slid_to_the_right() -> None:
    rows, changed = restored("교육|10|9|", "홍보|20|10|", "상담|청년|30|15", "방문|8|7|")
    assert rows[2] == "상담+청년|30|15|"
    assert changed == [2]


def test_a_row_over_a_lost_heading_comes_out_one_cell_longer() -> None:
    rows, changed = restored(*["마을|1|교육|2"] * 3, "|홍보|10|신규")
    assert rows[3] == "||홍보|10|신규"
    assert changed == [3]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(FULL, id="all in place"),
        pytest.param(("교육|10|9", "홍보||10"), id="too few rows to judge by"),
        pytest.param(("교육|10|9", "홍보||10", "상담|3|4", "방문|5|6"), id="a blank number"),
        pytest.param(("교육|10|9", "홍보|미정|10", "상담|3|4", "방문|5|6"), id="미정 for a number"),
        pytest.param(("계|10|9", "교육|-|-", "상담|3|4", "방문|5|-"), id="nil signs"),
    ],
)
def test_a_row_that_suits_its_columns_stays(rows: tuple[str, ...]) -> None:
    assert restored(*rows) == (list(rows), [])


def test_moved_cells_are_marked() -> None:
    cells = [row(line) for line in (*FULL, "홍보|20|10|50%")]
    found, _ = restore_rows(cells, 5)
    assert [cell.is_moved for cell in found[3]] == [False, True, True, True, True]
    assert not any(cell.is_moved for r in found[:3] for cell in r)


@pytest.mark.parametrize(
    ("column", "shape"),
    [
        (["1", "2", "교육"], "number"),
        (["14억", "-", "3"], "number"),
        (["-", "-"], "blank"),
        (["", ""], "blank"),
        (["35%", "4%", "1"], "percent"),
        (["교육", "홍보", "3"], "text"),
    ],
)
def test_a_column_has_the_shape_of_most_of_its_cells(column: list[str], shape: str) -> None:
    rows = [(RowCell(runs=(Run(text=text, place=Place()),)),) for text in column]
    assert column_profile(rows, 1) == (shape,)


@given(
    st.lists(
        st.lists(st.sampled_from(["", "교육", "1,200", "35%", "-", "회", "2022"]), max_size=6),
        max_size=7,
    )
)
def test_putting_back_loses_and_doubles_no_cell(texts: list[list[str]]) -> None:
    rows = [row("|".join(line)) for line in texts]
    columns = max((len(r) for r in rows), default=0)
    found, _ = restore_rows(rows, columns)
    assert ["".join(c.text.replace("\n", "") for c in r) for r in found] == [
        "".join(c.text for c in r) for r in rows
    ]
