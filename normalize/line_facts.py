"""Running text to facts: bullets, brackets, captions and number tiles."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import regex

from extract.headings import heading_level
from extract.records import Line
from normalize.fact_periods import (
    Surrounding,
    default_period,
    read_surrounding,
    text_period,
)
from normalize.funding import funding_before, funding_level
from normalize.labels import clean_label
from normalize.measures import Setting, basis_of, measure_of
from normalize.mentions import find_quantities
from normalize.records import Basis, Fact, Measure, Period, Profile, Quantity, Unit
from normalize.text_labels import (
    indicator_before,
    previous_end_of,
    programme_of,
    subject_of,
)

_SILENT_ROLES = frozenset({"furniture", "unit_note"})
_UNIT_UNKNOWN = Unit(name=None)
_BULLET_LEVEL = 4
_NEAR = 24
_BARE_TILE = regex.compile(r"^(?:\d{1,3}(?:,\d{3})+|[1-9]\d{2,})$")
_TILE_LABEL = regex.compile(r"^[^\d.]*[가-힣][^\d.]{0,20}$")


def read_line(
    line: Line,
    document_id: str,
    profile: Profile,
    above: str,
    term_of_office: tuple[date, date] | None = None,
) -> list[Fact]:
    """Return the facts of a line of running text, without ids.

    Args:
        line: the line.
        document_id: of the report.
        profile: what the report says of itself.
        above: the nearest printed line above, which names what a number tile counts.
        term_of_office: that the report is for, if it names one.
    """
    if line.role in _SILENT_ROLES or not line.run.text.strip():
        return []
    quantities = find_quantities(line.run.text) or _bare_tile(line, above)
    if not quantities:
        return []
    around = read_surrounding(tuple(reversed(line.section_path)), profile, term_of_office)
    facts: list[Fact] = []
    for item in range(len(quantities)):
        fact = _fact(line, quantities, item, document_id, around, above)
        if not fact.indicator and facts:
            fact = replace(fact, indicator=facts[-1].indicator)
        facts.append(_like_whole(fact, quantities, facts))
    return facts


def _like_whole(fact: Fact, quantities: Sequence[Quantity], facts: Sequence[Fact]) -> Fact:
    """Return a part in a bracket with the measure of the amount that the bracket splits."""
    quantity = quantities[fact.item]
    if quantity.share != "bracket":
        return fact
    whole = next((f for f in reversed(facts) if quantities[f.item].group != quantity.group), None)
    if whole is None or whole.value_unit != fact.value_unit:
        return fact
    period = whole.period if fact.funding_source else fact.period
    return replace(fact, measure=whole.measure, basis=whole.basis, period=period)


def _bare_tile(line: Line, above: str) -> tuple[Quantity, ...]:
    """Return a number that stands alone on its line below what it counts."""
    text = line.run.text.strip()
    if not _BARE_TILE.match(text) or not _TILE_LABEL.match(above):
        return ()
    return find_quantities(line.run.text, in_cell=True)


def _fact(
    line: Line,
    quantities: Sequence[Quantity],
    item: int,
    document_id: str,
    around: Surrounding,
    above: str,
) -> Fact:
    text = line.run.text
    quantity = quantities[item]
    previous_end = previous_end_of(quantities, item)
    unit = quantity.unit or _UNIT_UNKNOWN
    setting = Setting(
        nearest=text[max(0, quantity.start - _NEAR) : quantity.start].strip() or above,
        around=text,
        section=_sections(line),
        is_table=False,
    )
    measure = measure_of(unit.name, setting)
    if quantity.bound is not None and unit.name == "won":
        measure = "threshold"
    elif quantity.bound is None and measure == "age_limit":
        measure = "count"
    elif unit.name == "년":
        measure = "tenure"
    basis = basis_of(measure, setting)
    profile = around.profile
    number = quantity.number
    source = quantity.funding_source
    if source is None and unit.name == "won":
        source = funding_before(text, quantity.start)
    if source is None and measure == "total_cost":
        source = "total"
    return Fact(
        fact_id="",
        document_id=document_id,
        measure=measure,
        label=_subject(line, quantity, quantities[0].start, above, profile.title),
        indicator=indicator_before(text, quantity, previous_end),
        funding_source=source,
        funding_level=funding_level(source, profile.region_level, profile.region_name),
        basis=basis,
        period=_period(line, quantity, around, measure, basis)
        or default_period(measure, basis, around),
        raw=quantity.raw,
        raw_unit=unit.printed,
        value=None if number.value is None else number.value * unit.multiplier,
        value_unit=unit.name,
        value_likely=None if number.likely is None else number.likely * unit.multiplier,
        decimals=number.decimals,
        is_approximate=quantity.is_approximate,
        confidence=0.95 if quantity.unit else 0.8,
        place=line.run.slice(quantity.start, quantity.end).place,
        state=number.state,
        multiplier=unit.multiplier,
        section_path=line.section_path,
        item=item,
    )


def _sections(line: Line) -> tuple[str, ...]:
    """Return the headings above a line, innermost first, without the line itself."""
    own = line.run.text.strip()
    return tuple(name for name in reversed(line.section_path) if name != own)


def _subject(
    line: Line, quantity: Quantity, first_start: int, above: str, title: str | None
) -> str:
    """Return what the line is about; a line without words of its own takes those above it."""
    own = subject_of(line.run.text, quantity, first_start)
    if own:
        return own
    if above and not line.run.text[: quantity.start].strip():
        return clean_label(above)
    return programme_of(_sections(line)[::-1], title)


def _period(
    line: Line, quantity: Quantity, around: Surrounding, measure: Measure, basis: Basis
) -> Period | None:
    is_state = basis == "state" and measure in ("count", "headcount")
    own = text_period(line.run.text, quantity.start, around, is_state=is_state)
    if own is not None:
        return own
    for parent in _parents(line):
        period = text_period(parent, len(parent), around)
        if period is not None:
            return period
    return None


def _parents(line: Line) -> Iterator[str]:
    """Yield the bullets that a line stands under; headings date whole sections, not items."""
    for name in _sections(line):
        if (heading_level(name) or 0) >= _BULLET_LEVEL:
            yield name


def numbered(facts: Sequence[Fact], document_id: str) -> tuple[Fact, ...]:
    """Return the facts with ids that follow their order in the document."""
    return tuple(
        replace(fact, fact_id=f"{document_id[:12]}-f{number:06d}")
        for number, fact in enumerate(facts, 1)
    )
