"""Ruling lines in the picture of a page: found as long thin runs of ink, and erased."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from extract.grids.ruled_shapes import Axis, Rule
from extract.reading.ocr_image import Gray, Ink, PageImage
from extract.reading.ocr_options import OcrOptions

_OF_LETTERS = 0.4
"""Share of a rule that letters touch at most."""
_THICK_DOT = 1.5
"""How much thicker than usual the dots of a rule are where noise makes them run together."""
_DENSE = 0.15
"""Share of ink in the box of letters that run together; a frame has less."""
_FRINGE = 0.6
"""Points around a rule that its blurred border takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A long thin run of ink."""

    rule: Rule
    is_beside_text: bool
    """Letters stand right beside most of it."""


def find_rules(image: PageImage, options: OcrOptions) -> tuple[tuple[Rule, ...], Ink]:
    """Return the rules of a page, in points, and the pixels that they cover."""
    letters = _letters(image, options)
    across, across_ink = _axis_rules(image, letters, "h", options)
    down, down_ink = _axis_rules(image, letters, "v", options)
    kept_across = [run.rule for run in across if _is_rule(run, down, options)]
    kept_down = [run.rule for run in down if _is_rule(run, across, options)]
    covered = np.zeros_like(image.ink)
    for rule in kept_across:
        _cover(covered, across_ink, rule, image.scale, options)
    for rule in kept_down:
        _cover(covered, down_ink, rule, image.scale, options)
    return (*kept_across, *kept_down), covered


def erase(image: PageImage, covered: Ink) -> PageImage:
    """Return the page with the covered pixels, and their blurred borders, turned white."""
    size = 2 * max(1, round(_FRINGE * image.scale)) + 1
    wide = cv2.dilate(covered.astype(np.uint8), np.ones((size, size), np.uint8)) > 0
    gray: Gray = np.where(wide, np.uint8(255), image.gray)
    return replace(image, gray=gray, ink=image.ink & ~wide)


def _letters(image: PageImage, options: OcrOptions) -> Ink:
    """Return the ink of components that are as high as letters, one or several of them.

    Frames are larger, and what dots and lone rules are made of is thinner.
    """
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(
        image.ink.astype(np.uint8), connectivity=8
    )
    lower = np.minimum(boxes[:, 2], boxes[:, 3]) / image.scale
    longer = np.maximum(boxes[:, 2], boxes[:, 3]) / image.scale
    is_dense = boxes[:, 4] > _DENSE * boxes[:, 2] * boxes[:, 3]
    is_letter = (
        (lower > _THICK_DOT * options.dot)
        & (longer > 2 * options.dot)
        & (lower < options.tallest_letter)
        & (is_dense | (longer < options.tallest_letter))
    )
    is_letter[0] = False
    return np.asarray(is_letter[labels], dtype=np.bool_)


def _axis_rules(
    image: PageImage, letters: Ink, axis: Axis, options: OcrOptions
) -> tuple[list[_Run], Ink]:
    """Return the long thin runs of ink along one axis and their pixels."""
    length = max(3, round(options.shortest_rule * image.scale))
    shape = (1, length) if axis == "h" else (length, 1)
    runs = cv2.morphologyEx(image.ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    runs = cv2.bitwise_or(runs, _dotted_runs(image, axis, options))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    reach = 2 * round(options.dot_clearance * image.scale) + 1
    wide = (reach, 1) if axis == "h" else (1, reach)
    beside = cv2.dilate(letters.astype(np.uint8), np.ones(wide, np.uint8)) > 0
    found = []
    for number in range(1, count):
        left, top, width, height = (int(value) for value in boxes[number][:4])
        start, near, along, thick = (
            (left, top, width, height) if axis == "h" else (top, left, height, width)
        )
        if thick > options.rule_thickness * image.scale:
            continue
        rule = Rule(
            axis=axis,
            position=(near + thick / 2) / image.scale,
            start=start / image.scale,
            end=(start + along) / image.scale,
        )
        spot = (slice(top, top + height), slice(left, left + width))
        is_long = rule.length >= options.straight_rule
        if is_long or not _is_text(image.ink[spot], letters[spot], axis):
            is_beside = not is_long and _is_text(image.ink[spot], beside[spot], axis)
            found.append(_Run(rule=rule, is_beside_text=is_beside))
    return found, runs > 0


def _is_text(ink: Ink, letters: Ink, axis: Axis) -> bool:
    """Tell whether a run is made of the feet and bars of letters."""
    over = 0 if axis == "h" else 1
    inked = int(ink.any(axis=over).sum())
    return int(letters.any(axis=over).sum()) > _OF_LETTERS * max(1, inked)


def _dotted_runs(image: PageImage, axis: Axis, options: OcrOptions) -> npt.NDArray[np.uint8]:
    """Return the pixels of dotted and dashed rules, their gaps closed.

    Dots and dashes are ink that is thin across the rule and has white on both sides, many in a
    row; letters are not. A rest of skew lets them drift by a pixel; where rules cross, and where
    dots touch a frame, their ink runs together.
    """
    thin = _lone_strokes(image, axis, options)
    gap = 2 * round(options.dot_gap * image.scale) // 2 + 1
    length = round(options.shortest_rule * image.scale)
    closing, opening = ((1, gap), (1, length)) if axis == "h" else ((gap, 1), (length, 1))
    drift = (5, 1) if axis == "h" else (1, 5)
    dots = cv2.dilate(thin, np.ones(drift, np.uint8))
    joined = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones(closing, np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones(opening, np.uint8))
    reaching = cv2.dilate(opened, np.ones(closing, np.uint8))
    return np.asarray(reaching, dtype=np.uint8)


def _lone_strokes(image: PageImage, axis: Axis, options: OcrOptions) -> npt.NDArray[np.uint8]:
    """Return the ink that is thin across an axis and has white on both sides."""
    thick = round(options.dot * image.scale) + 1
    clear = 2 * round(options.dot_clearance * image.scale) + 1
    across = (lambda size: (size, 1)) if axis == "h" else (lambda size: (1, size))
    ink = image.ink.astype(np.uint8)
    merged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(across(clear), np.uint8))
    broad = cv2.morphologyEx(merged, cv2.MORPH_OPEN, np.ones(across(thick), np.uint8))
    return np.asarray((ink > 0) & (broad == 0), dtype=np.uint8)


def _is_rule(run: _Run, crossing: list[_Run], options: OcrOptions) -> bool:
    """Tell whether a run is long, or stands between two rules that cross it; no stroke does."""
    rule = run.rule
    if rule.length >= options.sure_rule and not run.is_beside_text:
        return True
    return all(
        any(
            other.rule.length >= options.sure_rule
            and abs(other.rule.position - end) <= options.rule_touch
            and other.rule.start - options.rule_touch <= rule.position
            and rule.position <= other.rule.end + options.rule_touch
            for other in crossing
        )
        for end in (rule.start, rule.end)
    )


def _cover(covered: Ink, runs: Ink, rule: Rule, scale: float, options: OcrOptions) -> None:
    """Mark the pixels of one rule."""
    half = options.rule_thickness / 2 + 1
    along = slice(max(0, int(rule.start * scale) - 1), int(rule.end * scale) + 2)
    beside = slice(
        max(0, int((rule.position - half) * scale)), int((rule.position + half) * scale) + 1
    )
    spot = (beside, along) if rule.axis == "h" else (along, beside)
    covered[spot] |= runs[spot]
