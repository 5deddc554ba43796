"""Teams and managers stand above one another, never above themselves."""

from typing import Any


def test_a_team_never_stands_above_itself(make: Any) -> None:
    small = make({})
    sales = small.create("team", {"name": "销售部"})
    east = small.create("team", {"name": "华东", "parent": sales["id"]})
    south = small.create("team", {"name": "上海", "parent": east["id"]})

    for below in (sales, east, south):
        (problem,) = small.refused("team", {"parent": below["id"]}, id=sales["id"])
        assert (problem.code, problem.field) == ("stands_above_itself", "parent")

    assert small.update("team", south["id"], {"parent": sales["id"]})["parent"] == sales["id"]


def test_nobody_is_their_own_manager(make: Any) -> None:
    small = make({})
    boss = small.create("user", {"name": "王"})
    seller = small.create("user", {"name": "李", "manager": boss["id"]})

    (problem,) = small.refused("user", {"manager": seller["id"]}, id=boss["id"])
    assert (problem.code, problem.field) == ("stands_above_itself", "manager")


def test_a_person_has_a_team_and_a_territory(make: Any) -> None:
    small = make({})
    team = small.create("team", {"name": "华东"})
    person = small.create("user", {"name": "李", "team": "华东", "territory": "上海 浦东新区"})

    assert (person["team"], person["territory"]) == (team["id"], "310115")
