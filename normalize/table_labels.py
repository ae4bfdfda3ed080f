"""What a number of a table is about: the label of its row and the indicator of its column."""

import regex

from normalize.fact_periods import heading_period
from normalize.funding import funding_of
from normalize.labels import clean_label, squeeze_label, total_kind
from normalize.measures import names_measure, names_purpose
from normalize.records import LabelledCell
from normalize.table_context import TableContext
from normalize.text_labels import programme_of

_IN_BRACKETS = regex.compile(r"[(\[][^()\[\]]*[)\]]")


def label_of(table: TableContext, labelled: LabelledCell) -> str:
    """Return what a cell is about: its row labels, or else the programme of the table."""
    words = [label for label in labelled.row_path if not _is_source(table, label)]
    specific = [label for label in words if total_kind(label) is None]
    if not specific and not table.splits_rows:
        specific = words
    if specific:
        return " > ".join(specific)
    heads = [label for label in labelled.col_path if heading_period((label,), table.around) is None]
    if (
        (table.splits_funding or table.splits_rows)
        and heads
        and all(funding_of(label, short=table.short_sources) for label in heads)
    ):
        heads = []
    if heads and not any(names_measure(label) or names_purpose(label) for label in heads):
        return " ".join(heads)
    return programme_of(table.grid.section_path, table.profile.title)


def _is_source(table: TableContext, label: str) -> bool:
    """Tell whether a label names a source of money and nothing else; a fund has its own name."""
    source = funding_of(label, short=table.short_sources)
    return source not in (None, "total") and (source != "fund" or squeeze_label(label) == "기금")


def indicator_of(table: TableContext, labelled: LabelledCell) -> str:
    """Return what the column of a cell counts; a period or a source alone counts nothing."""
    if table.labels.is_form:
        return ""
    caption = table.grid.caption.text if table.grid.caption else ""
    caption = clean_label(regex.sub(r"[(\[]\s*단\s*위.*?[)\]]", "", caption))
    own = [label for label in labelled.col_path if _names_indicator(table, label)]
    if own and own[-1] == labelled.col_path[-1]:
        return " ".join(own)
    corner = [clean_label(_IN_BRACKETS.sub("", c)) for c in table.labels.corner if _names_amount(c)]
    total = [label for label in labelled.col_path[-1:] if total_kind(label) is not None]
    words = (*corner, caption, *own, *total)
    return " ".join(filter(None, words)) or " ".join(labelled.col_path)


def _names_indicator(table: TableContext, label: str) -> bool:
    return (
        total_kind(label) is None
        and heading_period((label,), table.around) is None
        and funding_of(label, short=table.short_sources) is None
    )


def _names_amount(corner: str) -> bool:
    """Tell whether a corner says what is measured; 기금명 and 세목 head the labels below."""
    return names_measure(corner) and not regex.search(r"[명별목]$", squeeze_label(corner))
