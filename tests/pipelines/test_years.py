"""The audit of a dataset: two reports of one institution and consecutive years."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipelines.build import Options, run
from pipelines.cli import app
from pipelines.years import YearsAudit, audit_years

FIRST = """서울특별시 한빛구

2022년 주요업무보고

도서관정책과

1 예산 현황

(단위: 천원)
단위사업명\t2021년 결산액\t2022년 예산액
도서관 운영\t1,204,500\t1,310,000
독서 문화\t803,100\t915,200
시설 관리\t402,700\t420,900

2 연차별 목표

단위사업명\t2022년 목표\t2023년 목표\t2024년 목표
독서동아리 육성\t120개\t150개\t180개
야간 개관\t14개소\t17개소\t20개소

3 추진 실적

구분\t누적 회원 수\t2021년 대출 권수
중앙도서관\t35,120명\t210,400권
분관\t18,450명\t98,700권
"""
SECOND = """서울특별시 한빛구

2023년 주요업무보고

도서관정책과

1 예산 현황

(단위: 천원)
단위사업명\t2021년 결산액\t2022년 결산액\t2023년 예산액
도서관 운영\t{settled}\t1,298,300\t1,402,000
독서 문화\t803,100\t901,400\t925,600
시설 관리\t402,700\t411,800\t430,300

2 연차별 목표

단위사업명\t2022년 목표\t2023년 목표\t2024년 목표
독서동아리 육성\t120개\t{target}개\t180개
야간 개관\t14개소\t17개소\t20개소

3 추진 실적

