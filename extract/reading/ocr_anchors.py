"""Words to where their ink stands: Tesseract is often wrong about the boxes of Korean words."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extract.reading.ocr_engine import Word
from extract.reading.ocr_image import Ink
from extract.reading.ocr_pieces import Area

_SPACE = 0.22
"""Line heights of white that part two words; less stands between letters."""


def anchor_words(ink: Ink, area: Area, em: float, words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words of a piece with the ends of the ink that is nearest to each.

    Stretches of ink between spaces go to words in order. A word that gets none shares
    those of the word before it, so that their order stays.
    """
    spans = _stretches(ink, area, _SPACE * em)
    if len(words) < 2 or len(spans) < 2:
        return tuple(words)
    taken: dict[int, list[tuple[int, int]]] = {}
    number = 0
    for start, end in spans:
        middle = (start + end) / 2
        number = min(range(number, len(words)), key=lambda one: _distance(words[one], middle))
        taken.setdefault(number, []).append((start, end))
    found = sorted(taken)
    anchored = []
    for place, word in enumerate(words):
        own = max((one for one in found if one <= place), default=found[0])
        first, last = taken[own][0], taken[own][-1]
        anchored.append(replace(word, left=float(first[0]), right=float(last[1])))
    return tuple(anchored)


def _distance(word: Word, x: float) -> float:
    return max(word.left - x, x - word.right, 0.0)


def _stretches(ink: Ink, area: Area, space: float) -> list[tuple[int, int]]:
    """Return where columns of ink start and end, gaps narrower than a space closed."""
    marked = np.flatnonzero(ink[area.top : area.bottom, area.left : area.right].any(axis=0))
    if not marked.size:
        return []
    borders = np.flatnonzero(np.diff(marked) > space)
    cuts = [0, *(int(border) + 1 for border in borders), len(marked)]
    return [
        (area.left + int(marked[first]), area.left + int(marked[last - 1]) + 1)
        for first, last in pairwise(cuts)
    ]
