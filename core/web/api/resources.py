"""One address and what can be done there: methods, refusals as JSON, and never an answer without a reason."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ...app import App, Runtime
from ...context import Context
from ...problems import Problem, Refused
from ...records.records import Records
from ...schema.fields.values import shortened
from ..refusals import refusal_response
from ..requests import BadRequest, context_of, in_thread_if_blocking, read_object, refuse_foreign
from .shapes import Shape, Shapes

__all__ = ["Api", "Call", "Handler", "NoSuchAddress", "Resource"]

logger = logging.getLogger("kehu")

_WITH_BODY = frozenset({"POST", "PATCH"})


class Api:
    """What the resources share: the app, and what was worked out for the catalog of the moment."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.documents: dict[Any, bytes] = {}
        self._shapes: WeakKeyDictionary[Records, Shapes] = WeakKeyDictionary()

    def shapes(self, runtime: Runtime) -> Shapes:
        """How the records of this runtime look in JSON; made once for each catalog."""
        known = self._shapes.get(runtime.records)
        if known is None:
            known = self._shapes[runtime.records] = Shapes(runtime.records)
        return known


@dataclass(frozen=True, slots=True)
class Call:
    """One request with what it works with from start to end: one catalog, one moment, one language."""

    api: Api
    runtime: Runtime
    context: Context
    request: Request
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def records(self) -> Records:
        """The records."""
        return self.runtime.records

    @property
    def root(self) -> str:
        """Where the API is mounted: ``/api``."""
        return str(self.request.scope.get("root_path", ""))

    def named(self, key: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[key])

    def shape(self) -> Shape:
        """How records of the address's entity look. Raises :class:`Refused` (``missing``): no such entity."""
        return self.api.shapes(self.runtime).of(self.named("entity"))


Handler = Callable[[Call], Response]
"""Answers a request. Runs in a thread when the store blocks."""


class Resource:
    """An ASGI application for one address: a handler for each method it takes."""

    def __init__(
        self,
        api: Api,
        get: Handler | None = None,
        post: Handler | None = None,
        patch: Handler | None = None,
        delete: Handler | None = None,
    ) -> None:
        given = {"GET": get, "HEAD": get, "POST": post, "PATCH": patch, "DELETE": delete}
        self.api = api
        self.handlers = {method: handler for method, handler in given.items() if handler is not None}
        self.allowed = ", ".join((*self.handlers, "OPTIONS"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        context = context_of(self.api.app, request, "api")
        runtime = self.api.app.now.seen_by(context)
        try:
            response = await self.answer(request, runtime, context)
        except Refused as refusal:
            response = refusal_response(refusal, context.language)
        except ClientDisconnect:
            return
        except Exception:
            logger.exception("%s %s", request.method, request.url.path)
            response = refusal_response(self._fault(runtime), context.language)
        await response(scope, receive, send)

    def _fault(self, runtime: Runtime) -> Refused:
        """Ours, unless other definitions were taken up under the request, whose fields the store knows no more."""
        if self.api.app.catalog is not runtime.entire.catalog:
            return Refused([Problem("definitions_changed")], "unavailable")
        return BadRequest(500, Problem("server_fault"))

    async def answer(self, request: Request, runtime: Runtime, context: Context) -> Response:
        """The answer. Raises :class:`Refused` for whatever cannot be done."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": self.allowed})
        handler = self.handlers.get(request.method)
        if handler is None:
            values = {"method": shortened(request.method), "available": tuple(self.handlers)}
            raise BadRequest(405, Problem("method_not_possible", values), {"allow": self.allowed})
        refuse_foreign(request)
        body = await read_object(request) if request.method in _WITH_BODY else {}
        call = Call(self.api, runtime, context, request, body)
        return await in_thread_if_blocking(runtime.records.store, handler, call)


class NoSuchAddress(Resource):
    """Every address of the API that is none."""

    async def answer(self, request: Request, runtime: Runtime, context: Context) -> Response:
        """Refuse it."""
        root = str(request.scope.get("root_path", "")) or "/"
        values = {"path": shortened(request.url.path, 100), "index": root}
        raise Refused([Problem("no_such_address", values)], "missing")
