"""The door for files: what is no report is refused with its own reason."""

import os
from pathlib import Path

import pytest

from extract.errors import (
    DocumentError,
    EmptyDocument,
    MissingDocument,
    NotRegularFile,
    UnreadableDocument,
    UnsupportedDocument,
)
from extract.reading.source import read_document


def written(folder: Path, data: bytes, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"PK\x03\x04" + b"x" * 40, id="zip or office"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 40, id="ole"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", id="jpeg"),
        pytest.param(b"GIF89a", id="gif"),
        pytest.param(b"\x7fELF\x02", id="program"),
        pytest.param(b"MZ\x90\x00\x03\x00", id="windows program"),
        pytest.param(b"\x1f\x8b\x08", id="gzip"),
        pytest.param(b"SQLite format 3\x00", id="database"),
    ],
)
def test_a_foreign_format_is_told_by_its_bytes_whatever_its_name(
    tmp_path: Path, data: bytes
) -> None:
    with pytest.raises(UnsupportedDocument):
        read_document(written(tmp_path, data, "report.pdf"))


def test_a_text_that_opens_with_mz_is_no_program(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "MZ세대 지원 20명\n".encode()))
    assert document.media_type == "text/plain"


def test_a_pdf_is_told_by_its_bytes(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        read_document(written(tmp_path, b"%PDF-1.7\nnothing more"))


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocument):
        read_document(written(tmp_path, b""))


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingDocument):
        read_document(tmp_path / "none.txt")


def test_a_link_to_nowhere_is_missing(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "none.txt")
    with pytest.raises(MissingDocument):
        read_document(link)


def test_a_link_to_itself_cannot_be_read(tmp_path: Path) -> None:
    link = tmp_path / "loop.txt"
    link.symlink_to(link)
    with pytest.raises(UnreadableDocument):
        read_document(link)


def test_a_folder_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(NotRegularFile):
        read_document(tmp_path)


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(NotRegularFile):
        read_document(pipe)


def test_a_file_that_may_not_be_opened_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, b"text")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableDocument, match="Permission denied"):
        read_document(path)
