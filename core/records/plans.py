"""What saving a record of an entity takes, worked out once per catalog: columns, defaults, computed fields, rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..catalog.catalog import Catalog
from ..context import Context
from ..formula import Env, Formula
from ..problems import Label
from ..schema.definition import plain_number
from ..schema.entity import Entity
from ..schema.fields.attached import File
from ..schema.fields.computed import Rollup
from ..schema.fields.field import Field
from ..store.protocol import SYSTEM_COLUMNS, Column, Table
from ..store.query import Row
from ..store.unique import unique_set
from .demands import FormDemands, demands_of, fitting
from .holding import Held, held
from .lines import TablePlan, tables_of
from .requirements import Requirement, requirements_of

SERVICE_DOORS = frozenset({"automation", "seed"})
"""Doors through which definitions act, not people: they may set fields that are read-only to people."""


BRINGING_DOORS = frozenset({"import", "seed"})
"""Doors through which records come as they already are elsewhere: in the middle of a flow, with their dates."""


@dataclass(frozen=True, slots=True)
class RollupFeed:
    """A rollup on another entity that records of this one feed: through which link, over which field.

    ``aggregate`` and ``child_field`` are the rollup's, read once: every write asks for them. ``exact``: it keeps as
    many decimals as what it sums, so that adding and taking away never drifts.
    """

    parent: str
    name: str
    link: str
    rollup: Rollup
    where: Formula | None
    aggregate: str
    child_field: str | None
    exact: bool

    @property
    def asks_all(self) -> bool:
        """Whether a new child makes all children be looked at: what it brings does not tell the new value."""
        return self.aggregate == "average" or (self.aggregate == "sum" and not self.exact)


@dataclass(frozen=True, slots=True)
class EntityPlan:
    """Everything the write path needs to know about one entity.

    ``writable``: the fields that hold what is given, not computed; ``open``: those of them that people may give.
    ``blank``: what a new record holds before anything is filled in; ``told``: the fields that events tell of, each with
    what makes JSON of a value, or ``None`` where it is JSON as it is. ``computed``: the formulas that are kept, each
    after those it reads; ``reads``: the fields of the record that each of them looks at. ``many``: fields that list
    records → their entity; ``files``: fields that hold files; ``careful``: the fields whose values take more than
    their type to be read; ``listed_in``:
    (entity, field, on_delete) of the lists and tables that may name a record of this entity.
    """

    entity: Entity
    table: Table
    writable: Mapping[str, Field]
    open: Mapping[str, Field]
    blank: Mapping[str, Any]
    told: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    computed: tuple[tuple[str, Field, Formula], ...]
    reads: Mapping[str, frozenset[str]]
    virtual: Mapping[str, Formula]
    defaults: tuple[tuple[str, Any], ...]
    links: Mapping[str, str]
    series: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    forms: tuple[FormDemands, ...]
    held: Held | None
    feeds: tuple[RollupFeed, ...]
    incoming: tuple[tuple[str, str, str], ...]
    many: Mapping[str, str]
    tables: Mapping[str, TablePlan]
    files: Mapping[str, File]
    masked: frozenset[str]
    careful: frozenset[str]
    listed_in: tuple[tuple[str, str, str], ...]
    unique_messages: Mapping[tuple[str, ...], Label | None]

    def form_for(self, use: str, about: Context, row: Mapping[str, Any], env: Env) -> FormDemands | None:
        """The form that this person gets for this record; what it demands holds at every door."""
        return fitting(self.forms, use, about, row, env) if self.forms else None

    def defaults_for(self, about: Context, row: Row, env: Env) -> Iterable[tuple[str, Any]]:
        """What fills the empty fields of a new record: the entity's defaults, those of the person's form instead."""
        if about.door in SERVICE_DOORS or not any(form.defaults for form in self.forms):
            return self.defaults
        form = self.form_for("create", about, self.tried(row, env), env)
        return {**dict(self.defaults), **form.defaults}.items() if form is not None else self.defaults

    def tried(self, row: Row, env: Env) -> Row:
        """A new record with the entity's defaults, as far as they can be told: what chooses its form."""
        tried = dict(row)
        for name, default in self.defaults:
            if tried.get(name) is None:
                tried[name] = default.evaluate(tried, env) if isinstance(default, Formula) else default
        return tried

    def completed(self, row: Row, env: Env) -> Row:
        """The row with the formulas that are no columns worked out, each as a column of its type would keep it."""
        if not self.virtual:
            return row
        row = dict(row)
        for name, formula in self.virtual.items():
            row[name] = self.entity.fields[name].fit(formula.evaluate(row, env))
        return row


