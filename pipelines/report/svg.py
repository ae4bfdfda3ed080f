"""Inline SVG: elements with escaped text and attributes, coloured by the page's style sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Svg:
    """A drawing with its words for those who cannot see it."""

    width: float
    height: float
    title: str
    parts: tuple[Markup, ...]
    css: str = "chart"

    @property
    def markup(self) -> Markup:
        """The drawing as an element of a page."""
        box = f"0 0 {self.width:g} {self.height:g}"
        inside = Markup("").join((element("title", text=self.title), *self.parts))
        return element(
            "svg",
            inside,
            viewBox=box,
            width=f"{self.width:g}",
            height=f"{self.height:g}",
            role="img",
            class_=self.css,
            aria_label=self.title,
        )


def element(
    name: str, inside: Markup | None = None, text: str = "", **attributes: object
) -> Markup:
    """Return an element; a trailing `_` of an attribute is dropped, other ones become hyphens.

    Examples:
        >>> str(element("text", text="1 < 2", x=3, class_="label"))
        '<text x="3" class="label">1 &lt; 2</text>'
    """
    said = "".join(
        f' {_attribute(key)}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = inside if inside is not None else Markup(escape(text, quote=False))
    return Markup(f"<{name}{said}>{content}</{name}>")


def group(parts: Iterable[Markup], class_: str | None = None) -> Markup:
    """Return elements as a group."""
    return element("g", Markup("").join(parts), class_=class_)


def _attribute(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _short(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
