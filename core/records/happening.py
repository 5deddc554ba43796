"""What a write did: the change that rules, plugins and automations look at, and the event that the log keeps of it."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from ..context import Context
from ..hooks import Change
from ..store.ids import new_id
from ..store.query import Event, Row
from .plans import EntityPlan

__all__ = ["change_of", "event_of"]


def change_of(plan: EntityPlan, before: Row | None, after: Row | None, about: Context) -> Change:
    """The change from one row to another; ``None``: there was none, or there is none any more."""
    fields, only = plan.entity.fields, after or before or {}
    if before is None or after is None:
        differing = frozenset([name for name in fields if only.get(name) is not None])
    else:
        differing = frozenset([name for name in fields if before.get(name) != after.get(name)])
    kind: Literal["created", "changed", "deleted"]
    kind = "created" if before is None else "deleted" if after is None else "changed"
    return Change(plan.entity.entity, only["id"], kind, before, after, differing, about)


def event_of(plan: EntityPlan, change: Change, definitions: str) -> Event:
    """The event that tells of a change. ``definitions``: the version of the catalog it was made under."""
    about, row = change.context, change.after or change.before or {}
    return Event(
        id=new_id(),
        at=about.now,
        table=change.entity,
        record=change.id,
        kind=change.kind,
        version=row["version"],
        actor=about.actor,
        door=about.door,
        changes=_told(plan, change),
        definitions=definitions,
        batch=about.batch,
        reason=about.reason,
    )


def _told(plan: EntityPlan, change: Change) -> dict[str, tuple[Any, Any]]:
    """The fields that changed → (before, after) as JSON values."""
    before, after, changed = change.before, change.after, change.changed
    if before is None and after is not None:  # every field of every imported row comes by here
        return {
            name: (None, value if to_json is None else to_json(value))
            for name, to_json in plan.told
            if (value := after.get(name)) is not None
        }
    return {
        name: (_json(to_json, before, name), _json(to_json, after, name))
        for name, to_json in plan.told
        if name in changed
    }


def _json(to_json: Callable[[Any], Any] | None, row: Mapping[str, Any] | None, name: str) -> Any:
    value = None if row is None else row.get(name)
    return value if value is None or to_json is None else to_json(value)
