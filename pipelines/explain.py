"""One finding, check, fact or table of a published dataset, and all that stands behind it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from extract.records import Place
from pipelines.home import Home
from pipelines.numbers_shown import show_number
from pipelines.originals import original_lines
from pipelines.published import read_table, require_dataset
from pipelines.reasons import RunError, describe_problem
from pipelines.screens import CellLine, cells_screen, plain

Found: TypeAlias = dict[str, object]
"""A row of the dataset, by column name."""

_LINES_AROUND: Final = 2
_ROWS_AROUND: Final = 3
_PLACE: Final = ("line_no", "char_start", "char_end", "page", "x0", "y0", "x1", "y1")


def explain(
    identifier: str, output: Path, *, keep_personal: bool = False
) -> Iterator[RenderableType]:
    """Yield what the terminal shows about a finding, check, fact or table.

    Args:
        identifier: of the finding, check, fact or table.
        output: the folder that holds the dataset.
        keep_personal: show lines of the file with the names and phones of persons in them.

    Raises:
        RunError: there is no dataset, or nothing in it has this id.
    """
    book = _Book(output, keep_personal)
    for name, screen in (
        ("findings", _finding),
        ("checks", _check),
        ("facts", _fact),
        ("tables", _table),
    ):
        rows = book.find(name, f"{name[:-1]}_id", [identifier])
        if rows:
            yield from screen(book, rows[0])
            return
    words = "no finding, check, fact or table has this id"
    raise RunError(describe_problem("UNKNOWN_ID", identifier, words))


class _Book:
    """A published dataset, looked up by ids."""

    def __init__(self, output: Path, keep_personal: bool) -> None:
        self.output = output
        self.keep_personal = keep_personal
        self.folder = require_dataset(output)

    def find(self, table: str, column: str, values: Iterable[object]) -> list[Found]:
        """Return the rows whose `column` is one of `values`, in the order of the dataset."""
        wanted = [value for value in values if value is not None]
        if not wanted:
            return []
        rows: list[Found] = read_table(self.folder, table, column, wanted).to_pylist()
        return rows

    def document(self, row: Found) -> Found:
        """Return the document that a row belongs to."""
        return self.find("documents", "document_id", [row["document_id"]])[0]


def _finding(book: _Book, finding: Found) -> Iterator[RenderableType]:
    document = book.document(finding)
    yield plain(f"Finding {finding['finding_id']}", "bold")
    yield plain(f"{document['file_name']}: {finding['title_ko']} / {finding['title_en']}")
    yield plain(str(finding["explanation_ko"]))
    yield plain(str(finding["explanation_en"]))
    unit = _unit_of(book, finding)
    for name in ("printed", "expected", "difference", "suggestion"):
        yield Text(f"{name:<11} {show_number(finding[name], unit)}")  # type: ignore[arg-type]
    proven = "the only smallest repair" if finding["proven"] else "not proven"
    yield Text(f"severity {finding['severity']}, cause {finding['cause']}, {proven}")
    for check in book.find("checks", "check_id", _list(finding["check_ids"])):
        yield from _equation(check)
    yield from _cells(book, finding)


def _check(book: _Book, check: Found) -> Iterator[RenderableType]:
    yield plain(f"Check {check['check_id']}", "bold")
    yield plain(str(book.document(check)["file_name"]))
    yield from _equation(check)
    yield from _cells(book, check)


def _fact(book: _Book, fact: Found) -> Iterator[RenderableType]:
    yield plain(f"Fact {fact['fact_id']}", "bold")
    yield plain(str(book.document(fact)["file_name"]))
    for name, value in fact.items():
        if value not in (None, "", []) and name not in _PLACE:
            yield plain(f"{name:<15} {value}")
    yield from _surroundings(book, str(fact["document_id"]), [fact])


def _table(book: _Book, table: Found) -> Iterator[RenderableType]:
    yield plain(f"Table {table['table_id']}", "bold")
    yield plain(f"{book.document(table)['file_name']}: {table['caption'] or ''}")
    yield plain(
        f"{table['kind']}, unit {table['unit']}, read as {table['engine']}. {table['note']}"
    )
    yield _grid(book, str(table["table_id"]))


def _equation(check: Found) -> Iterator[RenderableType]:
    unit = check["unit"]
    yield plain(f"{check['kind']}: {check['expression']}", "bold")
    shown = [
        f"{name} {show_number(check[name], unit)}"  # type: ignore[arg-type]
        for name in ("printed", "computed", "difference", "tolerance")
    ]
    yield Text(f"  {', '.join(shown)} -> {check['outcome']} ({check['basis']})")


def _cells(book: _Book, row: Found) -> Iterator[RenderableType]:
    cells = _list(row["cells"])
    ids = [cell["fact_id"] for cell in cells]
    facts = {fact["fact_id"]: fact for fact in book.find("facts", "fact_id", ids)}
    labels = _labels(book, [cell for cell in cells if cell["fact_id"] not in facts])
    yield cells_screen(
        _cell_line(cell, facts.get(cell["fact_id"]) or labels.get(_position(cell), {}))
        for cell in cells
    )
    by_document: dict[str, list[Found]] = {}
    for cell in cells:
        fact = facts.get(cell["fact_id"], row)
        by_document.setdefault(str(fact["document_id"]), []).append(cell)
    for document_id, own in by_document.items():
        if len(by_document) > 1:
            document = book.find("documents", "document_id", [document_id])[0]
            yield plain(f"{document['file_name']}", "bold")
        yield from _surroundings(book, document_id, own)


def _labels(book: _Book, cells: list[Found]) -> dict[tuple[object, ...], Found]:
    """Return what cells without a number say: blank ones have labels all the same."""
    found = book.find("cells", "table_id", {cell["table_id"] for cell in cells})
    return {
        _position(cell): {
            "label": " > ".join(map(str, _list(cell["row_path"]))),
            "indicator": " > ".join(map(str, _list(cell["col_path"]))),
            "raw": cell["text"],
        }
        for cell in found
    }


def _position(cell: Found) -> tuple[object, ...]:
    return cell["table_id"], cell["row"], cell["col"]


def _cell_line(cell: Found, known: Found) -> CellLine:
    return CellLine(
        role=str(cell["role"]),
        label=str(known.get("label", "")),
        indicator=str(known.get("indicator", "")),
        raw=str(known.get("raw", "")),
        value=known.get("value"),  # type: ignore[arg-type]
        unit=known.get("value_unit"),  # type: ignore[arg-type]
        place=Place(**{name: cell[name] for name in _PLACE}),  # type: ignore[arg-type]
    )


def _surroundings(book: _Book, document_id: str, cells: list[Found]) -> Iterator[RenderableType]:
    """Yield the printed lines around the cells, or their rows where the file is not there."""
    places = {int(str(cell["line_no"])) for cell in cells if cell["line_no"] is not None}
    document = book.find("documents", "document_id", [document_id])[0]
    lines = (
        original_lines(Home(book.output), document, keep_personal=book.keep_personal)
        if places
        else ()
    )
    if lines:
        yield from _marked_lines(lines, places)
        return
    rows: dict[str, set[int]] = {}
    for cell in cells:
        if cell["table_id"] is not None and cell["row"] is not None:
            rows.setdefault(str(cell["table_id"]), set()).add(int(str(cell["row"])))
    for table_id, wanted in rows.items():
        yield _grid(book, table_id, wanted)


def _marked_lines(lines: Sequence[str], places: set[int]) -> Iterator[RenderableType]:
    shown = sorted(
        {
            number
            for place in places
            for number in range(place - _LINES_AROUND, place + _LINES_AROUND + 1)
            if 1 <= number <= len(lines)
        }
    )
    before = None
    for number in shown:
        if before is not None and number > before + 1:
            yield Text("   ...")
        mark = ">" if number in places else " "
        yield plain(f"{mark} {number:>5} {lines[number - 1].rstrip()}")
        before = number


def _grid(book: _Book, table_id: str, around: set[int] | None = None) -> RenderableType:
    """Return the cells of a table, or only its headings and the rows near those in `around`."""
    cells = book.find("cells", "table_id", [table_id])
    width = max((int(str(cell["col"])) for cell in cells), default=-1) + 1
    by_row: dict[int, list[str]] = {}
    for cell in cells:
        row, is_header = int(str(cell["row"])), cell["role"] == "header"
        if around is None or is_header or any(abs(row - at) <= _ROWS_AROUND for at in around):
            texts = by_row.setdefault(row, [""] * width)
            texts[int(str(cell["col"]))] = str(cell["text"])
    table = Table(title=table_id, title_justify="left", show_header=False, show_lines=True)
    table.add_column("row", justify="right")
    for _ in range(width):
        table.add_column(overflow="fold")
    for row, texts in sorted(by_row.items()):
        mark = "> " if around is not None and row in around else ""
        table.add_row(f"{mark}{row}", *map(plain, texts))
    return table


def _list(value: object) -> list[Found]:
    return list(value) if isinstance(value, list) else []


def _unit_of(book: _Book, finding: Found) -> str | None:
    cells = _list(finding["cells"])
    facts = book.find("facts", "fact_id", [cell["fact_id"] for cell in cells[:1]])
    unit = facts[0]["value_unit"] if facts else None
    return None if unit is None else str(unit)
