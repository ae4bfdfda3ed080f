"""Writes sheets: frozen headings with filters, widths that fit, numbers as numbers, inert text."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any, Final, Literal

from xlsxwriter.url import Url

from pipelines.code_words import Language, Pair, pick
from pipelines.inert import is_active
from pipelines.workbook.terms import EXCEL_DIGITS
from pipelines.workbook.words import SHEETS

_CELL_SIGNS: Final = 32_767
LAST_ROW: Final = 1_048_575
"""Rows of a sheet below its heading."""
_MOST_LINKS: Final = 65_000
_MOST_FINE: Final = 6
_LINE: Final = 15
"""Points of a line of text."""
_MOST_LINES: Final = 25
"""Excel has rows of 409 points at most."""
_SCALES: Final = {
    Decimal(1): ("", "원"),
    Decimal(1000): (",", "천원"),
    Decimal(1_000_000): (",,", "백만원"),
    Decimal(1_000_000_000): (",,,", "십억원"),
}
"""Thousands that a number format can leave out, with what they are called."""
_UNITS: Final = {"percent": "%", "percent_point": "%p"}
Look = Literal["plain", "input", "wrap", "head", "link", "bad", "good"]
_LOOKS: Final[dict[Look, dict[str, object]]] = {
    "plain": {"valign": "top"},
    "input": {"valign": "top", "font_color": "#0000CC", "bg_color": "#EAF1FB", "locked": False},
    "wrap": {"valign": "top", "text_wrap": True},
    "head": {
        "bold": True,
        "text_wrap": True,
        "valign": "vcenter",
        "bg_color": "#E7E6E6",
        "bottom": 1,
    },
    "link": {"valign": "top", "font_color": "#0563C1", "underline": 1},
    "bad": {"bg_color": "#FFC7CE"},
    "good": {"font_color": "#006100"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The heading of a column."""

    ko: str
    en: str
    width: int = 14
    """Letters of a column; a Hangul syllable counts as two."""


def money_format(multiplier: Decimal, decimals: int = 0) -> str:
    """Return the number format that shows won in the unit in which they are printed.

    The cell holds the exact value in won all the same. A format can leave out thousands only:
    만원 and 억원 are shown in won.

    Examples:
        >>> money_format(Decimal(1000)), money_format(Decimal(1000000), 1)
        ('#,##0,"천원"', '#,##0.0,,"백만원"')
        >>> money_format(Decimal(10000))
        '#,##0"원"'
    """
    if multiplier not in _SCALES:
        return '#,##0"원"'
    commas, unit = _SCALES[multiplier]
    point = f".{'0' * min(decimals, _MOST_FINE)}" if decimals else ""
    return f'#,##0{point}{commas}"{unit}"'


def unit_format(unit: str | None, multiplier: Decimal = Decimal(1), decimals: int = 0) -> str:
    """Return the number format of a value in some unit."""
    if unit == "won":
        return money_format(multiplier, decimals)
    point = f".{'0' * min(decimals, _MOST_FINE)}" if decimals else ""
    words = _UNITS.get(unit or "", unit or "").replace('"', "").replace("\\", "")[:20]
    return f'#,##0{point}"{words}"' if words else f"#,##0{point}"


@dataclass(slots=True)
class Book:
    """A workbook in the making."""

    file: Any
    """The xlsxwriter workbook."""
    language: Language
    formats: dict[tuple[str, str, bool], Any] = field(default_factory=dict)

    def format(self, look: Look = "plain", number: str = "", *, quoted: bool = False) -> Any:
        """Return a format, made once for each look and number format."""
        key = (look, number, quoted)
        if key not in self.formats:
            given = {**_LOOKS[look], **({"num_format": number} if number else {})}
            self.formats[key] = self.file.add_format(
                {**given, **({"quote_prefix": True} if quoted else {})}
            )
        return self.formats[key]

    def sheet_name(self, code: str) -> str:
        """Return what a sheet is called."""
        return pick(SHEETS[code], self.language) if code in SHEETS else code

    def start(self, code: str, heads: tuple[Head, ...], *, can_sort: bool = True) -> "Sheet":
        """Start a sheet: headings, frozen, and wide enough."""
        made = self.file.add_worksheet(self.sheet_name(code))
        made.freeze_panes(1, 0)
        made.repeat_rows(0)
        made.set_landscape()
        made.fit_to_pages(1, 0)
        made.set_row(0, 30)
        for column, head in enumerate(heads):
            made.set_column(column, column, head.width)
            made.write_string(
                0, column, pick((head.ko, head.en), self.language), self.format("head")
            )
        return Sheet(book=self, sheet=made, width=len(heads), can_sort=can_sort)

    def words(self, pair: Pair) -> str:
        """Return a text in the language of the workbook."""
        return pick(pair, self.language)


