"""Poison beside good documents costs none of them a byte, and mutated files are never lost."""

import random
from functools import partial
from pathlib import Path

import pytest

from benchmarks import isolation
from benchmarks.fuzz import MUTATIONS, make_cases, mutate
from pipelines.limits import Limits
from pipelines.processed import decode, encode, lose, process
from pipelines.rules import Rules
from pipelines.workers import Wire, map_in_processes

LIMITS = Limits(seconds=15, memory_bytes=1 << 30)


def test_good_documents_are_the_same_beside_poison(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = ("bomb", "abort", "segfault", "exit", "eat")
    monkeypatch.setattr(isolation, "HARMS", {kind: isolation.HARMS[kind] for kind in kinds})
    good = isolation.make_good(tmp_path, 6)
    alone = isolation.read(good, 2, LIMITS)
    poison = isolation.make_poison(tmp_path, 5)
    mixed = isolation.read([*poison[:3], *good[:3], *poison[3:], *good[3:]], 2, LIMITS)
    assert {name: mixed[name] for name in alone} == alone
    assert all(rows.startswith(b"ok") for rows in alone.values())
    reasons = [mixed[one.file_name].split()[0].decode() for one in poison]
    assert reasons == ["LIMIT_EXPANSION", "CRASH", "CRASH", "CRASH", "LIMIT_MEMORY"]


def test_every_mutation_is_of_use() -> None:
    objects = (b"%d 0 obj %d endobj\n" % (number, 7 * number) for number in range(1, 40))
    data, other = b"%PDF-1.4\n" + b"".join(objects), b"another one" * 50
    for change in MUTATIONS:
        assert any(change(data, random.Random(seed), other) != data for seed in range(5))


def test_mutations_are_those_of_their_seed() -> None:
    data = isolation.draw("합계\t1,234")
    once, again = (mutate(data, random.Random(7), data) for _ in range(2))
    assert once == again


def test_mutated_reports_all_come_back(tmp_path: Path) -> None:
    text = "사업 예산\n구분\t예산\n시설비\t100\n합계\t100\n"
    seeds = [isolation.draw(text), text.encode()]
    cases = make_cases(seeds, tmp_path, 3, float("inf"))
    sources = [next(cases) for _ in range(40)]
    rules = Rules(engine="auto", limits="")
    spent = map_in_processes(
        partial(process, rules=rules, limits=LIMITS),
        sources,
        wire=Wire(encode=encode, decode=partial(decode, rules=rules, limits=LIMITS)),
        workers=2,
        lost=partial(lose, rules=rules),
        limits=LIMITS,
        scratch=tmp_path / "scratch",
    )
    assert sorted(one.item.file_name for one in spent) == [one.file_name for one in sources]
