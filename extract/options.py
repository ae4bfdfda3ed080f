"""Every tolerance used in reading a PDF and in finding tables, in points unless the name says else.

Korean offices print with word processors whose rules are 0.1-2 pt thick and whose smallest type is
about 5 pt; the defaults follow from that.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PageEngine = Literal["pdfium", "pdfplumber"]


def require_positive(settings: "DataclassInstance", besides: Collection[str] = ()) -> None:
    """Check the fields of some settings, those named `besides` left out.

    Raises:
        ValueError: A field is not positive; the first one is named.
    """
    for item in fields(settings):
        if item.name not in besides and not getattr(settings, item.name) > 0:
            message = f"{item.name} must be positive, not {getattr(settings, item.name)!r}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What a file may be made of; a report of 2,000 pages with maps stays far below.

    Raises:
        ValueError: A limit is not positive.
    """

    file_bytes: int = 512 << 20
    """A larger file is not opened; scans of a thousand pages have 200 MB."""
    text_bytes: int = 64 << 20
    """A larger text file is not read: a page has 2 kB."""
    pages: int = 20_000
    objects: int = 400_000
    """Strokes, words and pictures of one page, and characters; a detailed map has 100,000."""
    decoded_bytes: int = 256 << 20
    """What one packed part of a file, other than a picture, may unpack to."""
    content_bytes: int = 32 << 20
    """What the content of a page may have that is not packed at all."""
    processes: int = field(default=1, repr=False, compare=False)
    """Processes that may read the pages of a long PDF; nothing that is read depends on it."""

    def __post_init__(self) -> None:
        """Check the limits once, at the door."""
        require_positive(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridOptions:
    """Tolerances of table finding.

    Raises:
        ValueError: A length or a count is not positive.
    """

    rule_thickness: float = 4.0
    """A filled box this thin is a rule; a thicker one is shading."""
    collinear: float = 1.0
    """Pieces of one rule lie this close to one straight line."""
    piece_gap: float = 3.5
    """Largest gap between the dots, dashes and cell-wise pieces of one rule."""
    shortest_rule: float = 5.0
    """Shorter rules, after joining their pieces, are drawings inside the text."""
    touch: float = 1.5
    """Rules that come this close to each other belong to one network."""
    snap: float = 3.0
    """Parallel rules this close are one border: double rules, borders drawn by both cells."""
    wall_share: float = 0.6
    """Share of a cell's side that a rule must cover to part two cells."""
    narrowest: float = 4.5
    """A row or column without text that is narrower than this is a double rule."""
    open_side: float = 6.0
    """Rules that reach this far past the last crossing rule enclose an open outer column."""
    gradient_strips: int = 8
    """As many parallel strips of equal length side by side paint a gradient."""
    line_core: float = 0.4
    """Share of a line's height, up and down from its middle, that other rows must not touch."""
    number_rows: float = 0.6
    """Share of the rows without rules in which a column of values must be filled."""
    list_rows: int = 5
    """As many rows without rules, each with one label and one value, are a list."""
    overhang: float = 1.5
    """Text may stick out of its table by this much."""
    most_rules: int = 4000
    """A page with more rules, after joining, is a drawing."""
    most_fields: int = 40000
    """Rules that make more fields than this are a drawing."""
    column_match: float = 3.0
    """Column borders of a continued table agree this well."""

    def __post_init__(self) -> None:
        """Check the tolerances once, at the door."""
        require_positive(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfOptions:
    """How a PDF is read.

    Raises:
        ValueError: A length or a count is not positive.
    """

    space_gap: float = 0.25
    """Ems between two characters that make a space."""
    severed_gap: float = 1.0
    """Ems between two characters that belong to one line of text, whatever lies between."""
    piece_gap: float = 3.0
    """Ems of white space that part two pieces of text on one height."""
    same_line: float = 0.45
    """Ems by which the middles of characters on one line may differ."""
    overprint: float = 0.15
    """Ems by which a character printed twice for boldness is shifted."""
    margin_share: float = 0.12
    """Share of the page height, at top and bottom, where page headers and footers stand."""
    gutter_offset: float = 0.1
    """Share of the page width by which the gap between two columns may lie off the middle."""
    column_fill: float = 0.5
    """Share of half the page width that the full lines of a column of text fill."""
    furniture_pages: int = 3
    """A marginal line that comes back on this many pages is furniture."""
    image_share: float = 0.85
    """A picture over this share of a page with text but no rules is a scan with read text."""
    scan_characters: int = 100
    """A page with a picture and fewer characters is a title page."""
    private_share: float = 0.5
    """A page with this share of private-use characters has a font that cannot be read."""
    engine: PageEngine = "pdfium"
    """What reads the pages; pdfplumber still reads those whose fonts PDFium cannot map."""
    grids: GridOptions = field(default_factory=GridOptions)
    limits: ReadingLimits = field(default_factory=ReadingLimits)

    def __post_init__(self) -> None:
        """Check the tolerances once, at the door."""
        require_positive(self, besides=("grids", "limits", "engine"))
