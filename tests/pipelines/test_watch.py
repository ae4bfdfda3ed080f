"""How far a run is can be read off at any time."""

import itertools

import pytest

from pipelines.build import Progress
from pipelines.watch import LineWatch, Pace


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        pytest.param(
            Progress(total=10),
            "0/10: 0 read, 0 unchanged, 0 in quarantine; 0.0 a second, no rate yet",
            id="nothing yet",
        ),
        pytest.param(
            Progress(total=1000, read=100, unchanged=500),
            "600/1000: 100 read, 500 unchanged, 0 in quarantine; 2.0 a second, 200 s left",
            id="the unchanged ones say nothing of the rate",
        ),
    ],
)
def test_rate_and_time_left_follow_from_what_was_read(progress: Progress, words: str) -> None:
    clock = iter([100.0, 150.0])
    assert Pace(lambda: next(clock)).describe(progress) == words


def test_a_log_gets_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = itertools.count(0.0, 8.0)
    monkeypatch.setattr("pipelines.watch.time.monotonic", lambda: next(seconds))
    watch = LineWatch()
    for read in range(20):
        watch(Progress(total=20, read=read))
    lines = capsys.readouterr().err.splitlines()
    assert 2 <= len(lines) <= 8
    assert all("/20: " in line for line in lines)
