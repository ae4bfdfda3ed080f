"""CPU time of the stages of our reading of one page, and of the bare engine below it: the floor."""

import ctypes
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import pypdfium2.raw as pdfium

from extract.grids.ruled import find_grids
from extract.grids.spaced import find_spaced
from extract.options import PdfOptions
from extract.reading import pdfium_calls
from extract.reading.pdf import read_pdf
from extract.reading.pdf_pages import read_pages
from extract.reading.pdfium_page import open_file
from extract.shapes import shape_of
from extract.surroundings import attach_surroundings

OPTIONS: Final = PdfOptions()


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds that an action takes, and its result."""
    started = time.process_time()
    result = action()
    return time.process_time() - started, result


def parse_raw(path: Path) -> None:
    """Ask PDFium for every character's code and box and every path's points; keep nothing."""
    data = path.read_bytes()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, 0)
    text = pdfium.FPDFText_LoadPage(page)
    edges = [ctypes.c_double() for _ in range(4)]
    for index in range(pdfium.FPDFText_CountChars(text)):
        pdfium.FPDFText_GetUnicode(text, index)
        pdfium.FPDFText_GetCharBox(text, index, *edges)
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        _walk_object(pdfium.FPDFPage_GetObject(page, index))
    pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)


def _walk_object(item: Any) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            _walk_object(pdfium.FPDFFormObj_GetObject(item, index))
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(pdfium.FPDFPath_CountSegments(item)):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)


def stages_of(data: bytes) -> dict[str, float]:
    """Return the CPU seconds of each stage of our reading of a PDF of one page."""
    shape_of.cache_clear()
    parse, _ = timed(partial(_open_only, data))
    shapes, (page,) = timed(lambda: list(read_pages(data, OPTIONS)))
    ruled, grids = timed(lambda: find_grids(page, OPTIONS))
    spaced, _ = timed(lambda: find_spaced(page, grids, OPTIONS))
    shape_of.cache_clear()
    whole, document = timed(lambda: read_pdf(data, "page.pdf"))
    around, _ = timed(lambda: attach_surroundings(document.blocks))
    return {
        "parse: PDFium opens the page and its text": parse,
        "shapes: characters, rules, fills": shapes - parse,
        "grids from rules": ruled,
        "grids from white space": spaced,
        "lines, order, furniture": max(0.0, whole - shapes - ruled - spaced),
        "surroundings: captions, units, headings": around,
    }


def _open_only(data: bytes) -> None:
    with open_file(data) as file:
        page = pdfium_calls.open_page(file, 0)
        pdfium_calls.close_text(pdfium_calls.open_text(page))
        pdfium_calls.close_page(page)
