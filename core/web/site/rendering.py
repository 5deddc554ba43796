"""Turning view models into pages: the templates, the static files' address, and the row templates of tables."""

import hashlib
import hmac
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from ...words import Language
from ..unrolling import unroll
from .cells import Column
from .frame import FLASH, frame_of, front_end_built
from .visit import Visit

__all__ = ["Site", "kept_markup", "render", "rows_markup"]

KEPT = 500
"""Parts of pages that are kept at most."""

WEB = Path(str(files(__package__.rsplit(".", 1)[0])))


class _Templates(Environment):
    """Jinja's environment, which asks view models for a name as the dicts they are.

    Jinja tries the attribute first; of a dict there is none, and each miss costs as much as ten look-ups.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``obj.attribute`` of a template."""
        if obj.__class__ is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@dataclass
class Site:
    """What all pages of one server share.

    ``token`` is sent with every form; ``jobs`` holds what runs longer than a request (imports), by its id.
    """

    token: str
    environment: Environment = field(init=False)
    static: str = field(init=False)
    jobs: dict[str, Any] = field(default_factory=dict)
    _rows: dict[Any, Template] = field(default_factory=dict)
    _kept: dict[Any, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environment = _Templates(
            loader=FileSystemLoader(WEB / "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.static = f"/static/{_fingerprint(WEB / 'static')}"

    def token_for(self, session: str) -> str:
        """The form token of one session."""
        return hmac.new(self.token.encode(), session.encode(), hashlib.sha256).hexdigest()

    def row_template(self, language: Language, columns: Sequence[Column]) -> Template:
        """The template of a table's rows, unrolled once for these columns."""
        key = (language, tuple((column.kind, column.label) for column in columns))
        template = self._rows.get(key)
        if template is None:
            if len(self._rows) > 500:
                self._rows.clear()
            words = {"yes": "是" if language == "zh" else "Yes", "no": "否" if language == "zh" else "No"}
            template = self._rows[key] = unroll(self.environment, columns, words)
        return template


def kept_markup(visit: Visit, template: str, about: Hashable, make: Callable[[], Mapping[str, Any]]) -> str:
    """A part of a page that is the same for many requests: rendered once for what it is about, in each language."""
    site = visit.site
    key = (template, visit.catalog.version, visit.language, about)
    text = site._kept.get(key)
    if text is None:
        if len(site._kept) > KEPT:
            site._kept.clear()
        frame = {"vendor": front_end_built(), "static": site.static}
        text = site.environment.get_template(template).render(frame=frame, t=visit.t, **make())
        site._kept[key] = text
    return text


def render(visit: Visit, template: str, title: str, status: int = 200, **values: Any) -> Response:
    """A page: the template with its view model, in its frame."""
    site = visit.site
    frame = frame_of(visit, site.static, visit.token)
    frame |= _ways(visit, frame["workspace"], frame["rail"])
    text = site.environment.get_template(template).render(frame=frame, title=title, t=visit.t, **values)
    response = HTMLResponse(text, status)
    if frame["flashes"]:
        response.delete_cookie(FLASH)
    return response


def _ways(visit: Visit, workspace: str, groups: Sequence[Mapping[str, Any]]) -> dict[str, Markup]:
    """The rail and the phone's bar, drawn once for all pages that show the same."""
    about = (
        workspace,
        *((group["label"], *(tuple(it.values()) for it in group["items"])) for group in groups),
    )

    def make() -> Mapping[str, Any]:
        return {"workspace": workspace, "groups": groups}

    return {
        name: Markup(kept_markup(visit, f"{name}.html", about, make))  # noqa: S704  (escaped by the template)
        for name in ("rail", "bottom")
    }


def rows_markup(visit: Visit, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> Markup:
    """The body of a table."""
    return Markup(visit.site.row_template(visit.language, columns).render(rows=rows))  # noqa: S704  (escaped there)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.name}{path.stat().st_size}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:10]
