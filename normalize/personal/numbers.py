"""Phones, e-mails and numbers that belong to a person, found by their form and their label."""

from collections.abc import Callable, Iterator
from typing import Final

import regex

from normalize.personal.records import Kind, Span
from normalize.personal.signs import flatten_signs

_NOT_AFTER: Final = r"(?<![0-9A-Za-z])(?<![0-9][.,-])(?<![0-9A-Za-z]_)"
_NOT_BEFORE: Final = r"(?![0-9]|[.,-][0-9]|[A-Za-z]|\s?[-.)]?\s?\*)"
_UNITS: Final = "명원건개회천만백억조대호㎡평석면실층인톤%점년월일배차"
_COUNTED: Final = rf"(?!\s?(?:[{_UNITS}]|번지|필지|kg|km|m))"
"""A unit after it makes a number an amount."""
_PHONE_WORD: Final = (
    r"(?:전\s?화(?:\s?번\s?호)?|연\s?락(?:\s?처)?|휴대\s?(?:폰|전화)|핸드폰|비상망|[☎☏✆℡]"
    r"|\N{TELEPHONE RECEIVER}"
    r"|(?<![A-Za-z])(?:tel|fax|phone|mobile|cell|h\.?p|c\.?p|[tfm](?=\s?[.:)]))|팩\s?스|모사전송"
    r"|문\s?의(?:처)?|직통|내선|구내|상담번호)"
)
_PHONE_BEFORE: Final = regex.compile(
    rf"{_PHONE_WORD}(?:[^.!?。\n]|\.(?!\s)|(?<=[A-Za-z]\.)\s|\n(?=\s?[(0-9])){{0,30}}$", regex.I
)
_PHONE_RIGHT_BEFORE: Final = regex.compile(
    rf"{_PHONE_WORD}(?:\s?번호)?\s?[.:)\]]{{0,2}}\s?\(?$", regex.I
)
_OFFICIAL_BEFORE: Final = regex.compile(
    r"(?:과장|팀장|계장|국장|실장|주무관|사무관|주사|담당자?|연구원|직원|비서)\s?(?:[가-힣○*]{2,4})?"
    r"\s?[(:,]?\s?$"
)
_IN_BRACKET: Final = regex.compile(r"[가-힣○*]\s?\(\s?$")
_CODE_BEFORE: Final = regex.compile(
    r"(?:코드|(?<!전화|폰|팩스|내선|연락|직통|주민|주민등록|외국인등록|국내거소신고)\s?번호|과목|지번"
    r"|조문|식별자|NO|No)\s?[.:)\]]?\s?\(?$"
)
_FIRM_BEFORE: Final = regex.compile(r"(?:법인|사업자|등기)[가-힣\s]{0,8}번호\s?[.:)]?\s?\(?$")
_FULL: Final = regex.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=tel|fax|hp|TEL|FAX|HP|Tel|Fax))(?<![0-9][.,-])(?<!제)"
    r"(?P<area>(?:\(\s?)?0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|1[016-9]|[78]0|50[0-9]?|130|303)(?:\s?\))?)"
    r"(?P<first>\s{0,2}[-.·/)]?\s{0,2})(?P<office>[0-9]{3,4})"
    r"(?P<second>\s{0,2}[-.·/]?\s{0,2})(?P<last>[0-9]{4})(?![0-9A-Za-z]|[,.][0-9]|\s?호)"
    r"(?P<more>\s?~\s?[0-9]{1,4}(?![0-9,.]))?"
)
_ABROAD: Final = regex.compile(
    r"(?<![0-9A-Za-z])(?:\+\s?|00)82[\s.)-]{0,3}(?:\(0\)\s?)?0?[1-9][0-9]?[\s.)-]{0,3}"
    r"[0-9]{3,4}[\s.-]{0,3}[0-9]{4}(?![0-9])"
)
_SPACED: Final = regex.compile(
    rf"{_NOT_AFTER}0(?:\s?[0-9]){{1,2}}\s?[-)]\s?[0-9](?:\s?[0-9]){{2,3}}\s?-\s?"
    r"[0-9](?:\s?[0-9]){3}(?!\s?[0-9,])"
)
_LOCAL: Final = regex.compile(
    rf"{_NOT_AFTER}(?P<office>[0-9]{{3,4}})(?P<sep>\s?-\s?|[. ])(?P<last>[0-9]{{4}})"
    rf"(?P<more>\s?~\s?[0-9]{{1,4}}(?![0-9,.]))?{_NOT_BEFORE}{_COUNTED}"
)
_EXTENSION: Final = regex.compile(
    r"(?:내선|구내(?:전화)?|교환|행정전화|(?<![A-Za-z])ext)\s?(?:번호)?\s?[.:)]?\s?\(?\s?"
    rf"(?P<number>[0-9]{{2,5}}(?:\s?[~,/]\s?[0-9]{{2,5}})?){_NOT_BEFORE}{_COUNTED}"
    rf"|(?:전\s?화\s?번\s?호|연\s?락\s?처)\s?:\s?(?P<number>[0-9]{{4,5}}){_NOT_BEFORE}{_COUNTED}"
    rf"|[☎☏✆]\s?(?P<number>[0-9]{{4,5}}(?:\s?[~,]\s?[0-9]{{1,5}})?){_NOT_BEFORE}{_COUNTED}",
    regex.I,
)
_LABEL_OF_HOST: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL: Final = regex.compile(
    r"(?<![A-Za-z0-9._%+-])(?:[A-Za-z0-9_][A-Za-z0-9._%+-]*+|(?<![가-힣])[가-힣]{2,4}(?=@))\s{0,2}(?:@|\(at\)|\[at\])\s{0,2}"
    rf"(?:{_LABEL_OF_HOST}(?:\.{_LABEL_OF_HOST})*\.[A-Za-z]{{2,}}"
    rf"|{_LABEL_OF_HOST}(?:\s?\.\s?{_LABEL_OF_HOST}){{0,3}}\s?\.\s?[A-Za-z]{{2,}})"
)
_RESIDENT: Final = regex.compile(
    r"(?<![0-9A-Za-z-])[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"(?P<sep>\s{0,2}-\s{0,2}|\s?)(?P<second>[1-8][0-9]{6}|[1-8]?[*●○◯xX#]{6,7})(?![0-9A-Za-z-])"
)
_RESIDENT_BEFORE: Final = regex.compile(r"(?:주민|외국인|거소)[가-힣()\s]{0,10}[.:]?\s?\(?$")
_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_LABELS: Final[tuple[tuple[Kind, str, str], ...]] = (
    ("document", r"면허(?:\s?번호)?", r"(?:[0-9]{2}\s?-\s?){2}[0-9]{6}\s?-\s?[0-9]{2}"),
    ("document", r"여권(?:\s?번호)?", r"[A-Z]{1,2}[0-9]{7,8}|[A-Z][0-9]{3}[A-Z][0-9]{4}"),
    ("account", r"계\s?좌(?:\s?번호)?", r"[0-9]{2,6}(?:\s?-\s?[0-9]{1,8}){1,3}|[0-9]{10,16}"),
    (
        "account",
        r"은행|농협|신협|새마을금고|우체국",
        r"[0-9]{3,6}-[0-9]{2,6}-[0-9]{5,8}(?:-[0-9]{1,3})?",
    ),
    ("account", r"카드\s?번호", r"[0-9]{4}(?:[-\s]?[0-9]{4}){3}"),
    (
        "birth",
        r"생\s?년\s?월\s?일|출생일자?",
        r"(?:[0-9]{4}|[0-9]{2})\s?[-./년]\s?[0-9]{1,2}\s?[-./월]\s?[0-9]{1,2}|[0-9]{8}|[0-9]{6}",
    ),
)
_LABELLED: Final = tuple(
    (kind, regex.compile(rf"(?:{label})[^0-9A-Za-z\n]{{0,12}}(?P<number>{number}){_NOT_BEFORE}"))
    for kind, label, number in _LABELS
)
_PLATE: Final = regex.compile(
    r"(?:차량|자동차)\s?(?:등록)?\s?번호판?\s?[:.)]?\s?"
    r"(?P<number>(?:[가-힣]{2}\s?)?[0-9]{2,3}\s?[가-힣]\s?[0-9]{4})(?![0-9])"
)
_MOBILE: Final = ("010", "011", "016", "017", "018", "019")
_IS_WORTH_A_LOOK: Final = regex.compile(
    r"[0-9]\s{0,2}-\s{0,2}[0-9*●○◯xX#]|(?<![0-9,.])0[0-9]{1,2}\s?[\s.)/·]|(?<![0-9])0[0-9]{8}"
    r"|[0-9]{13}|@|[(\[]at[)\]]|[☎☏✆℡]|82|번\s?호|계\s?좌|여권|생\s?년|출생|내선|구내|교환|전\s?화"
    r"|연\s?락|문\s?의|은행|농협|신협|tel|fax|ext|[0-9][*●]",
    regex.I,
)


def find_numbers(text: str) -> tuple[Span, ...]:
    """Return the phones, e-mails and numbers of persons in a text, in order, none overlapping.

    A phone with its area code is known by its form, one without by a label (☎, 전화, 문의, 담당)
    near it. A resident number counts by its date of birth, since numbers given from October 2020
    on have no check digit. Passports, licences, accounts, plates and dates of birth count where a
    label says so. Numbers of firms (사업자, 법인) are no personal data.

    Examples:
        >>> [text[s.start:s.end] for text in ["문의 ☎ 2670-1234, 예산 2,670천원"]
        ...     for s in find_numbers(text)]
        ['2670-1234']
    """
    flat = flatten_signs(text)
    if _IS_WORTH_A_LOOK.search(flat) is None:
        return ()
    found: list[Span] = []
    for finder in _FINDERS:
        for span in finder(flat):
            if not any(one.start < span.end and span.start < one.end for one in found):
                found.append(span)
    return tuple(sorted(found, key=lambda span: span.start))


def _find_emails(flat: str) -> Iterator[Span]:
    for match in _EMAIL.finditer(flat):
        yield Span(kind="email", start=match.start(), end=match.end())


def _find_residents(flat: str) -> Iterator[Span]:
    for match in _RESIDENT.finditer(flat):
        before = flat[max(0, match.start() - 24) : match.start()]
        if _FIRM_BEFORE.search(before):
            continue
        digits = "".join(filter(str.isdigit, match[0]))
        is_labelled = _RESIDENT_BEFORE.search(before) is not None
        is_joined = "-" not in match["sep"]
        if is_joined and not is_labelled and (_CODE_BEFORE.search(before) or not _checks(digits)):
            continue
        yield Span(kind="resident", start=match.start(), end=match.end())


def _checks(digits: str) -> bool:
    """Tell whether the last of thirteen digits is the check digit of the others."""
    if len(digits) != len(_WEIGHTS) + 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return (11 - total % 11) % 10 == int(digits[-1])


def _find_labelled(flat: str) -> Iterator[Span]:
    for kind, pattern in _LABELLED:
        for match in pattern.finditer(flat):
            yield Span(kind=kind, start=match.start("number"), end=match.end("number"))
    for match in _PLATE.finditer(flat):
        yield Span(kind="plate", start=match.start("number"), end=match.end("number"))


def _find_abroad(flat: str) -> Iterator[Span]:
    for match in _ABROAD.finditer(flat):
        yield Span(kind="phone", start=match.start(), end=match.end())


def _find_full(flat: str) -> Iterator[Span]:
    for match in _FULL.finditer(flat):
        if _is_phone(match, flat):
            yield Span(kind="phone", start=match.start(), end=match.end())


def _is_phone(match: regex.Match[str], flat: str) -> bool:
    before = flat[max(0, match.start() - 40) : match.start()]
    if _CODE_BEFORE.search(before):
        return False
    area = match["area"].strip("( )")
    first, second = match["first"].strip(), match["second"].strip()
    is_bracketed = ")" in match["area"] or first == ")"
    is_labelled = _PHONE_BEFORE.search(before) is not None
    if _is_year(match["office"]) and _is_year(match["last"]) and not first:
        return False
    if is_labelled or is_bracketed:
        return True
    if area in _MOBILE:
        return bool(first or second or match["first"]) or (
            area == "010" and len(match["office"]) == 4
        )
    if _is_date_like(first, second, match):
        return False
    if match["first"] == match["second"] == " " and not before.strip()[-1:].isdigit():
        return sum(map(str.isdigit, flat)) == sum(map(str.isdigit, match[0])) and area == "02"
    is_tight = match["second"] in ("-", ".", "-\n", "\n-") and len(match["first"]) <= len(first) + 1
    return is_tight and (match["first"] in (" ", "-\n", "\n-") or match["first"] == first != "")


def _is_date_like(first: str, second: str, match: regex.Match[str]) -> bool:
    """Tell whether dots part a date or a section number and not a phone: no year at the end."""
    return "." in (first, second) and (first != second or _is_year(match["last"]))


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")


def _find_spaced(flat: str) -> Iterator[Span]:
    for match in _SPACED.finditer(flat):
        squeezed = "".join(match[0].split())
        before = flat[max(0, match.start() - 40) : match.start()]
        is_known = squeezed.startswith(_MOBILE) or _PHONE_BEFORE.search(before)
        if is_known and not _CODE_BEFORE.search(before):
            yield Span(kind="phone", start=match.start(), end=match.end())


def _find_local(flat: str) -> Iterator[Span]:
    for match in _LOCAL.finditer(flat):
        before = flat[max(0, match.start() - 40) : match.start()]
        if _CODE_BEFORE.search(before) or _is_range(match):
            continue
        is_labelled = _PHONE_RIGHT_BEFORE.search(before) is not None
        if "-" in match["sep"]:
            after = flat[match.end() :].lstrip()[:1]
            is_in_bracket = after == ")" and _IN_BRACKET.search(before) is not None
            near = _PHONE_BEFORE.search(before) or _OFFICIAL_BEFORE.search(before)
            is_labelled = is_labelled or is_in_bracket or near is not None
        if is_labelled:
            yield Span(kind="phone", start=match.start(), end=match.end())


def _is_range(match: regex.Match[str]) -> bool:
    """Tell whether a hyphen stands between two years or two round numbers."""
    office, last = match["office"], match["last"]
    if _is_year(office) and _is_year(last):
        return True
    return bool(office.endswith("00") and last.endswith("00"))


def _find_extensions(flat: str) -> Iterator[Span]:
    for match in _EXTENSION.finditer(flat):
        yield Span(kind="phone", start=match.start("number"), end=match.end("number"))


_FINDERS: Final[tuple[Callable[[str], Iterator[Span]], ...]] = (
    _find_emails,
    _find_residents,
    _find_labelled,
    _find_abroad,
    _find_full,
    _find_spaced,
    _find_local,
    _find_extensions,
)
"""In order of precedence: what one takes, the next does not see."""
