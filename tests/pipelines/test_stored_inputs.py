"""Reports in a store give what the same files give from a folder."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines import stamps
from pipelines.build import Options, run
from pipelines.inputs import find_inputs
from pipelines.reasons import RunError
from pipelines.shards import Shard
from pipelines.stores import (
    Store,
    hash_object,
    is_url,
    one_line_for_the_store,
    open_store,
    stamp_of,
)

HERE = Options(workers=0, has_gate=False)
FILES = {
    "b.txt": b"b",
    "deep/er/a.txt": b"a",
    "deep/copy.txt": b"a",
    "report.hwp": b"PK\x03\x04",
    "empty.txt": b"",
    ".hidden/c.txt": b"c",
    ".hidden.txt": b"hidden",
    ".DS_Store": b"x",
}
Read = list[str]


def _fill(url: str, files: Mapping[str, bytes]) -> Store:
    store = open_store(url)
    for name, data in files.items():
        store.files.pipe_file(store.name(name), data)
    return store


def _fill_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def read_through(monkeypatch: pytest.MonkeyPatch) -> Read:
    """The names of files whose hash was taken, as it goes on."""
    names: Read = []

    def noting(store: Store, name: str) -> str:
        names.append(name.rpartition("/")[2])
        return hash_object(store, name)

    monkeypatch.setattr(stamps, "hash_object", noting)
    return names


def _manifest(output: Path) -> bytes:
    return (output / "dataset" / "manifest.json").read_bytes()


@pytest.mark.usefixtures("hand_made")
def test_a_store_gives_the_same_bytes_as_a_folder(place: str, tmp_path: Path) -> None:
    _fill(f"{place}/in", FILES)
    run([f"{place}/in"], tmp_path / "a", HERE)
    run([str(_fill_folder(tmp_path / "in", FILES))], tmp_path / "b", HERE)
    run([f"file://{tmp_path}/in"], tmp_path / "c", HERE)
    assert _manifest(tmp_path / "a") == _manifest(tmp_path / "b") == _manifest(tmp_path / "c")
    assert not list((tmp_path / "a" / "work" / "scratch").iterdir())


@pytest.mark.usefixtures("hand_made")
def test_what_is_unchanged_in_a_store_is_neither_hashed_nor_read_again(
    place: str, tmp_path: Path, read_through: Read
) -> None:
    store = _fill(f"{place}/in", FILES)
    run([f"{place}/in"], tmp_path / "out", HERE)
    assert len(read_through) == 6
    read_through.clear()
    again = run([f"{place}/in"], tmp_path / "out", HERE)
    assert (again.progress.read, read_through) == (0, [])
    store.files.pipe_file(store.name("b.txt"), b"changed")
    changed = run([f"{place}/in"], tmp_path / "out", HERE)
    assert (changed.progress.read, read_through) == (1, ["b.txt"])


def test_a_file_without_a_mark_or_a_time_is_read_through_each_time() -> None:
    assert stamp_of({"size": 5}) == ""
    assert stamp_of({"size": 5, "ETag": '"a"'}) != stamp_of({"size": 5, "ETag": '"b"'})
    assert stamp_of({"size": 5, "mtime": 1}) != stamp_of({"size": 6, "mtime": 1})


def test_files_folders_and_patterns_are_found(place: str) -> None:
    _fill(f"{place}/in", {**FILES, "odd[1].txt": b"odd"})

    def names(*urls: str) -> list[str]:
        return [one.file_name for one in find_inputs(urls).sources]

    assert names(f"{place}/in/b.txt") == ["b.txt"]
    assert names(f"{place}/in/odd[1].txt") == ["odd[1].txt"]
    assert names(f"{place}/in/*.txt") == ["b.txt", "empty.txt", "odd[1].txt"]
    assert names(f"{place}/in/de*") == ["a.txt", "copy.txt"]
    assert names(f"{place}/in/deep/") == ["a.txt", "copy.txt"]
    assert names(f"{place}/in/**/a.txt", f"{place}/in/deep/er/a.txt") == ["a.txt"]


def test_the_output_is_never_an_input(place: str) -> None:
    _fill(place, {"a.txt": b"a", "out/b.txt": b"b", "outer/c.txt": b"c"})
    found = find_inputs([place], skip_url=f"{place}/out/").sources
    assert [one.file_name for one in found] == ["a.txt", "c.txt"]


@pytest.mark.usefixtures("hand_made")
def test_a_hostile_name_stays_a_name(place: str, tmp_path: Path) -> None:
    names = [
        "..txt",
        "a..b%2F'\".txt",
        "\x1b[31mred.txt",
        "보고서 " * 30,
        "a::b",
    ]
    if place.startswith("memory"):  # the server of the tests takes no line ends in names
        names.append("a\n{event: end}.txt")
    store = open_store(f"{place}/in")
    for number, name in enumerate(names):
        store.files.pipe_file(store.name(f"x/{name}"), f"{number}".encode())
    done = run([f"{place}/in"], tmp_path / "out", HERE)
    assert (done.progress.read, done.quarantined) == (len(names), ())
    assert {one.name for one in tmp_path.iterdir()} == {"out"}


@pytest.mark.usefixtures("hand_made")
def test_a_file_that_changes_between_two_looks_is_quarantined_once(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(f"{place}/in", {"a.txt": b"a", "b.txt": b"b"})
    with monkeypatch.context() as patch:
        patch.setattr(
            stamps, "hash_object", lambda store, name: ("0" if "a.txt" in name else "1") * 64
        )
        first = run([f"{place}/in"], tmp_path / "out", HERE)
    assert {one.message for one in first.quarantined} == {"it changed while it was read"}
    assert {one.reason for one in first.quarantined} == {"UNREADABLE"}
    again = run([f"{place}/in"], tmp_path / "out", HERE)
    assert (again.progress.read, again.quarantined) == (2, ())


@pytest.mark.usefixtures("hand_made")
def test_a_file_that_the_store_does_not_give_is_quarantined_and_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _fill("memory://gone/in", {"a.txt": b"a", "b.txt": b"b"})

    def vanish(store: Store, name: str) -> str:
        digest = hash_object(store, name)
        store.files.rm_file(name)
        return digest

    with monkeypatch.context() as patch:
        patch.setattr(stamps, "hash_object", vanish)
        first = run(["memory://gone/in"], tmp_path / "out", HERE)
    assert [one.message for one in first.quarantined] == ["the store does not give it"] * 2
    _fill("memory://gone/in", {"a.txt": b"a", "b.txt": b"b"})
    again = run(["memory://gone/in"], tmp_path / "out", HERE)
    assert again.progress.read == 2
    store.files.rm("/gone", recursive=True)


@pytest.mark.usefixtures("hand_made")
def test_parts_of_a_run_read_through_their_own_files_only(
    place: str, tmp_path: Path, read_through: Read
) -> None:
    files = {f"{number}.txt": str(number).encode() for number in range(9)}
    _fill(f"{place}/in", files)
    for number in (1, 2, 3):
        run([f"{place}/in"], tmp_path / "out", replace(HERE, shard=Shard(number=number, of=3)))
    assert sorted(read_through) == sorted(files)
    whole = run([f"{place}/in"], tmp_path / "out", HERE)
    assert (whole.progress.read, len(read_through)) == (0, 9)
    run([f"{place}/in"], tmp_path / "plain", HERE)
    assert _manifest(tmp_path / "out") == _manifest(tmp_path / "plain")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        pytest.param("s3://no-such-bucket/in", "NO_INPUT in: no reports there", id="no bucket"),
        pytest.param("nothing://x/y", "no store is reached by nothing://", id="no such store"),
    ],
)
@pytest.mark.usefixtures("s3_server")
def test_an_url_that_names_nothing_is_one_line(url: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(RunError) as caught:
        run([url], tmp_path / "out", HERE)
    (line,) = str(caught.value).splitlines()
    assert words in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "is_one"),
    [("s3://a/b", True), ("FILE:///a", False), ("a/b", False), ("s3:/a", False), ("://a", False)],
)
def test_only_what_names_a_store_is_an_url(words: str, is_one: bool) -> None:
    assert is_url(words) is is_one


def test_a_store_whose_library_is_missing_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def miss(kind: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.get_filesystem_class", miss)
    with pytest.raises(RunError, match=r"^STORE s3://b/in: `pip install 'geomsan\[s3\]'` first$"):
        open_store("s3://b/in")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("NoCredentialsError", "Unable to locate credentials"),
        ("EndpointConnectionError", 'Could not connect to the endpoint URL: "http://x"'),
    ],
)
def test_what_the_library_of_a_store_refuses_is_one_line(error: str, words: str) -> None:
    refusal = getattr(pytest.importorskip("botocore.exceptions"), error)
    with (
        pytest.raises(RunError) as caught,
        one_line_for_the_store("s3://b/in"),
    ):
        raise refusal(endpoint_url="http://x")
    assert str(caught.value) == f"STORE s3://b/in: {words}"
