"""What is found of persons in a text."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["phone", "email", "resident", "birth", "document", "account", "plate", "name"]
"""resident: resident and foreigner registration numbers; document: passports, driving licences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Personal data in a text."""

    kind: Kind
    start: int
    """0-based code point; end exclusive."""
    end: int
