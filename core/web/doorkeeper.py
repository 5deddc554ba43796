"""Who is it? Asked before every request, whatever its address: what does not stand open is shut.

While no account exists, whoever reaches the server is its owner (and only this machine does). With the first account a
login or a token is asked for at every address but those of :data:`OPEN`.
"""

from datetime import UTC, datetime
from urllib.parse import quote

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..app import App
from ..context import STRANGER
from ..people.recall import Entry, Who
from ..problems import Problem, message
from ..words import Language
from .refusals import refusal_response
from .requests import BadRequest, language_of

__all__ = ["COOKIE", "NOBODY", "OPEN", "WHO", "Doorkeeper", "is_open"]

COOKIE = "kehu_session"
WHO = "kehu_who"
"""Where the ASGI scope has the :class:`~kehu.core.people.recall.Who` of a request; missing while no login is asked."""

NOBODY = Who("", STRANGER, frozenset())
"""Somebody who has not logged in, at an address that stands open: may do nothing by themselves."""

OPEN = ("/login", "/login/", "/invite/", "/reset/", "/setup/", "/public/", "/health", "/settings")
"""Addresses without a login: these, and below those that end in a slash. The static files stand open as well."""

BEARER = "bearer "


def is_open(path: str, static: str) -> bool:
    """Whether an address answers without a login."""
    return any(
        path.startswith(each) if each.endswith("/") else path == each for each in (*OPEN, f"{static}/")
    )


class Doorkeeper:
    """ASGI middleware. ``static``: the path of the static files.

    Where others than this machine reach the server, nothing is served before there is an account but the page that
    makes it.
    """

    def __init__(self, app: ASGIApp, kehu: App, static: str) -> None:
        self._app, self._kehu, self._static = app, kehu, static

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, or say what is missing."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        answer: ASGIApp = self._app
        if self._kehu.people.ask_for_login:
            refusal = await self._ask(scope)
            answer = self._app if refusal is None else refusal
        elif self._kehu.faces_others:
            scope[WHO] = NOBODY
            if not scope["path"].startswith((f"{self._static}/", "/setup/", "/settings", "/health")):
                answer = _not_ready(scope, self._kehu.catalog.workspace.language)
        await answer(scope, receive, send)

    async def _ask(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        given = headers.get("authorization", "")
        if given[: len(BEARER)].lower() == BEARER:
            entry = await self._found(given[len(BEARER) :].strip(), token=True)
            code = "token_wrong"
        else:
            entry = await self._found(cookie_of(headers), token=False)
            code = "login_needed"
        scope[WHO] = NOBODY if entry is None else entry.who
        if entry is not None or is_open(scope["path"], self._static):
            return None
        return _refused(scope, headers, code, self._kehu.catalog.workspace.language)

    async def _found(self, secret: str, token: bool) -> Entry | None:
        if not secret:
            return None
        keeper = self._kehu.people.tokens if token else self._kehu.people.sessions
        now = datetime.now(UTC)
        entry = keeper.recall.at_hand(secret, now)
        if entry is None:
            blocks = self._kehu.store.blocks
            entry = (
                await run_sync(keeper.recall.ask, secret, now) if blocks else keeper.recall.ask(secret, now)
            )
        if entry is not None and entry.stale_at <= now:
            await run_sync(keeper.note_seen, entry, now)
        return entry


def cookie_of(headers: Headers) -> str:
    """The session's cookie, ``""`` without one."""
    cookies = headers.get("cookie", "")
    return cookie_parser(cookies).get(COOKIE, "") if COOKIE in cookies else ""


def _refused(scope: Scope, headers: Headers, code: str, usual: Language) -> Response:
    """People are led to the login and back; programs are told 401."""
    path, query = scope["path"], scope.get("query_string", b"").decode("latin-1")
    back = path + (f"?{query}" if query else "") if scope["method"] in ("GET", "HEAD") else "/"
    login = "/login" + (f"?next={quote(back, safe='')}" if back != "/" else "")
    by_script = headers.get("sec-fetch-dest") == "empty" or "authorization" in headers
    if not path.startswith("/api") and not by_script:
        return RedirectResponse(login, 303)
    refusal = BadRequest(401, Problem(code), {"WWW-Authenticate": "Bearer", "HX-Redirect": login})
    return refusal_response(refusal, language_of(Request(scope)) or usual)


def _not_ready(scope: Scope, usual: Language) -> Response:
    language = language_of(Request(scope)) or usual
    refusal = BadRequest(503, Problem("not_set_up"))
    if scope["path"].startswith("/api"):
        return refusal_response(refusal, language)
    return PlainTextResponse(message(refusal.problems[0], language), 503)
