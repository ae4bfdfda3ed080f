"""Nothing that is read can be run: no evaluation, no shell, no format that carries code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAGES = ("extract", "normalize", "validate", "pipelines")
MODULES = tuple(sorted(path for stage in STAGES for path in (ROOT / stage).rglob("*.py")))
CODE_CARRIERS = frozenset(
    {"pickle", "cloudpickle", "dill", "marshal", "shelve", "joblib", "yaml", "jsonpickle"}
)
BETWEEN_OUR_PROCESSES = ("workers.py", "confined_process.py", "serving.py")
"""Modules of `pipelines` that may pack what one process of ours hands to another."""


def _faults(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name in ("eval", "exec", "compile", "__import__"):
                yield name
            attribute = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if attribute in ("system", "popen"):
                yield attribute
            if any(one.arg == "shell" for one in node.keywords):
                yield "shell="
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in CODE_CARRIERS)
        elif isinstance(node, ast.ImportFrom) and node.module in CODE_CARRIERS:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_can_run_what_it_reads(path: Path) -> None:
    found = set(_faults(ast.parse(path.read_text("utf-8"))))
    if path.parent.name == "pipelines" and path.name in BETWEEN_OUR_PROCESSES:
        found.discard("pickle")
    assert found == set()


@pytest.mark.parametrize(
    "code",
    ["eval(x)", "os.system(x)", "run(x, shell=True)", "import pickle", "from yaml import load"],
)
def test_what_runs_its_input_is_recognised(code: str) -> None:
    assert list(_faults(ast.parse(code)))