@dataclass(slots=True)
class Sheet:
    """A sheet in the making; rows are counted from 1 as in Excel, the headings are row 1."""

    book: Book
    sheet: Any
    width: int
    can_sort: bool = True
    row: int = 1
    links: int = 0

    def next_row(self) -> int:
        """Go on to the next row and return its number."""
        self.row += 1
        return self.row

    @property
    def is_full(self) -> bool:
        """True where Excel has no more rows."""
        return self.row > LAST_ROW

    def put(self, column: int, value: object, look: Look = "plain", number: str = "") -> None:
        """Write a value into the current row: text as text, whatever it begins with."""
        at = (self.row - 1, column)
        if value is None or value == "":
            self.sheet.write_blank(*at, None, self.book.format(look, number))
        elif isinstance(value, bool):
            self.sheet.write_boolean(*at, value, self.book.format(look))
        elif isinstance(value, int | float | Decimal):
            self._number(at, value, look, number)
        elif isinstance(value, date):
            self.sheet.write_string(*at, value.isoformat(), self.book.format(look))
        else:
            text = str(value)[:_CELL_SIGNS]
            self.sheet.write_string(*at, text, self.book.format(look, quoted=is_active(text)))

    def _number(self, at: tuple[int, int], value: float | Decimal, look: Look, number: str) -> None:
        exact = Decimal(value)
        if isinstance(value, Decimal) and len(exact.normalize().as_tuple().digits) > EXCEL_DIGITS:
            # A number of Excel has 15 digits; text keeps them all.
            self.sheet.write_string(*at, f"{value:f}", self.book.format(look))
            return
        self.sheet.write_number(*at, value, self.book.format(look, number))

    def fit_height(self, *texts: tuple[str, int]) -> None:
        """Make the current row as high as its longest text needs; not every program does it.

        Args:
            texts: each with the width of its column.
        """
        lines = max(ceil(_letters(text) / width) for text, width in texts)
        self.sheet.set_row(self.row - 1, _LINE * max(1, min(lines, _MOST_LINES)))

    def compute(self, column: int, formula: str, number: str = "", look: Look = "plain") -> None:
        """Write a formula without a result: who opens the file computes it."""
        self.sheet.write_formula(self.row - 1, column, formula, self.book.format(look, number), "")

    def link(self, column: int, target: str, text: str, row: int = 0) -> None:
        """Write a link, or only its text where Excel takes no more links.

        Args:
            column: from 0.
            target: a path as seen from the workbook, an URL, or `#sheet!A1` in the workbook.
            text: what is shown.
            row: another row than the current one, from 1.
        """
        words = text[:255]
        if not target or self.links >= _MOST_LINKS:
            self.put(column, words)
            return
        self.links += 1
        made = self.book.format("link", quoted=is_active(words))
        self.sheet.write_url((row or self.row) - 1, column, _url(target, words), made)

    def finish(self) -> None:
        """Add the filters, where a sheet may be sorted by them."""
        if self.can_sort:
            self.sheet.autofilter(0, 0, max(1, self.row - 1), self.width - 1)


def _letters(text: str) -> int:
    """Return how wide a text is; a Hangul syllable counts as two letters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _url(target: str, text: str) -> Url:
    """Return a link; a relative one with the slashes that every system and the format itself know.

    xlsxwriter turns them into backslashes, which only Windows takes for paths.
    """
    if target.startswith("#"):
        url = Url(f"internal:{target[1:]}")
    elif "://" in target:
        url = Url(target)
    else:
        url = Url(f"external:{target}")
        url._relationship_link = url._relationship_link.replace("\\", "/")
    url.text = text
    return url
