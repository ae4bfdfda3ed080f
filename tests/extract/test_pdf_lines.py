"""Characters to lines: spaces, order, normalisation, edges."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grids.ruled_shapes import Box, Direction, Glyph
from extract.options import PdfOptions
from extract.reading.pdf_letters import measure_line
from extract.reading.pdf_lines import gather_texts, weigh_lines
from extract.reading.pdf_runs import build_line_runs, build_runs, to_thousandths

OPTIONS = PdfOptions()


def glyphs(
    text: str, *, gap: float = 0.0, x: float = 10.0, y: float = 10.0, size: float = 10.0
) -> list[Glyph]:
    """Return the characters of a text, one em wide each, `gap` apart."""
    return [
        Glyph(
            text=letter,
            size=size,
            box=Box(x0=x + n * (size + gap), y0=y, x1=x + n * (size + gap) + size, y1=y + size),
        )
        for n, letter in enumerate(text)
    ]


def texts(characters: list[Glyph]) -> list[str]:
    return [run.text for run in build_runs([characters], 1, OPTIONS)[0]]


@pytest.mark.parametrize(
    ("characters", "expected"),
    [
        pytest.param(glyphs("예산액"), ["예산액"], id="tight"),
        pytest.param(glyphs("예산액", gap=8), ["예 산 액"], id="letter-spaced"),
        pytest.param(glyphs("예  산"), ["예 산"], id="several spaces"),
        pytest.param(glyphs("  예산 "), ["예산"], id="spaces at the ends"),
        pytest.param(glyphs("예산", gap=-3), ["예산"], id="squeezed"),
        pytest.param(glyphs("나", y=30) + glyphs("가"), ["가", "나"], id="top to bottom"),
        pytest.param(glyphs("한글"), ["한글"], id="jamo are composed"),
        pytest.param(glyphs("\x00\x01"), [], id="control characters only"),
        pytest.param(
            [Glyph(text="(cid:7)", size=10, box=Box(x0=0, y0=0, x1=10, y1=10))],
            ["\ufffd"],
            id="no Unicode value",
        ),
        pytest.param(
            glyphs("주") + glyphs("1)", x=20, y=8, size=6), ["주1)"], id="raised footnote mark"
        ),
    ],
)
def test_characters_become_lines(characters: list[Glyph], expected: list[str]) -> None:
    assert texts(characters) == expected


@pytest.mark.parametrize(
    ("direction", "order"), [("up", "다나가"), ("down", "가나다")], ids=["upwards", "downwards"]
)
def test_upright_text_is_read_along_its_line(direction: Direction, order: str) -> None:
    column = [
        Glyph(
            text=letter,
            size=10,
            direction=direction,
            box=Box(x0=0, y0=10.0 * n, x1=10, y1=10.0 * n + 10),
        )
        for n, letter in enumerate("가나다")
    ]
    assert texts(column) == [order]


@given(
    text=st.text(
        st.characters(categories=("Lo", "Lu", "Nd", "Po", "Zs", "Mn")), min_size=1, max_size=20
    ),
    gap=st.floats(-4, 12),
)
def test_every_character_of_a_run_has_its_edges(text: str, gap: float) -> None:
    for run in build_runs([glyphs(text, gap=gap)], 1, OPTIONS)[0]:
        assert len(run.edges) == len(run.text) + 1
        assert list(run.edges) == sorted(run.edges)
        assert run.edges[0] == run.place.x0
        assert run.edges[-1] == run.place.x1
        assert run.text == unicodedata.normalize("NFC", run.text)
        assert "  " not in run.text
        assert run.text == run.text.strip()


SCATTERED = st.lists(
    st.builds(
        lambda text, x, y, size: Glyph(
            text=text, size=size, box=Box(x0=x, y0=y, x1=x + size * len(text), y1=y + size)
        ),
        text=st.sampled_from(["가", "1", ",", " ", "\u3000", "fi", "\u1112", "\u1161", "\x00"]),
        x=st.one_of(st.integers(0, 6).map(lambda n: 5.0 * n), st.floats(0, 60)),
        y=st.one_of(st.integers(0, 4).map(lambda n: 4.0 * n), st.floats(0, 40)),
        size=st.sampled_from([5.0, 8.0, 9.5]),
    ),
    max_size=24,
)


@given(st.lists(SCATTERED, max_size=4))
def test_lines_found_for_many_texts_are_those_weighed_one_by_one(texts: list[list[Glyph]]) -> None:
    assert gather_texts(texts, OPTIONS) == [weigh_lines(text, OPTIONS) for text in texts]


@given(st.lists(SCATTERED, max_size=4))
def test_runs_built_together_are_those_measured_one_by_one(texts: list[list[Glyph]]) -> None:
    lines = [line for text in texts for line in weigh_lines(text, OPTIONS)]
    for line, run in zip(lines, build_line_runs(lines, 1, OPTIONS), strict=True):
        text, numbers = measure_line(line, OPTIONS)
        place = run.place
        edges = (place.x0, place.y0, place.x1, place.y1, *run.edges) if run.text else ()
        assert (run.text, edges) == (text, tuple(round(number, 3) for number in numbers))


@given(st.lists(st.one_of(st.floats(-1e4, 1e4), st.integers(-9999, 9999).map(lambda n: n / 2000))))
def test_numbers_are_rounded_as_one_by_one(numbers: list[float]) -> None:
    assert to_thousandths(np.array(numbers)) == [round(number, 3) for number in numbers]
