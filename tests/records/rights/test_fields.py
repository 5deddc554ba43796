"""What is hidden does not exist, what is masked is dots, what is read only is refused by name."""

from collections.abc import Callable
from typing import Any

import pytest

from kehu.core.flows.explaining import explain
from kehu.core.formula import FormulaError, compile_formula
from kehu.core.problems import Refused, message
from kehu.core.records.exporting import columns_of, export_rows
from kehu.core.schema.fields.secret import MASK

HIDDEN = ("credit", "secretword", "risky", "spent", "orders")
"""What sales do not see: what the role hides, and what is worked out from it or from records out of sight."""


def test_hidden_fields_are_in_no_row_and_no_definition(house: Any) -> None:
    ann = house.who("ann", "sales")
    seen = house.seen(ann)
    rows = [
        seen.records.get(ann, "customer", house.ids["Alpha"]),
        *seen.records.find(ann, "customer").rows,
        *seen.records.related(ann, "customer", "owner", house.ids["ann"]),
        *export_rows(seen.records, ann, "customer"),
    ]
    assert len(rows) == 1 + 2 + 2 + 2
    assert all(set(HIDDEN).isdisjoint(row) for row in rows)
    assert set(HIDDEN).isdisjoint(seen.catalog.entities["customer"].fields)
    assert set(HIDDEN).isdisjoint(columns_of(seen.records, "customer"))
    assert "order" not in seen.catalog.entities
    assert set(seen.catalog.metrics) == {"customers"}
    assert set(seen.catalog.views) == {"customers"}
    assert [item.metric for item in seen.catalog.dashboards["home"].items] == ["customers"]
    assert seen.catalog.version != house.app.catalog.version


@pytest.mark.parametrize("name", [*HIDDEN, "授信额度", "Credit limit", "phone"])
def test_formulas_know_no_hidden_and_no_masked_field(house: Any, name: str) -> None:
    scope = house.seen(house.who("ann", "sales")).records.scope("customer")
    with pytest.raises(FormulaError) as hidden:
        compile_formula(f"{name} is empty", scope)
    with pytest.raises(FormulaError) as unknown:
        compile_formula("zzzzzz is empty", scope)
    for one, other in zip(hidden.value.problems, unknown.value.problems, strict=True):
        assert message(one, "en").replace(name, "zzzzzz") == message(other, "en")


def test_masked_texts_are_dots_while_the_condition_holds(house: Any) -> None:
    ann = house.who("ann", "sales")
    phones = {row["name"]: row["phone"] for row in house.seen(ann).records.find(ann, "customer").rows}
    assert phones == {"Alpha": MASK, "Delta": "13700000000"}


def test_whoever_masks_always_sees_dots_everywhere(house: Any) -> None:
    eve = house.who("eve", "reader")
    records = house.seen(eve).records
    assert {row["phone"] for row in records.find(eve, "customer").rows} == {MASK}
    found = explain(records, eve, "customer", house.ids["Alpha"], "field", "phone")
    assert "139" not in " ".join(found.in_words("en"))


@pytest.mark.parametrize(("search", "names"), [("xyzzyAlpha", []), ("13912345678", []), ("Alpha", ["Alpha"])])
def test_a_search_looks_only_at_what_is_seen(house: Any, search: str, names: list[str]) -> None:
    ann = house.who("ann", "sales")
    assert house.names(ann, search=search) == names
    assert house.seen(ann).records.count(ann, "customer", search=search) == len(names)


def test_histories_tell_nothing_hidden(house: Any) -> None:
    owner, ann = house.app.context("page"), house.who("ann", "sales")
    alpha = house.ids["Alpha"]
    house.app.now.records.update(owner, "customer", alpha, {"credit": 77})
    house.app.now.records.update(owner, "customer", alpha, {"phone": "13500000000", "credit": 78})
    events = house.seen(ann).records.history(ann, "customer", alpha)
    assert [event.kind for event in events] == ["changed", "created"]
    assert all(set(HIDDEN).isdisjoint(event.changes) for event in events)
    assert events[0].changes == {"phone": [MASK, MASK]}