구분\t누적 회원 수\t2021년 대출 권수
중앙도서관\t{members}명\t210,400권
분관\t19,020명\t98,700권
"""
SAME = {"settled": "1,204,500", "target": "150", "members": "36,010"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def publish_two(output: Path, **changed: str) -> None:
    folder = output.parent / "reports"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST, "utf-8")
    (folder / "second.txt").write_text(SECOND.format(**{**SAME, **changed}), "utf-8")
    run([str(folder)], output, Options(workers=0, has_gate=False))


def titles(found: YearsAudit) -> list[tuple[str, str]]:
    return [(one.severity, one.title_en.partition(":")[0]) for one in found.findings]


def test_reports_that_agree_give_checks_and_no_finding(output: Path) -> None:
    publish_two(output)
    found = audit_years(output)
    assert not found.findings
    assert len(found.outcomes) >= 10
    assert set(found.outcomes) == {"exact"}


@pytest.mark.parametrize(
    ("changed", "finding", "words"),
    [
        pytest.param(
            {"settled": "1,240,500"},
            ("medium", "An earlier report says otherwise"),
            "2022년 보고서에는 1,204,500천원, 2023년 보고서에는 1,240,500천원",
            id="a-year-that-was-settled",
        ),
        pytest.param(
            {"target": "130"},
            ("medium", "A target has moved"),
            "2022년 보고서에는 150개, 2023년 보고서에는 130개",
            id="a-target-lowered",
        ),
        pytest.param(
            {"target": "170"},
            ("low", "A target has moved"),
            "2022년 보고서에는 150개, 2023년 보고서에는 170개",
            id="a-target-raised",
        ),
        pytest.param(
            {"members": "33,010"},
            ("medium", "A running total has shrunk"),
            "2022년 보고서에는 35,120명, 2023년 보고서에는 33,010명",
            id="a-running-total",
        ),
    ],
)
def test_a_figure_that_changed_is_one_finding(
    output: Path, changed: dict[str, str], finding: tuple[str, str], words: str
) -> None:
    publish_two(output, **changed)
    found = audit_years(output)
    assert titles(found) == [finding]
    assert words in found.findings[0].explanation_ko


def _rows(output: Path, table: str) -> pa.Table:
    return pq.read_table(output / "dataset" / table)


def test_what_it_finds_is_in_the_dataset_once_however_often_it_runs(output: Path) -> None:
    publish_two(output, target="130")
    before = {name: _rows(output, name) for name in ("facts", "checks", "findings")}
    audit_years(output)
    once = {name: _rows(output, name) for name in before}
    audit_years(output / "dataset", has_gate=False)
    for name in before:
        assert _rows(output, name).equals(once[name])
    assert once["facts"].equals(before["facts"])
    assert once["checks"].slice(0, len(before["checks"])).equals(before["checks"])
    added = once["findings"].slice(len(before["findings"])).to_pylist()
    assert [row["title_en"].partition(":")[0] for row in added] == ["A target has moved"]
    documents = {row["document_id"] for row in _rows(output, "documents").to_pylist()}
    assert {cell["fact_id"][:12] for cell in added[0]["cells"]} == {one[:12] for one in documents}


def test_both_reports_are_shown_where_a_finding_is_explained(output: Path) -> None:
    publish_two(output, target="130")
    finding = audit_years(output).findings[0]
    answer = CliRunner().invoke(app, ["explain", finding.finding_id, "--output", str(output)])
    assert answer.exit_code == 0
    assert "독서동아리 육성\t120개\t150개\t180개".replace("\t", " ") in answer.output
    assert "독서동아리 육성\t120개\t130개\t180개".replace("\t", " ") in answer.output


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        pytest.param({}, 0, "No findings.", id="nothing-differs"),
        pytest.param({"target": "130"}, 1, "A target has moved", id="a-target-lowered"),
    ],
)
def test_the_command_tells_by_its_exit_code(
    output: Path, changed: dict[str, str], code: int, words: str
) -> None:
    publish_two(output, **changed)
    answer = CliRunner().invoke(app, ["audit", str(output), "--lang", "en"])
    assert answer.exit_code == code
    assert words in answer.output
    assert "2022 first.txt" in answer.output


def test_a_single_report_has_nothing_to_be_compared_with(output: Path) -> None:
    report = output.parent / "only.txt"
    report.write_text(FIRST, "utf-8")
    run([str(report)], output, Options(workers=0, has_gate=False))
    answer = CliRunner().invoke(app, ["audit", str(output)])
    assert answer.exit_code == 0
    assert "No two reports of one institution" in answer.output


def test_a_folder_without_a_dataset_cannot_be_audited(tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["audit", str(tmp_path)])
    assert answer.exit_code == 2
    assert "NO_DATASET" in answer.output


def test_reports_that_agree_in_little_call_no_one(output: Path) -> None:
    publish_two(output)
    second = output.parent / "reports" / "second.txt"
    moved = SECOND.format(**SAME)
    for old, new in (("1,204,5", "2,204,5"), ("803,1", "703,1"), ("402,7", "502,7")):
        moved = moved.replace(old, new)
    for old, new in (("120개", "125개"), ("14개소", "11개소"), ("17개소", "11개소")):
        moved = moved.replace(old, new)
    for old, new in (("210,4", "110,4"), ("98,7", "99,7"), ("180개", "185개"), ("20개소", "9개소")):
        moved = moved.replace(old, new)
    second.write_text(moved, "utf-8")
    run([str(second.parent)], output, Options(workers=0, has_gate=False))
    assert {severity for severity, _ in titles(audit_years(output))} == {"low"}


def test_briefs_of_different_programmes_do_not_continue_each_other(output: Path) -> None:
    folder = output.parent / "reports"
    folder.mkdir()
    for year, name in ((2022, "청년 주거 지원"), (2023, "노후 주택 융자")):
        text = f"사업명: {name}\n\n국토교통부\n\n사업설명자료 사업코드 {year}년\n\n(단위: 백만원)\n"
        text += f"구분\t2021년 결산액\n합계\t{year * 3:,}\n융자\t{year * 2:,}\n"
        (folder / f"{year}.txt").write_text(text, "utf-8")
    run([str(folder)], output, Options(workers=0, has_gate=False))
    kinds = _rows(output, "documents")["document_type"].to_pylist()
    assert set(kinds) == {"project_brief"}
    assert not audit_years(output).comparisons
