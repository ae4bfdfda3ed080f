"""The words that name a number in running text, and the place of a number in a cell of lines."""

from collections.abc import Sequence

import regex

from extract.headings import heading_level
from extract.records import Run
from normalize.labels import clean_label
from normalize.records import Quantity

_MARK = regex.compile(r"[,;:：·※▶○●□■☑☐*()\[\]]|\.\s|\s-\s|^\s*-\s|/")
_FILLER = regex.compile(r"^(?:총|약|각|연|월|만|매년|등|및|또는|중|단|연간|전체)(?:\s+|$)")
_NUMBER_END = regex.compile(r"[\d.,]*\d\s?(?:[가-힣㎡%]{1,4})?(?=[\s,)(/]|$)")
_ADNOMINAL = regex.compile(r"(?:는|은|한|된|할|될|인|를|을|의|에|위해|통해|대한|위한|및|등|하여|으로|에서|와|과)$")
_PARTICLE = regex.compile(r"(?<=[가-힣]{2})(?:은|는|이|가|을|를|의|에|로|으로|에서|만)$")
_LONGEST_SUBJECT = 80
_MOST_WORDS = 3
_PROGRAMME_LEVEL = 2


def indicator_before(text: str, quantity: Quantity) -> str:
    """Return the noun that a number counts: the last words before it, or what follows it.

    Examples: 기획행사 in `매출 확대를 위한 기획행사 49회`, 오프라인 in `(온라인: 상시/ 오프라인: 연 10회)`.
    """
    for clause in reversed(_clauses(text[: quantity.start])):
        noun = _last_noun(clause)
        if noun:
            return " ".join(filter(None, (noun, quantity.counted)))
        if _NUMBER_END.search(clause.strip()):
            break
    return quantity.counted or _words_after(text[quantity.end :])


def subject_of(text: str, quantity: Quantity) -> str:
    """Return what a line is about up to a number: the words before its colon or first number."""
    head = text[: quantity.start]
    colon = regex.match(r"^(.{2,60}?)\s*[:：]\s*(?=\S|$)", head)
    subject = clean_label(colon[1] if colon else regex.sub(r"[(\[].*", "", head)).strip()
    if not regex.search(r"[가-힣A-Za-z]{2}", subject):
        return ""
    first = _NUMBER_END.search(subject)
    if first and regex.search(r"[가-힣]{2}", subject[: first.start()]):
        subject = subject[: first.start()].rstrip(" ,")
    return subject[:_LONGEST_SUBJECT]


def programme_of(section_path: Sequence[str]) -> str:
    """Return the heading that names the programme: the innermost numbered one, or the innermost."""
    numbered = [name for name in section_path if heading_level(name) == _PROGRAMME_LEVEL]
    return clean_label((numbered or list(section_path))[-1]) if section_path else ""


def _clauses(before: str) -> list[str]:
    """Return the text before a number cut at its marks; brackets open a clause of their own."""
    clauses: list[str] = []
    start = 0
    for match in _MARK.finditer(before):
        clauses.append(before[start : match.start()])
        start = match.end()
    clauses.append(before[start:])
    return clauses


def _last_noun(clause: str) -> str:
    words = clean_label(_without_numbers(clause)).split()
    while words and _FILLER.match(words[-1]):
        words.pop()
    if not words:
        return ""
    words[-1] = _PARTICLE.sub("", words[-1])
    kept = [words.pop()]
    while words and len(kept) < _MOST_WORDS and not _ADNOMINAL.search(words[-1]):
        kept.insert(0, words.pop())
    noun = " ".join(kept)
    return noun if regex.search(r"[가-힣A-Za-z]", noun) else ""


def _without_numbers(clause: str) -> str:
    """Return what stands behind the last number of a clause."""
    ends = [match.end() for match in _NUMBER_END.finditer(clause)]
    return clause[ends[-1] :] if ends else clause


def _words_after(text: str) -> str:
    match = regex.match(r"\s*([가-힣][가-힣A-Za-z·\s]{1,24})", text)
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
