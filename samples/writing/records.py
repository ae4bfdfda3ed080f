"""What a sample is: a report of our own making, and what is known about it."""

from dataclasses import dataclass

NOTICE = "※ 시험용으로 지어낸 보고서입니다. 실제 기관의 사업이나 예산과 관계가 없습니다."
"""Stands in every sample: it was made up, and is no report of a real office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """An error that was put into a report on purpose."""

    kind: str
    """total, rate or unit."""
    label: str
    """Text that opens the line of the error."""
    what: str
    """The error in words."""
    printed: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A report with its bytes and its description for the manifest."""

    file_name: str
    document_type: str
    region: str
    look: str
    figures: str
    """What its figures come from and which rounding is used."""
    data: bytes
    planted: tuple[Planted, ...] = ()
