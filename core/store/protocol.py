"""What every store must do: TinyDB behind a journal, SQLite and PostgreSQL answer alike (one contract test)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from .query import Event, EventQuery, Group, Query, Row, Totals

if TYPE_CHECKING:
    from .moments import Moment

ColumnKind = Literal["text", "integer", "decimal", "boolean", "date", "datetime", "list", "json"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, kind and, for decimals, the digits kept after the point.

    In memory: text str · integer int · decimal Decimal (exact to ``decimals``) · boolean bool · date date ·
    datetime aware UTC datetime · list list[str] · json anything JSON. In JSON form (journal, events, export):
    decimal as text, date and datetime as ISO 8601, the rest as they are.
    ``indexed``: the store keeps equality and sorting on it fast. ``unique`` is not a column's matter: see ``Table``.
    """

    name: str
    kind: ColumnKind
    decimals: int = 0
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: an entity's records. Every table has the system columns of ``SYSTEM_COLUMNS`` first.

    ``search``: the columns whose words :attr:`Query.search` finds. ``unique``: sets of columns whose normalised values
    may stand together only once (rows where any of them is empty are free).
    """

    name: str
    columns: tuple[Column, ...]
    search: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()


SYSTEM_COLUMNS: tuple[Column, ...] = (
    Column("id", "text"),
    Column("version", "integer"),
    Column("external_id", "text", indexed=True),
    Column("created_at", "datetime", indexed=True),
    Column("created_by", "text"),
    Column("changed_at", "datetime", indexed=True),
    Column("changed_by", "text"),
)
"""Every record has them. ``id`` is a UUIDv7 text, ``version`` starts at 1, ``external_id`` is the id the record had in
the system it came from (unique per table where not empty)."""


class NoSuchColumn(KeyError):  # noqa: N818  (it says what happened, as Refused does)
    """A row has a value for a column that its table has not, or not any more: the definitions changed meanwhile."""


class Transaction(Protocol):
    """One unit of work: all of it lands, or none. It reads its own writes. Writers take turns."""

    @property
    def revisions(self) -> Mapping[str, int]:
        """Once it has landed: table → the revision that it made of it, for every table it touched."""

    def get(self, table: str, id: str) -> Row | None: ...
    def get_many(self, table: str, ids: Sequence[str]) -> dict[str, Row]:
        """id → row, of those that exist."""

    def find(self, query: Query) -> list[Row]: ...
    def totals(self, asked: Totals) -> list[Group]: ...

    def lookup(self, table: str, column: str, value: Any) -> list[Row]:
        """All rows whose indexed column equals the value, oldest first: links, external ids, unique keys."""

    def lookup_many(self, table: str, column: str, values: Sequence[Any]) -> dict[Any, list[Row]]:
        """value → all rows whose indexed column equals it, oldest first; values that no row has are left out."""

    def foresee(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Tell that rows like these are about to be inserted, so that their unique keys are looked up at once.

        It changes nothing but the speed; only the columns of the unique sets are looked at.
        """

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        """Add a copy of a whole row (system columns filled by the caller)."""

    def update(self, table: str, id: str, changes: Mapping[str, Any]) -> None:
        """Set some columns of a row."""

    def update_many(self, table: str, changes: Mapping[str, Mapping[str, Any]]) -> None:
        """Set some columns of many rows that are known to be there: id → changes."""

    def delete(self, table: str, id: str) -> None: ...
    def log(self, event: Event) -> None:
        """Append to the event log; the store puts it at the end of the chain."""

    def take_over(self, events: Sequence[Event]) -> None:
        """Append events of another store as they are, with their places in its chain, which goes on here."""

    def empty_events(self, ids: Sequence[str]) -> None:
        """Take the values and the reasons out of these events for good; the chain still closes (see :mod:`.chain`)."""

    def forget_parked(self, table: str, id: str) -> None:
        """Take away what a row has in columns that are no field's any more."""

    def next_number(self, series: str) -> int:
        """The next number of a series, from 1, without gaps: a transaction that fails gives its number back."""

    def raise_number(self, series: str, at_least: int) -> None:
        """From now on the series continues above this number (imported numbers)."""

    def savepoint(self) -> AbstractContextManager[None]:
        """What is done inside is undone alone when it raises; the transaction goes on."""

    def note(self, key: str) -> Any:
        """A small value of the runtime's own by key (JSON), or ``None``: answered request keys, definition versions."""

    def set_note(self, key: str, value: Any) -> None: ...


class Store(Protocol):
    """Where records live. Thread-safe: readers see only what is committed."""

    name: str
    """``tinydb``, ``sqlite`` or ``postgresql``, for people."""
    blocks: bool
    """Whether its calls wait for a disk or a network (then pages run them in threads)."""

    def prepare(self, tables: Sequence[Table]) -> None:
        """Create what is missing, extend what is there; never drops a column or a value.

        Raises :class:`~kehu.core.problems.Refused` (``column_changed_kind``: table, column, was, now, count) when a
        column that holds values would change its kind, and then changes nothing.
        """

    def get(self, table: str, id: str) -> Row | None: ...
    def get_many(self, table: str, ids: Sequence[str]) -> dict[str, Row]:
        """id → row, of those that exist."""

    def find(self, query: Query) -> list[Row]: ...
    def lookup(self, table: str, column: str, value: Any) -> list[Row]: ...
    def count(self, query: Query, at_most: int = 10_000) -> int:
        """How many rows match, counting no further than ``at_most + 1``; sort, after and limit do not matter."""

    def totals(self, asked: Totals) -> list[Group]: ...
    def events(self, table: str, record: str, limit: int = 100, before: str | None = None) -> list[Event]:
        """What happened to a record, newest first; ``before``: only events older than this event id."""

    def find_events(self, asked: EventQuery) -> list[Event]:
        """A page of the whole log, newest first: who did what, and when."""

    def all_events(self, after: str = "", limit: int = 1000) -> list[Event]:
        """The whole log, oldest first, after this event id."""

    def chain(self) -> Iterator[Event]:
        """Every event there is, in the order of writing: what :func:`~.chain.check` looks at."""

    def revision(self, table: str) -> int:
        """Grows with every commit that touches the table: what was computed at one revision holds until the next."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...
    def rows(self, table: str) -> Iterator[Row]:
        """Every row, oldest first, without holding writers up: export, rebuilds."""

    def note(self, key: str) -> Any: ...
    def moment(self) -> "AbstractContextManager[Moment]":
        """All that the store holds as it stands now, to be read while others go on reading and writing."""

    def examine(self) -> list[str]:
        """What is wrong with the store's own files, as it says it itself; empty where all is well."""

    def compact(self) -> None:
        """Give back the room of what was deleted, so that none of it is left in the files."""

    def close(self) -> None: ...
