"""What is derived always equals what it is derived from, whatever is written in whatever order, and so do totals."""

import contextlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.core.formula import compile_formula
from kehu.core.problems import Refused
from kehu.core.records.recomputing import computed_fields, recompute
from kehu.core.records.totals import TotalsCache
from kehu.core.store.query import Query, Totals

FEW = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

AMOUNTS = st.one_of(st.none(), st.integers(-5, 500), st.sampled_from(["0.01", "99.99", "100.005"]))
WHICH = st.integers(0, 5)
STEPS = st.one_of(
    st.tuples(st.just("customer"), st.one_of(st.none(), WHICH), st.just(None)),
    st.tuples(st.just("order"), st.one_of(st.none(), WHICH), AMOUNTS),
    st.tuples(st.just("line"), st.one_of(st.none(), WHICH), st.one_of(st.none(), st.integers(0, 9))),
    st.tuples(st.just("amount"), WHICH, AMOUNTS),
    st.tuples(st.just("status"), WHICH, st.sampled_from(["open", "cancelled"])),
    st.tuples(st.just("move"), WHICH, st.one_of(st.none(), WHICH)),
    st.tuples(st.just("reparent"), WHICH, st.one_of(st.none(), WHICH)),
    st.tuples(st.just("line_move"), WHICH, st.one_of(st.none(), WHICH)),
    st.tuples(st.just("quantity"), WHICH, st.one_of(st.none(), st.integers(0, 9))),
    st.tuples(st.just("drop_order"), WHICH, st.just(None)),
    st.tuples(st.just("drop_line"), WHICH, st.just(None)),
    st.tuples(st.just("drop_customer"), WHICH, st.just(None)),
    st.tuples(st.just("refused"), WHICH, st.just(None)),
    st.tuples(st.just("foresee"), WHICH, st.just(None)),
)
UNITS = st.lists(st.tuples(st.booleans(), st.lists(STEPS, min_size=1, max_size=5)), min_size=1, max_size=7)


def pick(unit: Any, entity: str, index: int | None) -> str | None:
    if index is None:
        return None
    rows = unit.transaction.find(Query(entity, limit=50))
    return rows[index % len(rows)]["id"] if rows else None


def do(unit: Any, step: tuple[str, Any, Any], n: int) -> None:
    kind, which, value = step
    if kind == "customer":
        unit.create("customer", {"name": f"c{n}", "parent": pick(unit, "customer", which)})
    elif kind == "order":
        unit.create("order", {"customer": pick(unit, "customer", which), "amount": value})
    elif kind == "line":
        unit.create("line", {"order": pick(unit, "order", which), "quantity": value, "price": 7})
    elif kind == "foresee":
        ids = [row["id"] for row in unit.transaction.find(Query("customer", limit=50))]
        unit.foresee("customer", ids)
        unit.foresee_children("order", "customer", ids[: which + 1])
    elif kind == "refused":
        with contextlib.suppress(Refused), unit.attempt("order", "created"):
            unit.create("order", {"customer": pick(unit, "customer", which), "amount": "much"})
        with contextlib.suppress(Refused), unit.attempt("order", "created"):
            unit.create("order", {"customer": pick(unit, "customer", which), "amount": 5})
            raise Refused([])
    else:
        table = {"line_move": "line", "quantity": "line", "drop_line": "line"}.get(
            kind, "customer" if kind in ("reparent", "drop_customer") else "order"
        )
        id = pick(unit, table, which)
        if id is None:
            return
        if kind.startswith("drop"):
            with contextlib.suppress(Refused):
                unit.delete(table, id)
        else:
            field, given_value = {
                "amount": ("amount", value),
                "status": ("status", value),
                "move": ("customer", pick(unit, "customer", value) if kind == "move" else None),
                "reparent": ("parent", pick(unit, "customer", value) if kind == "reparent" else None),
                "line_move": ("order", pick(unit, "order", value) if kind == "line_move" else None),
                "quantity": ("quantity", value),
            }[kind]
            unit.update(table, id, {field: given_value})


class UndoneError(Exception):
    """Ends a unit without keeping it."""


def questions(app: Any) -> list[Totals]:
    scope = app.now.records.scope("order")
    open_ones = compile_formula('status = "open" and amount > 50', scope, "yes_no")
    take: Any = (("count", "id"), ("sum", "amount"), ("count", "amount"), ("max", "amount"))
    return [
        Totals("order", take[:3]),
        Totals("order", take[:2], None, ("status",)),
        Totals("order", take, None, ("customer",)),
        Totals("order", take[:3], open_ones, ("customer", "status")),
        Totals("customer", (("sum", "spent"), ("sum", "family")), None, ("tier",)),
        Totals("order", (("sum", "pieces"),), None, ("is_big",)),
    ]


