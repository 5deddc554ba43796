"""Rows as JSON: for every entity which members there are, worked out once for each catalog."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter
from typing import Any

from ...context import Context
from ...problems import Problem, Refused, closest
from ...records.plans import EntityPlan
from ...records.records import Records
from ...schema.fields.field import Field
from ...schema.fields.values import shortened
from ...store.query import Row
from ..requests import json_number

__all__ = ["SYSTEM_FIRST", "SYSTEM_LAST", "Shape", "Shapes", "etag_of"]

SYSTEM_FIRST = ("id", "version")
SYSTEM_LAST = ("external_id", "created_at", "created_by", "changed_at", "changed_by")
"""The members that every record has, before and behind its fields."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Records of one entity in JSON.

    ``names``: the members in order; ``own``: those whose JSON is worked out before (the others are what
    :func:`~kehu.core.web.requests.to_json` makes of them); ``links``: link field → entity; ``steady``: whether
    everything that the record shows is covered by its version.
    """

    plan: EntityPlan
    names: tuple[str, ...]
    own: tuple[tuple[str, Callable[[Any], Any]], ...]
    links: dict[str, str]
    steady: bool

    @property
    def entity(self) -> str:
        """The entity's name."""
        return self.plan.entity.name

    def only(self, wanted: Collection[str]) -> "Shape":
        """The same with these members alone, and the id."""
        names = tuple(name for name in self.names if name in wanted or name == "id")
        own = tuple(pair for pair in self.own if pair[0] in wanted)
        links = {name: to for name, to in self.links.items() if name in wanted}
        return Shape(self.plan, names, own, links, self.steady)

    def chosen(self, text: str | None) -> "Shape":
        """The shape that ``?fields=a,b`` asks for. Raises :class:`Refused` for names that are none of its members."""
        if not text:
            return self
        wanted = {name.strip() for name in text.split(",") if name.strip()}
        unknown = sorted(wanted.difference(self.names))
        if unknown:
            raise Refused([self._no_member(name) for name in unknown[:20]])
        return self.only(wanted)

    def _no_member(self, name: str) -> Problem:
        values = {"name": "fields", "given": shortened(name), "available": self.names}
        return Problem("parameter_value", values, field="fields", instead=closest(name, self.names))

    def plain(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """The rows as objects for :func:`~kehu.core.web.requests.to_json`."""
        names, values = self.names, self._values()
        found = [dict(zip(names, values(row), strict=True)) for row in rows]
        for name, to_json in self.own:
            for item in found:
                item[name] = to_json(item[name])
        return found

    def _values(self) -> Callable[[Row], Sequence[Any]]:
        if len(self.names) == 1:
            single = self.names[0]
            return lambda row: (row[single],)
        return itemgetter(*self.names)

    def add_titles(self, records: Records, context: Context, items: list[dict[str, Any]]) -> None:
        """Put the titles of linked records beside their ids: ``customer`` gets a ``customer_title``."""
        links = {
            name: to for name, to in self.links.items() if f"{name}_title" not in self.plan.entity.fields
        }
        wanted = {(to, item[name]) for item in items for name, to in links.items() if item[name] is not None}
        titles = records.titles(context, wanted)
        for item in items:
            for name, to in links.items():
                item[f"{name}_title"] = titles.get((to, item[name]))


class Shapes:
    """The shapes of all entities under one catalog."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._known: dict[str, Shape] = {}

    def of(self, entity: str) -> Shape:
        """The shape of an entity. Raises :class:`Refused` (``missing``) for an unknown one."""
        shape = self._known.get(entity)
        if shape is None:
            shape = self._known[entity] = _shape(self.records, entity)
        return shape


def _shape(records: Records, entity: str) -> Shape:
    plan = records.plan(entity)
    columns = {column.name for column in plan.table.columns}
    system = {*SYSTEM_FIRST, *SYSTEM_LAST}
    fields = {
        name: field
        for name, field in plan.entity.fields.items()
        if (name in columns or name in plan.virtual) and name not in system
    }
    derived = plan.virtual or any(field.type == "rollup" for field in fields.values())
    return Shape(
        plan,
        (*SYSTEM_FIRST, *fields, *SYSTEM_LAST),
        tuple(_own(plan, fields)),
        {name: to for name, to in plan.links.items() if name in fields},
        steady=not derived,
    )


def _own(plan: EntityPlan, fields: Mapping[str, Field]) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    numbers = {column.name for column in plan.table.columns if column.kind == "decimal"}
    for name, field in fields.items():
        worker: Field = getattr(field, "worker", field)
        if type(worker).to_json is not Field.to_json:
            yield name, field.to_json
        elif name in numbers:  # a list has hundreds of them: here they cost half of what they cost one by one
            yield name, json_number


def etag_of(shape: Shape, version: int, body: bytes, titled: bool = False) -> str:
    """The entity tag: the version, and a digest behind it where a version may show different values over time."""
    if shape.steady and not titled:
        return f'"{version}"'
    return f'"{version}.{blake2b(body, digest_size=6).hexdigest()}"'
