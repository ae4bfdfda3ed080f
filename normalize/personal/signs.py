"""One sign for every way of writing it, position by position, so that spans fit the original."""

from typing import Final

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HYPHENS: Final[dict[int, str]] = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－ー"), "-")
_BLANKS: Final[dict[int, str]] = dict.fromkeys(
    map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t\r"), " "
)
_OTHERS: Final = {ord("﹫"): "@", ord("∼"): "~", ord("〜"): "~", ord("∙"): "·", ord("ㆍ"): "·"}
_TABLE: Final[dict[int, int | str]] = {**_FULL_WIDTH, **_HYPHENS, **_BLANKS, **_OTHERS}


def flatten_signs(text: str) -> str:
    """Return a text of the same length with plain digits, letters, hyphens and blanks.

    Examples:
        >>> flatten_signs("０２－２６７０（내선）＠")
        '02-2670(내선)@'
    """
    return text if text.isascii() and "\t" not in text else text.translate(_TABLE)
