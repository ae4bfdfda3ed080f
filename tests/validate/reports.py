"""Small reports for the tests of the audit, written as grids of printed cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.records import NOWHERE, Document, Line, Place, Run, TableGrid
from normalize.records import (
    Aggregation,
    Fact,
    FundingSource,
    LabelledCell,
    Measure,
    NumberState,
    Profile,
    Report,
    TableReading,
    Unit,
)
from validate.audit import audit
from validate.records import Audit, Check, Finding

DOCUMENT_ID = "ab" * 32
_SOURCES: dict[str, FundingSource] = {
    "국비": "national", "시비": "city", "구비": "district", "특교": "special_grant",
    "기타": "other",
}  # fmt: skip
_MEASURES: dict[str, Measure] = {
    "예산액": "budget", "집행액": "execution", "목표": "target", "실적": "actual",
    "총사업비": "total_cost", "집행률": "rate", "달성률": "rate", "이행률": "rate",
    "운영률": "rate", "대비비율": "ratio", "구성비": "ratio",
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<source>국비|국|시비|시|구비|구|특교)?\s?(?P<raw>(?P<sign>[△-])?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?P<unit>%|천원|백만원|억원|억|만원|원|명|건|개소|개|회|㎡|팀|동|층)?)"
)
_SCALES = {"원": 1, "만원": 10**4, "천원": 1000, "백만원": 10**6, "억": 10**8, "억원": 10**8}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table as text: cells divided by |, nested headings by >, the first line holds headings."""

    text: str
    unit: str | None = None
    stubs: int = 1
    section: tuple[str, ...] = ()
    aggregation: Aggregation | None = None
    engine: str = "test"


@dataclass(slots=True, kw_only=True)
class _Writer:
    facts: list[Fact]
    lines: int = 0

    def numbers(self, text: str, line_no: int, base: int) -> list[Fact]:
        found = []
        for at, match in enumerate(_NUMBER.finditer(text)):
            place = Place(
                line_no=line_no,
                char_start=base + match.start("raw"),
                char_end=base + match.end("raw"),
            )
            value = Decimal(match["digits"].replace(",", ""))
            unit = match["unit"]
            scale = Decimal(_SCALES.get(unit or "", 1))
            source = match["source"]
            found.append(
                Fact(
                    fact_id=f"{DOCUMENT_ID[:12]}-f{len(self.facts) + at + 1:06d}",
                    document_id=DOCUMENT_ID,
                    measure="amount" if unit in _SCALES else "count",
                    label=" ".join(text[: match.start()].split()[-2:]).strip("-(), "),
                    indicator="",
                    funding_source=next(
                        (
                            code
                            for word, code in _SOURCES.items()
                            if source and word[0] == source[0]
                        ),
                        None,
                    ),
                    raw=match["raw"],
                    value=(-value if match["sign"] == "△" else value) * scale,
                    value_unit="won" if unit in _SCALES else {"%": "percent"}.get(unit or "", unit),
                    decimals=len(match["digits"].partition(".")[2]),
                    multiplier=scale,
                    place=place,
                    item=at,
                )
            )
        return found


def _source(word: str | None) -> FundingSource | None:
    return next((code for name, code in _SOURCES.items() if word and name[0] == word[0]), None)


def report_of(*parts: Sheet | str, section: tuple[str, ...] = ()) -> Report:
    """Return a report of tables and lines of running text, in the order given."""
    writer = _Writer(facts=[])
    blocks: list[Line | TableGrid] = []
    tables: list[TableReading] = []
    for part in parts:
        if isinstance(part, Sheet):
            tables.append(_table(part, len(tables), writer))
            blocks.append(tables[-1].grid)
            continue
        writer.lines += 1
        place = Place(line_no=writer.lines, char_start=0, char_end=len(part))
        is_heading = part.startswith("# ")
        blocks.append(
            Line(
                run=Run(text=part, place=place),
                role="heading" if is_heading else "text",
                section_path=section,
            )
        )
        writer.facts.extend(
            replace(fact, section_path=section)
            for fact in writer.numbers(part, writer.lines, 0)
            if fact.value_unit is not None
        )
    document = Document(
        document_id=DOCUMENT_ID,
        file_name="report.txt",
        media_type="text/plain",
        byte_size=1,
        blocks=tuple(blocks),
    )
    return Report(
        document=document,
        profile=Profile(),
        tables=tuple(tables),
        facts=tuple(writer.facts),
        events=(),
    )


