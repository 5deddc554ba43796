"""The web application: routes, the guard in front of them, and what is answered when something is refused."""

import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from ..app import App
from ..problems import Problem, Refused
from .api import api_mount
from .doorkeeper import Doorkeeper
from .guard import Guard
from .requests import context_of, in_thread_if_blocking
from .site import (
    account,
    attachments,
    audit,
    boards,
    calendar,
    dashboards,
    entering,
    exports,
    forms,
    imports,
    links,
    lists,
    people,
    problems,
    record,
    search,
    settings,
    sharing,
    timelines,
    views,
)  # fmt: skip
from .site.errors import error_page
from .site.public import public_routes
from .site.rendering import WEB, Site
from .site.visit import Visit
from .uploads import read_form

__all__ = ["make_server"]

Handler = Callable[[Visit], Response]

logger = logging.getLogger("kehu")


def make_server(app: App) -> Starlette:
    """The ASGI application that serves this workspace."""
    site = Site(token=_token(app))
    modules: tuple[Any, ...] = (
        attachments, audit, dashboards, entering, account, people, search, problems, settings, imports,
        exports, boards, calendar, timelines, views, sharing, forms, links, lists, record,
    )  # fmt: skip
    pages = [(*route, getattr(module, "ASIDE", False)) for module in modules for route in module.routes]
    routes: list[BaseRoute] = [
        Mount(site.static, StaticFiles(directory=WEB / "static")),
        Route("/health", lambda _: PlainTextResponse("ok")),
        *api_mount(app),
        *_plugin_routes(app),
        *public_routes(app, site),
        *(
            Route(path, _endpoint(app, site, handler, aside), methods=list(methods))
            for path, methods, handler, aside in pages
        ),
    ]
    handlers: dict[Any, Any] = {
        HTTPException: _failed(app, site),
        Exception: _broke(app, site),
    }

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        for job in site.jobs.values():
            job.close()

    server = Starlette(
        routes=routes,
        middleware=[
            Middleware(
                Guard, static=site.static, anywhere=lambda: app.faces_others or app.people.ask_for_login
            ),
            Middleware(Doorkeeper, kehu=app, static=site.static),
            Middleware(UpToDate, kehu=app, static=site.static),
        ],
        exception_handlers=handlers,
        lifespan=lifespan,
    )
    server.state.site = site
    return server


class UpToDate:
    """ASGI middleware: what was edited in the definitions' files is live at the next request.

    It is taken up in a thread, and only the request that noticed it waits: the others go on with what was there.
    """

    def __init__(self, app: ASGIApp, kehu: App, static: str) -> None:
        self._app, self._kehu, self._static = app, kehu, static

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Catch up where it is due, and let the application answer."""
        if scope["type"] == "http" and not scope["path"].startswith(self._static) and self._kehu.is_behind():
            await run_sync(self._kehu.catch_up)
        await self._app(scope, receive, send)


def _endpoint(app: App, site: Site, handler: Handler, aside: bool) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        form = await read_form(request) if request.method == "POST" else FormData()
        visit = Visit(app, app.now, context_of(app, request, "page"), request, site, form)
        try:
            if request.method == "POST":
                _check_token(visit)
            if aside or any(isinstance(value, UploadFile) for value in form.values()):
                return await run_sync(
                    handler, visit
                )  # files wait for a disk or a network, whatever the store
            return await in_thread_if_blocking(app.store, handler, visit)
        except Refused as refusal:
            return error_page(visit, refusal)
        except Exception:
            if app.catalog is visit.runtime.entire.catalog:
                raise
            # other definitions were taken up meanwhile: the store may know the fields of before no more
            logger.warning("%s %s", request.method, request.url.path, exc_info=True)
            now = Visit(app, app.now, visit.context, request, site)
            return error_page(now, Refused([Problem("definitions_changed")], "unavailable"))
        finally:
            await form.close()

    return answer


def _check_token(visit: Visit) -> None:
    given = visit.request.headers.get("x-kehu-token") or visit.posted("token")
    if not secrets.compare_digest(given.encode(), visit.token.encode()):
        raise Refused([Problem("form_token_wrong")], "forbidden")


def _token(app: App) -> str:
    """The form token: made once per workspace, so that a form opened before a restart can still be sent."""
    token = app.store.note("form_token")
    if token is None:
        with app.store.transaction() as transaction:
            token = transaction.note("form_token")  # another process may have started at the same moment
            if token is None:
                token = secrets.token_urlsafe(24)
                transaction.set_note("form_token", token)
    return str(token)


def _plugin_routes(app: App) -> list[BaseRoute]:
    runtime = app.now
    return [
        Mount(f"/x/{name}", routes=list(module.kehu_routes()))
        for name, module in runtime.hooks.list_name_plugin()
        if hasattr(module, "kehu_routes")
    ]


def _failed(app: App, site: Site) -> Callable[[Request, HTTPException], Any]:
    """Unknown addresses and wrong methods, as a page."""

    async def answer(request: Request, error: HTTPException) -> Response:
        visit = Visit(app, app.now, context_of(app, request, "page"), request, site)
        code = {404: "page_not_found", 405: "method_not_allowed", 413: "too_large"}.get(
            error.status_code, "bad_request"
        )
        status = "missing" if error.status_code == 404 else "invalid"
        refusal = Refused([Problem(code, {"path": request.url.path[:200]})], status)  # type: ignore[arg-type]  # one of the two above
        response = error_page(visit, refusal, error.status_code)
        response.headers.update(error.headers or {})
        return response

    return answer


def _broke(app: App, site: Site) -> Callable[[Request, Exception], Any]:
    """A fault of ours: it is written to the log, and the page says so without a traceback."""

    async def answer(request: Request, error: Exception) -> Response:
        logger.error("%s %s", request.method, request.url.path, exc_info=error)
        visit = Visit(app, app.now, context_of(app, request, "page"), request, site)
        return error_page(visit, Refused([Problem("our_fault")], "unavailable"), 500)

    return answer
