"""From the strokes of a page to whole rules: pieces joined, gradients and stray marks left out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter

from extract.grids.ruled_shapes import Axis, Box, Rule
from extract.options import GridOptions


def join_rules(rules: Iterable[Rule], axis: Axis, options: GridOptions) -> tuple[Rule, ...]:
    """Return the rules of one axis with dots, dashes and cell-wise pieces joined.

    Rules that stay shorter than `options.shortest_rule` are left out, as are the strips that
    paint a gradient.
    """
    strokes = drop_gradients([rule for rule in rules if rule.axis == axis], options)
    joined: list[Rule] = []
    for group in _collinear_groups(strokes, options):
        if len(group) == 1:
            joined += group
        else:
            joined += _join(group, options)
    return tuple(rule for rule in joined if rule.end - rule.start >= options.shortest_rule)


def drop_gradients(rules: list[Rule], options: GridOptions) -> list[Rule]:
    """Leave out stacks of strips of equal extent that lie side by side without a gap."""
    if len(rules) < options.gradient_strips:
        return rules
    stacks: defaultdict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in rules:
        _, _, start, end = rule
        stacks[round(start), round(end)].append(rule)
    kept: list[Rule] = []
    for stack in stacks.values():
        if len(stack) < options.gradient_strips or stack[0].length < options.shortest_rule:
            kept += stack
        else:
            kept += _without_gradients(stack, options)
    return kept


def _without_gradients(stack: list[Rule], options: GridOptions) -> Iterator[Rule]:
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
    if len(run) < options.gradient_strips or height <= options.snap:
        return run
    positions = {round(rule.position, 2) for rule in run}
    return [] if len(positions) >= options.gradient_strips else run


def _collinear_groups(rules: Iterable[Rule], options: GridOptions) -> Iterator[list[Rule]]:
    """Yield groups of rules that lie on one straight line, whatever gaps are between them."""
    group: list[Rule] = []
    first = 0.0
    for rule in sorted(rules):  # of one axis: by position, start, end
        if not group or rule.position - first > options.collinear:
            if group:
                yield group
            group, first = [], rule.position
        group.append(rule)
    if group:
        yield group


def _join(group: list[Rule], options: GridOptions) -> Iterator[Rule]:
    """Yield one rule for the pieces without a gap, at their mean position weighted by length."""
    group.sort(key=_EXTENT)
    whole: Rule | None = None
    reached = weight = moment = 0.0
    for piece in group:
        _, position, start, end = piece
        if whole is None or start - reached > options.piece_gap:
            if whole is not None:
                yield _whole(whole, weight, moment, reached)
            whole, reached, weight, moment = piece, end, 0.0, 0.0
        reached = max(reached, end)
        weight += end - start
        moment += position * (end - start)
    if whole is not None:
        yield _whole(whole, weight, moment, reached)


_EXTENT = itemgetter(Rule._fields.index("start"), Rule._fields.index("end"))


def _whole(first: Rule, weight: float, moment: float, end: float) -> Rule:
    """Return a rule from the first of its pieces on, at its place where all are dots."""
    return Rule(first.axis, moment / weight if weight else first.position, first.start, end)


def outline(box: Box) -> tuple[Rule, Rule, Rule, Rule]:
    """Return the four sides of a box: top, bottom, left, right."""
    return (
        Rule("h", box.y0, box.x0, box.x1),
        Rule("h", box.y1, box.x0, box.x1),
        Rule("v", box.x0, box.y0, box.y1),
        Rule("v", box.x1, box.y0, box.y1),
    )


def stroke_rules(box: Box, options: GridOptions) -> tuple[Rule, ...]:
    """Return a thin box as a rule through its middle; a dot as one of each axis.

    Empty for a box that is too thick to be a rule.
    """
    is_low, is_narrow = box.height <= options.rule_thickness, box.width <= options.rule_thickness
    horizontal = (Rule("h", box.middle_y, box.x0, box.x1),) if is_low else ()
    return (*horizontal, Rule("v", box.middle_x, box.y0, box.y1)) if is_narrow else horizontal
