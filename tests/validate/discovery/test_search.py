"""What the searches share: looking up what lies near finds what holding all against all finds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from validate.discovery.chance import Chance, same_in_line
from validate.discovery.discover import lines_of
from validate.discovery.numbers import read_grid
from validate.discovery.ranges import find_ranges
from validate.discovery.records import Floats, Met
from validate.discovery.search import Near, joined, near, promising, running, sum_up

_SIZES = st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(1, 5))
_NUMBERS = st.integers(-30, 30).map(float) | st.sampled_from([np.nan, 0.5, 1e12, 1e12 + 1])


@st.composite
def _searches(draw: st.DrawFn) -> tuple[Floats, Floats, Floats, np.ndarray]:
    lines, made, goals = draw(_SIZES)
    return (
        draw(arrays(float, (lines, made), elements=_NUMBERS)),
        draw(arrays(float, (lines, goals), elements=_NUMBERS.filter(lambda one: one == one))),
        draw(arrays(float, (lines, made), elements=st.sampled_from([0.0, 0.5, 3.0]))),
        draw(arrays(bool, (lines, goals))),
    )


@given(_searches())
def test_near_finds_all_that_lies_within_reach(
    search: tuple[Floats, Floats, Floats, np.ndarray],
) -> None:
    made, goals, reach, tells = search
    found = near(made, goals, reach, tells)
    expected = {
        (line, one, goal)
        for line in range(len(made))
        for one in range(made.shape[1])
        for goal in np.flatnonzero(tells[line])
        if made[line, one] - reach[line, one]
        <= goals[line, goal]
        <= made[line, one] + reach[line, one]
    }
    spots = list(zip(found.line, found.made, found.target, strict=True))
    assert set(spots) == expected
    assert len(spots) == len(expected)
    assert list(found.line) == sorted(found.line)


def test_what_lines_say_adds_up_for_each_candidate_and_target() -> None:
    first = Near(line=np.array([0, 1]), made=np.array([2, 2]), target=np.array([1, 1]))
    second = Near(line=np.array([0]), made=np.array([0]), target=np.array([0]))
    met = sum_up(joined([first, second]), np.array([[1.0, 2.0], [4.0, 8.0]]))
    assert [met.made.tolist(), met.target.tolist()] == [[0, 2], [0, 1]]
    assert [met.score.tolist(), met.hits.tolist()] == [[1.0, 10.0], [1, 2]]


def test_of_too_many_candidates_those_that_say_most_are_kept() -> None:
    score, cost = np.array([9.0, 30.0, 0.0, 20.0, 20.0]), np.array([8.0, 1.0, 0.0, 1.0, 1.0])
    assert promising(score, cost, 1.0, 2).tolist() == [1, 3]
    assert promising(score, cost, 1.0, 9).tolist() == [1, 3, 4]


@given(arrays(np.intp, (8, 3), elements=st.integers(0, 4)))
def test_chance_is_how_often_the_three_in_four_that_hold_least_hold(
    hits: np.ndarray,
) -> None:
    lines = lines_of(read_grid([["1", "2", "3"], ["4", "5", "6"]]), ("",) * 3, are_rows=True)
    chance = Chance(lines)
    made, target = np.nonzero(hits)
    met = Met(made=made, target=target, score=np.ones(len(made)), hits=hits[made, target])
    chance.learn("sum", np.arange(3), np.array([len(hits)]), met, np.array([4.0, 4.0, 0.0]))
    least = np.sort(hits, axis=0)[:6].mean(axis=0) / 4
    expected = np.minimum([least[0], least[1], 0.0], 0.95)
    assert np.allclose(chance.least("sum", np.arange(3)), expected[None, :])


@given(arrays(float, (2, 7), elements=st.integers(-9, 9).map(float)), st.integers(1, 4))
def test_running_sums_are_of_every_second_or_third_place(values: Floats, stride: int) -> None:
    sums = running(values, stride)
    for first in range(7):
        for last in range(first, 7, stride):
            own = values[:, first : last + 1 : stride].sum(axis=1)
            assert (sums[:, last + stride] - sums[:, first]).tolist() == own.tolist()


@given(_searches())
def test_shares_of_equal_numbers_are_those_of_counting_them(
    search: tuple[Floats, Floats, Floats, np.ndarray],
) -> None:
    _, values, _, tells = search
    nonzero = tells & (values != 0)
    shares = same_in_line(values, nonzero)
    for line, place in np.ndindex(values.shape):
        own = values[line][nonzero[line]]
        equal = np.sum(own == values[line, place]) - 1 if nonzero[line, place] else 0
        assert shares[line, place] == equal / max(len(own), 4)


@settings(max_examples=40)
@given(arrays(float, (4, 12), elements=st.integers(0, 999).map(float)), st.integers(1, 3))
def test_strides_searched_together_find_what_each_finds_alone(parts: Floats, widest: int) -> None:
    values = np.hstack([parts, parts[:, ::2].sum(axis=1)[:, None], parts.sum(axis=1)[:, None]])
    grid = [[f"{one:.0f}" for one in row] for row in values]
    lines = lines_of(read_grid(grid), ("",) * values.shape[1], are_rows=True)
    together, alone = Chance(lines), Chance(lines)
    strides = range(1, widest + 1)
    found = find_ranges(lines, together, lines.places, strides)
    apart = [one for own in strides for one in find_ranges(lines, alone, lines.places, [own])]
    for trial in ("sum", "average"):
        of_kind = [[one for one in some if one.operator == trial] for some in (found, apart)]
        assert of_kind[0] == of_kind[1]
        same = together.least(trial, lines.places) == alone.least(trial, lines.places)
        assert same.all()
