"""Memory that is not needed any more goes back to the operating system."""

import ctypes
import sys
from contextlib import suppress

__all__ = ["give_back"]


def give_back() -> None:
    """Let the system have what reading thousands of rows has freed: glibc would keep it for this process."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library has no such call
            ctypes.CDLL(None).malloc_trim(0)
