"""How grave a failing relation is, and what kind of cause is likely."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.records import Fact, Report
from validate.arithmetic import is_misprinted
from validate.records import Cause, CheckKind, Severity
from validate.rounding import last_digit
from validate.scales import is_rescaled, misscaled_tables
from validate.trial import Trial

_SUMS: frozenset[CheckKind] = frozenset(
    {"row_total", "column_total", "subtotal", "funding_split", "formula", "difference", "change"}
)
_RATES: frozenset[CheckKind] = frozenset({"rate", "share", "growth"})
_SOFT: frozenset[CheckKind] = frozenset({"count", "running_total", "average"})
_ORDER: tuple[Severity, ...] = ("info", "low", "medium", "high")
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_MILLION = Decimal(1000000)
_WIDE = 0.4
_LONE = 0.2
_SISTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a table's checks of one family came out."""

    holds: int
    fails: int

    @property
    def is_established(self) -> bool:
        """Tell whether enough sister relations hold for one that fails to mean something."""
        return self.holds >= _SISTERS * self.fails


class Bench:
    """The outcomes of a report by table, asked by each finding."""

    def __init__(self, report: Report, tested: Sequence[Trial]) -> None:
        self._holds: Counter[tuple[str | None, CheckKind]] = Counter()
        self._fails: Counter[tuple[str | None, CheckKind]] = Counter()
        self._capped: Counter[str | None] = Counter()
        self._above: Counter[str | None] = Counter()
        self._doubtful = {
            table.table_id
            for table in report.tables
            if table.grid.is_ambiguous or table.grid.confidence < 0.6
        }
        self._stacked: Counter[tuple[str | None, int | None, int | None, str | None]] = Counter(
            (fact.table_id, fact.row, fact.col, fact.value_unit)
            for fact in report.facts
            if fact.table_id is not None and fact.funding_source in (None, "total")
        )
        self._undecided = {
            (table.table_id, cell.row)
            for table in report.tables
            for cell in table.cells
            if "미정" in cell.text or any("미정" in label for label in cell.row_path)
        }
        self._misscaled = {
            frozenset(fact.fact_id for fact in (match.whole, *match.parts))
            for table in misscaled_tables(report)
            for match in table.matches
        }
        self._scanned = {table.table_id for table in report.tables if table.grid.engine == "ocr"}
        self._reordered = {
            _family(one)[0]
            for one in tested
            if one.holds and one.relation.kind in _SUMS and one.relation.basis == "pattern"
        }
        for one in tested:
            key = _family(one)
            self._holds[key] += one.holds
            self._fails[key] += one.fails
            if one.relation.kind == "rate" and one.check.computed is not None:
                above = one.check.computed > _HUNDRED
                self._capped[key[0]] += above and one.check.printed == _HUNDRED
                self._above[key[0]] += (one.check.printed or _HUNDRED) > _HUNDRED

    def standing_of(self, one: Trial) -> Standing:
        """Return how the sister relations of the same table came out, itself included."""
        key = _family(one)
        return Standing(holds=self._holds[key], fails=self._fails[key])

    def is_doubtful(self, table_id: str | None) -> bool:
        """Tell whether the reading of a table is itself uncertain."""
        return table_id in self._doubtful

    def is_undecided(self, one: Trial) -> bool:
        """Tell whether a row of a relation says 미정: what it adds up to is not settled."""
        return any((fact.table_id, fact.row) in self._undecided for fact in one.facts)

    def is_scanned(self, one: Trial) -> bool:
        """Tell whether a figure of a relation was read from the picture of a page."""
        return any(fact.table_id in self._scanned for fact in one.facts)

    def is_misscaled(self, one: Trial) -> bool:
        """Tell whether a figure returns with the same digits under another unit."""
        if one.relation.kind != "repeat":
            return False
        ids = frozenset(fact.fact_id for fact in one.facts)
        return ids in self._misscaled or is_rescaled(one.facts[0], one.facts[-1])

    def is_stacked(self, one: Trial) -> bool:
        """Tell whether some cells hold more figures of one unit than others: 2(2), or two rows.

        Which of them the relation means is then not certain.
        """
        facts = [fact for fact in one.facts if fact.table_id is not None and fact.raw]
        counts = {
            self._stacked[fact.table_id, fact.row, fact.col, fact.value_unit] for fact in facts
        }
        return not _is_in_one_cell(one) and len(counts - {0}) > 1

    def is_misheaded(self, one: Trial) -> bool:
        """Tell whether other totals of the table hold by their place and not by their headings."""
        return one.relation.basis == "label" and _family(one)[0] in self._reordered

    def is_capped(self, one: Trial) -> bool:
        """Tell whether a table counts everything beyond its target as 100 %."""
        table = _family(one)[0]
        return (
            one.relation.kind == "rate"
            and one.check.printed == _HUNDRED
            and (one.check.computed or Decimal(0)) > _HUNDRED
            and not self._above[table]
        )


def weigh(one: Trial, bench: Bench, *, explained: int) -> tuple[Severity, Cause]:
    """Return severity and likely cause of a failing relation.

    Args:
        one: the failing relation.
        bench: outcomes of the sister relations.
        explained: how many failing relations the same single change repairs.
    """
    if bench.is_capped(one):
        return "low", "definition"
    if one.fails and one.check.computed is None:
        return "low", "extraction"  # a row that moved: nothing can be reckoned from it
    if one.relation.kind == "part_of_whole":
        return _weigh_part(one)
    if bench.is_misscaled(one):
        return "medium", "unit"
    if one.relation.result is not None and one.relation.result.state == "nil":
        return "low", "definition"  # a dash may say that nobody has reckoned yet
    if one.relation.kind == "change" and one.check.printed == -(one.check.computed or 0):
        return "low", "definition"  # an increase of spending may be printed as a minus
    if one.relation.kind == "share" and (_is_adjusted(one) or _is_elsewhere(one)):
        return "low", "definition"
    severity, cause = _weigh_by_kind(one, bench, explained)
    if one.relation.kind in _SUMS and bench.is_undecided(one) and not _is_in_one_cell(one):
        return _at_most(severity, "low"), "definition"
    return severity, cause


