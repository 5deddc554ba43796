"""The store in a database: SQLite in a file, or PostgreSQL on a server. SQLAlchemy builds the statements.

Acknowledged writes are durable: SQLite runs with ``synchronous=FULL``, because in WAL mode ``NORMAL`` leaves the last
commits to the operating system and a power cut could take back what people were told was saved.

Writers take turns: SQLite's ``BEGIN IMMEDIATE`` sees to that; in PostgreSQL each transaction first locks one row. So
numbers have no gaps, unique keys no races, and nothing has to be tried again for a conflict of two writers.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from ..problems import Problem, Refused
from .counting import Counts
from .ids import go_on_after
from .lines import unwritable
from .protocol import Table
from .query import Event, EventQuery, Group, Query, Row, Totals
from .shapes import whole
from .sql_events import PAGE, after_event, by_id, newest, of_record, order_of_chain
from .sql_finding import count, find, totals
from .sql_lines import Line, Lines
from .sql_moment import SqlMoment, look
from .sql_prepare import changed_entities, has_foundation, is_prepared, lay_note, make_fit, pages
from .sql_rows import get, get_many, lookup, note
from .sql_schema import CHAINED, Entity, own_tables
from .sql_transaction import SqlTransaction

__all__ = ["SqlStore", "open_postgresql", "open_sqlite"]

FOUNDERS = 5
"""How often the tables of our own are tried to be made, where other processes make them at the same moment."""

_ON_OPENING = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",  # 64 MiB at most, taken only as it is filled: bulk inserts stay in memory
)


def open_sqlite(path: Path, zone: tzinfo) -> "SqlStore":
    """The store in a SQLite file, which is made when it is not there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise unwritable(path, fault) from fault
    options = {"check_same_thread": False, "isolation_level": None, "cached_statements": 256, "timeout": 10}
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args=options,
        query_cache_size=1000,
    )

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _: Any) -> None:
        for pragma in _ON_OPENING:
            connection.execute(pragma)

    return SqlStore(engine, "sqlite", path.name)


def open_postgresql(url: str, zone: tzinfo) -> "SqlStore":
    """The store on a PostgreSQL server. Raises ``driver_missing`` when psycopg is not installed."""
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
        engine = create_engine(
            address, poolclass=NullPool, query_cache_size=1000,
            connect_args={"options": "-c timezone=UTC -c lock_timeout=30s", "application_name": "kehu"},
        )  # fmt: skip
    except (ImportError, NoSuchModuleError) as fault:
        raise Refused([Problem("driver_missing", {})], "unavailable") from fault
    except ArgumentError as fault:
        raise Refused([Problem("unknown_store", {"store": "postgresql"})]) from fault
    return SqlStore(engine, "postgresql", f"{address.host or 'localhost'}/{address.database or ''}")


