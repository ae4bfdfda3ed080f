"""Finds every reported number of a text, with its unit, its span and the words beside it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from normalize import mention_patterns as patterns
from normalize.funding import funding_of
from normalize.mention_groups import fund_before, relate_quantities
from normalize.numbers import flatten_marks, negate, read_number, read_worded_number
from normalize.personal.numbers import find_numbers
from normalize.records import FundingSource, Number, Quantity, Unit
from normalize.units import heading_unit, read_unit

_HUNDRED = Decimal(100)
_MISS = 10
_HOURS = 24
_MINUTES = 60
_YEAR_DIGITS = 4
_NEGATIVE = "△▲▽▼∆-"
_WON_SIGNS = ("₩", "￦")
_REACH = 60
"""How far to look back for the words that make a bare number a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """A text with what was already taken from it."""

    text: str
    flat: str
    in_cell: bool
    taken: bytes
    """One byte a character, 1 where something was taken; long texts need the quick look-up."""

    def is_free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def take(self, spans: Iterable[tuple[int, int]]) -> "_Search":
        taken = bytearray(self.taken)
        for start, end in spans:
            taken[start:end] = bytes([1]) * (end - start)
        return replace(self, taken=bytes(taken))


def find_quantities(text: str, *, in_cell: bool = False) -> tuple[Quantity, ...]:
    """Find the reported numbers of a text.

    Args:
        text: a line, a paragraph or a cell; line breaks count as blanks.
        in_cell: whether the text is the cell of a column of numbers. Then bare numbers, nil marks
            and 미정 count as well; in running text a number needs a unit, a funding word or a
            label beside it.

    Returns:
        Quantities in the order of the text, with spans in code points of `text`. The parts of a
        ratio share one span; otherwise spans do not overlap. Dates, ordinals, addresses, numbers of
        persons (phones, accounts) and numbers inside names are left out.

    Examples:
        >>> [q.raw for q in find_quantities("2개팀 14명 육성, 3층(276㎡), 2차 교부")]
        ['2개팀', '14명', '276㎡']
    """
    flat = flatten_marks(text)
    personal = [(span.start, span.end) for span in find_numbers(text)]
    whole = _read_whole_cell(text, flat) if in_cell and not personal else None
    if whole is not None:
        return (whole,)
    search = _Search(text=text, flat=flat, in_cell=in_cell, taken=bytes(len(flat)))
    search = search.take(match.span() for match in patterns.BLOCKED.finditer(flat)).take(personal)
    found: list[Quantity] = []
    for finder in _FINDERS:
        hits = list(finder(search))
        found += hits
        search = search.take((hit.start, hit.end) for hit in hits)
    found.sort(key=lambda quantity: (quantity.start, quantity.end))
    return relate_quantities(flat, found)


def _read_whole_cell(text: str, flat: str) -> Quantity | None:
    stripped = text.strip()
    number = read_number(stripped)
    if patterns.CELL_RANGE.fullmatch(flat):
        number = Number(state="undecided")
    if number.state in ("blank", "text"):
        return None
    start = text.index(stripped)
    return Quantity(raw=stripped, start=start, end=start + len(stripped), number=number)


def _find_tiles(search: _Search) -> Iterator[Quantity]:
    """A line that is only a number and what it counts: 14 매장, 77,220 매출(천원)."""
    match = patterns.TILE.fullmatch(search.flat)
    if match is None or not search.is_free(*match.span("number")):
        return
    unit = read_unit(match["unit"]) if match["unit"] else Unit(name="개")
    if unit is not None:
        end = len(search.text.rstrip())
        yield replace(
            _quantity(search, (match.start("number"), end), read_number(match["number"]), unit),
            counted=match["noun"],
        )


def _find_ratios(search: _Search) -> Iterator[Quantity]:
    for match in patterns.RATIO.finditer(search.flat):
        parts = [read_number(part) for part in match.captures("part")]
        values = [part.value for part in parts if part.value is not None]
        is_percent = sum(values) == _HUNDRED or _is_meant_as_shares(values)
        if len(values) < len(parts) or not (is_percent or len(parts) > 2):
            continue
        if not search.is_free(*match.span()):
            continue
        unit = Unit(name="percent", evidence="cell") if is_percent else None
        sources = _sources_of_ratio(
            search.flat[max(0, match.start() - _REACH) : match.start()], len(parts)
        )
        for number, source in zip(parts, sources, strict=True):
            quantity = _quantity(search, match.span(), number, unit)
            yield replace(quantity, share="ratio", group=match.start(), funding_source=source)


