"""Lines of a page cut into chunks."""

import pytest

from extract.grids.ruled_shapes import Box, Glyph
from extract.grids.spaced_lines import TextLine, chunk_of, read_chunk_lines, split_at
from extract.grids.spaced_options import SpacedOptions
from extract.options import PdfOptions


def letters(text: str, x: float) -> list[Glyph]:
    return [
        Glyph(letter, Box(x + 8 * place, 50, x + 8 * place + 8, 58), 8.0)
        for place, letter in enumerate(text)
    ]


@pytest.mark.parametrize("nothing", ["\x05\x1e\x1f", "\x0e \x0f"])
def test_letters_that_print_nothing_give_no_chunk(nothing: str) -> None:
    glyphs = [*letters("합계", 50), *letters(nothing, 300)]
    lines = read_chunk_lines(glyphs, PdfOptions(), SpacedOptions())
    assert [[chunk.text for chunk in line.chunks] for line in lines] == [["합계"]]
    assert not read_chunk_lines(letters(nothing, 300), PdfOptions(), SpacedOptions())


def test_a_chunk_that_is_parted_gives_no_part_without_text() -> None:
    glyphs = [*letters("합계", 50), *letters("\x05\x1e", 90), *letters("100", 130)]
    line = TextLine(chunks=(chunk_of(glyphs, PdfOptions()),))
    rivers = [(66.0, 90.0), (106.0, 130.0)]
    parted = split_at(line, rivers, PdfOptions(), SpacedOptions())
    assert [chunk.text for chunk in parted.chunks] == ["합계", "100"]
