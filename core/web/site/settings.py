"""What a person sets for themselves: the language and the look."""

from starlette.responses import RedirectResponse, Response

from ...problems import Problem, Refused
from .visit import Visit

__all__ = ["local_address", "routes", "save"]

YEAR = 365 * 24 * 3600
CHOICES = {"language": ("zh", "en"), "theme": ("light", "dark", "auto")}


def save(visit: Visit) -> Response:
    """POST ``/settings``."""
    response = RedirectResponse(local_address(visit.posted("next")), 303)
    for name, allowed in CHOICES.items():
        value = visit.posted(name)
        if not value:
            continue
        if value not in allowed:
            raise Refused(
                [Problem("no_such_setting", {"name": value[:40], "available": list(allowed)}, field=name)]
            )
        response.set_cookie(f"kehu_{name}", value, max_age=YEAR, samesite="lax", httponly=True)
    return response


def local_address(text: str, usual: str = "/") -> str:
    """The address when it is one of this site, the usual one otherwise.

    Browsers leave out tabs and line breaks: ``/<tab>/evil.example`` would be another site.
    """
    local = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if local else usual


routes = [("/settings", ("POST",), save)]
