"""Made-up documents of a word processor, written as HWPX and as HWP 5: the same one in two ways."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from xml.sax.saxutils import escape

from tests.extract.compound_file import write_compound

MIMETYPE = "application/hwp+zip"
_NAMESPACES = (
    'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
    'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'
)
_MARKS = {"\t": "<hp:tab/>", "\n": "<hp:lineBreak/>"}


@dataclass(frozen=True, slots=True)
class Field:
    """A cell: its spot, and its paragraphs."""

    row: int
    col: int
    content: "Sequence[Paragraph]"
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its caption is one line, or none."""

    fields: Sequence[Field]
    caption: str = ""


Paragraph: TypeAlias = "str | Sequence[str | Grid]"
Written: TypeAlias = "Sequence[Paragraph]"
Writer: TypeAlias = Callable[[Written], bytes]


def grid_of(rows: Sequence[Sequence[str]], caption: str = "") -> Grid:
    """Return a table without merged cells."""
    fields = [
        Field(row, col, [text]) for row, cells in enumerate(rows) for col, text in enumerate(cells)
    ]
    return Grid(fields, caption)


def _parts(paragraph: Paragraph) -> Sequence[str | Grid]:
    return [paragraph] if isinstance(paragraph, str) else paragraph


# HWPX


def write_hwpx(written: Written) -> bytes:
    return pack_hwpx({"Contents/section0.xml": section_xml(written)})


def section_xml(written: Written) -> str:
    inner = "".join(map(_paragraph_xml, written))
    return f'<?xml version="1.0" encoding="UTF-8"?><hs:sec {_NAMESPACES}>{inner}</hs:sec>'


def _paragraph_xml(paragraph: Paragraph) -> str:
    inner = "".join(
        _table_xml(part) if isinstance(part, Grid) else f"<hp:t>{_text_xml(part)}</hp:t>"
        for part in _parts(paragraph)
    )
    return f"<hp:p><hp:run>{inner}</hp:run></hp:p>"


def _text_xml(text: str) -> str:
    return "".join(_MARKS.get(char, escape(char)) for char in text)


def _table_xml(grid: Grid) -> str:
    caption = f"<hp:caption><hp:subList>{_paragraph_xml(grid.caption)}</hp:subList></hp:caption>"
    rows = sorted({one.row for one in grid.fields})
    inner = "".join(
        f"<hp:tr>{''.join(_cell_xml(one) for one in grid.fields if one.row == row)}</hp:tr>"
        for row in rows
    )
    return f"<hp:tbl>{caption if grid.caption else ''}{inner}</hp:tbl>"


def _cell_xml(one: Field) -> str:
    inner = "".join(map(_paragraph_xml, one.content))
    return (
        f"<hp:tc><hp:subList>{inner}</hp:subList>"
        f'<hp:cellAddr colAddr="{one.col}" rowAddr="{one.row}"/>'
        f'<hp:cellSpan colSpan="{one.col_span}" rowSpan="{one.row_span}"/></hp:tc>'
    )


def contents_xml(names: Iterable[str]) -> str:
    listed = list(names)
    items = "".join(f'<opf:item id="{one}" href="{one}"/>' for one in listed)
    spine = "".join(f'<opf:itemref idref="{one}"/>' for one in listed)
    return (
        '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/">'
        f"<opf:manifest>{items}</opf:manifest><opf:spine>{spine}</opf:spine></opf:package>"
    )


def pack_hwpx(parts: Mapping[str, str | bytes], mimetype: str = MIMETYPE) -> bytes:
    """Return an archive of parts, with a list of contents unless one is among them."""
    whole: dict[str, str | bytes] = {"mimetype": mimetype}
    whole |= {"Contents/content.hpf": contents_xml(parts), **parts}
    return zip_of(list(whole.items()))


def zip_of(parts: Sequence[tuple[str | zipfile.ZipInfo, str | bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name) if isinstance(name, str) else name
            info.compress_type = zipfile.ZIP_DEFLATED
            if name == "mimetype":
                info.compress_type = zipfile.ZIP_STORED
            archive.writestr(info, data)
    return buffer.getvalue()


# HWP 5


def write_hwp(written: Written) -> bytes:
    return pack_hwp([section_records(written)])


def section_records(written: Written) -> bytes:
    return b"".join(_paragraph_records(one, 0) for one in written)


def record(tag: int, level: int, payload: bytes) -> bytes:
    size = len(payload)
    long = struct.pack("<I", size) if size >= 0xFFF else b""
    return struct.pack("<I", tag | level << 10 | min(size, 0xFFF) << 20) + long + payload


def control_text(code: int, name: bytes) -> bytes:
    """Return a control character of eight units, as it stands in a paragraph's text."""
    return struct.pack("<H", code) + name + bytes(8) + struct.pack("<H", code)


def _paragraph_records(paragraph: Paragraph, level: int) -> bytes:
    text, tables = b"", b""
    for part in _parts(paragraph):
        if isinstance(part, Grid):
            text += control_text(11, b" lbt")
            tables += _table_records(part, level + 1)
        else:
            for char in part:
                is_tab = char == "\t"
                text += control_text(9, bytes(4)) if is_tab else char.encode("utf-16-le")
    end = "\r".encode("utf-16-le")
    return record(66, level, bytes(22)) + record(67, level + 1, text + end) + tables


def _table_records(grid: Grid, level: int) -> bytes:
    caption = b""
    if grid.caption:
        caption = record(72, level + 1, bytes(30)) + _paragraph_records(grid.caption, level + 1)
    cells = b"".join(_cell_records(one, level + 1) for one in grid.fields)
    head = record(71, level, b" lbt" + bytes(40))
    return head + caption + record(77, level + 1, bytes(24)) + cells


def _cell_records(one: Field, level: int) -> bytes:
    spot = struct.pack("<8x4H26x", one.col, one.row, one.col_span, one.row_span)
    inner = b"".join(_paragraph_records(paragraph, level) for paragraph in one.content)
    return record(72, level, spot) + inner


def pack_hwp(sections: Sequence[bytes], properties: int = 1, version: int = 5) -> bytes:
    """Return a compound file of sections, packed where the properties say so."""
    header = struct.pack("<32s3BB I216x", b"HWP Document File", 0, 0, 1, version, properties)
    streams = {"FileHeader": header}
    for number, section in enumerate(sections):
        streams[f"BodyText/Section{number}"] = deflate(section) if properties & 1 else section
    return write_compound(streams)


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()
