"""One run at a time at a place in a store, and a holder that died holds nothing."""

import json
import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta

import pytest

from pipelines import store_lock
from pipelines.reasons import RunError
from pipelines.store_lock import StoreLock, held_in_store, who_holds_in_store
from pipelines.stores import Store, open_store

AT_ONCE = timedelta(0)
FOLDER = "work/locks/main"


@pytest.fixture
def store(place: str) -> Store:
    return open_store(f"{place}/out")


def _record(store: Store) -> dict[str, object]:
    found: dict[str, object] = json.loads(store.read(store.names_below(FOLDER)[-1]) or b"")
    return found


def _sign(store: Store, **changed: object) -> None:
    path = store.names_below(FOLDER)[-1]
    store.write(path, json.dumps({**_record(store), **changed}).encode())


def _dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_a_second_run_is_told_who_works(store: Store) -> None:
    with (
        held_in_store(store, "run", "main"),
        pytest.raises(RunError) as caught,
        held_in_store(store, "audit", "main"),
    ):
        pass
    assert str(caught.value).startswith("BUSY ")
    assert "`geomsan run`, process " in str(caught.value)


def test_who_works_is_told_while_somebody_does(store: Store) -> None:
    with held_in_store(store, "run", "main"):
        assert who_holds_in_store(store, "main").startswith("`geomsan run`, process ")
    assert who_holds_in_store(store, "main") == ""


def test_parts_do_not_wait_for_each_other(store: Store) -> None:
    with held_in_store(store, "run", "shard-1-of-2"), held_in_store(store, "run", "shard-2-of-2"):
        assert who_holds_in_store(store, "shard-1-of-2")
        assert who_holds_in_store(store, "shard-2-of-2")


def test_a_lock_that_was_let_go_is_free_and_leaves_one_object(store: Store) -> None:
    for _ in range(3):
        with held_in_store(store, "run", "main"):
            pass
    assert len(store.names_below("work")) == 1


def test_a_holder_whose_process_is_gone_is_taken_over_at_once(store: Store) -> None:
    with ExitStack() as left:
        left.enter_context(held_in_store(store, "run", "main"))
        _sign(store, pid=_dead_process())
        with held_in_store(store, "run", "main"):
            assert "is_released" not in _record(store)


def test_a_holder_elsewhere_counts_as_dead_without_signs_of_life(store: Store) -> None:
    with held_in_store(store, "run", "main"):
        _sign(store, machine="another", pid=1)
        with pytest.raises(RunError), held_in_store(store, "run", "main"):
            pass
        with held_in_store(store, "run", "main", dead=AT_ONCE):
            pass


def test_who_was_taken_for_dead_publishes_nothing(store: Store) -> None:
    with held_in_store(store, "run", "main") as first:
        _sign(store, machine="another")
        with held_in_store(store, "run", "main", dead=AT_ONCE) as second:
            with pytest.raises(RunError, match="has taken over"):
                first.require()
            second.require()
        with pytest.raises(RunError):
            first.require()


def test_a_holder_gives_signs_of_life(store: Store) -> None:
    with held_in_store(store, "run", "main", beat=timedelta(milliseconds=1)):
        _sign(store, mark="gone with the next sign")
        for _ in range(10_000):
            if "mark" not in _record(store):
                break
        assert "mark" not in _record(store)


def test_of_several_that_found_the_same_dead_holder_one_gets_the_lock(store: Store) -> None:
    first, second = (
        StoreLock(store, f"{FOLDER}/000000007.json", {"command": "run", "token": token})
        for token in ("first", "second")
    )
    store_lock._create(first)
    with pytest.raises(RunError, match="`geomsan run`"):
        store_lock._create(second)
    assert _record(store)["token"] == "first"
