"""The closed list of warnings: what is to be known about the reading of a document."""

from typing import Final

WARNINGS: Final[tuple[tuple[str, str], ...]] = (
    ("PAGE_UNREADABLE", "No engine could read a page; what it says is missing."),
    ("PAGE_TOO_LARGE", "A page is made of more pieces than one may be made of; it was not read."),
    ("PAGE_WITHOUT_TEXT", "A page has no text, or none that can be read."),
    ("PAGE_IS_DRAWING", "A page has so many lines that no tables were looked for between them."),
    ("PAGE_READ_BY_OCR", "The text of a page was recognised from its picture."),
    ("OCR_MISSING", "A page is a picture, and Tesseract with Korean, which reads it, is missing."),
    ("OCR_PAGE_LIMIT", "More pages are pictures than are read in one file; the rest is missing."),
    ("OCR_TIME_LIMIT", "Recognising the text of a page took too long; it is missing."),
    ("UNMAPPED_CHARACTERS", "A font does not say what its letters are; some may be wrong."),
    ("FALLBACK_ENGINE", "The first engine could not read the text of a page; another one did."),
    ("FILE_REPAIRED", "The file is damaged and was read after a repair."),
    ("HIDDEN_TEXT", "Some text cannot be seen (no ink, white on white, size 0); it was left out, "
                    "unless its page shows no other text."),
    ("OFF_PAGE_TEXT", "Some text lies beside the visible page; it was left out, unless its page "
                      "shows no other text."),
    ("DOUBTFUL_UNICODE_MAP", "A font says that the digits it prints are other digits: the numbers "
                             "that were read may not be the ones that are printed."),
    ("SEVERAL_REVISIONS", "The file was changed after it was written; the last state was read."),
    ("ENGINES_DISAGREE_ON_PAGES", "Two engines do not find the same number of pages."),
    ("ENGINES_DISAGREE_ON_TEXT", "One engine finds at least twice as many characters on a page as "
                                 "another."),
    ("DOCUMENT_WITHOUT_TEXT", "The file is a whole document of a word processor, and it is empty."),
    ("TEXT_LEFT_OUT", "Footnotes, text boxes, page headers, equations or comments hold text; it "
                      "was not read."),
    ("CORRECTION_MISSED", "A cell that a person corrected reads otherwise now, or is gone; the "
                          "correction was not applied."),
    ("DELETED_TEXT", "Text that is marked as deleted by a tracked change was left out."),
    ("TABLE_WITHOUT_GRID", "The cells of a table do not say where they stand, or overlap; its text "
                           "was read as running text."),
)  # fmt: skip
"""Every code of the column `warnings` of `documents`, with its meaning."""
