"""Great Expectations suites over a dataset that is about to be published: the gate of a run."""

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from validate.data_docs import make_still
from validate.suite_rules import (
    CLOSED_SETS,
    LEAST_RATE,
    LEAST_TESTED,
    LIST_REFERENCES,
    ORDERED_PAIRS,
    POSITIVE,
    RANGES,
    TableRules,
)

if TYPE_CHECKING:
    import pandas as pd

_SITE: Final = "geomsan"
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Time of every run in the Data Docs: the same dataset gives the same pages."""
_RECKONED: Final = ("kind", "outcome", "printed", "computed", "difference")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Library:
    """Great Expectations, opened: some seconds, nothing sent anywhere."""

    gx: Any
    own: Any
    """Our expectations."""
    context: Any
    source: Any
    result_format: str


def find_faults(
    folder: Path,
    rules: Iterable[TableRules],
    docs: Path | None = None,
    parts: Iterable[str] = (),
) -> tuple[str, ...]:
    """Return what is wrong with the dataset in `folder`, one line each; empty if it is sound.

    Args:
        folder: holds a folder of Parquet files for each table.
        rules: of the tables.
        docs: where the Data Docs of the suites are written, static pages; None writes none.
        parts: names of the files that are looked at, the same in each folder, one after the other:
            each holds whole reports; none looks at all of them at once. A table without such a
            file is left out.
    """
    known = tuple(rules)
    named = tuple(parts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own imports
        library = _open_library(docs)
        faults = tuple(
            fault
            for part in named or ("",)
            for fault in _faults_of_part(folder, part, known, library, is_only=len(named) < 2)
        )
        if docs is not None:
            library.context.build_data_docs(site_names=[_SITE])
            make_still(docs)
    return faults


def _faults_of_part(
    folder: Path, part: str, rules: tuple[TableRules, ...], library: "_Library", is_only: bool
) -> Iterator[str]:
    tables = {
        rule.name: pq.read_table(folder / rule.name / part)
        for rule in rules
        if (folder / rule.name / part).exists()
    }
    prefix = "" if is_only else f"{Path(part).stem}_"
    for rule in rules:
        if rule.name in tables:
            yield from _faults(rule, tables, library, prefix)


def _open_library(docs: Path | None) -> _Library:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    from validate import expectations

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    if docs is not None:
        backend = {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(docs.resolve()),
        }
        index = {"class_name": "DefaultSiteIndexBuilder"}
        site: Any = {
            "class_name": "SiteBuilder",
            "store_backend": backend,
            "site_index_builder": index,
        }
        context.add_data_docs_site(site_name=_SITE, site_config=site)
    return _Library(
        gx=gx,
        own=expectations,
        context=context,
        source=context.data_sources.add_pandas("dataset"),
        result_format="BOOLEAN_ONLY" if docs is None else "SUMMARY",
    )


def _faults(
    rule: TableRules, tables: Mapping[str, pa.Table], library: _Library, prefix: str
) -> Iterator[str]:
    table = tables[rule.name]
    make = library.gx.expectations
    shape = [make.ExpectTableColumnsToMatchOrderedList(column_list=_described(rule))]
    empty = table.slice(0, 0).to_pandas().set_axis(_printed(table, rule), axis=1)
    if faults := list(_judge(f"{prefix}{rule.name}", empty, shape, library)):
        yield from faults
        return
    links = _links(rule, tables)
    frame = _frame(rule, table, links)
    content = [
        *_column_rules(rule, make),
        *_pair_rules(rule, make),
        *_link_rules(links, make),
        *_own_rules(rule, library.own),
    ]
    yield from _judge(f"{prefix}{rule.name}_rows", frame, content, library)
    if {"kind", "outcome"} <= set(rule.columns):
        yield from _rates(rule, table, library, prefix)


def _described(rule: TableRules) -> list[str]:
    """Return the columns as the suite expects them: with their types, where they are known."""
    if not rule.types:
        return list(rule.columns)
    return [f"{name} {kind}" for name, kind in zip(rule.columns, rule.types, strict=True)]


def _printed(table: pa.Table, rule: TableRules) -> list[str]:
    if not rule.types:
        return list(table.column_names)
    return [f"{field.name} {name_type(field.type)}" for field in table.schema]


def name_type(kind: pa.DataType) -> str:
    """Return a type as `TableRules.types` writes it; Parquet renames the items of lists."""
    return str(kind).replace("list<element: ", "list<item: ")


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
    for column in POSITIVE:
        if column in rule.columns:
            yield make.ExpectColumnValuesToBeBetween(column=column, min_value=0)


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


def _own_rules(rule: TableRules, own: Any) -> Iterator[Any]:
    """Yield the expectations of our own that the columns of a table allow."""
    for expectation in own.EXPECTATIONS:
        columns = list(expectation.columns_of_ours)
        if set(columns) <= set(rule.columns):
            yield expectation(column_list=columns, ignore_row_if="never")


def _rates(rule: TableRules, table: pa.Table, library: _Library, prefix: str) -> Iterator[str]:
    """Judge, for each kind of relation, how many of those that could be tested hold."""
    tested = table.filter(pc.not_equal(table["outcome"], "uncheckable")).to_pandas()
    for kind, found in tested.groupby("kind", sort=True):
        if len(found) >= LEAST_TESTED:
            holds = library.own.ExpectRelationsToHold(column="outcome", mostly=LEAST_RATE)
            frame = found[["outcome"]].reset_index(drop=True)
            yield from _judge(f"{prefix}{rule.name}_{kind}", frame, [holds], library)


def _links(rule: TableRules, tables: Mapping[str, pa.Table]) -> dict[str, "pd.Series[bool]"]:
    """Return, for each reference of a table, whether each row's reference leads somewhere."""
    links = {}
    table = tables[rule.name]
    for column, other in rule.references:
        ids = tables[other][column]
        found = pc.or_(pc.is_null(table[column]), pc.is_in(table[column], value_set=ids))
        links[f"{column} in {other}"] = found.to_pandas()
    for name, column, other, key in LIST_REFERENCES:
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
        *POSITIVE,
        *_RECKONED,
        *("state", "value", "note", "measure", "value_unit"),
        *(name for pair in ORDERED_PAIRS for name in pair),
    }
    looked_at |= {column for table_name, column in CLOSED_SETS if table_name == rule.name}
    frame: pd.DataFrame = table.select(
        [column for column in rule.columns if column in looked_at]
    ).to_pandas()
    return frame.assign(**links)


def _judge(
    name: str, frame: "pd.DataFrame", expectations: list[Any], library: _Library
) -> Iterator[str]:
    gx = library.gx
    batch = library.source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("whole")
    suite = library.context.suites.add(gx.ExpectationSuite(name=name, expectations=expectations))
    definition = library.context.validation_definitions.add(
        gx.ValidationDefinition(name=name, data=batch, suite=suite)
    )
    checkpoint = gx.Checkpoint(
        name=name, validation_definitions=[definition], result_format=library.result_format
    )
    run = library.context.checkpoints.add(checkpoint).run(
        batch_parameters={"dataframe": frame},
        run_id=gx.RunIdentifier(run_name="gate", run_time=_ANY_TIME),
    )
    for result in next(iter(run.run_results.values())).results:
        if not result.success:
            config = result.expectation_config
            column = config.kwargs.get("column") or config.kwargs.get("column_A") or ""
            yield f"{name}: {config.type} {column}".strip()
