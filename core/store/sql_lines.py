"""Lines to a database: kept open, taken and given back, and what their faults mean to people."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import Engine, Executable
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
        self.connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self.raw: Any = self.connection.connection.driver_connection
        self.lite = engine.dialect.name == "sqlite"

    def run(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run a statement of our own, with ``?`` for its values, at the driver's speed; gives a cursor."""
        if self.lite:
            return self.raw.execute(sql, values)
        return self.raw.execute(sql.replace("?", "%s"), values) if values else self.raw.execute(sql)

    def many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each of these values."""
        if not values:
            return
        if self.lite:
            self.raw.executemany(sql, values)
        else:
            with self.raw.cursor() as cursor:
                cursor.executemany(sql.replace("?", "%s"), values)

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows to a table (names as statements write them), in the way in which the database takes many fastest."""
        names = ", ".join(columns)
        if self.lite or len(rows) < _MANY:
            self.many(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", rows)
            return
        with self.raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def select(self, statement: Executable) -> Sequence[Sequence[Any]]:
        """All rows of a built statement."""
        return self.connection.execute(statement).fetchall()

    def close(self) -> None:
        """Give the connection up."""
        with suppress(Exception):
            self.connection.invalidate()
        with suppress(Exception):
            self.raw.close()
        with suppress(Exception):
            self.connection.close()


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
    if state == "25006":
        return unwritable(name, cause)
    if "malformed" in text or "not a database" in text:
        return Refused([Problem("store_damaged", {"file": name, "line": 0})], "unavailable")
    if (
        isinstance(cause, (OverflowError, UnicodeError))
        or state in {"22003", "22021"}
        or "surrogates" in text
        or "NUL" in text
    ):
        return Refused([Problem("value_not_storable", {"reason": text.splitlines()[0]})])
    reason = text.splitlines()[0] if text else type(cause).__name__
    return Refused([Problem("database_unavailable", {"reason": reason})], "unavailable")
