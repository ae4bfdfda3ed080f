"""Where personal data stands on a page, so that no picture of the page shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.errors import DocumentError
from extract.reading.picture import read_lines
from extract.records import Place, Run
from normalize.personal.known import NOBODY, Persons, find_personal, gather
from normalize.personal.records import Span
from pipelines.masked import Shown


def personal_boxes(shown: Shown, data: bytes, page_no: int) -> tuple[Place, ...]:
    """Return the boxes on a page (1-based), in points, that a picture of it has to paint over.

    They are those of what was masked in the report, whatever it was read from, and of what stands
    on the page besides: page headers, and text that is part of no line or table.

    Args:
        shown: the report as it may be shown; where it keeps personal data there is no box.
        data: the PDF.
        page_no: the page, from 1.
    """
    masked = None if shown.keeps_personal else shown.covered
    return masked_boxes(masked, data, page_no, shown.persons)


def masked_boxes(
    masked: Iterable[Place] | None, data: bytes, page_no: int, persons: Persons = NOBODY
) -> tuple[Place, ...]:
    """Return the same boxes, given only where something was masked.

    Args:
        masked: the places of the whole report; None where it keeps personal data.
        data: the PDF.
        page_no: the page, from 1.
        persons: of the report, where they are known; else those whom the page itself names.
    """
    if masked is None:
        return ()
    known = [place for place in masked if place.page == page_no]
    try:
        lines = read_lines(data, page_no)
    except DocumentError:
        lines = ()
    if persons is NOBODY:
        persons = gather((run.text, "") for run in lines)
    return (*known, *(place for run in lines for place in boxes_of(run, persons)))


def boxes_of(run: Run, persons: Persons) -> Iterator[Place]:
    """Yield the boxes of personal data in a printed line."""
    for span in find_personal(run.text, persons):
        yield _box(run, span)


def _box(run: Run, span: Span) -> Place:
    part = run.slice(span.start, span.end)
    return replace(run.place, x0=part.place.x0, x1=part.place.x1)
