"""The same input gives the same bytes, wherever, whenever and in whatever order it is read."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipelines.conftest import hashes_of

ROOT = Path(__file__).parents[2]
REPORT = """사업 계획

1. 교육 운영
  ○ 사업비: 총 {total}천원(국비 50,000, 시비 30,000, 구비 20,000)
  ○ 기간: 2021. 3. ~ 12.

구분\t2020년\t2021년\t합계
교육\t10\t20\t30
홍보\t5\t6\t11
합계\t15\t26\t{sum}
"""


def _run(arguments: list[str], output: Path, cwd: Path, **environment: str) -> int:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pipelines",
            "run",
            *arguments,
            "-o",
            str(output),
            "-q",
            "--no-gate",
        ],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": _path(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode


def _path() -> str:
    return os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))


@pytest.fixture
def folder(write_report: Callable[..., Path]) -> Path:
    write_report("나.txt", REPORT.format(total="100,000", sum="41"))
    write_report("copy/라.txt", REPORT.format(total="100,000", sum="41"))
    write_report("다.txt", "")
    return write_report("가.txt", REPORT.format(total="110,000", sum="42")).parent


def test_the_dataset_does_not_depend_on_the_surroundings(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    names = ["가.txt", "나.txt", "다.txt", "copy/라.txt"]
    first = _run([str(folder)], tmp_path / "a", ROOT, TZ="UTC", LANG="C.UTF-8", PYTHONHASHSEED="0")
    second = _run(
        [f"../in/{name}" for name in reversed(names)],
        elsewhere / "deep" / "b",
        elsewhere,
        TZ="Asia/Seoul",
        LANG="C",
        LC_ALL="C",
        PYTHONHASHSEED="4242",
    )
    third = _run([str(folder), "--workers", "2"], Path("c"), tmp_path, PYTHONHASHSEED="7")
    assert first == second == third == 1
    hashes = hashes_of(tmp_path / "a")
    assert len(hashes) == 12
    assert hashes == hashes_of(elsewhere / "deep" / "b") == hashes_of(tmp_path / "c")
