"""Words of a scanned line stand where their ink is."""

import numpy as np
import pytest

from extract.reading.ocr_anchors import anchor_words
from extract.reading.ocr_engine import Word
from extract.reading.ocr_pieces import Area

EM = 40.0
AREA = Area(left=10, top=0, right=390, bottom=40)


def anchored(
    inked: list[tuple[int, int]], boxes: list[tuple[int, int]]
) -> list[tuple[float, float]]:
    ink = np.zeros((40, 400), np.bool_)
    for start, end in inked:
        ink[5:35, start:end] = True
    words = [Word(text="가", left=left, right=right, confidence=0.9) for left, right in boxes]
    return [(word.left, word.right) for word in anchor_words(ink, AREA, EM, words)]


@pytest.mark.parametrize(
    ("inked", "boxes", "expected"),
    [
        pytest.param(
            [(20, 80), (100, 200)], [(22, 60), (120, 190)], [(20, 80), (100, 200)],
            id="boxes that are too small",
        ),
        pytest.param(
            [(20, 50), (54, 80), (100, 200)], [(20, 110), (115, 210)], [(20, 80), (100, 200)],
            id="gaps between letters part no words",
        ),
        pytest.param(
            [(20, 80), (100, 200), (220, 300)], [(10, 190), (230, 300)], [(20, 200), (220, 300)],
            id="a word with a space inside",
        ),
        pytest.param(
            [(20, 120), (140, 200)], [(20, 60), (15, 40), (60, 130), (150, 190)],
            [(20, 120), (20, 120), (20, 120), (140, 200)],
            id="words that share ink stay in order",
        ),
        pytest.param([(20, 200)], [(22, 90), (95, 210)], [(22, 90), (95, 210)], id="no space"),
        pytest.param([(20, 80), (100, 200)], [(30, 90)], [(30, 90)], id="one word"),
    ],
)  # fmt: skip
def test_words_take_the_ink_that_is_nearest(
    inked: list[tuple[int, int]],
    boxes: list[tuple[int, int]],
    expected: list[tuple[float, float]],
) -> None:
    assert anchored(inked, boxes) == expected
