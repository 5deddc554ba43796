"""Rollups kept current: when a record changes, the sums and counts on the records it belongs to follow at once."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..hooks import Change
from ..schema.fields.computed import Rollup
from ..store.query import Row
from .plans import EntityPlan, RollupFeed

if TYPE_CHECKING:
    from .unit import Unit

__all__ = ["Derived", "aggregate"]

Key = tuple[str, str]
"""A record: its entity and its id."""

Move = tuple[RollupFeed, Any, Any]
"""A rollup, and what leaves and what enters it."""

NOTHING = object()
"""No part in a rollup; ``None`` would be a value that is empty."""


class Derived:
    """Derived values waiting to be written: many children of one parent cost one write of the parent.

    Derived values are no change of the record by anybody: they raise no version and write no event.
    """

    def __init__(self, unit: "Unit") -> None:
        self._unit = unit
        self._pending: dict[Key, dict[str, Any]] = {}
        self._undo: list[tuple[Key, dict[str, Any] | None]] = []
        self.written: list[tuple[str, Row, Row]] = []

    def follow(self, plan: EntityPlan, change: Change) -> None:
        """Bring the rollups up to date that this change feeds."""
        moves: dict[Key, list[Move]] = {}
        for feed in plan.feeds:
            for parent, gone, come in self._moves(feed, change):
                moves.setdefault((feed.parent, parent), []).append((feed, gone, come))
        for key, found in moves.items():
            self._refresh(key, found, change)

    def over(self, entity: str, id: str, row: Row) -> Row:
        """The row with the values that are still waiting laid over it."""
        pending = self._pending.get((entity, id))
        return row | pending if pending else row

    def mark(self) -> tuple[int, int]:
        """Where things stand, for :meth:`return_to`."""
        return len(self._undo), len(self.written)

    def return_to(self, mark: tuple[int, int]) -> None:
        """Forget what was derived since the mark."""
        undone, written = mark
        while len(self._undo) > undone:
            key, before = self._undo.pop()
            if before is None:
                self._pending.pop(key, None)
            else:
                self._pending[key] = before
        del self.written[written:]

    def take(self, entity: str, id: str) -> Mapping[str, Any]:
        """What is waiting for a record that is about to be written: the writer writes it along."""
        pending = self._pending.pop((entity, id), None)
        if pending is None:
            return {}
        self._undo.append(((entity, id), pending))
        return pending

    def flush(self) -> None:
        """Write what is pending."""
        pending, self._pending = self._pending, {}
        by_entity: dict[str, dict[str, dict[str, Any]]] = {}
        for (entity, id), values in pending.items():
            self._undo.append(((entity, id), values))
            by_entity.setdefault(entity, {})[id] = values
        for entity, changes in by_entity.items():
            self._unit.transaction.update_many(entity, changes)

    def _moves(self, feed: RollupFeed, change: Change) -> Iterator[tuple[str, Any, Any]]:
        """(parent, what leaves its rollup, what enters it), of the parents whose rollup this change may alter."""
        if change.before is None:
            come = self._part(feed, change.after)
            if come is not NOTHING and change.after:
                yield change.after[feed.link], NOTHING, come
            return
        if change.kind == "changed" and not self._matters(feed, change):
            return
        gone, come = self._part(feed, change.before), self._part(feed, change.after)
        was = change.before[feed.link] if gone is not NOTHING and change.before else None
        now = change.after[feed.link] if come is not NOTHING and change.after else None
        if was == now:
            if was is not None:
                yield was, gone, come
            return
        if was is not None:
            yield was, gone, NOTHING
        if now is not None:
            yield now, NOTHING, come

    @staticmethod
    def _matters(feed: RollupFeed, change: Change) -> bool:
        read = {feed.link, feed.rollup.child_field} | {
            path[0] for path in (feed.where.uses if feed.where else ())
        }
        return not read.isdisjoint(change.changed)

    def _part(self, feed: RollupFeed, row: Mapping[str, Any] | None) -> Any:
        """What a child's row is in the rollup of its parent: its value, 1 in a count, or ``NOTHING``."""
        if row is None or row.get(feed.link) is None:
            return NOTHING
        value = 1 if feed.child_field is None else row.get(feed.child_field)
        if value is None or (feed.where is not None and not feed.where.evaluate(row, self._unit.env())):
            return NOTHING
        return value

    def _refresh(self, key: Key, moves: list[Move], change: Change) -> None:
        unit = self._unit
        parent = unit.get(*key)
        if parent is None:
            return
        plan = unit.records.plan(key[0])
        values: dict[str, Any] = {}
        for feed, gone, come in moves:
            value = feed.rollup.fit(self._adjusted(feed, parent, gone, come, change))
            if parent.get(feed.name) != value:
                values[feed.name] = value
        if not values:
            return
        row = parent | values
        for name, kind, formula in plan.computed:
            if not plan.reads[name].isdisjoint(values):
                value = row[name] = kind.fit(formula.evaluate(row, unit.env()))
                if parent.get(name) != value:
                    values[name] = value
        before = self._pending.get(key)
        self._undo.append((key, before))
        self._pending[key] = {**before, **values} if before else values
        unit.lay(key, row)
        self.written.append((key[0], parent, row))
        if plan.feeds:  # rollups of rollups: what was derived here moves what is derived from it
            self.follow(plan, Change(*key, "changed", parent, row, frozenset(values), change.context))

    def _adjusted(self, feed: RollupFeed, parent: Row, gone: Any, come: Any, change: Change) -> Any:
        """The new value: by what came and went where that tells it, else from all children again."""
        kind, old = feed.aggregate, parent.get(feed.name)
        if kind in ("count", "sum") and old is not None and feed.exact:
            return old - (0 if gone is NOTHING else gone) + (0 if come is NOTHING else come)
        if kind in ("min", "max") and (gone is NOTHING or gone != old):
            known = [value for value in (old, None if come is NOTHING else come) if value is not None]
            return (min if kind == "min" else max)(known, default=None)
        if kind in ("first", "last") and change.before is None:
            return come if old is None or kind == "last" else old  # a new record is the last one
        children = self._unit.children(change.entity, feed.link, parent["id"])
        env = self._unit.env()
        counted = [child for child in children if feed.where is None or feed.where.evaluate(child, env)]
        return aggregate(feed.rollup, counted)


def aggregate(rollup: Rollup, rows: list[Row]) -> Any:
    """The rollup's value over these rows, oldest first; empty values do not count."""
    if rollup.aggregate == "count":
        return len(rows)
    field = rollup.child_field or ""
    values = [row[field] for row in rows if row.get(field) is not None]
    match rollup.aggregate:
        case "sum":
            return sum(values)
        case _ if not values:
            return None
        case "average":
            return Decimal(sum(values)) / len(values)
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "first":
            return values[0]
        case _:
            return values[-1]