def test_the_history_of_what_was_deleted_is_told_to_nobody_whose_it_may_not_have_been(house: Any) -> None:
    owner, ann = house.app.context("page"), house.who("ann", "sales")
    house.app.now.records.delete(owner, "order", house.ids["orderBeta"])
    house.app.now.records.delete(owner, "customer", house.ids["Beta"])
    with pytest.raises(Refused) as refusal:
        house.seen(ann).records.history(ann, "customer", house.ids["Beta"])
    assert refusal.value.status == "missing"
    assert house.app.now.records.history(owner, "customer", house.ids["Beta"])


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "New", "credit": 5}, "unknown_field"),
        ({"name": "New", "secretword": "x"}, "unknown_field"),
        ({"name": "New", "zzz": 5}, "unknown_field"),
        ({"name": "New", "class": "high"}, "field_is_not_writable"),
        ({"name": "New", "spent": 5}, "unknown_field"),
    ],
)
def test_only_what_is_allowed_may_be_written(house: Any, values: dict[str, Any], code: str) -> None:
    ann = house.who("ann", "sales")
    records = house.seen(ann).records
    writes: tuple[Callable[[], object], ...] = (
        lambda: records.create(ann, "customer", values),
        lambda: records.update(ann, "customer", house.ids["Delta"], values),
        lambda: house.app.now.records.update(ann, "customer", house.ids["Delta"], values),
    )
    for write in writes:
        with pytest.raises(Refused) as refusal:
            write()
        problem = refusal.value.problems[0]
        assert problem.code == code
        assert set(HIDDEN).isdisjoint(problem.values.get("available", ()))


def test_what_a_rule_says_of_hidden_fields_is_not_said(house: Any) -> None:
    owner, ann = house.app.context("page"), house.who("ann", "sales")
    alpha = house.ids["Alpha"]
    with pytest.raises(Refused) as refusal:
        house.app.now.records.update(owner, "customer", alpha, {"credit": 5000})
    assert "5,000" in message(refusal.value.problems[0], "en")
    found = house.app.now.records.rights.told(ann, "customer", refusal.value.problems)
    assert [problem.code for problem in found] == ["about_something_hidden"]
    assert "5,000" not in message(found[0], "en")


def test_dots_that_are_sent_back_leave_the_value_as_it_is(house: Any) -> None:
    ann = house.who("ann", "sales")
    records = house.seen(ann).records
    records.update(ann, "customer", house.ids["Alpha"], {"name": "Alpha 2", "phone": MASK})
    assert house.app.store.get("customer", house.ids["Alpha"])["phone"] == "13912345678"


def test_of_several_roles_each_shows_its_own_records(house: Any) -> None:
    """The manager sees credits of the team; the reader sees everybody, without credits."""
    both = house.who("cat", "manager", "reader")
    records = house.seen(both).records
    found = {row["name"]: row["credit"] for row in records.find(both, "customer").rows}
    assert found == {"Alpha": 10, "Beta": 200, "Delta": 60, "Epsilon": None}
    with pytest.raises(FormulaError):
        compile_formula("credit > 1", records.scope("customer"))


def test_a_person_who_may_not_change_a_record_is_refused(house: Any) -> None:
    eve, cat = house.who("eve", "reader"), house.who("cat", "manager")
    with pytest.raises(Refused) as refusal:
        house.seen(eve).records.update(eve, "customer", house.ids["Alpha"], {"name": "Mine"})
    assert refusal.value.status == "forbidden"
    house.seen(cat).records.update(cat, "customer", house.ids["Alpha"], {"name": "Ours"})
    with pytest.raises(Refused) as refusal:
        house.seen(cat).records.delete(cat, "customer", house.ids["Alpha"])
    assert refusal.value.status == "forbidden"


def test_an_invisible_record_is_refused_like_a_missing_one(house: Any) -> None:
    ben = house.who("ben", "sales")
    records, gone = house.seen(ben).records, "01890000-0000-7000-8000-000000000000"
    writes: tuple[Callable[[str], object], ...] = (
        lambda id: records.get(ben, "customer", id),
        lambda id: records.update(ben, "customer", id, {"name": "X"}),
        lambda id: records.delete(ben, "customer", id),
        lambda id: records.history(ben, "customer", id),
    )
    for write in writes:
        said = []
        for id in (house.ids["Alpha"], gone):
            with pytest.raises(Refused) as refusal:
                write(id)
            said.append(message(refusal.value.problems[0], "en").replace(id, "ID"))
        assert said[0] == said[1]
