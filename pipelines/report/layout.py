"""Where everything lies in the report: file names, anchors and links."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from extract.records import Place
from pipelines.report.shelf import Folio, Row
from pipelines.report.wording import Say

_CELLS_A_PAGE: Final = 3_000
_TABLES_A_PAGE: Final = 40

Spot = tuple[str | None, int | None, int | None]
"""A cell: table, row, column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place in words and, where the report shows it, its address."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The pages of one report."""

    document_id: str
    pages: tuple[tuple[str, ...], ...]
    """The tables of each page."""
    is_written: bool
    """Whether its places are paragraphs of a word processor's file."""
    elsewhere: Mapping[str, Row] = field(default_factory=dict)
    """Other reports to which its checks lead, by the start of their ids."""
    is_desk: bool = False
    """Whether one page of the review server shows all of it."""

    @property
    def pictures(self) -> str:
        """Address of the folder that holds the pictures of its pages."""
        return f"/pictures/{self.document_id}" if self.is_desk else f"../pages/{self.document_id}"

    def page_of(self, table_id: str | None) -> int | None:
        """Return the page (1-based) that shows a table."""
        for number, tables in enumerate(self.pages, start=1):
            if table_id in tables:
                return number
        return None


def lay_out(folio: Folio) -> Layout:
    """Return which tables stand on which page, so that no page is too large to open."""
    pages: list[tuple[str, ...]] = []
    waiting: list[str] = []
    size = 0
    for table in folio.tables:
        own = len(folio.cells.get(table["table_id"], ()))
        if waiting and (size + own > _CELLS_A_PAGE or len(waiting) >= _TABLES_A_PAGE):
            pages.append(tuple(waiting))
            waiting, size = [], 0
        waiting.append(table["table_id"])
        size += own
    if waiting:
        pages.append(tuple(waiting))
    media_type = str(folio.document["media_type"])
    return Layout(
        document_id=folio.document_id,
        pages=tuple(pages),
        is_written="hwp" in media_type,
        elsewhere=folio.elsewhere,
    )


def report_name(document_id: str) -> str:
    """Return the file of a report's first page, beside those of its tables."""
    return f"{document_id}.html"


def tables_name(document_id: str, number: int) -> str:
    """Return the file of a page of tables (1-based)."""
    return f"{document_id}-{number}.html"


def table_anchor(table_id: str) -> str:
    """Return the anchor of a table.

    Examples:
        >>> table_anchor("d08ae2045633-t0001")
        't0001'
    """
    return table_id.partition("-")[2] or table_id


def cell_anchor(spot: Spot) -> str:
    """Return the anchor of a cell.

    Examples:
        >>> cell_anchor(("d08ae2045633-t0001", 3, 2))
        't0001-3-2'
    """
    table_id, row, col = spot
    return f"{table_anchor(table_id or '')}-{row}-{col}"


def spot_of(cell: Row) -> Spot:
    """Return where a cell stands, given a row of `cells` or a member of `checks.cells`."""
    return cell["table_id"], cell["row"], cell["col"]


def place_of(cell: Row) -> Place:
    """Return the place of a row of the dataset."""
    return Place(**{name: cell[name] for name in Place.__dataclass_fields__})


def place_words(place: Place, say: Say, *, is_written: bool) -> str:
    """Return a place as people say it."""
    if place.line_no is not None:
        return f"{say('paragraph' if is_written else 'line')} {place.line_no}"
    return f"{say('page')} {place.page}" if place.page is not None else ""


def link_to(cell: Row, layout: Layout, say: Say) -> Link:
    """Return the link to a cell of the report itself; without an address where it shows none."""
    words = place_words(place_of(cell), say, is_written=layout.is_written)
    other = layout.elsewhere.get((cell["fact_id"] or "").partition("-")[0])
    if other is not None:
        href = "" if layout.is_desk else report_name(other["document_id"])
        return Link(words=f"{other['file_name']}, {words}", href=href)
    page = layout.page_of(cell["table_id"])
    if page is None or cell["row"] is None:
        return Link(words=words, href="")
    name = "" if layout.is_desk else tables_name(layout.document_id, page)
    return Link(words=words, href=f"{name}#{cell_anchor(spot_of(cell))}")


def pages_of(rows: Iterable[Row]) -> Iterator[int]:
    """Yield the pages on which rows or cells stand."""
    for row in rows:
        if row["page"] is not None:
            yield row["page"]


def wanted_pages(folio: Folio, *, is_all: bool) -> Sequence[int]:
    """Return the pages of which pictures are shown: those with findings, or all with tables."""
    found = {page for finding in folio.findings for page in pages_of(finding["cells"])}
    failing = (check for check in folio.checks if check["outcome"] == "mismatch")
    found.update(page for check in failing for page in pages_of(check["cells"]))
    if is_all:
        found.update(part["page"] for table in folio.tables for part in table["parts"])
    return sorted(found)


def by_table(checks: Iterable[Row]) -> Mapping[str, tuple[Row, ...]]:
    """Return the checks in which the cells of each table take part."""
    found: dict[str, list[Row]] = {}
    for check in checks:
        for table in {cell["table_id"] for cell in check["cells"]} - {None}:
            found.setdefault(table, []).append(check)
    return {table: tuple(rows) for table, rows in found.items()}
