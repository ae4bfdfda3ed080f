"""The kinds of relations that are audited, one module each; the order is that of the checks."""

from typing import Final

from validate.records import RelationKind
from validate.relations import (
    average,
    change,
    column_total,
    count,
    difference,
    formula,
    funding_split,
    growth,
    narrative,
    part_of_whole,
    percent_total,
    rate,
    repeat,
    row_total,
    running_total,
    share,
    subtotal,
    weighted_rate,
)

KINDS: Final[tuple[RelationKind, ...]] = (
    row_total.KIND,
    column_total.KIND,
    subtotal.KIND,
    funding_split.KIND,
    difference.KIND,
    formula.KIND,
    change.KIND,
    rate.KIND,
    share.KIND,
    growth.KIND,
    weighted_rate.KIND,
    average.KIND,
    running_total.KIND,
    percent_total.KIND,
    part_of_whole.KIND,
    narrative.KIND,
    count.KIND,
    repeat.KIND,
)
