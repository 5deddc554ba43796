"""What an input for a region suggests while somebody types."""

from starlette.responses import JSONResponse, Response

from ...schema import divisions
from .visit import Visit

__all__ = ["regions", "routes"]

LONGEST = 50


def regions(visit: Visit) -> Response:
    """GET ``/x/regions?q=``: the full names of the divisions that a text may become, as a JSON list."""
    found = divisions.search(visit.one("q").strip()[:LONGEST])
    return JSONResponse([divisions.full_name(code) for code in found])


routes = [("/x/regions", ("GET",), regions)]
