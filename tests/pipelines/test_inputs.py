"""Arguments come to the same files in the same order, and nothing is passed over in silence."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import inputs
from pipelines.build import Options, run
from pipelines.inputs import LARGEST, Inputs, find_inputs, hash_inputs, hash_local

Write = Callable[..., Path]


def _hashed(*arguments: object) -> Inputs:
    return hash_inputs(find_inputs(map(str, arguments)), lambda sources: map(hash_local, sources))


def _names(*arguments: object) -> list[str]:
    return [source.file_name for source in find_inputs(map(str, arguments)).sources]


def test_a_folder_gives_all_files_below_it(write_report: Write) -> None:
    write_report("b.txt", "b")
    write_report("deep/er/a.pdf", "a")
    folder = write_report("c.docx", "c").parent
    assert _names(folder) == ["a.pdf", "b.txt", "c.docx"]


@pytest.mark.parametrize("name", ["a.hwp", "a.hwpx", "A.HWP"])
def test_a_folder_of_nothing_but_hwp_holds_reports(name: str, write_report: Write) -> None:
    assert _names(write_report(name, "c").parent) == [name]


def test_hidden_files_count_only_if_they_are_named_like_reports(write_report: Write) -> None:
    for name in (".DS_Store", ".hidden.txt", ".git/b.txt", "c.txt"):
        write_report(name, name)
    assert _names(write_report("c.txt", "c").parent) == [".hidden.txt", "c.txt"]


def test_a_folder_named_like_a_report_is_not_passed_over(write_report: Write) -> None:
    folder = write_report("a.pdf/b.txt", "b").parent.parent
    found = _hashed(folder).sources
    assert [(one.file_name, one.sha256 is None) for one in found] == [
        ("a.pdf", True),
        ("b.txt", False),
    ]


def test_the_order_of_arguments_does_not_matter(write_report: Write) -> None:
    paths = [write_report(name, name) for name in ("b.txt", "a.txt", "c/a.txt")]
    assert find_inputs(map(str, paths)) == find_inputs(map(str, reversed(paths)))


def test_a_file_named_twice_counts_once(
    write_report: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_report()
    monkeypatch.chdir(path.parent)
    found = find_inputs([str(path), path.name, str(path.parent), f"../{path.parent.name}"])
    assert (len(found.sources), found.refused) == (1, ())


def test_a_second_copy_is_noted_as_a_duplicate(write_report: Write) -> None:
    second = write_report("b.txt", "same")
    first = write_report("x/a.txt", "same")
    found = _hashed(second, first)
    assert [source.file_name for source in found.sources] == ["a.txt"]
    (copy,) = found.refused
    assert (copy.file_name, copy.reason) == ("b.txt", "DUPLICATE")
    assert copy.message == "the same content as a.txt"
    assert copy.sha256 == found.sources[0].sha256


def test_a_pattern_finds_files_and_folders(write_report: Write) -> None:
    write_report("2021/a.txt", "a")
    folder = write_report("2022/b.txt", "b").parent.parent
    assert _names(folder / "20*") == ["a.txt", "b.txt"]
    assert _names(folder / "**" / "a.*") == ["a.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(write_report: Write) -> None:
    assert _names(write_report("a[1].txt")) == ["a[1].txt"]


@pytest.mark.parametrize(
    ("argument", "reason"),
    [("missing.txt", "MISSING"), ("*.nothing", "NO_INPUT"), ("empty", "NO_INPUT")],
)
def test_an_argument_without_files_is_refused(
    argument: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    found = find_inputs([argument])
    assert found.sources == ()
    assert [(one.file_name, one.reason) for one in found.refused] == [(argument, reason)]


def test_a_folder_of_pictures_holds_no_reports(write_report: Write) -> None:
    folder = write_report("a.png", "a").parent
    assert [one.reason for one in find_inputs([str(folder)]).refused] == ["NO_INPUT"]


def test_the_output_is_never_an_input(write_report: Write) -> None:
    write_report("out/dataset/facts/part.txt", "x")
    folder = write_report("a.txt", "a").parent
    found = find_inputs([str(folder)], skip=folder / "out")
    assert [source.file_name for source in found.sources] == ["a.txt"]


def test_a_pipe_is_not_waited_for(write_report: Write) -> None:
    folder = write_report("a.txt", "a").parent
    os.mkfifo(folder / "pipe.txt")
    pipe = _hashed(folder).sources[1]
    assert (pipe.file_name, pipe.sha256, pipe.byte_size) == ("pipe.txt", None, None)


def test_a_link_out_of_a_folder_is_refused_and_one_within_is_read(
    write_report: Write, tmp_path: Path
) -> None:
    folder = write_report("deep/a.txt", "a").parents[1]
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (folder / "out.txt").symlink_to(secret)
    (folder / "within.txt").symlink_to(folder / "deep" / "a.txt")
    found = find_inputs([str(folder)])
    assert [one.file_name for one in found.sources] == ["a.txt", "within.txt"]
    (refused,) = found.refused
    assert (refused.file_name, refused.reason) == ("out.txt", "NOT_REGULAR_FILE")
    assert str(tmp_path) not in refused.message
    assert [one.file_name for one in find_inputs([str(folder / "out.txt")]).sources] == ["out.txt"]


def test_a_broken_link_is_passed_on_to_be_refused(write_report: Write) -> None:
    folder = write_report("a.txt", "a").parent
    (folder / "b.txt").symlink_to(folder / "gone")
    assert [source.sha256 is None for source in _hashed(folder).sources] == [False, True]


def test_paths_of_the_machine_stay_out_of_messages(write_report: Write) -> None:
    (source,) = find_inputs([str(write_report())]).sources
    row = source.quarantined("CORRUPT", f"cannot read\n{source.path}: no trailer")
    assert row.message == "cannot read report.txt: no trailer"


def test_a_file_that_is_too_large_is_not_read_through(
    write_report: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    large, small = write_report("large.pdf", ""), write_report("small.txt", "a")
    os.truncate(large, LARGEST + 1)  # a hole: it takes no room
    hashed: list[str] = []

    def hash_file(path: Path) -> str:
        hashed.append(path.name)
        return "0" * 64

    monkeypatch.setattr(inputs, "hash_file", hash_file)
    found = run([str(small.parent)], tmp_path / "out", Options(workers=0, has_gate=False))
    assert hashed == ["small.txt"]
    (one,) = found.quarantined
    assert (one.file_name, one.reason, one.byte_size) == ("large.pdf", "LIMIT_SIZE", LARGEST + 1)
