"""FUNDING_SPLIT: an amount equals the sum of its sources: 계 = 국비 + 시비 + 구비 + 기타."""

from collections.abc import Iterator

from normalize.records import Fact, Report
from validate.records import Operand, Relation, RelationKind
from validate.sums import table_relations


def propose(report: Report) -> Iterator[Relation]:
    """Yield splits over columns or rows, and splits in a bracket beside the amount."""
    yield from table_relations(report, "funding_split")
    yield from _bracket_splits(report)


def _bracket_splits(report: Report) -> Iterator[Relation]:
    """Yield an amount with the sourced amounts behind it: 63,500 (시비 40,000, 구비 23,500)."""
    whole: Fact | None = None
    parts: list[Fact] = []
    for fact in report.facts:
        if whole is not None and _continues(whole, parts, fact):
            parts.append(fact)
            continue
        yield from _close(whole, parts)
        starts = fact.value_unit == "won" and fact.funding_source in (None, "total")
        whole, parts = (fact, []) if starts else (None, [])
    yield from _close(whole, parts)


def _continues(whole: Fact, parts: list[Fact], fact: Fact) -> bool:
    """Tell whether a fact is a part; one of another name counts: (국 5, 시 3, 마사회 2)."""
    if fact.funding_source == "total" or fact.value_unit != "won":
        return False
    if fact.funding_source is None and not (
        parts and not _is_bare(whole) and _is_bare(fact) and _is_on_one_line(parts[-1], fact)
    ):
        return False
    if len(parts) > 1 and sum(part.value or 0 for part in parts) == whole.value:
        return False  # what follows is no part: 5(국 3, 시 2) ※ 구비 1 별도
    if any(part.funding_source == fact.funding_source not in (None, "other") for part in parts):
        return False
    if fact.table_id is not None or whole.table_id is not None:
        here = (fact.table_id, fact.row, fact.col)
        return here == (whole.table_id, whole.row, whole.col)
    return _is_near(parts[-1] if parts else whole, fact)


def _is_bare(fact: Fact) -> bool:
    return fact.raw.replace(",", "").replace(".", "").isdecimal()


def _is_on_one_line(before: Fact, fact: Fact) -> bool:
    return (before.place.line_no, before.place.y0) == (fact.place.line_no, fact.place.y0)


def _is_near(before: Fact, fact: Fact) -> bool:
    """Tell whether a fact of running text stands on the same line or right below."""
    if before.place.line_no is not None and fact.place.line_no is not None:
        return 0 <= fact.place.line_no - before.place.line_no <= 2
    if before.place.page != fact.place.page or before.place.y1 is None or fact.place.y0 is None:
        return False
    height = before.place.y1 - (before.place.y0 or before.place.y1)
    return fact.place.y0 - before.place.y1 <= max(height, 1.0)


def _close(whole: Fact | None, parts: list[Fact]) -> Iterator[Relation]:
    if whole is None or not parts or (len(parts) == 1 and not _is_whole_source(whole, parts[0])):
        return
    yield Relation(
        kind="funding_split",
        result=whole,
        operands=tuple(Operand(fact=part) for part in parts),
        basis="label",
        rule="an amount equals the sum of its sources",
    )


def _is_whole_source(whole: Fact, part: Fact) -> bool:
    """A single source beside an amount in one table cell pays all of it: 63,500 (구비 63,500)."""
    return whole.table_id is not None and whole.table_id == part.table_id


KIND = RelationKind(code="funding_split", propose=propose)
