"""Tolerances for tables that only white space, stripes or a few level rules set apart, in ems."""

from dataclasses import dataclass

from extract.options import require_positive


@dataclass(frozen=True, slots=True, kw_only=True)
class SpacedOptions:
    """Tolerances of finding tables without rules; lengths in ems unless the name says else.

    Raises:
        ValueError: A tolerance is not positive.
    """

    chunk_gap: float = 1.0
    """White space that parts two pieces of a line; a space in a word processor is 0.3-0.5."""
    number_gap: float = 0.45
    """White space that parts two numbers: full columns leave no more between them."""
    split_gap: float = 0.6
    """White space on a river that parts the texts of narrow columns."""
    river: float = 0.5
    """White space that runs down between two columns."""
    line_pitch: float = 1.5
    """Largest distance between two lines of one cell, from middle to middle."""
    row_gap: float = 2.2
    """Largest white space between two rows of a table without hints."""
    level: float = 0.45
    """Texts whose middles differ by less stand on one height."""
    centred: float = 0.5
    """By how much a merged cell's text may stand off the middle of its rows."""
    head_offset: float = 1.6
    """By how much a heading may stand off the middle of the columns it covers."""
    crossed_share: float = 0.25
    """Share of the rows that may run across a river: merged cells."""
    filled_share: float = 0.5
    """Share of the cells below the headings that hold text."""
    frame_width: float = 0.3
    """Share of the page width from which a level rule may be a table's border."""
    panel_share: float = 0.25
    """Share of the page from which a filled box is a background, not a row."""
    snap_pt: float = 3.0
    """Points between two positions that are one border."""

    def __post_init__(self) -> None:
        """Check the tolerances once, at the door."""
        require_positive(self)
