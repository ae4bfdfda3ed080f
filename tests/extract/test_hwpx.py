"""HWPX: which parts are read, and that no archive and no XML does more than give a document."""

import stat
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import (
    CorruptDocument,
    DocumentError,
    EncryptedDocument,
    NoTextLayer,
    TooManyObjects,
    TooMuchUnpacked,
    UnsupportedDocument,
)
from extract.options import ReadingLimits
from extract.reading.hwpx import read_hwpx
from extract.reading.source import read_document
from extract.records import Document
from tests.extract.written_files import (
    Field,
    Grid,
    contents_xml,
    grid_of,
    pack_hwpx,
    section_xml,
    write_hwpx,
    zip_of,
)

FIRST, SECOND = "Contents/section0.xml", "Contents/section1.xml"
TABLE = [grid_of([["구분", "금액"], ["가", "7"]])]
MERGED = [
    Grid([Field(0, 0, ["가"], col_span=2), Field(1, 0, ["1"]), Field(1, 1, ["2"], row_span=2)])
]
GOOD = write_hwpx(["합계 1,234", TABLE])


def texts(document: Document) -> list[str]:
    return [line.run.text for line in document.lines]


def read(data: bytes, limits: ReadingLimits | None = None) -> Document:
    return read_hwpx(data, "a.hwpx", limits or ReadingLimits())


def with_body(inner: str, before: str = "") -> bytes:
    """Return a document whose paragraph holds some XML next to the word 글."""
    xml = section_xml(["글"]).replace("<hp:t>글</hp:t>", f"{inner}<hp:t>글</hp:t>")
    return pack_hwpx({FIRST: xml.replace("?>", f"?>{before}", 1)})


def test_sections_stand_in_the_order_of_the_list_of_contents() -> None:
    parts = {
        "Contents/content.hpf": contents_xml(["Contents/header.xml", SECOND, FIRST]),
        FIRST: section_xml(["가"]),
        SECOND: section_xml(["나"]),
    }
    assert texts(read(pack_hwpx(parts))) == ["나", "가"]


def test_without_a_list_of_contents_sections_stand_by_their_number() -> None:
    names = [f"Contents/section{number}.xml" for number in (10, 2, 1)]
    parts = [("mimetype", "x"), *((name, section_xml([name[16:-4]])) for name in names)]
    assert texts(read(zip_of(parts))) == ["1", "2", "10"]


def test_paragraphs_are_counted_through_the_sections() -> None:
    document = read(pack_hwpx({FIRST: section_xml(["가", "나"]), SECOND: section_xml(["다"])}))
    assert [line.run.place.line_no for line in document.lines] == [1, 2, 3]


def test_the_newer_namespace_is_read_as_well() -> None:
    xml = section_xml(["글"]).replace("hancom.co.kr/hwpml/2011", "owpml.org/owpml/2024")
    assert texts(read(pack_hwpx({FIRST: xml}))) == ["글"]


def test_a_heading_cell_is_known_as_one() -> None:
    xml = section_xml([TABLE]).replace("<hp:tc>", '<hp:tc header="1">', 2)
    (grid,) = read(pack_hwpx({FIRST: xml})).grids
    assert [cell.is_header for cell in grid.cells] == [True, True, None, None]


NOTE = "<hp:subList><hp:p><hp:run><hp:t>9,999</hp:t></hp:run></hp:p></hp:subList>"


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param(f"<hp:ctrl><hp:footNote>{NOTE}</hp:footNote></hp:ctrl>", id="footnote"),
        pytest.param(f"<hp:ctrl><hp:header>{NOTE}</hp:header></hp:ctrl>", id="page header"),
        pytest.param(f"<hp:rect><hp:drawText>{NOTE}</hp:drawText></hp:rect>", id="text box"),
        pytest.param("<hp:equation><hp:script>9,999</hp:script></hp:equation>", id="equation"),
    ],
)
def test_text_that_is_not_read_is_told_of(inner: str) -> None:
    document = read(with_body(inner))
    assert texts(document) == ["글"]
    assert document.line_count == 1
    assert document.warnings == ("TEXT_LEFT_OUT",)


