"""The embedded store's tables: TinyDB tables whose documents live in memory, with the indexes that make them quick.

A stored row is a plain dict that is never changed in place: a change puts another dict in its stead. So readers may
keep what they have found while writers go on. It may lack a name whose value is empty, so it is read with ``get``;
what leaves the store (:meth:`RowTable.out`) has all names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table as TinyTable

from .encoding import Converter, exact, owner_of, reader_of, writer_of
from .indexes import SortIndex, TokenIndex, ValueIndex
from .protocol import NoSuchColumn, Table
from .query import Row
from .tokens import tokens
from .unique import unique_keys, unique_sets

__all__ = ["Database", "RowTable", "Sharing", "loses"]

_SHARED = 30
"""Names that CPython lets many dicts share (``SHARED_KEYS_MAX_SIZE``); a dict of more has them all to itself."""

_MANY = 500
"""A commit of more rows of a table than this makes its orders anew later instead of keeping them up."""


class Sharing:
    """Keeps one object for equal values: the same choice, person or moment stands in thousands of rows."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}
        self._read: list[dict[Any, Any]] = []

    def room(self) -> Callable[[Any, Any], Any]:
        """What gives for (value, the same value) the one that is in memory: for several values in a row."""
        if len(self._known) > 20_000:
            self._known.clear()
        return self._known.setdefault

    def through(self, convert: Converter) -> Converter:
        """The same function, which gives one object for one text."""
        known: dict[Any, Any] = {}
        self._read.append(known)

        def shared(value: Any) -> Any:
            found = known.get(value)
            if found is None:
                if len(known) > 50_000:
                    known.clear()
                found = known[value] = convert(value)
            return found

        return shared

    def clear(self) -> None:
        """Forget what is shared; the values stay."""
        for known in (self._known, *self._read):
            known.clear()


