"""Pictures of pages: skew, even paper, ruling lines found and erased."""

import cv2
import numpy as np
import pytest

from extract.grids.ruled_shapes import Rule
from extract.reading.ocr_image import Gray, PageImage, find_ink, flatten, rotate
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_prepare import prepare
from extract.reading.ocr_rules import erase, find_rules

SCALE = 300 / 72
OPTIONS = OcrOptions()


def paper(height: int = 700, width: int = 900, grey: int = 255) -> Gray:
    return np.full((height, width), grey, np.uint8)


def ruled_paper() -> Gray:
    """Three rules across, three down, and a word between them."""
    page = paper()
    for y in (100, 300, 500):
        page[y : y + 4, 100:804] = 0
    for x in (100, 450, 800):
        page[100:504, x : x + 4] = 0
    cv2.putText(page, "1,234", (160, 220), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 0.0, 4)
    return page


def image_of(page: Gray) -> PageImage:
    return PageImage(gray=page, ink=find_ink(page), scale=SCALE, turn=0.0)


@pytest.mark.parametrize("angle", [-2.5, -0.34, 0.0, 0.28, 1.7])
def test_a_page_stands_upright_whatever_its_skew(angle: float) -> None:
    skewed = rotate(ruled_paper(), angle)

    assert prepare(skewed, SCALE, OPTIONS).turn == pytest.approx(-angle, abs=0.06)


def test_an_empty_page_is_not_turned_and_has_no_ink() -> None:
    image = prepare(paper(), SCALE, OPTIONS)

    assert image.turn == 0
    assert not image.ink.any()


def test_shading_becomes_white_paper_and_its_letters_stay() -> None:
    page = paper(grey=200)
    cv2.putText(page, "8", (400, 400), cv2.FONT_HERSHEY_SIMPLEX, 2, 20.0, 5)

    flat = flatten(page, SCALE)

    assert flat[50, 50] >= 250
    assert find_ink(flat).sum() == pytest.approx((page < 110).sum(), rel=0.1)


def test_rules_are_found_where_they_were_drawn_and_letters_are_none() -> None:
    rules, _ = find_rules(image_of(ruled_paper()), OPTIONS)

    assert sorted(round(rule.position * SCALE) for rule in rules if rule.axis == "h") == [
        102,
        302,
        502,
    ]
    assert sorted(round(rule.position * SCALE) for rule in rules if rule.axis == "v") == [
        102,
        452,
        802,
    ]


@pytest.mark.parametrize(
    ("length", "rules"),
    [
        pytest.param(60, 0, id="a stroke as long as a letter"),
        pytest.param(120, 1, id="a rule"),
    ],
)
def test_a_run_that_nothing_crosses_is_a_rule_only_when_it_is_long(length: int, rules: int) -> None:
    page = paper()
    page[300:304, 200 : 200 + length] = 0

    assert len(find_rules(image_of(page), OPTIONS)[0]) == rules


def test_a_short_run_between_two_rules_is_a_rule() -> None:
    page = paper()
    for y in (200, 260):
        page[y : y + 4, 100:800] = 0
    page[200:264, 400:404] = 0

    downs = [rule for rule in find_rules(image_of(page), OPTIONS)[0] if rule.axis == "v"]

    assert len(downs) == 1
    assert isinstance(downs[0], Rule)


def test_a_thick_bar_is_no_rule() -> None:
    page = paper()
    page[300:340, 100:800] = 0

    assert not [rule for rule in find_rules(image_of(page), OPTIONS)[0] if rule.axis == "h"]


def test_erasing_takes_the_rules_and_leaves_the_letters() -> None:
    page = ruled_paper()
    letters = (page[150:250, 150:400] < 128).sum()
    image = image_of(page)

    clean = erase(image, find_rules(image, OPTIONS)[1])

    assert clean.ink.sum() == letters
    assert clean.gray[102, 200] == 255


def test_a_tolerance_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="dpi must be positive"):
        OcrOptions(dpi=0)


@pytest.mark.parametrize("axis", ["h", "v"])
def test_a_row_of_dots_is_a_rule_and_is_erased(axis: str) -> None:
    page = paper()
    for place in range(200, 600, 9):
        drift = (place - 200) // 200
        y, x = (300 + drift, place) if axis == "h" else (place, 300 + drift)
        page[y : y + 4, x : x + 5] = 0
    image = image_of(page)

    rules, covered = find_rules(image, OPTIONS)

    assert [rule.axis for rule in rules] == [axis]
    assert not erase(image, covered).ink.any()


def test_the_feet_of_letters_in_a_row_are_no_dashed_rule() -> None:
    page = paper()
    for x in range(200, 440, 24):
        page[260:300, x + 8 : x + 12] = 0
        page[296:300, x : x + 20] = 0

    assert not find_rules(image_of(page), OPTIONS)[0]


def test_a_bar_through_letters_is_no_rule() -> None:
    page = paper()
    page[300:304, 200:310] = 0
    for x in range(200, 310, 36):
        cv2.circle(page, (x + 18, 288), 10, 0.0, 3)
        cv2.circle(page, (x + 18, 318), 10, 0.0, 3)

    assert not find_rules(image_of(page), OPTIONS)[0]


def test_dots_that_touch_a_frame_and_each_other_are_a_rule() -> None:
    page = paper()
    page[200:204, 100:800] = page[500:504, 100:800] = 0
    for y in range(200, 504, 7):
        page[y : y + 5, 448:453] = 0
    for y in range(300, 340):
        page[y, 449:452] = 0
    noise = np.random.default_rng(2).normal(0, 10, page.shape)
    noisy = np.asarray(np.clip(page + noise, 0, 255), dtype=np.uint8)

    downs = [rule for rule in find_rules(image_of(noisy), OPTIONS)[0] if rule.axis == "v"]

    assert sum(rule.length for rule in downs) * SCALE > 280
