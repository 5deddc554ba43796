"""Which address leads where."""

from starlette.routing import BaseRoute, Mount, Route

from ...app import App
from . import about, histories, lists, metrics, record
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
        "/metrics": Resource(api, get=metrics.index),
        "/metrics/{metric}": Resource(api, get=metrics.measured),
        "/{entity}": Resource(api, get=lists.show, post=record.create),
        "/{entity}/{id}": Resource(api, get=record.show, patch=record.change, delete=record.delete),
        "/{entity}/{id}/history": Resource(api, get=histories.show),
        "/{path:path}": NoSuchAddress(api),
    }
    return [Route(path, resource) for path, resource in addresses.items()]


def api_mount(app: App, at: str = "/api") -> list[BaseRoute]:
    """The API where it belongs: the index at ``/api`` itself (without a redirect), everything else below."""
    return [Route(at, Resource(Api(app), get=about.index)), Mount(at, routes=api_routes(app))]
