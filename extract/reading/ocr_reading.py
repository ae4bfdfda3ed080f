"""Pieces of a page to words: signs by their form, the rest by Tesseract, numbers several times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from extract.reading.ocr_anchors import anchor_words
from extract.reading.ocr_crops import cut_crop
from extract.reading.ocr_digits import find_shapes, punctuate
from extract.reading.ocr_engine import DIGITS, FIRST, OcrFailed, Way, Word, read_lines
from extract.reading.ocr_image import PageImage
from extract.reading.ocr_latin import insert_formulas, is_mixed, may_hold_formula
from extract.reading.ocr_need import LANGUAGE, LATIN, find_languages
from extract.reading.ocr_numbers import tidy_number
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_pieces import Area
from extract.reading.ocr_review import review
from extract.reading.ocr_signs import Part, split_signs
from extract.reading.ocr_votes import (
    Reading,
    choose,
    is_number,
    make_reading,
    may_be_digit,
)

_NUMBER_WAYS = (Way(size=0.75, characters=DIGITS), Way(size=1.4, characters=DIGITS))
"""Letters read once more smaller and once larger fail in other places."""
_WORD_WAYS = (Way(size=0.75), Way(size=1.4))
_LATIN_TOO = Way(language=f"{LANGUAGE}+{LATIN}")
_LATIN_ONLY = Way(language=LATIN)
_TASTED = 20
"""Pieces that tell which way up a page is."""
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
    image: PageImage, pieces: Sequence[Piece], end: float, options: OcrOptions
) -> tuple[ReadPiece, ...]:
    """Return the pieces with their words; those without any are left out.

    Numbers and whatever was read with little confidence are read again at other sizes, numbers
    with nothing but the signs of numbers allowed. `end` is when the time for the page is over.

    Raises:
        OcrFailed: Tesseract failed, or the time for the page is over.
    """
    split = [split_signs(image.ink, piece.area, piece.em) for piece in pieces]
    letters = [
        replace(piece, area=part.area)
        for piece, parts in zip(pieces, split, strict=True)
        for part in parts
        if not part.text
    ]
    reader = _Reader(image=image, end=end, options=options)
    again = _add_formulas(reader, letters, _read_again(reader, letters))
    readings = iter(review(image, [piece.area for piece in letters], again, options))
    joined = [
        _join([_read_sign(part) if part.text else next(readings) for part in parts])
        for parts in split
    ]
    return tuple(
        ReadPiece(
            piece=piece,
            reading=replace(one, words=anchor_words(image.ink, piece.area, piece.em, one.words)),
        )
        for piece, one in zip(pieces, joined, strict=True)
        if one.words
    )


def taste_pieces(
    image: PageImage, pieces: Sequence[Piece], end: float, options: OcrOptions
) -> float:
    """Return how surely some of the longest pieces can be read, 0-1.

    Raises:
        OcrFailed: Tesseract failed, or the time for the page is over.
    """
    longest = sorted(pieces, key=lambda piece: -piece.area.width)[:_TASTED]
    reader = _Reader(image=image, end=end, options=options)
    read = [one for one in reader.read(longest) if len(one.text) > 1]
    letters = sum(len(one.text) for one in read)
    return sum(one.confidence * len(one.text) for one in read) / letters if letters else 0.0


def _tidied(reading: Reading) -> Reading:
    """Return a number with its marks set as offices do."""
    return _with_text(reading, tidy_number(reading.text))


def _with_text(reading: Reading, text: str) -> Reading:
    """Return a reading with another text; its spaces are lost where it changes."""
    if text == reading.text or not reading.words:
        return reading
    first, last = reading.words[0], reading.words[-1]
    word = replace(first, text=text, right=max(first.right, last.right))
    return replace(reading, words=(word,))


def _read_sign(sign: Part) -> Reading:
    word = Word(
        text=sign.text,
        left=float(sign.area.left),
        right=float(sign.area.right),
        confidence=_SIGN_CONFIDENCE,
    )
    return Reading(words=(word,), confidence=_SIGN_CONFIDENCE)


def _join(readings: Sequence[Reading]) -> Reading:
    """Return the readings of the parts of a line as one, as sure as its least sure part."""
    return Reading(
        words=tuple(word for reading in readings for word in reading.words),
        confidence=min(reading.confidence for reading in readings),
        alternatives=_join_alternatives(readings),
    )


def _join_alternatives(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Return the other ways to read a line: those of each part with the rest as read."""
    texts = [reading.text for reading in readings]
    return tuple(
        "".join([*texts[:place], other, *texts[place + 1 :]])
        for place, reading in enumerate(readings)
        for other in reading.alternatives
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Tesseract with what it needs to know of a page."""

    image: PageImage
    end: float
    """When the time for the page is over."""
    options: OcrOptions

    def read(self, pieces: Sequence[Piece], way: Way = FIRST) -> list[Reading]:
        """Read pieces in one way; the boxes of the words come back in pixels of the page."""
        seconds = self.end - monotonic()
        if seconds <= 0:
            message = "the time for the page is over"
            raise OcrFailed(message)
        crops = [
            cut_crop(self.image, piece.area, piece.em, way.size, self.options) for piece in pieces
        ]
        lines = read_lines([crop.picture for crop in crops], seconds, way)
        return [
            make_reading(
                [
                    replace(word, left=crop.page_x(word.left), right=crop.page_x(word.right))
                    for word in words
                ]
            )
            for crop, words in zip(crops, lines, strict=True)
        ]


def _read_again(reader: _Reader, pieces: Sequence[Piece]) -> list[Reading]:
    """Return first readings, or better ones where numbers and unsure words are read again."""
    first = reader.read(pieces)
    chosen = list(first)
    sure = reader.options.sure
    numbers = [n for n, one in enumerate(first) if is_number(one.text) or may_be_digit(one.text)]
    unsure = [n for n, one in enumerate(first) if one.confidence < sure and n not in set(numbers)]
    for place, others in _read_in_ways(reader, pieces, numbers, _NUMBER_WAYS):
        shapes = find_shapes(reader.image.ink, pieces[place].area)
        readings = [_tidied(punctuate(shapes, one)) for one in (first[place], *others)]
        chosen[place] = choose(readings)
    for place, others in _read_in_ways(reader, pieces, unsure, _WORD_WAYS):
        chosen[place] = choose([first[place], *others])
    if LATIN in find_languages():
        for place, (other,) in _read_in_ways(reader, pieces, unsure, (_LATIN_TOO,)):
            if is_mixed(other.text) and other.confidence > chosen[place].confidence:
                chosen[place] = other
    return chosen


def _read_in_ways(
    reader: _Reader, pieces: Sequence[Piece], group: Sequence[int], ways: Sequence[Way]
) -> Iterator[tuple[int, tuple[Reading, ...]]]:
    """Yield the number of each piece of a group with its readings in several ways."""
    read = [reader.read([pieces[n] for n in group], way) for way in ways]
    yield from zip(group, zip(*read, strict=True), strict=True)


def _add_formulas(
    reader: _Reader, pieces: Sequence[Piece], readings: Sequence[Reading]
) -> list[Reading]:
    """Return readings with the Latin letters of formulas in the brackets of headings."""
    added = list(readings)
    if LATIN not in find_languages():
        return added
    group = [n for n, reading in enumerate(readings) if may_hold_formula(reading.text)]
    latin = reader.read([pieces[n] for n in group], _LATIN_ONLY)
    for place, letters in zip(group, latin, strict=True):
        text = insert_formulas(readings[place].text, letters.text)
        added[place] = _with_text(readings[place], text)
    return added
