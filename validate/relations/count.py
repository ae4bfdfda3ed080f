"""COUNT: as many things are listed as a number says: 4개동(가동, 나동, 다동, 라동)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.records import Place
from normalize.records import Fact, Report
from validate.announced import listings_of
from validate.listed import slashed_lists
from validate.passages import Mention, Passage, passages_of
from validate.records import Operand, Relation, RelationKind
from validate.rosters import counted_kinds, counted_names
from validate.tables import is_summable
from validate.vocabulary import PARTIAL_LISTS

_LIST = re.compile(r"^\s?[가-힣]{0,4}\s?[(（]([^()（）]{3,})[)）]")
_NAME = re.compile(r"^[^\d]*[가-힣A-Za-z][^\d]*\d{0,2}[가-힣A-Za-z]*$")
_DAY = re.compile(r"^\d{1,2}[.월]\s?\d{1,2}[.일]?$")


def propose(report: Report) -> Iterator[Relation]:
    """Yield counts before a bracket of names, above a list of rows, and beside lists of names."""
    for passage in passages_of(report):
        for mention in passage.mentions:
            names = _names_after(passage, mention)
            if names is not None:
                yield _relation(mention.fact, len(names), mention.fact.place)
    for listing in listings_of(report):
        yield _relation(listing.whole, listing.row_count, listing.table.grid.place)
    for whole, cell, count in slashed_lists(report):
        yield _relation(whole, count, cell.place)
    for counted in (*counted_kinds(report), *counted_names(report)):
        yield _relation(counted.whole, counted.count, counted.cell.place)


def _names_after(passage: Passage, mention: Mention) -> tuple[str, ...] | None:
    fact = mention.fact
    if not is_summable(fact) or fact.value_unit in ("won", None) or fact.is_approximate:
        return None
    found = _LIST.match(passage.text[mention.end :])
    if found is None or PARTIAL_LISTS.search(found.group(1)):
        return None
    start = mention.end + found.start(1)
    inside = [m for m in passage.mentions if start <= m.start < mention.end + found.end(1)]
    names = tuple(re.split(r"\s*[,，、]\s*", found.group(1).strip()))
    if len(names) < 2:
        return None
    if all(_DAY.match(name) for name in names):
        return names  # 간담회 2회(4.12, 4.21)
    return None if inside or not all(_NAME.match(name) for name in names) else names


def _relation(whole: Fact, count: int, place: Place) -> Relation:
    """State that a count equals a list; the list has no row among the facts of the dataset."""
    listed = Fact(
        fact_id="",
        document_id=whole.document_id,
        measure="count",
        label=whole.label,
        indicator="listed",
        raw=str(count),
        value=Decimal(count),
        value_unit=whole.value_unit,
        place=place,
    )
    return Relation(
        kind="count",
        result=whole,
        operands=(Operand(fact=listed),),
        basis="pattern",
        rule="as many things are listed as are counted",
    )


KIND = RelationKind(code="count", propose=propose)
