"""What every request brings: who asks in which language, a body within limits, and from which site it was sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from json import loads as loads_strictly
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import orjson
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from ..app import App
from ..context import Context, Door
from ..people.recall import Who
from ..problems import Problem, Refused
from ..schema.fields.values import shortened
from ..store.protocol import Store
from ..words import Language
from .turns import turns

__all__ = [
    "LARGEST_BODY",
    "SAFE_METHODS",
    "BadRequest",
    "chosen_language",
    "context_of",
    "in_thread_if_blocking",
    "is_foreign",
    "json_number",
    "json_response",
    "language_of",
    "read_body",
    "read_object",
    "refuse_foreign",
    "to_json",
]  # fmt: skip

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes of a request's body at most, unless a page says otherwise (imports)."""
MOST_MEMBERS = 500
"""Members that a JSON object may have: no entity has so many fields."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_OPTIONS = orjson.OPT_UTC_Z
_HEADERS = {"cache-control": "no-cache, private", "x-content-type-options": "nosniff"}
_LANGUAGES: tuple[Language, ...] = ("zh", "en")

READING_AT_ONCE = {"postgresql": 3}
"""Requests that read at once, by the store's name: one where nothing is waited for but the interpreter."""


class _Asked(Protocol):
    """What a request brings to its handler."""

    @property
    def request(self) -> Request: ...


Asked = TypeVar("Asked", bound=_Asked)
T = TypeVar("T")


class BadRequest(Refused):
    """Refused for a reason of HTTP's own: ``http`` is the status code (400, 405, 413, 415, 428, …)."""

    def __init__(self, http: int, problem: Problem, headers: dict[str, str] | None = None) -> None:
        super().__init__([problem])
        self.http, self.headers = http, headers or {}


async def in_thread_if_blocking(store: Store, fn: Callable[[Asked], T], asked: Asked) -> T:
    """``fn(asked)``: here and now over a store in memory, in a thread over one that waits for a disk or a network.

    Requests take turns at that: see :mod:`~kehu.core.web.turns`. A server answers some while it works for another.
    """
    if not store.blocks:
        return fn(asked)
    if asked.request.method in SAFE_METHODS:
        lane = turns("reading", READING_AT_ONCE.get(store.name, 1))
    else:
        lane = turns("writing", 1)
    return await lane.run(lambda: fn(asked))


def context_of(app: App, request: Request, door: Door) -> Context:
    """The circumstances of a request: of whoever came in (the owner, while no login is asked), in their language.

    Pages speak the workspace's language until somebody switches; programs say with ``Accept-Language`` what they want.
    """
    context = app.context(door, chosen_language(request) if door == "page" else language_of(request))
    who: Who | None = request.scope.get("kehu_who")
    if who is None:
        return context
    return replace(context, actor=who.person, roles=who.roles, scopes=who.scopes)


def chosen_language(request: Request) -> Language | None:
    """The language that a person has switched to: the cookie ``kehu_language``; ``None``: none of ours."""
    if "kehu_language=" in request.headers.get("cookie", ""):
        chosen = request.cookies.get("kehu_language")
        for language in _LANGUAGES:
            if chosen == language:
                return language
    return None


def language_of(request: Request) -> Language | None:
    """The language asked for: chosen, else by ``Accept-Language``; ``None``: none of ours."""
    chosen = chosen_language(request)
    if chosen is not None:
        return chosen
    best: tuple[float, Language | None] = (0.0, None)
    for item in request.headers.get("accept-language", "").split(",")[:20]:
        tag, _, quality = item.strip().partition(";")
        name = tag.strip().lower().partition("-")[0]
        weight = _quality(quality)
        for language in _LANGUAGES:
            if name == language and weight > best[0]:
                best = (weight, language)
    return best[1]


def _quality(text: str) -> float:
    name, _, number = text.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(number)
    except ValueError:
        return 0.0


def to_json(value: Any) -> bytes:
    """JSON bytes: decimals as numbers, dates as ISO 8601, moments in UTC with a ``Z``."""
    return orjson.dumps(value, default=_default, option=_OPTIONS)


def json_number(value: Decimal | None) -> float | int | None:
    """A number of a column as JSON has it: whole numbers without a point."""
    if value is None:
        return None
    number = float(value)  # exact: no column keeps more than 15 digits
    return int(number) if number.is_integer() else number


def _default(value: Any) -> Any:
    if value.__class__ is Decimal:
        return json_number(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def json_response(
    value: Any, status: int = 200, headers: dict[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    """A JSON answer; ``bytes`` are taken for JSON that is ready."""
    content = value if isinstance(value, bytes) else to_json(value)
    return Response(content, status, {**_HEADERS, **(headers or {})}, media_type)


async def read_body(request: Request, largest: int = LARGEST_BODY) -> bytes:
    """The body. Raises :class:`BadRequest` (413) as soon as it is known to be too large."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > largest:
        raise _too_large(largest)
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > largest:
            raise _too_large(largest)
        chunks.append(chunk)
    return b"".join(chunks)


async def read_object(request: Request, largest: int = LARGEST_BODY) -> dict[str, Any]:
    """The body as a JSON object. Raises :class:`BadRequest`: another type (415), too large (413), or no JSON object,
    a member twice (400).
    """
    given = request.headers.get("content-type", "")
    kind = given.partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise BadRequest(415, Problem("body_type", {"given": shortened(kind) or "–"}))
    body = await read_body(request, largest)
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        values = {"line": error.lineno, "column": error.colno}
        raise BadRequest(400, Problem("body_not_json" if body.strip() else "body_empty", values)) from None
    if not isinstance(found, dict):
        raise BadRequest(400, Problem("body_not_object"))
    if len(found) > MOST_MEMBERS:
        raise BadRequest(400, Problem("body_too_many", {"count": len(found), "max": MOST_MEMBERS}))
    if twice := _twice(body):
        raise BadRequest(
            400, Problem("body_member_twice", {"name": shortened(twice)}, field=shortened(twice, 100))
        )
    return found


def _twice(body: bytes) -> str | None:
    """A member that stands twice in its object: one of its values would be lost without a word."""
    found: list[str] = []

    def collect(pairs: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                found.append(name)
            seen.add(name)

    try:
        loads_strictly(body, object_pairs_hook=collect, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        raise BadRequest(400, Problem("body_too_deep")) from None
    return found[0] if found else None


def _too_large(largest: int) -> BadRequest:
    return BadRequest(413, Problem("body_too_large", {"megabytes": round(largest / 1024 / 1024, 1)}))


def refuse_foreign(request: Request) -> None:
    """Refuse what another site's page makes the browser send. Raises :class:`Refused` (``forbidden``).

    Browsers say where a request comes from (``Sec-Fetch-Site``, older ones ``Origin``); programs say neither, and
    carry no cookies of a person either.
    """
    if request.method in SAFE_METHODS:
        return
    if is_foreign(request.headers):
        raise Refused([Problem("request_from_another_site")], "forbidden")


def is_foreign(headers: Headers) -> bool:
    """Whether a browser says that the request comes from another site."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and _host(origin) != headers.get("host", "").lower()


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
