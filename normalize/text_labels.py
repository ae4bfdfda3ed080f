"""The words that name a number in running text, and the place of a number in a cell of lines."""

from collections.abc import Sequence

import regex

from extract.headings import heading_level, is_plain_heading
from extract.records import Run
from normalize.labels import clean_label
from normalize.records import Quantity

_MARK = regex.compile(r"[,;:：·※▶○●□■☑☐*()\[\]]|\.\s|\s-\s|^\s*-\s|/")
_FILLER = regex.compile(r"^(?:총|약|각|연|월|만|매년|등|및|또는|중|단|연간|전체)(?:\s+|$)")
_ADNOMINAL = regex.compile(
    r"(?:는|은|한|된|할|될|를|을|의|에|위해|통해|대한|위한|및|등|하여|으로|에서|와|과|하고|하며)$"
)
_TOPIC = regex.compile(r"[가-힣](?:은|는)$|^.$")
"""운영률은 75%: what is spoken of, not the beginning of another phrase."""
_PARTICLE = regex.compile(r"(?<=[가-힣]{2})(?:은|는|이|가|을|를|의|에|로|으로|에서|만)$")
_NOUN_END = regex.compile(
    r"(?:[농어임국평단물원추문휴허상작술석고시]가|전문가|(?:어린|나|차|길|높|깊|넓|놀|젊은)이"
    r"|[회협강문결심동논건편]의|마을|가을|[도진선수통경항철대]로|불만)$"
)
"""Nouns that end like a word with a particle: 농가, 어린이, 회의, 마을."""
_LONGEST_SUBJECT = 80
_MOST_WORDS = 3
_PROGRAMME_LEVEL = 2


def indicator_before(text: str, quantity: Quantity, previous_end: int = 0) -> str:
    """Return the noun that a number counts: the last words before it, or what follows it.

    It is 기획행사 in `매출 확대를 위한 기획행사 49회`, 상설매장 in `(14개 상설매장)`.

    Args:
        text: what was searched.
        quantity: the number.
        previous_end: where the number before it ends; words before that are not its own.
    """
    after = quantity.counted or _words_after(text[quantity.end :])
    for clause in reversed(_clauses(text[previous_end : quantity.start])):
        noun, is_open = _last_noun(clause)
        if noun and not is_open:
            return " ".join(filter(None, (noun, quantity.counted)))
        if after:
            return after
    return after


def subject_of(text: str, quantity: Quantity, first_start: int) -> str:
    """Return what a line is about: the words before its colon, or before its first number.

    Args:
        text: the line.
        quantity: the number that asks.
        first_start: where the first number of the line begins.
    """
    colon = regex.match(r"^(.{2,60}?)\s*[:：]\s*(?=\S|$)", text[: quantity.start])
    head = colon[1] if colon else text[: min(first_start, quantity.start)]
    subject = clean_label(head if colon else regex.sub(r"[(\[][^)\]]*$", "", head))
    if not regex.search(r"[가-힣A-Za-z]{2}", subject):
        return ""
    return subject.rstrip(" ,·")[-_LONGEST_SUBJECT:]


def previous_end_of(quantities: Sequence[Quantity], item: int) -> int:
    """Return where the number before this one ends; parts of one ratio share their words."""
    ends = [q.end for q in quantities[:item] if q.end <= quantities[item].start]
    return max(ends, default=0)


def programme_of(section_path: Sequence[str], title: str | None = None) -> str:
    """Return what a section is about: the innermost numbered heading that names something.

    Headings such as 추진실적 or 예산 현황 divide a report and name no programme; where there are no
    others, the title of the report is its programme.
    """
    numbered = [
        clean_label(name) for name in section_path if heading_level(name) == _PROGRAMME_LEVEL
    ]
    named = [name for name in numbered if not is_plain_heading(name)]
    if named:
        return named[-1]
    return title or clean_label((numbered or list(section_path) or [""])[-1])


def _clauses(before: str) -> list[str]:
    """Return the text before a number cut at its marks; brackets open a clause of their own."""
    clauses: list[str] = []
    start = 0
    for match in _MARK.finditer(before):
        clauses.append(before[start : match.start()])
        start = match.end()
    clauses.append(before[start:])
    return clauses


def _last_noun(clause: str) -> tuple[str, bool]:
    """Return the last noun of a clause, and whether the clause asks for a noun after it."""
    words = clean_label(clause).split()
    while words and _FILLER.match(words[-1]):
        words.pop()
    if not words:
        return "", True
    is_open = _asks_for_more(words[-1]) and not _TOPIC.search(words[-1])
    words[-1] = _without_particle(words[-1])
    kept = [words.pop()]
    while words and len(kept) < _MOST_WORDS and not _asks_for_more(words[-1]):
        kept.insert(0, words.pop())
    noun = " ".join(kept)
    return (noun, is_open) if regex.search(r"[가-힣A-Za-z]", noun) else ("", True)


def _words_after(text: str) -> str:
    match = regex.match(r"\s*((?:[가-힣A-Za-z·]+\s?){1,2})", text)
    return _without_particle(match[1].strip()) if match and len(match[1]) > 1 else ""


def _asks_for_more(word: str) -> bool:
    return _ADNOMINAL.search(word) is not None and _NOUN_END.search(word) is None


def _without_particle(word: str) -> str:
    return word if _NOUN_END.search(word) else _PARTICLE.sub("", word)


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
