"""Formulas printed in headings: 집행잔액(C=A-B), 집행률(B/A), with 예산액(A) on the same axis."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from validate.tables import Strip

Shape = Literal["sum", "quotient", "growth"]

_NAME = r"[A-Za-zⓐ-ⓩ㉠-㉯㉮-㉻①-⑳]"
_DEFINED = re.compile(rf"^\s*({_NAME})\s*(?:=|$)")
_LEADING = re.compile(rf"^\s*({_NAME})\s*[).]\s*\S")
_SUM = re.compile(rf"^{_NAME}(?:[-+]{_NAME})+$")
_TERM = re.compile(rf"([-+]?)({_NAME})")
_SIGNS = str.maketrans({"−": "-", "–": "-", "－": "-", "＋": "+", "÷": "/", "／": "/"})
_HUNDRED = re.compile(r"[*×xX]100%?$|%$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """What a heading says its figures are.

    sum: terms with their factors. quotient: 100 × first / second. growth: 100 × (first - second)
    / second.
    """

    strip: Strip
    shape: Shape
    terms: tuple[tuple[Decimal, Strip], ...]


@lru_cache(maxsize=1024)
def formulas_of(strips: tuple[Strip, ...]) -> tuple[Formula, ...]:
    """Return the formulas that the labels of an axis print, in printed order."""
    names = _names(strips)
    sums = {text: strip for strip in strips for text in _texts(strip.label) if _SUM.match(text)}
    found = []
    for strip in strips:
        formula = _formula(strip, names, sums)
        if formula is not None:
            found.append(formula)
    return tuple(found)


def _names(strips: tuple[Strip, ...]) -> dict[str, Strip]:
    """Return the strips by the letters that their labels give them; the first one counts."""
    names: dict[str, Strip] = {}
    for strip in strips:
        for label in strip.path[::-1]:
            letter = _letter(label)
            if letter is not None:
                names.setdefault(letter, strip)
                break
    return names


def _letter(label: str) -> str | None:
    for content in _brackets(label):
        match = _DEFINED.match(content)
        if match:
            return match.group(1)
    match = _LEADING.match(label)
    return match.group(1) if match else None


def _formula(strip: Strip, names: dict[str, Strip], sums: dict[str, Strip]) -> Formula | None:
    label = strip.label.strip()
    if label in ("%", "(%)") and len(strip.path) > 1:
        return _growth_of(strip, _texts(strip.path[-2]), names)
    for text in (_plain(label), *_texts(label)):
        found = _read(strip, text, names, sums)
        if found is not None:
            return found
    return None


def _read(
    strip: Strip, text: str, names: dict[str, Strip], sums: dict[str, Strip]
) -> Formula | None:
    if "/" in text:
        return _quotient(strip, text, names, sums)
    if not _SUM.match(text):
        return None
    terms = [
        (Decimal(-1) if sign == "-" else Decimal(1), names.get(name))
        for sign, name in _TERM.findall(text)
    ]
    known = tuple((factor, part) for factor, part in terms if part is not None)
    if len(known) != len(terms) or any(part is strip for _, part in known):
        return None
    return Formula(strip=strip, shape="sum", terms=known)


def _quotient(
    strip: Strip, text: str, names: dict[str, Strip], sums: dict[str, Strip]
) -> Formula | None:
    over, _, under = _HUNDRED.sub("", text).partition("/")
    over, under = over.strip("()"), under.strip("()")
    growth = re.match(rf"^({_NAME})-({_NAME})$", over)
    if growth and growth.group(2) == under:
        return _growth_of(strip, (over,), names)
    top = names.get(over) or sums.get(over)
    bottom = names.get(under) or sums.get(under)
    if top is None or bottom is None or strip in (top, bottom):
        return None
    return _pair(strip, "quotient", top, bottom)


def _growth_of(strip: Strip, texts: tuple[str, ...], names: dict[str, Strip]) -> Formula | None:
    """Read (B-A) over a column of percentages as the growth from A to B."""
    for text in texts:
        match = re.match(rf"^({_NAME})-({_NAME})$", text)
        if match and match.group(1) in names and match.group(2) in names:
            return _pair(strip, "growth", names[match.group(1)], names[match.group(2)])
    return None


def _pair(strip: Strip, shape: Shape, first: Strip, second: Strip) -> Formula:
    one = Decimal(1)
    return Formula(strip=strip, shape=shape, terms=((one, first), (one, second)))


def _texts(label: str) -> tuple[str, ...]:
    """Return what stands in the outer brackets of a label, without the letter it defines."""
    return tuple(_plain(content) for content in _brackets(label))


def _plain(text: str) -> str:
    bare = re.sub(r"\s+", "", text).translate(_SIGNS)
    return bare.partition("=")[2] or bare


def _brackets(label: str) -> Iterator[str]:
    """Yield the contents of the outer round or square brackets of a label."""
    depth, start = 0, 0
    for at, char in enumerate(label):
        if char in "([（":
            depth += 1
            start = at + 1 if depth == 1 else start
        elif char in ")]）" and depth:
            depth -= 1
            if not depth:
                yield label[start:at]
