"""Which pages are read from their picture, and whether the program that does it is there."""

import shutil
import subprocess
from collections import Counter
from functools import cache
from operator import attrgetter

from extract.grids.ruled_shapes import Glyph, PageShapes

LANGUAGE = "kor"
LATIN = "eng"
"""Comes with every Tesseract; Korean alone knows no Latin letters."""
INSTALL_LINE = "apt install tesseract-ocr tesseract-ocr-kor"
MISSING_MESSAGE = (
    f"it is a scan, and Tesseract with Korean, which would read it, is missing: {INSTALL_LINE}"
)

_PICTURE_SHARE = 0.02
"""Share of the page under the largest picture, which may be one strip of a scan."""
_UNREADABLE_SHARE = 0.5
"""A text layer with this share of signs without meaning is none."""
_COVERED_SHARE = 0.85
"""A picture over this share of the page is the page."""
_STAMP = 60
"""As many letters at most have a page number, the name of a file, a stamp."""
_EDGE = 0.1
"""Share of the page's height or width, from its edges, where they stand."""
_KNOWN_SIGNS = frozenset("·°±²³×÷§®©")
"""Signs between the alphabets that Korean reports do use; leaders are rows of middle dots."""
_SECONDS_TO_ANSWER = 20.0


def needs_ocr(shapes: PageShapes) -> bool:
    """Tell whether a page has to be read from its picture.

    It has a picture and no text, a text of signs without meaning, or a picture all over and no
    more text than a page number or a stamp at its edges.
    """
    texts = Counter(map(attrgetter("text"), shapes.glyphs))
    inked = [(text, count) for text, count in texts.items() if text.strip()]
    if not inked:
        return shapes.image_share >= _PICTURE_SHARE
    total = sum(count for _, count in inked)
    is_covered = shapes.image_share >= _COVERED_SHARE
    lost = sum(n for text, n in inked if (is_covered and _is_foreign(text)) or _is_lost(text))
    if lost > _UNREADABLE_SHARE * total:
        return True
    if not is_covered or total > _STAMP:
        return False
    return all(_is_at_edge(glyph, shapes) for glyph in shapes.glyphs if glyph.text.strip())


def _is_lost(text: str) -> bool:
    return text.startswith("(cid:") or "\ufffd" in text


def _is_foreign(text: str) -> bool:
    """Tell whether a sign is one of those that text in a wrong encoding is made of."""
    if text[0] in _KNOWN_SIGNS:
        return False
    return "\u00a1" <= text[0] <= "\u024f" or "\ue000" <= text[0] <= "\uf8ff" or text[0] < " "


def _is_at_edge(glyph: Glyph, shapes: PageShapes) -> bool:
    box = glyph.box
    down, across = box.middle_y / shapes.height, box.middle_x / shapes.width
    return min(down, 1 - down, across, 1 - across) <= _EDGE


@cache
def find_program() -> str | None:
    """Return the path of Tesseract; None where it, or its Korean language data, is missing."""
    return shutil.which("tesseract") if LANGUAGE in find_languages() else None


@cache
def find_languages() -> frozenset[str]:
    """Return the languages that Tesseract reads; none where it is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    try:
        listed = subprocess.run(
            [program, "--list-langs"],
            capture_output=True,
            text=True,
            timeout=_SECONDS_TO_ANSWER,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset((listed.stdout + listed.stderr).split())
