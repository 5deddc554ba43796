"""Which version of a record a request speaks of (``If-Match``, ``If-None-Match``), and what it would rather have."""

import re

from starlette.requests import Request

from ...problems import Problem
from ...schema.fields.values import shortened
from ..requests import BadRequest

__all__ = ["ANY", "is_known", "prefers", "seen_version"]

ANY = "*"
_TAG = re.compile(r'\s*(?:W/)?(?:"([!#-~\x80-\xff]*)"|([0-9]{1,15}))\s*(?:,|$)')


def seen_version(request: Request, now: int) -> int | None:
    """The version that ``If-Match`` names, the one of ``now`` where it names several and that one is among them.

    ``None``: it says ``*``, or is not there. Tags of ours begin with the version; any other tag is version 0, which no
    record has. Raises :class:`BadRequest` (400) for what is no entity tag.
    """
    given = request.headers.get("if-match")
    if given is None or given.strip() == ANY:
        return None
    versions = [_version(tag) for tag in _tags("If-Match", given)]
    return now if now in versions else versions[0]


def is_known(request: Request, etag: str) -> bool:
    """Whether ``If-None-Match`` says that the caller has this very state already."""
    given = request.headers.get("if-none-match")
    if given is None:
        return False
    return given.strip() == ANY or etag.strip('"') in _tags("If-None-Match", given)


def prefers(request: Request, what: str) -> bool:
    """Whether ``Prefer`` names this (RFC 7240); what it names beside is passed over, as that says."""
    named = ",".join(request.headers.getlist("prefer"))
    return what in {each.partition(";")[0].strip().lower() for each in named.split(",")}


def _tags(header: str, given: str) -> list[str]:
    found, at = [], 0
    while at < len(given):
        tag = _TAG.match(given, at)
        if tag is None:
            break
        found.append(tag[1] if tag[1] is not None else tag[2])
        at = tag.end()
    if not found or at < len(given):
        values = {"header": header, "given": shortened(given)}
        raise BadRequest(400, Problem("version_malformed", values))
    return found


def _version(tag: str) -> int:
    digits = tag.partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else 0
