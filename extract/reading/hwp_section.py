"""A section of an HWP 5 document to paragraphs and tables.

Records lie at levels: what belongs to a paragraph lies one level below it, what belongs to a
table one level below that, and the paragraphs of a cell follow the header of its list at the same
level. All other controls (notes, page headers, boxes of text, equations, pictures) are passed over;
where one holds text, that is remarked on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from extract.reading.hwp_records import (
    CTRL_HEADER,
    EQUATION,
    LIST_HEADER,
    PARA_HEADER,
    PARA_TEXT,
    PICTURE,
    TABLE,
    TABLE_CONTROL,
    Record,
    read_pieces,
    read_records,
    read_spot,
)
from extract.reading.written import Writing
from extract.reading.written_grids import Spot


@dataclass(slots=True, kw_only=True)
class _Open:
    """Something whose records are being read."""

    kind: Literal["paragraph", "table", "caption", "cell", "passed"]
    level: int
    pieces: Iterator[str | None] = field(default_factory=lambda: iter(()))
    """Text of a paragraph that is not written yet."""
    has_begun: bool = False
    """Whether the table's own record was seen: what comes before it is its caption."""
    spot: Spot | None = None

    def is_ended_by(self, record: Record) -> bool:
        """Tell whether a record lies outside of this."""
        if self.kind in ("caption", "cell") and record.level == self.level:
            return record.tag in (LIST_HEADER, TABLE)
        return record.level <= self.level


def read_section(section: bytes, writing: Writing) -> None:
    """Put down a section.

    Raises:
        CorruptDocument: A record is broken, or there is no paragraph.
        TooManyObjects: Something in it is made of too much.
        TooManyPages: It has more paragraphs than a file may have.
    """
    reader = _SectionReader(writing)
    for record in read_records(section):
        reader.read(record)
    reader.finish()
    writing.close_section()


class _SectionReader:
    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._open: list[_Open] = []

    def read(self, record: Record) -> None:
        while self._open and self._open[-1].is_ended_by(record):
            self._close(self._open.pop())
        inside = self._open[-1] if self._open else None
        kind = inside.kind if inside else "cell"
        if kind == "passed":
            self._look_at(record)
        elif record.tag == PARA_HEADER and kind in ("cell", "caption"):
            self._writing.open_paragraph()
            self._open.append(_Open(kind="paragraph", level=record.level))
        elif inside is not None and kind == "paragraph":
            self._read_of_paragraph(record, inside)
        elif inside is not None and kind == "table":
            self._read_of_table(record, inside)

    def finish(self) -> None:
        while self._open:
            self._close(self._open.pop())

    def _read_of_paragraph(self, record: Record, paragraph: _Open) -> None:
        if record.tag == PARA_TEXT:
            paragraph.pieces = read_pieces(record.payload)
            self._write_on(paragraph)
        elif record.tag == CTRL_HEADER and record.payload.startswith(TABLE_CONTROL):
            self._writing.open_table()
            self._open.append(_Open(kind="table", level=record.level))
        elif record.tag == CTRL_HEADER:
            self._open.append(_Open(kind="passed", level=record.level))

    def _read_of_table(self, record: Record, table: _Open) -> None:
        if record.tag == TABLE:
            table.has_begun = True
        elif record.tag == LIST_HEADER:
            self._writing.open_cell()
            kind: Literal["cell", "caption"] = "cell" if table.has_begun else "caption"
            spot = read_spot(record.payload)
            self._open.append(_Open(kind=kind, level=record.level, spot=spot))

    def _write_on(self, paragraph: _Open) -> None:
        """Write the text of a paragraph up to the next table in it."""
        for piece in paragraph.pieces:
            if piece is None:
                return
            self._writing.write(piece)

    def _close(self, ended: _Open) -> None:
        if ended.kind == "paragraph":
            for piece in ended.pieces:
                self._writing.write(piece or "")
            self._writing.close_paragraph()
        elif ended.kind == "caption":
            self._writing.close_caption()
        elif ended.kind == "cell":
            self._writing.close_cell(ended.spot)
        elif ended.kind == "table":
            self._writing.close_table()
            self._write_on(self._open[-1])

    def _look_at(self, record: Record) -> None:
        """Note what a control holds that is passed over."""
        if record.tag == PICTURE:
            self._writing.has_pictures = True
        elif record.tag == EQUATION or (
            record.tag == PARA_TEXT
            and any(piece and piece.strip() for piece in read_pieces(record.payload))
        ):
            self._writing.remark("TEXT_LEFT_OUT")