def _is_meant_as_shares(values: Sequence[Decimal]) -> bool:
    """Tell whether three parts and more that miss 100 by little are shares: 50:32.5:18.5.

    Hours, minutes and seconds are none.
    """
    is_time = values[0] < _HOURS and all(value < _MINUTES and value % 1 == 0 for value in values)
    return len(values) > 2 and abs(sum(values) - _HUNDRED) <= _MISS and not is_time


def _sources_of_ratio(before: str, count: int) -> list[FundingSource | None]:
    """Read 국비:시비:구비 before a ratio, where it names as many sources as there are parts."""
    match = patterns.RATIO_SOURCES.search(before)
    words = match.captures("fund") if match is not None else []
    if len(words) != count:
        return [None] * count
    return [funding_of(word, short=True) for word in words]


def _find_whole_shares(search: _Search) -> Iterator[Quantity]:
    """전액 구비: all of it, one hundred percent."""
    for match in patterns.WHOLLY.finditer(search.flat):
        number = Number(state="number", value=_HUNDRED)
        unit = Unit(name="percent", printed=match[0], evidence="cell")
        quantity = _quantity(search, match.span(), number, unit)
        yield replace(quantity, funding_source=funding_of(match["fund"]))


def _find_ranges(search: _Search) -> Iterator[Quantity]:
    """1~3억원 is no single value: it is kept with its unit and without a value."""
    for match in patterns.RANGE.finditer(search.flat):
        if search.is_free(*match.span()) and not _is_ordinal(search, match.start()):
            yield from _read_range(search, match)


def _read_range(search: _Search, match: regex.Match[str]) -> Iterator[Quantity]:
    unit = _unit_of(match["unit"])
    if unit is None:
        return
    high, multiplier = read_worded_number(match["high"])
    if unit.name != "세":
        unit = replace(unit, multiplier=unit.multiplier * multiplier)
        yield _quantity(search, match.span(), Number(state="undecided"), unit)
        return
    # An age range is two limits, each of them a figure of its own.
    low = _quantity(search, match.span("low"), read_number(match["low"]), unit)
    top = _quantity(search, (match.start("high"), match.end()), high, unit)
    yield replace(low, share="pair", group=match.start(), bound="min")
    yield replace(top, share="pair", group=match.start(), bound="max")


def _find_pairs(search: _Search) -> Iterator[Quantity]:
    """70/163%: two numbers under one unit."""
    for match in patterns.PAIR.finditer(search.flat):
        unit = _unit_of(match["unit"])
        if unit is None or not search.is_free(*match.span()):
            continue
        first, second = read_number(match["first"]), read_number(match["second"])
        spans = ((first, match.span("first")), (second, (match.start("second"), match.end())))
        for number, span in spans:
            quantity = _quantity(search, span, number, unit)
            yield replace(quantity, share="pair", group=match.start())


def _find_amounts(search: _Search) -> Iterator[Quantity]:
    for match in patterns.AMOUNT.finditer(search.flat):
        yield from _read_amount(search, match)


def _find_money(search: _Search) -> Iterator[Quantity]:
    """50억, 2조 78억: money though 원 is left out."""
    for match in patterns.MONEY_ONLY.finditer(search.flat):
        if search.is_free(*match.span()):
            number, multiplier = read_worded_number(match["number"])
            printed = _print_unit(match["number"], "")
            unit = Unit(name="won", multiplier=multiplier, printed=printed, evidence="cell")
            yield _signed_quantity(search, match, number, unit)


def _find_tenures(search: _Search) -> Iterator[Quantity]:
    """임기 2년, or a cell that begins with 2년."""
    yield from _find_terms(search, patterns.TENURE)


def _find_cell_terms(search: _Search) -> Iterator[Quantity]:
    if search.in_cell:
        yield from _find_terms(search, patterns.CELL_TERM)


def _find_terms(search: _Search, shape: regex.Pattern[str]) -> Iterator[Quantity]:
    for match in shape.finditer(search.flat):
        if len(match["number"]) < _YEAR_DIGITS and search.is_free(*match.span("number")):
            yield from _read_amount(search, match)


def _find_bare(search: _Search) -> Iterator[Quantity]:
    """Numbers without a unit that a comma, a funding word, 총 or a label makes a quantity."""
    for match in patterns.BARE.finditer(search.flat):
        if search.is_free(*match.span("number")) and _is_reported(search, match):
            label = search.flat[max(0, match.start() - _REACH) : match.start()].rstrip()
            unit = heading_unit(label[:-1]) if label.endswith(":") else None
            if label.endswith(_WON_SIGNS):
                unit = Unit(name="won", printed=label[-1], evidence="cell")
            yield _signed_quantity(search, match, read_number(match["number"]), unit)


