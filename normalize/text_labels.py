"""The words that name a number in running text, and the place of a number in a cell of lines."""

from collections.abc import Sequence

import regex

from extract.records import Run
from normalize.labels import clean_label
from normalize.records import Quantity

_CLAUSE_BREAK = regex.compile(r"[,;:：·※▶○●□■☑☐*(\[]|\.\s|\s-\s|^-\s|\s/\s|및\s")
_LONGEST_LABEL = 40
_FILLER = regex.compile(r"^(?:총|약|각|연|등|및|만|월|또는|중|의|을|를|이|가)\s+")


def label_before(text: str, quantity: Quantity) -> str:
    """Return the words right before a number, back to the last mark, with the noun it counts.

    A number in brackets takes the words before its bracket as well.
    """
    before = text[: quantity.start]
    opened = _open_bracket(before)
    head = _last_clause(before[opened + 1 :] if opened is not None else before)
    if opened is not None:
        outer = _last_clause(before[:opened])
        head = f"{outer} {head}".strip()
    label = clean_label(_FILLER.sub("", head.strip()))[-_LONGEST_LABEL:]
    after = _words_after(text[quantity.end :])
    return " ".join(filter(None, (label.strip(), quantity.counted, after if not label else "")))


def _open_bracket(before: str) -> int | None:
    depth = 0
    for position in range(len(before) - 1, -1, -1):
        if before[position] in ")]":
            depth += 1
        elif before[position] in "([":
            if depth == 0:
                return position
            depth -= 1
    return None


def _last_clause(text: str) -> str:
    text = regex.sub(r"\([^()]*\)", " ", text)
    start = 0
    for match in _CLAUSE_BREAK.finditer(text):
        if text[match.end() :].strip():
            start = match.end()
    return text[start:].strip()


def _words_after(text: str) -> str:
    match = regex.match(r"\s*([가-힣·\s]{2,20})", text)
    return match[1].strip() if match else ""


def quantity_run(runs: Sequence[Run], start: int, end: int) -> Run:
    """Return the part of a cell's lines that a span of its text covers, on its first line.

    Args:
        runs: the lines of the cell; their texts joined by line feeds are what was searched.
        start: 0-based, in the joined text.
        end: exclusive.
    """
    offset = 0
    for run in runs:
        if start < offset + len(run.text) + 1:
            first = max(0, start - offset)
            return run.slice(first, max(first, min(len(run.text), end - offset)))
        offset += len(run.text) + 1
    return runs[-1]
