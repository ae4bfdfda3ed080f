"""Labels, slips and sentences of the audit."""

from decimal import Decimal

import pytest

from tests.validate.reports import Sheet, audit_of
from validate.formulas import formulas_of
from validate.groups import Group, find_groups
from validate.labels import is_period, likeness, total_level
from validate.slips import is_slip
from validate.tables import Strip


@pytest.mark.parametrize(
    ("label", "level"),
    [
        pytest.param("합    계", 2, id="letter-spaced"),
        pytest.param("총 계(A+B)", 3, id="with-formula"),
        pytest.param("시설운영비 계", 2, id="named-total"),
        pytest.param("운영비 소계", 1, id="named-subtotal"),
        pytest.param("총 4개 기업", 2, id="total-in-words"),
        pytest.param("일상회계", 0, id="accounting-is-no-total"),
        pytest.param("생태계", 0, id="ecosystem-is-no-total"),
        pytest.param("통계 작성", 0, id="statistics-are-no-total"),
    ],
)
def test_totals_are_told_from_words_that_end_alike(label: str, level: int) -> None:
    assert total_level(label) == level


@pytest.mark.parametrize("label", ["2024", "‘18(하반기)", "1/4", "3분기", "2022년", "12월"])
def test_periods_are_recognised(label: str) -> None:
    assert is_period(label)


@pytest.mark.parametrize("label", ["13회", "목표", "22", "5,104", "사업기간"])
def test_other_labels_are_no_periods(label: str) -> None:
    assert not is_period(label)


@pytest.mark.parametrize(
    ("printed", "meant", "slip"),
    [
        pytest.param("650560", "605560", True, id="digits-exchanged"),
        pytest.param("14", "54", True, id="one-digit"),
        pytest.param("284000", "28400", True, id="digit-added"),
        pytest.param("2454", "4412100", False, id="another-number"),
        pytest.param("10", "-10", False, id="sign"),
    ],
)
def test_a_slip_is_told_from_another_number(printed: str, meant: str, slip: bool) -> None:
    assert is_slip(Decimal(printed), Decimal(meant)) is slip


def test_names_that_share_their_words_are_alike() -> None:
    assert likeness("교육/설명회", "교육 설명회 운영") == 1.0
    assert likeness("공공구매 상담", "마을기업 육성") == 0.0


def _strips(*labels: str) -> tuple[Strip, ...]:
    return tuple(Strip(index=at, path=tuple(one.split(">"))) for at, one in enumerate(labels))


def test_a_groups_own_total_stands_for_the_group() -> None:
    strips = _strips("총계", "사회적기업>계", "사회적기업>인증", "사회적기업>예비", "마을기업")
    groups = {
        group.total.name: [part.name for part in group.parts]
        for group in find_groups(strips, lambda _total, _parts: (1, 1))
    }
    assert groups == {
        "총계": ["사회적기업 계", "마을기업"],
        "사회적기업 계": ["사회적기업 인증", "사회적기업 예비"],
    }


def test_a_group_of_sources_is_a_funding_split() -> None:
    total, *parts = _strips("계", "국비", "시 비", "구비", "기타")
    group = Group(total=total, parts=tuple(parts), level=2, is_nested=False, is_by_label=True)
    assert group.is_funding_split


@pytest.mark.parametrize(
    ("label", "shape"),
    [
        pytest.param("잔액(C=A-B)", "sum", id="defined"),
        pytest.param("잔액(A-B)", "sum", id="bare"),
        pytest.param("집행률(B/A)", "quotient", id="quotient"),
        pytest.param("집행률 (B/A*100)", "quotient", id="times-100"),
        pytest.param("(B-A)/A", "growth", id="growth"),
    ],
)
def test_printed_formulas_are_read(label: str, shape: str) -> None:
    strips = _strips("예산액(A)", "집행액(B)", label)
    assert [formula.shape for formula in formulas_of(strips)] == [shape]


def test_a_finding_tells_the_equation_in_printed_numbers_in_both_languages() -> None:
    sheet = "구분 | 계 | 가 | 나\n하나 | 30 | 10 | 20\n둘 | 1,234 | 1,000 | 243"
    (finding,) = audit_of(Sheet(text=sheet, unit="명")).findings
    assert "1,234 = 1,000 + 243" in finding.explanation_ko
    assert "1,234 = 1,000 + 243" in finding.explanation_en
    assert "1,243명" in finding.explanation_ko
    assert finding.difference == -9
