"""What may be chosen for a link: the records of its entity by title, with a word to tell them apart."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from ...formula import Formula, both, condition
from ...records.checking import fits
from ...store.query import Row, Sort
from ..filters import condition_of, read_filters
from .filling import Filling
from .form_shape import shape_of
from .visit import Visit, path_with

__all__ = ["Choosable", "choosable", "offered", "pick", "routes"]

MOST = 200
"""Options that a select offers."""

FEW = 12
"""So many are quicker to choose from a list than by searching."""

FOUND = 20
"""Records that one search shows."""

LONGEST = 200

Choosable = tuple[list[dict[str, str]], str | None]
"""The options, and where to search among them (``None``: these are all, and few)."""


def choosable(visit: Visit, target: str, wanted: Mapping[str, Any] | None = None) -> Choosable:
    """The first records of an entity by title. ``wanted``: field → the value that those offered must have."""
    scope, where, pairs = visit.records.scope(target), None, []
    for name, value in (wanted or {}).items():
        operator = "in" if isinstance(value, (list, tuple)) else "is"
        one = condition(scope, name, operator, value)
        where = one if where is None else both(where, one)
        pairs.append((f"f.{name}.{operator}", _text(value)))
    rows, more = _rows(visit, target, "", MOST, where)
    title = visit.records.plan(target).entity.title_field
    options = [{"value": row["id"], "label": str(row.get(title) or row["id"])} for row in rows]
    return options, path_with(f"/{target}/pick", pairs) if more or len(rows) > FEW else None


def offered(visit: Visit) -> Response:
    """POST ``/{entity}/offers`` with a whole form (``?id=``: of this record): what its narrowed links offer by now."""
    entity, id = visit.named("entity"), visit.one("id")
    before = visit.records.get(visit.context, entity, id) if id else None
    filling = Filling.sent(visit, shape_of(visit, entity, "edit" if id else "create", before), before)
    found = {}
    for name, item in filling.shape.items.items():
        if item.offer is not None:
            wanted = item.offer.values(filling.row, filling.env)
            options, url = choosable(visit, item.offer.target, wanted)
            held = filling.row.get(name)
            row = visit.records.store.get(item.offer.target, held) if held else None
            row = (
                row if row is not None and visit.records.sees(visit.context, item.offer.target, row) else None
            )
            keeps = row is None or all(fits(row.get(key), value) for key, value in wanted.items())
            found[name] = {"options": options, "pick": url, "keeps": keeps}
    return JSONResponse(found)


def pick(visit: Visit) -> Response:
    """GET ``/{entity}/pick?q=``: the records that a search finds, as JSON; ``f.FIELD.OP=`` narrows them."""
    target = visit.named("entity")
    plan = visit.records.plan(target)
    pairs = [(key[2:], value) for key, value in visit.query if key.startswith("f.")]
    where = condition_of(visit.records, target, read_filters(visit.records, visit.context, target, pairs))
    rows, _ = _rows(visit, target, visit.one("q").strip()[:LONGEST], FOUND, where)
    title = plan.entity.title_field
    notes = _notes(visit, target, rows)
    return JSONResponse(
        [
            {"value": row["id"], "label": str(row.get(title) or row["id"]), "note": note}
            for row, note in zip(rows, notes, strict=True)
        ]
    )


def _text(value: Any) -> str:
    """A value as an address writes it."""
    if isinstance(value, (list, tuple)):
        return ",".join(map(_text, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _rows(
    visit: Visit, target: str, search: str, limit: int, where: Formula | None = None
) -> tuple[list[Row], bool]:
    entity = visit.records.plan(target).entity
    title = entity.title_field
    by_title = visit.catalog.is_stored(target, title)
    sort = (Sort(title),) if by_title else (Sort("created_at", descending=True),)
    fields = () if by_title else (title,)
    page = visit.records.find(visit.context, target, where, search, sort, None, limit, fields)
    return page.rows, page.more


def _notes(visit: Visit, target: str, rows: list[Row]) -> list[str]:
    """What tells records of one title apart: the record they belong to, or else how to reach them."""
    entity, links = visit.catalog.entities[target], visit.catalog.links[target]
    link = next((name for name in links if entity.fields[name].type == "link"), None)
    if link is not None:
        owner = links[link]
        titles = visit.records.titles(visit.context, [(owner, row[link]) for row in rows if row.get(link)])
        return [titles.get((owner, row.get(link) or ""), "") for row in rows]
    names = [
        name
        for name, field in entity.fields.items()
        if field.type in ("phone", "email", "text") and name != entity.title_field
    ]
    found: list[str] = []
    for row in rows:
        value: Any = next((row[name] for name in names if row.get(name)), "")
        found.append(str(value))
    return found


routes = [("/{entity}/pick", ("GET",), pick), ("/{entity}/offers", ("POST",), offered)]
