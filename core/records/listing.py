"""Records that link to others: what several links mean, and what becomes of links when a record is deleted."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..context import Context
from ..problems import Problem, Refused
from ..schema.fields.field import Field
from ..schema.fields.links import Several
from ..schema.fields.table import Table
from ..schema.fields.values import shortened
from ..store.query import Query, Row, Sort
from .plans import EntityPlan

if TYPE_CHECKING:
    from .unit import Unit

__all__ = ["listed_records", "release"]

PAGE = 500


def listed_records(unit: "Unit", name: str, field: Field, texts: Sequence[str], target: str) -> list[str]:
    """The ids of the records that these texts mean. Raises :class:`Refused` with every text that means none."""
    ids: dict[str, None] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            id = unit.resolve(target, text)
        except Refused as refusal:
            problems += refusal.problems
            continue
        if id is None:
            label = unit.records.plan(target).entity.shown
            values = {"label": field.label, "entity": label, "text": shortened(text)}
            problems.append(Problem("link_leads_nowhere", values, field=name))
        else:
            ids[id] = None
    if problems:
        raise Refused(problems)
    return list(ids)


def release(
    unit: "Unit", plan: EntityPlan, row: Row, about: Context, leaving: Collection[tuple[str, str]]
) -> None:
    """Deal with the records that link to one about to be deleted. ``leaving``: (entity, id) of those that go anyway."""
    inside = about.through("automation", reason=f"delete {plan.entity.entity}/{row['id']}")
    for other, link, on_delete in plan.incoming:
        linked = [
            child for child in unit.children(other, link, row["id"]) if (other, child["id"]) not in leaving
        ]
        if linked and on_delete == "refuse":
            raise _still_linked(unit, plan, other, linked, about)
        for child in linked:
            if on_delete == "clear":
                unit.update(other, child["id"], {link: None}, context=inside)
            elif unit.get(other, child["id"]) is not None:
                unit.delete(other, child["id"], context=inside)
    if (plan.entity.entity, row["id"]) not in unit.unlisted:
        _release_listed(unit, plan, row["id"], inside, leaving)


def _still_linked(
    unit: "Unit", plan: EntityPlan, other: str, linked: Sequence[Row], about: Context
) -> Refused:
    """What holds the record: counted where this person sees it, else without a word of what it is."""
    seen = [row for row in linked if unit.records.sees(about, other, row, unit.env(context=about))]
    if not seen:
        return Refused([Problem("still_linked_unseen", {"entity": plan.entity.shown})], "conflict")
    label = unit.records.plan(other).entity.shown
    values = {"entity": plan.entity.shown, "others": label, "count": len(seen)}
    return Refused([Problem("still_linked", values)], "conflict")


def _release_listed(
    unit: "Unit", plan: EntityPlan, id: str, about: Context, leaving: Collection[tuple[str, str]]
) -> None:
    """It is taken out of the lists that name it, or kept for them.

    A record that stands on a row of a table stays: who sold what is not forgotten with it.
    """
    for other, name, on_delete in plan.listed_in:
        field = unit.records.plan(other).entity.fields[name]
        holders = [
            row
            for row in _all(unit, other)
            if (other, row["id"]) not in leaving and _holds(field, row.get(name), id, plan.entity.name)
        ]
        if not holders:
            continue
        if on_delete == "refuse":
            raise _still_linked(unit, plan, other, holders, about)
        for row in holders:
            unit.update(other, row["id"], {name: [each for each in row[name] if each != id]}, context=about)


def _holds(field: Field, value: Any, id: str, entity: str) -> bool:
    if not value:
        return False
    if isinstance(field, Several):
        return id in value
    columns = [name for name, column in getattr(field, "fields", {}).items() if column.leads_to == entity]
    return isinstance(field, Table) and any(row.get(name) == id for row in value for name in columns)


def _all(unit: "Unit", entity: str) -> Iterator[Row]:
    """Every record of an entity as it stands within the unit; lists have no index, and deleting is rare."""
    after: list[Any] | None = None
    while True:
        rows = unit.transaction.find(Query(entity, sort=(Sort("id"),), after=after, limit=PAGE))
        for row in rows:
            if (known := unit.get(entity, row["id"])) is not None:
                yield known
        if len(rows) < PAGE:
            return
        after = [rows[-1]["id"]]
