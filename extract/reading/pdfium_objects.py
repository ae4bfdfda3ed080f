"""The objects of a page of PDFium: where they stand, forms inside of forms included."""

import ctypes
from collections.abc import Iterator, Sequence

import numpy as np

from extract.errors import TooManyObjects
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdfium_batch import Answers, Numbers
from extract.reading.pdfium_space import Matrix, map_boxes

_DEEPEST = 32
"""Forms inside of forms; the engine itself stops earlier."""
_BOUNDS = Answers(ctypes.c_float, 4)
_MATRICES = Answers(ctypes.c_float, 6, is_struct=True)

Batch = tuple[list[pdfium.Handle], list[int], Matrix]
"""Objects, their kinds, and the way from the space around them to the display."""


def walk_objects(page: int, display: Matrix, most: int) -> Iterator[Batch]:
    """Yield the objects of a page that are no forms, in the order of drawing.

    Raises:
        TooManyObjects: There are more than `most`, forms that are drawn again counted again.
    """
    seen = 0
    for batch in _walk(page, display, most):
        seen += len(batch[0])
        if seen > most:
            refuse_page(most)
        yield batch


def refuse_page(most: int) -> None:
    """Tell that a page is made of too much.

    Raises:
        TooManyObjects: Always.
    """
    message = f"a page is made of more than {most:,} pieces"
    raise TooManyObjects(message)


def _walk(page: int, display: Matrix, most: int) -> Iterator[Batch]:
    handle = pdfium.Handle(page)
    count = pdfium.count_objects(page)
    if count > most:
        refuse_page(most)
    yield from _batches(list(map(pdfium.page_object, [handle] * count, range(count))), display, 0)


def _batches(handles: list[pdfium.Handle], outer: Matrix, depth: int) -> Iterator[Batch]:
    kinds = list(map(pdfium.object_kind, handles))
    done = 0
    for at in [at for at, kind in enumerate(kinds) if kind == pdfium.FORM]:
        yield handles[done:at], kinds[done:at], outer
        done = at + 1
        if depth <= _DEEPEST:
            form = handles[at]
            count = pdfium.count_form_objects(form)
            inner = list(map(pdfium.form_object, [form] * count, range(count)))
            yield from _batches(inner, own_matrix(form).then(outer), depth + 1)
    yield handles[done:], kinds[done:], outer


def own_matrix(handle: pdfium.Handle) -> Matrix:
    """Return the way from the points of an object to the space around it."""
    return Matrix(*_MATRICES.ask(pdfium.object_matrix, [handle])[0].tolist())


def matrices_of(handles: Sequence[pdfium.Handle], outer: Numbers) -> Numbers:
    """Return the ways from the points of objects to the display, given those around them."""
    a, b, c, d, e, f = _MATRICES.ask(pdfium.object_matrix, handles).T
    oa, ob, oc, od, oe, of = outer.T
    return np.stack(
        (
            a * oa + b * oc,
            a * ob + b * od,
            c * oa + d * oc,
            c * ob + d * od,
            e * oa + f * oc + oe,
            e * ob + f * od + of,
        ),
        axis=1,
    )


def bounds_of(handles: Sequence[pdfium.Handle], outer: Numbers) -> Numbers:
    """Return the boxes around objects, in rows, given the ways from around them to the display."""
    return map_boxes(_BOUNDS.ask(pdfium.object_bounds, handles), outer)
