"""A moment holds still while others write; it fills any other store, and nothing is different there."""

from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from store_world import (  # type: ignore[import-not-found]
    CUSTOMER,
    ORDER,
    add,
    created,
    customer,
    order,
    whole_customer,
)

from kehu.core.problems import Refused
from kehu.core.store.chain import ANCHOR, CHAIN, check, link_of
from kehu.core.store.moments import fill, reading, row_line, tally
from kehu.core.store.opening import open_store
from kehu.core.store.protocol import Store, Table

KINDS = ["tinydb", "sqlite", "postgresql"]


def furnish(store: Store) -> None:
    """Rows with every kind of value, one with a value in a column that was removed, events, a number, a note."""
    whole = whole_customer()
    add(store, whole, customer(None, tags=["a", "b"], extra={"b": 1, "a": [None, 1.5]}))
    add(store, order(whole["id"], "12.30"), table="order")
    with store.transaction() as work:
        work.log(created(whole, reason="因为\n"))
        work.next_number("SO")
        work.set_note("options", {"b": 1, "a": "二"})
    store.prepare([Table("customer", CUSTOMER.columns[2:], ("phone",)), ORDER])


@pytest.fixture
def stores(tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    """Opens an empty store of a kind; what is open at the end is closed."""
    opened: list[Store] = []

    def make(kind: str) -> Store:
        address = kind
        if kind == "postgresql":
            server, name = request.getfixturevalue("postgresql"), f"m{uuid4().hex}"
            server.psql(f"CREATE DATABASE {name};")
            address = str(server.get_uri(name))
        opened.append(open_store(address, tmp_path / str(len(opened)), ZoneInfo("UTC")))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


def test_a_moment_holds_still_while_others_write(store: Store) -> None:
    furnish(store)
    with store.moment() as moment:
        was = [row["id"] for row in moment.rows("customer")]
        late = customer("Late")
        with store.transaction() as work:
            work.insert("customer", {key: late[key] for key in late if key not in ("name", "class")})
            work.delete("customer", was[0])
            work.log(created(late))
            work.next_number("SO")
        assert [row["id"] for row in moment.rows("customer")] == was
        assert len(list(moment.events())) == 1
        assert moment.numbers == {"SO": 1}


@pytest.mark.parametrize("source", KINDS)
@pytest.mark.parametrize("target", KINDS)
def test_nothing_is_different_in_another_store(stores: Any, source: str, target: str) -> None:
    old, new = stores(source), stores(target)
    old.prepare([CUSTOMER, ORDER])
    furnish(old)
    with old.moment() as moment:
        fill(new, moment)
    with old.moment() as moment:
        before = tally(moment)
    with new.moment() as moment:
        assert tally(moment) == before
    assert before["customer"].count == 2
    assert before[":events"].count == 1
    new.prepare([CUSTOMER, ORDER])
    rows = list(new.rows("customer"))
    assert rows[0]["name"] == whole_customer()["name"]  # it was parked, and is there again
    with new.transaction() as work:
        assert work.next_number("SO") == 2
        work.log(created(rows[0]))
    assert check(new.chain(), link_of(new.note(CHAIN)), link_of(new.note(ANCHOR))) == (2, None)
    with pytest.raises(Refused) as refused, old.moment() as moment:
        fill(new, moment)
    assert refused.value.problems[0].code == "store_not_empty"


def test_a_line_reads_back_to_its_row(store: Store) -> None:
    furnish(store)
    with store.moment() as moment:
        read = reading(moment.shapes["customer"])
        for row in moment.rows("customer"):
            assert read(row_line(row)) == {name: value for name, value in row.items() if value is not None}
