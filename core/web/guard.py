"""In front of every request: foreign sites may not post here, hosts must be ours, every answer is told its limits."""

from collections.abc import Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..problems import Problem, message
from .refusals import refusal_response
from .requests import SAFE_METHODS, BadRequest, is_foreign, language_of
from .uploads import LARGEST_UPLOAD

__all__ = ["Guard", "is_local_host"]

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; frame-ancestors 'none'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'"
)
LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "testserver"})
LARGEST_BODY = 21 * 1024 * 1024
LONGEST_ADDRESS = 16 * 1024
"""Bytes of an address with its parameters, at most: longer ones break elsewhere on the way."""
MOST_PARAMETERS = 300
"""Parameters of an address, at most."""
MOST_HEADERS, LARGEST_HEADERS = 100, 32 * 1024
"""Header lines of a request, and the bytes of all of them, at most."""


class Guard:
    """ASGI middleware. ``static``: the path below which files never change, and may be kept for a year.

    ``anywhere``: whether we may be called by any name; not while there are no logins, as a page elsewhere could then
    reach us under a name of its own.
    """

    def __init__(self, app: ASGIApp, static: str, anywhere: Callable[[], bool]) -> None:
        self._app, self._static, self._anywhere = app, static, anywhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        answer = self._app if refusal is None else refusal

        async def guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(scope["path"], MutableHeaders(scope=message))
            await send(message)

        await answer(scope, receive, guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        refusal = _refused(scope, headers, self._anywhere())
        if refusal is None:
            return None
        language = language_of(Request(scope)) or "zh"
        if scope["path"].startswith("/api"):
            return refusal_response(refusal, language)
        return PlainTextResponse(message(refusal.problems[0], language), refusal.http)

    def _add_headers(self, path: str, headers: MutableHeaders) -> None:
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["X-Frame-Options"] = "DENY"
        if path.startswith(self._static):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            headers.setdefault("Cache-Control", "no-store")


def is_local_host(host: str) -> bool:
    """Whether a Host header names this machine: without logins, a page elsewhere must not reach us by another name."""
    try:
        return bool(host) and urlsplit(f"//{host}").hostname in LOCAL
    except ValueError:  # no proper host at all
        return False


def _refused(scope: Scope, headers: Headers, anywhere: bool) -> BadRequest | None:
    if not anywhere and not is_local_host(headers.get("host", "")):
        return BadRequest(421, Problem("host_unknown"))
    if scope["method"] not in SAFE_METHODS and is_foreign(headers):
        return BadRequest(403, Problem("request_from_another_site"))
    address = len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
    if address > LONGEST_ADDRESS or scope["query_string"].count(b"&") >= MOST_PARAMETERS:
        values = {"kilobytes": LONGEST_ADDRESS // 1024, "most": MOST_PARAMETERS}
        return BadRequest(414, Problem("address_too_long", values))
    given = scope["headers"]
    if len(given) > MOST_HEADERS or sum(len(name) + len(value) for name, value in given) > LARGEST_HEADERS:
        values = {"kilobytes": LARGEST_HEADERS // 1024, "most": MOST_HEADERS}
        return BadRequest(431, Problem("headers_too_large", values))
    length = headers.get("content-length", "0")
    with_files = headers.get("content-type", "").startswith("multipart/form-data")
    largest = LARGEST_UPLOAD if with_files else LARGEST_BODY
    if not length.isdecimal() or len(length) > 12 or int(length) > largest:
        return BadRequest(413, Problem("body_too_large", {"megabytes": largest // 1024 // 1024}))
    return None
