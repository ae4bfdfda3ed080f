"""Great Expectations suites over a dataset that is about to be published: the gate of a run."""

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args, get_type_hints

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.records import TextLayer
from normalize.records import (
    Aggregation,
    Basis,
    CellRole,
    Event,
    FundingLevel,
    FundingSource,
    Measure,
    NumberState,
    Precision,
)
from validate.records import Cause, CheckKind, Outcome, RelationBasis, Rounding, Severity

if TYPE_CHECKING:
    import pandas as pd

_EVENT: Final = get_type_hints(Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRules:
    """What one table of the dataset must be like."""

    name: str
    columns: tuple[str, ...]
    """Every column, in order."""
    required: tuple[str, ...]
    """Columns without nulls."""
    key: tuple[str, ...]
    """Columns that together name a row; empty where rows have no name."""
    references: tuple[tuple[str, str], ...]
    """Pairs of a column here and the table whose column of that name holds every value."""


CLOSED_SETS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("documents", "text_layer"): get_args(TextLayer),
    ("cells", "role"): get_args(CellRole),
    ("facts", "measure"): get_args(Measure),
    ("facts", "funding_source"): get_args(FundingSource),
    ("facts", "funding_level"): get_args(FundingLevel),
    ("facts", "basis"): get_args(Basis),
    ("facts", "aggregation"): get_args(Aggregation),
    ("facts", "state"): get_args(NumberState),
    ("budgets", "measure"): get_args(Measure),
    ("targets", "aggregation"): get_args(Aggregation),
    ("schedules", "precision"): get_args(Precision),
    ("schedules", "role"): get_args(_EVENT["role"]),
    ("schedules", "status"): get_args(_EVENT["status"]),
    ("checks", "kind"): get_args(CheckKind),
    ("checks", "outcome"): get_args(Outcome),
    ("checks", "rounding"): get_args(Rounding),
    ("checks", "basis"): get_args(RelationBasis),
    ("findings", "severity"): get_args(Severity),
    ("findings", "cause"): get_args(Cause),
}
"""Columns whose values come from a closed list, by table and column."""

RANGES: Final[Mapping[str, tuple[int, int | None]]] = {
    "confidence": (0, 1),
    "chance": (0, 1),
    "page": (1, None),
    "page_first": (1, None),
    "line_no": (1, None),
    "line_first": (1, None),
    "char_start": (0, None),
    "row": (0, None),
    "col": (0, None),
    "row_span": (1, None),
    "col_span": (1, None),
    "decimals": (0, None),
}
"""Least and greatest value of a column, wherever it occurs."""

ORDERED_PAIRS: Final = (
    ("char_start", "char_end"),
    ("page_first", "page_last"),
    ("line_first", "line_last"),
    ("x0", "x1"),
    ("y0", "y1"),
    ("period_start", "period_end"),
    ("start", "end"),
)
"""Columns of which the first is never greater than the second."""

_LIST_REFERENCES: Final = (
    ("checks", "cells", "facts", "fact_id"),
    ("findings", "cells", "facts", "fact_id"),
    ("findings", "check_ids", "checks", "check_id"),
    ("budgets", "fact_ids", "facts", "fact_id"),
    ("targets", "fact_ids", "facts", "fact_id"),
)
"""Lists whose members name rows of another table: table, column, other table, its key."""


def find_faults(folder: Path, rules: Iterable[TableRules]) -> tuple[str, ...]:
    """Return what is wrong with the dataset in `folder`, one line each; empty if it is sound."""
    known = tuple(rules)
    tables = {rule.name: pq.read_table(folder / rule.name) for rule in known}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own imports
        expectations, context = _open_library()
        source = context.data_sources.add_pandas("dataset")
        return tuple(
            fault for rule in known for fault in _faults(rule, tables, expectations, source)
        )


