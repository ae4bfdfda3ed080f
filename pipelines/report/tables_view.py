"""A table as it was understood: its cells as rows for a page, marked where relations fail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from normalize.records import Fact
from pipelines.report.charts.network import draw_network
from pipelines.report.figures import Figure, Source, table_figures
from pipelines.report.findings_view import Equation, FindingsViewer, in_words
from pipelines.report.layout import cell_anchor, spot_of, table_anchor
from pipelines.report.shelf import Folio, Row
from pipelines.report.svg import Svg

_MOST_RELATIONS: Final = 200
"""Relations that are listed under a table; the others are counted."""
_MARKS: Final = (
    ("exact", "held"),
    ("within_rounding", "held"),
    ("unlikely_rounding", "doubt"),
    ("mismatch", "part"),
)
"""Outcomes and how they mark cells; a later one outweighs those before it."""
_ORDER: Final = ("mismatch", "unlikely_rounding", "uncheckable", "exact", "within_rounding")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A cell."""

    anchor: str
    text: str
    role: str
    row_span: int
    col_span: int
    mark: str
    """Why it is marked: fail (the first suspect of a finding), part (of a relation that fails),
    damaged, doubt, held (a relation of it holds), or empty."""
    corrected: str | None
    """What a person reads there instead."""
    hint: str
    """What was read in it, in its base unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table."""

    anchor: str
    table_id: str
    caption: str
    unit_printed: str
    engine: str
    confidence: str
    is_ambiguous: bool
    note: str
    footnotes: tuple[str, ...]
    section: str
    row_count: int
    column_count: int
    page: int | None
    rows: tuple[tuple[CellView, ...], ...]
    figures: tuple[Figure, ...]
    equations: tuple[Equation, ...]
    """Those that fail first."""
    left_out: int
    """Relations that are not listed."""
    counts: Mapping[str, int]
    """Relations by outcome."""
    network: Svg | None


def view_table(
    table: Row,
    folio: Folio,
    checks: Sequence[Row],
    viewer: FindingsViewer,
    source: Source,
    pictures: str,
) -> TableView:
    """Return the view of a table.

    Args:
        table: a row of `tables`.
        folio: the report.
        checks: the checks in which its cells take part.
        viewer: of the same report.
        source: what is at hand of the printed report.
        pictures: address of the folder of its pictures.
    """
    cells = folio.cells.get(table["table_id"], ())
    facts = _facts_by_cell(folio.facts.values(), table["table_id"])
    marks = {**_marks(checks, facts), **dict.fromkeys(_suspects(folio.findings), "fail")}
    ordered = sorted(checks, key=_first_to_see)
    counts: dict[str, int] = {}
    for check in checks:
        counts[check["outcome"]] = counts.get(check["outcome"], 0) + 1
    has_failing = any(check["outcome"] in _ORDER[:2] for check in checks)
    return TableView(
        anchor=table_anchor(table["table_id"]),
        table_id=table["table_id"],
        caption=table["caption"] or "",
        unit_printed=table["unit_printed"] or "",
        engine=table["engine"],
        confidence=f"{table['confidence']:.2f}",
        is_ambiguous=table["ambiguous"],
        note=table["note"] or "",
        footnotes=tuple(table["footnotes"]),
        section=" › ".join(table["section_path"]),
        row_count=table["row_count"],
        column_count=table["column_count"],
        page=table["page_first"],
        rows=_rows(table, cells, marks, facts),
        figures=table_figures(table, cells, source, marks, pictures),
        equations=tuple(viewer.equation(check) for check in ordered[:_MOST_RELATIONS]),
        left_out=max(0, len(ordered) - _MOST_RELATIONS),
        counts=counts,
        network=draw_network(table, cells, checks, viewer.say) if has_failing else None,
    )


def _first_to_see(check: Row) -> int:
    return _ORDER.index(check["outcome"])


def _facts_by_cell(facts: Iterable[Fact], table_id: str) -> Mapping[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.table_id == table_id:
            anchor = cell_anchor((table_id, fact.row, fact.col))
            found.setdefault(anchor, []).append(fact)
    return found


def _marks(checks: Sequence[Row], facts: Mapping[str, list[Fact]]) -> Mapping[str, str]:
    """Return why cells are marked: what fails outweighs what is doubtful, that what holds."""
    marks: dict[str, str] = {}
    for outcome, mark in _MARKS:
        if outcome == "mismatch":
            damaged = (anchor for anchor, own in facts.items() if _is_damaged(own))
            marks.update((anchor, "damaged") for anchor in damaged)
        for check in checks:
            if check["outcome"] == outcome:
                marks.update((cell_anchor(spot_of(cell)), mark) for cell in check["cells"])
    return marks


def _suspects(findings: Iterable[Row]) -> Iterator[str]:
    """Yield the cells that are suspected first."""
    for finding in findings:
        for cell in finding["cells"][:1]:
            if cell["table_id"] is not None:
                yield cell_anchor(spot_of(cell))


def _is_damaged(facts: Iterable[Fact]) -> bool:
    return any(fact.state == "damaged" for fact in facts)


def _rows(
    table: Row, cells: Iterable[Row], marks: Mapping[str, str], facts: Mapping[str, list[Fact]]
) -> tuple[tuple[CellView, ...], ...]:
    rows: list[list[CellView]] = [[] for _ in range(table["row_count"])]
    for cell in sorted(cells, key=lambda one: (one["row"], one["col"])):
        if cell["row"] >= len(rows):
            continue
        anchor = cell_anchor(spot_of(cell))
        rows[cell["row"]].append(
            CellView(
                anchor=anchor,
                text=cell["text"],
                role=cell["role"],
                row_span=cell["row_span"],
                col_span=cell["col_span"],
                mark=marks.get(anchor, ""),
                corrected=cell["corrected"],
                hint="; ".join(_hint(fact) for fact in facts.get(anchor, ())),
            )
        )
    return tuple(tuple(row) for row in rows)


def _hint(fact: Fact) -> str:
    value = in_words(fact.value, fact.value_unit) or fact.state
    words = (fact.label, fact.indicator, fact.period.label if fact.period else "")
    return f"{' · '.join(word for word in words if word)} = {value}"
