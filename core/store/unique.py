"""What may stand only once: the keys of a record under its table's unique sets, and the refusal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from unicodedata import normalize

from ..problems import Problem, Refused
from .protocol import Table
from .query import Row

__all__ = ["not_unique", "unique_keys", "unique_sets"]

_BETWEEN = "\x1f"


def unique_sets(table: Table) -> tuple[tuple[str, ...], ...]:
    """The table's unique sets and, always, the external id."""
    return (("external_id",), *(fields for fields in table.unique if fields != ("external_id",)))


def unique_keys(
    sets: Sequence[tuple[str, ...]], row: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """(fields, key) of a row for every set none of whose fields is empty.

    Keys of two rows are equal when people would say they are: case, width (full or half) and the number of spaces do
    not count. An external id counts letter by letter: another system made it.
    """
    for fields in sets:
        if len(fields) == 1:
            value = row.get(fields[0])
            if value is not None and value != "":
                yield fields, value if fields[0] == "external_id" else _same(value)
            continue
        values = [row.get(name) for name in fields]
        if all(value is not None and value != "" for value in values):
            yield fields, _BETWEEN.join(map(_same, values))


def not_unique(table: str, fields: Sequence[str], record: str) -> Refused:
    """The refusal: these fields' values already stand in this record."""
    values = {"table": table, "fields": tuple(fields), "record": record}
    return Refused([Problem("not_unique", values, field=fields[0])], status="conflict")


def _same(value: Any) -> str:
    if isinstance(value, str):
        text = value.casefold() if value.isascii() else normalize("NFKC", value).casefold()
        return " ".join(text.split())
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def changed_keys(
    sets: Sequence[tuple[str, ...]], before: Row, after: Row, changed: Mapping[str, Any]
) -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
    """The keys that a change gives up and those that it takes, for the sets that it touches."""
    touched = [fields for fields in sets if any(name in changed for name in fields)]
    if not touched:
        return {}, {}
    old, new = dict(unique_keys(touched, before)), dict(unique_keys(touched, after))
    gone = {fields: key for fields, key in old.items() if new.get(fields) != key}
    return gone, {fields: key for fields, key in new.items() if old.get(fields) != key}