def plan_of(catalog: Catalog, name: str) -> EntityPlan:
    """Work out the plan of one entity."""
    entity = catalog.entities[name]
    formulas = {
        field: catalog.formulas["entity", name, "fields", field, "formula"]
        for field, kind in entity.fields.items()
        if kind.type == "formula"
    }
    stored = {field: formula for field, formula in formulas.items() if catalog.is_stored(name, field)}
    kept = {field: kind for field, kind in entity.fields.items() if kind.column is not None}
    writable = {field: kind for field, kind in kept.items() if not kind.computed}
    many = {field: to for field, kind in writable.items() if (to := kind.leads_to_many) is not None}
    tables = tables_of(catalog, entity)
    files = {field: kind for field, kind in writable.items() if isinstance(kind, File)}
    return EntityPlan(
        entity=entity,
        table=table_of(catalog, entity),
        writable=writable,
        open={field: kind for field, kind in writable.items() if not kind.readonly},
        blank={**dict.fromkeys(writable), **initial(entity)},
        told=tuple((field, _json_maker(kept[field])) for field in sorted(kept)),
        computed=tuple((field, entity.fields[field], stored[field]) for field in _by_dependence(stored)),
        reads={field: frozenset(path[0] for path in formula.uses) for field, formula in stored.items()},
        virtual={field: formulas[field] for field in _by_dependence(formulas) if field not in stored},
        defaults=tuple(_defaults(catalog, entity)),
        links=catalog.links[name],
        series=tuple(f for f, kind in entity.fields.items() if kind.type == "number_series"),
        requirements=tuple(requirements_of(catalog, entity, formulas)),
        forms=demands_of(catalog, entity, formulas),
        held=held(entity),
        feeds=tuple(_feeds(catalog, name)),
        incoming=tuple(
            (other, field, getattr(catalog.entities[other].fields[field], "on_delete", "refuse"))
            for other, links in catalog.links.items()
            for field, target in links.items()
            if target == name
        ),
        many=many,
        tables=tables,
        files=files,
        masked=frozenset(field for field, kind in writable.items() if kind.masked),
        careful=frozenset((*catalog.links[name], *many, *tables, *files)),
        listed_in=tuple(_listed_in(catalog, name)),
        unique_messages={tuple(unique.fields): unique.message for unique in entity.unique},
    )


def _listed_in(catalog: Catalog, name: str) -> Iterator[tuple[str, str, str]]:
    for other, entity in catalog.entities.items():
        for field, kind in entity.fields.items():
            if kind.leads_to_many == name:
                yield other, field, getattr(kind, "on_delete", "clear")
            elif any(column.leads_to == name for column in getattr(kind, "fields", {}).values()):
                yield other, field, "refuse"


def _json_maker(field: Field) -> Callable[[Any], Any] | None:
    worker = getattr(field, "worker", field)
    if type(worker).to_json is not Field.to_json:
        return worker.to_json
    return plain_number if worker.column == "decimal" else None


def initial(entity: Entity) -> dict[str, Any]:
    """The rollups of a record to which nothing belongs yet: counts and sums are zero, the rest empty."""
    return {
        name: (0 if field.aggregate == "count" else field.fit(0) if field.aggregate == "sum" else None)
        for name, field in entity.fields.items()
        if isinstance(field, Rollup)
    }