class SqlStore:
    """See :class:`~kehu.core.store.protocol.Store`."""

    blocks = True

    def __init__(self, engine: Engine, name: str, place: str) -> None:
        self.name = name
        self._dialect = engine.dialect
        self._lines = Lines(engine, place)
        self._entities: dict[str, Entity] = {}
        self._writing = threading.RLock()
        self._counts = Counts()
        self._inside = False
        try:
            for more in reversed(range(FOUNDERS)):
                try:
                    self._lay_foundation()
                    break
                except Refused:  # PostgreSQL refuses one of two processes that create the same table at once
                    if not more:
                        raise
            last = self._ask("SELECT max(id) FROM kehu_event", ())[0][0]
            go_on_after(last or "")
        except BaseException:
            self._lines.close()
            raise

    def _lay_foundation(self) -> None:
        """Make our own tables, each in a transaction of its own; nothing, and no lock, where they are there.

        Even ``CREATE INDEX IF NOT EXISTS`` of an index that exists waits for whoever writes the table, and may stand
        in that one's way itself: a process that starts must not do that to one that works.
        """
        statements = own_tables(self.name)
        with self._lines.one() as line:
            if has_foundation(line, statements):
                return
            for statement in statements:
                with self._work(line, turn=False):
                    line.run(statement)
            with self._work(line, turn=False):
                there = {column[0] for column in line.run("SELECT * FROM kehu_event LIMIT 0").description}
                for name, kind in CHAINED.items():
                    if name not in there:
                        line.run(f"ALTER TABLE kehu_event ADD COLUMN {name} {kind}")
            with self._work(line, turn=False):
                line.run("INSERT INTO kehu_revision (entity, revision) VALUES ('', 0) ON CONFLICT DO NOTHING")
                lay_note(line, statements)

    def prepare(self, tables: Sequence[Table]) -> None:
        tables = [whole(table) for table in tables]
        fits = self._lines.read(lambda line: is_prepared(line, tables))
        with self._writing:  # nobody writes between the tables as they were and as they are
            if not fits:
                with self._lines.one() as line, self._work(line):
                    if not is_prepared(line, tables):
                        make_fit(line, tables, self._dialect)
                self._lines.close_idle()
            for table in list(changed_entities(tables, self._entities)):
                self._entities[table.name] = Entity(table, self._dialect)

    # Reading.

    def get(self, table: str, id: str) -> Row | None:
        entity = self._entities[table]
        return self._lines.read(lambda line: get(line, entity, id))

    def get_many(self, table: str, ids: Sequence[str]) -> dict[str, Row]:
        entity = self._entities[table]
        return self._lines.read(lambda line: get_many(line, entity, ids))

    def find(self, query: Query) -> list[Row]:
        entity = self._entities[query.table]
        return self._lines.read(lambda line: find(line, entity, query))

    def lookup(self, table: str, column: str, value: Any) -> list[Row]:
        entity = self._entities[table]
        return self._lines.read(lambda line: lookup(line, entity, column, value))

    def count(self, query: Query, at_most: int = 10_000) -> int:
        entity = self._entities[query.table]

        def counted() -> int:
            return self._lines.read(lambda line: count(line, entity, query, at_most))

        return self._counts.of(query, at_most, self.revision, counted)

    def totals(self, asked: Totals) -> list[Group]:
        entity = self._entities[asked.table]
        return self._lines.read(lambda line: totals(line, entity, asked))

    def events(self, table: str, record: str, limit: int = 100, before: str | None = None) -> list[Event]:
        return self._lines.read(lambda line: of_record(line, table, record, limit, before))

    def find_events(self, asked: EventQuery) -> list[Event]:
        return self._lines.read(lambda line: newest(line, asked))

    def all_events(self, after: str = "", limit: int = 1000) -> list[Event]:
        return self._lines.read(lambda line: after_event(line, after, limit))

    def chain(self) -> Iterator[Event]:
        ids = self._lines.read(order_of_chain)
        for start in range(0, len(ids), PAGE):
            yield from self._lines.read(partial(by_id, ids=ids[start : start + PAGE]))

    def revision(self, table: str) -> int:
        found = self._ask("SELECT revision FROM kehu_revision WHERE entity = ?", (table,))
        return int(found[0][0]) if found else 0

    def rows(self, table: str) -> Iterator[Row]:
        for page in pages(self._ask, self._entities[table]):
            yield from page

    def note(self, key: str) -> Any:
        return self._lines.read(lambda line: note(line, key))

    def _ask(self, sql: str, values: Sequence[Any]) -> Sequence[Any]:
        found: Sequence[Any] = self._lines.read(lambda line: line.run(sql, values).fetchall())
        return found

    @contextmanager
    def moment(self) -> Iterator[SqlMoment]:
        with self._lines.one() as line, self._undone(line):
            look(line)
            yield SqlMoment(line, self._dialect)
            line.run("ROLLBACK")

    # Writing.

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        with self._writing:
            if self._inside:
                raise RuntimeError("a transaction is open already: use savepoint()")
            self._inside = True
            try:
                with self._lines.one() as line, self._undone(line):
                    line.begin(turn=True)
                    work = SqlTransaction(line, self._entities)
                    yield work
                    work.finish()
            finally:
                self._inside = False

    @contextmanager
    def _work(self, line: Line, turn: bool = True) -> Iterator[None]:
        """A transaction of the database; ``turn``: wait until no other process writes."""
        with self._undone(line):
            line.begin(turn)
            yield
            line.run("COMMIT")

    @contextmanager
    def _undone(self, line: Line) -> Iterator[None]:
        """What was begun inside is undone when it fails."""
        try:
            yield
        except BaseException:
            line.undo()
            raise

    def examine(self) -> list[str]:
        if self.name != "sqlite":
            return []  # a server looks after its files itself
        return [text for (text,) in self._ask("PRAGMA integrity_check", ()) if text != "ok"]

    def compact(self) -> None:
        with self._writing, self._lines.one() as line:
            line.run("VACUUM")
            if line.lite:
                line.run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        with self._writing:
            self._lines.close()
