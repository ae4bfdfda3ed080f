"""The three sheets of the checks: figures, their terms, and formulas that judge each again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from normalize.records import Fact
from pipelines import code_words
from pipelines.code_words import name, pick
from pipelines.review.decided import Decided
from pipelines.workbook import formulas, words
from pipelines.workbook.formulas import Block, letter_of
from pipelines.workbook.sheets import Book, Head, Sheet, money_format, unit_format
from pipelines.workbook.terms import EXCEL_DIGITS, Term, Tested, replay
from pipelines.workbook.words import place_words
from validate.expressions import unit_of

FIGURES: Final = (
    Head(ko="보고서", en="report", width=24),
    Head(ko="이름", en="name", width=40),
    Head(ko="원문", en="as printed", width=16),
    Head(ko="적힌 수(고쳐 볼 수 있음)", en="printed number (may be changed)", width=18),
    Head(ko="곱할 값", en="multiplier", width=12),
    Head(ko="단위", en="unit", width=8),
    Head(ko="값", en="value", width=20),
    Head(ko="상태", en="state", width=12),
    Head(ko="위치", en="place", width=34),
    Head(ko="수치 식별자", en="fact id", width=24),
)
_NUMBER: Final = 3
_MULTIPLIER: Final = 4
_VALUE: Final = 6

TERMS: Final = (
    Head(ko="검산 식별자", en="check id", width=22),
    Head(ko="구실", en="role", width=10),
    Head(ko="이름", en="name", width=40),
    Head(ko="원문", en="as printed", width=16),
    Head(ko="값", en="value", width=20),
    Head(ko="곱하는 수", en="factor", width=10),
    Head(ko="끝수 단위", en="rounding unit", width=14),
    Head(ko="위치", en="place", width=34),
)
_COLUMNS: Final = {"value": "E", "factor": "F", "step": "G"}

CHECKS: Final = (
    Head(ko="검산 식별자", en="check id", width=22),
    Head(ko="보고서", en="report", width=24),
    Head(ko="관계", en="relation", width=16),
    Head(ko="식(원문의 수)", en="equation as printed", width=48),
    Head(ko="위치", en="place", width=34),
    Head(ko="적힌 값", en="printed", width=20),
    Head(ko="계산한 값", en="computed", width=20),
    Head(ko="차이", en="difference", width=18),
    Head(ko="허용 오차", en="tolerance", width=16),
    Head(ko="판정(수식)", en="outcome (formula)", width=18),
    Head(ko="판정(기록)", en="outcome (on record)", width=18),
    Head(ko="같은 판정", en="same outcome", width=10),
    Head(ko="판정 근거", en="decided by", width=24),
    Head(ko="끝수로 생길 확률", en="chance of rounding", width=12),
    Head(ko="기록된 계산값", en="computed, on record", width=20),
    Head(ko="기록된 차이", en="difference, on record", width=18),
    Head(ko="항", en="terms", width=10),
)
_PRINTED, _COMPUTED, _GAP, _TOLERANCE, _OUTCOME, _RECORDED = range(5, 11)
_COMPUTED_BEFORE, _GAP_BEFORE = 14, 15
_TINY: Final = "0.0000005"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How a workbook names what its sheets refer to."""

    files: Mapping[str, str]
    """The file names of reports, by document."""
    ordinals: Mapping[str, int]
    """The number of each table in its report, from 1."""
    links: Mapping[str, str]
    """Where the HTML report shows a check, by check id; empty where there are no links."""
    decided: Mapping[str, Decided] = field(default_factory=dict)
    """What people decided, by finding."""


def write_checks(book: Book, checks: Sequence[Tested], naming: Naming) -> Mapping[str, int]:
    """Write the sheets checks, terms and figures; return the row of each check.

    What Excel has no room for is left out of the terms, and the check then shows what is on record.
    """
    judged = book.start("checks", CHECKS)
    terms = book.start("terms", TERMS, can_sort=False)
    figures = book.start("figures", FIGURES, can_sort=False)
    known: dict[tuple[object, ...], int] = {}
    rows = {}
    for tested in checks:
        if judged.is_full:
            break
        block = None
        if tested.is_computable and terms.row + len(tested.terms) < 1_048_000:
            block = _write_terms(terms, figures, tested, known, naming)
        rows[tested.row["check_id"]] = _write_check(judged, tested, block, naming)
    _mark(judged)
    for sheet in (judged, terms, figures):
        sheet.finish()
    return rows


