"""Cursors: where a page of a list ended, as an opaque text for the address of the next page (keyset paging)."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson

from ..problems import Problem, Refused
from ..records.records import Records
from ..store.ordering import keys_of
from ..store.protocol import Column
from ..store.query import Row, Sort

__all__ = ["read_cursor", "write_cursor"]

LONGEST = 4000
"""Characters of a cursor at most; every text column that can be sorted by stays far below."""

_LARGEST = 10**18


def write_cursor(records: Records, entity: str, sort: Sequence[Sort], row: Row) -> str:
    """The place behind ``row`` in this order."""
    keys = keys_of(sort)
    content = [_spelled(sort), [row.get(key.column) for key in keys]]
    packed = orjson.dumps(content, default=str, option=orjson.OPT_UTC_Z)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(records: Records, entity: str, sort: Sequence[Sort], text: str) -> list[Any]:
    """The values for ``Query.after``. Raises :class:`Refused` (field ``after``) for a text that is no cursor of this
    order.
    """
    columns = {column.name: column for column in records.plan(entity).table.columns}
    keys = keys_of(sort)
    try:
        if len(text) > LONGEST:
            raise ValueError
        packed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
        order, values = orjson.loads(packed)
        if not isinstance(order, str) or not isinstance(values, list):
            raise ValueError
        if order != _spelled(sort):
            raise Refused([Problem("cursor_of_another_order", {}, field="after")])
        return [_value(columns[key.column], value) for key, value in zip(keys, values, strict=True)]
    except (ValueError, TypeError, ArithmeticError, binascii.Error):
        raise Refused([Problem("cursor_broken", {}, field="after")]) from None


def _spelled(sort: Sequence[Sort]) -> str:
    return ",".join(f"{'-' * key.descending}{key.column}" for key in sort)


def _value(column: Column, value: Any) -> Any:
    """A value of the column from its JSON form. Raises ``ValueError`` or ``TypeError`` for anything else."""
    if value is None and column.name != "id":
        return None
    if column.kind == "boolean" and isinstance(value, bool):
        return value
    if column.kind == "integer" and type(value) is int and abs(value) < _LARGEST:
        return value
    if not isinstance(value, str):
        raise TypeError(column.kind)
    match column.kind:
        case "text" if "\x00" not in value:
            return value
        case "decimal":
            number = Decimal(value)
            if number.is_finite() and abs(number) < _LARGEST:
                return number
        case "date":
            return date.fromisoformat(value)
        case "datetime":
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    raise ValueError(column.kind)
