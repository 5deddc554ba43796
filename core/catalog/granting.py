"""Roles cross-checked: does everything they name exist, and can the rights that they give be used?"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..problems import Problem, closest
from ..schema.entity import Entity
from ..schema.role import Allowed, Role
from .catalog import Catalog
from .places import Where

__all__ = ["check_role_names", "check_roles"]


def check_role_names(definitions: Mapping[str, Mapping[str, Any]], where: Where) -> Iterator[Problem]:
    """Entities, fields, views and dashboards that roles name and that are not there."""
    entities: Mapping[str, Entity] = definitions["entity"]
    for name, role in definitions["role"].items():
        for entity, allowed in role.can.items():
            yield from _named(where, "unknown_entity", entity, entities, "role", name, "can", entity)
            if entity in entities:
                yield from _fields(where, name, entities[entity], allowed)
        for key, kind in (("views", "view"), ("dashboards", "dashboard")):
            for i, wanted in enumerate(getattr(role, key) or ()):
                yield from _named(where, f"unknown_{kind}", wanted, definitions[kind], "role", name, key, i)


def _fields(where: Where, role: str, entity: Entity, allowed: Allowed) -> Iterator[Problem]:
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("hide", i), field) for i, field in enumerate(allowed.hide)
    ]
    named += [(("read_only", i), field) for i, field in enumerate(allowed.read_only)]
    named += [(("mask", field), field) for field in allowed.mask]
    for path, field in named:
        at = ("role", role, "can", entity.entity, *path)
        yield from _named(where, "unknown_field", field, entity.fields, *at, entity=entity.shown)


def _named(
    where: Where, code: str, wanted: str, available: Collection[str], *path: str | int, **more: Any
) -> Iterator[Problem]:
    if wanted not in available:
        values = {"name": wanted, "available": list(available), **more}
        kind, name, *rest = path
        place = where.word(wanted, str(kind), str(name), *rest)
        yield Problem(code, values, place, instead=closest(wanted, available))


def check_roles(catalog: Catalog, where: Where) -> Iterator[Problem]:
    """Titles that are kept from people who see the record, dots for what is no text, records nobody can fill in."""
    for role in catalog.roles.values():
        for name, allowed in role.can.items():
            yield from _meant(catalog, where, role, catalog.entities[name], allowed)


def _meant(catalog: Catalog, where: Where, role: Role, entity: Entity, allowed: Allowed) -> Iterator[Problem]:
    at = ("role", role.role, "can", entity.entity)
    for key in ("hide", "mask"):
        if entity.title_field in getattr(allowed, key):
            values = {"label": entity.fields[entity.title_field].label, "entity": entity.shown}
            yield Problem("role_hides_title", values, where.place(at[0], at[1], *at[2:], key))
    for field in allowed.mask:
        if entity.fields[field].column != "text" or entity.fields[field].leads_to is not None:
            values = {"label": entity.fields[field].label}
            yield Problem("mask_needs_text", values, where.place(at[0], at[1], *at[2:], "mask", field))
    if allowed.create == "none":
        return
    for field in (*allowed.hide, *allowed.read_only):
        kind = entity.fields[field]
        filled = (kind.default, kind.computed or None, kind.type == "stage" or None)
        if kind.required and all(each is None for each in filled):
            values = {"label": kind.label, "entity": entity.shown}
            place = where.place(at[0], at[1], *at[2:], "create")
            yield Problem("role_needs_hidden", values, place, level="warning")
