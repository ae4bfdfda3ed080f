"""From the strokes of a page to whole rules: pieces joined, gradients and stray marks left out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from extract.grids.ruled_shapes import Axis, Box, Rule
from extract.options import GridOptions


def join_rules(rules: Iterable[Rule], axis: Axis, options: GridOptions) -> tuple[Rule, ...]:
    """Return the rules of one axis with dots, dashes and cell-wise pieces joined.

    Rules that stay shorter than `options.shortest_rule` are left out, as are the strips that
    paint a gradient.
    """
    strokes = drop_gradients((rule for rule in rules if rule.axis == axis), options)
    joined = (
        rule for group in _collinear_groups(strokes, options) for rule in _join(group, options)
    )
    return tuple(rule for rule in joined if rule.length >= options.shortest_rule)


def drop_gradients(rules: Iterable[Rule], options: GridOptions) -> tuple[Rule, ...]:
    """Leave out stacks of strips of equal extent that lie side by side without a gap."""
    stacks: defaultdict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in rules:
        stacks[round(rule.start), round(rule.end)].append(rule)
    kept: list[Rule] = []
    for stack in stacks.values():
        kept += _without_gradients(stack, options)
    return tuple(kept)


def _without_gradients(stack: list[Rule], options: GridOptions) -> Iterator[Rule]:
    if len(stack) < options.gradient_strips or stack[0].length < options.shortest_rule:
        yield from stack
        return
    stack.sort(key=lambda rule: rule.position)
    run = [stack[0]]
    for rule in stack[1:]:
        if rule.position - run[-1].position > options.collinear:
            yield from _unless_gradient(run, options)
            run = []
        run.append(rule)
    yield from _unless_gradient(run, options)


def _unless_gradient(run: list[Rule], options: GridOptions) -> list[Rule]:
    height = run[-1].position - run[0].position
    positions = {round(rule.position, 2) for rule in run}
    is_gradient = len(positions) >= options.gradient_strips and height > options.snap
    return [] if is_gradient else run


def _collinear_groups(rules: Iterable[Rule], options: GridOptions) -> Iterator[list[Rule]]:
    """Yield groups of rules that lie on one straight line, whatever gaps are between them."""
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (rule.position, rule.start)):
        if group and rule.position - group[0].position > options.collinear:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _join(group: list[Rule], options: GridOptions) -> Iterator[Rule]:
    pieces = sorted(group, key=lambda rule: (rule.start, rule.end))
    run = [pieces[0]]
    end = pieces[0].end
    for piece in pieces[1:]:
        if piece.start - end > options.piece_gap:
            yield _whole(run, end)
            run = []
        end = max(end, piece.end) if run else piece.end
        run.append(piece)
    yield _whole(run, end)


def _whole(run: list[Rule], end: float) -> Rule:
    """Return one rule for its pieces, at their mean position weighted by length."""
    weight = sum(rule.length for rule in run)
    if weight:
        position = sum(rule.position * rule.length for rule in run) / weight
    else:
        position = run[0].position
    return Rule(axis=run[0].axis, position=position, start=run[0].start, end=end)


def outline(box: Box) -> tuple[Rule, Rule, Rule, Rule]:
    """Return the four sides of a box: top, bottom, left, right."""
    return (
        Rule(axis="h", position=box.y0, start=box.x0, end=box.x1),
        Rule(axis="h", position=box.y1, start=box.x0, end=box.x1),
        Rule(axis="v", position=box.x0, start=box.y0, end=box.y1),
        Rule(axis="v", position=box.x1, start=box.y0, end=box.y1),
    )


def stroke_rules(box: Box, options: GridOptions) -> tuple[Rule, ...]:
    """Return a thin box as a rule through its middle; a dot as one of each axis.

    Empty for a box that is too thick to be a rule.
    """
    is_low, is_narrow = box.height <= options.rule_thickness, box.width <= options.rule_thickness
    horizontal = (Rule("h", box.middle_y, box.x0, box.x1),) if is_low else ()
    return (*horizontal, Rule("v", box.middle_x, box.y0, box.y1)) if is_narrow else horizontal
