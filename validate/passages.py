"""Running text and cells as passages: a text with its numbers at their positions."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from extract.records import Document, Line, Place
from normalize.records import Fact, Report
from validate.kept import kept

_OUTER_BULLETS = ("□", "○", "ㅇ", "◦", "■", "●", "◆", "◇", "❍", "◎", "※", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ")
_INNER_BULLETS = ("-", "·", "•", "∙", "▪", "*", "–", "―", "▶", ":")

_Key = tuple[object, ...]
"""What tells a line from others: its number, or its page and height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A fact at its position in a passage; end exclusive."""

    fact: Fact
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A cell, or a line of running text with the lines that belong to it."""

    text: str
    mentions: tuple[Mention, ...]
    table_id: str | None = None
    row: int | None = None
    col: int | None = None
    is_heading: bool = False
    section_path: tuple[str, ...] = ()


@kept
def passages_of(report: Report) -> Iterator[Passage]:
    """Yield the passages of a report that hold a number: cells first, then running text."""
    yield from _cells(report)
    yield from _paragraphs(report)


def _cells(report: Report) -> Iterator[Passage]:
    facts: dict[tuple[str, int, int], list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.table_id is not None and fact.row is not None and fact.col is not None:
            facts[fact.table_id, fact.row, fact.col].append(fact)
    for table in report.tables:
        for cell in table.cells:
            found = facts.get((table.table_id, cell.row, cell.col))
            if found:
                yield Passage(
                    text=cell.text,
                    mentions=_locate(cell.text, found),
                    table_id=table.table_id,
                    row=cell.row,
                    col=cell.col,
                    section_path=table.grid.section_path,
                )


def _paragraphs(report: Report) -> Iterator[Passage]:
    facts: dict[_Key, list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.table_id is None:
            facts[line_key(fact.place)].append(fact)
    for lines, keys in _bundles(report.document):
        found = [fact for key in keys for fact in facts.get(key, ())]
        if found:
            text = "\n".join(line.run.text for line in lines)
            yield Passage(
                text=text,
                mentions=_locate(text, found),
                is_heading=lines[0].role == "heading",
                section_path=lines[0].section_path,
            )


@kept
def _bundles(document: Document) -> Iterator[tuple[tuple[Line, ...], tuple[_Key, ...]]]:
    """Yield lines that belong together, with what tells each of them from others."""
    for lines in _bundled(document):
        yield lines, tuple(line_key(line.run.place) for line in lines)


def _bundled(document: Document) -> Iterator[tuple[Line, ...]]:
    """Yield lines that belong together: a bullet with its inner bullets and broken lines."""
    bundle: list[Line] = []
    for block in document.blocks:
        if not isinstance(block, Line):
            yield from _flush(bundle)
        elif block.role != "text":
            yield from _flush(bundle)
            yield (block,)
        else:
            if block.run.text.strip().startswith(_OUTER_BULLETS):
                yield from _flush(bundle)
            bundle.append(block)
    yield from _flush(bundle)


def _flush(bundle: list[Line]) -> Iterator[tuple[Line, ...]]:
    if bundle:
        yield tuple(bundle)
        bundle.clear()


def line_key(place: Place) -> _Key:
    """Return what the numbers of one line share: its number, or its page and height (points)."""
    if place.line_no is not None:
        return (place.line_no,)
    return (place.page, None if place.y0 is None else round(place.y0, 1))


def _locate(text: str, facts: list[Fact]) -> tuple[Mention, ...]:
    """Find facts in a text one after another; a fact that is not found is left out."""
    mentions: list[Mention] = []
    at = 0
    for fact in facts:
        if mentions and mentions[-1].fact.place == fact.place:
            mentions.append(Mention(fact=fact, start=mentions[-1].start, end=mentions[-1].end))
            continue
        start = text.find(fact.raw, at) if fact.raw else -1
        if start >= 0:
            at = start + len(fact.raw)
            mentions.append(Mention(fact=fact, start=start, end=at))
    return tuple(mentions)


def bullet_level(segment: str) -> int:
    """Return 0 for text without a bullet, 1 for an outer one (○), 2 for `-`, 3 for `·`."""
    text = segment.strip()
    if text.startswith(_OUTER_BULLETS):
        return 1
    if text.startswith(("·", "∙", "▪", "*", "•", ":")):
        return 3
    return 2 if text.startswith(_INNER_BULLETS) else 0
