"""Our own table of file types: what a file is, is told by its name and its first bytes, never by who sends it."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "GROUPS",
    "HEAD",
    "IMAGES",
    "OTHER",
    "FileType",
    "allowed_names",
    "endings_of",
    "is_allowed",
    "type_named",
    "type_of",
]

HEAD = 64 * 1024
"""First bytes of a file that are looked at to tell what it is, and how large its picture."""


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of files. ``starts``: what its files begin with (offset, bytes), any of them; none: no such sign is known.

    ``media``: its media type (IANA's registry); ``group``: what ``types:`` may call it with others; ``plain``: a text,
    in which no zero byte stands.
    """

    name: str
    media: str
    group: str
    endings: tuple[str, ...]
    starts: tuple[tuple[int, bytes], ...] = ()
    plain: bool = False

    def fits(self, head: bytes) -> bool:
        """Whether a file that begins so may be of this type."""
        if self.plain:
            return b"\0" not in head or head[:2] in (b"\xff\xfe", b"\xfe\xff")
        return not self.starts or any(head[at : at + len(sign)] == sign for at, sign in self.starts)


OTHER = FileType("other", "application/octet-stream", "other", ())
"""Whatever is in no row of the table: kept, handed out as it is, never shown in the page."""

_ZIP = ((0, b"PK\x03\x04"), (0, b"PK\x05\x06"))
_OLE = ((0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),)
_OPEN = "application/vnd.openxmlformats-officedocument"
_MP4 = tuple((4, b"ftyp" + brand) for brand in (b"iso", b"mp4", b"M4V", b"avc", b"MSN", b"dash", b"qt"))


def _row(
    name: str,
    media: str,
    group: str,
    starts: tuple[tuple[int, bytes], ...] = (),
    *also: str,
    plain: bool = False,
) -> FileType:
    return FileType(name, media, group, (name, *also), starts, plain)


_TABLE = (
    _row("png", "image/png", "image", ((0, b"\x89PNG\r\n\x1a\n"),)),
    _row("jpeg", "image/jpeg", "image", ((0, b"\xff\xd8\xff"),), "jpg", "jpe", "jfif"),
    _row("gif", "image/gif", "image", ((0, b"GIF87a"), (0, b"GIF89a"))),
    _row("webp", "image/webp", "image", ((8, b"WEBP"),)),
    _row("pdf", "application/pdf", "document", ((0, b"%PDF-"),)),
    _row("docx", f"{_OPEN}.wordprocessingml.document", "document", _ZIP),
    _row("doc", "application/msword", "document", _OLE, "wps"),
    _row("odt", "application/vnd.oasis.opendocument.text", "document", _ZIP),
    _row("rtf", "application/rtf", "document", ((0, b"{\\rtf"),)),
    _row("xlsx", f"{_OPEN}.spreadsheetml.sheet", "spreadsheet", _ZIP),
    _row("xls", "application/vnd.ms-excel", "spreadsheet", _OLE, "et"),
    _row("ods", "application/vnd.oasis.opendocument.spreadsheet", "spreadsheet", _ZIP),
    _row("csv", "text/csv", "spreadsheet", (), "tsv", plain=True),
    _row("pptx", f"{_OPEN}.presentationml.presentation", "presentation", _ZIP),
    _row("ppt", "application/vnd.ms-powerpoint", "presentation", _OLE, "dps"),
    _row("odp", "application/vnd.oasis.opendocument.presentation", "presentation", _ZIP),
    _row("txt", "text/plain", "text", (), "log", plain=True),
    _row("md", "text/markdown", "text", (), "markdown", plain=True),
    _row("json", "application/json", "text", (), plain=True),
    _row("xml", "application/xml", "text", (), plain=True),
    _row("eml", "message/rfc822", "text", (), plain=True),
    _row("zip", "application/zip", "archive", _ZIP),
    _row("gz", "application/gzip", "archive", ((0, b"\x1f\x8b"),), "tgz"),
    _row("rar", "application/vnd.rar", "archive", ((0, b"Rar!\x1a\x07"),)),
    _row("sevenzip", "application/x-7z-compressed", "archive", ((0, b"7z\xbc\xaf\x27\x1c"),), "7z"),
    _row(
        "mp3", "audio/mpeg", "audio", ((0, b"ID3"), *((0, bytes((255, b))) for b in (0xFB, 0xF3, 0xF2, 0xFA)))
    ),
    _row("wav", "audio/wav", "audio", ((8, b"WAVE"),)),
    _row("m4a", "audio/mp4", "audio", ((4, b"ftypM4A"), (4, b"ftypmp42"), (4, b"ftypisom"))),
    _row("amr", "audio/amr", "audio", ((0, b"#!AMR"),)),
    _row("mp4", "video/mp4", "video", _MP4, "m4v", "mov"),
    _row("webm", "video/webm", "video", ((0, b"\x1a\x45\xdf\xa3"),)),
)
"""The types that are known; the signs are those of the formats' own specifications."""

_BY_NAME = {kind.name: kind for kind in (*_TABLE, OTHER)}
_BY_ENDING = {ending: kind for kind in _TABLE for ending in kind.endings}
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(kind.group for kind in _TABLE))
"""What ``types:`` may say for several types at once."""
IMAGES = frozenset(kind.name for kind in _TABLE if kind.group == "image")
"""Pictures that pages show. SVG is none of them: it is a program."""


def type_of(name: str, head: bytes) -> FileType | None:
    """What a file of this name is that begins so; ``None`` where its name says one thing and its bytes another."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    kind = _BY_ENDING.get(ending)
    if kind is None:
        return OTHER
    return kind if kind.fits(head) else None


def type_named(name: str) -> FileType:
    """The type of this name; a name that is not in the table any more is :data:`OTHER`."""
    return _BY_NAME.get(name, OTHER)


def allowed_names() -> tuple[str, ...]:
    """Everything that ``types:`` may say: groups, then endings."""
    return (*GROUPS, *(ending for ending in _BY_ENDING if ending.isidentifier()))


def endings_of(types: Iterable[str]) -> tuple[str, ...]:
    """The endings of the files that ``types:`` lets in; none where it lets all in."""
    types = tuple(types)
    return tuple(ending for ending, kind in _BY_ENDING.items() if types and is_allowed(kind, types))


def is_allowed(kind: FileType, types: Iterable[str]) -> bool:
    """Whether ``types:`` lets files of this type in; an empty one lets all in."""
    types = tuple(types)
    return not types or any(each == kind.group or _BY_ENDING.get(each) is kind for each in types)
