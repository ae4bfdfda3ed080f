"""A document that hangs, dies or eats memory takes nothing with it."""

import os
import signal
import time

import pytest

from pipelines.workers import Limits, map_in_processes


def behave(item: str) -> str:
    if item == "die":
        os.abort()
    if item == "hang":
        time.sleep(60)
    if item == "hang in C":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(60)
    if item == "eat":
        bytearray(1 << 40)
    return item.upper()


def lost(item: str, is_too_slow: bool) -> str:
    return f"{item} {'slow' if is_too_slow else 'dead'}"


def test_results_come_in_the_order_of_the_items() -> None:
    items = [str(number) for number in range(20)]
    assert list(map_in_processes(behave, items, workers=2, lost=lost)) == items


def test_one_that_dies_or_hangs_is_the_only_one_lost() -> None:
    items = ["a", "die", "b", "hang", "c"]
    limits = Limits(seconds=5)
    done = list(map_in_processes(behave, items, workers=2, lost=lost, limits=limits))
    assert done == ["A", "die dead", "B", "hang slow", "C"]


def test_one_that_hangs_in_a_library_is_ended_by_the_watchdog() -> None:
    limits = Limits(seconds=4, grace_seconds=0)
    items = ["hang in C", "a"]
    done = list(map_in_processes(behave, items, workers=1, lost=lost, limits=limits))
    assert done == ["hang in C slow", "A"]


def test_memory_is_limited() -> None:
    with pytest.raises(MemoryError):
        list(map_in_processes(behave, ["eat"], workers=1, lost=lost))


@pytest.mark.parametrize("limits", [{"seconds": 0}, {"memory_bytes": 1024}])
def test_limits_that_no_document_can_keep_are_refused(limits: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least"):
        Limits(**limits)
