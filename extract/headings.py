"""Headings, bullets, captions and unit notes of Korean reports, and how deep each lies."""

import regex

_LOST = "\ue000-\uf8ff"
"""Private-use glyphs: a bullet or number in a box whose font had no Unicode."""

_LEVELS: tuple[tuple[int, regex.Pattern[str]], ...] = (
    (1, regex.compile(rf"^[\s{_LOST}]*(?:[Ⅰ-Ⅻ]|[IVX]{{1,4}}(?=\s*\.))\s*[.]?\s*\S")),
    (1, regex.compile(r"^\s*제\s?\d{1,2}\s?[장편부절]\s+\S")),
    (2, regex.compile(rf"^[\s{_LOST}]*\d{{1,2}}(?:-\d{{1,2}})?\s?[.]?\s+[^\d\s%~∼,]*[가-힣]")),
    (3, regex.compile(rf"^\s*[□■▣◈❏◆◇☐{_LOST}]\s*\S")),
    (4, regex.compile(r"^\s*(?:[○◦●∘❍◎▶▷]\s*\S|[ㅇo]\s+\S)")),
    (
        5,
        regex.compile(
            r"^\s*(?:[-–―]\s*[^\d\s\-]|[·ㆍ•▪◾◼*]\s*\S|[가-하][.)]\s|[①-⑳]|\(?\d{1,2}\)\s)"
        ),
    ),
)
_CAPTION = regex.compile(r"^\s*(?:※|\[[^\[\]]+\]\s*$|<[^<>]+>\s*$|【[^】]+】)")
_TILE = regex.compile(r"^\d[\d,.]*\s?(?:[가-힣]{1}|개소|개사|매장|기업|제품|기관|단체|과정)$")
"""A number and what it counts, alone on a line: no heading."""
_SECTION_WORDS = regex.compile(
    r"(?:현\s?황|실\s?적|계\s?획|목\s?표|개\s?요|내\s?역|소\s?개|결과|효과|사항|대책|예\s?산|방향|총괄표?|일정|성과|과제|내용"
    r"|집행액|투자수요|지표|소요재원|필요성|배경|근거|절차|체계|총괄|보고)(?:\s*\(.*\))?$"
)
_UNIT_WORD = (
    r"(?<!\p{Hangul})(?:금\s*액\s*)?단\s*위"
    r"(?:\s*[:：∶]|(?=\s*(?:(?:천|백\s?만|만|억)?\s?원|명|건|개|㎡|%)[^()\p{L}]{0,3}[,/·)\]>]))"
)
"""단위 with its colon, or with a unit right behind it: 단위사업 is the name of a programme."""
_UNIT_NOTE = regex.compile(rf"[(\[<]?\s*{_UNIT_WORD}\s*[^()\[\]]{{1,40}}[)\]>]?")
_PURE_NOTE = regex.compile(
    rf"^\s*[(\[<]?\s*(?:[^()]{{0,30}}[,·]\s*)?{_UNIT_WORD}[^()]{{1,60}}[)\]>]?\s*$"
)
_LONGEST_PLAIN = 28
_DEEPEST_NUMBERED = 60


def heading_level(text: str) -> int | None:
    """Return how deep a heading or bullet lies (1 outermost), None for plain text.

    Levels: 1 Ⅰ., 2 a number, 3 □ ◆, 4 ○, 5 - · and lower; a plain line of a few words that ends
    in a section word (실적, 현황, 계획 ...) lies at 3.

    Examples:
        >>> [heading_level(t) for t in ("Ⅱ. 추진실적", "3 시설 현황", "□ 사업개요", "○ 대상: 구민")]
        [1, 2, 3, 4]
        >>> heading_level("- 교육 2회"), heading_level("1,234 567"), heading_level("추진계획")
        (5, None, 3)
    """
    stripped = text.strip()
    if not stripped or is_caption(stripped) or _TILE.match(stripped):
        return None
    for level, pattern in _LEVELS:
        if pattern.match(text):
            return None if level <= 2 and len(stripped) > _DEEPEST_NUMBERED else level
    if is_plain_heading(text):
        return 3
    return None


def is_plain_heading(text: str) -> bool:
    """Tell whether a line without a bullet is a section heading by its last word."""
    stripped = text.strip()
    return (
        len(stripped) <= _LONGEST_PLAIN
        and "\t" not in stripped
        and not regex.search(r"\d,\d{3}|[.:]$", stripped)
        and _SECTION_WORDS.search(stripped) is not None
        and len(regex.findall(r"\S{2,}", stripped)) <= 5
    )


def is_caption(text: str) -> bool:
    """Tell whether a line is a caption by its sign: ※, [ ], < >, 【 】."""
    return _CAPTION.match(text) is not None


def is_unit_note(text: str) -> bool:
    """Tell whether a line is a unit note and nothing else: (단위: 천원).

    Examples:
        >>> is_unit_note("(2023. 12. 기준, 단위: 명)"), is_unit_note("단위사업: 주민 교육")
        (True, False)
    """
    return _PURE_NOTE.match(text) is not None


def find_unit_note(text: str) -> tuple[int, int] | None:
    """Return where a unit note begins and ends in a line, such as a heading; None without one."""
    match = _UNIT_NOTE.search(text)
    return match.span() if match else None


def is_item(text: str) -> bool:
    """Tell whether a line begins with a bullet or number (a heading or an item of a list)."""
    return is_caption(text) or any(pattern.match(text) for _, pattern in _LEVELS)
