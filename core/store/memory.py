"""Memory while thousands of rows are made: no search for garbage among them, and what is freed goes back."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["give_back", "without_collecting"]


@contextmanager
def without_collecting(keep: bool = False) -> Iterator[None]:
    """No garbage collection inside: each round would look at all the new rows for nothing, as they stay.

    ``keep``: what was made is for good, and is taken out of the rounds to come.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        if keep:
            gc.freeze()
    finally:
        if was_on:
            gc.enable()


def give_back() -> None:
    """Let the system have what reading thousands of rows has freed: glibc would keep it for this process."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library has no such call
            ctypes.CDLL(None).malloc_trim(0)
