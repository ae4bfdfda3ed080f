"""What a printed string looks like, before anyone asks what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.shapes import Shape, is_figure, is_value, shape_of


@pytest.mark.parametrize(
    ("shape", "texts"),
    [
        ("number", ["0", "1,234", "1234", "△5", "▲1,234", "-3", "(30)", "12.5", "176,0450", "△ 7"]),
        ("percent", ["89.1%", "100 %", "△3.5%", "5.2%p", "12％"]),
        ("quantity", ["14억", "8천만원", "61명", "20건/50억", "30개/60개", "70/163%", "3억원",
                      "1,234(국 1,000, 시 234)", "약 30명", "18개(평균)"]),
        ("nil", ["-", "–", "―", "－", "ㅡ"]),
        ("period", ["2022", "2023년", "'23", "’23년", "3/4", "2분기", "상반기", "11월", "임기 내",
                    "2023년(상반기)", "4차년도"]),
        ("date", ["2023. 8. 8.", "2023-08-08", "5.22.~7.20.", "2023.5.1."]),
        ("unit", ["개소", "명", "백만 원", "%", "㎡", "천명"]),
        ("ratio", ["75:17.5:7.5", "1 : 2"]),
        ("text", ["사회적기업", "1인 미디어실", "합계", "국비", "A동", "(주)마을"]),
        ("prose", ["- 교육 진행", "▶ 홍보", "주민과 걷기 " * 5]),
        ("blank", ["", "  ", "\n", "\t"]),
    ],
)  # fmt: skip
def test_a_printed_string_has_the_shape_of_its_kind(shape: Shape, texts: list[str]) -> None:
    assert {text: shape_of(text) for text in texts} == dict.fromkeys(texts, shape)


@pytest.mark.parametrize("text", ["2차", "1-3", "02-123-4567", "제3조", "1인", "가동 3"])
def test_ordinals_phones_and_articles_are_no_bare_numbers(text: str) -> None:
    assert shape_of(text) not in ("number", "percent", "nil")


def test_a_nil_sign_is_a_value_and_no_figure() -> None:
    assert is_value(shape_of("-"))
    assert not is_figure(shape_of("-"))


@given(st.text(max_size=40))
def test_every_text_has_a_shape(text: str) -> None:
    shape = shape_of(text)
    assert is_value(shape) >= is_figure(shape)
    assert (shape == "blank") == (not text.strip())


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_every_grouped_number_is_a_number(value: object) -> None:
    assert shape_of(f"{value:,}") == "number"
