"""The version of the rules by which a document is read: digests of the code that has a part in it.

What is unchanged need not be read again. Whether the rules are unchanged is not left to a number
that someone must remember to raise: each way of reading (text, PDF, scans, HWP) is known by the
source of the modules that it imports and by the versions of the libraries that these use.
"""

import ast
import hashlib
import platform
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pipelines.engines import EngineChoice

_ROOT: Final = Path(__file__).parents[1]
_STAGES: Final = ("extract", "normalize", "validate", "pipelines")
_EVERY: Final = "pipelines.examine"
_WAYS: Final = {
    "text": ("extract.reading.text",),
    "pdf": ("extract.reading.pdf", "extract.reading.second"),
    "ocr": ("extract.reading.ocr",),
    "hwp": ("extract.reading.hwp", "extract.reading.hwpx"),
}
"""The doors of each way of reading; what lies behind them counts for that way only."""
WRITTEN: Final = frozenset(("application/hwp+zip", "application/x-hwp"))
"""Media types of word processors; they are not imported, which would load their readers.

A place in such a document is a paragraph, not a line.
"""
LIMITS: Final = "limits"
CORRECTIONS: Final = "corrections"
_PERSONAL: Final = ",personal"
_BLOCKS: Final = ("body", "orelse", "finalbody", "handlers", "cases")
"""The fields of a statement that hold others."""
_LIBRARIES: Final = {
    "camelot": "camelot-py",
    "cv2": "opencv-python-headless",
    "numpy": "numpy",
    "olefile": "olefile",
    "pandas": "pandas",
    "pdfminer": "pdfminer-six",
    "pdfplumber": "pdfplumber",
    "PIL": "pillow",
    "pyarrow": "pyarrow",
    "pypdfium2": "pypdfium2",
    "pypdfium2_raw": "pypdfium2",
    "regex": "regex",
}


def digests() -> tuple[tuple[str, str], ...]:
    """Return the digest of each way: equal where every document is read in the same way."""
    return tuple((way, digest(way)) for way in ("every", *_WAYS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of this run: the engine that was asked for, and the digest of each way."""

    engine: EngineChoice
    limits: str
    """What a document may take; it decides only where a limit was reached."""
    keeps_personal: bool = False
    """Whether names, phones and numbers of persons are left as they are printed."""
    corrections: str = ""
    """Digest of what people corrected in the document; empty for nothing."""
    digests: tuple[tuple[str, str], ...] = field(default_factory=digests)
    """Of each way; taken once, so that no process that reads has to."""

    def of(self, ways: Iterable[str]) -> str:
        """Return the version of the rules for a document that was read in some ways."""
        known = {**dict(self.digests), LIMITS: self.limits.replace(" ", "")}
        parts = [f"{way}={known[way]}" for way in ways]
        if self.corrections:
            parts.append(f"{CORRECTIONS}={self.corrections}")
        chosen = f"engine={self.engine}{_PERSONAL if self.keeps_personal else ''}"
        return " ".join([chosen, *parts])

    def are_kept(self, recorded: str) -> bool:
        """Return whether rules that `of` returned once are those of this run."""
        names = (part.partition("=")[0] for part in recorded.split(" ")[1:])
        ways = tuple(name for name in names if name != CORRECTIONS)
        return bool(ways) and set(ways) <= {"every", LIMITS, *_WAYS} and self.of(ways) == recorded


def keep_personal(recorded: str) -> bool:
    """Return whether rules that `Rules.of` wrote left personal data as it is printed."""
    return recorded.partition(" ")[0].endswith(_PERSONAL)


def ways_to_no_rows(reason: str) -> tuple[str, ...]:
    """Return what decided that a document gave no rows: any way might have found some."""
    return ("every", *_WAYS, *((LIMITS,) if reason.startswith("LIMIT_") else ()))


def ways_of(media_type: str, text_layer: str | None) -> tuple[str, ...]:
    """Return the ways in which a document was read that gave rows."""
    if media_type in WRITTEN:
        return ("every", "hwp")
    if media_type != "application/pdf":
        return ("every", "text")
    return ("every", "pdf") if text_layer == "digital" else ("every", "pdf", "ocr")


@cache
def digest(way: str) -> str:
    """Return the digest of the code and the libraries of a way; `every` is what all share."""
    doors = {door for name, found in _WAYS.items() if name != way for door in found}
    modules = _reached(_WAYS.get(way, (_EVERY,)), doors)
    text = hashlib.sha256()
    for name, module in sorted(modules.items()):
        text.update(f"{name}\n{module.source}\n".encode())
    used = {_LIBRARIES[one] for module in modules.values() for one in module.libraries}
    text.update(" ".join(f"{one} {version(one)}" for one in sorted(used)).encode())
    text.update(platform.python_version().encode())
    if way == "ocr":
        text.update(_tesseract().encode())
    return text.hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Module:
    source: str
    reached: tuple[str, ...]
    """Names below our stages that it imports; some are no modules but what stands in one."""
    libraries: frozenset[str]


def _reached(roots: Iterable[str], closed: set[str]) -> dict[str, _Module]:
    """Return each module that can be reached from `roots` but through `closed`."""
    found: dict[str, _Module] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in found or name in closed:
            continue
        if (module := _parse(name)) is not None:
            found[name] = module
            waiting += module.reached
    return found


@cache
def _parse(name: str) -> _Module | None:
    base = _ROOT.joinpath(*name.split("."))
    files = (base.with_suffix(".py"), base / "__init__.py")
    path = next((file for file in files if file.is_file()), None)
    if path is None:
        return None
    source = path.read_text(encoding="utf-8")
    imports = _imports(source)
    ours = tuple(sorted(one for one in imports if one.partition(".")[0] in _STAGES))
    outside = frozenset(one.partition(".")[0] for one in imports) & {*_LIBRARIES}
    return _Module(source=source, reached=ours, libraries=outside)


def _imports(source: str) -> set[str]:
    """Return every name that a module imports, also within functions."""
    names: set[str] = set()
    for node in _statements(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def _statements(module: ast.Module) -> Iterator[ast.AST]:
    """Yield every statement; expressions, most of a module, hold none and are passed over."""
    waiting: list[ast.AST] = [module]
    while waiting:
        node = waiting.pop()
        yield node
        for block in _BLOCKS:
            waiting += getattr(node, block, ())


def _tesseract() -> str:
    try:
        said = subprocess.run(
            ["tesseract", "--version"], capture_output=True, text=True, check=False, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return "none"
    return said.stdout.partition("\n")[0]
