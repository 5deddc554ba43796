"""The tables in a database: one typed table for each entity, and a few of our own beside them."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any

from sqlalchemy import Column as SqlColumn
from sqlalchemy import ColumnElement, Dialect, MetaData, UnaryExpression
from sqlalchemy import Table as SqlTable
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql import operators

from .protocol import Column, Table
from .sql_columns import Codec, sql_type
from .unique import unique_sets

__all__ = ["CHAINED", "Entity", "add_column", "create_table", "own_tables", "wanted_indexes"]

_REQUIRED = frozenset({"id", "version", "created_at", "changed_at"})
_ROOM: Mapping[str, Any] = {"postgresql": {"postgresql_with": {"fillfactor": 85}}}
"""Room in each page: the next version of a row needs no new entries in the indexes where it stands beside the row.

Said to PostgreSQL alone: SQLAlchemy loads a database's whole dialect (0.1 s) to look at a word meant for it.
"""
CHAINED: Mapping[str, str] = {
    "number": "BIGINT NOT NULL DEFAULT 0",
    "proof": "TEXT NOT NULL DEFAULT ''",
    "seal": "TEXT NOT NULL DEFAULT ''",
}
"""The columns of an event's place in the chain, which a database from before there was one gets added."""
_free: Any = operators.custom_op("+")


def own_tables(dialect: str) -> list[str]:
    """The statements that make our own tables where they are missing."""
    text = 'TEXT COLLATE "C"' if dialect == "postgresql" else "TEXT"
    end = "" if dialect == "postgresql" else " WITHOUT ROWID"
    tables = {
        "kehu_note": f"key {text} NOT NULL PRIMARY KEY, value TEXT NOT NULL",
        "kehu_number": f"series {text} NOT NULL PRIMARY KEY, last BIGINT NOT NULL",
        "kehu_revision": f"entity {text} NOT NULL PRIMARY KEY, revision BIGINT NOT NULL",
        "kehu_event": (
            f"id {text} NOT NULL PRIMARY KEY, at TEXT NOT NULL, entity {text} NOT NULL, record {text} NOT NULL, "
            "kind TEXT NOT NULL, version BIGINT NOT NULL, actor TEXT NOT NULL, door TEXT NOT NULL, "
            "changes TEXT NOT NULL, definitions TEXT NOT NULL, batch TEXT NOT NULL, reason TEXT, "
            + ", ".join(f"{name} {kind}" for name, kind in CHAINED.items())
        ),
        "kehu_token": (
            f"entity {text} NOT NULL, token {text} NOT NULL, record {text} NOT NULL, "
            "PRIMARY KEY (entity, token, record)"
        ),
        "kehu_unique": (
            f"entity {text} NOT NULL, fields {text} NOT NULL, key {text} NOT NULL, record TEXT NOT NULL, "
            "PRIMARY KEY (entity, fields, key)"
        ),
    }
    made = [f"CREATE TABLE IF NOT EXISTS {name} ({columns}){end}" for name, columns in tables.items()]
    return [*made, "CREATE INDEX IF NOT EXISTS kehu_event_record ON kehu_event (record, id)"]


class Entity:
    """One entity's table: how it is called in statements, and its columns as expressions."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        self.definition = table
        self.name = table.name
        self.columns = {column.name: column for column in table.columns}
        self.codec = Codec(table.columns, dialect.name)
        self.sets = unique_sets(table)
        self.dialect = dialect
        self.sql = SqlTable(
            table.name,
            MetaData(),
            *(_column(column, dialect.name) for column in table.columns),
            **_ROOM.get(dialect.name, {}),
        )
        self.c: dict[str, ColumnElement[Any]] = dict(self.sql.c.items())
        quote = dialect.identifier_preparer.quote
        self.quoted = quote(table.name)
        self.quoted_columns = tuple(quote(name) for name in self.columns)
        self.listed = ", ".join(self.quoted_columns)
        self.select = f"SELECT {self.listed} FROM {self.quoted}"
        self.quote = quote
        self.ready: dict[Any, list[tuple[str, Any]]] = {}
        """First pages that were asked for → their statements, ready to run."""

    @cached_property
    def unindexed(self) -> dict[str, ColumnElement[Any]]:
        """The columns so written that SQLite does not use an index on them; elsewhere as they are."""
        if self.dialect.name != "sqlite":
            return self.c
        return {
            name: UnaryExpression(column, operator=_free, type_=column.type)
            for name, column in self.c.items()
        }


def create_table(table: Table, dialect: Dialect) -> str:
    """The statement that makes an entity's table where it is missing."""
    made = Entity(table, dialect)
    return str(CreateTable(made.sql, if_not_exists=True).compile(dialect=dialect))


def add_column(table: Table, column: Column, dialect: Dialect) -> str:
    """The statement that adds a column."""
    quote = dialect.identifier_preparer.quote
    kind = _column(column, dialect.name).type.compile(dialect=dialect)
    return f"ALTER TABLE {quote(table.name)} ADD COLUMN {quote(column.name)} {kind}"


def wanted_indexes(table: Table, dialect: Dialect) -> Iterable[tuple[str, str, str]]:
    """(index name, column, statement) of every index the table should have: equality, ranges and order of a column."""
    quote = dialect.identifier_preparer.quote
    for column in table.columns:
        if column.indexed and column.kind not in {"list", "json"}:
            name = index_name(table.name, column.name)
            yield (
                name,
                column.name,
                (
                    f"CREATE INDEX IF NOT EXISTS {quote(name)} ON {quote(table.name)} ({quote(column.name)}, id)"
                ),
            )


def index_name(table: str, column: str) -> str:
    """The name of a column's index: within the 63 characters of PostgreSQL."""
    name = f"ix_{table}_{column}"
    return name if len(name) <= 60 else f"ix_{sha256(name.encode()).hexdigest()[:32]}"


def _column(column: Column, dialect: str) -> SqlColumn[Any]:
    required = column.name in _REQUIRED
    return SqlColumn(
        column.name, sql_type(column, dialect), primary_key=column.name == "id", nullable=not required,
        autoincrement=False,
    )  # fmt: skip
