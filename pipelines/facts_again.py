"""Rows of the published table `facts` as the facts they were written from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from extract.records import Place
from normalize.records import Fact, Period
from pipelines.published import read_table

_SAME_NAME: Final = (
    "fact_id", "document_id", "table_id", "row", "col", "item", "measure", "label", "indicator",
    "funding_source", "funding_level", "basis", "aggregation", "raw", "raw_unit", "value",
    "value_unit", "value_likely", "decimals", "quantum", "state", "confidence", "note",
)  # fmt: skip
_PLACE: Final = ("line_no", "char_start", "char_end", "page", "x0", "y0", "x1", "y1")


def read_facts(folder: Path, documents: Iterable[str]) -> Mapping[str, tuple[Fact, ...]]:
    """Return the facts of some documents by document, in the order of the dataset.

    Raises:
        RunError: the table cannot be read.
    """
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts_where(folder, "document_id", documents):
        found[fact.document_id].append(fact)
    return {document: tuple(facts) for document, facts in found.items()}


def find_facts(folder: Path, fact_ids: Iterable[str]) -> Mapping[str, Fact]:
    """Return some facts by their ids.

    Raises:
        RunError: the table cannot be read.
    """
    return {fact.fact_id: fact for fact in facts_where(folder, "fact_id", fact_ids)}


def facts_where(folder: Path, column: str, values: Iterable[object]) -> Iterator[Fact]:
    """Yield the facts whose `column` is one of `values`, in the order of the dataset.

    Raises:
        RunError: the table cannot be read.
    """
    for row in read_table(folder, "facts", column, values).to_pylist():
        yield fact_of(row)


def fact_of(row: Mapping[str, Any]) -> Fact:
    """Return the fact of a row as the checks use it: with the value that a person read instead.

    The precision of its period is not published, and not needed again.
    """
    same = {name: row[name] for name in _SAME_NAME}
    if row["value_corrected"] is not None:
        same |= {"value": row["value_corrected"], "state": "number"}
    return Fact(
        **same,
        section_path=tuple(row["section_path"] or ()),
        period=_period(row["period_start"], row["period_end"], row["period_label"]),
        is_approximate=row["approximate"],
        is_ambiguous=row["ambiguous"],
        multiplier=row["multiplier"],
        place=Place(**{name: row[name] for name in _PLACE}),
    )


def _period(start: date | None, end: date | None, label: str | None) -> Period | None:
    if start is None and end is None and label is None:
        return None
    return Period(start=start, end=end, label=label or "")
