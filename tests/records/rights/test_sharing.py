"""A record is shared with a person or a team, to be read or changed; records change hands, all or none."""

from typing import Any

import pytest

from kehu.core.problems import Refused
from kehu.core.records.sharing import hand_over, hand_over_all, share_record, shared_with, unshare_record
from kehu.core.store.query import Totals


def test_what_is_shared_with_a_person_is_seen_by_that_person(house: Any) -> None:
    ann, ben = house.who("ann", "sales"), house.who("ben", "sales")
    alpha = house.ids["Alpha"]
    assert house.names(ben) == ["Beta"]
    share_record(house.seen(ann).records, ann, "customer", alpha, "user", house.ids["ben"], "read")
    assert house.names(ben) == ["Alpha", "Beta"]
    records = house.seen(ben).records
    assert records.totals(ben, Totals("customer", (("count", "id"),)))[0].values == (2,)
    assert "credit" not in records.get(ben, "customer", alpha)
    with pytest.raises(Refused) as refusal:
        records.update(ben, "customer", alpha, {"name": "Mine"})
    assert refusal.value.status == "forbidden"
    share_record(house.seen(ann).records, ann, "customer", alpha, "user", house.ids["ben"], "change")
    assert records.update(ben, "customer", alpha, {"name": "Ours"}).row["name"] == "Ours"
    with pytest.raises(Refused):
        records.update(ben, "customer", alpha, {"class": "high"})
    (known,) = shared_with(house.seen(ann).records, ann, "customer", alpha)
    unshare_record(house.seen(ann).records, ann, "customer", alpha, known.id)
    assert house.names(ben) == ["Beta"]
    kinds = [event.kind for event in house.app.store.events("customer", alpha)]
    assert kinds[:5] == ["unshared", "changed", "shared", "shared", "created"]


def test_what_is_shared_with_a_team_is_seen_by_its_people(house: Any) -> None:
    owner = house.app.context("page")
    share_record(
        house.app.now.records, owner, "customer", house.ids["Epsilon"], "team", house.ids["north"], "read"
    )
    assert house.names(house.who("ann", "sales")) == ["Alpha", "Delta", "Epsilon"]
    house.app.now.records.update(owner, "user", house.ids["ann"], {"team": house.ids["south"]})
    assert house.names(house.who("ann", "sales")) == ["Alpha", "Delta"]


@pytest.mark.parametrize("person", ["ben", "eve"])
def test_nobody_shares_what_they_may_not_change(house: Any, person: str) -> None:
    role = "sales" if person == "ben" else "reader"
    context = house.who(person, role)
    with pytest.raises(Refused) as refusal:
        share_record(
            house.seen(context).records,
            context,
            "customer",
            house.ids["Alpha"],
            "user",
            house.ids["ben"],
            "read",
        )
    assert refusal.value.status == ("missing" if role == "sales" else "forbidden")
    assert not list(house.app.store.rows("kehu_shares"))


def test_records_change_hands_all_or_none(house: Any) -> None:
    cat = house.who("cat", "manager")
    records, ids = house.seen(cat).records, house.ids
    with pytest.raises(Refused):
        hand_over(records, cat, "customer", [ids["Alpha"], ids["Epsilon"]], ids["ben"])
    assert house.names(house.who("ann", "sales")) == ["Alpha", "Delta"]
    assert hand_over(records, cat, "customer", [ids["Alpha"], ids["Beta"]], ids["eve"]) == 2
    assert house.names(house.who("eve", "sales")) == ["Alpha", "Beta", "Epsilon"]
    event = house.app.store.events("customer", ids["Alpha"])[0]
    assert event.changes["owner"] == [ids["ann"], ids["eve"]]


def test_all_records_of_a_person_change_hands_at_once(house: Any) -> None:
    cat, ids = house.who("cat", "manager"), house.ids
    assert hand_over_all(house.seen(cat).records, cat, "customer", ids["ann"], ids["ben"]) == 2
    assert house.names(house.who("ben", "sales")) == ["Alpha", "Beta", "Delta"]
    batches = {house.app.store.events("customer", ids[name])[0].batch for name in ("Alpha", "Delta")}
    assert len(batches) == 1


def test_whoever_hands_a_record_over_need_not_see_it_afterwards(house: Any) -> None:
    ann, ids = house.who("ann", "sales"), house.ids
    records = house.seen(ann).records
    assert records.update(ann, "customer", ids["Alpha"], {"owner": ids["ben"]}).row["owner"] == ids["ben"]
    with pytest.raises(Refused):
        records.get(ann, "customer", ids["Alpha"])
