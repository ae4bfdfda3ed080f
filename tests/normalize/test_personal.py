"""Names, phones and numbers of persons are found and masked; amounts, dates and codes are not."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.personal import Sample, look_alike_samples, personal_samples
from normalize.mentions import find_quantities
from normalize.personal.headings import context_of
from normalize.personal.known import Persons, find_personal, gather
from normalize.personal.masking import is_masked, is_masked_form, mask_text

SAMPLES = st.builds(
    lambda seed, at: [
        *personal_samples(random.Random(seed), 8),
        *look_alike_samples(random.Random(seed), 8),
    ][at],
    st.integers(0, 1 << 32),
    st.integers(0, 15),
)
TEXTS = st.lists(SAMPLES.map(lambda one: one.text), max_size=4).map(" ".join) | st.text()


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("02-2670-1234", "02-****-****"),
        ("(031) 267-1234", "(031) ***-****"),
        ("02)2670-1234", "02)****-****"),
        ("☎ 2670-3123", "☎ ****-****"),
        ("내선 1234", "내선 ****"),
        ("+82-10-2670-1234", "+82-**-****-****"),
        ("０２－２６７０－１２３４", "０２－****－****"),
        ("010 2670 1234", "010 **** ****"),
        ("전화 02 - 2670 - 1234", "전화 02 - **** - ****"),
        ("02-2670-\n1234", "02-****-\n****"),
        ("문의 : 총무과(2670-1234)", "문의 : 총무과(****-****)"),
        ("FAX 2670-1234", "FAX ****-****"),
    ],
)
def test_a_phone_keeps_its_area_code_and_its_signs(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("gildong.h@korea.kr으로 제출", "*******.*@*****.**으로 제출"),
        ("gil @ korea.kr", "*** @ *****.**"),
        ("gil＠korea.go.kr", "***＠*****.**.**"),
        ("gil@korea.\nkr", "***@*****.\n**"),
        ("gil[at]korea.kr", "***[**]*****.**"),
        ("810203-1234567", "******-*******"),
        ("810203 - 5234567", "****** - *******"),
        ("810203-1******", "******-*******"),
        ("주민등록번호 8102031234567", "주민등록번호 *************"),
        ("계좌번호: 가나은행 123456-04-123456", "계좌번호: 가나은행 ******-**-******"),
        ("운전면허번호 11-12-123456-12", "운전면허번호 **-**-******-**"),
        ("여권번호 M12345678", "여권번호 *********"),
        ("차량번호 12가 3456", "차량번호 *** ****"),
        ("생년월일 1981. 2. 3", "생년월일 ****. *. *"),
    ],
)
def test_addresses_and_numbers_of_persons_are_masked(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("담당자: 홍길동", "담당자: 홍**"),
        ("성 명 : 남궁민수", "성 명 : 남궁**"),
        ("성명: 이준", "성명: 이*"),
        ("담당 : 김 철 수", "담당 : 김 * *"),
        ("총무과장 홍길동", "총무과장 홍**"),
        ("홍길동 과장이", "홍** 과장이"),
        ("홍길동과장", "홍**과장"),
        ("담당자 홍길동·이순신", "담당자 홍**·이**"),
        ("위원: 홍길동(교수), 이순신(변호사)", "위원: 홍**(교수), 이**(변호사)"),
        ("담당자: 총무과 홍길동", "담당자: 총무과 홍**"),
        ("과장(홍길동)", "과장(홍**)"),
        ("홍길동(洪吉童) 국장", "홍**(***) 국장"),
        ("홍길동 ☎ 2670-1234", "홍** ☎ ****-****"),
        ("구청장 이순신은", "구청장 이**은"),
        ("담당: 홍○○·이순신", "담당: 홍○○·이**"),
        ("대표이사 홍길동 (인)", "대표이사 홍** (인)"),
        ("홍길동·이순신 의원", "홍**·이** 의원"),
    ],
)
def test_of_a_name_the_surname_stays(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "1,234,567천원",
        "2024.03.15~04.30",
        "2024-03-15",
        "2019-2023",
        "법 제12조의3",
        "1156000000",
        "예산과목 201-03",
        "관리번호 010-2024-0001",
        "접수번호: 02-2024-1234",
        "(1000-2000)",
        "사업자등록번호 123-45-67890",
        "법인등록번호 110111-1234567",
        "강사료 @1,500원×12월",
        "내선 120회선",
        "전화 상담 1234건",
        "031 560 1200 - 1,234",
        "우편번호 07260",
        "제2024-1234호",
        "1588-1592",
        "75:17.5:7.5",
        "구청장 공약사업",
        "시장 안정화",
        "과장 전결",
        "담당: 정책과",
        "시장 변동성",
        "위원 10명",
        "담당 공무원",
        "주차장 5개소",
        "운동장 정비",
        "국장 주재로",
        "팀장 회의 3회",
        "대상자: 장애인, 한부모",
        "성명         서명",
        "전문가 위원",
        "구청장 인사말",
        "조선해양 복합센터",
        "공영주차장 운영",
        "담당자: 홍○○",
        "홍** (02-****-****)",
    ],
)
def test_amounts_dates_codes_and_words_stay(text: str) -> None:
    assert mask_text(text) == text


@given(TEXTS)
def test_masked_text_is_as_long_and_nothing_is_left_to_mask(text: str) -> None:
    masked = mask_text(text)
    assert len(masked) == len(text)
    assert is_masked_form(masked, text)
    assert mask_text(masked) == masked


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from("원명%건㎡"))
def test_no_amount_is_changed(amount: Decimal, unit: str) -> None:
    for shown in (
        f"{amount:,}{unit}",
        f"담당 예산 {amount:,.0f}{unit}",
        f"{amount:,.0f} - {amount:,}",
    ):
        assert mask_text(shown) == shown


@given(SAMPLES)
def test_spans_stand_in_the_text_and_do_not_overlap(sample: Sample) -> None:
    spans = find_personal(sample.text)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(sample.text) for edge in edges)


def test_nearly_all_is_masked_and_nothing_else() -> None:
    dice = random.Random(7)
    personal = list(personal_samples(dice, 400))
    names = [one for one in personal if one.kind == "name"]
    numbers = [one for one in personal if one.kind != "name"]
    assert sum(one.is_masked() for one in numbers) >= 0.99 * len(numbers)
    assert sum(one.is_masked() for one in names) >= 0.9 * len(names)
    assert [one.text for one in look_alike_samples(dice, 400) if one.is_masked()] == []


def test_a_name_that_a_label_told_is_masked_wherever_it_is_a_word() -> None:
    persons = gather(iter([("홍길동 과장", ""), ("이준", "성명: "), ("2670-1234", "연락처: ")]))
    text = "홍길동은 홍 길동, 홍길\n동, 홍길동네"
    assert mask_text(text, persons) == "홍**은 홍 **, 홍*\n*, 홍길동네"
    assert mask_text("'이준 · 예산', 이준 도서관", persons) == "'이* · 예산', 이준 도서관"
    assert mask_text("합계 > 2670-1234", persons) == "합계 > ****-****"


def test_a_heading_stands_for_a_label() -> None:
    assert mask_text("홍길동", context=context_of(("담당자",))) == "홍**"
    assert mask_text("2670-1234", context=context_of(("연락처(내선)",))) == "****-****"
    assert mask_text("정책과", context=context_of(("담당자",))) == "정책과"
    assert mask_text("1,234", context=context_of(("전화",))) == "1,234"
    assert context_of(("예산액", "사업명")) == ""


def test_a_masked_label_is_known_as_such() -> None:
    assert is_masked("홍**")
    assert not is_masked("인건비*")
    assert Persons() == gather(iter([("예산 100천원", "")]))


@pytest.mark.parametrize(
    "text", ["내선 1234", "☎ 02-2670-1234", "010 2670 1234", "계좌번호 110-123-456789"]
)
def test_a_number_of_a_person_is_no_quantity(text: str) -> None:
    assert find_quantities(text, in_cell=True) == ()
