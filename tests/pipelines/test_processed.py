"""What a process says of a file is believed where it is about that file and can be published."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.entries import pack, parse_entry, require_rows_of_one
from pipelines.examine import Examined, Tables, examine
from pipelines.limits import DEFAULT_LIMITS, Limits
from pipelines.processed import Processed, decode, encode, lose, process
from pipelines.rules import Rules
from pipelines.sources import Source
from pipelines.tables import DATASET
from pipelines.workers import Wire, map_in_processes

TEXT = "사업 예산\n\n구분\t예산(천원)\n시설비\t100\n운영비\t250\n합계\t340\n"
RULES = Rules(engine="auto", limits=str(DEFAULT_LIMITS))


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    return Source(path=path, file_name=path.name, sha256=digest, byte_size=len(data))


def _tables(source: Source) -> Tables:
    found = examine(source)
    assert isinstance(found, Examined)
    return found.tables


def _decode(source: Source, sent: bytes, limits: Limits = DEFAULT_LIMITS) -> Processed:
    return decode(source, memoryview(sent), RULES, limits)


def test_what_is_sent_comes_as_it_was(source: Source) -> None:
    done = process(source, RULES, DEFAULT_LIMITS)
    assert done.known.row_count > 0
    assert _decode(source, encode(done)) == done


def test_a_file_that_cannot_be_opened_is_told_too(tmp_path: Path) -> None:
    gone = Source(path=tmp_path / "gone.txt", file_name="gone.txt")
    done = process(gone, RULES, DEFAULT_LIMITS)
    assert (done.known.reason != "", done.entry) == (True, b"")
    assert _decode(gone, encode(done)) == done


def test_a_file_that_changed_while_it_was_read_is_believed(source: Source) -> None:
    done = process(source, RULES, DEFAULT_LIMITS)
    assert _decode(replace(source, sha256="0" * 64), encode(done)) == done


def _sealed(body: bytes) -> bytes:
    return body + hashlib.sha256(body).digest()


def _with_head(packed: bytes, **said: Any) -> bytes:
    """Return an entry with another head, sealed as the process that packs it could."""
    magic, size = packed[:16], int.from_bytes(packed[16:24], "big")
    head = {**json.loads(packed[24 : 24 + size]), **said}
    words = json.dumps(head).encode("ascii")
    batches = packed[24 + size : -32]
    return _sealed(magic + len(words).to_bytes(8, "big") + words + batches)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"sha256": "f" * 64}, id="another content"),
        pytest.param({"sha256": "../../../../etc/cron.d/x"}, id="a path for a hash"),
        pytest.param({"sha256": ""}, id="nothing to keep of a file that can be read"),
        pytest.param({"suffix": ".pdf"}, id="another ending"),
        pytest.param({"rules": ""}, id="no rules"),
        pytest.param({"rules": "engine=auto every=0"}, id="other rules"),
        pytest.param({"byte_size": -1}, id="a size that cannot be"),
        pytest.param({"byte_size": True}, id="a size of another type"),
        pytest.param({"row_count": 1}, id="another number of rows"),
        pytest.param({"reason": "CRASH"}, id="rows and a reason"),
        pytest.param({"reason": "WEATHER"}, id="a reason that is none"),
        pytest.param({"message": "\ud800"}, id="words that are no Unicode"),
        pytest.param({"message": "x" * (1 << 20)}, id="too many words"),
        pytest.param({"sizes": []}, id="batches that are not told"),
        pytest.param({"sizes": [[1, 1]]}, id="one batch"),
        pytest.param({"sizes": [[0, 1 << 62]] * 9}, id="sizes that are not there"),
        pytest.param({"sizes": None}, id="no sizes"),
        pytest.param({"more": 1}, id="more than is known"),
    ],
)
def test_a_forged_head_is_refused(source: Source, said: dict[str, Any]) -> None:
    done = process(source, RULES, DEFAULT_LIMITS)
    with pytest.raises(ValueError, match=r"."):
        _decode(source, _with_head(done.entry, **said))


def _with_other_id(rows: pa.Table) -> pa.Table:
    at = rows.schema.get_field_index("document_id")
    ids = pa.array(["f" * 64] * rows.num_rows, pa.string())
    return rows.set_column(at, rows.schema.field(at), ids)


def _without_required(rows: pa.Table) -> pa.Table:
    at = rows.schema.get_field_index("table_id")
    nothing = pa.nulls(rows.num_rows, pa.string())
    return pa.table([*rows.columns[:at], nothing, *rows.columns[at + 1 :]], schema=rows.schema)


def _without_row(rows: pa.Table) -> pa.Table:
    return rows.slice(1)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("facts", _with_other_id),
        ("cells", _without_required),
        ("facts", _without_row),
        ("documents", _without_row),
        ("documents", lambda rows: pa.concat_tables([rows, rows])),
    ],
    ids=["of another document", "without a value", "fewer", "no document", "two documents"],
)
def test_forged_rows_are_refused(
    source: Source, table: str, change: Callable[[pa.Table], pa.Table]
) -> None:
    done, tables = process(source, RULES, DEFAULT_LIMITS), dict(_tables(source))
    tables[table] = change(tables[table])
    with pytest.raises(ValueError, match=r"."):
        _decode(source, pack(done.known, tables))


def test_rows_of_another_table_are_refused(source: Source) -> None:
    packed = process(source, RULES, DEFAULT_LIMITS).entry
    entry = parse_entry(packed)
    starts = list(accumulate((here for here, _ in entry.sizes), initial=0))
    batches = [bytes(entry.batches[start:end]) for start, end in pairwise(starts)]
    head = packed[: len(packed) - 32 - starts[-1]]
    turned = _sealed(head + b"".join([*batches[1:], batches[0]]))
    with pytest.raises(ValueError, match=r"."):
        _decode(source, _with_head(turned, sizes=[*entry.sizes[1:], entry.sizes[0]]))


def test_more_rows_than_were_agreed_are_refused(source: Source) -> None:
    few = Limits(result_bytes=1000)
    assert process(source, RULES, few).known.reason == "LIMIT_RESULT"
    with pytest.raises(ValueError, match="more rows"):
        _decode(source, process(source, RULES, DEFAULT_LIMITS).entry, few)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An entry with small and large batches."""
    path = tmp_path_factory.mktemp("in") / "a.txt"
    path.write_text(TEXT + "\n".join(f"문단 {number}: {number * 7} 명" for number in range(200)))
    done = process(Source(path=path, file_name="a.txt"), RULES, DEFAULT_LIMITS)
    assert any(here < plain for here, plain in parse_entry(done.entry).sizes)
    return done.entry


