"""Which records a right reaches: one's own, one's team's, those below, all, or those that meet a condition."""

from typing import Any

import pytest

from kehu.core.problems import Refused
from kehu.core.store.query import Sort, Totals

ALL = ["Alpha", "Beta", "Delta", "Epsilon"]


@pytest.mark.parametrize(
    ("person", "roles", "names"),
    [
        ("ann", ("sales",), ["Alpha", "Delta"]),
        ("ben", ("sales",), ["Beta"]),
        ("cat", ("manager",), ["Alpha", "Beta", "Delta"]),
        ("dan", ("manager",), ALL),
        ("eve", ("manager",), ["Epsilon"]),
        ("eve", ("reader",), ALL),
        ("ann", ("sales", "reader"), ALL),
        ("ann", ("owner",), ALL),
    ],
)
def test_a_right_reaches_so_far(house: Any, person: str, roles: tuple[str, ...], names: list[str]) -> None:
    context = house.who(person, *roles)
    records = house.seen(context).records
    assert house.names(context) == names
    assert records.count(context, "customer") == len(names)
    assert records.totals(context, Totals("customer", (("count", "id"),)))[0].values == (len(names),)
    for name in ALL:
        if name in names:
            assert records.get(context, "customer", house.ids[name])["name"] == name
        else:
            with pytest.raises(Refused) as refusal:
                records.get(context, "customer", house.ids[name])
            assert refusal.value.status == "missing"


@pytest.mark.parametrize("roles", [(), ("nobody_knows_it",)])
def test_what_no_role_gives_is_not_there(house: Any, roles: tuple[str, ...]) -> None:
    context = house.who("ann", *roles)
    with pytest.raises(Refused) as refusal:
        house.seen(context).records.find(context, "customer")
    assert refusal.value.problems[0].code == "no_such_entity"


def test_a_condition_may_look_at_other_records(house: Any) -> None:
    context = house.who("ann", "manager")
    records = house.seen(context).records
    rows = records.find(context, "order").rows
    assert sorted(row["number"] for row in rows) == ["N-Alpha", "N-Delta"]
    assert records.count(context, "order") == 2
    assert records.totals(context, Totals("order", (("sum", "amount"),)))[0].values == (700,)


def test_a_person_who_moves_to_another_team_sees_another_teams_records(house: Any) -> None:
    context = house.who("cat", "manager")
    assert house.names(context) == ["Alpha", "Beta", "Delta"]
    owner = house.app.context("page")
    house.app.now.records.update(owner, "user", house.ids["cat"], {"team": house.ids["south"]})
    assert house.names(context) == ["Epsilon"]


def test_whoever_manages_a_person_sees_theirs_below(house: Any) -> None:
    owner = house.app.context("page")
    house.app.now.records.update(owner, "user", house.ids["ann"], {"manager": house.ids["eve"]})
    assert house.names(house.who("eve", "manager")) == ["Alpha", "Delta", "Epsilon"]


def test_the_answer_to_one_person_is_not_kept_for_another(house: Any) -> None:
    totals = Totals("customer", (("count", "id"),))
    for person, count in (("ann", 2), ("ben", 1), ("ann", 2), ("eve", 1)):
        context = house.who(person, "sales")
        assert house.seen(context).records.totals(context, totals)[0].values == (count,)


def test_totals_follow_what_is_written_for_everybody(house: Any) -> None:
    totals = Totals("customer", (("count", "id"),))
    ann, ben = house.who("ann", "sales"), house.who("ben", "sales")
    for context, count in ((ann, 2), (ben, 1)):
        assert house.seen(context).records.totals(context, totals)[0].values == (count,)
    house.seen(ann).records.create(ann, "customer", {"name": "New"})
    for context, count in ((ann, 3), (ben, 1)):
        assert house.seen(context).records.totals(context, totals)[0].values == (count,)


@pytest.mark.parametrize("metric", ["customers", "credits"])
def test_metrics_measure_what_the_person_sees(house: Any, metric: str) -> None:
    from kehu.core.metrics.periods import Days

    wanted = {"customers": (3, 4), "credits": (270, 300)}[metric]
    for person, value in zip(("cat", "dan"), wanted, strict=True):
        context = house.who(person, "manager")
        measured = house.seen(context).measuring.measure(context, metric, Days())
        assert measured.value == value


def test_a_token_gives_no_more_than_its_scopes(house: Any) -> None:
    reads = house.who("ann", "owner", scopes=frozenset({"customer:read"}))
    records = house.seen(reads).records
    assert house.names(reads) == ALL
    with pytest.raises(Refused) as refusal:
        records.create(reads, "customer", {"name": "No"})
    assert refusal.value.status == "forbidden"
    with pytest.raises(Refused) as refusal:
        records.find(reads, "order")
    assert refusal.value.problems[0].code == "no_such_entity"
    writes = house.who("ann", "sales", scopes=frozenset({"write"}))
    assert house.names(writes) == ["Alpha", "Delta"]
    house.seen(writes).records.create(writes, "customer", {"name": "Yes"})
    nothing = house.who("ann", "owner", scopes=frozenset())
    assert not house.seen(nothing).catalog.entities


def test_pages_of_a_list_come_in_order_and_without_gaps(house: Any) -> None:
    context = house.who("cat", "manager")
    records, after, found = house.seen(context).records, None, []
    while True:
        page = records.find(context, "customer", sort=(Sort("name"),), after=after, limit=1)
        found += [row["name"] for row in page.rows]
        if not page.more:
            break
        after = [page.rows[-1]["name"], page.rows[-1]["id"]]
    assert found == ["Alpha", "Beta", "Delta"]
