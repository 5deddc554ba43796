"""Rollups kept current: when a record changes, the sums and counts on the records it belongs to follow at once."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..hooks import Change
from ..schema.entity import Entity
from ..schema.fields.computed import Rollup
from ..store.query import Row
from .plans import EntityPlan, RollupFeed

if TYPE_CHECKING:
    from .unit import Unit

__all__ = ["Derived", "aggregate", "initial"]


def initial(entity: Entity) -> dict[str, Any]:
    """The rollups of a record to which nothing belongs yet: counts and sums are zero, the rest empty."""
    return {
        name: (0 if field.aggregate == "count" else field.fit(0) if field.aggregate == "sum" else None)
        for name, field in entity.fields.items()
        if isinstance(field, Rollup)
    }


class Derived:
    """Derived values waiting to be written: many children of one parent cost one write of the parent.

    Derived values are no change of the record by anybody: they raise no version and write no event.
    """

    def __init__(self, unit: "Unit") -> None:
        self._unit = unit
        self._pending: dict[tuple[str, str], dict[str, Any]] = {}
        self.written: list[tuple[str, Row, Row]] = []

    def follow(self, plan: EntityPlan, change: Change) -> None:
        """Bring the rollups up to date that this change feeds."""
        for feed in plan.feeds:
            was = (change.before or {}).get(feed.link)
            now = (change.after or {}).get(feed.link)
            if change.kind != "changed" or self._matters(feed, change):
                for parent in {parent for parent in (was, now) if parent is not None}:
                    self._refresh(feed, parent, change)

    def over(self, entity: str, id: str, row: Row) -> Row:
        """The row with the values that are still waiting laid over it."""
        pending = self._pending.get((entity, id))
        return row | pending if pending else row

    def mark(self) -> tuple[dict[tuple[str, str], dict[str, Any]], int]:
        """Where things stand, for :meth:`return_to`."""
        return dict(self._pending), len(self.written)

    def return_to(self, mark: tuple[dict[tuple[str, str], dict[str, Any]], int]) -> None:
        """Forget what was derived since the mark."""
        self._pending = mark[0]
        del self.written[mark[1] :]

    def forget(self, entity: str, id: str) -> None:
        """A record is about to be written whole, its derived values with it."""
        self._pending.pop((entity, id), None)

    def flush(self) -> None:
        """Write what is pending."""
        pending, self._pending = self._pending, {}
        for (entity, id), values in pending.items():
            self._unit.transaction.update(entity, id, values)

    @staticmethod
    def _matters(feed: RollupFeed, change: Change) -> bool:
        read = {feed.link, feed.rollup.child_field} | {
            path[0] for path in (feed.where.uses if feed.where else ())
        }
        return not read.isdisjoint(change.changed)

    def _refresh(self, feed: RollupFeed, parent_id: str, change: Change) -> None:
        unit = self._unit
        parent = unit.get(feed.parent, parent_id)
        if parent is None:
            return
        plan = unit.records.plan(feed.parent)
        value = self._adjusted(feed, parent, change)
        field = plan.entity.fields[feed.name]
        values = {feed.name: field.fit(value)}
        row = parent | values
        if plan.computed:
            env = unit.env()
            for name, kind, formula in plan.computed:
                row[name] = kind.fit(formula.evaluate(row, env))
        values = {name: value for name, value in row.items() if parent.get(name) != value}
        if values:
            key = (feed.parent, parent_id)
            self._pending[key] = self._pending.get(key, {}) | values
            self._unit._rows[feed.parent, parent_id] = row
            self.written.append((feed.parent, parent, row))

    def _adjusted(self, feed: RollupFeed, parent: Row, change: Change) -> Any:
        """The new value: counts and sums by what came and went, the rest from all children again."""
        kind, old = feed.rollup.aggregate, parent.get(feed.name)
        if kind not in ("count", "sum") or old is None:
            children = self._unit.children(change.entity, feed.link, parent["id"])
            env = self._unit.env()
            return aggregate(
                feed.rollup, [c for c in children if feed.where is None or feed.where.evaluate(c, env)]
            )
        gone = self._share(feed, parent["id"], change.before)
        come = self._share(feed, parent["id"], change.after)
        return old - gone + come

    def _share(self, feed: RollupFeed, parent: str, row: Mapping[str, Any] | None) -> Any:
        if row is None or row.get(feed.link) != parent:
            return 0
        if feed.where is not None and not feed.where.evaluate(row, self._unit.env()):
            return 0
        if feed.rollup.aggregate == "count":
            return 1
        return row.get(feed.rollup.child_field or "") or 0


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
