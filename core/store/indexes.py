"""What makes the embedded store quick: values, orders and words kept beside the rows, each made when first needed.

All of them hold ids or numbers, never rows, so that a changed row costs only the indexes of what changed in it.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from .query import Row
from .tokens import Sought, after_prefix

__all__ = ["SortIndex", "SortKey", "TokenIndex", "ValueIndex", "sort_value"]

SortKey = tuple[bool, Any, str]
"""(has no value, value, id): the ascending order, empty values last."""

Postings: TypeAlias = "int | array[int]"


class ValueIndex:
    """Value → the ids of the rows that have it; rows without a value are under ``None``."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self._ids: dict[Any, str | set[str]] = {}
        for id_, value in pairs:
            self.add(id_, value)

    def add(self, id_: str, value: Any) -> None:
        """The row has this value now."""
        known = self._ids.get(value)
        if known is None:
            self._ids[value] = id_
        elif isinstance(known, str):
            self._ids[value] = {known, id_}
        else:
            known.add(id_)

    def remove(self, id_: str, value: Any) -> None:
        """The row does not have this value any more."""
        known = self._ids.get(value)
        if isinstance(known, set):
            known.discard(id_)
            if len(known) == 1:
                self._ids[value] = next(iter(known))
        elif known == id_:
            del self._ids[value]

    def ids(self, value: Any) -> Collection[str]:
        """The ids of the rows that have this value. Not to be changed, and only good until the next commit."""
        known = self._ids.get(value)
        return () if known is None else (known,) if isinstance(known, str) else known


def sort_value(value: Any) -> Any:
    """A value as it is sorted: lists and JSON by their text."""
    if isinstance(value, (list, dict)):
        from .encoding import encode

        return encode(value).decode()
    return value


class SortIndex:
    """The ids of all rows in the ascending order of one column (then of the id)."""

    def __init__(self, rows: Mapping[str, Row], column: str, plain: bool = True) -> None:
        self.column = column
        self.key: Callable[[str], SortKey]
        """Where a row that is in the table stands, by its id."""
        if plain:
            self.key = lambda id_: ((value := rows[id_].get(column)) is None, value, id_)
        else:
            self.key = lambda id_: ((value := rows[id_].get(column)) is None, sort_value(value), id_)
        self.ids: list[str] = sorted(rows, key=self.key)

    def add(self, id_: str) -> None:
        """A row that is (already) in the table."""
        ids, key = self.ids, self.key
        if not ids or key(ids[-1]) < key(id_):
            ids.append(id_)
        else:
            insort(ids, id_, key=key)

    def remove(self, id_: str) -> None:
        """A row that is (still) in the table as it was."""
        place = bisect_left(self.ids, self.key(id_), key=self.key)
        if place < len(self.ids) and self.ids[place] == id_:
            del self.ids[place]

    def place(self, key: tuple[Any, ...]) -> int:
        """How many rows stand before this key; a key may be shorter than :data:`SortKey`."""
        return bisect_left(self.ids, key, key=self.key)


class TokenIndex:
    """Word → the rows that are found by it. Rows are numbered here in the order of their ids."""

    def __init__(self, rows: Mapping[str, Row], words_of: Callable[[Row], Iterable[str]]) -> None:
        self._postings: dict[str, Postings] = {}
        self._ids: list[str | None] = []
        self._numbers: dict[str, int] = {}
        self._ordered = True
        self._dead = 0
        self._sorted: list[str] | None = None
        self._fresh: list[str] = []
        for id_ in sorted(rows):
            self.add(id_, words_of(rows[id_]))

    @property
    def worn(self) -> bool:
        """Whether so many rows are gone that it is better made anew."""
        return self._dead > 1000 and self._dead * 2 > len(self._ids)

    def add(self, id_: str, words: Iterable[str]) -> None:
        """A new row and its words."""
        number = len(self._ids)
        if number and self._ordered and id_ < (self._ids[-1] or ""):
            self._ordered = False
        self._ids.append(id_)
        self._numbers[id_] = number
        for word in words:
            self._post(word, number)

    def change(self, id_: str, before: Collection[str], after: Collection[str]) -> None:
        """A row's words are others now."""
        number = self._numbers[id_]
        for word in set(before).difference(after):
            known = self._postings[word]
            if isinstance(known, int):
                del self._postings[word]
            else:
                known.remove(number)
        for word in set(after).difference(before):
            self._post(word, number)

    def remove(self, id_: str) -> None:
        """A row is gone."""
        self._ids[self._numbers.pop(id_)] = None
        self._dead += 1

    def find(self, asked: Sequence[Sought]) -> Iterator[str]:
        """The ids of the rows that have all these words, newest first."""
        if not asked:
            return iter(())
        found = [self._numbers_of(word) for word in asked]
        numbers: Iterable[int]
        if len(found) == 1 and isinstance(found[0], array):
            numbers = reversed(found[0])
        else:
            smallest = min(found, key=len)
            rest = [numbers for numbers in found if numbers is not smallest]
            numbers = sorted(set(smallest).intersection(*rest), reverse=True)
        ids = (id_ for number in numbers if (id_ := self._ids[number]) is not None)
        return ids if self._ordered else iter(sorted(ids, reverse=True))

    def _numbers_of(self, word: Sought) -> Collection[int]:
        if not word.prefix:
            known = self._postings.get(word.text)
            return () if known is None else (known,) if isinstance(known, int) else known
        found = [
            self._postings[token]
            for start in word.starts
            for token in self._with_prefix(start)
            if token in self._postings
        ]
        if len(found) == 1:
            return (found[0],) if isinstance(found[0], int) else found[0]
        numbers = {one for one in found if isinstance(one, int)}
        return numbers.union(*(many for many in found if not isinstance(many, int)))

    def _with_prefix(self, prefix: str) -> Iterable[str]:
        if self._sorted is None or len(self._fresh) > 2000:
            self._sorted = sorted(self._postings)
            self._fresh.clear()
        first = bisect_left(self._sorted, prefix)
        last = bisect_left(self._sorted, after_prefix(prefix), first)
        return {*self._sorted[first:last], *(token for token in self._fresh if token.startswith(prefix))}

    def _post(self, word: str, number: int) -> None:
        known = self._postings.get(word)
        if known is None:
            self._postings[word] = number
            if self._sorted is not None:
                self._fresh.append(word)
        elif isinstance(known, int):
            self._postings[word] = array("I", sorted((known, number)))
        elif number > known[-1]:
            known.append(number)
        else:
            insort(known, number)
