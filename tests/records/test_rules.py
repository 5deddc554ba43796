"""Rules block, mention, or pass with a reason that stays in the history; what stands once is told as people see it."""

from dataclasses import replace
from typing import Any

import pytest

from kehu.core.problems import Refused, message

FILES = {
    "entities/deal.yaml": """
        entity: deal
        title: title
        fields:
          title: {type: text}
          amount: {type: money, label: {zh: 金额, en: Amount}}
          discount: {type: percent, label: {zh: 折扣, en: Discount}}
          cost: {type: money}
          phone: {type: text}
          floor: {type: text}
        unique:
          - {fields: [title], normalise: [trim, case, width, punctuation, spaces]}
          - {fields: [phone, floor], normalise: trim}
        rules:
          - rule: small_discount
            check: discount is empty or discount <= 20%
            severity: reason
            message: {zh: "折扣 {{ discount }} 超过 20%", en: "A discount of {{ discount }} is above 20%"}
          - {rule: has_cost, when: amount > 1000, require: [cost], severity: reason}
          - rule: amount_is_large
            check: amount is empty or amount >= 1
            message: {zh: "“{{ title }}”的金额是 {{ amount }}", en: "{{ title }} has the amount {{ amount }}"}
          - {rule: round, check: amount is empty or amount <> 13, severity: warn, message: "{{ amount }} is odd"}
    """,
    "automations/lavish.yaml": """
        automation: lavish
        on: deal.phone changed
        do: [{set: {discount: 50%}}]
    """,
}


@pytest.fixture
def deals(make: Any) -> Any:
    return make(FILES)


@pytest.fixture(params=["tinydb", "sqlite"])
def either(request: pytest.FixtureRequest, make: Any) -> Any:
    return make(FILES, store=request.param)


def because(deals: Any, reason: str, door: str = "page") -> Any:
    return replace(deals.context(door), reason=reason)


@pytest.mark.parametrize("door", ["page", "board", "api", "command", "import"])
def test_a_rule_that_wants_a_reason_refuses_without_one_and_says_so(deals: Any, door: str) -> None:
    (problem,) = deals.refused("deal", {"discount": "30%"}, door)
    assert (problem.code, problem.field) == ("rule_says_unless", "discount")
    assert message(problem, "en") == "A discount of 30% is above 20%"
    assert message(problem, "zh") == "折扣 30% 超过 20%"
    (problem,) = deals.refused("deal", {"amount": 2000}, door)
    assert (problem.code, problem.field) == ("field_required_unless", "cost")


def test_with_a_reason_it_passes_and_the_history_keeps_it(deals: Any) -> None:
    records = deals.app.now.records
    saved = records.create(because(deals, "an old friend"), "deal", {"discount": "30%"})
    (event,) = records.history(deals.context(), "deal", saved.row["id"])
    assert event.reason == "an old friend"
    with pytest.raises(Refused):
        records.update(deals.context(), "deal", saved.row["id"], {"discount": "40%"})
    assert records.update(deals.context(), "deal", saved.row["id"], {"title": "T"}).row["title"] == "T"


def test_a_reason_opens_nothing_that_blocks(deals: Any) -> None:
    with pytest.raises(Refused) as refusal:
        deals.app.now.records.create(because(deals, "please"), "deal", {"title": "T", "amount": "0.5"})
    (problem,) = refusal.value.problems
    assert problem.code == "rule_says"
    assert message(problem, "en") == "T has the amount ¥0.50" or "T has the amount" in message(problem, "en")


def test_an_automation_is_its_own_reason(deals: Any) -> None:
    row = deals.create("deal", {})
    deals.update("deal", row["id"], {"phone": "1"})
    assert deals.get("deal", row["id"])["discount"] == deals.get("deal", row["id"])["discount"].__class__(
        "0.5"
    )
    events = deals.app.now.records.history(deals.context(), "deal", row["id"])
    assert [event.reason for event in events] == ["lavish", None, None]


def test_a_stranger_has_no_say(deals: Any) -> None:
    stranger = deals.context().stranger("some_form")
    with pytest.raises(Refused) as refusal:
        deals.app.now.records.create(stranger, "deal", {"discount": "30%"})
    assert "rule_says_unless" in {problem.code for problem in refusal.value.problems}


def test_a_warning_is_told_with_what_it_is_about(deals: Any) -> None:
    saved = deals.app.now.records.create(deals.context(), "deal", {"amount": 13})
    assert ["13" in message(problem, "en") for problem in saved.warnings] == [True]


@pytest.mark.parametrize("again", ["acme inc", "ＡＣＭＥ，Inc.", "A.C M-E (Inc)", " Acme Inc "])
def test_what_is_the_same_to_people_stands_once(either: Any, again: str) -> None:
    either.create("deal", {"title": "ACME, Inc."})
    (problem,) = either.refused("deal", {"title": again})
    assert (problem.code, problem.field, problem.values["fields"]) == ("not_unique", "title", ("title",))


def test_fields_that_stand_once_together_are_compared_as_they_say(either: Any) -> None:
    row = either.create("deal", {"phone": "ab", "floor": "1"})
    either.create("deal", {"phone": "AB", "floor": "1"})
    either.create("deal", {"phone": "ab", "floor": "2"})
    (problem,) = either.refused("deal", {"phone": " ab ", "floor": "1"})
    assert problem.values["fields"] == ("phone", "floor")
    either.update("deal", row["id"], {"floor": "3"})
    assert either.create("deal", {"phone": "ab", "floor": "1"})["floor"] == "1"


def test_another_manner_of_comparing_is_taken_up(either: Any) -> None:
    text = FILES["entities/deal.yaml"]
    either.write(
        {"entities/deal.yaml": text.replace(", normalise: [trim, case, width, punctuation, spaces]", "")}
    )
    either.reopen()
    either.create("deal", {"title": "A-B"})
    either.create("deal", {"title": "AB"})
    either.write({"entities/deal.yaml": text})
    either.reopen()
    (problem,) = either.refused("deal", {"title": "a b"})
    assert problem.code == "not_unique"


def test_a_hole_that_names_nothing_is_told_in_its_place(make: Any) -> None:
    text = FILES["entities/deal.yaml"].replace("{{ amount }} is odd", "{{ amout }} is odd")
    problem = make({"entities/deal.yaml": text}).problems()["formula_unknown_name_near"]
    assert "entities/deal.yaml" in str(problem.place)
