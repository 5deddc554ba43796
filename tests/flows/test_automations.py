"""Automations act in the transaction of what set them off, in order, and never for ever."""

from typing import Any

import pytest

FILES = {
    "entities/deal.yaml": """
        entity: deal
        fields:
          title: {type: text}
          amount: {type: money}
          note: {type: text}
          count: {type: integer}
          owner: {type: user, default: =CURRENT_USER()}
          stage: {type: stage, flow: sales}
    """,
    "entities/order.yaml": """
        entity: order
        fields:
          number: {type: number_series, format: "SO-{0000}"}
          deal: {type: link, to: deal, on_delete: clear}
          amount: {type: money, max: 1000}
          owner: {type: user}
    """,
    "flows/sales.yaml": """
        flow: sales
        entity: deal
        field: stage
        stages: {open: {label: Open}, won: {label: Won}}
    """,
    "automations/a_won.yaml": """
        automation: a_won
        label: 成交后生成订单
        on: deal.stage -> won
        when: amount > 0
        do:
          - create: order
            set: {deal: =id, amount: =amount, owner: =owner}
            as: made
          - set: {note: '="order " & made.number'}
          - notify: owner
            message: {zh: "{{ title }} 已生成 {{ made.number }}", en: "{{ title }}: {{ made.number }}"}
    """,
    "automations/b_noted.yaml": """
        automation: b_noted
        on: deal.note changed
        when: count is empty
        do:
          - set: {count: 1}
    """,
}


@pytest.fixture
def sales(make: Any) -> Any:
    return make(FILES)


def test_steps_follow_each_other_and_what_they_set_off_follows_too(sales: Any) -> None:
    row = sales.create("deal", {"title": "Big", "amount": 500})
    after = sales.update("deal", row["id"], {"stage": "won"})
    (order,) = sales.all("order")
    assert (order["deal"], order["amount"], order["owner"]) == (row["id"], 500, sales.app.owner)
    assert (after["note"], after["count"]) == ("order SO-0001", 1)
    (notice,) = sales.all("notification")
    assert (notice["to"], notice["message"]) == (sales.app.owner, "Big 已生成 SO-0001")
    assert (notice["entity"], notice["record"]) == ("deal", row["id"])


def test_history_names_the_automation_and_keeps_the_batch(sales: Any) -> None:
    row = sales.create("deal", {"amount": 500})
    context = sales.context("board")
    records = sales.app.now.records
    records.update(context, "deal", row["id"], {"stage": "won"})
    events = records.history(context, "deal", row["id"])
    assert [(event.door, event.reason) for event in events[:3]] == [
        ("automation", "b_noted"),
        ("automation", "a_won"),
        ("board", None),
    ]
    assert {event.batch for event in events[:3]} == {context.batch}
    assert {event.actor for event in events} == {sales.app.owner}


def test_a_created_record_has_not_moved(sales: Any) -> None:
    sales.create("deal", {"amount": 500, "stage": "won"})
    assert sales.all("order") == []


def test_a_condition_that_does_not_hold_does_nothing(sales: Any) -> None:
    row = sales.create("deal", {"amount": 0})
    sales.update("deal", row["id"], {"stage": "won"})
    assert sales.all("order") == []


def test_a_refusal_inside_one_undoes_everything_and_names_it(sales: Any) -> None:
    row = sales.create("deal", {"amount": 5000})
    problems = sales.refused("deal", {"stage": "won"}, id=row["id"])
    assert [problem.code for problem in problems] == ["automation_refused", "too_big"]
    assert problems[0].values["automation"].zh == "成交后生成订单"
    sales.update("deal", row["id"], {"amount": 50})
    sales.update("deal", row["id"], {"stage": "won"})
    assert sales.all("order")[0]["number"] == "SO-0001"


def test_a_chain_that_never_ends_is_refused_whole(make: Any) -> None:
    there = make(
        {
            **FILES,
            "automations/c_endless.yaml": "automation: c_endless\non: deal.count changed\ndo:\n  - set: {count: =count + 1}\n",
        }
    )
    row = there.create("deal", {})
    problems = there.refused("deal", {"count": 1}, id=row["id"])
    assert problems[-1].code == "automation_loop"


def test_a_later_automation_sees_what_an_earlier_one_did(make: Any) -> None:
    there = make(
        {
            **FILES,
            "automations/m1.yaml": "automation: m1\non: deal.title changed\ndo:\n  - set: {count: 7}\n",
            "automations/m2.yaml": "automation: m2\non: deal.title changed\nwhen: count = 7\ndo:\n  - set: {amount: 7}\n",
        }
    )
    row = there.create("deal", {"title": "a"})
    assert there.update("deal", row["id"], {"title": "b"})["amount"] == 7


def test_created_changed_and_deleted_set_off_what_waits_for_them(make: Any) -> None:
    there = make(
        {
            **FILES,
            **{
                f"automations/on_{what}.yaml": f"automation: on_{what}\non: deal {what}\ndo:\n"
                f"  - create: notification\n    set: {{to: =CURRENT_USER(), message: {what}}}\n"
                for what in ("created", "changed", "deleted")
            },
        }
    )
    row = there.create("deal", {})
    there.update("deal", row["id"], {"title": "x"})
    there.delete("deal", row["id"])
    assert [each["message"] for each in there.all("notification")] == ["created", "changed", "deleted"]


def test_nobody_to_notify_is_no_mistake(sales: Any) -> None:
    row = sales.create("deal", {"amount": 5, "owner": None})
    sales.update("deal", row["id"], {"stage": "won"})
    assert sales.all("notification") == []
    assert len(sales.all("order")) == 1


def test_sample_data_sets_off_nothing(sales: Any) -> None:
    with sales.app.now.records.unit(sales.context("seed"), follow=False) as unit:
        row = unit.create("deal", {"amount": 5})
        unit.update("deal", row["id"], {"stage": "won"})
    assert sales.all("order") == []
