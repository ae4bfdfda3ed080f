"""The READMEs are true: their commands exist and their output is what the program prints."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.cli import app
from pipelines.desk import desk
from pipelines.reasons import EXIT_CODES
from pipelines.research import research
from pipelines.upkeep import upkeep

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.ko.md")
COMMANDS = {
    command.callback.__name__: command.callback
    for group in (app, desk, research, upkeep)
    for command in group.registered_commands
    if command.callback
}
EACH = pytest.mark.parametrize("name", READMES)
OUTPUT = re.compile(
    r"<!-- output:begin -->\n```console\n\$ (?P<command>geomsan [^\n]+)\n(?P<output>.*?)```\n"
    r"<!-- output:end -->",
    re.DOTALL,
)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def geomsan(*arguments: str) -> subprocess.CompletedProcess[str]:
    plain = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "pipelines", *arguments],
        cwd=ROOT,
        env={**os.environ, **plain},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def without_line_ends(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")]


@EACH
def test_the_two_commands_come_first(name: str) -> None:
    first_screen = read(name).split("\n## ")[0]
    assert "make run" in first_screen
    assert "make test" in first_screen


@EACH
def test_every_make_target_that_is_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", read(name)))
    assert {"run", "test"} <= named
    assert named <= targets


@EACH
def test_every_command_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"(?:`|\$ )geomsan ([a-z]+)", read(name)))
    assert named
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    assert (COMMANDS[command].__doc__ or "").strip()


def test_every_command_is_named() -> None:
    for name in READMES:
        assert {command for command in COMMANDS if f"`geomsan {command}" not in read(name)} == set()


@EACH
def test_every_exit_code_is_named(name: str) -> None:
    table = set(re.findall(r"^\| `(\d)` \|", read(name), re.MULTILINE))
    assert table == {str(int(code)) for code, _ in EXIT_CODES}


@EACH
def test_the_output_is_what_the_command_prints(name: str, pytestconfig: pytest.Config) -> None:
    text = read(name)
    (shown,) = OUTPUT.finditer(text)
    answer = geomsan(*shown["command"].split()[1:])
    printed = without_line_ends(answer.stdout)
    assert answer.returncode == 1, answer.stderr
    if pytestconfig.getoption("--update-golden"):
        start, end = shown.span("output")
        lines = "".join(f"{line}\n" for line in printed)
        (ROOT / name).write_text(text[:start] + lines + text[end:], "utf-8")
        return
    assert without_line_ends(shown["output"]) == printed


@EACH
def test_every_file_that_is_linked_exists(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", read(name))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_ci_runs_what_the_readme_names() -> None:
    script = read(".ci/run")
    assert "make --no-print-directory lint" in script
    assert "make --no-print-directory test" in script
    assert os.access(ROOT / ".ci/run", os.X_OK)


@EACH
def test_the_example_of_the_library_is_true(name: str) -> None:
    example = doctest.DocTestParser().get_doctest(read(name), {}, name, name, 0)
    assert example.examples
    runner = doctest.DocTestRunner()
    assert runner.run(example).failed == 0
