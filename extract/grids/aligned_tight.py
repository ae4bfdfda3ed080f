"""Pieces of a column-aligned dump that only one space keeps apart, cut where their columns end."""

from collections.abc import Sequence

from extract.grids.aligned_columns import Columns, Piece, Pieces, find_columns, leaf_line

_SURE = 0.9
"""Share of the lines that must have a white space at a border."""


def cut_tight(
    head: Sequence[Pieces], body: Sequence[Pieces]
) -> tuple[list[Pieces], list[Pieces]]:
    """Return heading lines and body lines with pieces cut that hold the text of two columns."""
    if not head or not head[leaf_line(head)]:
        return list(head), list(body)
    leaf = leaf_line(head)
    cut_body = list(body)
    for left, right in zip(head[leaf], head[leaf][1:], strict=False):
        cut_body = _cut_between(left, right, cut_body)
    headings = [
        _cut_headings(line, find_columns([], cut_body)) if i == leaf else line
        for i, line in enumerate(head)
    ]
    return headings, cut_body


def _cut_between(left: Piece, right: Piece, body: Sequence[Pieces]) -> list[Pieces]:
    """Cut the pieces that reach from below one heading to below the next, where nearly all can."""
    straddling = [
        piece
        for line in body
        for piece in line
        if piece.overlaps(left.start, left.end) and piece.end > (left.end + right.start) // 2
    ]
    if len(straddling) < 2:
        return list(body)
    options = [
        (sum(1 for piece in straddling if _space(piece, x) is not None), -x)
        for x in range(left.end, right.end)
    ]
    count, negative = max(options)
    if count < max(2, _SURE * len(straddling)):
        return list(body)
    return [_cut_line(line, -negative, left) for line in body]


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


def _cut_headings(line: Pieces, columns: Columns) -> Pieces:
    """Cut a heading over two columns of values at a space between them, if it is the only one."""
    if not columns.spans or len(line) < 3:
        return line
    cut: list[Piece] = []
    for piece in line:
        covered = columns.covered(piece)
        others = {c for other in line if other is not piece for c in columns.covered(other)}
        spaces = [i + piece.start for i, char in enumerate(piece.run.text) if char.isspace()]
        if len(covered) != 2 or others & set(covered) or not spaces:
            cut.append(piece)
            continue
        border = (columns.spans[covered[0]][1] + columns.spans[covered[1]][0]) / 2
        cut.extend(piece.cut(min(spaces, key=lambda at: abs(at - border))))
    return tuple(cut)
