"""Texts with asterisks in the place of personal data, as long as they were."""

from collections.abc import Iterable
from typing import Final

import regex

from normalize.personal.known import NOBODY, Persons, find_personal
from normalize.personal.name_model import surname_length
from normalize.personal.records import Span
from normalize.personal.signs import flatten_signs

MASK: Final = "*"
_AREA: Final = regex.compile(
    r"[\s(]*(?:(?:\+\s?|00)82|0(?:2|[3-6][0-9]|1[016-9]|[78]0|50[0-9]?|130|303))(?=\D|[0-9]{7,8}$)"
)
_MASKED: Final = regex.compile(r"\*\s?\*")


def mask_text(text: str, persons: Persons = NOBODY, context: str = "") -> str:
    """Return a text of the same length without personal data; see `known.find_personal`.

    Of a name the surname stays, of a phone the area code, of an e-mail its signs; amounts, dates
    and codes stay as they are.

    Examples:
        >>> mask_text("담당: 김철수(02-2670-1234, kim@korea.kr), 예산 1,234천원")
        '담당: 김**(02-****-****, ***@*****.**), 예산 1,234천원'
    """
    return mask_spans(text, find_personal(text, persons, context))


def mask_spans(text: str, spans: Iterable[Span]) -> str:
    """Return a text with asterisks for the letters and digits of some spans."""
    parts: list[str] = []
    end = 0
    for span in spans:
        parts += (text[end : span.start], _mask(text[span.start : span.end], span))
        end = span.end
    return "".join([*parts, text[end:]]) if parts else text


def is_masked(label: str) -> bool:
    """Return whether a label was masked: two that are equal may be of two persons."""
    return _MASKED.search(label) is not None


def is_masked_form(masked: str, text: str) -> bool:
    """Return whether a text is another one with some letters masked."""
    return len(masked) == len(text) and all(
        one in (MASK, other) for one, other in zip(masked, text, strict=True)
    )


def _mask(text: str, span: Span) -> str:
    kept = 0
    if span.kind == "name" and "가" <= text[0] <= "힣":
        kept = surname_length("".join(text.split()))
    elif span.kind == "phone":
        area = _AREA.match(flatten_signs(text))
        kept = area.end() if area else 0
    hidden = "".join(MASK if sign.isalnum() else sign for sign in text[kept:])
    return text[:kept] + hidden
