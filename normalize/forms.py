"""Forms: tables whose rows alternate between the name of a field and what is entered in it.

총사업비 | 1,514백만원 | 2021년 예산확보액 | 341백만원: a card of a pledge or a programme has no
headings, and a field says nothing of the entries beside the next one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import regex

from extract.records import Cell, TableGrid
from extract.shapes import is_value, shape_of
from normalize.labels import clean_label, squeeze_label

_FIELDS: Final = frozenset(
    """
    공약명 공약번호 사업명 사업번호 과제명 세부사업명 단위사업명 관리번호 총사업비 사업비 소요예산
    예산액 예산현액 예산확보액 확보예산 집행액 기투자액 국비 시비 도비 구비 군비 민자 완료시기
    완료연도 사업기간 추진기간 사업주체 추진주체 시행주체 시행기관 사업성격 사업유형 사업구분
    사업분야 분야 추진부서 담당부서 소관부서 주관부서 협조부서 관련부서 담당자 담당팀 추진상황
    추진현황 진행상황 진행상태 이행상태 이행률 추진율 추진률 진도율 공정률 사업위치 위치 사업량
    사업규모 규모 사업대상 대상 지원대상 근거법령 관련근거 추진근거 중앙정부도움필요성 관리유형
    평가등급
    """.split()
)
"""Names of fields on cards of pledges and programmes."""
_BRACKETS: Final = regex.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_YEAR: Final = regex.compile(r"^(?:['’‘]?\d{2,4}\s*년도?|당해\s*연도|전년도)\s*")
_MOST_ROWS: Final = 12
_LEAST_FIELDS: Final = 4
"""A table of two columns is no different from labels and values."""

Fields = Mapping[tuple[int, int], str]
"""For each entry of a form, by row and column, the name of its field."""


def form_fields(grid: TableGrid) -> Fields:
    """Return the entries of a form with the names of their fields; empty for any other table.

    Every row must be fields with an entry behind each, most names known ones, and in one row at
    least two fields must stand side by side.
    """
    if grid.row_count > _MOST_ROWS:
        return {}
    rows = [_row(grid, row) for row in range(grid.row_count)]
    pairs = [list(_pairs(cells)) for cells in rows]
    known = sum(_is_field(name) for found in pairs for name, _ in found)
    count = sum(map(len, pairs))
    if count < _LEAST_FIELDS or 2 * known <= count or max(map(len, pairs), default=0) < 2:
        return {}
    if not all(_alternates(cells) for cells in rows):
        return {}
    return {
        (entry.row, entry.col): clean_label(name.text.replace("\n", " "))
        for found in pairs
        for name, entry in found
    }


def _row(grid: TableGrid, row: int) -> Sequence[Cell]:
    return sorted((cell for cell in grid.cells if cell.row == row), key=lambda cell: cell.col)


def _pairs(cells: Sequence[Cell]) -> Iterator[tuple[Cell, Cell]]:
    yield from zip(cells[::2], cells[1::2], strict=False)


def _alternates(cells: Sequence[Cell]) -> bool:
    """Tell whether a row is names with entries: no figure among the names, no field among these."""
    names, entries = cells[::2], cells[1::2]
    return (
        len(names) == len(entries)
        and all(name.text.strip() and not is_value(shape_of(name.text)) for name in names)
        and not any(_is_field(entry) for entry in entries)
        and any(map(_is_field, names))
    )


def _is_field(cell: Cell) -> bool:
    text = _BRACKETS.sub("", cell.text.replace("\n", " ")).strip()
    return squeeze_label(_YEAR.sub("", text)) in _FIELDS
