"""The code keeps to its layout: maps, not code, in packages; modules that fit on a few screens."""

import ast
import doctest
import importlib
import re
import warnings
from pathlib import Path

import pytest

from validate.records import RelationKind
from validate.relations import KINDS

ROOT = Path(__file__).parents[2]
STAGES = ("extract", "normalize", "validate", "pipelines")
MODULES = tuple(sorted(path for stage in STAGES for path in (ROOT / stage).rglob("*.py")))
PACKAGES = tuple(path for path in MODULES if path.name == "__init__.py")
REGISTRIES = ("validate/relations/__init__.py",)
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|misc|manager)(_|$)")


def show(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def import_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


EACH_MODULE = pytest.mark.parametrize("path", MODULES, ids=show)


@pytest.mark.parametrize("path", PACKAGES, ids=show)
def test_a_package_holds_a_docstring_only(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    if show(path) not in REGISTRIES:
        assert len(tree.body) == 1


@EACH_MODULE
def test_a_module_says_in_its_first_sentence_what_it_is_for(path: Path) -> None:
    words = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert words
    assert words.split("\n\n")[0].rstrip().endswith((".", ":"))


@EACH_MODULE
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@EACH_MODULE
def test_no_function_is_longer_than_60_lines(path: Path) -> None:
    functions = (
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    sizes = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    assert {name for name, size in sizes.items() if size > MOST_LINES_OF_A_FUNCTION} == set()


@EACH_MODULE
def test_a_module_is_named_after_what_it_does(path: Path) -> None:
    assert not VAGUE.search(path.stem)


@EACH_MODULE
def test_the_examples_in_docstrings_are_true(path: Path) -> None:
    if path.name == "__main__.py":
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the libraries that it imports
        module = importlib.import_module(import_name(path))
    assert doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


def test_every_relation_kind_is_registered() -> None:
    folder = ROOT / "validate" / "relations"
    files = {path.stem for path in folder.glob("*.py") if path.name != "__init__.py"}
    listed = [kind.code for kind in KINDS]
    found = [
        importlib.import_module(f"validate.relations.{file}").KIND.code for file in sorted(files)
    ]
    assert sorted(listed) == sorted(found)
    assert len(set(listed)) == len(listed)
    assert all(isinstance(kind, RelationKind) for kind in KINDS)


def test_no_package_under_tests_hides_a_stage() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []
