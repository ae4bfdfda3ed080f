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
TO_CONFINED_PROCESSES = {"confined_process.py": "pickle.dumps", "serving.py": "pickle.loads"}
"""What modules of `pipelines` do to tell a confined process its task; it answers in plain bytes."""


AMONG_FORKS = {"extract/reading/pdf_shared.py": {"pickle", "pickle.dumps", "pickle.load"}}
"""What a confined process does with its own forks, which lie behind the same fence."""


def _faults(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _faults_of_call(node)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in CODE_CARRIERS)
        elif isinstance(node, ast.ImportFrom) and node.module in CODE_CARRIERS:
            yield node.module


def _faults_of_call(node: ast.Call) -> Iterator[str]:
    name = ast.unparse(node.func)
    if name in ("eval", "exec", "compile", "__import__"):
        yield name
    module, _, attribute = name.rpartition(".")
    if module and attribute in ("system", "popen"):
        yield attribute
    if module and attribute == "recv" and not node.args:  # a pipe of multiprocessing unpickles
        yield "recv()"
    if module in CODE_CARRIERS:
        yield name
    if any(one.arg == "shell" for one in node.keywords):
        yield "shell="


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_can_run_what_it_reads(path: Path) -> None:
    found = set(_faults(ast.parse(path.read_text("utf-8"))))
    if path.parent.name == "pipelines" and path.name in TO_CONFINED_PROCESSES:
        found -= {"pickle", TO_CONFINED_PROCESSES[path.name]}
    found -= AMONG_FORKS.get(path.relative_to(ROOT).as_posix(), set())
    assert found == set()


@pytest.mark.parametrize(
    "code",
    [
        "eval(x)",
        "os.system(x)",
        "run(x, shell=True)",
        "import pickle",
        "from yaml import load",
        "pipe.recv()",
        "pickle.loads(x)",
    ],
)
def test_what_runs_its_input_is_recognised(code: str) -> None:
    assert list(_faults(ast.parse(code)))
