"""What a file is: told by its name and its bytes, never by who sends it."""

import io
import struct
import zipfile

import pytest

from kehu.core.files.pictures import size_of
from kehu.core.schema.fields.file_types import (
    GROUPS,
    allowed_names,
    endings_of,
    is_allowed,
    type_named,
    type_of,
)


def docx() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.pdf", b"%PDF-1.7", "pdf"),
        ("A.PDF", b"%PDF-1.7", "pdf"),
        ("a.pdf", b"<html>", None),
        ("a.png", b"\xff\xd8\xff\xe0", None),
        ("a.jpg", b"\xff\xd8\xff\xe0", "jpeg"),
        ("a.docx", docx(), "docx"),
        ("a.docx", b"<script>", None),
        ("a.svg", b"<svg/>", "other"),
        ("a.html", b"<html>", "other"),
        ("a.exe", b"MZ", "other"),
        ("a", b"%PDF-1.7", "other"),
        ("a.txt", "一".encode(), "txt"),
        ("a.txt", "\ufeff一".encode("utf-16"), "txt"),
        ("a.csv", b"a\0b", None),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "sevenzip"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        ("a.wav", b"RIFF\x00\x00\x00\x00WAVEfmt ", "wav"),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42", "mp4"),
    ],
)
def test_a_file_is_what_its_name_and_its_bytes_agree_on(name: str, head: bytes, kind: str | None) -> None:
    found = type_of(name, head)
    assert (found.name if found else None) == kind


def test_nothing_that_a_browser_runs_is_handed_out_as_what_it_is() -> None:
    for name in ("a.svg", "a.html", "a.htm", "a.xhtml", "a.js", "a.mjs", "a.swf", "a.xht"):
        found = type_of(name, b"<")
        assert found is not None
        assert found.media == "application/octet-stream"


def test_types_are_allowed_by_group_and_by_ending() -> None:
    assert is_allowed(type_named("pdf"), ())
    assert is_allowed(type_named("pdf"), ("document",))
    assert is_allowed(type_named("jpeg"), ("jpg",))
    assert not is_allowed(type_named("pdf"), ("image", "docx"))
    assert not is_allowed(type_named("other"), GROUPS)
    assert endings_of(("image",)) == ("png", "jpeg", "jpg", "jpe", "jfif", "gif", "webp")
    assert endings_of(()) == ()
    assert {"image", "pdf", "xlsx"} <= set(allowed_names())
    assert type_named("gone").name == "other"


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 64, 48)
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF"
    + b"\0" * 10
    + b"\xff\xc0\x00\x11\x08"
    + struct.pack(">HH", 480, 640)
    + b"\0" * 9
)
WEBP = b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")


@pytest.mark.parametrize(
    ("kind", "head", "size"),
    [
        ("png", PNG, (640, 480)),
        ("gif", GIF, (64, 48)),
        ("jpeg", JPEG, (640, 480)),
        ("webp", WEBP, (640, 480)),
        ("png", PNG[:20], None),
        ("png", b"\x89PNG\r\n\x1a\n" + b"0" * 60, None),
        ("jpeg", b"\xff\xd8\xff\xe0\x00\x10" + b"\0" * 60, None),
        ("gif", b"GIF89a\0\0\0\0", None),
        ("webp", b"RIFF\0\0\0\0WEBPxxxx", None),
    ],
)
def test_a_picture_tells_its_size_or_is_broken(kind: str, head: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(kind, head) == size