def _is_reported(search: _Search, match: regex.Match[str]) -> bool:
    flat, start, end = search.flat, match.start(), match.end()
    if _is_ordinal(search, start):
        return False
    if "," in match["number"]:
        return True
    if fund_before(flat, start) is not None:
        return bool(patterns.END_OF_SHARE.match(flat, end))
    if not patterns.END_OF_ITEM.match(flat, end) or patterns.NUMBERING.match(flat, end):
        return False
    before = flat[max(0, start - _REACH) : start]
    if patterns.BEFORE_BARE.search(before):
        return True
    return bool(patterns.AFTER_COLON.search(before)) and not patterns.NOT_MEASURED.search(before)


def _find_items(search: _Search) -> Iterator[Quantity]:
    """Bare numbers in a bracket that splits a number: 500명(남 250, 여 250)."""
    for match in patterns.ITEMS.finditer(search.flat):
        for start, end in match.spans("number"):
            if search.is_free(start, end):
                number = read_number(search.flat[start:end])
                yield _quantity(search, (start, end), number, None)


def _find_in_cell(search: _Search) -> Iterator[Quantity]:
    if not search.in_cell:
        return
    for match in patterns.CELL_BARE.finditer(search.flat):
        if search.is_free(*match.span("number")):
            yield _signed_quantity(search, match, read_number(match["number"]), None)
    for match in patterns.CELL_NIL.finditer(search.flat):
        if match.start() > 0 and search.is_free(*match.span()):
            yield _quantity(search, match.span(), Number(state="nil"), None)


_FINDERS: tuple[Callable[[_Search], Iterator[Quantity]], ...] = (
    _find_tiles,
    _find_whole_shares,
    _find_ranges,
    _find_ratios,
    _find_pairs,
    _find_amounts,
    _find_money,
    _find_tenures,
    _find_cell_terms,
    _find_bare,
    _find_items,
    _find_in_cell,
)
"""In order of precedence: what one takes, the next does not see."""


def _read_amount(search: _Search, match: regex.Match[str]) -> Iterator[Quantity]:
    start = match.start("sign") if match["sign"] else match.start("number")
    if not search.is_free(start, match.end()) or _is_ordinal(search, start):
        return
    if _is_place_name(search.flat, start, match["unit"]):
        return
    noun = match.groupdict().get("noun")
    unit = _unit_of(match["unit"])
    if unit is None:
        return
    number, multiplier = read_worded_number(match["number"])
    printed = _print_unit(match["number"], match["unit"])
    unit = replace(unit, multiplier=unit.multiplier * multiplier, printed=printed)
    quantity = _signed_quantity(search, match, number, unit)
    yield replace(quantity, counted=noun or "", is_approximate=bool(match["over"]))


def _signed_quantity(
    search: _Search, match: regex.Match[str], number: Number, unit: Unit | None
) -> Quantity:
    sign = match["sign"] or ""
    start = match.start("sign") if sign else match.start("number")
    if sign.strip() and sign.strip() in _NEGATIVE:
        number = negate(number)
    return _quantity(search, (start, match.end()), number, unit)


def _quantity(
    search: _Search, span: tuple[int, int], number: Number, unit: Unit | None
) -> Quantity:
    start, end = span
    return Quantity(raw=search.text[start:end], start=start, end=end, number=number, unit=unit)


def _unit_of(word: str) -> Unit | None:
    unit = read_unit(word)
    if unit is None:
        return None
    return replace(unit, printed=word, evidence="cell")


def _print_unit(number: str, unit: str) -> str:
    """Return the unit as printed, with the words of scale before it: 백만원, 천만 원."""
    words: str = regex.sub(rf"^.*{patterns.NUMBER}\s?여?\s?", "", number)
    return (words + unit).strip()


def _is_ordinal(search: _Search, start: int) -> bool:
    return patterns.ORDINAL_BEFORE.search(search.flat[max(0, start - 6) : start]) is not None


def _is_place_name(flat: str, start: int, unit: str) -> bool:
    """가나2동 is a place; 총4동 and 4개동 are counts."""
    before = flat[max(0, start - 1) : start]
    return unit == "동" and bool(regex.match(r"\p{Hangul}", before)) and before not in "총약각"
