"""The rate of two reading processes against that of one, over reports of one page.

Usage: python -m benchmarks.rates [--count 2500] [--turns 3] [--kind pdf]

Reads the reports of `benchmarks.scale` with one process and with two, in turns, and prints reports
a second of wall time and of processor time, the latter with all that was started, since other
people may use the machine. Counted from the first fifth of a run to its last tenth: to start Python
and to publish are not divided among processes.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.scale import MAKERS, between, watched_run

_WAYS: Final = {"one": ("--workers", "1"), "two": ("--workers", "2")}
_FROM: Final = 0.2
_TO: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How fast a run read."""

    a_second: float
    a_cpu_second: float
    supervisor: float
    """Its share of the processor's time."""
    whole_seconds: float
    """Of the run, with its start and its end."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=2500)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--kind", choices=tuple(MAKERS), default="pdf")
    given = parser.parse_args()
    compare(_WAYS, MAKERS[given.kind], given.count, given.turns)


def compare(
    ways: Mapping[str, Sequence[str]], make: Callable[[Path, int], None], count: int, turns: int
) -> None:
    """Print how fast runs read that differ in their options, and the last against the first."""
    found: dict[str, list[Rate]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory(prefix="geomsan-") as temporary:
        folder = Path(temporary)
        make(folder / "in", count)
        for turn in range(turns):
            for name, options in ways.items():
                found[name].append(_measure(folder / "in", folder / f"{name}-{turn}", options))
                _show(name, found[name][-1])
        _require_same(folder)
    print("medians")
    middles = {name: _median(rates) for name, rates in found.items()}
    for name, one in middles.items():
        _show(name, one)
    first, *_, last = ways
    wall = middles[last].a_second / middles[first].a_second
    cpu = middles[last].a_cpu_second / middles[first].a_cpu_second
    whole = middles[first].whole_seconds / middles[last].whole_seconds
    print(f"{last} / {first}: {wall:.2f} of the rate, {cpu:.2f} by CPU, {whole:.2f} by whole runs")


def _measure(inputs: Path, output: Path, options: Sequence[str]) -> Rate:
    samples = watched_run(inputs, output, options)
    most = samples[-1].done
    first, *_, last = between(samples, most * _FROM, most * _TO)
    cpu = last.cpu_seconds - first.cpu_seconds
    return Rate(
        a_second=(last.done - first.done) / (last.seconds - first.seconds),
        a_cpu_second=(last.done - first.done) / cpu,
        supervisor=(last.own_cpu_seconds - first.own_cpu_seconds) / cpu,
        whole_seconds=samples[-1].seconds,
    )


def _median(rates: Sequence[Rate]) -> Rate:
    return Rate(
        **{name: median(getattr(one, name) for one in rates) for name in Rate.__dataclass_fields__}
    )


def _show(name: str, one: Rate) -> None:
    load = os.getloadavg()[0]
    print(
        f"{name:8} {one.a_second:6.1f} a second, {one.a_cpu_second:6.1f} a CPU second "
        f"({one.supervisor:4.1%} the supervisor's), {one.whole_seconds:6.1f} s in all "
        f"(load {load:.1f})",
        flush=True,
    )


def _require_same(folder: Path) -> None:
    found = {path.read_bytes() for path in folder.glob("*/dataset/manifest.json")}
    if len(found) != 1:
        sys.exit("the datasets differ")


if __name__ == "__main__":
    main()
