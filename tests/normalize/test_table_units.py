"""The unit of a bare number: heading, unit column, label, corner, note, words; in that order."""

from decimal import Decimal

import pytest

from extract.records import Place, Run, TableGrid
from normalize.records import Unit
from normalize.table_units import read_table_units, unit_of_cell
from tests.normalize.reading import report_of, values_of


def table(note: str = "", caption: str = "") -> TableGrid:
    return TableGrid(
        cells=(), row_count=0, column_count=0, engine="test", place=Place(),
        unit_note=Run(text=note, place=Place()) if note else None,
        caption=Run(text=caption, place=Place()) if caption else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("note", "row", "column", "printed", "unit"),
    [
        pytest.param("(단위: 천원)", "교육", "예산액", "", ("won", 1000, "caption"), id="note"),
        pytest.param("(단위: 천원)", "교육", "집행률(%)", "", ("percent", 1, "header"),
                     id="the heading before the note"),
        pytest.param("(단위: 천원)", "교육", "집행률", "", ("percent", 1, "header"),
                     id="a rate is no money"),
        pytest.param("(단위: 명)", "교육", "목표", "회", ("회", 1, "stub"), id="the unit column"),
        pytest.param("", "총사업비 (백만원)", "2022", "", ("won", 10**6, "stub"), id="the row"),
        pytest.param("(단위: 개소/ 명/ 백만 원)", "2022", "지원액", "", ("won", 10**6, "caption"),
                     id="compound: money"),
        pytest.param("(단위: 개소/ 명/ 백만 원)", "2022", "참여인원", "", ("명", 1, "caption"),
                     id="compound: people"),
        pytest.param("(단위: 개소/ 명/ 백만 원)", "2022", "시설 수", "", ("개소", 1, "caption"),
                     id="compound: places"),
        pytest.param("(단위: 천원)", "교육", "면적", "", ("㎡", 1, "neighbourhood"),
                     id="a note of money says nothing of areas"),
        pytest.param("(단위: 천원)", "교육", "참여인원", "", ("명", 1, "neighbourhood"),
                     id="nor of people"),
        pytest.param("", "교육", "예산액", "", (None, 1, "none"), id="nothing tells"),
        pytest.param("", "정원", "2022", "", ("명", 1, "neighbourhood"), id="posts are people"),
    ],
)  # fmt: skip
def test_the_nearest_print_gives_the_unit(
    note: str, row: str, column: str, printed: str, unit: tuple[str | None, int, str]
) -> None:
    units = read_table_units(table(note), ("구분",))
    found = unit_of_cell(units, (row,), (column,), printed)
    assert (found.name, int(found.multiplier), str(found.evidence)) == unit


def test_a_note_inside_the_caption_counts() -> None:
    units = read_table_units(table(caption="□ 예산 현황 (단위: 백만원)"), ())
    assert unit_of_cell(units, ("교육",), ("예산액",), "").multiplier == 10**6


def test_the_corner_gives_the_unit_of_the_whole_table() -> None:
    units = read_table_units(table(), ("총사업비 (백만 원)",))
    assert unit_of_cell(units, ("교육",), ("계",), "").multiplier == 10**6
    assert units.whole.name == "won"


def test_the_table_before_lends_its_unit_to_money_only() -> None:
    near = Unit(name="won", multiplier=Decimal(1000))
    units = read_table_units(table(), (), near)
    assert unit_of_cell(units, (), ("예산액",), "").evidence == "neighbourhood"
    assert unit_of_cell(units, (), ("건수",), "").name is None


def test_a_table_of_several_units_is_mixed() -> None:
    assert read_table_units(table("(단위: 명, 천원)"), ()).whole.name == "mixed"


def test_a_name_that_begins_with_the_word_for_unit_is_no_unit() -> None:
    text = "□ 단위사업 현황\n단위사업: 마을 교육\n단위사업\t예산액\t집행액\n교육\t1,200\t600\n"
    (reading,) = report_of(text).tables
    assert reading.grid.unit_note is None
    assert values_of(text) == [("1,200", Decimal(1200), None), ("600", Decimal(600), None)]
