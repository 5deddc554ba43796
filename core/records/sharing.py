"""Sharing a record with a person or a team, and handing records over: each in one transaction, told in the history."""

from collections.abc import Mapping, Sequence
from typing import Literal

from ..context import Context
from ..formula import Formula, both, condition
from ..problems import Problem, Refused
from ..schema.fields.links import PEOPLE, TEAMS
from ..store.ids import is_id, new_id
from ..store.query import Event
from .records import Records
from .rights import authorize
from .shares import Share, share, shares_of, unshare

__all__ = ["MOST", "hand_over", "hand_over_all", "share_record", "shared_with", "unshare_record"]

MOST = 10_000
"""Records that are handed over at once, at most."""

WITH = (PEOPLE, TEAMS)


def shared_with(records: Records, context: Context, entity: str, id: str) -> list[Share]:
    """With whom a record is shared; for whoever sees it."""
    records.get(context, entity, id)
    return shares_of(records.store, entity, id)


def share_record(
    records: Records,
    context: Context,
    entity: str,
    id: str,
    kind: str,
    with_: str,
    right: Literal["read", "change"],
) -> None:
    """Let a person or a team see a record, or change it too; whoever may change it may share it.

    Raises :class:`Refused` where the right is missing, or there is no such person or team.
    """
    _may_share(records, context, entity, id)
    known = kind in WITH and is_id(with_) and records.titles(context, [(kind, with_)])
    if not known or right not in ("read", "change"):
        raise Refused([Problem("share_with_nobody", field="with")])
    with records.unit(context) as unit:
        share(unit.transaction, entity, id, kind, with_, right, context)
        unit.transaction.log(
            _event(records, context, entity, id, "shared", {kind: (None, f"{with_} {right}")})
        )


def unshare_record(records: Records, context: Context, entity: str, id: str, share_id: str) -> None:
    """Take a share back."""
    _may_share(records, context, entity, id)
    with records.unit(context) as unit:
        known = next((each for each in shares_of(unit.transaction, entity, id) if each.id == share_id), None)
        if known is None:
            raise Refused([Problem("share_is_gone")], "missing")
        unshare(unit.transaction, entity, id, share_id)
        was = {known.kind: (f"{known.with_} {known.right}", None)}
        unit.transaction.log(_event(records, context, entity, id, "unshared", was))


def _may_share(records: Records, context: Context, entity: str, id: str) -> None:
    records.get(context, entity, id)
    authorize(records.rights, context, "change", entity, records.store.get(entity, id))


def _event(
    records: Records,
    context: Context,
    entity: str,
    id: str,
    kind: str,
    changes: Mapping[str, tuple[object, object]],
) -> Event:
    row = records.store.get(entity, id) or {}
    return Event(
        id=new_id(),
        at=context.now,
        table=entity,
        record=id,
        kind=kind,
        version=row.get("version", 0),
        actor=context.actor,
        door=context.door,
        changes=changes,
        definitions=records.whole.catalog.version,
        batch=context.batch,
        reason=context.reason,
    )


def hand_over(records: Records, context: Context, entity: str, ids: Sequence[str], to: str) -> int:
    """Make somebody else the owner of records: all of them, or none. Gives how many changed hands.

    Raises :class:`Refused` for an entity whose records have no owner, and wherever one may not be changed.
    """
    field = records.plan(entity).entity.owner_field
    if field not in records.plan(entity).writable:
        raise Refused([Problem("no_owner_to_change", {"entity": records.plan(entity).entity.shown})])
    if not (is_id(to) and records.titles(context, [(PEOPLE, to)])):
        raise Refused([Problem("share_with_nobody", field="to")])
    if len(ids) > MOST:
        raise Refused([Problem("too_many_to_hand_over", {"count": len(ids), "max": MOST})])
    with records.unit(context) as unit:
        for id in ids:
            unit.update(entity, id, {field: to})
        return len(unit.changes)


def hand_over_all(
    records: Records, context: Context, entity: str, owner: str, to: str, where: Formula | None = None
) -> int:
    """Hand over every record of an owner that this person may change, and that meets a condition."""
    field = records.plan(entity).entity.owner_field
    theirs = condition(records.scope(entity), field, "is", owner)
    wanted = records.where(context, entity, theirs if where is None else both(where, theirs), "change")
    rows = records.find(context, entity, wanted, limit=MOST + 1, fields=()).rows
    if not rows:
        raise Refused([Problem("nothing_to_hand_over", {"entity": records.plan(entity).entity.shown})])
    return hand_over(records, context, entity, [row["id"] for row in rows], to)
