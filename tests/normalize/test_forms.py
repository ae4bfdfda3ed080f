"""Forms: cards whose rows alternate between a field and its entry."""

import pytest

from extract.records import Cell, Place, Run, TableGrid
from normalize.forms import form_fields
from normalize.headers import read_labels

CARD = [
    ["추진상황", "정상 추진", "사업구분", "임기내"],
    ["총사업비", "1,514백만원", "2021년 예산확보액", "341백만원"],
]
BUDGET = [["구분", "예산액", "집행액", "비고"], ["총사업비", "1,514", "1,320", "가"]]
HEADED = [["총사업비", "국비", "시비", "구비"], ["1,514", "700", "400", "414"]]
LISTED = [["사업명", "가람길", "사업기간", "2년"], ["나래길", "3년", "다솜길", "4년"]]


def _grid(rows: list[list[str]]) -> TableGrid:
    place = Place(line_no=1)
    cells = tuple(
        Cell(row=row, col=col, runs=(Run(text=text, place=place),), place=place)
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    )
    return TableGrid(
        place=place, row_count=len(rows), column_count=len(rows[0]), cells=cells, engine="test"
    )


def test_each_entry_of_a_form_has_the_field_before_it() -> None:
    assert form_fields(_grid(CARD)) == {
        (0, 1): "추진상황", (0, 3): "사업구분", (1, 1): "총사업비", (1, 3): "2021년 예산확보액",
    }  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(BUDGET, id="headings-over-columns"),
        pytest.param(HEADED, id="fields-as-headings"),
        pytest.param(LISTED, id="unknown-names"),
        pytest.param([row[:2] for row in CARD], id="labels-and-values"),
    ],
)
def test_other_tables_are_no_forms(rows: list[list[str]]) -> None:
    assert form_fields(_grid(rows)) == {}


def test_a_field_labels_its_own_entry_only() -> None:
    labels = read_labels(_grid(CARD))
    paths = {(cell.row, cell.col): (cell.role, cell.row_path) for cell in labels.cells}
    assert paths[1, 1] == ("data", ("총사업비",))
    assert paths[1, 3] == ("data", ("2021년 예산확보액",))
    assert paths[1, 2] == ("stub", ())
    assert labels.header_row_count == 0
