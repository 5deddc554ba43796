"""One unit of work of the embedded store: what it changes stays beside the rows until it is on the disk."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson

from ..problems import Problem, Refused
from .chain import ANCHOR, CHAIN, Link, anchor, link_of, sealed
from .encoding import encode, encode_event
from .finding import find, matching, tester
from .indexes import ValueIndex
from .ordering import beyond, in_order, keys_of
from .query import Event, Group, Query, Row, Totals
from .tables import RowTable
from .tokens import sought
from .totals import totals
from .unique import changed_keys, not_unique, unique_keys

if TYPE_CHECKING:
    from .tiny import TinyStore

__all__ = ["TO_EMPTY", "TinyTransaction"]

TO_EMPTY = "store:to_empty"
"""The note that names the events whose values are to be taken out of the files, until that is done."""

_MISSING = object()


class TinyTransaction:
    """See :class:`~kehu.core.store.protocol.Transaction`."""

    def __init__(self, store: "TinyStore") -> None:
        self._store = store
        self.changes: dict[str, dict[str, Row | None]] = {}
        self.operations: list[tuple[Any, ...]] = []
        self.events: list[Event] = []
        self.taken_over: list[bytes] = []
        self.unparked: list[tuple[str, str]] = []
        self.notes: dict[str, bytes] = {}
        self.numbers: dict[str, int] = {}
        self.revisions: dict[str, int] = {}
        self._keys: dict[tuple[str, tuple[str, ...]], dict[str, str | None]] = {}
        self._values: dict[tuple[str, str], ValueIndex] = {}
        self._undo: list[tuple[dict[Any, Any], Any, Any]] | None = None

    def get(self, table: str, id: str) -> Row | None:
        rows = self._store.table(table)
        row = self._row(rows, id)
        return None if row is None else rows.out(row)

    def get_many(self, table: str, ids: Sequence[str]) -> dict[str, Row]:
        return {id_: row for id_ in ids if (row := self.get(table, id_)) is not None}

    def find(self, query: Query) -> list[Row]:
        table = self._store.table(query.table)
        mine = self.changes.get(query.table)
        if not mine:
            return [table.out(row) for row in find(table, query)]
        hidden = sum(1 for id_ in mine if id_ in table.rows)
        theirs = find(table, replace(query, limit=query.limit + hidden))
        keys = keys_of(query.sort)
        found = [row for row in theirs if row["id"] not in mine] + list(self._mine(table, query, mine))
        if query.after is not None:
            found = list(filter(beyond(keys, query.after), found))
        return [table.out(row) for row in in_order(found, keys)[: query.limit]]

    def totals(self, asked: Totals) -> list[Group]:
        table = self._store.table(asked.table)
        mine = self.changes.get(asked.table, {})
        rows = [row for row in matching(table, asked) if row["id"] not in mine]
        return totals([*rows, *self._mine(table, asked, mine)], asked)

    def lookup(self, table: str, column: str, value: Any) -> list[Row]:
        rows = self._store.table(table)
        mine = self.changes.get(table)
        ids = set(rows.values(column).ids(value))
        if mine:
            ids.difference_update(mine)
            index = self._values.get((table, column))
            if index is None:
                pairs = ((id_, row.get(column)) for id_, row in mine.items() if row is not None)
                index = self._values[table, column] = ValueIndex(pairs)
            ids.update(index.ids(value))
        found = (self._row(rows, id_) for id_ in sorted(ids))
        return [rows.out(row) for row in found if row is not None]

    def lookup_many(self, table: str, column: str, values: Sequence[Any]) -> dict[Any, list[Row]]:
        index = self._store.table(table).values(column)
        mine = bool(self.changes.get(table))
        return {
            value: rows
            for value in values
            if (mine or index.ids(value)) and (rows := self.lookup(table, column, value))
        }

    def foresee(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Nothing to do: all keys are in memory."""

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        rows = self._store.table(table)
        made = rows.make(row)
        if self._row(rows, made["id"]) is not None:
            raise not_unique(table, ("id",), made["id"])
        self._take(rows, dict(unique_keys(rows.sets, made)), made["id"])
        self.operations.append(("+", table, rows.filled(made)))
        self._put(rows, made["id"], None, made)

    def update(self, table: str, id: str, changes: Mapping[str, Any]) -> None:
        rows = self._store.table(table)
        old = self._row(rows, id)
        if old is None:
            raise Refused([Problem("no_such_record", {"table": table, "record": id})], status="missing")
        made = rows.changed(old, changes)
        gone, taken = changed_keys(rows.sets, old, made, changes)
        self._take(rows, taken, id)
        for fields, key in gone.items():
            self._set(self._keys.setdefault((table, fields), {}), key, None)
        self.operations.append(("~", table, id, {name: made.get(name) for name in changes}))
        self._put(rows, id, old, made)

    def update_many(self, table: str, changes: Mapping[str, Mapping[str, Any]]) -> None:
        for id_, values in changes.items():
            self.update(table, id_, values)

    def delete(self, table: str, id: str) -> None:
        rows = self._store.table(table)
        old = self._row(rows, id)
        if old is None:
            return
        for fields, key in unique_keys(rows.sets, old):
            if self._holder(rows, fields, key) == id:
                self._set(self._keys.setdefault((table, fields), {}), key, None)
        self.operations.append(("-", table, id))
        self._put(rows, id, old, None)

    def log(self, event: Event) -> None:
        self.events.append(event)

    def take_over(self, events: Sequence[Event]) -> None:
        self.taken_over += map(encode_event, events)

    def empty_events(self, ids: Sequence[str]) -> None:
        waiting = self.note(TO_EMPTY) or []
        self.set_note(TO_EMPTY, sorted({*waiting, *ids}))

    def forget_parked(self, table: str, id: str) -> None:
        rows = self._store.table(table)
        gone = [name for name in self._store.state.shapes[table] if name not in rows.columns]
        if gone:
            self.operations.append(("~", table, id, dict.fromkeys(gone)))
            self.unparked.append((table, id))

    def next_number(self, series: str) -> int:
        number = self._number(series) + 1
        self._set(self.numbers, series, number)
        return number

    def raise_number(self, series: str, at_least: int) -> None:
        if at_least > self._number(series):
            self._set(self.numbers, series, at_least)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        outer, self._undo = self._undo, []
        operations, events = len(self.operations), len(self.events)
        try:
            yield
        except BaseException:
            for mapping, key, before in reversed(self._undo):
                if before is _MISSING:
                    del mapping[key]
                else:
                    mapping[key] = before
            del self.operations[operations:], self.events[events:]
            self._values.clear()
            self._undo = outer
            raise
        if outer is not None:
            outer.extend(self._undo)
        self._undo = outer

    def note(self, key: str) -> Any:
        known = self.notes.get(key) or self._store.state.notes.get(key)
        return None if known is None else orjson.loads(known)

    def set_note(self, key: str, value: Any) -> None:
        self._set(self.notes, key, encode(value))

    def seal(self) -> list[bytes]:
        """Put the events at the end of the chain; gives them as the journal keeps them."""
        if not self.events:
            return self.taken_over
        link = link_of(self.note(CHAIN))
        if link is None:
            before = anchor(self._store.event_log.in_order())
            link = Link(0, before.seal)
            if before.number:
                self.notes[ANCHOR] = encode([*before])
        lines = self.taken_over
        for event in self.events:
            made = sealed(event, link)
            lines.append(encode_event(made))
            link = Link(made.number, made.seal)
        self.notes[CHAIN] = encode([*link])
        return lines

    def head(self) -> bytes:
        """All that happened, as the journal keeps it."""
        content: dict[str, Any] = {}
        if self.operations:
            content["rows"] = self.operations
        if self.numbers:
            content["numbers"] = self.numbers
        if self.notes:
            content["notes"] = {key: orjson.Fragment(value) for key, value in self.notes.items()}
        return encode(content)

    @property
    def empty(self) -> bool:
        """Whether nothing happened."""
        return not (self.operations or self.events or self.taken_over or self.numbers or self.notes)

    def _row(self, table: RowTable, id_: str) -> Row | None:
        mine = self.changes.get(table.name)
        if mine is not None:
            row = mine.get(id_, _MISSING)
            if row is not _MISSING:
                return row  # type: ignore[return-value]  # what is missing was told above
        return table.rows.get(id_)

    def _mine(self, table: RowTable, query: Any, mine: Mapping[str, Row | None]) -> Iterator[Row]:
        test = tester(query)
        search = getattr(query, "search", "")
        asked = sought(search) if search.strip() else None
        for row in mine.values():
            if row is None or (test is not None and not test(row)):
                continue
            if asked is not None:
                words = table.words_of(row)
                if not asked or not all(one.is_in(words) for one in asked):
                    continue
            yield row

    def _holder(self, table: RowTable, fields: tuple[str, ...], key: str) -> str | None:
        mine = self._keys.get((table.name, fields))
        if mine is not None and key in mine:
            return mine[key]
        return table.holders(fields).get(key)

    def _take(self, table: RowTable, keys: Mapping[tuple[str, ...], str], id_: str) -> None:
        for fields, key in keys.items():
            holder = self._holder(table, fields, key)
            if holder is not None and holder != id_:
                raise not_unique(table.name, fields, holder)
        for fields, key in keys.items():
            self._set(self._keys.setdefault((table.name, fields), {}), key, id_)

    def _put(self, table: RowTable, id_: str, old: Row | None, new: Row | None) -> None:
        self._set(self.changes.setdefault(table.name, {}), id_, new)
        for (name, column), index in self._values.items():
            if name == table.name:
                if old is not None:
                    index.remove(id_, old.get(column))
                if new is not None:
                    index.add(id_, new.get(column))

    def _number(self, series: str) -> int:
        return self.numbers.get(series) or self._store.state.numbers.get(series, 0)

    def _set(self, mapping: dict[Any, Any], key: Any, value: Any) -> None:
        if self._undo is not None:
            self._undo.append((mapping, key, mapping.get(key, _MISSING)))
        mapping[key] = value