def check(shop: Any, others: list[Any]) -> None:
    app = shop.app
    assert recompute(app.now.records, shop.context("automation"), set(computed_fields(app.catalog))) == 0
    for runtime in others:
        for asked in questions(app):
            context = shop.context()
            cached = runtime.totals(context, asked)
            fresh = TotalsCache().answer(asked, app.store, runtime.env(context))
            assert sorted(cached, key=repr) == sorted(fresh, key=repr)


def empty(shop: Any) -> None:
    with shop.app.store.transaction() as transaction:
        for table in ("line", "order", "customer"):
            for row in list(shop.app.store.rows(table)):
                transaction.delete(table, row["id"])


@pytest.fixture(scope="module", params=["tinydb", "sqlite", "postgresql"])
def steady(request: pytest.FixtureRequest, make_once: Any, shop_files: dict[str, str]) -> Any:
    """The shop, shared by all examples of a property; each empties it first."""
    address = request.getfixturevalue("database") if request.param == "postgresql" else request.param
    return make_once(shop_files, store=address)


@FEW
@given(units=UNITS)
def test_rollups_formulas_and_totals_always_equal_a_fresh_count(steady: Any, units: Any) -> None:
    empty(steady)
    app = steady.app
    first = app.now.records
    again = app._adopt(steady.build()).records  # another request, with records of its own over the same store
    n = 0
    for keep, steps in units:
        records = first if n % 2 else again
        with contextlib.suppress(Refused, UndoneError), records.unit(steady.context()) as unit:
            for step in steps:
                n += 1
                do(unit, step, n)
            if not keep:
                raise UndoneError
        check(steady, [first, again])


def test_a_group_that_becomes_empty_is_gone_and_a_sum_of_nothing_is_nothing(shop: Any) -> None:
    records, context = shop.app.now.records, shop.context()
    asked = Totals("order", (("sum", "amount"),), None, ("status",))
    order = shop.create("order", {"amount": 5})
    bare = shop.create("order", {})
    assert records.totals(context, asked) == [(("open",), (Decimal(5),))]
    shop.update("order", order["id"], {"amount": None})
    assert records.totals(context, asked) == [(("open",), (None,))]
    shop.delete("order", order["id"])
    shop.delete("order", bare["id"])
    assert records.totals(context, asked) == []


def test_every_kind_of_rollup_says_what_it_should(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada"})
    amounts = [50, 150, None, 100]
    orders = [shop.create("order", {"customer": ada["id"], "amount": amount}) for amount in amounts]
    shop.create("order", {"customer": ada["id"], "amount": 1000, "status": "cancelled"})
    row = shop.get("customer", ada["id"])
    assert (row["spent"], row["order_count"], row["biggest"], row["smallest"]) == (300, 5, 1000, 50)
    assert (row["typical"], row["earliest"], row["latest"]) == (325, "SO-0001", "SO-0005")
    assert (row["best"], row["tier"]) == (3, "B")
    shop.delete("order", orders[0]["id"])
    row = shop.get("customer", ada["id"])
    assert (row["spent"], row["smallest"], row["earliest"]) == (250, 100, "SO-0002")


def test_rollups_of_rollups_follow_all_the_way_up(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada"})
    sub = shop.create("customer", {"name": "Sub", "parent": ada["id"]})
    order = shop.create("order", {"customer": sub["id"], "amount": 100})
    line = shop.create("line", {"order": order["id"], "quantity": 3, "price": 4})
    assert shop.get("order", order["id"])["pieces"] == 12
    assert shop.get("customer", sub["id"])["pieces"] == 12
    assert shop.get("customer", ada["id"])["family"] == 100
    shop.update("line", line["id"], {"quantity": 5})
    assert shop.get("customer", sub["id"])["pieces"] == 20


def test_derived_values_raise_no_version_and_write_no_event(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada"})
    shop.create("order", {"customer": ada["id"], "amount": 100})
    assert shop.get("customer", ada["id"])["version"] == 1
    assert len(shop.app.now.records.history(shop.context(), "customer", ada["id"])) == 1


def test_a_formula_may_read_the_number_of_its_own_record(make: Any) -> None:
    there = make(
        {
            "entities/order.yaml": """
            entity: order
            fields:
              number: {type: number_series, format: "N-{00}"}
              name: {type: formula, formula: '"order " & number'}
            """
        }
    )
    assert there.create("order", {})["name"] == "order N-01"


def test_totals_written_by_another_process_are_seen(make: Any, shop_files: dict[str, str]) -> None:
    shop = make(shop_files, store="sqlite")
    first = shop.app
    asked = Totals("order", (("sum", "amount"),))
    shop.create("order", {"amount": 5})
    assert first.now.records.totals(shop.context(), asked)[0].values == (5,)
    shop.open()
    shop.create("order", {"amount": 7})
    assert first.now.records.totals(shop.context(), asked)[0].values == (12,)
