"""A cause that explains many numbers at once, proposed before relations are solved one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """What numbers would have to be if one act spoiled all of them."""

    changes: Mapping[str, Decimal]
    """The value that was meant, by the key of each number (see `network.key_of`)."""
    manner: Literal["unit", "shifted"]
    """A table under a wrong unit, or a row that moved by one cell."""
    row: tuple[str, int] | None = None
    """Table and row that moved."""
    unknown: str | None = None
    """The place from which a number was pushed out of the row: nothing may tell what it was."""
    factor: Decimal = Decimal(1)
    """By which the last printed digits of the numbers are worth more, under another unit."""
