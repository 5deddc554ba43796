"""Values as pages show them: one cell for each value, made by functions chosen once per column."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from ...catalog.catalog import Catalog
from ...catalog.resolving import PEOPLE
from ...problems import Label
from ...schema.fields.field import Field
from ...schema.fields.table import Table
from ...store.query import Row
from .showing import shown
from .visit import Visit

__all__ = ["SYSTEM", "Column", "Titles", "cells_of", "column_of", "person", "titles_for"]

Titles = Mapping[tuple[str, str], str]

SYSTEM: Mapping[str, tuple[str, Label]] = {
    "created_at": ("datetime", Label("创建时间", "Created at")),
    "changed_at": ("datetime", Label("修改时间", "Changed at")),
    "created_by": ("user", Label("创建人", "Created by")),
    "changed_by": ("user", Label("修改人", "Changed by")),
    "external_id": ("text", Label("外部编号", "External ID")),
    "id": ("text", Label("编号", "ID")),
}
"""System columns that pages may show: kind and label."""

_KINDS = {
    "long_text": "long_text", "number": "number", "integer": "integer", "money": "money", "percent": "percent",
    "yes_no": "yes_no", "date": "date", "datetime": "datetime", "choice": "choice", "choices": "choices",
    "tags": "tags", "email": "email", "phone": "phone", "url": "url", "user": "user", "link": "link", "stage": "stage",
    "team": "link", "links": "links", "users": "users", "duration": "number", "score": "number", "rating": "rating",
    "address": "long_text", "colour": "colour", "rich_text": "shown", "signature": "shown", "json": "shown",
    "table": "shown", "location": "shown", "file": "shown", "files": "shown", "image": "image",
    "created_at": "datetime", "changed_at": "datetime", "created_by": "user", "changed_by": "user",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A field as a column: its kind decides what its cells are (``pages/README.md``, "Cells")."""

    name: str
    label: str
    kind: str
    field: Field | None
    target: str | None


def column_of(visit: Visit, entity: str, name: str) -> Column:
    """The column of a field of an entity, or of a system column."""
    catalog = visit.catalog
    field = catalog.entities[entity].fields.get(name)
    if field is None:
        kind, label = SYSTEM[name]
        return Column(name, label.in_(visit.language), kind, None, PEOPLE if kind == "user" else None)
    kind, target = _kind(catalog, entity, name, field)
    return Column(name, field.label.in_(visit.language), kind, field, target)


def titles_for(visit: Visit, columns: Iterable[Column], rows: Sequence[Row]) -> Titles:
    """The titles of all records that these rows link to, asked for at once."""
    leading = [column for column in columns if column.target is not None or isinstance(column.field, Table)]
    wanted = {pair for column in leading for row in rows for pair in _linked(column, row.get(column.name))}
    return visit.records.titles(visit.context, wanted) if wanted else {}


def _linked(column: Column, value: Any) -> Iterator[tuple[str, str]]:
    """(entity, id) of the records that a value names."""
    if value is None:
        return
    if column.target is not None:
        yield from ((column.target, id) for id in (value if isinstance(value, list) else (value,)))
    elif isinstance(column.field, Table):
        for name, each in column.field.fields.items():
            if each.leads_to is not None:
                yield from ((each.leads_to, row[name]) for row in value if row.get(name))


def cells_of(visit: Visit, columns: Sequence[Column], titles: Titles) -> list[Callable[[Row], Any]]:
    """A function for each column that gives a row's cell."""
    return [_maker(visit, column, titles) for column in columns]


def person(id: str, name: str) -> dict[str, Any]:
    """A person as a badge: the last character of a Chinese name, the first letter of another."""
    initial = (name[-1] if name and name[0] > "\u2e80" else name[:1].upper()) or "?"
    return {"text": name, "initial": initial, "tint": crc32(id.encode()) % 8 + 1}


def _kind(catalog: Catalog, entity: str, name: str, field: Field) -> tuple[str, str | None]:
    target = catalog.links[entity].get(name)
    if field.type in ("formula", "rollup"):
        kind = _KINDS.get(field.formula_type, "text")
        if kind == "choice" or field.formula_type in ("record", "list"):
            kind = "text"
        return kind, None
    if field.type in ("created_by", "changed_by"):
        target = PEOPLE
    target = target or field.leads_to_many
    return _KINDS.get(field.type, "text"), target


def _maker(visit: Visit, column: Column, titles: Titles) -> Callable[[Row], Any]:
    name, field, language, zone = column.name, column.field, visit.language, visit.context.zone
    match column.kind:
        case "yes_no":
            return lambda row: row.get(name)
        case "choice" | "stage":
            return _options(name, field, language)
        case "choices" | "tags":
            return _badges(name, field, language)
        case "user":
            people = {id: person(id, title) for (_, id), title in titles.items()}
            return lambda row: people.get(row.get(name) or "")
        case "link":
            target = column.target or ""
            return _links(name, target, titles)
        case "links":
            return _several(name, column.target or "", titles)
        case "users":
            every = {id: person(id, title) for (_, id), title in titles.items()}
            return lambda row: [every[id] for id in row.get(name) or () if id in every]
        case "colour":
            return lambda row: {"text": value} if (value := row.get(name)) else None
        case "image":
            return lambda row: (
                {"text": value["name"], "url": f"/files/{value['id']}"}
                if isinstance(value := row.get(name), dict)
                else None
            )
        case "shown" if field is not None:
            return lambda row: (
                shown(visit, field, value, titles) if (value := row.get(name)) is not None else ""
            )
        case "datetime" if field is None:
            return lambda row: f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if (value := row.get(name)) else ""
    if field is None:
        return lambda row: str(row.get(name) or "")
    display = field.display
    return lambda row: "" if (value := row.get(name)) is None else display(value, language, zone)


def _options(name: str, field: Any, language: Any) -> Callable[[Row], Any]:
    badges = {
        option: {"text": each.label.in_(language), "colour": each.colour or "grey"}
        for option, each in (getattr(field, "options", None) or {}).items()
    }
    return lambda row: badges.get(row.get(name))


def _badges(name: str, field: Any, language: Any) -> Callable[[Row], Any]:
    options = getattr(field, "options", None) or {}
    badges = {
        option: {"text": each.label.in_(language), "colour": each.colour or "grey"}
        for option, each in options.items()
    }
    return lambda row: [
        badges.get(value) or {"text": value, "colour": "grey"} for value in row.get(name) or ()
    ]


def _several(name: str, target: str, titles: Titles) -> Callable[[Row], Any]:
    return lambda row: [
        {"text": titles[target, id], "url": f"/{target}/{id}"}
        for id in row.get(name) or ()
        if (target, id) in titles
    ]


def _links(name: str, target: str, titles: Titles) -> Callable[[Row], Any]:
    def cell(row: Row) -> Any:
        id = row.get(name)
        title = titles.get((target, id)) if id else None
        return {"text": title, "url": f"/{target}/{id}"} if title is not None else None

    return cell
