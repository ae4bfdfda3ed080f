"""Nothing that a run writes or a command shows holds personal data, unless somebody asks for it."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.examine import Examined, examine
from pipelines.personal_boxes import personal_boxes
from pipelines.sources import Source

Write = Callable[..., Path]
NAMES = ("홍길동", "남궁민수", "이순신", "김하늘")
NUMBERS = ("2670-1234", "010-2345-6789", "810203-1234567", "gildong@korea.kr", "2670-9876")
TEXT = """2024년 주요업무 추진실적
작성: 총무과장 홍길동(☎ 02-2670-1234)

1. 홍길동 과장 소관 사업 현황
(단위: 천원)
사업명\t담당자\t연락처\t예산액\t집행액
시설비\t남궁민수\t010-2345-6789\t100\t50
운영비\t김하늘\t2670-9876\t250\t100
합계\t\t\t340\t150
※ 문의: 이순신 주무관(gildong@korea.kr), 810203-1234567

○ 홍길동은 2024. 3. 5. 예산 1,234천원을 집행
"""
PAGE = ("사업명|담당자|예산액", "시설비|홍길동|100", "운영비|이순신|250", "합계||340")
COVER = (90, 90, 100)


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def written(output: Path) -> str:
    """Return all that the dataset says, as text."""
    files = sorted((output / "dataset").resolve().rglob("*.parquet"))
    rows = [pq.read_table(file).to_pylist() for file in files]
    return json.dumps(rows, default=str, ensure_ascii=False)


def found_in(text: str) -> set[str]:
    return {one for one in (*NAMES, *NUMBERS) if one in text}


def figures(output: Path) -> list[tuple[object, ...]]:
    table = pq.read_table((output / "dataset").resolve() / "facts").to_pylist()
    return [(row["fact_id"], row["raw"], row["value"], row["char_start"]) for row in table]


@pytest.fixture
def outputs(write_report: Write, tmp_path: Path) -> tuple[Path, Path]:
    """Publish a report twice: masked, and as it is printed."""
    report = write_report("담당자 홍길동 010-2345-6789.txt", TEXT)
    for name, options in (("masked", ()), ("kept", ("--keep-personal",))):
        done = invoke(
            "run", report, "-o", tmp_path / name, "--quiet", "--no-gate", "--workers", 0, *options
        )
        assert done.exit_code == 1, done.output
    return tmp_path / "masked", tmp_path / "kept"


def test_a_dataset_holds_no_personal_data(outputs: tuple[Path, Path]) -> None:
    masked, kept = map(written, outputs)
    assert found_in(masked) == set()
    assert found_in(kept) == {*NAMES, *NUMBERS[1:]}  # the line with the first is not kept
    assert "담당자 홍** 010-****-****.txt" in masked


def test_figures_and_places_are_the_same_with_and_without(outputs: tuple[Path, Path]) -> None:
    masked, kept = outputs
    assert figures(masked) == figures(kept) != []
    assert not {row[1] for row in figures(kept)} & set(NUMBERS)


def test_a_dataset_says_that_it_holds_personal_data(outputs: tuple[Path, Path]) -> None:
    masked, kept = (
        json.loads((one / "dataset" / "datapackage.json").read_text("utf-8")) for one in outputs
    )
    assert "description" not in masked
    assert "personal data" in kept["description"]


def test_logs_hold_none_even_where_the_dataset_does(outputs: tuple[Path, Path]) -> None:
    for output in outputs:
        (ledger,) = (output / "runs").glob("*.jsonl")
        lines = [json.loads(line) for line in ledger.read_text("ascii").splitlines()]
        assert found_in(json.dumps(lines, ensure_ascii=False)) == set()
    assert lines[0]["keep_personal"] is True


def test_another_choice_reads_the_report_again(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    _, kept = outputs
    done = invoke("run", tmp_path / "in", "-o", kept, "--quiet", "--no-gate", "--workers", 0)
    assert done.exit_code == 1
    assert found_in(written(kept)) == set()


def test_the_name_of_a_file_in_quarantine_is_masked(write_report: Write, tmp_path: Path) -> None:
    good, bad = write_report(), write_report("성명_홍길동 010-2345-6789.pdf", "no")
    done = invoke("run", good, bad, "-o", tmp_path / "out", "--quiet", "--no-gate", "--workers", 0)
    assert found_in(done.output) == set()
    assert found_in(written(tmp_path / "out")) == set()


def test_check_and_explain_show_none(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    (report,) = (tmp_path / "in").iterdir()
    assert found_in(invoke("check", report).output) == set()
    masked, _ = outputs
    for row in pq.read_table((masked / "dataset").resolve() / "facts").to_pylist():
        shown = invoke("explain", row["fact_id"], "-o", masked)
        assert shown.exit_code == 0, shown.output
        assert found_in(shown.output) == set()


def test_explain_shows_them_to_those_who_may(outputs: tuple[Path, Path]) -> None:
    masked, _ = outputs
    fact = pq.read_table((masked / "dataset").resolve() / "facts").to_pylist()[0]
    shown = invoke("explain", fact["fact_id"], "-o", masked, "--keep-personal")
    assert "남궁민수" in shown.output


def test_names_are_painted_over_on_the_picture_of_a_page(write_pdf: Write, tmp_path: Path) -> None:
    file, picture = write_pdf(PAGE), tmp_path / "page.png"
    for options, is_covered in (((), True), (("--keep-personal",), False)):
        done = invoke("explain", file, "--page", 1, "--to", picture, *options)
        assert done.exit_code == 0, done.output
        with Image.open(picture) as image:
            colours = {colour for _, colour in image.getcolors(1 << 24) or []}
        assert (COVER in colours) is is_covered


def test_boxes_lie_on_the_names_and_on_nothing_else(write_pdf: Write) -> None:
    file = write_pdf(PAGE)
    examined = examine(Source(path=file, file_name="a", sha256=None, byte_size=None))
    assert isinstance(examined, Examined)
    boxes = personal_boxes(examined.shown, file.read_bytes(), 1)
    assert boxes
    assert all(160 <= (box.x0 or 0) < (box.x1 or 0) <= 260 for box in boxes)
    assert personal_boxes(examined.shown, file.read_bytes(), 2) == ()
