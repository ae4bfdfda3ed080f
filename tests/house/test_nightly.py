"""What docs/nightly shows can be used as it stands: units, cron line, scripts and commands."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from pipelines.cli import app

yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "nightly"
PROGRAM = "/opt/geomsan/.venv/bin/geomsan"
FILES = (ROOT / "docs" / "nightly.md", *sorted(FOLDER.iterdir()))
RANGES = {"minute": (0, 59), "hour": (0, 23), "day": (1, 31), "month": (1, 12), "weekday": (0, 7)}


def _options() -> dict[str, set[str]]:
    group: Any = typer.main.get_command(app)
    return {
        name: {
            option
            for parameter in command.params
            for option in (*parameter.opts, *parameter.secondary_opts)
        }
        for name, command in group.commands.items()
    }


def _commands(path: Path) -> list[list[str]]:
    """Return the geomsan commands that a text shows, as lists of words."""
    text = re.sub(r"\\\n\s*", " ", path.read_text("utf-8"))
    text = re.sub(r"(s3://[^\n]*|--quiet)\n\s+(?=--)", r"\1 ", text)
    found = re.findall(r"(?:^|[\s'`/])geomsan ([a-z]+\b[^\n`'#;|&]*)", text, re.MULTILINE)
    return [shlex.split(command.partition(" 2>")[0]) for command in found]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_commands_that_are_shown_exist_with_their_options(path: Path) -> None:
    known = _options()
    for name, *words in _commands(path):
        if name in known:
            shown = {word for word in words if word.startswith("-")}
            assert shown <= known[name], name


def test_commands_are_found_at_all() -> None:
    named = {command[0] for path in FILES for command in _commands(path)}
    assert {"run", "status"} <= named


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_units_are_sound(tmp_path: Path) -> None:
    for unit in ("geomsan.service", "geomsan.timer"):
        text = (FOLDER / unit).read_text("utf-8").replace(PROGRAM, sys.executable)
        (tmp_path / unit).write_text(text, "utf-8")
    asked = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", "geomsan.timer"]
    done = subprocess.run(
        [*asked, "geomsan.service"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def _fields(line: str) -> tuple[dict[str, set[int]], str]:
    """Return the times of a cron line, spelt out, and its command."""
    *fields, command = line.split(None, len(RANGES))
    times: dict[str, set[int]] = {}
    for (name, (first, last)), field in zip(RANGES.items(), fields, strict=True):
        times[name] = set()
        for part in field.split(","):
            spelt = re.fullmatch(r"(\*|(\d+)(?:-(\d+))?)(?:/(\d+))?", part)
            assert spelt, part
            start = int(spelt[2] or first)
            end = int(spelt[3] or (spelt[2] if spelt[2] and not spelt[4] else last))
            assert first <= start <= end <= last
            times[name] |= set(range(start, end + 1, int(spelt[4] or 1)))
    return times, command


def test_the_cron_line_is_sound_and_means_once_a_night() -> None:
    lines = [
        line
        for line in (FOLDER / "crontab").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    (line,) = lines
    times, command = _fields(line)
    assert {name: len(values) for name, values in times.items()} == {
        "minute": 1,
        "hour": 1,
        "day": 31,
        "month": 12,
        "weekday": 8,
    }
    assert "%" not in command  # cron would end the line there
    subprocess.run(["sh", "-n", "-c", command], check=True)


@pytest.mark.parametrize(("code", "printed"), [(0, ""), (1, ""), (3, ""), (2, "BUSY\n")])
def test_the_cron_line_tells_only_runs_that_could_not_be(
    code: int, printed: str, tmp_path: Path
) -> None:
    program = tmp_path / "geomsan"
    program.write_text(f"#!/bin/sh\necho BUSY >&2\nexit {code}\n")
    program.chmod(0o755)
    line = (FOLDER / "crontab").read_text("utf-8").splitlines()[-1]
    command = _fields(line)[1].replace(PROGRAM, str(program)).replace("/srv/geomsan", str(tmp_path))
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == printed


def test_the_job_array_is_sound_shell() -> None:
    subprocess.run(["bash", "-n", FOLDER / "slurm_array.sh"], check=True)


def test_the_objects_of_kubernetes_hang_together() -> None:
    found = list(yaml.safe_load_all((FOLDER / "kubernetes.yaml").read_text("utf-8")))
    kinds = [one["kind"] for one in found]
    assert kinds == ["CronJob", "Deployment", "Service", "Deployment"]
    cron, scheduler, service, worker = found
    assert len(_fields(f"{cron['spec']['schedule']} run")[0]) == len(RANGES)
    for one in (scheduler, worker):
        labels = one["spec"]["template"]["metadata"]["labels"]
        assert one["spec"]["selector"]["matchLabels"] == labels
    assert service["spec"]["selector"] == scheduler["spec"]["selector"]["matchLabels"]
    (container,) = cron["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    address = f"tcp://{service['metadata']['name']}:8786"
    assert address in container["args"][0]
    assert address in worker["spec"]["template"]["spec"]["containers"][0]["command"]
