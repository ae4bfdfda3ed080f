"""The fence around the PDF engines: whatever they raise becomes one of our own errors."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from extract.errors import CorruptDocument, DocumentError, EncryptedDocument

_MOST_SECONDS = 10
"""Of the processor, for one action: the slowest page of a real report takes two."""


class _EngineInCircles(BaseException):
    """No Exception: the engine catches those of its own."""


@contextmanager
def _stopped_in_time() -> Iterator[None]:
    """Stop what runs in the block when it takes too much time of the processor."""
    is_possible = hasattr(signal, "setitimer") and current_thread() is main_thread()
    if not is_possible or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise _EngineInCircles

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, _MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def fenced(action: Callable[[], Any]) -> Any:  # the engine has no types
    """Run an action of the engine and turn whatever it raises into our own errors.

    The engine raises assertion, key, type, struct and recursion errors on broken files, so this
    is the one place that catches everything but a lack of memory. On broken files it also runs in
    circles; where the system has a clock for that, it is stopped.

    Raises:
        EncryptedDocument: A password is needed.
        CorruptDocument: Anything else went wrong.
    """
    try:
        with _stopped_in_time():
            return action()
    except _EngineInCircles as error:
        message = f"the PDF engine did not come to an end in {_MOST_SECONDS} s"
        raise CorruptDocument(message) from error
    except (MemoryError, DocumentError):
        raise
    except Exception as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            message = "a password is needed, or the encryption is not known"
            raise EncryptedDocument(message) from error
        message = f"the PDF engine stopped with {type(cause).__name__}"
        raise CorruptDocument(message) from error
