"""Left-overs of HTML become the signs they stand for, and every place stays the file's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.reading.markup import CHECKED, UNCHECKED, replace_markup


def replaced(text: str) -> str:
    return replace_markup(text, [float(i) for i in range(len(text) + 1)])[0]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param('<input type="checkbox"/> 신규', f"{UNCHECKED} 신규", id="open box"),
        pytest.param('<input checked="" type="checkbox"/> 계속', f"{CHECKED} 계속", id="ticked"),
        pytest.param("<input type=radio checked> 예", f"{CHECKED} 예", id="radio button"),
        pytest.param("<input type=text>이름", "이름", id="a field is no box"),
        pytest.param("<ul style='x'> - 교육 2회</ul>", " - 교육 2회", id="list"),
        pytest.param(
            "<ul><li>교육</li><li>홍보</li></ul>", "교육 홍보 ", id="list items stay apart"
        ),
        pytest.param("1,000<br>2,000", "1,000 2,000", id="a break does not join two numbers"),
        pytest.param("<td>1</td><td>2</td>", "1 2", id="nor do cells"),
        pytest.param("가<BR/> 나", "가 나", id="no second blank"),
        pytest.param("276m<sup>2</sup>", "276m2", id="raised letters belong to the word"),
        pytest.param("교육&amp;홍보&nbsp;3회", "교육&홍보 3회", id="entities"),
        pytest.param("가&#10;나&#9;다", "가 나 다", id="a coded line break is a blank"),
        pytest.param("매출 <목표> 1 < 2 > 0", "매출 <목표> 1 < 2 > 0", id="signs that are no tags"),
        pytest.param("A&B사업", "A&B사업", id="a plain and"),
    ],
)
def test_a_tag_becomes_what_it_stands_for(text: str, meant: str) -> None:
    assert replaced(text) == meant


PIECES = st.lists(
    st.sampled_from(["예산", "1,234", " ", "\t", "<br>", "<li>", "</li>", "&amp;", "<b>", "<",
                     ">", "&", '<input type="checkbox"/>']),
    max_size=12,
).map("".join)  # fmt: skip


@given(PIECES)
def test_borders_never_fall_and_stay_inside_the_line(text: str) -> None:
    meant, edges = replace_markup(text, [float(i) for i in range(len(text) + 1)])
    assert len(edges) == len(meant) + 1
    assert edges == sorted(edges)
    assert edges[-1] <= len(text)


@given(PIECES)
def test_a_plain_character_begins_at_its_own_place(text: str) -> None:
    meant, edges = replace_markup(text, [float(i) for i in range(len(text) + 1)])
    for char, edge in zip(meant, edges, strict=False):
        if char not in f"{CHECKED}{UNCHECKED}& ":
            assert text[int(edge)] == char
