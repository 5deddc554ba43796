"""What every page has around it: the rail, the top bar, the banner, and messages from the last action."""

import base64
import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson
from starlette.responses import Response

from ...schema.dashboard import Dashboard
from ...schema.role import OWNER
from .cells import person
from .settings import local_address
from .visit import Visit

__all__ = ["FLASH", "flash", "frame_of", "front_end_built"]

FLASH = "kehu_flash"
THEME = "kehu_theme"


def frame_of(visit: Visit, static: str, token: str) -> dict[str, Any]:
    """The ``frame`` of a page (``pages/README.md``)."""
    catalog, request = visit.catalog, visit.request
    path = request.url.path
    owner = visit.records.titles(visit.context, [("user", visit.context.actor)])
    name = owner.get(("user", visit.context.actor), "")
    query = f"?{request.url.query}" if request.url.query else ""
    theme = request.cookies.get(THEME, "auto")
    return {
        "language": visit.language,
        "theme": theme if theme in ("light", "dark") else "auto",
        "workspace": catalog.workspace.shown.in_(visit.language),
        "static": static,
        "vendor": front_end_built(),
        "here": path + query if request.method == "GET" else "/",
        "token": token,
        "account": _account(visit),
        "log_out": visit.who is not None,
        "user": person(visit.context.actor, name) if name else None,
        "rail": _rail(visit, path),
        "create": [
            {"label": entity.shown.in_(visit.language), "url": f"/{key}/new", "icon": entity.icon or ""}
            for key, entity in _daily(visit)
            if visit.may("create", key)
        ],
        "query": visit.one("q") if path == "/search" else "",
        "banner": _banner(visit),
        "flashes": _flashes(visit),
    }


def _account(visit: Visit) -> list[dict[str, str]]:
    """What the menu behind one's name leads to: one's account, and for owners those of all."""
    in_person = visit.who is None or bool(visit.who.session)
    own = (
        [{"label": visit.t("me_title"), "url": "/me", "icon": "user-circle"}] if visit.who is not None else []
    )
    if in_person and OWNER in visit.context.roles:
        own.append({"label": visit.t("people_menu"), "url": "/people", "icon": "users"})
        own.append({"label": visit.t("audit_title"), "url": "/audit", "icon": "history"})
    return own


def flash(response: Response, level: str, text: str, action: dict[str, str] | None = None) -> None:
    """A message that the next page shows once."""
    value = json.dumps([{"level": level, "text": text[:500], "action": action}], ensure_ascii=False)
    packed = base64.urlsafe_b64encode(value.encode("utf-8", "replace")).decode()
    response.set_cookie(FLASH, packed, max_age=60, httponly=True, samesite="lax")


@lru_cache(maxsize=1)
def front_end_built() -> bool:
    """Whether the third-party front-end files are there."""
    return (Path(str(files(__package__.rsplit(".", 1)[0]))) / "static" / "vendor" / "stamp.txt").is_file()


def _rail(visit: Visit, path: str) -> list[dict[str, Any]]:
    catalog, language = visit.catalog, visit.language
    dashboards = [
        _tab(
            board.label.in_(language),
            "/" if name == "home" else f"/dashboard/{name}",
            board.icon or "layout-dashboard",
            path,
        )
        for name, board in sorted(catalog.dashboards.items(), key=_home_first)
    ]
    entities = [
        _tab((entity.plural or entity.shown).in_(language), f"/{name}", entity.icon or "table", path)
        for name, entity in _daily(visit)
    ]
    others = [
        _tab((entity.plural or entity.shown).in_(language), f"/{name}", entity.icon or "users", path)
        for name, entity in catalog.entities.items()
        if catalog.merged["entity", name].node.layer == "core"
    ]
    return [
        {"label": "", "items": dashboards},
        {"label": visit.t("records"), "items": entities},
        {"label": visit.t("workspace_group"), "items": others},
    ]


def _daily(visit: Visit) -> list[tuple[str, Any]]:
    """The entities people work in: those that plugins and the workspace bring."""
    merged = visit.catalog.merged
    return [
        (name, entity)
        for name, entity in visit.catalog.entities.items()
        if merged["entity", name].node.layer != "core"
    ]


def _tab(label: str, url: str, icon: str, path: str) -> dict[str, Any]:
    current = path == url or (url != "/" and path.startswith(f"{url}/"))
    return {"label": label, "url": url, "current": current, "icon": icon, "count": ""}


def _home_first(item: tuple[str, Dashboard]) -> bool:
    return item[0] != "home"


def _banner(visit: Visit) -> dict[str, Any] | None:
    problems = visit.runtime.problems
    if not problems:
        return None
    return {"level": "error", "text": visit.t("banner", count=len(problems)), "url": "/problems"}


def _flashes(visit: Visit) -> list[dict[str, Any]]:
    packed = visit.request.cookies.get(FLASH)
    if packed is None:
        return []
    try:
        found = orjson.loads(base64.urlsafe_b64decode(packed))  # no half characters, no bottomless nesting
        return [
            {"level": str(one["level"]), "text": str(one["text"]), "action": _action(one.get("action"))}
            for one in found
        ]
    except (ValueError, KeyError, TypeError):
        return []


def _action(value: Any) -> dict[str, str] | None:
    """An action from a cookie: only an address of our own is followed."""
    url = local_address(str(value.get("url", "")), "") if isinstance(value, dict) else ""
    return {"label": str(value.get("label", "")), "url": url, "icon": ""} if url else None
