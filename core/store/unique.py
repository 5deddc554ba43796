"""What may stand only once: the keys of a record under its table's unique sets, and the refusal."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from unicodedata import category, normalize

from ..problems import Problem, Refused
from .protocol import Table
from .query import Row

__all__ = ["changed_keys", "columns_of", "not_unique", "unique_keys", "unique_set", "unique_sets"]

_BETWEEN = "\x1f"
_USUAL = frozenset({"trim", "case", "width"})
_MANNER = ":"
"""Stands between a column and how its values are compared, where that is not the usual way."""


def unique_set(columns: Sequence[str], manners: Collection[str]) -> tuple[str, ...]:
    """A unique set of a table whose values are compared in these manners.

    ``trim``: spaces around and doubled inside do not count; ``case``, ``width`` (full or half), ``spaces`` (none does),
    ``punctuation`` (none does).
    """
    if set(manners) == _USUAL:
        return tuple(columns)
    return tuple(f"{column}{_MANNER}{'+'.join(sorted(set(manners)))}" for column in columns)


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
            name, _, manner = fields[0].partition(_MANNER)
            value = row.get(name)
            if value is not None and value != "":
                yield fields, value if name == "external_id" else _same(value, manner)
            continue
        pairs = [name.partition(_MANNER) for name in fields]
        values = [row.get(name) for name, _, _ in pairs]
        if all(value is not None and value != "" for value in values):
            keys = (_same(value, manner) for value, (_, _, manner) in zip(values, pairs, strict=True))
            yield fields, _BETWEEN.join(keys)


def not_unique(table: str, fields: Sequence[str], record: str) -> Refused:
    """The refusal: these fields' values already stand in this record."""
    names = columns_of(fields)
    values = {"table": table, "fields": names, "record": record}
    return Refused([Problem("not_unique", values, field=names[0])], status="conflict")


def columns_of(fields: Sequence[str]) -> tuple[str, ...]:
    """The columns of a unique set."""
    return tuple(name.partition(_MANNER)[0] for name in fields)


def _same(value: Any, manner: str = "") -> str:
    if isinstance(value, str):
        if manner:
            return _in_manner(value, manner.split("+"))
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
    touched = [fields for fields in sets if any(name in changed for name in columns_of(fields))]
    if not touched:
        return {}, {}
    old, new = dict(unique_keys(touched, before)), dict(unique_keys(touched, after))
    gone = {fields: key for fields, key in old.items() if new.get(fields) != key}
    return gone, {fields: key for fields, key in new.items() if old.get(fields) != key}


def _in_manner(text: str, manners: Collection[str]) -> str:
    """A text without what does not make it another one. What is nothing but that stays as it is."""
    if "width" in manners:
        text = normalize("NFKC", text)
    if "case" in manners:
        text = text.casefold()
    if "punctuation" in manners:
        text = "".join(" " if category(one)[0] in "PS" else one for one in text).strip() or text
        text = " ".join(text.split())
    if "spaces" in manners:
        return "".join(text.split())
    return " ".join(text.split()) if "trim" in manners else text
