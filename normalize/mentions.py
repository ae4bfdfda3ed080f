"""Finds every reported number of a text, with its unit, its span and the words beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from normalize import mention_patterns as patterns
from normalize.funding import funding_of
from normalize.numbers import flatten_marks, read_number, read_worded_number
from normalize.records import FundingSource, Number, Quantity, Unit
from normalize.units import heading_unit, read_unit

_HUNDRED = Decimal(100)
_YEAR_DIGITS = 4
_NEGATIVE = "△▲▽▼∆-"
_MONEY_UNITS = (None, "won", "percent")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """A text with what was already taken from it."""

    text: str
    flat: str
    in_cell: bool
    taken: tuple[tuple[int, int], ...] = ()

    def is_free(self, start: int, end: int) -> bool:
        return all(end <= first or last <= start for first, last in self.taken)

    def take(self, quantities: list[Quantity]) -> "_Search":
        spans = tuple((quantity.start, quantity.end) for quantity in quantities)
        return replace(self, taken=self.taken + spans)


def find_quantities(text: str, *, in_cell: bool = False) -> tuple[Quantity, ...]:
    """Find the reported numbers of a text.

    Args:
        text: a line, a paragraph or a cell; line breaks count as blanks.
        in_cell: whether the text is the cell of a column of numbers. Then bare numbers, nil marks
            and 미정 count as well; in running text a number needs a unit, a funding word or a
            label beside it.

    Returns:
        Quantities in the order of the text, with spans in code points of `text`. The parts of a
        ratio share one span; otherwise spans do not overlap. Dates, ordinals, addresses, phones
        and numbers inside names are left out.

    Examples:
        >>> [q.raw for q in find_quantities("2개팀 14명 육성, 3층(276㎡), 2차 교부")]
        ['2개팀', '14명', '276㎡']
    """
    flat = flatten_marks(text)
    whole = _read_whole_cell(text, flat) if in_cell else None
    if whole is not None:
        return (whole,)
    blocked = tuple(match.span() for match in patterns.BLOCKED.finditer(flat))
    search = _Search(text=text, flat=flat, in_cell=in_cell, taken=blocked)
    found: list[Quantity] = []
    for finder in _FINDERS:
        hits = list(finder(search))
        found += hits
        search = search.take(hits)
    found.sort(key=lambda quantity: (quantity.start, quantity.end))
    described = [_describe(flat, quantity) for quantity in found]
    return _mark_groups(flat, _settle_sources(flat, described))


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
        is_percent = sum(values) == _HUNDRED
        if len(values) < len(parts) or not (is_percent or len(parts) > 2):
            continue
        if not search.is_free(*match.span()):
            continue
        unit = Unit(name="percent", evidence="cell") if is_percent else None
        sources = _sources_of_ratio(search.flat[: match.start()], len(parts))
        for number, source in zip(parts, sources, strict=True):
            quantity = _quantity(search, match.span(), number, unit)
            yield replace(quantity, share="ratio", group=match.start(), funding_source=source)


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
            label = search.flat[: match.start()].rstrip()
            unit = heading_unit(label[:-1]) if label.endswith((":", "：")) else None
            yield _signed_quantity(search, match, read_number(match["number"]), unit)


def _is_reported(search: _Search, match: regex.Match[str]) -> bool:
    before, after = search.flat[: match.start()], search.flat[match.end() :]
    if _is_ordinal(search, match.start()):
        return False
    if "," in match["number"]:
        return True
    if _fund_before(search.flat, match.start()) is not None:
        return bool(patterns.END_OF_SHARE.match(after))
    if not patterns.END_OF_ITEM.match(after):
        return False
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
    if sign.strip() and sign.strip() in _NEGATIVE and number.value is not None:
        number = replace(number, value=-number.value)
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
    """양평2동 is a place; 총4동 and 4개동 are counts."""
    before = flat[max(0, start - 1) : start]
    return unit == "동" and bool(regex.match(r"\p{Hangul}", before)) and before not in "총약각"


def _fund_before(flat: str, start: int) -> FundingSource | None:
    before = flat[max(0, start - 24) : start]
    match = patterns.FUND_WORD.search(before)
    if match is not None:
        return funding_of(match["fund"])
    match = patterns.SHORT_FUND.search(before)
    if match is not None and _is_in_bracket(flat, start):
        return funding_of(match["fund"], short=True)
    return None


def _is_in_bracket(flat: str, start: int) -> bool:
    """Tell whether a bracket is open here; it may have been opened on a line before."""
    opened, closed = flat.rfind("(", 0, start), flat.rfind(")", 0, start)
    if opened > closed:
        return True
    end = flat.find(")", start)
    return closed < 0 <= end and "(" not in flat[start:end]


def _describe(flat: str, quantity: Quantity) -> Quantity:
    """Add what stands beside a quantity: its source of money, 약, 이상, 이내."""
    unit = None if quantity.unit is None else quantity.unit.name
    source = quantity.funding_source
    if source is None and unit in _MONEY_UNITS and quantity.share != "ratio":
        source = _fund_before(flat, quantity.start)
    before = patterns.APPROXIMATE_BEFORE.search(flat[max(0, quantity.start - 6) : quantity.start])
    after = patterns.APPROXIMATE_AFTER.match(flat, quantity.end)
    words = [before[0].strip() if before else "", after["word"] if after else ""]
    bounds = [patterns.BOUNDS[word] for word in words if word in patterns.BOUNDS]
    if unit == "세" and patterns.TILDE.match(flat, quantity.end):
        bounds.append("min")
    elif unit == "세" and patterns.AFTER_TILDE.search(flat[: quantity.start]):
        bounds.append("max")
    return replace(
        quantity,
        funding_source=source,
        is_approximate=quantity.is_approximate or any(words),
        bound=bounds[-1] if bounds else quantity.bound,
    )


def _settle_sources(flat: str, found: list[Quantity]) -> list[Quantity]:
    """Let an amount in a bracket share the source before it; drop 기타 where no money is split.

    국비 50%(1,250백만원) names the source once; in 1,234명(일반직 1,110, 기타 124) 기타 is no source.
    """
    settled: list[Quantity] = []
    for place, quantity in enumerate(found):
        before = found[place - 1] if place else None
        if before is not None and _explains(flat, before, quantity):
            quantity = replace(quantity, funding_source=settled[-1].funding_source)
        settled.append(quantity)
    if any(quantity.funding_source not in (None, "other") for quantity in settled):
        return settled
    return [
        replace(quantity, funding_source=None)
        if flat[: quantity.start].rstrip(" :(").endswith("기타")
        else quantity
        for quantity in settled
    ]


def _explains(flat: str, before: Quantity, quantity: Quantity) -> bool:
    unit = None if quantity.unit is None else quantity.unit.name
    return (
        quantity.funding_source is None
        and unit in _MONEY_UNITS
        and flat[before.end : quantity.start].strip() == "("
        and flat[quantity.end :].lstrip().startswith(")")
    )


def _mark_groups(flat: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Number what belongs together: numbers of one bracket, lists of sources (국비 5, 시비 3)."""
    marked = list(found)
    for bracket in patterns.BRACKET.finditer(flat):
        inside = [
            place
            for place, quantity in enumerate(marked)
            if bracket.start() < quantity.start and quantity.end <= bracket.end()
        ]
        if _splits_a_number(flat, bracket.start(), [marked[place] for place in inside], marked):
            for place in inside:
                marked[place] = replace(marked[place], share="bracket", group=bracket.start())
    for run in _lists_of_sources(marked):
        for place in run:
            marked[place] = replace(marked[place], share="list", group=marked[run[0]].start)
    return tuple(marked)


def _splits_a_number(flat: str, start: int, inside: list[Quantity], found: list[Quantity]) -> bool:
    """A bracket splits a number when it follows one, and names sources or holds several."""
    if not inside or any(quantity.share is not None for quantity in inside):
        return False
    is_opening = not flat[:start].strip()
    follows = any(
        quantity.end <= start and not flat[quantity.end : start].strip() for quantity in found
    )
    named = regex.search(r"\p{Hangul}", flat[start : inside[0].start]) is not None
    if named and any(quantity.funding_source is not None for quantity in inside):
        return is_opening or follows or len(inside) > 1
    return follows and len(inside) > 1


def _lists_of_sources(found: list[Quantity]) -> Iterator[list[int]]:
    run: list[int] = []
    for place, quantity in enumerate(found):
        if quantity.funding_source is not None and quantity.share is None:
            run.append(place)
            continue
        if len(run) > 1:
            yield run
        run = []
    if len(run) > 1:
        yield run
