"""Tesseract as a program of its own: pictures of lines in, words with boxes and confidence out."""

import csv
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import cv2

from extract.reading.ocr_image import Gray
from extract.reading.ocr_need import INSTALL_LINE, LANGUAGE, find_program

DIGITS = "0123456789.,-()%"

_WORD_LEVEL = "5"
_LINE_MODE = "7"
_FIELDS = 12


class OcrFailed(Exception):
    """Tesseract is missing or took too long."""


class OcrCrashed(OcrFailed):
    """Tesseract ended with an error, as it does on some pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as read, with its box in pixels of its picture."""

    text: str
    left: float
    right: float
    confidence: float
    """0-1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How pictures are read."""

    size: float = 1.0
    """Times the usual size of letters."""
    characters: str = ""
    """What may be read; empty leaves it open."""
    language: str = LANGUAGE


FIRST = Way()


def read_lines(
    pictures: Sequence[Gray], seconds: float, way: Way = FIRST
) -> list[tuple[Word, ...]]:
    """Return the words of each picture of one line.

    One process reads them all, on one thread, so that the answer does not depend on the machine.
    A picture that makes Tesseract crash has no words.

    Raises:
        OcrFailed: Tesseract is missing or took longer than `seconds`.
    """
    program = find_program()
    if program is None:
        message = f"Tesseract with Korean is not installed: {INSTALL_LINE}"
        raise OcrFailed(message)
    if not pictures:
        return []
    end = monotonic() + seconds
    try:
        return _read_batch(program, pictures, seconds, way)
    except OcrCrashed:
        if len(pictures) == 1:
            return [()]
    half = len(pictures) // 2
    return [
        words
        for part in (pictures[:half], pictures[half:])
        for words in read_lines(part, end - monotonic(), way)
    ]


def _read_batch(
    program: str, pictures: Sequence[Gray], seconds: float, way: Way
) -> list[tuple[Word, ...]]:
    if seconds <= 0:
        message = "the time for the page is over"
        raise OcrFailed(message)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.pgm" for number in range(len(pictures))]
        for path, picture in zip(paths, pictures, strict=True):
            cv2.imwrite(str(path), picture)
        listing = Path(folder) / "list.txt"
        listing.write_text("\n".join(map(str, paths)) + "\n", "utf-8")
        command = [program, str(listing), "stdout", "-l", way.language, "--psm", _LINE_MODE]
        command += ["--dpi", "300"]
        if way.characters:
            command += ["-c", f"tessedit_char_whitelist={way.characters}"]
        return _parse(_run([*command, "tsv"], seconds), len(pictures))


def _run(command: list[str], seconds: float) -> str:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
            timeout=max(1.0, seconds),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = "Tesseract took too long"
        raise OcrFailed(message) from error
    except OSError as error:
        message = "Tesseract cannot be started"
        raise OcrFailed(message) from error
    if done.returncode:
        message = f"Tesseract ended with code {done.returncode}"
        raise OcrCrashed(message)
    return done.stdout


def _parse(table: str, count: int) -> list[tuple[Word, ...]]:
    """Turn Tesseract's table into words by picture; its pages count from 1."""
    words: list[list[Word]] = [[] for _ in range(count)]
    for row in csv.reader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < _FIELDS or row[0] != _WORD_LEVEL or not row[11].strip():
            continue
        left, width = float(row[6]), float(row[8])
        words[int(row[1]) - 1].append(
            Word(
                text=row[11].strip(),
                left=left,
                right=left + width,
                confidence=max(0.0, float(row[10])) / 100,
            )
        )
    return [tuple(line) for line in words]
