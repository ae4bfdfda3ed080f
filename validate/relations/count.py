"""COUNT: as many names are listed as the number before the bracket says: 4개동(가동, 나동, 다동, 라동)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from normalize.records import Fact, Report
from validate.passages import Mention, Passage, passages_of
from validate.records import Operand, Relation, RelationKind
from validate.tables import is_summable
from validate.vocabulary import PARTIAL_LISTS

_LIST = re.compile(r"^\s?[가-힣]{0,4}\s?[(（]([^()（）]{3,})[)）]")
_NAME = re.compile(r"^[^\d]*[가-힣A-Za-z][^\d]*\d{0,2}[가-힣A-Za-z]*$")


def propose(report: Report) -> Iterator[Relation]:
    """Yield counted nouns that are followed by a bracket of names and nothing else."""
    for passage in passages_of(report):
        for mention in passage.mentions:
            names = _names_after(passage, mention)
            if names is not None:
                yield Relation(
                    kind="count",
                    result=mention.fact,
                    operands=(Operand(fact=_listed(mention.fact, names)),),
                    basis="pattern",
                    rule="as many names are listed as are counted",
                )


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
    if inside or len(names) < 2 or not all(_NAME.match(name) for name in names):
        return None
    return names


def _listed(fact: Fact, names: tuple[str, ...]) -> Fact:
    """Return the listed names as a figure; it has no row in the dataset of its own."""
    return Fact(
        fact_id="",
        document_id=fact.document_id,
        measure="count",
        label=fact.label,
        indicator="listed names",
        raw=f"{len(names)} ({', '.join(names)})",
        value=Decimal(len(names)),
        value_unit=fact.value_unit,
        place=fact.place,
        table_id=fact.table_id,
        row=fact.row,
        col=fact.col,
    )


KIND = RelationKind(code="count", propose=propose)
