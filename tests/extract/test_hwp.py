"""HWP 5: what its records say, and that no compound file does more than give a document."""

import struct
from collections.abc import Callable
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
    TooMuchUnpacked,
    UnsupportedDocument,
)
from extract.options import ReadingLimits
from extract.reading.hwp import read_hwp
from extract.reading.source import read_document
from extract.records import Document
from tests.extract.compound_file import write_compound
from tests.extract.written_files import (
    Field,
    Grid,
    Written,
    control_text,
    deflate,
    grid_of,
    pack_hwp,
    record,
    section_records,
    write_hwp,
)

PARA_HEADER, PARA_TEXT, CTRL_HEADER, LIST_HEADER, PICTURE, EQUATION = 66, 67, 71, 72, 85, 88
TABLE = [grid_of([["구분", "금액"], ["가", "7"]])]
LONG: Written = ["합계 1,234", TABLE, *(f"{number}번째 문단입니다." for number in range(900))]
MERGED = [
    Grid([Field(0, 0, ["가"], col_span=2), Field(1, 0, ["1"]), Field(1, 1, ["2"], row_span=2)])
]
GOOD = write_hwp(["합계 1,234", TABLE])


def texts(document: Document) -> list[str]:
    return [line.run.text for line in document.lines]


def read(data: bytes, limits: ReadingLimits | None = None) -> Document:
    return read_hwp(data, "a.hwp", limits or ReadingLimits())


def with_control(name: bytes, inner: bytes, text: str = "글") -> bytes:
    """Return a document whose paragraph holds a control and a word."""
    words = control_text(11, name) + text.encode("utf-16-le")
    records = record(PARA_HEADER, 0, bytes(22)) + record(PARA_TEXT, 1, words)
    return pack_hwp([records + record(CTRL_HEADER, 1, name + bytes(8)) + inner])


def test_sections_stand_by_their_number_and_paragraphs_are_counted_through_them() -> None:
    document = read(pack_hwp([section_records([str(number)]) for number in range(12)]))
    assert texts(document) == [str(number) for number in range(12)]
    assert [line.run.place.line_no for line in document.lines] == list(range(1, 13))


def test_sections_that_are_not_packed_are_read() -> None:
    assert texts(read(pack_hwp([section_records(["글"])], properties=0))) == ["글"]


def test_sections_that_are_long_stand_in_the_main_part_of_the_compound_file() -> None:
    document = read(pack_hwp([section_records(LONG)], properties=0))
    assert texts(document) == [line for line in LONG if isinstance(line, str)]
    assert len(document.grids) == 1


def test_control_characters_show_what_they_stand_for() -> None:
    wide = control_text(2, b"dces") + control_text(4, b"\1\2\3\4")
    narrow = "가\x18나\x1e다\x1f라\n마\r".encode("utf-16-le")
    section = record(PARA_HEADER, 0, bytes(22)) + record(PARA_TEXT, 1, wide + narrow)
    assert texts(read(pack_hwp([section]))) == ["가-나 다 라", "마"]


def test_letters_outside_of_the_first_plane_are_one_character() -> None:
    (line,) = read(write_hwp(["𠮷 5"])).lines
    assert (line.run.text, line.run.place.char_end) == ("𠮷 5", 3)


NOTE = record(LIST_HEADER, 2, bytes(8)) + record(PARA_HEADER, 2, bytes(22))
WORDS = record(PARA_TEXT, 3, "9,999\r".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        pytest.param(b"  nf", NOTE + WORDS, id="footnote"),
        pytest.param(b"daeh", NOTE + WORDS, id="page header"),
        pytest.param(b" osg", record(76, 2, bytes(40)) + NOTE + WORDS, id="text box"),
        pytest.param(b"deqe", record(EQUATION, 2, bytes(20)), id="equation"),
    ],
)
def test_text_that_is_not_read_is_told_of(name: bytes, inner: bytes) -> None:
    after = section_records(["뒤"])
    document = read(with_control(name, inner + after))
    assert texts(document) == ["글", "뒤"]
    assert document.line_count == 2
    assert document.warnings == ("TEXT_LEFT_OUT",)


def test_a_document_of_pictures_has_no_text() -> None:
    with pytest.raises(NoTextLayer):
        read(with_control(b" osg", record(PICTURE, 3, bytes(20)), text=""))


def _ole(section: bytes, name: str = "BodyText/Section0", signature: str = "") -> bytes:
    words = (signature or "HWP Document File").encode()
    header = struct.pack("<32s3BB I216x", words, 0, 0, 1, 5, 1)
    return write_compound({"FileHeader": header, name: section})


def _changed(at: int, value: int) -> bytes:
    data = bytearray(GOOD)
    struct.pack_into("<I", data, at, value)
    return bytes(data)


