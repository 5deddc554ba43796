"""The snapshot: all rows of the embedded store in one file, so that the journal need not grow for ever.

A first line says up to which transaction it counts and how much of the event file belongs to it; then each table's
column names and its rows, a hundred to a line; then an end. Every line has its checksum.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from .encoding import encode
from .lines import damaged, seal, whole_lines
from .protocol import Table
from .shapes import Shapes, columns_of
from .tables import Database, RowTable

__all__ = ["State", "read_snapshot", "snapshot_lines"]

FORMAT = 1
_ROWS_A_LINE = 100


@dataclass(slots=True)
class State:
    """Everything that is durable besides rows and events."""

    number: int = 0
    """The last transaction."""
    archive: int = 0
    """Bytes of the event file that belong to the snapshot."""
    shapes: Shapes = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    """Number series → the last number given."""
    notes: dict[str, bytes] = field(default_factory=dict)
    """Notes, as JSON bytes."""


def snapshot_lines(state: State, database: Database) -> Iterator[bytes]:
    """The lines of a snapshot of this state."""
    head: Mapping[str, Any] = {
        "format": FORMAT,
        "number": state.number,
        "archive": state.archive,
        "shapes": state.shapes,
        "numbers": state.numbers,
        "notes": {key: orjson.Fragment(value) for key, value in state.notes.items()},
    }
    yield seal(orjson.dumps(head))
    for name in state.shapes:
        names, rows = database.rows_of(name).dump()
        yield seal(encode({"table": name, "columns": names}))
        while chunk := list(islice(rows, _ROWS_A_LINE)):
            yield seal(encode(chunk))
    yield seal(b'{"end":true}')


def read_snapshot(path: Path, database: Database) -> State:
    """Take in a snapshot. Raises ``Refused`` (``store_damaged``) when a line is not what was written."""
    lines = whole_lines(path)
    first = next(lines, None)
    if first is None:
        raise damaged(path, 1)
    head = orjson.loads(first)
    notes = {key: orjson.dumps(value) for key, value in head["notes"].items()}
    state = State(head["number"], head["archive"], head["shapes"], head["numbers"], notes)
    define(database, state.shapes)
    table: RowTable | None = None
    names: list[str] = []
    ended, number = False, 1
    for line in lines:
        number += 1
        content = orjson.loads(line)
        if isinstance(content, list) and table is not None:
            table.take_in(names, content)
        elif "table" in content:
            table, names = database.rows_of(content["table"]), content["columns"]
        else:
            ended = True
    if not ended:
        raise damaged(path, number)
    return state


def define(database: Database, shapes: Shapes) -> None:
    """Give the tables all columns that they ever had; :meth:`Store.prepare` says later which are in use."""
    for name, shape in shapes.items():
        database.rows_of(name).define(Table(name, columns_of(shape)))
