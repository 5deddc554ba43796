"""Which address leads where."""

from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Receive, Scope, Send

from ...app import App
from . import about, audit, explained, exports, files, histories, imports, lists, metrics, record, searches
from .resources import Api, NoSuchAddress, Resource

__all__ = ["api_mount", "api_routes"]


def api_routes(app: App) -> list[BaseRoute]:
    """The routes of the API, to be mounted below ``/api``. They answer every address there, unknown ones too."""
    api = Api(app)
    addresses = {
        "/": Resource(api, get=about.index),
        "/openapi.json": Resource(api, get=about.openapi),
        "/problems": Resource(api, get=about.problems),
        "/schemas/{entity}.json": Resource(api, get=about.schema),
        "/search": Resource(api, get=searches.show),
        "/audit": Resource(api, get=audit.show),
        "/audit/export": Resource(api, get=audit.export),
        "/metrics": Resource(api, get=metrics.index),
        "/metrics/{metric}": Resource(api, get=metrics.measured),
        "/files": files.Uploads(api),
        "/files/{id}": files.FileContents(api),
        "/{entity}/export": Resource(api, get=exports.show),
        "/{entity}/import": imports.Upload(api, imports.take),
        "/{entity}/imports": Resource(api, get=imports.imports),
        "/{entity}/imports/{batch}/undo": imports.Upload(api, imports.undo),
        "/{entity}": Resource(api, get=lists.show, post=record.create),
        "/{entity}/{id}": Resource(api, get=record.show, patch=record.change, delete=record.delete),
        "/{entity}/{id}/history": Resource(api, get=histories.show),
        "/{entity}/{id}/explain": Resource(api, get=explained.show),
        "/{entity}/{id}/files": Resource(api, get=files.attached, post=files.attach),
        "/{entity}/{id}/files/{file}": Resource(api, delete=files.detach),
        "/{path:path}": NoSuchAddress(api),
    }
    return [Route(path, resource) for path, resource in addresses.items()]


def api_mount(app: App, at: str = "/api") -> list[BaseRoute]:
    """The API where it belongs: the index at ``/api`` itself (without a redirect), everything else below."""
    index, nothing = Resource(Api(app), get=about.index), NoSuchAddress(Api(app))
    return [Route(at, index), Mount(at, routes=api_routes(app)), _Below(at, nothing)]


class _Below(BaseRoute):
    """What a mount's pattern passes over: addresses with a line break in them are the API's to refuse, too."""

    def __init__(self, at: str, app: NoSuchAddress) -> None:
        self.start, self.app = f"{at}/", app

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the address is below the API."""
        below = scope["type"] == "http" and scope["path"].startswith(self.start)
        return (Match.FULL if below else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse it."""
        await self.app(scope, receive, send)