class _Memory(Storage):
    """TinyDB's storage: the rows in memory. They reach the disk through the journal only."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Any]] = {}

    def read(self) -> dict[str, dict[str, Any]]:
        return self.tables

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        raise TypeError("rows are written through Store.transaction()")


class RowTable(TinyTable):
    """One table: its rows by id, its definition, its indexes. Read it with TinyDB's queries if you like."""

    document_id_class = str  # type: ignore[assignment]  # ours are texts; TinyDB's are numbers

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        super().__init__(storage, name, cache_size)
        self.rows: dict[str, Row] = storage.read().setdefault(name, {})  # type: ignore[union-attr]  # what was read is a mapping
        self.parked: dict[str, Row] = {}
        """Values of columns that were removed, by row: they come back with the column."""
        self.revision = 0
        self._define(Table(name, ()))

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> NoReturn:
        raise TypeError("rows are written through Store.transaction()")

    def define(self, table: Table) -> None:
        """From now on the table has these columns. What rows have in others is parked, and taken out again."""
        old, new = set(self.names), [column.name for column in table.columns]
        previous = {column.name: column for column in self.definition.columns}
        self._define(table)
        refined = [c for c in table.columns if c.name in previous and previous[c.name].decimals != c.decimals]
        if old == set(new) and not refined:
            return
        gone = old.difference(new)
        for id_, row in self.rows.items():
            aside = {
                **self.parked.get(id_, {}),
                **{name: value for name in gone if (value := row.get(name)) is not None},
            }
            merged = {**{name: aside.pop(name) for name in new if name in aside}, **row}
            self.parked.pop(id_, None)
            if aside:
                self.parked[id_] = aside
            self.rows[id_] = self.make({name: merged[name] for name in new if name in merged})

    def _define(self, table: Table) -> None:
        self.definition, self.sharing = table, Sharing()
        self.columns = {column.name: column for column in table.columns}
        self.names = tuple(self.columns)
        self.sets = unique_sets(table)
        self._readers = {c.name: self.sharing.through(made) for c in table.columns if (made := reader_of(c))}
        self._owners = [(c.name, made) for c in table.columns if (made := owner_of(c))]
        self._texts = frozenset(
            c.name for c in table.columns if c.kind in {"text", "date"} and c.name != "id"
        )
        own = {*table.search, *(fields[0] for fields in self.sets if len(fields) == 1)}
        self._steps = {c.name: (writer_of(c), c.name in self._texts - own) for c in table.columns}
        # Dicts that were an object's attributes share their keys with others of the class: half the memory. Where the
        # names are too many for that, a row does without those that are empty.
        self._sparse = len(self.names) > _SHARED
        self._blank: Row = type("Row", (), {})().__dict__
        for name in self.names:
            self._blank[name] = None
        self.forget()

    def forget(self) -> None:
        """Drop all indexes; they are made again when they are needed."""
        self._values: dict[str, ValueIndex] = {}
        self._orders: dict[str, SortIndex] = {}
        self._words: TokenIndex | None = None
        self._keys: dict[tuple[str, ...], dict[str, str]] = {}

    def make(self, row: Mapping[str, Any]) -> Row:
        """A row as it is stored: exact, ours."""
        return self._put_into({} if self._sparse else self._blank.copy(), row)

    def changed(self, row: Row, changes: Mapping[str, Any]) -> Row:
        """A row of this table with some values set otherwise; the id stays."""
        made = self._put_into(row.copy(), changes)
        made["id"] = row["id"]
        return made

    def _put_into(self, made: Row, values: Mapping[str, Any]) -> Row:
        if not values.keys() <= self.columns.keys():
            unknown = sorted(set(values).difference(self.names))
            raise NoSuchColumn(f"{self.name}: {', '.join(unknown)}")
        share, steps, sparse = self.sharing.room(), self._steps, self._sparse
        for name, value in values.items():
            if value is not None:
                convert, shared = steps[name]
                kept = value if convert is None else convert(value)
                if shared and (kept.__class__ is not str or len(kept) <= 40):
                    kept = share(kept, kept)
                made[name] = kept
            elif not sparse:
                made[name] = None
            elif name in made:
                del made[name]
        return made

    def out(self, row: Row) -> Row:
        """A copy for a caller, with all names."""
        given = self._whole(row)
        for name, own in self._owners:
            if given[name] is not None:
                given[name] = own(given[name])
        return given

    def _whole(self, row: Row) -> Row:
        return {**self._blank, **row} if self._sparse else row.copy()

    def filled(self, row: Row) -> Row:
        """A row without its empty values: what the journal keeps."""
        return row if self._sparse else {name: value for name, value in row.items() if value is not None}

    def words_of(self, row: Row) -> set[str]:
        """The words that a row is found by."""
        return tokens(str(row[name]) for name in self.definition.search if row.get(name) is not None)

    # Indexes, made on demand.

    def values(self, column: str) -> ValueIndex:
        """The index of a column's values."""
        index = self._values.get(column)
        if index is None:
            index = self._values[column] = ValueIndex(
                (id_, row.get(column)) for id_, row in self.rows.items()
            )
        return index

    def order(self, column: str) -> SortIndex:
        """The order by a column."""
        index = self._orders.get(column)
        if index is None:
            plain = self.columns[column].kind not in {"list", "json"}
            index = self._orders[column] = SortIndex(self.rows, column, plain)
        return index

    @property
    def words(self) -> TokenIndex:
        """The index of search words."""
        if self._words is None or self._words.worn:
            self._words = TokenIndex(self.rows, self.words_of)
        return self._words

    def holders(self, fields: tuple[str, ...]) -> dict[str, str]:
        """For a unique set, key → the id of the row that has it (the oldest, where several came to have it)."""
        keys = self._keys.get(fields)
        if keys is None:
            keys = self._keys[fields] = {}
            for id_ in sorted(self.rows):
                for _, key in unique_keys((fields,), self.rows[id_]):
                    keys.setdefault(key, id_)
        return keys

    # Changes, made by a commit or by reading the journal.

    def apply(self, changes: Mapping[str, Row | None]) -> None:
        """Put these rows in the place of what is there; ``None`` takes a row away."""
        if len(changes) > _MANY:
            self._orders.clear()
        for id_, row in changes.items():
            old = self.rows.get(id_)
            if old is not None:
                self._out_of_indexes(old, row)
            if row is not None:
                self.rows[id_] = row
                self._into_indexes(old, row)
            elif old is not None:
                del self.rows[id_]
                self.parked.pop(id_, None)
        self.revision += 1

    def _out_of_indexes(self, old: Row, new: Row | None) -> None:
        id_ = old["id"]
        for column, values in self._values.items():
            if new is None or new.get(column) != old.get(column):
                values.remove(id_, old.get(column))
        for column, order in self._orders.items():
            if new is None or new.get(column) != old.get(column):
                order.remove(id_)
        for fields, keys in self._keys.items():
            for _, key in unique_keys((fields,), old):
                if keys.get(key) == id_:
                    del keys[key]
        if new is None and self._words is not None:
            self._words.remove(id_)

    def _into_indexes(self, old: Row | None, new: Row) -> None:
        id_ = new["id"]
        for column, values in self._values.items():
            if old is None or new.get(column) != old.get(column):
                values.add(id_, new.get(column))
        for column, order in self._orders.items():
            if old is None or new.get(column) != old.get(column):
                order.add(id_)
        for fields, keys in self._keys.items():
            for _, key in unique_keys((fields,), new):
                keys.setdefault(key, id_)
        if self._words is not None:
            if old is None:
                self._words.add(id_, self.words_of(new))
            elif any(new.get(name) != old.get(name) for name in self.definition.search):
                self._words.change(id_, self.words_of(old), self.words_of(new))

    # JSON form, for the snapshot and for reading it.

    def dump(self) -> tuple[list[str], Iterator[list[Any]]]:
        """The names of all columns, parked ones last, and all rows as lists of values."""
        parked = sorted({name for aside in self.parked.values() for name in aside})
        empty: Row = {}

        def lines() -> Iterator[list[Any]]:
            for id_, row in self.rows.items():
                values = self._whole(row).values()
                aside = self.parked.get(id_, empty)
                yield [*values, *(aside.get(name) for name in parked)]

        return [*self.names, *parked], lines()

    def take_in(self, names: Sequence[str], chunk: Sequence[Sequence[Any]]) -> None:
        """Many rows of JSON form: column by column is several times quicker than row by row. Builds no index."""
        blank, rows, sparse = self._blank, self.rows, self._sparse
        columns: list[Sequence[Any]] = []
        for name, column in zip(names, zip(*chunk, strict=True), strict=True):
            read = self._readers.get(name)
            if read is not None:
                columns.append([None if value is None else read(value) for value in column])
            elif name in self._texts and 2 * len(set(column)) < len(column):
                share = self.sharing.room()
                columns.append([share(value, value) for value in column])
            else:
                columns.append(column)
        for values in zip(*columns, strict=True):
            pairs = zip(names, values, strict=True)
            if sparse:
                row = {name: value for name, value in pairs if value is not None}
            else:
                row = blank.copy()
                row.update(pairs)
            rows[row["id"]] = row

    def load(self, names: Iterable[str], values: Iterable[Any]) -> None:
        """One row of JSON form: names and values. It is quick, and builds no index."""
        row = {} if self._sparse else self._blank.copy()
        share, readers, texts = self.sharing.room(), self._readers, self._texts
        for name, value in zip(names, values, strict=True):
            if value is None:
                continue
            if name in readers:
                row[name] = readers[name](value)
            elif name in texts and len(value) <= 40:
                row[name] = share(value, value)
            else:
                row[name] = value
        self.rows[row["id"]] = row


class Database(TinyDB):
    """TinyDB over rows in memory."""

    table_class = RowTable

    def __init__(self) -> None:
        super().__init__(storage=_Memory)

    def rows_of(self, name: str) -> RowTable:
        """The table of this name, made when there is none."""
        table: Any = self._tables.get(name)
        if table is None:
            table = self.table(name, cache_size=0)
        found: RowTable = table
        return found


def loses(value: Any, decimals: int) -> bool:
    """Whether a number has more digits after the point than this."""
    return bool(exact(decimals)(value) != value)