def _table(sheet: Sheet, ordinal: int, writer: _Writer) -> TableReading:
    rows = [[cell.strip() for cell in row.split("|")] for row in sheet.text.strip().split("\n")]
    heads = [tuple(part.strip() for part in cell.split(">")) for cell in rows[0]]
    table_id = f"{DOCUMENT_ID[:12]}-t{ordinal + 1:04d}"
    cells: list[LabelledCell] = []
    for at, row in enumerate(rows[1:], start=1):
        writer.lines += 1
        stub = tuple(part for cell in row[: sheet.stubs] for part in cell.split(">") if part)
        for col in range(sheet.stubs, len(heads)):
            text = row[col] if col < len(row) else ""
            place = Place(line_no=writer.lines, char_start=col * 20, char_end=col * 20 + len(text))
            cells.append(
                LabelledCell(
                    row=at,
                    col=col,
                    row_span=1,
                    col_span=1,
                    role="data" if text else "blank",
                    text=text,
                    row_path=stub,
                    col_path=heads[col],
                    place=place,
                )
            )
            facts = _cell_facts(sheet, text, stub, heads[col], writer, col)
            writer.facts.extend(
                replace(
                    fact, table_id=table_id, row=at, col=col, section_path=sheet.section,
                    aggregation=sheet.aggregation,
                )
                for fact in facts
            )  # fmt: skip
    grid = TableGrid(
        cells=(),
        row_count=len(rows),
        column_count=len(heads),
        engine=sheet.engine,
        place=NOWHERE,
        section_path=sheet.section,
    )
    return TableReading(
        table_id=table_id,
        ordinal=ordinal,
        grid=grid,
        kind="other",
        unit=Unit(name=None),
        header_row_count=1,
        stub_column_count=sheet.stubs,
        cells=tuple(cells),
    )


def _cell_facts(
    sheet: Sheet, text: str, stub: Sequence[str], head: Sequence[str], writer: _Writer, col: int
) -> list[Fact]:
    label, indicator = " ".join(stub), " ".join(head)
    if text in ("-", "미정"):
        empty = writer.numbers("0", writer.lines, col * 20)[0]
        state: NumberState = "nil" if text == "-" else "undecided"
        return [replace(empty, raw=text, value=None, state=state, label=label, indicator=indicator)]
    facts = writer.numbers(text, writer.lines, col * 20)
    names = [name for name in (*head, *stub) if name in _MEASURES]
    share = any(name.endswith(("률", "율", "비율", "구성비", "(%)")) for name in head)
    finished = []
    for fact in facts:
        unit = "%" if share and fact.value_unit is None else sheet.unit
        if fact.value_unit is None and unit:
            scale = Decimal(_SCALES.get(unit, 1))
            fact = replace(
                fact,
                value=None if fact.value is None else fact.value * scale,
                value_unit="won" if unit in _SCALES else {"%": "percent"}.get(unit, unit),
                multiplier=scale,
                measure="amount" if unit in _SCALES else "count",
            )
        measure = _MEASURES[names[0]] if names else fact.measure
        finished.append(
            replace(
                fact,
                label=label,
                indicator=indicator,
                measure="rate" if share and not names else measure,
                funding_source=fact.funding_source
                or next((_SOURCES[name] for name in (*head, *stub) if name in _SOURCES), None),
            )
        )
    return finished


def audit_of(*parts: Sheet | str) -> Audit:
    """Audit a report of tables and lines."""
    return audit(report_of(*parts))


def checks_of(found: Audit, kind: str) -> tuple[Check, ...]:
    """Return the checks of one kind."""
    return tuple(check for check in found.checks if check.kind == kind)


def alarms_of(found: Audit) -> tuple[Finding, ...]:
    """Return the findings that an auditor would be called for."""
    return tuple(one for one in found.findings if one.severity in ("high", "medium"))
