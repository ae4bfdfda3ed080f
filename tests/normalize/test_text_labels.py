"""The words that name a number in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Place, Run
from normalize.mentions import find_quantities
from normalize.text_labels import (
    indicator_before,
    previous_end_of,
    programme_of,
    quantity_run,
    subject_of,
)


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("매출 확대를 위한 기획행사 49회", "기획행사"),
        ("- 주민 교육 12회", "주민 교육"),
        ("○ 상담: 방문 상담 30건", "방문 상담"),
        ("(14개 상설매장)", "상설매장"),
        ("참여자는 12명", "참여자"),
    ],
)
def test_a_number_counts_the_noun_beside_it(text: str, indicator: str) -> None:
    quantity = find_quantities(text)[0]
    assert indicator_before(text, quantity) == indicator


def test_the_words_of_the_number_before_are_not_its_own() -> None:
    text = "교육 12회, 상담 30건"
    quantities = find_quantities(text)
    assert [
        indicator_before(text, quantity, previous_end_of(quantities, item))
        for item, quantity in enumerate(quantities)
    ] == ["교육", "상담"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("○ 주민 교육: 강의 12회, 견학 3회", "주민 교육"),
        ("- 마을 축제 12회 개최", "마을 축제"),
        ("12명", ""),
        ("- 30건", ""),
    ],
)
def test_a_line_is_about_what_stands_before_its_colon_or_its_first_number(
    text: str, subject: str
) -> None:
    quantities = find_quantities(text)
    assert {subject_of(text, q, quantities[0].start) for q in quantities} == {subject}


@pytest.mark.parametrize(
    ("path", "title", "programme"),
    [
        pytest.param(("Ⅱ. 추진실적", "3 마을 교육", "□ 예산"), None, "마을 교육", id="numbered"),
        pytest.param(("□ 마을 교육",), None, "마을 교육", id="the only one"),
        pytest.param(("1 추진실적",), "마을 사업", "마을 사업", id="a dividing heading names none"),
        pytest.param((), "마을 사업", "마을 사업", id="the title"),
        pytest.param((), None, "", id="nothing"),
    ],
)
def test_a_section_is_named_by_its_programme(
    path: tuple[str, ...], title: str | None, programme: str
) -> None:
    assert programme_of(path, title).removeprefix("3 ") == programme


RUNS = (
    Run(text="예산 12명", place=Place(line_no=1, char_start=4, char_end=10)),
    Run(text="30건", place=Place(line_no=2, char_start=0, char_end=3)),
)


@pytest.mark.parametrize(
    ("span", "text", "line_no", "start"),
    [
        pytest.param((3, 6), "12명", 1, 7, id="first line"),
        pytest.param((7, 10), "30건", 2, 0, id="second line"),
        pytest.param((3, 10), "12명", 1, 7, id="over two lines: the first of them"),
    ],
)
def test_a_number_in_a_cell_lies_on_its_own_line(
    span: tuple[int, int], text: str, line_no: int, start: int
) -> None:
    run = quantity_run(RUNS, *span)
    assert (run.text, run.place.line_no, run.place.char_start) == (text, line_no, start)


@given(st.text(st.sampled_from("교육가 12명,:-()·회/○\n"), max_size=40))
def test_any_text_has_labels_or_none(text: str) -> None:
    quantities = find_quantities(text)
    for item, quantity in enumerate(quantities):
        end = previous_end_of(quantities, item)
        assert end <= quantity.start
        assert indicator_before(text, quantity, end) is not None
        assert subject_of(text, quantity, quantities[0].start) is not None
