"""The encoding of a text file: told by its first bytes, tried strictly, guessed last, and always open to a choice."""

import codecs

from ..problems import Problem, Refused

__all__ = ["ENCODINGS", "encoding_of"]

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "big5",
    "cp1252",
    "shift_jis",
)
"""What a person may choose from, the likely ones first. GB18030 reads GBK and GB2312, too."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 1 << 20
_LOOKED = 64 * 1024


def encoding_of(name: str, content: bytes, chosen: str = "") -> str:
    """The encoding that the whole content is read in.

    A mark at the beginning decides, then strict UTF-8, then the bytes' own shape: Big5, Shift JIS or a Western code
    page only where they are clearly told, else GB18030, in which Chinese spreadsheets are saved. ``chosen`` goes
    before all of them. Raises :class:`Refused` where it cannot be read so.
    """
    if chosen:
        if chosen not in ENCODINGS:
            values = {"file": name, "given": chosen[:40], "available": list(ENCODINGS)}
            raise Refused([Problem("no_such_encoding", values)])
        if not _reads(content, chosen):
            raise Refused([Problem("sheet_encoding_chosen", {"file": name, "encoding": chosen})])
        return chosen
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            if _reads(content, encoding):
                return encoding
            raise Refused([Problem("sheet_encoding", {"file": name})])
    for encoding in ("utf-8", *_guessed(content), "gb18030", "big5"):
        if _reads(content, encoding):
            return encoding
    raise Refused([Problem("sheet_encoding", {"file": name})])


def _reads(content: bytes, encoding: str) -> bool:
    """Whether all of it can be read so, looked at block by block, as the text need not be kept; zeros are no text."""
    decode = codecs.getincrementaldecoder(encoding)("strict").decode
    try:
        for place in range(0, max(len(content), 1), _BLOCK):
            if "\x00" in decode(content[place : place + _BLOCK], place + _BLOCK >= len(content)):
                return False
    except UnicodeDecodeError:
        return False
    return True


def _guessed(content: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark, by where its zeros stand; what ``charset-normalizer`` is sure of.

    It takes short GBK texts for others, so only those guesses are heard that a text of some length makes certain.
    """
    head = content[:_LOOKED]
    zeros = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 20 and max(zeros) > len(head) // 20:
        return ("utf-16-le",) if zeros[1] > zeros[0] else ("utf-16-be",)
    if len(head) < 200:
        return ()
    if _is_big5(head):
        return ("big5",)
    from charset_normalizer import from_bytes  # 40 ms to import, for files that are not UTF-8 alone

    best = from_bytes(head[: head.rfind(b"\n") + 1] or head).best()
    found = best.encoding if best is not None and best.chaos == 0 else ""
    return (found,) if found in ("cp1252", "shift_jis") and _plausible(head, found) else ()


def _plausible(head: bytes, encoding: str) -> bool:
    """A Western text is mostly ASCII, and its letters beyond stand alone; Chinese bytes come in pairs."""
    beyond = sum(byte > 127 for byte in head)
    return beyond < len(head) // 10 if encoding == "cp1252" else beyond > 20


def _is_big5(head: bytes) -> bool:
    """Whether characters are built as in Big5: two of five end in an ASCII letter or sign, in GB2312 none does."""
    pairs = low = place = 0
    while place < len(head) - 1:
        if head[place] < 0x80:
            place += 1
            continue
        if not 0xA1 <= head[place] <= 0xF9:
            return False
        pairs, low = pairs + 1, low + (0x40 <= head[place + 1] <= 0x7E)
        place += 2
    return pairs > 20 and low > pairs // 5