def table_of(catalog: Catalog, entity: Entity) -> Table:
    """The table that keeps an entity's records."""
    columns = [
        Column(name, field.column, field.scale, indexed=_indexed(catalog, entity, name, field))
        for name, field in entity.fields.items()
        if field.column is not None and catalog.is_stored(entity.name, name)
    ]
    return Table(
        entity.name,
        SYSTEM_COLUMNS + tuple(columns),
        search=_searched(catalog, entity),
        unique=tuple(unique_set(unique.fields, unique.normalise) for unique in entity.unique),
    )


def _searched(catalog: Catalog, entity: Entity) -> tuple[str, ...]:
    """What ``search`` names, or else the title and what identifies a record; and fields that say ``search: true``.

    A text that a workspace adds to a plugin's entity is looked at too: nobody should have to copy the plugin's list.
    """
    node = catalog.merged["entity", entity.name].node
    theirs = node.at(("search",)).layer != "workspace" and node.layer != "workspace"
    found = set(entity.search or ())
    for name, field in entity.fields.items():
        usual = entity.search is None and (name == entity.title_field or field.type in _IDENTIFYING)
        added = theirs and field.type in _TEXTS and node.at(("fields", name)).layer == "workspace"
        if (
            field.column == "text"
            and not field.masked
            and (usual or added if field.search is None else field.search)
        ):
            found.add(name)
    return tuple(name for name in entity.fields if name in found)


_IDENTIFYING = frozenset({"phone", "email", "number_series"})
_TEXTS = _IDENTIFYING | {"text", "long_text", "url"}


def _indexed(catalog: Catalog, entity: Entity, name: str, field: Field) -> bool:
    """Links, choices, the title, and whatever a view of the entity sorts or lays out by: found fast."""
    if field.index is not None:
        return field.index
    views = [view for view in catalog.views.values() if view.entity == entity.name]
    sorted_by = {key.lstrip("-") for view in views for key in view.sort}
    sorted_by |= {field for view in views for field in view.moments.values()}
    kinds = ("link", "user", "choice", "stage", "number_series", "date")
    return field.type in kinds or name == entity.title_field or name in sorted_by


def _defaults(catalog: Catalog, entity: Entity) -> list[tuple[str, Any]]:
    defaults: list[tuple[str, Any]] = []
    for name, field in entity.fields.items():
        formula = catalog.formulas.get(("entity", entity.name, "fields", name, "default"))
        if formula is not None:
            defaults.append((name, formula))
        elif field.default is not None:
            defaults.append((name, field.coerce(field.default)))
        elif field.type == "stage":
            flow = catalog.flow_of(entity.name, name)
            if flow is not None:
                defaults.append((name, (flow.start or tuple(flow.stages))[0]))
    return defaults


def _feeds(catalog: Catalog, child: str) -> list[RollupFeed]:
    found = []
    for parent, entity in catalog.entities.items():
        for name, field in entity.fields.items():
            if isinstance(field, Rollup) and field.child == child:
                where = catalog.formulas.get(("entity", parent, "fields", name, "where"))
                link = catalog.rollup_link(parent, name)
                summed = catalog.entities[child].fields.get(field.child_field or "")
                exact = summed is None or field.scale >= summed.scale
                found.append(
                    RollupFeed(parent, name, link, field, where, field.aggregate, field.child_field, exact)
                )
    return found


def _by_dependence(formulas: Mapping[str, Formula]) -> list[str]:
    """Formula fields in an order in which each comes after those it reads (the catalog has refused circles)."""
    order: dict[str, None] = {}

    def visit(name: str) -> None:
        if name not in order:
            for path in formulas[name].uses:
                if path[0] in formulas and path[0] != name:
                    visit(path[0])
            order[name] = None

    for name in formulas:
        visit(name)
    return list(order)
