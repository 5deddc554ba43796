"""The embedded store as it stands at one moment: the rows by reference, as a stored row never changes in place."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from .moments import OWN_NOTES
from .query import Event, Row

if TYPE_CHECKING:
    from .tiny import TinyStore

__all__ = ["TinyMoment"]


class TinyMoment:
    """See :class:`~kehu.core.store.moments.Moment`. Made while nobody writes; the store does not shrink while it is
    looked at.
    """

    def __init__(self, store: "TinyStore") -> None:
        state = store.state
        self.shapes = {name: dict(shape) for name, shape in state.shapes.items()}
        self.numbers = dict(state.numbers)
        self._notes = {key: value for key, value in state.notes.items() if not key.startswith(OWN_NOTES)}
        self._tables = {
            name: (dict(store.table(name).rows), dict(store.table(name).parked)) for name in self.shapes
        }
        self._events = store.event_log.in_order()

    @property
    def notes(self) -> Mapping[str, Any]:
        """The notes."""
        return {key: orjson.loads(value) for key, value in self._notes.items()}

    def rows(self, table: str) -> Iterator[Row]:
        """Every row, and what it has in columns that were removed."""
        rows, parked = self._tables[table]
        return ({**rows[id_], **parked.get(id_, {})} for id_ in sorted(rows))

    def events(self) -> Iterator[Event]:
        """Every event; once."""
        return self._events
