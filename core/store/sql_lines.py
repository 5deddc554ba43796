"""Lines to a database: kept open, taken and given back, and what their faults mean to people."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ..problems import Problem, Refused
from .lines import unwritable

__all__ = ["Line", "Lines"]

Result = TypeVar("Result")

_MANY = 20
"""From so many rows on PostgreSQL copies them in instead of inserting each."""


class Line:
    """One connection, in autocommit: transactions are begun and ended by statements of ours."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._raw: Any = self._connection.connection.driver_connection
        self._waiting: list[tuple[str, Sequence[Any], list[Any]]] = []
        self.lite = engine.dialect.name == "sqlite"

    @property
    def connection(self) -> Connection:
        """The connection for built statements, with nothing left to be sent before them."""
        if self._waiting:
            self._send()
        return self._connection

    @property
    def raw(self) -> Any:
        """The driver's connection, with nothing left to be sent before its statements."""
        if self._waiting:
            self._send()
        return self._raw

    def run(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run a statement of our own, with ``?`` for its values, at the driver's speed; gives a cursor."""
        if self.lite:
            return self._raw.execute(sql, values)
        return self._send((sql, values, [])) if self._waiting else self._execute(sql, values)

    def write(self, sql: str, values: Sequence[Any] = ()) -> Callable[[], Any]:
        """Run a statement whose answer nobody waits for: to a server it goes in one piece with the next that is run.

        Whoever wants its row asks for it after that, by calling what this gives.
        """
        if self.lite:
            found = self._raw.execute(
                sql, values
            ).fetchone()  # half read, a statement is in the way of a commit
            return lambda: found
        cursors: list[Any] = []
        self._waiting.append((sql, values, cursors))

        def row() -> Any:
            return cursors[0].fetchone()

        return row

    def begin(self, turn: bool) -> None:
        """Begin a transaction that writes; ``turn``: when no other process does any more.

        SQLite lets one write at a time; on a server whoever writes locks one row before anything else.
        """
        if self.lite:
            self._raw.execute("BEGIN IMMEDIATE")
            return
        self.write("BEGIN")
        if turn:
            self.write("UPDATE kehu_revision SET revision = revision + 1 WHERE entity = ''")

    def undo(self) -> None:
        """Take back what was begun, if anything was; never raises."""
        self._waiting.clear()
        with suppress(Exception):
            self._raw.execute("ROLLBACK")

    def many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each of these values."""
        if self.lite:
            self._raw.executemany(sql, values)
        elif len(values) < _MANY:
            for each in values:
                self.write(sql, each)
        else:
            with self.raw.cursor() as cursor:
                cursor.executemany(sql.replace("?", "%s"), values)

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows to a table (names as statements write them), in the way in which the database takes many fastest."""
        if not rows:
            return
        names, marks = ", ".join(columns), f"({', '.join('?' * len(columns))})"
        if self.lite:
            self._raw.executemany(f"INSERT INTO {table} ({names}) VALUES {marks}", rows)
        elif len(rows) < _MANY:
            values = [value for row in rows for value in row]
            self.write(f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * len(rows))}", values)
        else:
            with self.raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

    def _execute(self, sql: str, values: Sequence[Any]) -> Any:
        return self._raw.execute(sql.replace("?", "%s"), values) if values else self._raw.execute(sql)

    def _send(self, *last: tuple[str, Sequence[Any], list[Any]]) -> Any:
        """Send what waits, and a last statement, all in one piece; gives the cursor of the last."""
        waiting, self._waiting = [*self._waiting, *last], []
        with self._raw.pipeline():
            for sql, values, cursors in waiting:
                cursors.append(self._execute(sql, values))
        return waiting[-1][2][0]

    def select(self, statement: Executable) -> Sequence[Sequence[Any]]:
        """All rows of a built statement."""
        return self.connection.execute(statement).fetchall()

    def close(self) -> None:
        """Give the connection up."""
        with suppress(Exception):
            self._connection.invalidate()
        with suppress(Exception):
            self._raw.close()
        with suppress(Exception):
            self._connection.close()


class Lines:
    """The open lines of a store. Those that are free wait on a pile; the one used last is taken first."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._idle: list[Line] = []
        self._open = True

    @contextmanager
    def one(self) -> Iterator[Line]:
        """A line for a while. What goes wrong inside comes out as ``Refused`` (status unavailable)."""
        line = None
        try:
            line = self._take()
            yield line
        except (SQLAlchemyError, sqlite3.Error) as fault:
            if line is not None:
                line.close()
            if (
                "ProgrammingError" in type(fault).__name__
            ):  # a mistake of ours: nothing that waiting would cure
                raise
            raise refusal(fault, self._name) from fault
        except (UnicodeError, OverflowError) as fault:
            if line is not None:
                self._idle.append(line)
            raise refusal(fault, self._name) from fault
        except BaseException as fault:
            if line is not None and _is_drivers(fault):
                line.close()
                raise refusal(fault, self._name) from fault
            if line is not None:
                self._idle.append(line)
            raise
        else:
            self._idle.append(line)

    def read(self, look: Callable[[Line], Result]) -> Result:
        """What ``look`` finds. When the line was dead (the server started anew), it looks once more on a fresh one."""
        try:
            with self.one() as line:
                return look(line)
        except Refused as refused:
            if refused.problems[0].code != "database_unavailable":
                raise
            self.close_idle()
            with self.one() as line:
                return look(line)

    def close_idle(self) -> None:
        """Close the lines that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    def close(self) -> None:
        """Close the store's lines for good."""
        self._open = False
        self.close_idle()
        self._engine.dispose()

    def _take(self) -> Line:
        try:
            return self._idle.pop()
        except IndexError:
            return Line(self._engine)


def _is_drivers(fault: BaseException) -> bool:
    return type(fault).__module__.startswith("psycopg")


def refusal(fault: BaseException, name: str) -> Refused:
    """A fault of the database in words: full, read-only, damaged, busy, gone."""
    cause: BaseException = fault.orig if isinstance(fault, DBAPIError) and fault.orig is not None else fault
    text = str(cause).strip()
    state = getattr(cause, "sqlstate", None)
    if state in {"40001", "40P01", "55P03"} or "database is locked" in text or "busy" in text:
        return Refused([Problem("database_busy", {})], "unavailable")
    if state == "53100" or "disk is full" in text or "disk I/O error" in text or "readonly" in text:
        return unwritable(name, cause)
    if state == "25006" or "unable to open database file" in text:
        return unwritable(name, cause)
    if "malformed" in text or "not a database" in text:
        return Refused([Problem("database_damaged", {"file": name})], "unavailable")
    if (
        isinstance(cause, (OverflowError, UnicodeError))
        or state in {"22003", "22021"}
        or "surrogates" in text
        or "NUL" in text
    ):
        return Refused([Problem("value_not_storable", {"reason": text.splitlines()[0]})])
    reason = text.splitlines()[0] if text else type(cause).__name__
    return Refused([Problem("database_unavailable", {"reason": reason})], "unavailable")
