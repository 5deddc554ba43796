"""Forms and files that are sent here: read as far as they may be, and no further."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from ..schema.fields.attached import LARGEST, MEGABYTE

__all__ = ["BESIDE", "LARGEST_UPLOAD", "MOST_FIELDS", "MOST_FILES", "read_form"]

BESIDE = 1024 * 1024
"""Bytes that a form may have beside its files."""

LARGEST_UPLOAD = LARGEST * MEGABYTE + BESIDE
"""Bytes of a request with files, at most."""

MOST_FIELDS = 2_000
"""Fields of a posted form, at most."""

MOST_FILES = 100
"""Files of a posted form, at most: as many as a field may hold."""


async def read_form(
    request: Request, largest: int = LARGEST_UPLOAD, most_files: int = MOST_FILES
) -> FormData:
    """What a form sends, its files laid aside on the disk; close it at the end, and they are gone.

    Raises ``HTTPException``: 413 as soon as it is known to be too large, 400 for what cannot be read.
    """
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > largest:
        raise HTTPException(413)
    left = largest

    async def receive() -> Message:
        nonlocal left
        message = await request.receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413)
        return message

    counted = Request(request.scope, receive)
    try:
        form = await counted.form(max_files=most_files, max_fields=MOST_FIELDS, max_part_size=BESIDE)
    except (MultiPartException, UnicodeError) as error:
        raise HTTPException(400, str(error)) from error
    try:
        _refuse_half_characters(form)
    except UnicodeEncodeError as error:
        await form.close()
        raise HTTPException(400, str(error)) from error
    return form


def _refuse_half_characters(form: FormData) -> None:
    """A sender may name an odd ``charset`` whose texts no page could ever write out again."""
    for name, value in form.multi_items():
        f"{name}{value if isinstance(value, str) else value.filename}".encode()
