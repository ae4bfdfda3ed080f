"""Shading of scans: dark bands are turned over, light stripes are found beside noise and text."""

import cv2
import numpy as np
import pytest

from extract.grids.ruled_shapes import Box
from extract.reading.ocr_fills import find_stripes, free_fills, turn_bands
from extract.reading.ocr_image import Gray, find_ink, flatten
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_prepare import prepare

SCALE = 300 / 72


def paper(noise: float = 6.0) -> Gray:
    random = np.random.default_rng(3)
    return np.asarray(np.clip(random.normal(240, noise, (900, 1200)), 0, 255), dtype=np.uint8)


def write(gray: Gray, text: str, at: tuple[int, int], level: float = 20.0) -> None:
    cv2.putText(gray, text, at, cv2.FONT_HERSHEY_SIMPLEX, 1.2, level, 4)


def test_light_letters_on_a_dark_band_become_ink() -> None:
    gray = paper()
    gray[200:300, 150:1050] = 70
    write(gray, "2023", (500, 270), 245.0)

    image = prepare(gray, SCALE, OcrOptions())

    letters = image.ink[205:295, 160:1040]
    assert 0.005 < letters.mean() < 0.1
    assert letters[:, 340:500].mean() > 5 * letters[:, :300].mean()
    (band,) = image.fills
    assert (band.x0 * SCALE, band.y0 * SCALE) == pytest.approx((150, 200), abs=6)


@pytest.mark.parametrize("scale", [SCALE, 1.0, 0.3])
def test_a_dark_band_may_end_at_the_edge_of_the_picture(scale: float) -> None:
    gray = paper()[:301, :1051].copy()
    gray[180:, 150:] = 70
    write(gray, "2023", (500, 270), 245.0)

    turned, _ = turn_bands(gray, scale)

    assert turned.shape == gray.shape


@pytest.mark.parametrize("level", [20.0, 120.0])
def test_dark_letters_on_a_grey_band_are_not_turned_over(level: float) -> None:
    gray = paper()
    gray[200:300, 150:1050] = 140 if level < 100 else 225
    write(gray, "2023", (500, 270), level)

    assert turn_bands(gray, SCALE)[0] is gray


def test_a_filled_box_in_the_text_is_no_band() -> None:
    gray = paper()
    gray[200:235, 150:185] = 10

    assert turn_bands(gray, SCALE)[1] == ()


def test_a_light_stripe_is_found_under_its_text() -> None:
    gray = paper()
    gray[300:400, 150:1050] -= 16
    for x in (200, 500, 800):
        write(gray, "1,234", (x, 370))
        write(gray, "1,234", (x, 500))

    (stripe,) = find_stripes(gray, find_ink(flatten(gray, SCALE)), (), SCALE)

    sides = [side * SCALE for side in (stripe.x0, stripe.y0, stripe.x1, stripe.y1)]
    assert sides == pytest.approx([150, 300, 1050, 400], abs=10)


def test_uneven_light_is_no_stripe() -> None:
    gray = paper()
    shade = np.linspace(1.0, 0.8, gray.shape[1])[None, :]
    gray = np.asarray(gray * shade, dtype=np.uint8)

    assert find_stripes(gray, find_ink(flatten(gray, SCALE)), (), SCALE) == ()


def test_shading_inside_of_a_ruled_table_is_left_out() -> None:
    inside, outside = Box(x0=10, y0=10, x1=90, y1=30), Box(x0=10, y0=210, x1=90, y1=230)

    assert free_fills([inside, outside], [Box(x0=0, y0=0, x1=100, y1=100)]) == (outside,)
