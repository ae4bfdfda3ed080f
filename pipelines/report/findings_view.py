"""Findings and checks as the report shows them: the equation, its numbers and where they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from normalize.records import Fact
from pipelines.code_words import Language
from pipelines.numbers_shown import show_number
from pipelines.report.layout import Layout, Link, link_to, spot_of
from pipelines.report.shelf import Folio, Row
from pipelines.report.wording import Say, kind_key, words_of
from validate.expressions import name_of, unit_of, write_like

_SMALLEST_CHANCE: Final = 0.001
_NOT_ADDED: Final = ("rate", "share", "growth", "weighted_rate", "part_of_whole", "repeat")
_MOST_CHANGES: Final = 6
"""Cells of one possible change that are listed; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A number of an equation."""

    role: str
    sign: str
    """+, -, or × with its factor; empty for a result and where numbers are not added."""
    name: str
    raw: str
    """As printed."""
    link: Link
    is_suspect: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """A check."""

    check_id: str
    kind: str
    outcome: str
    """One of exact, within_rounding, unlikely_rounding, mismatch, uncheckable."""
    expression: str
    printed: str
    computed: str
    difference: str
    tolerance: str
    chance: str
    basis: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding."""

    finding_id: str
    severity: str
    cause: str
    title: str
    explanation: str
    is_proven: bool
    printed: str
    expected: str
    difference: str
    suggestion: str
    equations: tuple[Equation, ...]
    link: Link
    """To its most suspected cell."""
    repairs: tuple[str, ...]
    first: Row | None
    """Its most suspected cell."""


class FindingsViewer:
    """Makes views of the findings and checks of one report."""

    def __init__(self, folio: Folio, layout: Layout, language: Language) -> None:
        """Take a report; `layout` says where its tables are shown."""
        self.folio = folio
        self.layout = layout
        self.language = language
        self.say: Say = words_of(language)
        self._checks: Mapping[str, Row] = {one["check_id"]: one for one in folio.checks}
        self._printed = {
            spot_of(cell): cell["text"] for rows in folio.cells.values() for cell in rows
        }

    def findings(self) -> tuple[FindingView, ...]:
        """Return every finding, the one to look at first before the others."""
        return tuple(self.finding(one) for one in self.folio.findings)

    def finding(self, row: Row) -> FindingView:
        """Return the view of a row of `findings`."""
        first = row["cells"][0] if row["cells"] else None
        fact = self._fact(first)
        checks = [self._checks[one] for one in row["check_ids"] if one in self._checks]
        suspects = {cell["fact_id"] for cell in row["cells"][:1]} - {None}
        return FindingView(
            finding_id=row["finding_id"],
            severity=row["severity"],
            cause=row["cause"],
            title=row[f"title_{self.language}"],
            explanation=row[f"explanation_{self.language}"],
            is_proven=row["proven"],
            printed=_like(row["printed"], fact),
            expected=_like(row["expected"], fact),
            difference=_signed(row["difference"], fact),
            suggestion=_like(row["suggestion"], fact),
            equations=tuple(self.equation(check, suspects) for check in checks),
            link=link_to(first, self.layout, self.say) if first else Link(words="", href=""),
            repairs=tuple(self._repairs(row["repairs"])),
            first=first,
        )

    def equation(self, check: Row, suspects: Iterable[str] = ()) -> Equation:
        """Return the view of a row of `checks`."""
        result = next((one for one in check["cells"] if one["role"] == "result"), None)
        fact = self._fact(result)
        known = set(suspects)
        return Equation(
            check_id=check["check_id"],
            kind=self.say(kind_key(check["kind"])),
            outcome=check["outcome"],
            expression=check["expression"],
            printed=_like(check["printed"], fact, check["unit"]),
            computed=_like(check["computed"], fact, check["unit"]),
            difference=_signed(check["difference"], fact, check["unit"]),
            tolerance=_like(check["tolerance"], fact, check["unit"]),
            chance=self._chance(check),
            basis=self.say(f"basis_{check['basis']}"),
            terms=tuple(self._term(cell, check["kind"], known) for cell in check["cells"]),
        )

    def _term(self, cell: Row, kind: str, suspects: set[str]) -> Term:
        fact = self._fact(cell)
        raw = fact.raw if fact else str(self._printed.get(spot_of(cell), ""))
        is_added = kind not in _NOT_ADDED
        factor = cell.get("factor")
        return Term(
            role=cell["role"],
            sign=_sign(factor) if is_added and cell["role"] == "operand" else "",
            name=(name_of(fact) if fact else "") or self.say("unnamed"),
            raw=" ".join(raw.split()) or "-",
            link=link_to(cell, self.layout, self.say),
            is_suspect=cell["fact_id"] in suspects,
        )

    def _chance(self, check: Row) -> str:
        if check["chance"] is None or check["outcome"] == "exact":
            return ""
        if check["chance"] == 0:
            return self.say("no_chance")
        if check["chance"] < _SMALLEST_CHANCE:
            return f"< {_SMALLEST_CHANCE:.1%}"
        return f"{check['chance']:.1%}"

    def _repairs(self, repairs: Iterable[Row]) -> Iterable[str]:
        options: dict[int, list[str]] = {}
        for one in repairs:
            fact = self._fact(one)
            name = (name_of(fact) if fact else "") or self.say("unnamed")
            words = f"{name}: {_like(one['printed'], fact)} → {_like(one['value'], fact)}"
            if one["slip"]:
                words += f" ({self.say(one['slip'])})"
            options.setdefault(one["option"], []).append(words)
        for _, cells in sorted(options.items()):
            more = len(cells) - _MOST_CHANGES
            rest = [f"{self.say('and_more')} {more:,}"] if more > 0 else []
            yield "; ".join([*cells[:_MOST_CHANGES], *rest])

    def _fact(self, cell: Row | None) -> Fact | None:
        return self.folio.facts.get(cell["fact_id"] or "") if cell else None


def in_words(value: Decimal | None, unit: str | None) -> str:
    """Return a value in its base unit, empty for none."""
    return "" if value is None else show_number(value, unit)


def _like(value: Decimal | None, fact: Fact | None, unit: str | None = None) -> str:
    """Return a value in the unit and scale in which a fact is printed."""
    if value is None:
        return ""
    return in_words(value, unit) if fact is None else write_like(value, fact)


def _signed(value: Decimal | None, fact: Fact | None, unit: str | None = None) -> str:
    words = _like(value, fact, unit)
    if fact is not None and fact.value_unit == "percent" and words.endswith(unit_of(fact)):
        words += "p"  # the difference of two percentages is in percentage points
    return f"+{words}" if value is not None and value > 0 else words


def _sign(factor: Decimal | None) -> str:
    if factor is None or factor == 1:
        return "+"
    return "−" if factor == -1 else f"× {factor.normalize():f}"
