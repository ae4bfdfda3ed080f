"""Python's search for cycles among objects, put off while a page is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Put off the search for unreachable cycles for as long as the block runs.

    A page is read into thousands of small records. They form no cycles and are freed when the
    last reference goes, but each few hundred of them would set off a search, an eighth of the
    time that reading takes. Between two pages the search runs as always.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
