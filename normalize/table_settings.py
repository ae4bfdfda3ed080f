"""The words around a number of a table, as the choice of its measure needs them."""

import regex

from normalize.funding import funding_of
from normalize.measures import Setting, measure_of, names_purpose
from normalize.records import LabelledCell, Quantity
from normalize.table_context import TableContext

_CHANGE = regex.compile(r"증\s*감|비\s*교|변\s*경\s*액|차\s*액|[가-힣]*증가액|[가-힣]*감소액")
_IS_BASE = regex.compile(r"기\s?정|당\s?초|전\s?년|구\s?성\s?비|[률율비](?:\(%\))?$")
"""What a change counts from, and the rates beside it: neither is what the change is of."""
_NEAR = 24
"""Characters before a number of prose that may name it."""


def setting_of(
    table: TableContext, labelled: LabelledCell, text: str, quantity: Quantity, *, is_prose: bool
) -> Setting:
    """Return what stands around a number of a cell.

    Args:
        table: the table.
        labelled: the cell.
        text: its text.
        quantity: the number.
        is_prose: the cell holds words with numbers in them, not a number.
    """
    caption = table.grid.caption.text if table.grid.caption else ""
    heading = _measure_heading(table, labelled)
    if is_prose:
        before = text[max(0, quantity.start - _NEAR) : quantity.start]
        return Setting(
            nearest=heading if _tells_measure(heading) else before,
            row=" ".join(reversed(labelled.row_path)),
            around=text,
            section=(caption, *reversed(table.grid.section_path)),
            is_table=False,
        )
    return Setting(
        nearest=heading,
        row=" ".join(reversed(labelled.row_path)),
        around=" ".join((*table.labels.corner, caption)),
        section=(caption, *reversed(table.grid.section_path)),
        has_periods=table.periods[labelled.col] is not None,
    )


def _measure_heading(table: TableContext, labelled: LabelledCell) -> str:
    """Return the headings of a column; a source or a change takes the amount that it is of.

    In 예산액 | 국비 | 시비 | 구비 | 집행액, 국비 is a part of 예산액; in 예산액 | 전년도예산액 |
    비교증감 the last is a change of it.
    """
    path = labelled.col_path
    if path and _is_relative(table, path[-1]) and not any(names_purpose(label) for label in path):
        is_change = _CHANGE.match(path[-1]) is not None
        for left in range(labelled.col - 1, -1, -1):
            other = table.col_paths[left]
            if is_change and other and _IS_BASE.search(other[-1]):
                continue
            if other and names_purpose(other[-1]):
                return " ".join((*reversed(path), other[-1]))
            if not other or not _is_relative(table, other[-1]):
                break
    return " ".join(reversed(path))


def _is_relative(table: TableContext, heading: str) -> bool:
    source = funding_of(heading, short=table.short_sources)
    return source is not None or _CHANGE.match(heading) is not None


def _tells_measure(heading: str) -> bool:
    return measure_of(None, Setting(nearest=heading)) in ("target", "actual")
