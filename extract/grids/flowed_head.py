"""Headings of a flattened table: words on a few lines, cut into one label for each column."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from extract.grids.header_words import (
    GRADE_TOKEN,
    PERIOD_TOKEN,
    STUB_WORDS,
    VALUE_WORDS,
    join_single_syllables,
    restarts,
)
from extract.records import Run

_Lines = Sequence[tuple[Run, bool]]
_PIECE = regex.compile(r"\([^()]*\)|[^\s(]+(?:\([^()\s]*\))?|\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A heading: its printed pieces and the column it stands over."""

    runs: tuple[Run, ...]
    col: int = 0
    span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The headings of a table, group headings above leaf headings."""

    groups: tuple[Label, ...]
    leaves: tuple[Label, ...]
    stub_count: int
    score: float


@dataclass(frozen=True, slots=True)
class _Token:
    spans: tuple[tuple[int, int, int], ...]
    """Where its pieces stand: line, start and end in the text of that line."""
    text: str
    gap: int
    """What stands before it: 1 a space, 2 a line break, 3 an empty line."""

    @property
    def line(self) -> int:
        return self.spans[0][0]


def read_head(lines: _Lines, value_count: int, stubs: Sequence[int]) -> Head | None:
    """Cut heading lines into labels.

    Args:
        lines: the heading lines; True where an empty line stands before it.
        value_count: how many values a row has.
        stubs: how many label columns the rows allow, likeliest first.

    Returns:
        The best reading, or None where the words do not give as many labels as needed.
    """
    tokens = _tokens(lines)
    heads = [
        head for stub_count in stubs for head in _readings(lines, tokens, value_count, stub_count)
    ]
    return max(heads, key=lambda head: head.score, default=None)


def _tokens(lines: _Lines) -> list[_Token]:
    tokens: list[_Token] = []
    for number, (run, after_blank) in enumerate(lines):
        pieces = list(_PIECE.finditer(run.text))
        for position, group in enumerate(join_single_syllables([p.group() for p in pieces])):
            gap = 1 if position else (3 if after_blank else 2)
            span = (number, pieces[group[0]].start(), pieces[group[-1]].end())
            text = "".join(pieces[i].group() for i in group)
            if tokens and text.startswith("("):
                last = tokens[-1]
                tokens[-1] = _Token((*last.spans, span), last.text + text, last.gap)
            else:
                tokens.append(_Token((span,), text, gap))
    return tokens


def _runs(lines: _Lines, tokens: Sequence[_Token]) -> tuple[Run, ...]:
    """Return the printed pieces of a label, one for each line it stands on."""
    ends: dict[int, tuple[int, int]] = {}
    for line, start, end in (span for token in tokens for span in token.spans):
        first, last = ends.get(line, (start, end))
        ends[line] = (min(first, start), max(last, end))
    return tuple(lines[line][0].slice(start, end) for line, (start, end) in ends.items())


def _readings(lines: _Lines, tokens: Sequence[_Token], values: int, stubs: int) -> list[Head]:
    heads = []
    flat = _segment(lines, tokens, values, stubs)
    if flat:
        heads.append(Head(groups=(), leaves=flat[0], stub_count=stubs, score=flat[1]))
    heads.extend(_grouped_by_repetition(lines, tokens, values, stubs))
    heads.extend(_grouped_over_periods(lines, tokens, values, stubs))
    return heads


@lru_cache(maxsize=4096)
def _kind_score(text: str, is_value: bool) -> float:
    """Return how well a heading suits a column of values, or one of labels."""
    word = regex.sub(r"\([^()]*\)|\s", "", text)
    if PERIOD_TOKEN.match(word) or GRADE_TOKEN.match(word) or word in VALUE_WORDS:
        return 1.0 if is_value else -1.0
    if word in STUB_WORDS:
        return -1.0 if is_value else 1.0
    return 0.0


def _cut_score(left: _Token, right: _Token) -> float:
    known = _kind_score(left.text, True) != 0 or _kind_score(right.text, True) != 0
    return {1: -0.6, 2: -0.1, 3: 1.0}[right.gap] + (0.8 if known else 0.0)


def _segment(
    lines: _Lines, tokens: Sequence[_Token], values: int, stubs: int
) -> tuple[tuple[Label, ...], float] | None:
    """Cut the tokens into `stubs + values` labels with the best sum of scores."""
    wanted = values + stubs
    if len(tokens) < wanted or wanted == 0 or len(tokens) > 60:
        return None
    if len(tokens) == wanted > 2 and tokens[0].line == tokens[-1].line:
        return _one_by_one(lines, tokens, stubs)
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, -1)}
    for label in range(wanted):
        for start in range(label, len(tokens)):
            if (label, start) not in best:
                continue
            score = best[label, start][0]
            if start:
                score += _cut_score(tokens[start - 1], tokens[start])
            for end in range(start + 1, len(tokens) - (wanted - label - 1) + 1):
                gain = _label_score(tokens[start:end], label >= stubs)
                key = (label + 1, end)
                if key not in best or score + gain > best[key][0]:
                    best[key] = (score + gain, start)
    if (wanted, len(tokens)) not in best:
        return None
    return _labels(lines, tokens, best, wanted), best[wanted, len(tokens)][0]


def _one_by_one(
    lines: _Lines, tokens: Sequence[_Token], stubs: int
) -> tuple[tuple[Label, ...], float]:
    """Read a line of as many words as there are columns: each word heads one."""
    labels = tuple(Label(runs=_runs(lines, [token]), col=i) for i, token in enumerate(tokens))
    return labels, 1.0 + sum(_kind_score(t.text, i >= stubs) for i, t in enumerate(tokens))


def _label_score(tokens: Sequence[_Token], is_value: bool) -> float:
    text = "".join(token.text for token in tokens)
    joined = sum(
        0.5 for token in tokens if len(tokens) > 1 and abs(_kind_score(token.text, True)) > 0
    )
    return _kind_score(text, is_value) - joined


def _labels(
    lines: _Lines,
    tokens: Sequence[_Token],
    best: dict[tuple[int, int], tuple[float, int]],
    wanted: int,
) -> tuple[Label, ...]:
    labels: list[Label] = []
    end = len(tokens)
    for label in range(wanted, 0, -1):
        start = best[label, end][1]
        labels.append(Label(runs=_runs(lines, tokens[start:end]), col=label - 1))
        end = start
    return tuple(reversed(labels))


def _grouped_by_repetition(
    lines: _Lines, tokens: Sequence[_Token], values: int, stubs: int
) -> list[Head]:
    """Read group headings over leaves that start again: 일반직 관리운영직 over 5급 6급 5급 6급."""
    last = tokens[-1].line if tokens else 0
    leaves = [token for token in tokens if token.line == last]
    starts = restarts([token.text for token in leaves])
    above = [token for token in tokens if token.line == last - 1]
    rest = [token for token in tokens if token.line < last - 1]
    singles = len(rest) - stubs
    if len(starts) < 2 or len(above) != len(starts) or singles < 0 or len(leaves) < 4:
        return []
    if values > singles + len(leaves):
        return []
    first = stubs + singles
    ends = [*starts[1:], len(leaves)]
    groups = tuple(
        Label(runs=_runs(lines, [token]), col=first + start, span=end - start)
        for token, start, end in zip(above, starts, ends, strict=True)
    )
    labels = tuple(
        Label(runs=_runs(lines, [token]), col=i) for i, token in enumerate([*rest, *leaves])
    )
    score = sum(_kind_score(token.text, i >= stubs) for i, token in enumerate([*rest, *leaves]))
    return [Head(groups=groups, leaves=labels, stub_count=stubs, score=score + len(groups))]


def _grouped_over_periods(
    lines: _Lines, tokens: Sequence[_Token], values: int, stubs: int
) -> list[Head]:
    """Read a line of its own right above a run of years as their common heading."""
    count = 0
    while count < len(tokens) and PERIOD_TOKEN.match(tokens[-1 - count].text):
        count += 1
    if count < 2 or count == len(tokens):
        return []
    above = tokens[len(tokens) - count - 1].line
    group = [token for token in tokens[: len(tokens) - count] if token.line == above]
    rest = [token for token in tokens[: len(tokens) - count] if token.line < above]
    flat = _segment(lines, [*rest, *tokens[len(tokens) - count :]], values, stubs)
    if flat is None or not group:
        return []
    head = Label(runs=_runs(lines, group), col=stubs + values - count, span=count)
    return [Head(groups=(head,), leaves=flat[0], stub_count=stubs, score=flat[1] - 0.2)]
