"""HTML fragments that OCR tools leave in text lines, replaced by the signs they stand for."""

import html

import regex

_TAG = regex.compile(
    r"<input\b[^<>]*>|</?(?:ul|ol|li|br|p|b|i|u|sup|sub|span|div|strong|em|table|tr|td|th|tbody"
    r"|thead|font)\b[^<>]*>|&(?:nbsp|amp|lt|gt|quot|middot|#\d{1,5});",
    regex.IGNORECASE,
)
_BLOCK_TAG = regex.compile(r"</?(?:ul|ol|li|br|p|div|table|tr|td|th|tbody|thead)\b", regex.I)
"""Tags that part what stands before them from what follows."""
_CONTROL = regex.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029]")
CHECKED = "☑"
UNCHECKED = "☐"


def replace_markup(text: str, edges: list[float]) -> tuple[str, list[float]]:
    """Return the text without tags; `edges` (len + 1 borders) keep pointing into the file.

    A check box becomes ☑ or ☐, an entity its character, a tag that parts two words or numbers
    a blank; any other tag goes.
    """
    if "<" not in text and "&" not in text:
        return text, edges
    pieces: list[str] = []
    kept: list[float] = []
    position = 0
    for match in _TAG.finditer(text):
        before = text[position : match.start()]
        pieces.append(before)
        kept.extend(edges[position : match.start()])
        sign = _sign(match.group())
        if _BLOCK_TAG.match(match.group()) and _parts_words(before, text[match.end() :]):
            sign = " "
        pieces.append(sign)
        kept.extend([edges[match.start()]] * len(sign))
        position = match.end()
    pieces.append(text[position:])
    kept.extend(edges[position:])
    return "".join(pieces), kept


def _parts_words(before: str, after: str) -> bool:
    return bool(before and after) and not (before[-1].isspace() or after[0].isspace())


def _sign(tag: str) -> str:
    if tag.startswith("&"):
        plain: str = _CONTROL.sub(" ", html.unescape(tag))
        return plain
    if tag.lower().startswith("<input"):
        if "checkbox" not in tag.lower() and "radio" not in tag.lower():
            return ""
        return CHECKED if "checked" in tag.lower().replace("checkbox", "") else UNCHECKED
    return ""
