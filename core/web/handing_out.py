"""Files on their way out: as a download, under their own name, and never as anything that a browser would run."""

from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from ..files.names import disposition
from ..files.storage import Storage
from ..problems import Problem, Refused
from ..schema.fields.file_types import IMAGES, type_named
from ..store.query import Row
from .api.versions import is_known

__all__ = ["POLICY", "file_response"]

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Nothing in a file may load, run or be framed, even where a browser shows it."""


def file_response(request: Request, storage: Storage, file: Row, inline: bool = False) -> Response:
    """The file's bytes. ``inline``: shown in the page where it is a picture, else a download all the same.

    From a folder with ranges, from S3 as a stream. Raises :class:`Refused` (``unavailable``) where they are gone.
    """
    etag = f'"{file["sha256"]}"'
    if is_known(request, etag):
        return Response(status_code=304, headers={"etag": etag, **_KEPT})
    kind = type_named(file["type"])
    headers = {
        "etag": etag,
        "content-disposition": disposition(file["name"], inline and kind.name in IMAGES),
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        **_KEPT,
    }
    place: Any = storage.path(file["id"])
    try:
        if place is not None:
            return FileResponse(place, headers=headers, media_type=kind.media, stat_result=place.stat())
        length = {"content-length": str(file["size"])}
        return StreamingResponse(storage.read(file["id"]), headers=headers | length, media_type=kind.media)
    except FileNotFoundError:
        raise Refused([Problem("file_gone", {"name": file["name"]})], "unavailable") from None


_KEPT = {"cache-control": "private, no-cache"}
"""A browser may keep it, and asks each time whether this person may still see it."""
