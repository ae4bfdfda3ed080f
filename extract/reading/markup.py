"""HTML fragments that OCR tools leave in text lines, replaced by the signs they stand for."""

import html

import regex

_TAG = regex.compile(
    r"<input\b[^<>]*>|</?(?:ul|ol|li|br|p|b|i|u|sup|sub|span|div|strong|em|table|tr|td|th|tbody"
    r"|thead|font)\b[^<>]*>|&(?:nbsp|amp|lt|gt|quot|middot|#\d{2,5});",
    regex.IGNORECASE,
)
CHECKED = "☑"
UNCHECKED = "☐"


def replace_markup(text: str, edges: list[float]) -> tuple[str, list[float]]:
    """Return the text without tags; `edges` (len + 1 borders) keep pointing into the file.

    A check box becomes ☑ or ☐, an entity its character, any other tag goes.
    """
    if "<" not in text and "&" not in text:
        return text, edges
    pieces: list[str] = []
    kept: list[float] = []
    position = 0
    for match in _TAG.finditer(text):
        pieces.append(text[position : match.start()])
        kept.extend(edges[position : match.start()])
        sign = _sign(match.group())
        pieces.append(sign)
        kept.extend([edges[match.start()]] * len(sign))
        position = match.end()
    pieces.append(text[position:])
    kept.extend(edges[position:])
    return "".join(pieces), kept


def _sign(tag: str) -> str:
    if tag.startswith("&"):
        return html.unescape(tag).replace("\xa0", " ")
    if tag.lower().startswith("<input"):
        if "checkbox" not in tag.lower() and "radio" not in tag.lower():
            return ""
        return CHECKED if "checked" in tag.lower().replace("checkbox", "") else UNCHECKED
    return ""
