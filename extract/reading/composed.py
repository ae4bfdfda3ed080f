"""Characters to their composed form (NFC), each with its place in the original line."""

import unicodedata


def compose(raw: str, offset: int) -> tuple[str, list[float]]:
    """Return the NFC of a line, and for each border of it the code point in the original."""
    if unicodedata.is_normalized("NFC", raw):
        return raw, [float(offset + i) for i in range(len(raw) + 1)]
    starts = [i for i in range(len(raw)) if i == 0 or not _joins(raw[i - 1], raw[i])]
    text: list[str] = []
    edges: list[float] = []
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        composed = unicodedata.normalize("NFC", raw[start:end])
        step = 1 if len(composed) == end - start else 0
        text.append(composed)
        edges.extend(float(offset + start + step * i) for i in range(len(composed)))
    edges.append(float(offset + len(raw)))
    return "".join(text), edges


def _joins(previous: str, char: str) -> bool:
    """Tell whether a character is composed with the one before it."""
    if unicodedata.combining(char) != 0 or 0x1160 <= ord(char) <= 0x11FF:
        return True
    return len(unicodedata.normalize("NFC", previous + char)) == 1
