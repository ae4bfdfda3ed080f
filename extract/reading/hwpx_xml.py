"""XML as HWPX has it: elements one after another, without a tree, an entity or a declared type."""

from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn
from xml.parsers import expat

from extract.errors import CorruptDocument, TooManyObjects

_DEEPEST = 1000
"""Elements inside of one another: a table within a table within a table has 30."""

OnStart = Callable[[str, Mapping[str, str]], None]
"""Gets the name without its namespace, and the attributes."""
OnEnd = Callable[[str], None]
OnText = Callable[[str], None]


def parse_xml(
    blocks: Iterable[bytes], on_start: OnStart, on_end: OnEnd, on_text: OnText | None = None
) -> None:
    """Tell what opens, closes and is written in an XML file, in its order.

    Documents of HWPX declare no type (KS X 6101), so that one that does is refused: entities that
    grow or that name other files cannot be declared without it.

    Raises:
        CorruptDocument: It is not well-formed, or declares a type.
        TooManyObjects: Its elements are nested too deep.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            message = f"more than {_DEEPEST:,} elements of the XML stand inside of one another"
            raise TooManyObjects(message)
        on_start(name.rpartition(" ")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        on_end(name.rpartition(" ")[2])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = on_text
    parser.StartDoctypeDeclHandler = _refuse_type
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # an encoding may be unknown
        message = f"the XML of the document is broken: {error}"
        raise CorruptDocument(message) from error


def _refuse_type(*_: object) -> NoReturn:
    message = "the XML of the document declares a type, which no HWPX document does"
    raise CorruptDocument(message)