def _write_terms(
    terms: Sheet,
    figures: Sheet,
    tested: Tested,
    known: dict[tuple[object, ...], int],
    naming: Naming,
) -> Block:
    language = terms.book.language
    start = terms.row + 1
    for term in tested.terms:
        if term.key not in known:
            known[term.key] = _write_figure(figures, term, naming)
        terms.next_row()
        terms.put(0, tested.row["check_id"])
        role = (
            pick(("결과", "result"), language)
            if term.role == "result"
            else pick(("항", "operand"), language)
        )
        terms.put(1, role)
        terms.put(2, term.label, "wrap")
        terms.put(3, term.raw)
        source = f"{terms.book.sheet_name('figures')}!${letter_of(_VALUE)}${known[term.key]}"
        terms.compute(4, f"={source}", _format_of(term.fact))
        terms.put(5, term.factor)
        terms.put(6, term.step, number=_format_of(term.fact))
        terms.put(7, _place(term, naming, language))
    has_result = tested.result is not None
    return Block(
        sheet=terms.book.sheet_name("terms"),
        result=start if has_result else None,
        first=start + has_result,
        last=terms.row,
        columns=_COLUMNS,
        digits=_digits(tested),
    )


def _digits(tested: Tested) -> int:
    """Return how many digits after the point a number of 15 digits has left for these terms."""
    sizes = [term.value for term in tested.terms]
    if tested.row["kind"] in formulas.QUOTIENTS:
        sizes = [tested.row["printed"], tested.row["computed"]]
    largest = max((abs(one) for one in sizes if one), default=Decimal(1))
    return max(0, min(6, EXCEL_DIGITS - 2 - largest.adjusted()))


def _write_figure(figures: Sheet, term: Term, naming: Naming) -> int:
    """Write a number once, however many checks it takes part in; return its row."""
    fact, row = term.fact, figures.next_row()
    multiplier = fact.multiplier if fact else Decimal(1)
    figures.put(0, naming.files.get(term.document_id, ""))
    figures.put(1, term.label, "wrap")
    figures.put(2, term.raw)
    number = None if term.value is None else term.value / multiplier
    point = f".{'0' * min(6, fact.decimals)}" if fact and fact.decimals else ""
    figures.put(_NUMBER, number, "input", f"#,##0{point}")
    figures.put(_MULTIPLIER, multiplier, number="#,##0.######" if multiplier % 1 else "#,##0")
    figures.put(5, unit_of(fact) if fact else "")
    printed = f"{letter_of(_NUMBER)}{row}"
    times = f"ROUND({printed}*{letter_of(_MULTIPLIER)}{row},6)"
    figures.compute(_VALUE, f'=IF({printed}="","",{times})', _format_of(fact))
    state = fact.state if fact else "blank" if term.counted is None else "counted"
    figures.put(7, name(words.STATES, state, figures.book.language))
    figures.put(8, _place(term, naming, figures.book.language))
    figures.put(9, fact.fact_id if fact else "")
    return row


def _write_check(judged: Sheet, tested: Tested, block: Block | None, naming: Naming) -> int:
    row, language, at = tested.row, judged.book.language, judged.next_row()
    number = _common_format(tested)
    judged.put(0, row["check_id"])
    judged.put(1, naming.files.get(row["document_id"], ""))
    judged.put(2, name(code_words.KINDS, row["kind"], language))
    judged.put(3, row["expression"], "wrap")
    first = tested.terms[0] if tested.terms else None
    place = _place(first, naming, language) if first else ""
    judged.link(4, naming.links.get(row["check_id"], ""), place)
    judged.put(_RECORDED, name(code_words.OUTCOMES, row["outcome"], language))
    judged.put(13, row["chance"], number="0.00%")
    judged.put(_COMPUTED_BEFORE, row["computed"], number=number)
    judged.put(_GAP_BEFORE, row["difference"], number=number)
    if block is None:
        _write_recorded(judged, tested, number)
        return at
    _write_formulas(judged, tested, block, number)
    judged.link(
        16,
        f"#'{block.sheet}'!A{block.result or block.first}",
        pick(("항 보기", "terms"), language),
    )
    return at


