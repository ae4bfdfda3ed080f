"""How scanned pages are read: limits and tolerances, in points unless the name says else."""

from dataclasses import dataclass

from extract.options import require_positive


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrOptions:
    """Tolerances and limits of reading a picture of a page.

    Raises:
        ValueError: A value is not positive.
    """

    dpi: float = 300.0
    """Dots per inch at which a page is drawn; offices scan at 200 or 300."""
    most_pixels: float = 24e6
    """A page that would have more is drawn coarser; A3 at 300 dpi has 17 million."""
    most_seconds: float = 120.0
    """How long Tesseract may work on one page."""
    most_pages: int = 30
    """As many pages of a file are read from their pictures, so that a long scan comes to an end."""
    most_pieces: int = 6000
    """A page with more pieces of text is a picture, not a report."""
    most_turn: float = 4.0
    """Degrees; the largest skew that is looked for."""
    shortest_rule: float = 10.0
    """Shorter strokes are parts of letters."""
    sure_rule: float = 24.0
    """A rule this long needs no other rule at its ends."""
    straight_rule: float = 60.0
    """A run this long is a rule whatever stands beside it."""
    rule_thickness: float = 4.0
    """Thicker bars are no rules."""
    dot: float = 1.8
    """A dot or dash of a rule is at most this thick."""
    dot_gap: float = 3.0
    """White between two dots or dashes of one rule."""
    tallest_letter: float = 24.0
    """Ink that is higher is no letter."""
    dot_clearance: float = 1.2
    """White on both sides of a dot or dash of a rule."""
    rule_touch: float = 3.0
    """A short rule ends this close to a rule that crosses it."""
    speck: float = 0.75
    """Ink that is smaller in both directions is dust."""
    smallest_line: float = 3.5
    """Rows of ink that are lower are no lines of text."""
    line_height: float = 44.0
    """Pixels; smaller text is enlarged to this height before it is read."""
    column_gap: float = 1.2
    """Lines of text by which pieces on one height are parted; times the height of a line."""
    cell_gap: float = 2.5
    """The same inside a cell, where letters of a heading may be spread out."""
    sure: float = 0.85
    """A piece read with less confidence (0-1) is read again at other sizes."""
    upright: float = 0.7
    """A page of which a sample is read with less confidence (0-1) may lie on its side or head."""
    clearer: float = 0.05
    """Confidence (0-1) by which another way up must be better."""
    doubtful: float = 0.6
    """A piece read with less confidence (0-1) is named in the note of its table."""

    def __post_init__(self) -> None:
        """Check the tolerances once, at the door."""
        require_positive(self)
