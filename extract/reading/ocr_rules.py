"""Ruling lines in the picture of a page: found as long thin runs of ink, and erased."""

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from extract.grids.ruled_shapes import Axis, Rule
from extract.reading.ocr_image import Gray, Ink, PageImage
from extract.reading.ocr_options import OcrOptions

_BESIDE, _SECOND_RULE = 0.35, 0.97
"""Share of a run that has ink beside it: of a rule at most, and of one of two rules at least."""
_FRINGE = 0.6
"""Points around a rule that its blurred border takes."""


def find_rules(image: PageImage, options: OcrOptions) -> tuple[tuple[Rule, ...], Ink]:
    """Return the rules of a page, in points, and the pixels that they cover."""
    across, across_ink = _axis_rules(image, "h", options)
    down, down_ink = _axis_rules(image, "v", options)
    kept_across = [rule for rule in across if _is_rule(rule, down, options)]
    kept_down = [rule for rule in down if _is_rule(rule, across, options)]
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


def _axis_rules(image: PageImage, axis: Axis, options: OcrOptions) -> tuple[list[Rule], Ink]:
    """Return the long thin runs of ink along one axis and their pixels."""
    length = max(3, round(options.shortest_rule * image.scale))
    shape = (1, length) if axis == "h" else (length, 1)
    runs = cv2.morphologyEx(image.ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    runs = cv2.bitwise_or(runs, _dotted_runs(image, axis, options))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    ink = image.ink if axis == "h" else image.ink.T
    rules = []
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
        if rule.length >= options.straight_rule or _is_clear(
            ink[:, start : start + along], near, near + thick, image.scale, options
        ):
            rules.append(rule)
    return rules, runs > 0


def _is_clear(ink: Ink, near: int, far: int, scale: float, options: OcrOptions) -> bool:
    """Tell whether a run has white beside it, or a second rule; feet and bars of letters do not.

    `ink` is cut to the ends of the run, which lies between the rows `near` and `far`.
    """
    reach = max(2, round(options.dot_clearance * scale))
    sides = (ink[max(0, near - 1 - reach) : max(0, near - 1)], ink[far + 1 : far + 1 + reach])
    shares = (float(side.any(axis=0).mean()) if side.size else 0.0 for side in sides)
    return all(share <= _BESIDE or share >= _SECOND_RULE for share in shares)


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
    return np.asarray(ink & (1 - broad), dtype=np.uint8)


def _is_rule(rule: Rule, crossing: list[Rule], options: OcrOptions) -> bool:
    """Tell whether a run is long, or stands between two rules that cross it; no stroke does."""
    if rule.length >= options.sure_rule:
        return True
    return all(
        any(
            other.length >= options.sure_rule
            and abs(other.position - end) <= options.rule_touch
            and other.start - options.rule_touch <= rule.position <= other.end + options.rule_touch
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