def _open_library() -> tuple[Any, Any]:
    """Import Great Expectations (some seconds), with nothing sent anywhere and nothing stored."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return gx, context


def _faults(
    rule: TableRules, tables: Mapping[str, pa.Table], gx: Any, source: Any
) -> Iterator[str]:
    table = tables[rule.name]
    make = gx.expectations
    shape = [make.ExpectTableColumnsToMatchOrderedList(column_list=list(rule.columns))]
    if faults := list(_judge(rule.name, table.slice(0, 0).to_pandas(), shape, gx, source)):
        yield from faults
        return
    links = _links(rule, tables)
    frame = _frame(rule, table, links)
    content = [*_column_rules(rule, make), *_pair_rules(rule, make), *_link_rules(links, make)]
    yield from _judge(f"{rule.name} rows", frame, content, gx, source)


def _column_rules(rule: TableRules, make: Any) -> Iterator[Any]:
    for column in rule.required:
        yield make.ExpectColumnValuesToNotBeNull(column=column)
    if len(rule.key) == 1:
        yield make.ExpectColumnValuesToBeUnique(column=rule.key[0])
    elif rule.key:
        yield make.ExpectCompoundColumnsToBeUnique(column_list=list(rule.key))
    for (table, column), values in CLOSED_SETS.items():
        if table == rule.name:
            yield make.ExpectColumnValuesToBeInSet(column=column, value_set=list(values))
    for column, (least, greatest) in RANGES.items():
        if column in rule.columns:
            yield make.ExpectColumnValuesToBeBetween(
                column=column, min_value=least, max_value=greatest
            )


def _pair_rules(rule: TableRules, make: Any) -> Iterator[Any]:
    for first, second in ORDERED_PAIRS:
        if {first, second} <= set(rule.columns):
            yield make.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A=second,
                column_B=first,
                or_equal=True,
                ignore_row_if="either_value_is_missing",
            )


def _link_rules(links: Mapping[str, "pd.Series[bool]"], make: Any) -> Iterator[Any]:
    for name in links:
        yield make.ExpectColumnValuesToBeInSet(column=name, value_set=[True])


def _links(rule: TableRules, tables: Mapping[str, pa.Table]) -> dict[str, "pd.Series[bool]"]:
    """Return, for each reference of a table, whether each row's reference leads somewhere."""
    links = {}
    table = tables[rule.name]
    for column, other in rule.references:
        ids = tables[other][column]
        found = pc.or_(pc.is_null(table[column]), pc.is_in(table[column], value_set=ids))
        links[f"{column} in {other}"] = found.to_pandas()
    for name, column, other, key in _LIST_REFERENCES:
        if name == rule.name:
            ids = set(tables[other][key].to_pylist())
            found = pa.array([_names(one) <= ids for one in table[column].to_pylist()], pa.bool_())
            links[f"{column} in {other}"] = found.to_pandas()
    return links


def _names(members: Iterable[object]) -> set[object]:
    names = {one["fact_id"] if isinstance(one, dict) else one for one in members}
    return names - {None}


def _frame(
    rule: TableRules, table: pa.Table, links: Mapping[str, "pd.Series[bool]"]
) -> "pd.DataFrame":
    """Return the columns that some rule looks at, and the outcome of each reference."""
    looked_at = {
        *rule.required,
        *rule.key,
        *RANGES,
        *(name for pair in ORDERED_PAIRS for name in pair),
    }
    looked_at |= {column for table_name, column in CLOSED_SETS if table_name == rule.name}
    frame: pd.DataFrame = table.select(
        [column for column in rule.columns if column in looked_at]
    ).to_pandas()
    return frame.assign(**links)


def _judge(
    name: str, frame: "pd.DataFrame", expectations: list[Any], gx: Any, source: Any
) -> Iterator[str]:
    batch = (
        source.add_dataframe_asset(name)
        .add_batch_definition_whole_dataframe("whole")
        .get_batch({"dataframe": frame})
    )
    suite = gx.ExpectationSuite(name=name, expectations=expectations)
    for result in batch.validate(suite, result_format="BOOLEAN_ONLY").results:
        if not result.success:
            config = result.expectation_config
            column = config.kwargs.get("column") or config.kwargs.get("column_A") or ""
            yield f"{name}: {config.type} {column}".strip()
