"""Shares of sources behind an amount, 12억원(시비 40%, 구비 60%), and the table that splits it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from normalize.records import Fact, Report
from validate.figures import are_compatible
from validate.rates import is_rate
from validate.sums import Sum, stated_sums

_NEAR = 2
"""Lines from an amount to the bracket behind it."""
_ROUND = Decimal(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShare:
    """A printed share of a source, with the source's amount and the total at another place."""

    share: Fact
    part: Fact
    total: Fact


def source_shares(report: Report) -> Iterator[SourceShare]:
    """Yield each share of a source with the amounts of the one split that has the same total.

    Shares that are all multiples of five are the agreed ratio and no result of a division.
    """
    splits = [found for _, found in stated_sums(report) if found.group.is_funding_split]
    for whole, shares in _headed(report):
        if all(not (share.value or 0) % _ROUND for share in shares):
            continue
        meant = [one for one in splits if _is_same(one, whole)]
        if len(meant) == 1:
            yield from _of_split(meant[0], shares)


def _headed(report: Report) -> Iterator[tuple[Fact, tuple[Fact, ...]]]:
    """Yield an amount of running text with the shares of sources that follow it."""
    whole: Fact | None = None
    shares: list[Fact] = []
    for fact in report.facts:
        if whole is not None and _is_share(fact) and _is_near(whole, fact):
            shares.append(fact)
            continue
        if whole is not None and shares:
            yield whole, tuple(shares)
        whole, shares = (fact if _is_amount(fact) else None), []
    if whole is not None and shares:
        yield whole, tuple(shares)


def _is_amount(fact: Fact) -> bool:
    is_total = fact.funding_source in (None, "total")
    return fact.table_id is None and fact.value_unit == "won" and bool(fact.value) and is_total


def _is_share(fact: Fact) -> bool:
    is_sourced = fact.funding_source not in (None, "total")
    return fact.table_id is None and is_rate(fact) and is_sourced


def _is_near(whole: Fact, share: Fact) -> bool:
    one, other = whole.place, share.place
    if one.line_no is not None and other.line_no is not None:
        return 0 <= other.line_no - one.line_no <= _NEAR
    if one.page != other.page or one.y1 is None or one.y0 is None or other.y0 is None:
        return False
    return 0 <= other.y0 - one.y0 <= _NEAR * (one.y1 - one.y0)


def _is_same(split: Sum, whole: Fact) -> bool:
    return split.result.value == whole.value and are_compatible(split.result, whole)


def _of_split(split: Sum, shares: tuple[Fact, ...]) -> Iterator[SourceShare]:
    for share in shares:
        parts = [one for one in split.parts if one.funding_source == share.funding_source]
        if len(parts) == 1 and parts[0].value is not None:
            yield SourceShare(share=share, part=parts[0], total=split.result)
