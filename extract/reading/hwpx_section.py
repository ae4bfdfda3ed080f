"""A section of an HWPX document (KS X 6101, `Contents/section0.xml`) to paragraphs and tables.

What is followed: `sec`, `p`, `run`, `t`, and in a run `tbl` with its `caption`, `tr`, `tc` and the
`subList` of paragraphs in them. All else (notes, page headers, boxes of text, equations, pictures)
is passed over; where it holds text, that is remarked on.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from extract.errors import CorruptDocument
from extract.reading.hwpx_xml import parse_xml
from extract.reading.written import Writing
from extract.reading.written_grids import Spot

_FOLLOWED: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset(("sec",)),
    "sec": frozenset(("p",)),
    "p": frozenset(("run",)),
    "run": frozenset(("t", "tbl")),
    "t": frozenset(),
    "tbl": frozenset(("caption", "tr")),
    "tr": frozenset(("tc",)),
    "tc": frozenset(("subList", "cellAddr", "cellSpan")),
    "caption": frozenset(("subList",)),
    "subList": frozenset(("p",)),
    "cellAddr": frozenset(),
    "cellSpan": frozenset(),
}
"""Which elements are followed inside of which."""
_SIGNS: Final = {"tab": "\t", "lineBreak": "\n", "hyphen": "-", "nbSpace": " ", "fwSpace": " "}
"""Elements within `t` that stand for a character."""
_TEXTS: Final = frozenset(("t", "script", "mainText"))
"""Elements that hold text: of paragraphs, of equations, of words with a gloss."""
_PICTURES: Final = frozenset(("pic", "ole", "chart", "video"))


def read_section(blocks: Iterable[bytes], writing: Writing) -> None:
    """Put down a section.

    Raises:
        CorruptDocument: It is no section, or broken, or has no paragraph.
        TooManyObjects: It is nested too deep, or something in it is made of too much.
        TooManyPages: It has more paragraphs than a file may have.
    """
    reader = _SectionReader(writing)
    parse_xml(blocks, reader.start, reader.end, reader.text)
    writing.close_section()


class _SectionReader:
    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._open: list[str] = [""]
        """The elements that are followed, outermost first."""
        self._passed: list[str] = []
        """Those below the last of them that are not."""
        self._spots: list[dict[str, int]] = []
        self._headers: list[bool] = []
        self._is_deleted = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        inside = self._open[-1]
        if self._passed or name not in _FOLLOWED[inside]:
            if inside == "t" and not self._passed:
                self._mark(name)
            elif inside == "" and not self._passed:
                message = "a part that should be a section is none"
                raise CorruptDocument(message)
            elif name in _PICTURES:
                self._writing.has_pictures = True
            self._passed.append(name)
            return
        self._open.append(name)
        self._begin(name, attributes)

    def end(self, name: str) -> None:
        if self._passed:
            self._passed.pop()
            return
        self._open.pop()
        self._finish(name)

    def text(self, text: str) -> None:
        if self._passed:
            if self._passed[-1] in _TEXTS and text.strip():
                self._writing.remark("TEXT_LEFT_OUT")
        elif self._open[-1] == "t":
            self._write(text)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            self._writing.open_paragraph()
        elif name == "tbl":
            self._writing.open_table()
        elif name == "caption":
            self._writing.open_cell()
        elif name == "tc":
            self._writing.open_cell()
            self._spots.append({})
            self._headers.append(attributes.get("header") in ("1", "true"))
        elif name == "cellAddr":
            self._note_spot(row=attributes.get("rowAddr"), col=attributes.get("colAddr"))
        elif name == "cellSpan":
            self._note_spot(row_span=attributes.get("rowSpan"), col_span=attributes.get("colSpan"))

    def _finish(self, name: str) -> None:
        if name == "p":
            self._is_deleted = False
            self._writing.close_paragraph()
        elif name == "tbl":
            self._writing.close_table()
        elif name == "caption":
            self._writing.close_caption()
        elif name == "tc":
            spot, is_header = self._spots.pop(), self._headers.pop()
            is_known = "row" in spot and "col" in spot
            self._writing.close_cell(
                Spot(**spot, is_header=is_header or None) if is_known else None
            )

    def _note_spot(self, **printed: str | None) -> None:
        for name, value in printed.items():
            if value is not None:
                self._spots[-1][name] = int(value)

    def _mark(self, name: str) -> None:
        if name == "deleteBegin":
            self._is_deleted = True
        elif name == "deleteEnd":
            self._is_deleted = False
        elif name in _SIGNS:
            self._write(_SIGNS[name])

    def _write(self, text: str) -> None:
        if not self._is_deleted:
            self._writing.write(text)
        elif text.strip():
            self._writing.remark("DELETED_TEXT")
