"""Values as screens and pages show them."""

from decimal import Decimal
from typing import Final

_UNITS: Final = {"won": "원", "percent": "%", "percent_point": "%p"}


def show_number(value: Decimal | None, unit: str | None = None) -> str:
    """Return a value with thousands separators and its unit, `-` for none.

    Examples:
        >>> show_number(Decimal("1234500.000000"), "won")
        '1,234,500원'
        >>> show_number(Decimal("12.30"), "percent")
        '12.3%'
        >>> show_number(None)
        '-'
    """
    if value is None:
        return "-"
    digits = f"{value:,f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits + _UNITS.get(unit or "", unit or "")
