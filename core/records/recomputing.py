"""Working computed fields out for all records, when their definition is new or has changed."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from ..catalog.catalog import Catalog
from ..context import Context
from ..schema.fields.computed import Rollup
from ..store.query import Query, Sort
from .records import Records
from .rollups import aggregate

__all__ = ["computed_fields", "differing", "recompute"]


def computed_fields(catalog: Catalog) -> dict[str, str]:
    """``entity.field`` → a text that changes whenever the field's values may have to be worked out anew."""
    found = {}
    for name, entity in catalog.entities.items():
        for field, kind in entity.fields.items():
            if kind.computed and catalog.is_stored(name, field):
                plain = kind.plain()
                if isinstance(kind, Rollup):  # the link may be another one although the field does not say so
                    plain["via"] = catalog.rollup_link(name, field)
                found[f"{name}.{field}"] = repr(
                    sorted((k, v) for k, v in plain.items() if k not in ("label", "help"))
                )
    return found


def recompute(records: Records, context: Context, changed: set[str]) -> int:
    """Bring the fields (``entity.field``) up to date on every record; gives how many records were written.

    Computed fields may build on each other across entities: each round settles one more layer of them, and there are no
    circles. No version is raised and no event written: nobody changed anything.
    """
    entities = {name.partition(".")[0] for name in changed}
    written = 0
    with records.store.transaction() as transaction:
        for _ in range(len(computed_fields(records.catalog)) + 1):
            before = written
            for entity in records.catalog.entities:
                if entity in entities:
                    for id, values in differing(records, context, entity, transaction):
                        transaction.update(entity, id, values)
                        written += 1
            if written == before:
                break
            entities |= {feed.parent for entity in tuple(entities) for feed in records.plan(entity).feeds}
    return written


def differing(
    records: Records, context: Context, entity: str, transaction: Any
) -> list[tuple[str, dict[str, Any]]]:
    """(id, computed field → what it would be now) of every record on which one is something else."""
    plan = records.plan(entity)
    rollups = _rollups(records, context, entity, transaction)
    env = records.env(context)
    found = []
    for row in _rows(transaction, entity):
        now = dict(row)
        for name, by_parent in rollups.items():
            now[name] = by_parent[row["id"]]
        for name, field, formula in plan.computed:
            now[name] = field.fit(formula.evaluate(now, env))
        values = {name: value for name, value in now.items() if row.get(name) != value}
        if values:
            found.append((row["id"], values))
    return found


def _rollups(
    records: Records, context: Context, entity: str, transaction: Any
) -> dict[str, Mapping[str, Any]]:
    """rollup → parent id → value."""
    env = records.env(context)
    found: dict[str, Mapping[str, Any]] = {}
    for name, field in records.plan(entity).entity.fields.items():
        if not isinstance(field, Rollup):
            continue
        link = records.catalog.rollup_link(entity, name)
        where = records.catalog.formulas.get(("entity", entity, "fields", name, "where"))
        children: dict[str, list[Any]] = defaultdict(list)
        for row in _rows(transaction, field.child):
            parent = row.get(link)
            if parent is not None and (where is None or where.evaluate(row, env)):
                children[parent].append(row)
        found[name] = _Values(field, children)
    return found


class _Values(dict[str, Any]):
    """parent id → value; a parent without records gets what an empty list gives."""

    def __init__(self, field: Rollup, children: Mapping[str, list[Any]]) -> None:
        super().__init__({parent: field.fit(aggregate(field, rows)) for parent, rows in children.items()})
        self._none = field.fit(aggregate(field, []))

    def __missing__(self, parent: str) -> Any:
        return self._none


def _rows(transaction: Any, table: str) -> list[Any]:
    """Every row, oldest first: the first and the last of them are asked for."""
    return list(transaction.find(Query(table, sort=(Sort("id"),), limit=10**9)))