def _weigh_by_kind(one: Trial, bench: Bench, explained: int) -> tuple[Severity, Cause]:
    """Weigh what its kind deserves by how surely its numbers were read."""
    severity = _by_kind(one)
    cause: Cause = "source" if one.relation.kind in ("repeat", "rate") else "undetermined"
    standing = bench.standing_of(one)
    doubtful = bench.is_doubtful(_family(one)[0]) and not standing.is_established
    if any(_is_unsure(fact) for fact in one.facts) or doubtful or bench.is_scanned(one):
        return _at_most(severity, "low"), "extraction"
    if one.relation.kind in (*_SUMS, "growth") and bench.is_stacked(one):
        return _at_most(severity, "low"), "extraction"
    if one.relation.kind in _SUMS and one.relation.result and one.relation.result.table_id:
        gap = 0.0 if _is_in_one_cell(one) or _is_misprint(one) else _gap(one)
        severity, cause = _by_sisters(severity, standing, gap, explained=explained)
        if bench.is_misheaded(one) and one.relation.kind == "subtotal" and explained == 1:
            severity, cause = "low", "extraction"
    elif one.relation.kind in _RATES and standing.fails > max(1, standing.holds):
        severity, cause = "low", "extraction"
    if one.check.outcome == "unlikely_rounding":
        severity = _at_most(severity, "low")  # it may be rounding, and the chance is stated
    return severity, cause


def _weigh_part(one: Trial) -> tuple[Severity, Cause]:
    """A payment beyond the total cost that fits in 천원 was headed with the wrong unit."""
    whole, part = one.facts[0], one.facts[1]
    if part.table_id == whole.table_id:
        return "medium", "undetermined"
    return ("medium", "unit") if fits_in_thousands(part, whole) else ("low", "definition")


def fits_in_thousands(part: Fact, whole: Fact) -> bool:
    """Tell whether an amount in millions whose unit only a heading gives would fit in 천원."""
    if part.value is None or whole.value is None:
        return False
    is_headed = part.raw[-1:].isdigit() and part.multiplier >= _MILLION
    if whole.measure != "total_cost":
        return False  # more may be spent in a year than its plan once said
    return is_headed and part.value / _THOUSAND <= whole.value


def _by_kind(one: Trial) -> Severity:
    kind, basis = one.relation.kind, one.relation.basis
    if kind in _SUMS:
        if basis == "family":
            return "low"
        return "high" if basis in ("label", "printed_formula") else "medium"
    if kind in _SOFT:
        return "low"
    if kind == "narrative":
        return "medium" if basis == "label" and _gap(one) <= _WIDE else "low"
    if kind == "repeat":
        return "medium" if basis == "cross_reference" and _gap(one) <= _WIDE else "low"
    return "medium"


def _by_sisters(
    severity: Severity, standing: Standing, gap: float, *, explained: int
) -> tuple[Severity, Cause]:
    """Trust a sum as far as its sister sums hold; a table where most fail was misread.

    Args:
        severity: what the kind of the relation deserves.
        standing: how the sums of the same kind in the same table came out.
        gap: difference as a share of the total, 0 for what looks like a misprint; a wide gap is
            rather a part that was read at a wrong place than an error of the office.
        explained: how many failing relations one single change repairs.
    """
    if explained > 1 and explained >= standing.fails:
        return severity, "undetermined"
    if standing.is_established and gap <= _WIDE:
        return severity, "undetermined"
    if standing.fails > 1 or gap > (_WIDE if standing.holds else _LONE):
        return "low", "extraction"
    return severity if standing.holds else _at_most(severity, "medium"), "undetermined"


def _is_in_one_cell(one: Trial) -> bool:
    """Tell whether a split stands in the bracket right beside its amount."""
    return len({(fact.table_id, fact.row, fact.col) for fact in one.facts}) == 1


def _is_misprint(one: Trial) -> bool:
    gap = one.check.difference
    return gap is not None and is_misprinted(one.relation, gap)


def _is_adjusted(one: Trial) -> bool:
    """Tell whether a share is off by less than one more unit, as if made to fit 100 %."""
    gap, result = one.check.difference, one.relation.result
    return gap is not None and result is not None and abs(gap) <= last_digit(result)


def _is_elsewhere(one: Trial) -> bool:
    """Tell whether a share is compared with amounts of another place: its base may be another."""
    return one.relation.basis == "cross_reference"


def _gap(one: Trial) -> float:
    """Return the difference as a share of the total, or of the figures that a change is between."""
    printed, computed = one.check.printed, one.check.computed
    if printed is None or computed is None:
        return 0.0
    figures = [printed, computed]
    if one.relation.kind == "change":
        figures.extend(operand.fact.value or Decimal(0) for operand in one.relation.operands)
    largest = max(abs(figure) for figure in figures)
    return float(abs(printed - computed) / largest) if largest else 0.0


def _family(one: Trial) -> tuple[str | None, CheckKind]:
    table = next((fact.table_id for fact in one.facts if fact.table_id), None)
    return (table, one.relation.kind)


def _is_unsure(fact: Fact) -> bool:
    return fact.is_ambiguous or fact.confidence < 0.5 or fact.value_likely is not None


def _at_most(severity: Severity, limit: Severity) -> Severity:
    return _ORDER[min(_ORDER.index(severity), _ORDER.index(limit))]