@given(data=st.data())
def test_whatever_is_sent_is_refused_or_whole(example: bytes, data: st.DataObject) -> None:
    packed = bytearray(example)
    for _ in range(data.draw(st.integers(1, 5))):
        packed[data.draw(st.integers(0, len(packed) - 33))] = data.draw(st.integers(0, 255))
    end = data.draw(st.sampled_from((len(packed) - 32, data.draw(st.integers(0, len(packed))))))
    try:
        entry = parse_entry(_sealed(bytes(packed[:end])))
        require_rows_of_one(entry)
    except ValueError:
        return
    assert sum(entry.rows(table.name).num_rows for table in DATASET[:-1]) == entry.known.row_count


def _long_report(path: Path) -> Source:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(300, 120), invariant=True)
    for page in range(100):
        canvas.drawString(20, 100, "Budget of the year")
        canvas.grid([20, 100, 200], [20, 40, 60, 80])
        for row, texts in enumerate((("part", "won"), ("a", f"{page}00"), ("b", "250"))):
            canvas.drawString(25, 65 - 20 * row, texts[0])
            canvas.drawString(105, 65 - 20 * row, texts[1])
        canvas.showPage()
    canvas.save()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Source(path=path, file_name=path.name, sha256=digest)


def test_a_long_report_gives_the_same_bytes_to_several_processes(tmp_path: Path) -> None:
    alone = _long_report(tmp_path / "a.pdf")
    spent = map_in_processes(
        partial(process, rules=RULES, limits=DEFAULT_LIMITS),
        [alone, replace(alone, processes=3)],
        wire=Wire(encode=encode, decode=partial(decode, rules=RULES, limits=DEFAULT_LIMITS)),
        workers=1,
        lost=partial(lose, rules=RULES),
        limits=DEFAULT_LIMITS,
        scratch=tmp_path / "scratch",
    )
    one, several = (done.result for done in spent)
    assert one.known.row_count > 1000
    assert one == several


def test_what_met_a_limit_is_believed(source: Source) -> None:
    few = Limits(result_bytes=1000)
    done = process(source, RULES, few)
    assert done.known.reason == "LIMIT_RESULT"
    assert _decode(source, encode(done)) == done
