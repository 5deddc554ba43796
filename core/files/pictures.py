"""How large a picture is, read from its first bytes: one that would fill a browser's memory is not taken."""

import struct

__all__ = ["MOST_PIXELS", "size_of"]

MOST_PIXELS = 100_000_000
"""Width times height at most: unpacked, that is 400 MB."""

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of JPEG (ITU T.81, table B.1) that begin a frame; tables and reserved ones are none."""


def size_of(kind: str, head: bytes) -> tuple[int, int] | None:
    """(width, height) of a ``png``, ``jpeg``, ``gif`` or ``webp``; ``None`` where it cannot be told: it is broken."""
    try:
        found = _READERS[kind](head)
    except (struct.error, IndexError):
        return None
    return found if found is not None and min(found) > 0 else None


def _png(head: bytes) -> tuple[int, int] | None:
    if head[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", head, 16)
    return width, height


def _gif(head: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", head, 6)
    return width, height


def _jpeg(head: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(head):
        if head[at] != 0xFF:
            return None
        marker = head[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        at += 2 + struct.unpack_from(">H", head, at + 2)[0]
    # a photo may carry a long profile and a preview before its frame: it is a JPEG, and its size is not known
    return (1, 1) if at >= len(head) else None


def _webp(head: bytes) -> tuple[int, int] | None:
    match head[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", head, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = struct.unpack_from("<I", head, 21)[0]
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width, height = int.from_bytes(head[24:27], "little"), int.from_bytes(head[27:30], "little")
            return width + 1, height + 1
    return None


_READERS = {"png": _png, "jpeg": _jpeg, "gif": _gif, "webp": _webp}