def _looped_directory() -> bytes:
    (table,) = struct.unpack_from("<I", GOOD, 76)
    (directory,) = struct.unpack_from("<I", GOOD, 48)
    return _changed((table + 1) * 512 + 4 * directory, directory)


def test_a_table_of_sectors_that_claims_to_be_endless_is_read_as_far_as_it_goes() -> None:
    assert read(_changed(44, 0x7FFFFFFF)).blocks == read(GOOD).blocks


LOCKED = [1 << 1, 1 << 2, 1 << 4, 1 << 8, 1 << 10]
PACKED = deflate(section_records(["글"]))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        pytest.param(lambda: GOOD[: len(GOOD) // 2], CorruptDocument, id="cut file"),
        pytest.param(lambda: GOOD[:1024], CorruptDocument, id="nothing but the head"),
        pytest.param(_looped_directory, CorruptDocument, id="looped directory"),
        pytest.param(lambda: _ole(b"\xff" * 60), CorruptDocument, id="not packed"),
        pytest.param(lambda: _ole(PACKED[:-4]), CorruptDocument, id="packed and cut"),
        pytest.param(
            lambda: pack_hwp([section_records(["글"])[:-3]]), CorruptDocument, id="cut record"
        ),
        pytest.param(
            lambda: pack_hwp([section_records(["글"]) + b"\x42"]), CorruptDocument, id="half a head"
        ),
        pytest.param(
            lambda: pack_hwp([record(0, 0, b"")]), CorruptDocument, id="no paragraph in a section"
        ),
        pytest.param(lambda: _ole(PACKED, "BodyText/Section1"), CorruptDocument, id="a gap"),
        pytest.param(lambda: _ole(PACKED, "Other/Section0"), CorruptDocument, id="no sections"),
        pytest.param(
            lambda: pack_hwp([section_records(["글"])], version=6),
            UnsupportedDocument,
            id="another version",
        ),
        pytest.param(
            lambda: write_compound({"Other": b"HWP Document File" * 9}),
            UnsupportedDocument,
            id="another document",
        ),
        pytest.param(
            lambda: b"HWP Document File V3.00 \x1a\x01\x02" + bytes(200),
            UnsupportedDocument,
            id="HWP 3",
        ),
        *(
            pytest.param(
                lambda bit=bit: pack_hwp([b"locked"], properties=1 | bit),
                EncryptedDocument,
                id=f"property {bit}",
            )
            for bit in LOCKED
        ),
    ],
)
def test_hostile_and_broken_files_have_their_reason(
    make: Callable[[], bytes], error: type[DocumentError], tmp_path: Path
) -> None:
    path = tmp_path / "a.hwp"
    path.write_bytes(make())
    with pytest.raises(error):
        read_document(path)


@pytest.mark.parametrize("count", [1, 3])
def test_what_sections_unpack_to_is_counted_over_all_of_them(count: int) -> None:
    bomb = section_records(["글"]) + record(0, 0, bytes((3 << 20) // count))
    with pytest.raises(TooMuchUnpacked):
        read(pack_hwp([bomb] * count), ReadingLimits(decoded_bytes=2 << 20))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1 << 32))
def test_no_order_of_records_raises_anything_else(seed: int) -> None:
    random = Random(seed)
    spot = struct.pack("<8x4H", *(random.choice((0, 1, 2, 0xFFFF)) for _ in range(4)))
    payloads = [
        b"",
        b" lbt",
        b"  nf",
        spot,
        control_text(11, b" lbt") * 2,
        "12\n가".encode("utf-16"),
    ]
    tags = (PARA_HEADER, PARA_TEXT, CTRL_HEADER, LIST_HEADER, 77, PICTURE, 0)
    level, section = 0, b""
    for _ in range(random.randint(5, 80)):
        level = max(0, level + random.choice((-1, 0, 0, 1, 1)))
        section += record(random.choice(tags), level, random.choice(payloads))
    with suppress(DocumentError, MemoryError):
        read(pack_hwp([section]))


def _mutated(data: bytes, seed: int) -> bytes:
    random = Random(seed)
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(changed))
        if random.random() < 0.8:
            changed[at] = random.choice((0, 1, 0xFF, random.randrange(256)))
        else:
            del changed[at : at + random.randint(1, 600)]
    return bytes(changed)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1 << 32), st.booleans())
def test_no_damage_of_the_compound_file_raises_anything_else(seed: int, is_head: bool) -> None:
    data = _mutated(GOOD[:1024], seed) + GOOD[1024:] if is_head else _mutated(GOOD, seed)
    with suppress(DocumentError, MemoryError):
        read(data)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1 << 32))
def test_no_damage_of_the_records_raises_anything_else(seed: int) -> None:
    section = section_records(["합계 1,234", TABLE, MERGED])
    with suppress(DocumentError, MemoryError):
        read(pack_hwp([_mutated(section, seed)]))
