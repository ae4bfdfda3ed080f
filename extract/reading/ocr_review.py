"""Numbers of a page reviewed: each digit is compared with all others that were read on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.reading.ocr_digits import MARKS, Shape, find_shapes, match_shapes
from extract.reading.ocr_engine import Word
from extract.reading.ocr_image import PageImage
from extract.reading.ocr_numbers import swap_mark, tidy_number
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_pieces import Area
from extract.reading.ocr_templates import Likeness, Template, Templates
from extract.reading.ocr_votes import Reading, is_number

_SAME = 0.9
"""A shape that is this alike to a sign's templates is that sign."""
_ALIKE = 0.85
"""So alike it is at least, where Tesseract did not see it and no other sign is near."""
_APART = 0.12
"""By this much less alike is the sign that was read, where it is not believed."""
_POSSIBLE = 0.12
"""A sign less alike than the best by this much at most is another way to read a shape."""
_REPLACED = 0.8
"""Confidence in a number of which a digit was replaced."""
_MOST_SHAPES = 14
"""A piece with more shapes is no number."""
_MOST_ALTERNATIVES = 6
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """A number whose digits were found in its ink."""

    signs: str
    """Its digits and brackets, without marks and percent sign."""
    areas: tuple[Area, ...]


def review(
    image: PageImage, areas: Sequence[Area], readings: Sequence[Reading], options: OcrOptions
) -> list[Reading]:
    """Return the readings of pieces with the digits that their shapes show.

    A digit that looks like those of another sign and not like its own is replaced. A piece that
    was read with little confidence, or with another count of digits than it shows, is read by its
    shapes alone, where all of them are known.
    """
    numbers = [_match(image, area, one) for area, one in zip(areas, readings, strict=True)]
    templates = Templates(
        image.gray,
        [
            Template(area=area, sign=sign, piece=place)
            for place, number in enumerate(numbers)
            if number is not None
            for area, sign in zip(number.areas, number.signs, strict=True)
        ],
    )
    reviewed = []
    for place, (area, reading, number) in enumerate(zip(areas, readings, numbers, strict=True)):
        if number is not None:
            reviewed.append(_correct(reading, number, templates.compare(number.areas, place)))
        elif is_number(reading.text) or reading.confidence < options.sure or len(reading.text) < 3:
            shapes = find_shapes(image.ink, area)
            reviewed.append(_read_shapes(shapes, templates, place) or reading)
        else:
            reviewed.append(reading)
    return reviewed


def _match(image: PageImage, area: Area, reading: Reading) -> _Number | None:
    if not is_number(reading.text):
        return None
    matched = match_shapes(find_shapes(image.ink, area), reading.text)
    if matched is None:
        return None
    return _Number(
        signs="".join(letter for letter in reading.text if letter not in MARKS + "%"),
        areas=tuple(shape.area for shape in matched if not shape.mark),
    )


def _correct(
    reading: Reading, number: _Number, likenesses: Sequence[tuple[Likeness, ...]]
) -> Reading:
    """Return a number with its digits as the page's other digits say."""
    signs = [
        _judge(sign, likeness) for sign, likeness in zip(number.signs, likenesses, strict=True)
    ]
    found = "".join(signs)
    others = [
        _exchange(reading, found[:place] + other + found[place + 1 :]).text
        for place, likeness in enumerate(likenesses)
        for other in _others(found[place], likeness)
    ]
    corrected = _exchange(reading, found)
    is_sure = all(one and one[0].sign == sign for sign, one in zip(found, likenesses, strict=True))
    if found != number.signs:
        corrected = replace(corrected, confidence=_REPLACED)
        others.insert(0, reading.text)
    elif is_sure:
        least = min(likeness[0].share for likeness in likenesses)
        corrected = replace(corrected, confidence=max(reading.confidence, least - _APART))
    return replace(
        corrected,
        alternatives=_unlike(
            corrected.text, (*reading.alternatives, *others, swap_mark(corrected.text))
        ),
    )


def _judge(sign: str, likeness: tuple[Likeness, ...]) -> str:
    """Return the sign that a shape is: as read, unless it clearly looks like another."""
    if sign not in _DIGITS or not likeness:
        return sign
    own = next((one.share for one in likeness if one.sign == sign), 0.0)
    best = likeness[0]
    return best.sign if best.share >= _SAME and best.share - own >= _APART else sign


def _others(sign: str, likeness: tuple[Likeness, ...]) -> Iterator[str]:
    if sign in _DIGITS and likeness:
        best = likeness[0].share
        yield from (
            one.sign for one in likeness if one.sign != sign and best - one.share <= _POSSIBLE
        )


def _exchange(reading: Reading, signs: str) -> Reading:
    """Return a reading with its signs, marks and percent signs aside, changed for others."""
    left = iter(signs)
    words = tuple(
        replace(
            word,
            text="".join(letter if letter in MARKS + "%" else next(left) for letter in word.text),
        )
        for word in reading.words
    )
    return replace(reading, words=words)


def _read_shapes(shapes: Sequence[Shape], templates: Templates, place: int) -> Reading | None:
    """Return what shapes say where each of them is a digit known on the page."""
    digits = [shape.area for shape in shapes if not shape.mark]
    if not digits or len(digits) > _MOST_SHAPES or shapes[0].mark:
        return None
    likenesses = templates.compare(digits, place)
    if not all(_is_clear(likeness) for likeness in likenesses):
        return None
    signs = iter(likeness[0].sign for likeness in likenesses)
    text = tidy_number("".join(shape.mark or next(signs) for shape in shapes))
    if not is_number(text):
        return None
    word = Word(
        text=text,
        left=float(shapes[0].area.left),
        right=float(shapes[-1].area.right),
        confidence=_REPLACED,
    )
    return Reading(words=(word,), confidence=_REPLACED)


def _is_clear(likeness: tuple[Likeness, ...]) -> bool:
    """Tell whether a shape looks like one digit and like no other."""
    if not likeness or likeness[0].share < _ALIKE:
        return False
    return len(likeness) > 1 and likeness[0].share - likeness[1].share >= _APART


def _unlike(text: str, others: Sequence[str]) -> tuple[str, ...]:
    """Return other ways to read a number, each once."""
    unlike = dict.fromkeys(other for other in others if other != text and is_number(other))
    return tuple(unlike)[:_MOST_ALTERNATIVES]
