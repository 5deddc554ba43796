"""How tables were and how they are to be: what :meth:`Store.prepare` has to do, found out without touching data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..problems import Problem, Refused
from .protocol import SYSTEM_COLUMNS, Column, Table

__all__ = ["Extension", "Shapes", "columns_of", "extend", "fingerprint", "whole"]

Shapes = dict[str, dict[str, str]]
"""table → column → kind, as ``decimal(2)``; columns that were removed and kept are in it too. JSON."""


def whole(table: Table) -> Table:
    """The table with the system columns first."""
    names = {column.name for column in SYSTEM_COLUMNS}
    own = tuple(column for column in table.columns if column.name not in names)
    return Table(table.name, SYSTEM_COLUMNS + own, table.search, table.unique)


def kind_of(column: Column) -> str:
    """A column's kind in one text."""
    return f"decimal({column.decimals})" if column.kind == "decimal" else column.kind


def fingerprint(tables: Sequence[Table]) -> list[Any]:
    """All that a store must do something about when it changes, as JSON."""
    return [
        [
            table.name,
            [[column.name, kind_of(column), column.indexed] for column in table.columns],
            list(table.search),
            [list(fields) for fields in table.unique],
        ]
        for table in tables
    ]


@dataclass(slots=True)
class Extension:
    """What has to be done: columns to add, columns whose kind changes, and the shapes afterwards."""

    shapes: Shapes
    tables: list[Table] = field(default_factory=list)
    added: list[tuple[Table, Column]] = field(default_factory=list)
    changed: list[tuple[Table, Column, str]] = field(default_factory=list)
    """(table, the column as it is to be, the kind it was)."""


def extend(
    shapes: Mapping[str, Mapping[str, str]], tables: Sequence[Table], held: Callable[[str, Column, str], int]
) -> Extension:
    """What the tables need.

    ``held(table, column, was)`` counts the values that stand in the way of a change of kind. Raises ``Refused``
    (``column_changed_kind``) with every column for which there are any.
    """
    result = Extension({name: dict(columns) for name, columns in shapes.items()})
    problems = []
    for table in tables:
        known = result.shapes.get(table.name)
        if known is None:
            result.tables.append(table)
            result.shapes[table.name] = {column.name: kind_of(column) for column in table.columns}
            continue
        for column in table.columns:
            was, now = known.get(column.name), kind_of(column)
            if was is None:
                result.added.append((table, column))
            elif was != now:
                if count := held(table.name, column, was):
                    values = {
                        "table": table.name,
                        "column": column.name,
                        "was": was,
                        "now": now,
                        "count": count,
                    }
                    problems.append(Problem("column_changed_kind", values, field=column.name))
                result.changed.append((table, column, was))
            known[column.name] = now
    if problems:
        raise Refused(problems, status="conflict")
    return result


def decimals_of(kind: str) -> int | None:
    """The digits after the point of a ``decimal(n)``, else ``None``."""
    return int(kind[8:-1]) if kind.startswith("decimal(") else None


def columns_of(shape: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns that a shape tells of."""
    return tuple(
        Column(name, "decimal", digits) if (digits := decimals_of(kind)) is not None else Column(name, kind)  # type: ignore[arg-type]
        for name, kind in shape.items()
    )
