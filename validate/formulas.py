"""Formulas printed in headings: 집행잔액(C=A-B), 집행률(B/A), with 예산액(A) on the same axis."""

import re
from dataclasses import dataclass
from decimal import Decimal

from validate.tables import Strip

_LETTERS = "A-Za-zⓐ-ⓩ㉠-㉻①-⑳㉮-㉻ⒶⓏ"
_NAME = rf"[{_LETTERS}]"
_DEFINED = re.compile(rf"[(\[]\s*({_NAME})\s*(?:=([^()\[\]]*))?[)\]]|^\s*({_NAME})\s*[).]\s*")
_BARE = re.compile(
    rf"[(\[]\s*=?\s*({_NAME}\s*(?:[-+−–/÷*×]\s*{_NAME}\s*)+(?:[*×]\s*100\s*%?)?)[)\]]"
)
_NESTED = re.compile(rf"^\s*[(\[]?\s*({_NAME}(?:\s*[-+−–]\s*{_NAME})*)\s*[)\]]?\s*/\s*({_NAME})")
_TERM = re.compile(rf"([-+−–]?)\s*({_NAME})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """What a heading says its figures are: a sum of named strips, or a quotient of two."""

    strip: Strip
    terms: tuple[tuple[Decimal, Strip], ...]
    is_quotient: bool = False


def formulas_of(strips: tuple[Strip, ...]) -> tuple[Formula, ...]:
    """Return the formulas that the labels of an axis print, in printed order."""
    names = {name: strip for strip in strips if (name := _name_of(strip)) is not None}
    found = []
    for strip in strips:
        text = _formula_text(strip)
        formula = _read(strip, text, names) if text else None
        if formula is not None:
            found.append(formula)
    return tuple(found)


def _name_of(strip: Strip) -> str | None:
    match = _DEFINED.search(strip.label)
    return (match.group(1) or match.group(3)) if match else None


def _formula_text(strip: Strip) -> str | None:
    match = _DEFINED.search(strip.label)
    if match and match.group(2):
        return match.group(2)
    bare = _BARE.search(strip.label)
    return bare.group(1) if bare else None


def _read(strip: Strip, text: str, names: dict[str, Strip]) -> Formula | None:
    if "/" in text or "÷" in text:
        return _quotient(strip, text.replace("÷", "/"), names)
    if not re.fullmatch(rf"(?:\s*[-+−–]?\s*{_NAME})+\s*", text):
        return None
    terms = [
        (Decimal(-1) if sign and sign != "+" else Decimal(1), names.get(name))
        for sign, name in _TERM.findall(text)
    ]
    known = tuple((factor, part) for factor, part in terms if part is not None)
    if len(known) != len(terms) or len(known) < 2 or any(part is strip for _, part in known):
        return None
    return Formula(strip=strip, terms=known)


def _quotient(strip: Strip, text: str, names: dict[str, Strip]) -> Formula | None:
    match = _NESTED.match(text)
    if match is None:
        return None
    top, bottom = names.get(match.group(1).strip()), names.get(match.group(2))
    if top is None or bottom is None:
        return None
    one = Decimal(1)
    return Formula(strip=strip, terms=((one, top), (one, bottom)), is_quotient=True)