def test_text_that_a_tracked_change_deleted_is_left_out() -> None:
    xml = section_xml(["@"]).replace("@", "1<hp:deleteBegin/>00<hp:deleteEnd/>5")
    document = read(pack_hwpx({FIRST: xml}))
    assert (texts(document), document.warnings) == (["15"], ("DELETED_TEXT",))


def test_a_document_of_pictures_has_no_text() -> None:
    xml = section_xml([""]).replace("<hp:t></hp:t>", "<hp:pic/>")
    with pytest.raises(NoTextLayer):
        read(pack_hwpx({FIRST: xml}))


@pytest.mark.parametrize("spot", ['colAddr="x" rowAddr="0"', 'colAddr="-1" rowAddr="0"', ""])
def test_a_spot_that_is_none_never_gives_a_grid(spot: str) -> None:
    xml = section_xml([TABLE]).replace('colAddr="1" rowAddr="1"', spot)
    try:
        document = read(pack_hwpx({FIRST: xml}))
    except CorruptDocument:
        return
    assert document.grids == ()
    assert texts(document) == ["구분", "금액", "가", "7"]


def _doubled(name: str) -> bytes:
    parts = [("mimetype", "x"), (FIRST, section_xml(["1"])), (name, section_xml(["2"]))]
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zip_of(parts)


def _bad_checksum() -> bytes:
    data = bytearray(GOOD)
    data[data.rfind(b"PK\x01\x02") + 16] ^= 0xFF
    return bytes(data)


def _locked_part() -> bytes:
    data = bytearray(GOOD)
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _with_manifest() -> bytes:
    manifest = '<m xmlns:o="urn:o"><o:file-entry><o:encryption-data/></o:file-entry></m>'
    return pack_hwpx({FIRST: "not XML", "META-INF/manifest.xml": manifest})


