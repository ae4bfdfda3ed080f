"""Latin letters, which Tesseract's Korean does not know: words, and the formulas of headings."""

import re

_GROUP = re.compile(r"\(([^()]*)\)?")
_LATIN_END = re.compile(r"\([^()가-힣]{1,24}\)?(?=$|\()|\([^()]*[=+][^()]*")
_LETTER = re.compile(r"[A-Z]")
_FORMULA = re.compile(r"[A-Z]=[A-Z](?:[+\-×÷*/][A-Z])+")
_HANGUL = re.compile(r"[가-힣]")
_WORD = re.compile(r"[A-Z]{2}|[A-Z]&[A-Z]")
_NO_WORD = re.compile(r"[a-z=#]")


def is_mixed(text: str) -> bool:
    """Tell whether a reading holds Korean and a Latin abbreviation: the only mix offices print.

    Examples:
        >>> is_mixed("기술개발R&D"), is_mixed("국비(=44,600"), is_mixed("Sel")
        (True, False, False)
    """
    is_latin = _WORD.search(text) is not None and _NO_WORD.search(text) is None
    return is_latin and _HANGUL.search(text) is not None


def may_hold_formula(text: str) -> bool:
    """Tell whether a heading ends with brackets that hold no Korean, such as 예산액(A).

    Examples:
        >>> may_hold_formula("집행잔액(<=4&-8)"), may_hold_formula("예산(천원)")
        (True, False)
    """
    return _HANGUL.match(text) is not None and _LATIN_END.search(text) is not None


def insert_formulas(korean: str, latin: str) -> str:
    """Return a heading with the letters that the Latin reading shows in its brackets.

    Examples:
        >>> insert_formulas("집행잔액(<=4&-8)", "AAAod(C=A-B)")
        '집행잔액(C=A-B)'
        >>> insert_formulas("위원(12)", "Sel(12)")
        '위원(12)'
        >>> insert_formulas("불인정액(ㅁ0)(주1)", "BelB(D)(#1)")
        '불인정액(D)(주1)'
    """
    groups = list(_GROUP.finditer(korean))
    letters = [match[1] for match in _GROUP.finditer(latin)]
    if groups and letters and _FORMULA.fullmatch(letters[-1]) and latin.endswith(")"):
        first = min(len(letters), len(groups)) - 1
        return f"{korean[: groups[first].start()]}({letters[-1]})"
    if len(groups) != len(letters):
        return korean
    text = korean
    for group, content in reversed(list(zip(groups, letters, strict=True))):
        if _LETTER.fullmatch(content) and _HANGUL.search(group[1]) is None:
            text = f"{text[: group.start()]}({content}){text[group.end() :]}"
    return text
