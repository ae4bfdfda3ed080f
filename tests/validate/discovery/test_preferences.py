"""Which of several equal totals is told."""

import numpy as np

from validate.discovery.preferences import preferred
from validate.discovery.records import Candidate, Weighed


def total(target: int, operands: tuple[int, ...], gap: float) -> Weighed:
    candidate = Candidate(
        operator="sum", target=target, operands=operands, cost=1.0, family="range", gap=gap
    )
    holds = np.ones(5, dtype=bool)
    return Weighed(candidate=candidate, score=40.0, holds=holds, empty=~holds, telling=5)


BEFORE_ITS_PARTS = total(0, (1, 2), 0)
BEHIND_ITS_PARTS = total(3, (1, 2), 0)
LEADING, CLOSING = total(4, (6, 7), 1), total(8, (6, 7), 0)


def test_of_equal_totals_the_one_on_the_side_of_the_others_is_told() -> None:
    others = [BEFORE_ITS_PARTS, total(10, (11, 12), 0)]
    assert {one.candidate.target for one in preferred([*others, LEADING, CLOSING])} == {0, 4, 10}


def test_where_totals_stand_behind_their_parts_the_next_one_is_told() -> None:
    assert {one.candidate.target for one in preferred([BEHIND_ITS_PARTS, LEADING, CLOSING])} == {
        3,
        8,
    }
