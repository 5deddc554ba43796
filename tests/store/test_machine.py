"""A state machine over the three stores at once: whatever is done, in whatever order, they never differ.

Unlike ``test_alike``, which compares whole scripts, it also closes and opens the stores, shrinks the journal, extends
the tables, fails half way and retries, and looks after every step.
"""

from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from store_world import CUSTOMER, ORDER, created, customer  # type: ignore[import-not-found]

from kehu.core.problems import Refused
from kehu.core.store.opening import open_store
from kehu.core.store.protocol import Column, Store, Table, Transaction
from kehu.core.store.query import Query, Row, Sort

from .conftest import ZONE, new_database
from .test_alike import FORMULAS, SORTS, VALUES, _plain

runs = count(1)
changes = st.fixed_dictionaries({}, optional=VALUES)


class _Undone(Exception):  # noqa: N818
    pass


class Stores(RuleBasedStateMachine):
    """The stores, and what all of them must say."""

    addresses: ClassVar[list[str]]
    folder: ClassVar[Path]
    rows = Bundle("rows")

    @initialize()
    def begin_empty(self) -> None:
        """The same stores for every run: to make a database takes longer than all that is done to it."""
        self.customer: Table = CUSTOMER
        self.stores: list[Store] = []
        self._open()
        self.before: list[str] = []
        first = 10**6 * next(runs)
        for store in self.stores:
            with store.transaction() as work:
                for row in list(store.rows("customer")):
                    work.delete("customer", row["id"])
                for series in ("SO", "T"):
                    work.raise_number(series, first)
                work.set_note("last", None)
            self.before.append(max((event.id for event in store.all_events(limit=10**6)), default=""))

    def _open(self) -> None:
        self.stores = [open_store(address, self.folder, ZONE) for address in self.addresses]
        self._prepare()

    def _prepare(self) -> None:
        for store in self.stores:
            store.prepare([self.customer, ORDER])

    def same(self, ask: Callable[[Store], Any]) -> Any:
        answers = [_plain(ask(store)) for store in self.stores]
        assert answers[0] == answers[1] == answers[2]
        return answers[0]

    def work(self, do: Callable[[Transaction], Any], fails: bool = False) -> Any:
        """Do it in a transaction of each store; they answer alike, and refuse alike. ``fails``: at its end."""

        def one(store: Store) -> Any:
            try:
                with suppress(_Undone), store.transaction() as work:
                    said = do(work)
                    if fails:
                        raise _Undone
                    return said
            except Refused as refused:
                return [(problem.code, problem.values) for problem in refused.problems]
            return "undone"

        return self.same(one)

    def row(self, values: Row) -> Row:
        return {**dict.fromkeys(column.name for column in self.customer.columns), **customer(None), **values}

    @rule(target=rows, values=changes, fails=st.sampled_from([False, False, False, True]))
    def insert(self, values: Row, fails: bool) -> Any:
        row = self.row(values)

        def do(work: Transaction) -> None:
            work.insert("customer", row)
            work.log(created(row, id="e" + row["id"]))
            work.set_note("last", row["id"])

        return row["id"] if self.work(do, fails) is None else multiple()

    @rule(target=rows, several=st.lists(changes, min_size=2, max_size=30))
    def insert_many(self, several: list[Row]) -> Any:
        made = [self.row(values) for values in several]

        def do(work: Transaction) -> list[Any]:
            work.foresee("customer", made)
            refused = []
            for row in made:
                try:
                    with work.savepoint():
                        work.insert("customer", row)
                except Refused as refusal:
                    refused.append((row["id"], refusal.problems[0].code))
            return refused

        gone = {id for id, _ in self.work(do)}
        return multiple(*(row["id"] for row in made if row["id"] not in gone))

    @rule(id=rows, values=changes, fails=st.sampled_from([False, False, True]))
    def update(self, id: str, values: Row, fails: bool) -> None:
        self.work(lambda work: work.update("customer", id, values), fails)

    @rule(ids=st.lists(rows, unique=True, max_size=25), score=st.integers(-9, 9))
    def update_many(self, ids: list[str], score: int) -> None:
        def do(work: Transaction) -> None:
            there = work.get_many("customer", ids)
            work.update_many("customer", {id: {"score": score, "vip": bool(score % 2)} for id in there})

        self.work(do)

    @rule(id=rows, undone=st.booleans())
    def delete(self, id: str, undone: bool) -> None:
        def do(work: Transaction) -> Any:
            with suppress(_Undone), work.savepoint():
                work.delete("customer", id)
                if undone:
                    raise _Undone
            return work.get("customer", id)

        self.work(do)

    @rule(fails=st.booleans(), series=st.sampled_from(["SO", "T"]), above=st.sampled_from([0, 0, 7, 40]))
    def number(self, fails: bool, series: str, above: int) -> None:
        def do(work: Transaction) -> int:
            work.raise_number(series, above)
            return work.next_number(series)

        self.work(do, fails)

    @rule(id=rows)
    def look_up(self, id: str) -> None:
        row = self.same(lambda store: store.get("customer", id))
        if row is not None:
            for column in ("name", "external_id", "owner"):
                self.same(lambda store, column=column: store.lookup("customer", column, row[column]))  # type: ignore[misc]
        # each store salts its own proofs, so the proofs and what is sealed over them differ
        self.same(lambda store: [one._replace(proof="", seal="") for one in store.events("customer", id)])

    @rule(
        formula=st.sampled_from(FORMULAS),
        sort=st.sampled_from(SORTS),
        search=st.sampled_from(["", "华为", "ac", "8000"]),
        limit=st.integers(1, 9),
    )
    def find(self, formula: Any, sort: tuple[Sort, ...], search: str, limit: int) -> None:
        query = Query("customer", formula, search, sort, limit=limit)
        self.same(lambda store: [row["id"] for row in store.find(query)])
        self.same(lambda store: store.count(query))

    @rule()
    def open_again(self) -> None:
        self.close_all()
        self._open()

    @rule()
    def shrink(self) -> None:
        tiny: Any = self.stores[0]
        tiny.shrink()

    @rule()
    def extend(self) -> None:
        if len(self.customer.columns) < len(CUSTOMER.columns) + 3:
            name = f"more{len(self.customer.columns)}"
            columns = (*self.customer.columns, Column(name, "text", indexed=True))
            self.customer = Table("customer", columns, self.customer.search, self.customer.unique)
            self._prepare()

    @invariant()
    def all_hold_the_same(self) -> None:
        if self.stores:
            self.same(lambda store: list(store.rows("customer")))
            self.same(lambda store: store.note("last"))
            self.same(self._events)

    def _events(self, store: Store) -> list[Any]:
        """What was logged in this run."""
        before = self.before[self.stores.index(store)]
        return [(event.id, event.record, event.changes) for event in store.all_events(before, 10_000)]

    def close_all(self) -> None:
        for store in self.stores:
            store.close()
        self.stores = []

    def teardown(self) -> None:
        self.close_all()


@pytest.fixture
def machine(postgresql: Any, tmp_path: Path) -> Any:
    Stores.addresses, Stores.folder = ["tinydb", "sqlite", new_database(postgresql)], tmp_path
    return Stores


BOUNDED = settings(
    max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
LONG = settings(BOUNDED, max_examples=2000, stateful_step_count=50)


def test_the_stores_never_differ(machine: Any) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(machine, settings=BOUNDED)


@pytest.mark.long
def test_the_stores_never_differ_for_long(machine: Any) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(machine, settings=LONG)
