"""Every event stands in one chain: what is altered, taken out or cut off is found, on every store."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from store_world import CUSTOMER, ORDER, add, created, customer  # type: ignore[import-not-found]

from kehu.core.store.chain import ANCHOR, CHAIN, check, emptied, is_erased, link_of
from kehu.core.store.protocol import Store
from kehu.core.store.query import Event


def write(store: Store, *names: str) -> list[str]:
    """Customers and their events, each in a transaction of its own; the events' ids."""
    ids = []
    for name in names:
        row = customer(name)
        event = created(row)
        with store.transaction() as work:
            work.insert("customer", row)
            work.log(event)
        ids.append(event.id)
    return ids


def state(store: Store) -> Any:
    return check(store.chain(), link_of(store.note(CHAIN)), link_of(store.note(ANCHOR)))


def test_events_close_to_a_chain_over_transactions_and_openings(opened: Any, store: Store) -> None:
    write(store, "A", "B")
    store.close()
    store = opened()
    write_more = [created(customer(None)) for _ in range(30)]
    with store.transaction() as work:
        for event in write_more:
            work.log(event)
    assert state(store) == (32, None)
    assert [event.number for event in store.chain()] == list(range(1, 33))
    assert link_of(store.note(CHAIN)).number == 32  # type: ignore[union-attr]


def test_what_a_savepoint_takes_back_leaves_no_gap(store: Store) -> None:
    kept = customer("A")
    add(store, kept)
    with store.transaction() as work:
        work.log(created(kept))
        for real in (False, True):
            with pytest.raises(ValueError, match="no"), work.savepoint():
                work.log(created(kept))
                if real:  # the database has to know of the savepoint
                    work.update("customer", kept["id"], {"score": 1})
                    work.log(created(kept))
                raise ValueError("no")
        with work.savepoint():
            work.update("customer", kept["id"], {"score": 2})
            work.log(created(kept))
    assert state(store) == (2, None)


def test_an_altered_event_is_named(store: Store) -> None:
    write(store, "A", "B", "C")
    events = list(store.chain())
    values: dict[str, Any] = {
        "actor": "u2",
        "changes": {"name": [None, "Z"]},
        "reason": "because",
        "door": "api",
    }
    for name, value in values.items():
        forged = [events[0], events[1]._replace(**{name: value}), events[2]]
        found = check(forged, link_of(store.note(CHAIN)), None)[1]
        assert found is not None
        assert (found.what, found.number) == ("altered", 2)


def test_an_event_that_was_taken_out_is_missed(store: Store) -> None:
    write(store, "A", "B", "C")
    first, second, third = store.chain()
    end = link_of(store.note(CHAIN))
    for there, what in (
        ((first, third), "missing"),
        ((second, third), "missing"),
        ((first, second), "end"),
        ((), "end"),
    ):
        found = check(there, end, None)[1]
        assert found is not None
        assert found.what == what


def test_erased_values_leave_the_chain_whole(store: Store) -> None:
    write(store, "A", "B", "C")
    first, second, third = store.chain()
    erased = emptied(second)
    assert is_erased(erased)
    assert "B" not in str(erased.changes)
    assert emptied(erased) == erased
    assert check((first, erased, third), link_of(store.note(CHAIN)), None) == (3, None)


def test_events_from_before_the_chain_are_anchored(tmp_path: Path) -> None:

    from kehu.core.store.opening import open_store

    def opened() -> Store:
        from zoneinfo import ZoneInfo

        store = open_store("sqlite", tmp_path, ZoneInfo("UTC"))
        store.prepare([CUSTOMER, ORDER])
        return store

    store = opened()
    write(store, "A", "B")
    store.close()
    with sqlite3.connect(tmp_path / "kehu.sqlite") as database:  # as it was before there was a chain
        for column in ("number", "proof", "seal"):
            database.execute(f"ALTER TABLE kehu_event DROP COLUMN {column}")
        database.execute("DELETE FROM kehu_note WHERE key IN ('chain', 'store:foundation')")
    database.close()
    store = opened()
    assert state(store) == (2, None)
    write(store, "C")
    assert state(store) == (3, None)
    assert [event.number for event in store.chain()] == [0, 0, 1]
    early, late, sealed = store.chain()
    forged: tuple[Event, ...] = (early._replace(actor="u2"), late, sealed)
    found = check(forged, link_of(store.note(CHAIN)), link_of(store.note(ANCHOR)))[1]
    assert found is not None
    assert found.what == "before"
    store.close()
