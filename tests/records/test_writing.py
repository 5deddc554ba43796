"""The one write path: what it refuses, fills in, writes and tells."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from kehu.core.problems import Refused


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


def test_a_plain_record_gets_its_defaults_and_system_columns(shop: Any) -> None:
    row = shop.create("customer", {"name": "Ada", "budget": "12.50"})
    assert row["class"] == "regular"
    assert row["owner"] == shop.app.owner
    assert row["budget"] == Decimal("12.50")
    assert row["limit"] == Decimal("25.00")
    assert (row["spent"], row["order_count"], row["biggest"], row["tier"]) == (0, 0, None, "C")
    assert row["version"] == 1
    assert row["created_by"] == row["changed_by"] == shop.app.owner


def test_a_default_that_the_field_does_not_take_is_refused_in_words(shop: Any) -> None:
    problems = shop.refused("customer", {"name": "Ada", "budget": 600})
    assert [(problem.field, problem.code) for problem in problems] == [("limit", "too_big")]


def test_unknown_fields_are_refused_by_name_with_the_nearest(shop: Any) -> None:
    (problem,) = shop.refused("customer", {"name": "Ada", "phne": "1"})
    assert (problem.code, problem.field, problem.instead) == ("unknown_field", "phne", "phone")


@pytest.mark.parametrize("name", ["spent", "tier", "vip", "orders"])
def test_computed_and_read_only_fields_are_refused_by_name(shop: Any, name: str) -> None:
    (problem,) = shop.refused("customer", {"name": "Ada", name: 1})
    assert (problem.code, problem.field) == ("field_is_not_writable", name)


@pytest.mark.parametrize("name", ["id", "version", "created_by", "changed_at", "created_at", "external_id"])
def test_system_columns_cannot_be_given_on_a_page(shop: Any, name: str) -> None:
    assert codes(shop.refused("customer", {"name": "Ada", name: "1"})) == ["unknown_field"]


def test_definitions_may_set_what_is_read_only_to_people(shop: Any) -> None:
    assert shop.create("customer", {"name": "Ada", "vip": True}, door="automation")["vip"] is True


def test_every_wrong_value_is_told_at_once(shop: Any) -> None:
    problems = shop.refused(
        "customer", {"name": "x" * 41, "class": "hihg", "budget": "-1", "parent": "Nobody"}
    )
    assert [problem.field for problem in problems] == ["name", "class", "budget", "parent"]


def test_required_fields_are_required(shop: Any) -> None:
    (problem,) = shop.refused("customer", {"phone": "13800000000"})
    assert (problem.code, problem.field) == ("field_required", "name")


def test_a_rule_asks_for_fields_while_its_condition_holds(shop: Any) -> None:
    problems = shop.refused("customer", {"name": "Ada", "class": "high", "phone": "13800000000"})
    assert [(problem.code, problem.field) for problem in problems] == [("field_required_by_rule", "needs")]
    row = shop.create("customer", {"name": "Ada", "class": "high", "phone": "13800000000", "needs": "many"})
    assert codes(shop.refused("customer", {"needs": ""}, id=row["id"])) == ["field_required_by_rule"]


def test_a_check_stops_and_a_warning_only_tells(shop: Any) -> None:
    (problem,) = shop.refused("customer", {"name": "Ada", "needs": "ab"})
    assert (problem.code, problem.field) == ("rule_broken", "needs")
    saved = shop.app.now.records.create(shop.context(), "customer", {"name": "Ada", "budget": 13})
    assert [(problem.code, problem.level) for problem in saved.warnings] == [("rule_broken", "warning")]


def test_a_record_that_broke_a_rule_before_can_be_changed_in_other_ways(shop: Any) -> None:
    row = shop.create("customer", {"name": "Ada", "needs": "ab"[:0]})
    with shop.app.store.transaction() as transaction:
        transaction.update("customer", row["id"], {"needs": "ab", "name": None})
    assert shop.update("customer", row["id"], {"phone": "13800000000"})["phone"] == "13800000000"
    assert codes(shop.refused("customer", {"needs": "a"}, id=row["id"])) == ["rule_broken"]


def test_a_field_that_became_required_later_does_not_lock_the_others(make: Any) -> None:
    files = {
        "entities/thing.yaml": "entity: thing\nfields:\n  name: {type: text, required: true}\n  size: {type: text}\n"
    }
    there = make(files)
    row = there.create("thing", {"name": "a"})
    there.write(
        {"entities/thing.yaml": files["entities/thing.yaml"].replace("size: {", "size: {required: true, ")}
    )
    there.app.reload()
    assert there.update("thing", row["id"], {"name": "b"})["name"] == "b"
    assert codes(there.refused("thing", {"name": "c"})) == ["field_required"]


@pytest.mark.parametrize("door", ["page", "api", "import", "command", "automation", "seed", "board"])
def test_what_a_form_requires_holds_at_every_door(shop: Any, door: str) -> None:
    problems = shop.refused("customer", {"name": "Ada", "class": "high", "needs": "much"}, door=door)
    assert [(problem.code, problem.field) for problem in problems] == [("field_required_by_form", "phone")]


def test_what_a_form_does_not_show_it_does_not_require(shop: Any) -> None:
    values = {"name": "Ada", "class": "high", "needs": "budgeted", "phone": "13800000000"}
    assert [problem.field for problem in shop.refused("customer", values)] == ["budget"]
    shop.create("customer", {**values, "needs": "none known"})


def test_a_value_that_must_be_unique_is(shop: Any) -> None:
    shop.create("customer", {"name": "Ada"})
    (problem,) = shop.refused("customer", {"name": " ADA "})
    assert (problem.code, problem.field) == ("not_unique", "name")
    other = shop.create("customer", {"name": "Bob"})
    assert codes(shop.refused("customer", {"name": "ada"}, id=other["id"])) == ["not_unique"]


def test_links_are_found_by_id_by_external_id_and_by_title(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada", "external_id": "C-1"}, door="api")
    for text in (ada["id"], "C-1", "Ada", " Ada "):
        assert shop.create("order", {"customer": text})["customer"] == ada["id"]


def test_a_link_that_leads_nowhere_or_to_several_is_refused(shop: Any) -> None:
    shop.create("line", {"what": "same"})
    assert codes(shop.refused("order", {"customer": "Nobody"})) == ["link_leads_nowhere"]
    gone = shop.create("customer", {"name": "Gone"})
    shop.delete("customer", gone["id"])
    assert codes(shop.refused("order", {"customer": gone["id"]})) == ["link_leads_nowhere"]
    for odd in ("a\x00b", "\ud800", ["x"], {"a": 1}, True, 7, "x" * 5000):
        assert [problem.field for problem in shop.refused("order", {"customer": odd})] == ["customer"]


def test_a_title_that_several_records_have_is_ambiguous(make: Any) -> None:
    there = make(
        {
            "entities/tag.yaml": "entity: tag\nfields: {name: {type: text}}\n",
            "entities/thing.yaml": "entity: thing\nfields: {name: {type: text}, tag: {type: link, to: tag}}\n",
        }
    )
    there.create("tag", {"name": "x"})
    there.create("tag", {"name": "x"})
    (problem,) = there.refused("thing", {"tag": "x"})
    assert (problem.code, problem.values["count"]) == ("link_is_ambiguous", 2)
    assert problem.field == "tag"


@pytest.mark.parametrize("odd", ["a\x00b", "\ud800", "x" * 5000, {"a": 1}, ["a"], True])
def test_an_odd_external_id_is_refused(shop: Any, odd: Any) -> None:
    (problem,) = shop.refused("customer", {"name": "Ada", "external_id": odd}, door="api")
    assert problem.field == "external_id"


def test_a_stale_version_is_a_conflict_that_says_what_differs(shop: Any) -> None:
    row = shop.create("customer", {"name": "Ada"})
    records, context = shop.app.now.records, shop.context()
    records.update(context, "customer", row["id"], {"phone": "13800000000"}, version=1)
    with pytest.raises(Refused) as refusal:
        records.update(context, "customer", row["id"], {"phone": "13900000000"}, version=1)
    assert refusal.value.status == "conflict"
    (problem,) = refusal.value.problems
    assert problem.code == "changed_meanwhile"
    assert (problem.values["seen"], problem.values["version"]) == (1, 2)
    assert problem.values["now"] == {"phone": "13800000000"}
    with pytest.raises(Refused):
        records.delete(context, "customer", row["id"], version=1)


def test_a_change_that_changes_nothing_writes_nothing(shop: Any) -> None:
    row = shop.create("customer", {"name": "Ada"})
    before = shop.dump()
    assert shop.update("customer", row["id"], {"name": "Ada", "class": "regular"})["version"] == 1
    assert shop.dump() == before


def test_a_missing_record_is_missing_to_read_change_and_delete(shop: Any) -> None:
    records, context = shop.app.now.records, shop.context()
    calls: list[tuple[Any, ...]] = [
        (records.get,),
        (records.update, {"name": "x"}),
        (records.delete,),
        (records.history,),
    ]
    for odd in ("nothing", "", "a\x00b", "\ud800"):
        for act, *more in calls:
            with pytest.raises(Refused) as refusal:
                act(context, "customer", odd, *more)
            assert refusal.value.status == "missing"


def test_deleting_refuses_clears_or_takes_along_as_the_link_says(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada"})
    seller = shop.create("customer", {"name": "Seller"})
    order = shop.create("order", {"customer": ada["id"], "seller": seller["id"], "amount": 5})
    line = shop.create("line", {"order": order["id"], "quantity": 2, "price": 3})
    before = shop.dump()
    with pytest.raises(Refused) as refusal:
        shop.delete("customer", ada["id"])
    assert (refusal.value.status, refusal.value.problems[0].values["count"]) == ("conflict", 1)
    assert shop.dump() == before
    shop.delete("customer", seller["id"])
    assert shop.get("order", order["id"])["seller"] is None
    shop.delete("order", order["id"])
    with pytest.raises(Refused):
        shop.get("line", line["id"])
    assert shop.get("customer", ada["id"])["spent"] == 0
    shop.delete("customer", ada["id"])


def test_records_that_take_each_other_along_go_together(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada"})
    bob = shop.create("customer", {"name": "Bo", "parent": ada["id"]})
    shop.update("customer", ada["id"], {"parent": bob["id"]})
    shop.delete("customer", ada["id"])
    assert shop.all("customer") == []


def test_a_record_that_links_to_itself_can_be_deleted(make: Any) -> None:
    there = make(
        {
            "entities/thing.yaml": "entity: thing\nfields: {name: {type: text}, like: {type: link, to: thing}}\n"
        }
    )
    row = there.create("thing", {"name": "a"})
    there.update("thing", row["id"], {"like": row["id"]})
    there.delete("thing", row["id"])
    assert there.all("thing") == []


def test_a_series_has_no_gaps_after_refusals(shop: Any) -> None:
    assert shop.create("order", {"code": "a"})["number"] == "SO-0001"
    shop.refused("order", {"code": "A"})
    shop.refused("order", {"customer": "Nobody"})
    assert shop.create("order", {"code": "b"})["number"] == "SO-0002"


def test_a_number_that_was_given_lets_the_series_go_on_above_it(shop: Any) -> None:
    first = shop.create("order", {})
    shop.create("order", {"number": "SO-0007"})
    assert shop.create("order", {})["number"] == "SO-0008"
    shop.update("order", first["id"], {"number": "SO-0020"})
    assert shop.create("order", {})["number"] == "SO-0021"


def test_a_retry_with_the_same_key_makes_one_record(shop: Any) -> None:
    records, context = shop.app.now.records, shop.context("api")
    first = records.create(context, "order", {"amount": 5}, key="k1")
    again = records.create(context, "order", {"amount": 5}, key="k1")
    other = records.create(context, "order", {"amount": 5}, key="k2")
    assert first.row == again.row
    assert other.row["id"] != first.row["id"]
    assert len(shop.all("order")) == 2


def test_a_created_record_comes_back_with_the_formulas_that_are_not_kept(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada"})
    order = shop.create("order", {"customer": ada["id"]})
    records, context = shop.app.now.records, shop.context()
    for _ in range(2):
        row = records.create(context, "line", {"order": order["id"]}, key="once").row
        assert (row["buyer"], row["greeting"]) == ("Ada", "Dear Ada")
    assert records.related(context, "line", "order", order["id"])[0]["greeting"] == "Dear Ada"


def test_rules_may_ask_for_formulas_that_are_not_kept(shop: Any) -> None:
    bob = shop.create("customer", {"name": "Bob"})
    order = shop.create("order", {"customer": bob["id"]})
    assert codes(shop.refused("line", {"order": order["id"]})) == ["rule_broken"]
    free = shop.create("line", {"what": "x"})
    assert codes(shop.refused("line", {"order": order["id"]}, id=free["id"])) == ["rule_broken"]


def test_a_filter_may_ask_for_formulas_that_are_not_kept(shop: Any) -> None:
    from kehu.core.formula import compile_formula

    ada = shop.create("customer", {"name": "Ada"})
    order = shop.create("order", {"customer": ada["id"]})
    mine = shop.create("line", {"order": order["id"]})
    shop.create("line", {})
    records = shop.app.now.records
    where = compile_formula('greeting = "Dear Ada"', records.scope("line"), "yes_no")
    assert [row["id"] for row in records.find(shop.context(), "line", where).rows] == [mine["id"]]
    assert records.count(shop.context(), "line", where) == 1


def test_history_says_who_through_which_door_why_and_under_which_definitions(shop: Any) -> None:
    records = shop.app.now.records
    context = shop.app.context("api", reason="a call")
    row = records.create(context, "customer", {"name": "Ada"}).row
    later = shop.app.context("page")
    records.update(later, "customer", row["id"], {"budget": "5"})
    records.delete(later, "customer", row["id"])
    deleted, changed, created = records.history(context, "customer", row["id"])
    assert [event.kind for event in (created, changed, deleted)] == ["created", "changed", "deleted"]
    assert (created.door, created.reason, created.actor) == ("api", "a call", shop.app.owner)
    assert {created.definitions, changed.definitions} == {shop.app.catalog.version}
    assert changed.batch == deleted.batch == later.batch != created.batch
    assert changed.changes["budget"] == (None, 5) or changed.changes["budget"] == [None, 5]
    assert created.at.tzinfo is not None
    assert created.at <= datetime.now(UTC)
    assert [event.version for event in (created, changed)] == [1, 2]


def test_what_is_refused_in_the_middle_of_a_unit_undoes_all_of_it(shop: Any) -> None:
    before = shop.dump()
    with pytest.raises(Refused), shop.app.now.records.unit(shop.context()) as unit:
        unit.create("customer", {"name": "Ada"})
        unit.create("order", {"customer": "Ada", "amount": 3})
        unit.create("order", {"customer": "Nobody"})
    assert shop.dump() == before


def test_a_record_changed_after_what_belongs_to_it_keeps_its_totals(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada"})
    with shop.app.now.records.unit(shop.context()) as unit:
        unit.create("order", {"customer": ada["id"], "amount": 300})
        unit.update("customer", ada["id"], {"phone": "13800000000"})
    row = shop.get("customer", ada["id"])
    assert (row["spent"], row["order_count"], row["tier"], row["phone"]) == (300, 1, "B", "13800000000")


def test_a_text_that_meant_a_deleted_record_means_nothing_any_more(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada"})
    before = shop.dump()
    with pytest.raises(Refused), shop.app.now.records.unit(shop.context()) as unit:
        order = unit.create("order", {"customer": "Ada"})
        unit.update("order", order["id"], {"customer": None})
        unit.delete("customer", ada["id"])
        unit.create("order", {"customer": "Ada"})
    assert shop.dump() == before


def test_an_unknown_entity_is_missing(shop: Any) -> None:
    with pytest.raises(Refused) as refusal:
        shop.create("custmer", {})
    assert (refusal.value.status, refusal.value.problems[0].instead) == ("missing", "customer")
