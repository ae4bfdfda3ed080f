"""Slips: a misprint is recognised as what it is, and leads back to what was meant."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.records import Fact
from tests.validate.reports import Sheet, report_of
from validate.slips import meant_values, slip_of

COUNT = report_of(Sheet(text="구분 | 가\n하나 | 7", unit="명")).facts[0]
MONEY = report_of(Sheet(text="구분 | 가\n하나 | 7", unit="천원")).facts[0]
RATE = report_of(Sheet(text="구분 | 집행률\n하나 | 7.1%")).facts[0]


def _printed(fact: Fact, digits: str) -> Fact:
    unit = fact.multiplier.scaleb(-fact.decimals)
    return replace(fact, raw=digits, value=int(digits) * unit)


@pytest.mark.parametrize(
    ("fact", "printed", "meant", "kind"),
    [
        pytest.param(COUNT, "1234", "1634", "digit_changed", id="one-digit"),
        pytest.param(COUNT, "1234", "1324", "digits_exchanged", id="neighbours"),
        pytest.param(COUNT, "124", "1234", "digit_dropped", id="a-digit-too-few"),
        pytest.param(COUNT, "12344", "1234", "digit_added", id="a-digit-too-many"),
        pytest.param(COUNT, "40", "400", "digit_dropped", id="a-zero-too-few"),
        pytest.param(COUNT, "1234000", "1234", "separator", id="three-zeros-too-many"),
        pytest.param(MONEY, "71225", "71252", "digits_exchanged", id="in-thousands"),
        pytest.param(RATE, "784", "748", "digits_exchanged", id="of-a-rate"),
    ],
)
def test_a_slip_is_recognised(fact: Fact, printed: str, meant: str, kind: str) -> None:
    found = slip_of(_printed(fact, printed), _printed(fact, meant).value or Decimal(0))
    assert found is not None
    assert found.kind == kind


def test_a_reversed_sign_is_a_slip_and_another_number_is_none() -> None:
    fact = _printed(COUNT, "35")
    slip = slip_of(fact, Decimal(-35))
    assert slip is not None
    assert slip.kind == "sign"
    assert slip_of(fact, Decimal(712)) is None
    assert slip_of(_printed(MONEY, "35"), Decimal(35_500)) is None


def test_exchanged_neighbours_are_likelier_than_one_digit_of_many() -> None:
    exchanged = slip_of(_printed(COUNT, "650560"), Decimal(605560))
    changed = slip_of(_printed(COUNT, "650560"), Decimal(650960))
    assert exchanged is not None
    assert changed is not None
    assert exchanged.chance > 3 * changed.chance


@given(number=st.integers(1, 10**9), at=st.integers(0, 8), digit=st.sampled_from("0123456789"))
def test_whatever_one_digit_spoiled_is_among_the_values_that_may_have_been_meant(
    number: int, at: int, digit: str
) -> None:
    meant = str(number)
    at %= len(meant)
    spoiled = {
        meant[:at] + digit + meant[at + 1 :],
        meant[:at] + digit + meant[at:],
        meant[:at] + meant[at + 1 :],
        meant[:at] + meant[at : at + 2][::-1] + meant[at + 2 :],
    }
    for printed in spoiled:
        if printed.strip("0") and printed[0] != "0" and printed != meant:
            fact = _printed(COUNT, printed)
            assert Decimal(number) in set(meant_values(fact))
            assert slip_of(fact, Decimal(number)) is not None
