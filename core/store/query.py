"""What can be asked of a store: one page of rows, a count, or totals. Conditions are checked formulas.

There is no second condition language: a filter chip, an API parameter, a view's ``where`` and a metric's population
all become a typed formula tree, which the embedded store evaluates and the SQL store compiles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from ..formula import Env, Formula

Row = dict[str, Any]
"""column name → value: str, int, Decimal, bool, date, datetime (UTC, aware), list[str], dict, or None."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort key. Empty values come last when ascending, first when descending.

    ``id`` always decides ties, in the direction of the last key. Texts sort by code point.
    """

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A page of rows of one table.

    ``where``: a yes/no formula over the table's own columns (and constants); ``search``: words as typed, all of which
    must be found; ``after``: the sort values and the id of the last row of the page before (keyset), in ``sort`` order
    followed by the id; ``limit``: at most this many rows; ``env``: the time and the person, for conditions that ask.
    """

    table: str
    where: Formula | None = None
    search: str = ""
    sort: Sequence[Sort] = ()
    after: Sequence[Any] | None = None
    limit: int = 50
    env: Env | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Cut a date or datetime column into periods: ``edges[0] <= value < edges[1]`` is bucket 0, and so on.

    Rows outside the edges, or with no value, are in no bucket and are left out. In :class:`Group` the key of a bucket
    is its number.
    """

    column: str
    edges: tuple[Any, ...]


Aggregate = Literal["count", "sum", "min", "max"]


@dataclass(frozen=True, slots=True)
class Totals:
    """Groups and their aggregates.

    ``group``: columns (or one :class:`Bucket`) whose values make a group, ``()`` for one group over everything.
    ``take``: pairs (aggregate, column); ``("count", "id")`` counts rows, ``("count", c)`` counts rows where c has a
    value; an average is a sum over a count of the same column.
    """

    table: str
    take: tuple[tuple[Aggregate, str], ...]
    where: Formula | None = None
    group: tuple[str | Bucket, ...] = ()
    env: Env | None = None
    """The time, the person and the period that ``where`` speaks of, if it does."""


class Group(NamedTuple):
    """One line of the answer to :class:`Totals`: the group's values and the aggregates in the order asked."""

    key: tuple[Any, ...]
    values: tuple[Any, ...]


class Event(NamedTuple):
    """One thing that happened to one record; the log of these is append-only.

    ``changes``: field → [before, after] in JSON form (see ``Column``). ``definitions``: the version of the catalog it
    was written under. ``batch``: what was done together (one import, one bulk edit, one request).
    What somebody did that changed no record (a login, an export) has no ``version``, and a ``kind`` of its own.
    ``number``, ``proof``, ``seal``: the event's place in the chain of all events, which the store gives it when it
    lands (see :mod:`.chain`); 0 and empty for events from before there was one.
    """

    id: str
    at: datetime
    table: str
    record: str
    kind: str
    version: int
    actor: str
    door: str
    changes: Mapping[str, Sequence[Any]]
    definitions: str
    batch: str
    reason: str | None = None
    number: int = 0
    proof: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True)
class EventQuery:
    """A page of the log, newest first; what is empty does not narrow it.

    ``since``, ``until``: from this moment up to, not including, that one; ``before``: only events older than this id.
    """

    actor: str = ""
    table: str = ""
    record: str = ""
    door: str = ""
    kind: str = ""
    batch: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: str = ""
    limit: int = 100

    def takes(self, event: Event) -> bool:
        """Whether the event is asked for (apart from ``before`` and ``limit``)."""
        wanted = (self.actor, self.table, self.record, self.door, self.kind, self.batch)
        given = (event.actor, event.table, event.record, event.door, event.kind, event.batch)
        return (
            all(not one or one == other for one, other in zip(wanted, given, strict=True))
            and (self.since is None or event.at >= self.since)
            and (self.until is None or event.at < self.until)
        )