def _write_formulas(judged: Sheet, tested: Tested, block: Block, number: str) -> None:
    row, language = tested.row, judged.book.language
    kind, at = row["kind"], judged.row
    cells = {
        "computed": f"{letter_of(_COMPUTED)}{at}",
        "difference": f"{letter_of(_GAP)}{at}",
        "tolerance": f"{letter_of(_TOLERANCE)}{at}",
    }
    judged.compute(_PRINTED, formulas.printed(kind, block), number)
    judged.compute(_COMPUTED, formulas.computed(kind, block), number)
    gap = formulas.difference(f"{letter_of(_PRINTED)}{at}", cells["computed"], kind, block)
    judged.compute(_GAP, gap, number)
    recorded = None if row["outcome"] == "exact" else f"{row['tolerance']:f}"
    judged.compute(_TOLERANCE, formulas.tolerance(kind, block, recorded), number)
    decided = _decided_by(tested)
    rule = formulas.outcome(kind, cells, block, is_dash=tested.is_dash)
    rule = _in_words(rule, language)
    said = f'"{name(code_words.OUTCOMES, row["outcome"], language)}"'
    if decided == "uncheckable":
        judged.put(_OUTCOME, name(code_words.OUTCOMES, "uncheckable", language))
    elif decided == "formula":
        judged.compute(_OUTCOME, f"={rule}")
    else:
        before = f"{letter_of(_GAP_BEFORE)}{at}"
        same = f"ABS(N({cells['difference']})-N({before}))<{_TINY}"
        judged.compute(_OUTCOME, f"=IF({same},{said},{rule})")
    outcome, recorded_at = f"{letter_of(_OUTCOME)}{at}", f"{letter_of(_RECORDED)}{at}"
    judged.compute(11, f'=IF({outcome}={recorded_at},"○","×")')
    judged.put(12, name(words.DECIDED, decided, language), "wrap")


def _write_recorded(judged: Sheet, tested: Tested, number: str) -> None:
    """Write a check that a spreadsheet cannot compute as it is on record, and say so."""
    row, language = tested.row, judged.book.language
    for column, value in (
        (_PRINTED, row["printed"]),
        (_COMPUTED, row["computed"]),
        (_GAP, row["difference"]),
        (_TOLERANCE, row["tolerance"]),
    ):
        judged.put(column, value, number=number)
    judged.put(_OUTCOME, name(code_words.OUTCOMES, row["outcome"], language))
    decided = "uncheckable" if row["outcome"] == "uncheckable" else "recorded"
    judged.put(12, name(words.DECIDED, decided, language), "wrap")


def _decided_by(tested: Tested) -> str:
    """Return whether the formula alone reaches the outcome, or what else it takes."""
    outcome = tested.row["outcome"]
    if outcome == "uncheckable":
        return "uncheckable"
    if replay(tested) == outcome:
        return "formula"
    return (
        "form"
        if tested.row["kind"] in formulas.QUOTIENTS or tested.row["chance"] is None
        else "chance"
    )


def _in_words(rule: str, language: code_words.Language) -> str:
    for code in code_words.OUTCOMES:
        rule = rule.replace(f'"{code}"', f'"{name(code_words.OUTCOMES, code, language)}"')
    return rule


def _mark(judged: Sheet) -> None:
    """Colour what fails, and what is judged otherwise than on record."""
    book, last = judged.book, max(2, judged.row)
    outcome, same = letter_of(_OUTCOME), letter_of(11)
    mismatch = name(code_words.OUTCOMES, "mismatch", book.language)
    for column, word in ((outcome, mismatch), (same, "×")):
        judged.sheet.conditional_format(
            f"{column}2:{column}{last}",
            {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.format("bad")},
        )


def _format_of(fact: Fact | None) -> str:
    if fact is None:
        return "#,##0"
    return unit_format(fact.value_unit, fact.multiplier, fact.decimals)


def _common_format(tested: Tested) -> str:
    """Return the format of what a check computes: in the finest unit among its numbers."""
    unit = tested.row["unit"]
    facts = [term.fact for term in tested.terms if term.fact and term.fact.value_unit == unit]
    if tested.row["kind"] in formulas.QUOTIENTS:
        return "#,##0.00####"
    if not facts:
        return "#,##0.######"
    finest = min(facts, key=lambda fact: fact.multiplier.scaleb(-fact.decimals))
    if unit == "won":
        return money_format(finest.multiplier, finest.decimals)
    return unit_format(unit, Decimal(1), max(fact.decimals for fact in facts))


def _place(term: Term, naming: Naming, language: code_words.Language) -> str:
    number = naming.ordinals.get(term.table_id or "")
    row = None if term.row is None else term.row + 1
    col = None if term.col is None else term.col + 1
    return place_words(term.place, (number, row, col), language)
