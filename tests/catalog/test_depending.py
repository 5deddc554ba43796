"""Computed fields that lean on each other: circles and endless chains are told, and what costs too much is, too."""

from typing import Any

from kehu.core.catalog.depending import LONGEST_CHAIN

THING = "entity: thing\nlabel: Thing\nfields:\n  name: {type: text, label: Name}\n  size: {type: number, label: Size}\n"


def thing(*lines: str) -> dict[str, str]:
    return {"entities/thing.yaml": THING + "".join(f"  {line}\n" for line in lines)}


def formula(name: str, text: str) -> str:
    return f"{name}: {{type: formula, label: {name}, formula: '{text}'}}"


def test_a_chain_of_formulas_may_be_long_but_not_endless(make: Any) -> None:
    def chain(length: int) -> list[str]:
        return [formula("f0", "size + 1"), *(formula(f"f{n}", f"f{n - 1} + 1") for n in range(1, length))]

    assert make(thing(*chain(LONGEST_CHAIN))).problems() == {}
    found = make(thing(*chain(LONGEST_CHAIN + 1))).problems()
    assert found["formula_chain_too_long"].values["limit"] == LONGEST_CHAIN


def test_a_chain_longer_than_pythons_stack_is_told_like_any_other(make: Any) -> None:
    lines = [formula("f0", "f1599 + 1"), *(formula(f"f{n}", f"f{n - 1} + 1") for n in range(1, 1600))]
    found = make(thing(*lines)).problems()
    assert "circular_fields" in found or "formula_chain_too_long" in found


def test_formulas_worked_out_on_sight_may_not_double_without_end(make: Any) -> None:
    doubling = [
        formula("f0", "DAYS(TODAY(), TODAY()) + size"),
        *(formula(f"f{n}", f"f{n - 1} + f{n - 1}") for n in range(1, 30)),
    ]
    found = make(thing(*doubling)).problems()
    assert found["formula_too_costly"].place.line > 5
    assert make(thing(*doubling[:12])).problems() == {}


def test_a_stored_formula_may_be_read_twice_at_every_step(make: Any) -> None:
    lines = [formula("f0", "size + 1"), *(formula(f"f{n}", f"f{n - 1} + f{n - 1}") for n in range(1, 30))]
    assert make(thing(*lines)).problems() == {}


def test_a_circle_through_rollups_and_formulas_of_two_entities_is_named_with_its_path(make: Any) -> None:
    files = {
        "entities/order.yaml": "entity: order\nlabel: Order\nfields:\n"
        "  customer: {type: link, label: Customer, to: customer}\n"
        "  share: {type: formula, label: Share, formula: 'customer.total / 2'}\n",
        "entities/customer.yaml": "entity: customer\nlabel: Customer\nfields:\n"
        "  name: {type: text, label: Name}\n"
        "  orders: {type: children, label: Orders, of: order.customer}\n"
        "  total: {type: formula, label: Total, formula: 'SUM(orders.share)'}\n",
    }
    problem = make(files).problems()["circular_fields"]
    assert problem.values["path"] in (
        "order.share → customer.total → order.share",
        "customer.total → order.share → customer.total",
    )


def test_a_field_of_a_length_of_time_must_say_its_unit(make: Any) -> None:
    lines = ("due: {type: date, label: Due}", formula("left", "due - TODAY()"))
    problem = make(thing(*lines)).problems()["formula_gives_duration"]
    assert (problem.instead, problem.place.line) == ("IN_DAYS(due - TODAY())", 7)
    assert make(thing(lines[0], formula("left", "IN_DAYS(due - TODAY())"))).problems() == {}
