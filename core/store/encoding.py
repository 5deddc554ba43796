"""Values in JSON form and back: decimals as text, dates as ISO 8601, the rest as they are. And events as lines."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import orjson

from ..problems import Problem, Refused
from .protocol import Column
from .query import Event

__all__ = [
    "Converter",
    "decode_event",
    "encode",
    "encode_event",
    "exact",
    "moment",
    "reader_of",
    "stored_event",
    "whole_event",
    "writer_of",
]

Converter = Callable[[Any], Any]
_OPTIONS = orjson.OPT_UTC_Z


def encode(value: Any) -> bytes:
    """JSON bytes of anything made of rows' values. Raises ``Refused`` for what JSON cannot hold."""
    try:
        return orjson.dumps(value, default=_default, option=_OPTIONS)
    except (orjson.JSONEncodeError, TypeError) as fault:
        raise Refused([Problem("value_not_storable", {"reason": str(fault)})]) from fault


def _default(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (tuple, set, frozenset)):
        return list(value)
    raise TypeError(f"{type(value).__name__} cannot be stored")


def exact(decimals: int) -> Converter:
    """A function that gives a number exactly this many digits after the point (half away from zero)."""
    unit = Decimal(1).scaleb(-decimals)

    def rounded(value: Any) -> Decimal:
        return (value if isinstance(value, Decimal) else Decimal(value)).quantize(unit, ROUND_HALF_UP)

    return rounded


def moment(text: str) -> datetime:
    """A datetime of JSON form: aware, UTC."""
    value = datetime.fromisoformat(text)
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def in_utc(value: datetime) -> datetime:
    """The same instant in UTC; a datetime without a zone is taken for UTC."""
    if value.tzinfo is UTC:
        return value
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def reader_of(column: Column) -> Converter | None:
    """What turns a value of JSON form into memory form; ``None`` where they are the same."""
    match column.kind:
        case "decimal":
            return exact(column.decimals)
        case "date":
            return date.fromisoformat
        case "datetime":
            return moment
    return None


def writer_of(column: Column) -> Converter | None:
    """What brings a caller's value into exact memory form (and makes it ours); ``None`` where nothing is to do."""
    match column.kind:
        case "decimal":
            return exact(column.decimals)
        case "datetime":
            return in_utc
        case "list":
            return list
        case "json":
            return _own
    return None


def owner_of(column: Column) -> Converter | None:
    """What makes a stored value safe to hand out: a copy of what could be changed in place."""
    if column.kind == "list":
        return list
    return _own if column.kind == "json" else None


def _own(value: Any) -> Any:
    return orjson.loads(encode(value))


def encode_event(event: Event) -> bytes:
    """An event as one JSON array, without line breaks or tabs."""
    return encode([*event])


def decode_event(line: bytes) -> Event:
    """The event of :func:`encode_event`."""
    return whole_event(stored_event(line))


def stored_event(line: bytes) -> Event:
    """The event as it is stored: one whose values were erased has none."""
    id_, at, *rest = orjson.loads(line)
    return Event(id_, moment(at), *rest)


def whole_event(event: Event) -> Event:
    """The event as it is read: values that were erased are empty ones."""
    if event.proof.startswith("="):
        return event._replace(changes=dict.fromkeys(event.changes, (None, None)))
    return event


def together(values: Iterable[bytes]) -> bytes:
    """Encoded values as one JSON array."""
    return b"[" + b",".join(values) + b"]"
