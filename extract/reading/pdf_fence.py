"""The fence around the PDF engines: whatever they raise becomes one of our own errors."""

from collections.abc import Callable
from typing import Any

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from extract.errors import CorruptDocument, DocumentError, EncryptedDocument


def fenced(action: Callable[[], Any]) -> Any:  # the engine has no types
    """Run an action of the engine and turn whatever it raises into our own errors.

    The engine raises assertion, key, type, struct and recursion errors on broken files, so this
    is the one place that catches everything but a lack of memory.

    Raises:
        EncryptedDocument: A password is needed.
        CorruptDocument: Anything else went wrong.
    """
    try:
        return action()
    except (MemoryError, DocumentError):
        raise
    except Exception as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            message = "a password is needed, or the encryption is not known"
            raise EncryptedDocument(message) from error
        message = f"the PDF engine stopped with {type(cause).__name__}"
        raise CorruptDocument(message) from error
