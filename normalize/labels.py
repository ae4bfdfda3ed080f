"""Turns printed labels such as "합    계" or "1) 인건비" into labels that can be compared."""

import unicodedata
from collections.abc import Iterable
from itertools import zip_longest
from typing import Literal

import regex

TotalKind = Literal["total", "subtotal", "running_total"]

_REMNANT = regex.compile(r"<(?:/?\p{L}|!)[^<>]*>|&(?:nbsp|amp|lt|gt|quot|#\d+);", regex.IGNORECASE)
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Co}\p{Cc}--[\t\n]]", regex.V1)
_BULLET = regex.compile(
    r"\s*(?:[□■▢▣○●◦◎◇◆◈▷▶▸►☞☐☑✓✔➤➢❍❏❑∘⚬·ㆍ・•‣⁃▪▫◾◽※＊*☆★♣◻]+|[-–—―−](?!\d)"
    r"|[oOㅇ](?=\s))\s*"
)
_NUMBERING = regex.compile(
    r"\s*(?:[①-⑳㉠-㉻❶-❿➀-➓]|\(?[0-9]{1,2}\)|[(\[]?[가나다라마바사아자차카타파하][)\]]"
    r"|[가나다라마바사아자차카타파하]\.(?=\s|\p{L})|[0-9]{1,2}\.(?=\s|\p{L})(?!\s?[0-9]{1,2}\.)|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\.?)\s*"
)
_LETTERS = regex.compile(
    r"(?<![\p{L}\d])\p{Hangul}(?:[ \t\n\u00a0\u3000]+\p{Hangul})+(?![\p{L}\d])"
)
_LONE_WORDS = frozenset(("및", "등", "외", "내", "중", "후", "전", "수", "시", "각", "총", "본"))
"""Words of one syllable: two of them with a space between are no spaced word."""

_MARKS = regex.compile(r"[\s\p{P}\p{S}]+")
_TOTALS: tuple[tuple[TotalKind, frozenset[str]], ...] = (
    ("running_total", frozenset(("누계", "누적", "누적계", "누적합계", "누적실적", "총누계"))),
    ("subtotal", frozenset(("소계", "부분합", "중계", "소합계"))),
    (
        "total",
        frozenset(
            ("계", "합계", "총계", "총합계", "합산", "전체", "전체합계", "총합", "총액", "합")
        ),
    ),
)
_SERIALS = frozenset(
    ("연번", "번호", "순번", "no", "일련번호", "연 번", "순서", "순", "번", "차수")
)
_RATE_STEMS = (
    "달성", "집행", "진행", "이행", "수행", "시행", "실행", "추진", "진도", "진척", "공정", "증감",
    "증가", "감소", "참여", "운영", "운용", "이용", "활용", "가동", "취업", "이수", "수납", "징수",
    "회수", "보급", "확보", "완료", "처리", "점유", "출석", "교부", "편성", "반영", "이월", "불용",
    "성장", "정산",
)  # fmt: skip
_OTHER_KEYWORDS = (
    "구성비", "예산액", "예산현액", "집행액", "집행잔액", "사업비", "총사업비", "지원액", "지원금",
    "교부액", "정산액", "반납액", "불용액", "이월액", "합계", "소계", "총계", "누계", "잔액",
    "목표", "실적", "단위", "비고", "구분",
)  # fmt: skip
_KEYWORDS = (*(f"{stem}률" for stem in _RATE_STEMS), *_OTHER_KEYWORDS)
_LIKE_RATE = frozenset("률율를을룰울룔올")
_RATE = regex.compile(r"(?<=[\p{Hangul}])율(?=$|을|은|이)")


def clean_label(text: str) -> str:
    """Return a label without bullets, numbering, letter spacing and remnants of markup.

    Examples:
        >>> clean_label("합    계")
        '합계'
        >>> clean_label("1) 인건비")
        '인건비'
        >>> clean_label("평생학습 도서관")
        '평생학습 도서관'
    """
    label = _INVISIBLE.sub("", _REMNANT.sub(" ", text))
    label = _strip_lead(label)
    joined: str = _LETTERS.sub(_join_letters, label)
    return " ".join(joined.split())


def squeeze_label(text: str) -> str:
    """Return a key under which two spellings of one label are equal.

    White space, punctuation and the case of Latin letters do not count; 율 and 률 are one.

    Examples:
        >>> squeeze_label("집 행 율(%)") == squeeze_label("집행률 (%)")
        True
    """
    key: str = _RATE.sub("률", _MARKS.sub("", clean_label(text)).casefold())
    return key


def total_kind(label: str) -> TotalKind | None:
    """Tell whether a row or column is a total, a subtotal or a running total by its label.

    Examples:
        >>> total_kind("총    계"), total_kind("소 계"), total_kind("총 4개 기업")
        ('total', 'subtotal', None)
    """
    word = squeeze_label(regex.sub(r"[(\[（][^()\[\]]*[)\]）]", "", label))
    for kind, words in _TOTALS:
        if word in words:
            return kind
    return None


def is_serial_heading(text: str) -> bool:
    """Tell whether a heading is that of a column of serial numbers (연번, 번호, No)."""
    return squeeze_label(text).rstrip("º°") in _SERIALS


def heading_key(text: str, known: Iterable[str] = _KEYWORDS) -> str:
    """Return the heading word that was meant, where a misreading changed one syllable of it.

    Args:
        text: a heading as printed, such as 달성을 or 달성을률 for 달성률.
        known: the words to compare with.

    Returns:
        The known word that is equal, or the only one that is a misreading away; otherwise the
        squeezed text itself. Words of two syllables must be equal, as too many are neighbours.

    Examples:
        >>> heading_key("달성을"), heading_key("달성을률"), heading_key("사업명")
        ('달성률', '달성률', '사업명')
    """
    key = squeeze_label(text)
    words = [squeeze_label(word) for word in known]
    if key in words:
        return key
    near = {word for word in words if len(word) >= 3 and _is_misread(key, word)}
    return near.pop() if len(near) == 1 else key


def _strip_lead(label: str) -> str:
    while True:
        match = _BULLET.match(label) or _NUMBERING.match(label)
        if match is None or match.end() == len(label) or not match[0].strip():
            return label
        label = label[match.end() :]


def _join_letters(match: regex.Match[str]) -> str:
    syllables = match[0].split()
    if len(syllables) == 2 and all(syllable in _LONE_WORDS for syllable in syllables):
        return " ".join(syllables)
    return "".join(syllables)


def _is_misread(text: str, word: str) -> bool:
    """Tell whether one syllable was misread so that `word` became `text`.

    The last syllable tells 교부액 from 교부일, so only that of a rate may differ, and only by what
    looks like 률; an extra syllable must look like it, too. Others may differ by one letter.
    """
    if len(text) == len(word) + 1 and word[-1] == "률":
        return text[-1] in _LIKE_RATE and text[-2] in _LIKE_RATE and text[:-2] == word[:-1]
    if len(text) != len(word):
        return False
    wrong = [place for place, char in enumerate(word) if text[place] != char]
    if len(wrong) != 1:
        return False
    if wrong[0] == len(word) - 1:
        return word[-1] == "률" and text[-1] in _LIKE_RATE
    return _count_letters_apart(text[wrong[0]], word[wrong[0]]) == 1


def _count_letters_apart(left: str, right: str) -> int:
    parts = (unicodedata.normalize("NFD", char) for char in (left, right))
    return sum(a != b for a, b in zip_longest(*parts))
