"""The samples are what their manifest says: made up, written by our own code, without names."""

import re
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfbase.ttfonts import TTFont

from samples.make_samples import write_samples
from samples.manifest import MANIFEST, PANEL, REPORTS, SampleReport, read_manifest
from samples.writing.pages import FONT, FONT_FILE
from samples.writing.records import NOTICE

SAMPLES = read_manifest()
EACH = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
REAL_DISTRICTS = ("종로구", "해운대구")


def read_text(path: Path) -> str:
    if path.suffix != ".pdf":
        return path.read_text("utf-8")
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_generator_writes_the_very_bytes_that_are_kept() -> None:
    written = write_samples()
    assert {path: path.read_bytes() == data for path, data in written.items()} == dict.fromkeys(
        written, True
    )


def test_every_report_is_in_the_manifest() -> None:
    assert {path.name for path in REPORTS.iterdir()} == {sample.file for sample in SAMPLES}
    assert MANIFEST.is_file()


def test_there_are_eight_samples_three_of_them_pdf() -> None:
    assert len(SAMPLES) == 8
    assert sum(sample.path.suffix == ".pdf" for sample in SAMPLES) == 3


def test_two_samples_or_more_name_a_real_district() -> None:
    named = [sample for sample in SAMPLES if sample.region.endswith(REAL_DISTRICTS)]
    assert len(named) >= 2


@EACH
def test_the_hash_is_that_of_the_file(sample: SampleReport) -> None:
    assert sha256(sample.path.read_bytes()).hexdigest() == sample.sha256


@EACH
def test_a_sample_says_that_it_was_made_up(sample: SampleReport) -> None:
    assert NOTICE in read_text(sample.path)


@EACH
def test_a_sample_names_nobody_and_no_phone(sample: SampleReport) -> None:
    text = read_text(sample.path)
    assert not re.search(r"☎|\d{2,4}-\d{3,4}-\d{4}|\d{3}\.\d{3,4}\.\d{4}|@", text)
    assert not re.search(r"(과장|팀장|담당|센터장)\s*:\s*[가-힣]{3}", text)


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.pdf")), ids=lambda path: path.name)
def test_the_font_has_every_sign_of_a_pdf(path: Path) -> None:
    known = TTFont(FONT, str(FONT_FILE)).face.charToGlyph
    assert [sign for sign in set(read_text(path)) - set("\r\n") if ord(sign) not in known] == []


@EACH
def test_a_planted_error_stands_on_the_line_that_the_manifest_gives(sample: SampleReport) -> None:
    lines = sample.path.read_bytes().split(b"\n")
    for error in sample.planted:
        assert error.printed in lines[error.line - 1].decode()
        assert error.expected not in lines[error.line - 1].decode()


@pytest.mark.parametrize("path", sorted(PANEL.iterdir()), ids=lambda path: path.name)
def test_a_report_for_the_examples_was_made_up_and_names_nobody(path: Path) -> None:
    text = path.read_text("utf-8")
    assert NOTICE in text
    assert not re.search(r"☎|\d{2,4}-\d{3,4}-\d{4}|@|(과장|팀장|담당)\s*:", text)
    assert path in write_samples()
