"""NARRATIVE: a number split up in words equals the sum of its parts: 3회(자체 1회, 합동 2회)."""

from collections import defaultdict
from collections.abc import Iterator

from normalize.records import Fact, Report
from validate.noted import noted_sums
from validate.passages import passages_of
from validate.records import Operand, Relation, RelationKind
from validate.splits import bracket_series, splits_of
from validate.worded import worded_sums


def propose(report: Report) -> Iterator[Relation]:
    """Yield the splits of running text and of worded cells; sources of money are another kind."""
    rows = _results_by_row(report)
    for passage in passages_of(report):
        for split in splits_of(passage):
            if not any(part.funding_source for part in split.parts):
                yield _relation(split.whole, split.parts, strict=split.is_strict)
        if passage.table_id is None or passage.row is None:
            continue
        series = bracket_series(passage)
        whole = rows.get((passage.table_id, passage.row, series[0].value_unit)) if series else None
        if whole is not None and whole not in series:
            yield _relation(whole, series, strict=False)
    for one in worded_sums(report):
        yield _relation(one.whole, one.parts, strict=False)
    for noted in noted_sums(report):
        yield _relation(noted.whole, noted.parts, strict=False)


def _results_by_row(report: Report) -> dict[tuple[str, int, str | None], Fact]:
    """Return what each row of a table reports as done, by unit, where that is one figure."""
    found: dict[tuple[str, int, str | None], list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.table_id and fact.row is not None and fact.measure == "actual":
            found[fact.table_id, fact.row, fact.value_unit].append(fact)
    return {key: facts[0] for key, facts in found.items() if len(facts) == 1}


def _relation(whole: Fact, parts: tuple[Fact, ...], *, strict: bool) -> Relation:
    return Relation(
        kind="narrative",
        result=whole,
        operands=tuple(Operand(fact=part) for part in parts),
        basis="label" if strict else "pattern",
        rule="a number that is split up in words equals the sum of its parts",
    )


KIND = RelationKind(code="narrative", propose=propose)
