"""Honest reports call no one: tables that an office rounded or cut off raise no alarm."""

from collections import Counter
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

import pytest

from tests.validate.reports import Sheet, audit_of

TABLES = 60
"""Tables of each kind; about 20 relations a table, so some 5,000 in all."""
SCALES = {"천원": 3, "백만원": 6}


def _rounded(value: int, places: int) -> int:
    return int((Decimal(value) / 10**places).quantize(Decimal(1), ROUND_HALF_UP))


def _cut(value: int, places: int) -> int:
    return int((Decimal(value) / 10**places).quantize(Decimal(1), ROUND_DOWN))


def _share(part: int, whole: int, rule: str) -> str:
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.1"), rule))


def honest_table(chance: Random, unit: str, write: Callable[[int, int], int], rule: str) -> Sheet:
    """Return amounts in won, summed exactly by department and year, each number then rounded."""
    places = SCALES[unit]
    years = chance.randint(2, 5)
    rows: list[tuple[str, list[int]]] = []
    total = [0] * (years + 1)
    for group in range(chance.randint(2, 4)):
        parts = []
        for part in range(chance.randint(2, 6)):
            most = 10 ** chance.randint(places + 1, places + 5)
            own = [chance.randint(0, most) for _ in range(years)]
            parts.append((f"{chr(0xAC00 + group)}국>{chr(0xB098 + part)}과", [*own, sum(own)]))
        sums = [sum(column) for column in zip(*(values for _, values in parts), strict=True)]
        rows += [(f"{chr(0xAC00 + group)}국>소계", sums), *parts]
        total = [one + other for one, other in zip(total, sums, strict=True)]
    rows.insert(0, ("합계>합계", total))
    head = " | ".join(["구분", *(f"{2020 + at}년" for at in range(years)), "계", "구성비(%)"])
    whole = max(total[-1], 1)
    lines = [
        " | ".join(
            [name, *(f"{write(one, places):,}" for one in values), _share(values[-1], whole, rule)]
        )
        for name, values in rows
    ]
    return Sheet(text="\n".join([head, *lines]), unit=unit)


@pytest.mark.parametrize("unit", SCALES)
@pytest.mark.parametrize(
    ("write", "rule"),
    [
        pytest.param(_rounded, ROUND_HALF_UP, id="rounded"),
        pytest.param(_cut, ROUND_DOWN, id="cut-off"),
    ],
)
def test_tables_that_were_rounded_number_by_number_raise_no_alarm(
    unit: str, write: Callable[[int, int], int], rule: str
) -> None:
    chance = Random(f"{unit} {rule}")
    found: Counter[str] = Counter()
    checks = 0
    for _ in range(TABLES):
        audited = audit_of(honest_table(chance, unit, write, rule))
        checks += len(audited.checks)
        found.update(finding.severity for finding in audited.findings)
        assert not any(finding.is_proven for finding in audited.findings)
    assert checks > 10 * TABLES
    assert found["high"] == 0
    assert 200 * found["medium"] <= checks
