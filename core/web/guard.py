"""In front of every request: foreign sites may not post here, hosts must be ours, and every answer is told its limits."""

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Guard", "is_foreign", "is_local_host"]

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; frame-ancestors 'none'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'"
)
LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "testserver"})
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
LARGEST_BODY = 21 * 1024 * 1024


class Guard:
    """ASGI middleware. ``static``: the path below which files never change, and may be kept for a year."""

    def __init__(self, app: ASGIApp, static: str) -> None:
        self._app, self._static = app, static

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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

    @staticmethod
    def _refusal(scope: Scope, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if not is_local_host(host):
            return PlainTextResponse("unknown host", 421)
        if scope["method"] in UNSAFE and is_foreign(headers, host):
            return PlainTextResponse("cross-site request refused", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > 12 or int(length) > LARGEST_BODY:
            return PlainTextResponse("too large", 413)
        return None

    def _add_headers(self, path: str, headers: MutableHeaders) -> None:
        headers["Content-Security-Policy"] = POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["X-Frame-Options"] = "DENY"
        if path.startswith(self._static):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            headers.setdefault("Cache-Control", "no-store")


def is_local_host(host: str) -> bool:
    """Whether a Host header names this machine: without logins, a page elsewhere must not reach us by another name."""
    name = urlsplit(f"//{host}").hostname if host else None
    return name in LOCAL


def is_foreign(headers: Headers, host: str) -> bool:
    """Whether a browser says that the request comes from another site."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != host