LAUGHS = (
    '<!DOCTYPE s [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("make", "error"),
    [
        pytest.param(lambda: GOOD[: len(GOOD) // 2], CorruptDocument, id="cut archive"),
        pytest.param(_bad_checksum, CorruptDocument, id="bad checksum"),
        pytest.param(lambda: _doubled(FIRST), CorruptDocument, id="two parts of one name"),
        pytest.param(_locked_part, EncryptedDocument, id="an encrypted part"),
        pytest.param(_with_manifest, EncryptedDocument, id="a password"),
        pytest.param(
            lambda: with_body("<hp:t>&a9;</hp:t>", LAUGHS), CorruptDocument, id="billion laughs"
        ),
        pytest.param(
            lambda: with_body("<hp:t>&x;</hp:t>", OUTSIDE), CorruptDocument, id="outer entity"
        ),
        pytest.param(
            lambda: with_body("<hp:t>&nbsp;</hp:t>"), CorruptDocument, id="undeclared entity"
        ),
        pytest.param(
            lambda: with_body("<hp:p>" * 50_000 + "</hp:p>" * 50_000), TooManyObjects, id="deep XML"
        ),
        pytest.param(lambda: pack_hwpx({FIRST: "<sec"}), CorruptDocument, id="cut XML"),
        pytest.param(
            lambda: pack_hwpx({FIRST: section_xml([])}), CorruptDocument, id="no paragraph"
        ),
        pytest.param(lambda: pack_hwpx({FIRST: "<html/>"}), CorruptDocument, id="other XML"),
        pytest.param(
            lambda: pack_hwpx({FIRST: '<?xml version="1.0" encoding="no-such"?><sec/>'}),
            CorruptDocument,
            id="unknown encoding",
        ),
        pytest.param(
            lambda: pack_hwpx({"Contents/content.hpf": contents_xml([SECOND]), FIRST: "<sec/>"}),
            CorruptDocument,
            id="a section that is not there",
        ),
        pytest.param(
            lambda: pack_hwpx({"Contents/header.xml": "<a/>"}), CorruptDocument, id="no sections"
        ),
        pytest.param(
            lambda: zip_of([("a/Contents/section0.xml", "x")]),
            UnsupportedDocument,
            id="another archive",
        ),
    ],
)
def test_hostile_and_broken_files_have_their_reason(
    make: Callable[[], bytes], error: type[DocumentError], tmp_path: Path
) -> None:
    path = tmp_path / "a.hwpx"
    path.write_bytes(make())
    with pytest.raises(error):
        read_document(path)


def test_what_an_archive_unpacks_to_is_counted_whatever_it_says() -> None:
    bomb = section_xml(["글"]).replace("<hp:p>", " " * 3_000_000 + "<hp:p>")
    data = pack_hwpx({FIRST: bomb})
    lying = bytearray(data)
    entry = lying.rfind(b"PK\x01\x02", 0, lying.rfind(FIRST.encode()))
    lying[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    for one in (data, bytes(lying)):
        with pytest.raises((TooMuchUnpacked, CorruptDocument)) as caught:
            read(one, ReadingLimits(decoded_bytes=1 << 20))
        assert one is not data or caught.type is TooMuchUnpacked


def test_sections_are_counted_together() -> None:
    half = section_xml(["글"]).replace("<hp:p>", " " * 600_000 + "<hp:p>")
    with pytest.raises(TooMuchUnpacked):
        read(pack_hwpx({FIRST: half, SECOND: half}), ReadingLimits(decoded_bytes=1 << 20))


def test_an_archive_of_very_many_parts_is_refused() -> None:
    parts = [("mimetype", "x"), *((f"BinData/{n}", "") for n in range(50)), (FIRST, "<sec/>")]
    with pytest.raises(TooManyObjects):
        read(zip_of(parts), ReadingLimits(objects=40))


def _link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("BinData/link")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param([("../../outside", "x"), ("/outside", "x")], id="ways out"),
        pytest.param([(_link(), "/etc/hostname")], id="link"),
    ],
)
def test_other_parts_of_an_archive_are_never_unpacked(
    extra: Sequence[tuple[str | zipfile.ZipInfo, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    path = folder / "a.hwpx"
    path.write_bytes(zip_of([("mimetype", "x"), (FIRST, section_xml(["글"])), *extra]))
    assert texts(read_document(path)) == ["글"]
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [path]
    assert not Path("/outside").exists()


def test_an_archive_of_other_documents_is_unsupported(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of([("word/document.xml", "<w/>")]))
    with pytest.raises(UnsupportedDocument):
        read_document(path)


NAMES = [
    "p", "run", "t", "tbl", "tr", "tc", "subList", "caption", "cellAddr", "cellSpan", "tab",
    "deleteBegin", "deleteEnd", "ctrl", "pic", "other",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1 << 32))
def test_no_order_of_elements_raises_anything_else(seed: int) -> None:
    random = Random(seed)
    pieces, is_open = [], ["hs:sec"]
    usual = {"hs:sec": "p", "p": "run", "run": "tbl", "tbl": "tr", "tr": "tc", "tc": "subList"}
    for _ in range(random.randint(5, 120)):
        if len(is_open) > 1 and random.random() < 0.4:
            pieces.append(f"</hp:{is_open.pop()}>")
            continue
        name = random.choice([*NAMES, *[usual.get(is_open[-1], "p")] * 20])
        names = ("rowAddr", "colAddr", "rowSpan", "colSpan")
        said = " ".join(f'{one}="{random.choice((0, 1, 2, 70000, -1))}"' for one in names)
        pieces.append(f"<hp:{name} {said}>12")
        is_open.append(name)
    pieces += [f"</hp:{name}>" for name in reversed(is_open[1:])]
    xml = section_xml([]).replace("</hs:sec>", f"{''.join(pieces)}</hs:sec>")
    with suppress(DocumentError, MemoryError):
        read(pack_hwpx({FIRST: xml}))


def _mutated(data: bytes, seed: int) -> bytes:
    random = Random(seed)
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(changed))
        if random.random() < 0.7:
            changed[at] = random.randrange(256)
        elif random.random() < 0.5:
            del changed[at : at + random.randint(1, 40)]
        else:
            changed[at:at] = random.randbytes(random.randint(1, 8))
    return bytes(changed)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1 << 32))
def test_no_damage_of_the_archive_raises_anything_else(seed: int) -> None:
    with suppress(DocumentError, MemoryError):
        read(_mutated(GOOD, seed))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1 << 32))
def test_no_damage_of_the_xml_raises_anything_else(seed: int) -> None:
    xml = section_xml(["합계 1,234", TABLE, MERGED]).encode()
    with suppress(DocumentError, MemoryError):
        read(pack_hwpx({FIRST: _mutated(xml, seed)}))
