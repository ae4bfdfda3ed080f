"""Lines of a flattened dump (`pdftotext`), told apart: values, labels, headings of columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from extract.grids.header_words import heads_columns
from extract.headings import is_item, is_plain_heading
from extract.records import Line, Run

LineKind = Literal["blank", "values", "labelled", "label", "heading", "note", "border"]

_COUNTER = (
    r"(?:천만|백만|천|만|억|조)?원|명|인|개소|개사|개교|개동|개|건|회|팀|곳|㎡|m²|세|배|종|식|대|호|세대|가구|권|부|동|점"
    r"|시간|km|%p|%|％|p"
)
VALUE = (
    rf"(?:[△▲∆\-−–+]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:{_COUNTER})?"
    r"|\((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)|[-–—―－])"
)
_VALUE_TOKEN = regex.compile(rf"^{VALUE}$")
_NOTE = regex.compile(r"^\s*[(\[<].*(?:단\s*위|기\s*준).*[)\]>]\s*$")
_NOTED_HEADING = regex.compile(r"\S+\s*[(\[]\s*단\s*위\s*:")
_PROSE_END = regex.compile(r"(?:다|요|음|함|임|됨)\.$")
_BRACKET_SPLIT = regex.compile(r"^\(\s*(?:국|시|도|군|구|특|기금|기타|민|자|균|총|본|보조)[^()]*\d")
_LONGEST_LABEL = 34
_PAGE_NUMBER = regex.compile(r"^\s*[-–]\s?\d{1,4}\s?[-–]\s*$")
_SURE_ROW = 4
"""Values at the end of a line that make it a row, whatever it begins with."""
_MOST_LABEL_WORDS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A printed value with the bracket that splits it; the runs of one future cell."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLine:
    """A line with its part in a flattened table."""

    kind: LineKind
    index: int
    """Position in the list of lines that was given."""
    last: int
    """Position of the last line that belongs to it (a bracket may run over lines)."""
    label: Run | None = None
    values: tuple[Value, ...] = ()


def read_flow(lines: Sequence[Line]) -> list[FlowLine]:
    """Return the lines of running text, classified, brackets over several lines taken together."""
    flow: list[FlowLine] = []
    index = 0
    while index < len(lines):
        text = lines[index].run.text
        opened = bool(flow) and flow[-1].kind in ("values", "labelled", "blank", "label")
        if opened and _BRACKET_SPLIT.match(text.strip()) and _last_values(flow) is not None:
            index = _take_bracket(lines, index, flow)
            continue
        flow.append(_classify(lines[index].run, index))
        index += 1
    return flow


def _classify(run: Run, index: int) -> FlowLine:
    text = run.text
    if not text.strip():
        return FlowLine(kind="blank", index=index, last=index)
    if _NOTE.match(text):
        return FlowLine(kind="note", index=index, last=index, label=run.strip())
    tokens = [run.slice(m.start(), m.end()) for m in regex.finditer(r"\S+", text)]
    count = 0
    while count < len(tokens) and _VALUE_TOKEN.match(tokens[-1 - count].text):
        count += 1
    values = tuple(Value(runs=(token,)) for token in tokens[len(tokens) - count :])
    if _PAGE_NUMBER.match(text):
        return FlowLine(kind="border", index=index, last=index)
    if count == len(tokens):
        return FlowLine(kind="values", index=index, last=index, values=values)
    is_row = count >= _SURE_ROW and len(tokens) - count <= _MOST_LABEL_WORDS
    if not is_row and _is_border(text):
        return FlowLine(kind="border", index=index, last=index)
    if count >= 2:
        head = run.slice(0, _offset(run, tokens[len(tokens) - count])).strip()
        return FlowLine(kind="labelled", index=index, last=index, label=head, values=values)
    kind: LineKind = "heading" if heads_columns(text) else "label"
    return FlowLine(kind=kind, index=index, last=index, label=run.strip())


def _offset(run: Run, token: Run) -> int:
    """Return where a token sliced from a run begins in the run's text."""
    for match in regex.finditer(r"\S+", run.text):
        if run.slice(match.start(), match.end()).place == token.place:
            return int(match.start())
    return 0


def _is_border(text: str) -> bool:
    stripped = text.strip()
    return bool(
        is_item(text)
        or (text[:1].isspace() and is_plain_heading(text))
        or _NOTED_HEADING.search(stripped)
        or _PROSE_END.search(stripped)
        or len(stripped) > 2 * _LONGEST_LABEL
        or "···" in stripped
        or "➡" in stripped
        or (":" in stripped and not stripped.endswith(")"))
    )


def _last_values(flow: Sequence[FlowLine]) -> int | None:
    """Return the position of the line whose value a bracket may split: the last printed line."""
    for position in range(len(flow) - 1, -1, -1):
        if flow[position].kind == "blank":
            continue
        return position if flow[position].kind in ("values", "labelled") else None
    return None


def _take_bracket(lines: Sequence[Line], index: int, flow: list[FlowLine]) -> int:
    """Add a bracket (and what stands behind its end) to the last value; return the next line."""
    position = _last_values(flow)
    assert position is not None
    owner = flow[position]
    runs: list[Run] = []
    for number in range(index, min(index + 6, len(lines))):
        run = lines[number].run
        if not run.text.strip():
            continue
        close = run.text.find(")")
        if close < 0:
            runs.append(run.strip())
            continue
        runs.append(run.slice(0, close + 1).strip())
        rest = run.slice(close + 1, len(run.text))
        tail = tuple(
            Value(runs=(rest.slice(m.start(), m.end()),))
            for m in regex.finditer(r"\S+", rest.text)
            if _VALUE_TOKEN.match(m.group())
        )
        split = Value(runs=(*owner.values[-1].runs, *runs))
        flow[position:] = [
            FlowLine(
                kind=owner.kind,
                index=owner.index,
                last=number,
                label=owner.label,
                values=(*owner.values[:-1], split, *tail),
            )
        ]
        return number + 1
    flow.append(FlowLine(kind="border", index=index, last=index))
    return index + 1
