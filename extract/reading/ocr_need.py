"""Which pages are read from their picture, and whether the program that does it is there."""

import shutil
import subprocess
from collections import Counter
from functools import cache
from operator import attrgetter

from extract.grids.ruled_shapes import PageShapes

LANGUAGE = "kor"
INSTALL_LINE = "apt install tesseract-ocr tesseract-ocr-kor"
MISSING_MESSAGE = (
    f"it is a scan, and Tesseract with Korean, which would read it, is missing: {INSTALL_LINE}"
)

_PICTURE_SHARE = 0.02
"""Share of the page under the largest picture, which may be one strip of a scan."""
_UNREADABLE_SHARE = 0.5
"""A text layer with this share of signs without meaning is none."""
_SECONDS_TO_ANSWER = 20.0


def needs_ocr(shapes: PageShapes) -> bool:
    """Tell whether a page has a picture and no text, or a text of signs without meaning."""
    texts = Counter(map(attrgetter("text"), shapes.glyphs))
    inked = [(text, count) for text, count in texts.items() if text.strip()]
    if not inked:
        return shapes.image_share >= _PICTURE_SHARE
    lost = sum(n for text, n in inked if text.startswith("(cid:") or "\ufffd" in text)
    return lost > _UNREADABLE_SHARE * sum(n for _, n in inked)


@cache
def find_program() -> str | None:
    """Return the path of Tesseract; None where it, or its Korean language data, is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run(
            [program, "--list-langs"],
            capture_output=True,
            text=True,
            timeout=_SECONDS_TO_ANSWER,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if LANGUAGE in (listed.stdout + listed.stderr).split() else None
