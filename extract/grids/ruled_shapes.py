"""What a page shows, whichever engine read it: characters, rules and shading, in display space.

Boxes, characters and rules are named tuples, not dataclasses: a page has thousands of them, and
they are made and taken apart several times as fast.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from extract.records import Place

Axis = Literal["h", "v"]
Direction = Literal["right", "up", "down"]


class Box(NamedTuple):
    """A rectangle in points, origin at the top left of the page as displayed."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Horizontal extent."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent."""
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height

    @property
    def middle_x(self) -> float:
        """Horizontal middle."""
        return (self.x0 + self.x1) / 2

    @property
    def middle_y(self) -> float:
        """Vertical middle."""
        return (self.y0 + self.y1) / 2

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Tell whether a point lies inside, or outside by at most `margin`."""
        return (
            self.x0 - margin <= x <= self.x1 + margin and self.y0 - margin <= y <= self.y1 + margin
        )

    def place(self, page: int) -> Place:
        """Return the box as a place on a page, to a thousandth of a point."""
        return Place(
            page=page,
            x0=round(self.x0, 3),
            y0=round(self.y0, 3),
            x1=round(self.x1, 3),
            y1=round(self.y1, 3),
        )


class Glyph(NamedTuple):
    """A printed character with its box (its advance width, not its ink)."""

    text: str
    """Usually one code point; more for ligatures."""
    box: Box
    size: float
    """Em size as printed."""
    direction: Direction = "right"
    """The way its line runs."""


class Rule(NamedTuple):
    """A straight horizontal or vertical line."""

    axis: Axis
    position: float
    """y of a horizontal rule, x of a vertical one."""
    start: float
    end: float

    @property
    def length(self) -> float:
        """Extent along its axis."""
        return self.end - self.start

    def cut(self, first: float, last: float) -> "Rule":
        """Return the rule cut to an interval along its axis."""
        axis, position, start, end = self
        return Rule(axis, position, max(first, start), min(last, end))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageShapes:
    """All that was drawn on one page."""

    number: int
    """1-based."""
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    """In the order of the content stream, white space included."""
    rules: tuple[Rule, ...] = ()
    """As drawn: dots, dashes and pieces one by one."""
    fills: tuple[Box, ...] = ()
    """Shaded areas, white ones left out."""
    image_share: float = 0.0
    """Share of the page under its largest picture."""
    has_unmapped_text: bool = False
    """Some characters have no Unicode value in the file."""
    has_unseen_text: bool = False
    """Some text is drawn so that nobody sees it; left out unless the page shows no other."""
    has_outside_text: bool = False
    """Some text lies beside the visible area; left out unless the page shows no other."""
    is_fallback: bool = False
    """The slower engine read the page, for the first one could not map its fonts."""
    is_too_large: bool = False
    """It is made of more pieces than a page may be made of, and was not read."""


def merge_boxes(boxes: tuple[Box, ...]) -> Box:
    """Return the smallest box around one or more boxes."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def box_of(place: Place) -> Box:
    """Return the box of a place on a page."""
    return Box(x0=place.x0 or 0.0, y0=place.y0 or 0.0, x1=place.x1 or 0.0, y1=place.y1 or 0.0)
