"""The sheets that list what is in the dataset: findings, budgets, targets, tables and facts."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from extract.records import Place
from normalize.records import Fact
from pipelines import code_words
from pipelines.code_words import name, pick
from pipelines.workbook import words
from pipelines.workbook.checks import Naming
from pipelines.workbook.sheets import Book, Head, Sheet, money_format, unit_format
from pipelines.workbook.words import place_words

Row = Mapping[str, Any]

_PLACE: Final = ("line_no", "char_start", "char_end", "page", "x0", "y0", "x1", "y1")
_REPORT: Final = Head(ko="보고서", en="report", width=24)
FINDINGS: Final = (
    Head(ko="순위", en="rank", width=6),
    _REPORT,
    Head(ko="중요도", en="severity", width=8),
    Head(ko="원인", en="cause", width=10),
    Head(ko="제목", en="title", width=40),
    Head(ko="설명", en="explanation", width=70),
    Head(ko="적힌 값", en="printed", width=20),
    Head(ko="나와야 할 값", en="expected", width=20),
    Head(ko="차이", en="difference", width=18),
    Head(ko="수정 제안", en="suggestion", width=20),
    Head(ko="유일한 최소 수정", en="only smallest repair", width=10),
    Head(ko="위치", en="place", width=34),
    Head(ko="보고서에서 보기", en="in the report", width=14),
    Head(ko="검산", en="checks", width=10),
    Head(ko="지적 식별자", en="finding id", width=22),
    Head(ko="결정", en="decision", width=9),
    Head(ko="검토자", en="reviewer", width=14),
    Head(ko="메모", en="note", width=40),
)
MONEY: Final = ("total", "national", "regional", "local", "special_grant", "fund", "other")
BUDGETS: Final = (
    _REPORT,
    Head(ko="기관", en="institution", width=20),
    Head(ko="회계연도", en="fiscal year", width=9),
    Head(ko="사업", en="programme", width=40),
    Head(ko="기간", en="period", width=16),
    Head(ko="시작", en="from", width=11),
    Head(ko="끝", en="until", width=11),
    Head(ko="금액 종류", en="kind of amount", width=14),
    Head(ko="계", en="total", width=20),
    Head(ko="국비", en="national", width=18),
    Head(ko="광역비", en="regional", width=18),
    Head(ko="기초비", en="local", width=18),
    Head(ko="특별교부금", en="special grant", width=18),
    Head(ko="기금", en="fund", width=18),
    Head(ko="기타", en="other", width=18),
)
TARGETS: Final = (
    _REPORT,
    Head(ko="기관", en="institution", width=20),
    Head(ko="회계연도", en="fiscal year", width=9),
    Head(ko="사업", en="programme", width=40),
    Head(ko="지표", en="indicator", width=30),
    Head(ko="단위", en="unit", width=8),
    Head(ko="기간", en="period", width=16),
    Head(ko="목표", en="target", width=14),
    Head(ko="실적", en="actual", width=14),
    Head(ko="적힌 달성률(%)", en="rate as printed (%)", width=12),
    Head(ko="계산한 달성률(%)", en="rate computed (%)", width=12),
)
TABLES: Final = (
    _REPORT,
    Head(ko="번호", en="number", width=7),
    Head(ko="제목", en="caption", width=40),
    Head(ko="위쪽 제목", en="section", width=40),
    Head(ko="단위(원문)", en="unit as printed", width=14),
    Head(ko="행", en="rows", width=7),
    Head(ko="열", en="columns", width=7),
    Head(ko="위치", en="place", width=24),
    Head(ko="확실성", en="confidence", width=9),
    Head(ko="비고", en="note", width=50),
    Head(ko="표 식별자", en="table id", width=22),
)
FACTS: Final = (
    _REPORT,
    Head(ko="종류", en="measure", width=14),
    Head(ko="이름", en="label", width=36),
    Head(ko="항목", en="indicator", width=30),
    Head(ko="재원", en="source of funds", width=12),
    Head(ko="계획·결과", en="plan or result", width=10),
    Head(ko="기간", en="period", width=16),
    Head(ko="원문", en="as printed", width=16),
    Head(ko="값", en="value", width=20),
    Head(ko="단위", en="unit", width=10),
    Head(ko="비고", en="note", width=40),
    Head(ko="위치", en="place", width=34),
    Head(ko="수치 식별자", en="fact id", width=24),
)


def write_findings(
    book: Book, findings: Iterable[Row], facts: Mapping[str, Fact], naming: Naming
) -> Sheet:
    """Write the findings, with links to the HTML report; the sheet is returned unfinished."""
    sheet = book.start("findings", FINDINGS)
    language = book.language
    for row in findings:
        if sheet.is_full:
            break
        sheet.next_row()
        cell = row["cells"][0] if row["cells"] else None
        fact = facts.get(cell["fact_id"]) if cell else None
        number = (
            unit_format(fact.value_unit, fact.multiplier, fact.decimals) if fact else "#,##0.######"
        )
        sheet.put(0, row["rank"])
        sheet.put(1, naming.files.get(row["document_id"], ""))
        sheet.put(2, name(code_words.SEVERITIES, row["severity"], language))
        sheet.put(3, name(code_words.CAUSES, row["cause"], language))
        sheet.put(4, row[f"title_{language}"], "wrap")
        sheet.put(5, row[f"explanation_{language}"], "wrap")
        for column, one in enumerate(("printed", "expected", "difference", "suggestion"), 6):
            sheet.put(column, row[one], number=_wide_enough(number, row[one], fact))
        sheet.put(10, pick(("예", "yes"), language) if row["proven"] else "")
        sheet.put(11, _cell_place(cell, naming, language), "wrap")
        link = naming.links.get(row["finding_id"], "")
        sheet.link(12, link, pick(("보고서에서 보기", "open"), language) if link else "")
        sheet.put(14, row["finding_id"])
        if (told := naming.decided.get(row["finding_id"])) is not None:
            sheet.put(15, name(code_words.DECISIONS, told.state, language))
            sheet.put(16, told.who)
            sheet.put(17, told.note, "wrap")
        sheet.fit_height((row[f"title_{language}"], 40), (row[f"explanation_{language}"], 70))
    return sheet


def link_findings(
    sheet: Sheet, findings: Iterable[Row], rows: Mapping[str, int], checks: str
) -> None:
    """Link each finding to the row of its first check, now that the checks are written."""
    words_shown = pick(("검산 보기", "checks"), sheet.book.language)
    for at, row in enumerate(findings, 1):
        line = next((rows[one] for one in row["check_ids"] if one in rows), None)
        if line is not None and at < sheet.row:
            sheet.link(13, f"#'{checks}'!A{line}", words_shown, row=at + 1)
    sheet.finish()


def _wide_enough(number: str, value: object, fact: Fact | None) -> str:
    """Return the format, or one in whole won where the printed unit would hide digits."""
    if fact is None or fact.value_unit != "won" or not isinstance(value, Decimal):
        return number
    step = fact.multiplier.scaleb(-fact.decimals)
    return number if value % step == 0 else money_format(Decimal(1), 0 if value % 1 == 0 else 2)


def write_budgets(
    book: Book, budgets: Iterable[Row], facts: Mapping[str, Fact], naming: Naming
) -> None:
    """Write the budgets: won in each cell, shown in the unit in which the report prints it."""
    sheet = book.start("budgets", BUDGETS)
    for row in budgets:
        if sheet.is_full:
            break
        sheet.next_row()
        known = [facts[one] for one in row["fact_ids"] if one in facts]
        finest = min(known, key=lambda fact: fact.multiplier.scaleb(-fact.decimals), default=None)
        number = money_format(finest.multiplier, finest.decimals) if finest else '#,##0"원"'
        for column, value in enumerate(_of_programme(row, naming)):
            sheet.put(column, value)
        for column, one in enumerate(("period_label", "period_start", "period_end"), 4):
            sheet.put(column, row[one])
        sheet.put(7, name(words.MEASURES, row["measure"], book.language))
        for column, one in enumerate(MONEY, 8):
            sheet.put(column, row[one], number=number)
    sheet.finish()


def write_targets(book: Book, targets: Iterable[Row], naming: Naming) -> None:
    """Write targets and results."""
    sheet = book.start("targets", TARGETS)
    for row in targets:
        if sheet.is_full:
            break
        sheet.next_row()
        for column, value in enumerate(_of_programme(row, naming)):
            sheet.put(column, value)
        sheet.put(4, row["indicator"], "wrap")
        sheet.put(5, row["unit"])
        sheet.put(6, row["period_label"])
        for column, one in enumerate(("target", "actual", "rate_printed", "rate_computed"), 7):
            value = row[one]
            sheet.put(
                column, value, number="#,##0" if value is None or value % 1 == 0 else "#,##0.0###"
            )
    sheet.finish()


def _of_programme(row: Row, naming: Naming) -> tuple[object, ...]:
    file = naming.files.get(row["document_id"], "")
    return file, row["institution"] or row["region_name"], row["fiscal_year"], row["program"]


def write_tables(book: Book, tables: Iterable[Row], naming: Naming) -> None:
    """Write one row a table of the reports."""
    sheet = book.start("tables", TABLES)
    for row in tables:
        if sheet.is_full:
            break
        sheet.next_row()
        place = Place(line_no=row["line_first"], char_start=0, char_end=0, page=row["page_first"])
        lines = f"{row['line_first']}-{row['line_last']}"
        where = pick((f"{lines}번째 줄", f"lines {lines}"), book.language)
        if place.page is not None:
            where = place_words(Place(page=place.page), (None, None, None), book.language)
        for column, value in enumerate(
            (
                naming.files.get(row["document_id"], ""),
                row["ordinal"] + 1,
                row["caption"],
                " > ".join(row["section_path"]),
                row["unit_printed"],
                row["row_count"],
                row["column_count"],
                where,
                row["confidence"],
                row["note"],
                row["table_id"],
            )
        ):
            sheet.put(column, value, "wrap" if column in (2, 3, 9) else "plain")
    sheet.finish()


def write_facts(book: Book, facts: Iterable[Fact], naming: Naming) -> None:
    """Write every figure that was read, at its place."""
    sheet = book.start("facts", FACTS)
    for fact in facts:
        if sheet.is_full:
            break
        sheet.next_row()
        number = naming.ordinals.get(fact.table_id or "")
        row = None if fact.row is None else fact.row + 1
        col = None if fact.col is None else fact.col + 1
        shown = unit_format(fact.value_unit, fact.multiplier, fact.decimals)
        for column, value in enumerate(
            (
                naming.files.get(fact.document_id, ""),
                name(words.MEASURES, fact.measure, book.language),
                fact.label,
                fact.indicator,
                fact.funding_source,
                name(words.BASES, fact.basis, book.language),
                fact.period.label if fact.period else "",
                fact.raw,
                fact.value,
                fact.value_unit,
                fact.note,
                place_words(fact.place, (number, row, col), book.language),
                fact.fact_id,
            )
        ):
            sheet.put(column, value, number=shown if isinstance(value, Decimal) else "")
    sheet.finish()


def _cell_place(cell: Row | None, naming: Naming, language: code_words.Language) -> str:
    if cell is None:
        return ""
    place = Place(**{one: cell[one] for one in _PLACE})
    number = naming.ordinals.get(cell["table_id"] or "")
    row = None if cell["row"] is None else cell["row"] + 1
    col = None if cell["col"] is None else cell["col"] + 1
    return place_words(place, (number, row, col), language)
