"""A database as it stands at one moment: everything is read in one transaction that sees nothing newer."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import Dialect

from .moments import OWN_NOTES
from .protocol import Table
from .query import Event, Row
from .shapes import Shapes, columns_of
from .sql_events import PAGE, by_id, order_of_chain
from .sql_lines import Line
from .sql_prepare import NOTE, pages
from .sql_rows import note
from .sql_schema import Entity

__all__ = ["SqlMoment", "look"]


def look(line: Line) -> None:
    """Begin a transaction that goes on seeing what is there now."""
    line.run("BEGIN" if line.lite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    note(line, NOTE)  # what is seen is settled by the first thing that is read


class SqlMoment:
    """See :class:`~kehu.core.store.moments.Moment`; in a transaction that :func:`look` began."""

    def __init__(self, line: Line, dialect: Dialect) -> None:
        self._line, self._dialect = line, dialect
        self.shapes: Shapes = (note(line, NOTE) or {"shapes": {}})["shapes"]

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number series."""
        return {series: int(last) for series, last in self._line.run("SELECT series, last FROM kehu_number")}

    @property
    def notes(self) -> Mapping[str, Any]:
        """The notes."""
        found = self._line.run("SELECT key, value FROM kehu_note").fetchall()
        return {key: orjson.loads(value) for key, value in found if not key.startswith(OWN_NOTES)}

    def rows(self, table: str) -> Iterator[Row]:
        """Every row, also with the columns that are no field's any more."""
        entity = Entity(Table(table, columns_of(self.shapes[table])), self._dialect)
        for page in pages(lambda sql, values: self._line.run(sql, values).fetchall(), entity):
            yield from page

    def events(self) -> Iterator[Event]:
        """Every event."""
        ids = order_of_chain(self._line)
        for start in range(0, len(ids), PAGE):
            yield from by_id(self._line, ids[start : start + PAGE])
