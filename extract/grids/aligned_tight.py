"""Pieces of a column-aligned dump that only one space keeps apart, cut where their columns end."""

from collections.abc import Sequence

import regex

from extract.grids.aligned_columns import Columns, Piece, Pieces, find_columns, leaf_line
from extract.grids.header_words import PERIOD_TOKEN, STUB_WORDS, VALUE_WORDS

_SURE = 0.9
"""Share of the lines that must have a white space at a border."""


def cut_tight(head: Sequence[Pieces], body: Sequence[Pieces]) -> tuple[list[Pieces], list[Pieces]]:
    """Return heading lines and body lines with pieces cut that hold the text of two columns."""
    if not head or not head[leaf_line(head)]:
        return list(head), list(body)
    leaf = leaf_line(head)
    cut_body = list(body)
    for left, right in zip(head[leaf], head[leaf][1:], strict=False):
        cut_body = _cut_between(left, right, cut_body)
    columns = find_columns([], cut_body)
    headings = [_cut_headings(line, columns, is_leaf=i == leaf) for i, line in enumerate(head)]
    return headings, cut_body


def _cut_between(left: Piece, right: Piece, body: Sequence[Pieces]) -> list[Pieces]:
    """Cut the pieces that reach from below one heading to below the next, where nearly all can."""
    straddling = [
        piece
        for line in body
        for piece in line
        if piece.overlaps(left.start, left.end) and piece.end > right.start
    ]
    options = [
        (sum(1 for piece in straddling if _space(piece, x) is not None), -x)
        for x in range(left.end, right.end)
    ]
    if not straddling:
        return list(body)
    count, negative = max(options)
    if not count or count < _SURE * len(straddling):
        return list(body)
    if count == 1 and not _is_clear(straddling[0], body, -negative):
        return list(body)
    return [_cut_line(line, -negative, left) for line in body]


def _is_clear(piece: Piece, body: Sequence[Pieces], position: int) -> bool:
    """Tell whether a single piece ends a figure or date where all other lines have a gap."""
    at = _space(piece, position)
    others = [p for line in body for p in line if p is not piece]
    return (
        at is not None
        and piece.cut(at)[0].shape not in ("text", "prose")
        and not any(p.start < position < p.end and _space(p, position) is None for p in others)
    )


def _space(piece: Piece, position: int) -> int | None:
    """Return where a piece has a white space at a position or right behind it."""
    for at in (position, position + 1):
        inside = at - piece.start
        if 0 < inside < len(piece.run.text) - 1 and piece.run.text[inside].isspace():
            return at
    return None


def _cut_line(line: Pieces, position: int, left: Piece) -> Pieces:
    cut: list[Piece] = []
    for piece in line:
        at = _space(piece, position) if piece.overlaps(left.start, left.end) else None
        cut.extend((piece,) if at is None else piece.cut(at))
    return tuple(cut)


def _cut_headings(line: Pieces, columns: Columns, *, is_leaf: bool) -> Pieces:
    """Cut a heading over two columns of values at a space between them, if it is the only one."""
    cut: list[Piece] = []
    if not columns.spans:
        return line
    line = tuple(part for piece in line for part in _behind_bracket(piece))
    for piece in line:
        covered = columns.covered(piece)
        others = {c for other in line if other is not piece for c in columns.covered(other)}
        spaces = [
            piece.start + i
            for i, char in enumerate(piece.run.text)
            if char.isspace() and is_leaf and len(line) > 2
        ]
        if len(covered) != 2 or others & set(covered) or not spaces:
            cut.append(piece)
            continue
        border = (columns.spans[covered[0]][1] + columns.spans[covered[1]][0]) / 2
        cut.extend(piece.cut(min(spaces, key=lambda at: abs(at - border))))
    return tuple(cut)


def _behind_bracket(piece: Piece) -> tuple[Piece, ...]:
    """Cut a heading between the bracket that ends one and a word that names another column."""
    match = regex.match(r"\([^()]*\)\s(\S+)$", piece.run.text)
    if match is None or not (
        match[1] in STUB_WORDS or match[1] in VALUE_WORDS or PERIOD_TOKEN.match(match[1])
    ):
        return (piece,)
    return piece.cut(piece.start + match.start(1) - 1)
