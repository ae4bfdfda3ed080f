"""Text of reports that a spreadsheet must not run: told apart, and made inert for CSV files.

The rule is that of OWASP ("CSV Injection"): text whose first sign is one of = + - @, a tab or a
line end gets an apostrophe before it, and every text stands in quotes, with its own quotes doubled.
Two things are added: full-width signs, which Excel reads as the common ones, and blanks before the
sign, which some programs drop. Numbers never get one, as text (-1,234) or as numbers.
"""

import re
import unicodedata
from typing import Final

_SIGNS: Final = frozenset("=+-@＝＋－＠")
_BREAKS: Final = ("\t", "\r", "\n")
_HARMLESS: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|[-+]")


def is_active(text: str) -> bool:
    r"""Tell whether a spreadsheet could take a text for a formula.

    Examples:
        >>> [is_active(text) for text in ("=1+1", " ＝1", "\t1", "- 가", "-1,234", "-", "1-2")]
        [True, True, True, True, False, False, False]
    """
    if _HARMLESS.fullmatch(text):
        return False
    bare = text
    while bare and unicodedata.category(bare[0])[0] in "ZC":
        bare = bare[1:]
    return text.startswith(_BREAKS) or (bool(bare) and bare[0] in _SIGNS)


def inert(text: str) -> str:
    """Return a text as it may stand in a CSV file: after an apostrophe where it is active.

    Examples:
        >>> inert("=HYPERLINK(A1)"), inert("-5")
        ("'=HYPERLINK(A1)", '-5')
    """
    return f"'{text}" if is_active(text) else text
