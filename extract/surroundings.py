"""What stands around a table: headings, caption, unit note; and the headings above each line."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from extract.headings import find_unit_note, heading_level, is_caption, is_unit_note
from extract.records import Block, Line, Run, TableGrid

_AS_OF_NOTE = regex.compile(r"^\s*[(\[<][^()]{2,30}기\s*준[^()]{0,20}[)\]>]\s*$")
_FOOTNOTE = regex.compile(r"^\s*(?:※|\*|주\s*\d?\s*[):]|\(주\s*\d?\)|\d\))")
_LONGEST_CAPTION = 60
_LINES_ABOVE = 4


@dataclass(slots=True)
class _Stack:
    """The headings that are open at a place of the document."""

    open: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, level: int, text: str) -> None:
        """Close what lies as deep or deeper, then open this one."""
        self.open = [(depth, name) for depth, name in self.open if depth < level]
        self.open.append((level, text))

    @property
    def path(self) -> tuple[str, ...]:
        """The open headings, outermost first."""
        return tuple(name for _, name in self.open)


def attach_surroundings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with roles and section paths, tables with caption and unit note.

    A unit note belongs to the table below it; right after a table that has none, and with no
    table below, it belongs to the table above.
    """
    placed = _with_sections(blocks)
    for group in _table_groups(placed):
        _attach(placed, group)
    return tuple(placed)


def _with_sections(blocks: Sequence[Block]) -> list[Block]:
    stack = _Stack()
    placed: list[Block] = []
    for block in blocks:
        if isinstance(block, TableGrid):
            placed.append(replace(block, section_path=stack.path))
            continue
        if block.role == "furniture":
            placed.append(block)
            continue
        placed.append(_line(block, stack))
    return placed


def _line(line: Line, stack: _Stack) -> Line:
    text = line.run.text
    level = heading_level(text)
    if level is not None:
        stack.enter(level, text.strip())
        return replace(line, role="heading" if level <= 3 else "text", section_path=stack.path)
    if is_unit_note(text):
        return replace(line, role="unit_note", section_path=stack.path)
    if is_caption(text):
        return replace(line, role="caption", section_path=stack.path)
    return replace(line, section_path=stack.path)


def _table_groups(blocks: Sequence[Block]) -> list[list[int]]:
    """Return the positions of tables, those with nothing but blank lines between together."""
    groups: list[list[int]] = []
    apart = True
    for position, block in enumerate(blocks):
        if isinstance(block, TableGrid):
            if apart:
                groups.append([])
            groups[-1].append(position)
            apart = False
        elif block.run.text.strip() and block.role not in ("furniture", "unit_note"):
            apart = True
    return groups


def _attach(blocks: list[Block], group: Sequence[int]) -> None:
    above = _lines_above(blocks, group[0])
    captions = _pending_captions(blocks, group[0])
    for order, position in enumerate(group):
        table = blocks[position]
        assert isinstance(table, TableGrid)
        nearby = above if order == 0 else _lines_above(blocks, position)
        if len(captions) >= len(group) > 1:
            caption: Run | None = captions[len(captions) - len(group) + order].run.strip()
        else:
            caption = _caption(nearby) if order == 0 or nearby else None
        note = _note_above(nearby) or _note_below(blocks, position)
        notes = tuple(line.run.strip() for line in nearby if _AS_OF_NOTE.match(line.run.text))
        if len(captions) >= len(group) > 1 and not notes:
            notes = _notes_of(blocks, captions[len(captions) - len(group) + order])
        blocks[position] = replace(
            table,
            caption=table.caption or caption,
            unit_note=table.unit_note or note,
            footnotes=(*table.footnotes, *notes, *_footnotes(blocks, position)),
        )


def _lines_above(blocks: Sequence[Block], position: int) -> list[Line]:
    """Return the nearest printed lines above a table, nearest first, down from the last table."""
    lines: list[Line] = []
    for block in reversed(blocks[:position]):
        if isinstance(block, TableGrid) or len(lines) == _LINES_ABOVE:
            break
        if not block.run.text.strip() or block.role == "furniture":
            continue
        if lines and lines[-1].role in ("heading", "caption") and not _beside(lines[-1], block):
            break
        lines.append(block)
    return lines


def _beside(first: Line, second: Line) -> bool:
    """Tell whether two lines of a page stand side by side, as a heading and its unit note."""
    a, b = first.run.place, second.run.place
    if a.page is None or a.page != b.page or a.y0 is None or a.y1 is None or b.y0 is None:
        return False
    return abs(a.y0 - b.y0) < (a.y1 - a.y0) / 2


def _pending_captions(blocks: Sequence[Block], position: int) -> list[Line]:
    """Return the signed captions (※, [ ]) since the last table, in printed order."""
    captions: list[Line] = []
    for block in reversed(blocks[:position]):
        if isinstance(block, TableGrid):
            break
        if block.role == "caption":
            captions.append(block)
    return captions[::-1]


def _notes_of(blocks: Sequence[Block], caption: Line) -> tuple[Run, ...]:
    """Return the as-of note that stands right below a caption."""
    position = next(i for i, block in enumerate(blocks) if block is caption)
    following = blocks[position + 1 : position + 3]
    return tuple(
        block.run.strip()
        for block in following
        if isinstance(block, Line) and _AS_OF_NOTE.match(block.run.text)
    )


def _caption(nearby: Sequence[Line]) -> Run | None:
    for line in nearby:
        text = line.run.text.strip()
        if is_unit_note(text) or _AS_OF_NOTE.match(text):
            continue
        return line.run.strip() if len(text) <= _LONGEST_CAPTION else None
    return None


def _note_above(nearby: Sequence[Line]) -> Run | None:
    for line in nearby:
        if is_unit_note(line.run.text):
            return line.run.strip()
        span = find_unit_note(line.run.text)
        if span is not None:
            return line.run.slice(*span)
    return None


def _note_below(blocks: Sequence[Block], position: int) -> Run | None:
    for offset, block in enumerate(blocks[position + 1 : position + 4], position + 1):
        if isinstance(block, TableGrid):
            return None
        if not block.run.text.strip():
            continue
        if not is_unit_note(block.run.text):
            return None
        return None if _table_follows(blocks, offset) else block.run.strip()
    return None


def _table_follows(blocks: Sequence[Block], position: int) -> bool:
    """Tell whether the next printed thing is a table: the note is then that table's."""
    for block in blocks[position + 1 :]:
        if isinstance(block, TableGrid):
            return True
        if block.run.text.strip():
            return False
    return False


def _footnotes(blocks: Sequence[Block], position: int) -> tuple[Run, ...]:
    notes: list[Run] = []
    for block in blocks[position + 1 : position + 5]:
        if isinstance(block, TableGrid) or (block.run.text.strip() and block.role == "heading"):
            break
        text = block.run.text
        if text.strip() and not _FOOTNOTE.match(text):
            break
        if text.strip():
            notes.append(block.run.strip())
    return tuple(notes)
