"""Pieces of a page to words: signs by their form, the rest by Tesseract, numbers several times."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic

from extract.reading.ocr_crops import cut_crop
from extract.reading.ocr_digits import punctuate
from extract.reading.ocr_engine import DIGITS, OcrFailed, Word, read_lines
from extract.reading.ocr_image import PageImage
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_pieces import Area
from extract.reading.ocr_signs import Sign, find_sign
from extract.reading.ocr_votes import (
    Reading,
    choose,
    is_number,
    make_reading,
    may_be_digit,
)

_OTHER_SIZES = (0.75, 1.4)
"""Times the first size: letters read once more smaller and once larger fail in other places."""
_SIGN_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A line of text on the page."""

    area: Area
    em: float
    """Usual height of a line around it, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPiece:
    """A line of text as it was read; the boxes of its words are pixels of the page."""

    piece: Piece
    reading: Reading


def read_pieces(
    image: PageImage, pieces: Sequence[Piece], options: OcrOptions
) -> tuple[ReadPiece, ...]:
    """Return the pieces with their words; those without any are left out.

    Numbers and whatever was read with little confidence are read again at other sizes, numbers
    with nothing but the signs of numbers allowed.

    Raises:
        OcrFailed: Tesseract failed, or the time for the page is over.
    """
    end = monotonic() + options.most_seconds
    signs = {piece: find_sign(image.ink, piece.area, piece.em) for piece in pieces}
    bodies = {piece: _body(piece, signs[piece]) for piece in pieces}
    written = [piece for piece in pieces if bodies[piece] is not None]
    areas = [body for piece in written if (body := bodies[piece]) is not None]
    readings = _read_again(image, areas, _read(image, areas, 1.0, "", end, options), end, options)
    found = dict(zip(written, readings, strict=True))
    read = (
        ReadPiece(piece=piece, reading=_with_sign(signs[piece], found.get(piece)))
        for piece in pieces
    )
    return tuple(one for one in read if one.reading.words)


def _body(piece: Piece, sign: Sign | None) -> Piece | None:
    """Return what Tesseract is to read of a piece; None where it is all sign."""
    if sign is None:
        return piece
    return None if sign.rest is None else replace(piece, area=sign.rest)


def _read(
    image: PageImage,
    pieces: Sequence[Piece],
    size: float,
    characters: str,
    end: float,
    options: OcrOptions,
) -> list[Reading]:
    """Read pieces at one size; the boxes of the words come back in pixels of the page."""
    seconds = end - monotonic()
    if seconds <= 0:
        message = "the time for the page is over"
        raise OcrFailed(message)
    crops = [cut_crop(image, piece.area, piece.em, size, options) for piece in pieces]
    lines = read_lines([crop.picture for crop in crops], seconds, characters)
    return [
        make_reading(
            [
                replace(word, left=crop.page_x(word.left), right=crop.page_x(word.right))
                for word in words
            ]
        )
        for crop, words in zip(crops, lines, strict=True)
    ]


def _read_again(
    image: PageImage,
    pieces: Sequence[Piece],
    first: list[Reading],
    end: float,
    options: OcrOptions,
) -> list[Reading]:
    """Return the first readings, or better ones where numbers and unsure words are read again."""
    chosen = list(first)
    numbers = [n for n, one in enumerate(first) if is_number(one.text) or may_be_digit(one.text)]
    unsure = [
        n for n, one in enumerate(first) if one.confidence < options.sure and n not in set(numbers)
    ]
    for group, characters in ((numbers, DIGITS), (unsure, "")):
        again = [
            _read(image, [pieces[n] for n in group], size, characters, end, options)
            for size in _OTHER_SIZES
        ]
        for place, others in zip(group, zip(*again, strict=True), strict=True):
            readings = [first[place], *others]
            if characters:
                area = pieces[place].area
                readings = [punctuate(image.ink, area, reading) for reading in readings]
            chosen[place] = choose(readings)
    return chosen


def _with_sign(sign: Sign | None, reading: Reading | None) -> Reading:
    """Put a sign before the rest of its piece."""
    if reading is not None and sign is None:
        return reading
    if sign is None:
        return Reading(words=(), confidence=0.0)
    word = Word(
        text=sign.text,
        left=float(sign.area.left),
        right=float(sign.area.right),
        confidence=_SIGN_CONFIDENCE,
    )
    if reading is None:
        return Reading(words=(word,), confidence=_SIGN_CONFIDENCE)
    return Reading(
        words=(word, *reading.words), confidence=min(_SIGN_CONFIDENCE, reading.confidence)
    )
