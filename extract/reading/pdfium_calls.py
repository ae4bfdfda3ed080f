"""The functions of PDFium that read a page, bound with plain numbers as handles to save time.

PDFium is not safe for threads: a process reads one page at a time.
"""

import ctypes
from typing import Any

import pypdfium2.raw as engine

_HANDLE, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
_FLOAT = ctypes.POINTER(ctypes.c_float)
_DOUBLE = ctypes.POINTER(ctypes.c_double)


def _bind(name: str, result: Any, *arguments: Any) -> Any:
    """Return a function of the engine whose handles are numbers (None where there is nothing).

    One without types of arguments takes them as they are: numbers of 32 bits, references, and a
    `Handle`. It is for calls made for every character or stroke, where checking the types would
    take as long as the call itself. Types are given for all arguments or for none: with some, the
    others would be passed as those of a variadic function.
    """
    address = ctypes.cast(getattr(engine, name), ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


class Handle(ctypes.c_void_p):
    """A handle for functions without types of arguments."""


Rectangle: Any = engine.FS_RECTF

open_document = _bind(
    "FPDF_LoadMemDocument64", _HANDLE, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p
)
close_document = _bind("FPDF_CloseDocument", None, _HANDLE)
last_error = _bind("FPDF_GetLastError", ctypes.c_ulong)
count_pages = _bind("FPDF_GetPageCount", _INT, _HANDLE)
open_page = _bind("FPDF_LoadPage", _HANDLE, _HANDLE, _INT)
close_page = _bind("FPDF_ClosePage", None, _HANDLE)
page_box = _bind("FPDF_GetPageBoundingBox", _INT, _HANDLE, ctypes.POINTER(Rectangle))
own_media_box = _bind("FPDFPage_GetMediaBox", _INT, _HANDLE, _FLOAT, _FLOAT, _FLOAT, _FLOAT)
page_turns = _bind("FPDFPage_GetRotation", _INT, _HANDLE)

open_text = _bind("FPDFText_LoadPage", _HANDLE, _HANDLE)
close_text = _bind("FPDFText_ClosePage", None, _HANDLE)
count_characters = _bind("FPDFText_CountChars", _INT, _HANDLE)
character_code = _bind("FPDFText_GetUnicode", _UINT)
is_generated = _bind("FPDFText_IsGenerated", _INT)
lacks_unicode = _bind("FPDFText_HasUnicodeMapError", _INT)
text_object = _bind("FPDFText_GetTextObject", _HANDLE)
loose_box = _bind("FPDFText_GetLooseCharBox", _INT)
character_origin = _bind("FPDFText_GetCharOrigin", _INT)
character_matrix = _bind("FPDFText_GetMatrix", _INT)
font_size = _bind("FPDFText_GetFontSize", ctypes.c_double)
text_size = _bind("FPDFTextObj_GetFontSize", _INT, _HANDLE, _FLOAT)
text_mode = _bind("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
text_font = _bind("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
render_mode = _bind("FPDFTextObj_GetTextRenderMode", _INT)
is_embedded = _bind("FPDFFont_GetIsEmbedded", _INT, _HANDLE)
font_descent = _bind("FPDFFont_GetDescent", _INT, _HANDLE, ctypes.c_float, _FLOAT)
glyph_width = _bind("FPDFFont_GetGlyphWidth", _INT)

count_objects = _bind("FPDFPage_CountObjects", _INT, _HANDLE)
page_object = _bind("FPDFPage_GetObject", Handle)
count_form_objects = _bind("FPDFFormObj_CountObjects", _INT, _HANDLE)
form_object = _bind("FPDFFormObj_GetObject", Handle, _HANDLE, ctypes.c_ulong)
switch_object = _bind("FPDFPageObj_SetIsActive", _INT, _HANDLE, _INT)
object_kind = _bind("FPDFPageObj_GetType", _INT)
object_matrix = _bind("FPDFPageObj_GetMatrix", _INT)
object_bounds = _bind("FPDFPageObj_GetBounds", _INT)
fill_colour = _bind(
    "FPDFPageObj_GetFillColor", _INT, _HANDLE, *(ctypes.POINTER(_UINT) for _ in range(4))
)
fill_channels = _bind("FPDFPageObj_GetFillColor", _INT)
draw_mode = _bind("FPDFPath_GetDrawMode", _INT)
count_segments = _bind("FPDFPath_CountSegments", _INT)
path_segment = _bind("FPDFPath_GetPathSegment", Handle)
segment_point = _bind("FPDFPathSegment_GetPoint", _INT)
segment_kind = _bind("FPDFPathSegment_GetType", _INT)
segment_closes = _bind("FPDFPathSegment_GetClose", _INT)

TEXT: int = engine.FPDF_PAGEOBJ_TEXT
PATH: int = engine.FPDF_PAGEOBJ_PATH
IMAGE: int = engine.FPDF_PAGEOBJ_IMAGE
SHADING: int = engine.FPDF_PAGEOBJ_SHADING
FORM: int = engine.FPDF_PAGEOBJ_FORM
INVISIBLE: int = engine.FPDF_TEXTRENDERMODE_INVISIBLE
CLIP: int = engine.FPDF_TEXTRENDERMODE_CLIP
STROKE: int = engine.FPDF_TEXTRENDERMODE_STROKE
FILL_STROKE: int = engine.FPDF_TEXTRENDERMODE_FILL_STROKE
CURVE: int = engine.FPDF_SEGMENT_BEZIERTO
MOVE: int = engine.FPDF_SEGMENT_MOVETO
PASSWORD_NEEDED: int = engine.FPDF_ERR_PASSWORD
UNKNOWN_ENCRYPTION: int = engine.FPDF_ERR_SECURITY
