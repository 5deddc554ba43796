"""Sample data: told as a story in the past, entered through the one write path, the same every time."""

from typing import Any

import pytest

from kehu.core.problems import Refused
from kehu.core.records.seeding import seed

FILES = {
    "entities/firm.yaml": """
        entity: firm
        fields:
          name: {type: text, required: true}
          owner: {type: user}
          since: {type: date}
          number: {type: number_series, format: "F-{000}"}
    """,
    "entities/deal.yaml": """
        entity: deal
        fields: {title: {type: text}, firm: {type: link, to: firm}, owner: {type: user}}
    """,
}
DATA = {
    "data/user.csv": "id,created_at,name\nu1,-90d,张三\nu2,-90d,李四\n",
    "data/firm.csv": "id,created_at,name,owner,since\nf1,-30d 08:30,甲,u2,-40d\nf2,-60d,乙,u1,\n",
    "data/firm.changes.csv": "id,at,name\nf1,-10d,甲方\n",
    "data/deal.csv": "id,created_at,title,firm,owner\nd1,-5d,买卖,f1,u2\n",
    "data/unknown_here.csv": "id\n1\n",
    "data/en.csv": "zh,en\n甲,A\n甲方,A Ltd\n买卖,Trade\n",
}


def plant(there: Any) -> int:
    return seed(there.app.now.records, there.context("seed"), there.folder / "data")


def test_records_happened_when_and_by_whom_the_files_say(make: Any) -> None:
    there = make({**FILES, **DATA})
    assert plant(there) == 5
    first, second = there.all("firm")
    assert (first["name"], second["name"], first["number"]) == ("乙", "甲方", "F-001")
    today = there.context().today
    assert (today - second["created_at"].astimezone(there.context().zone).date()).days == 30
    assert (today - second["since"]).days == 40
    records = there.app.now.records
    changed, created = records.history(there.context(), "firm", second["id"])
    people = {row["name"]: row["id"] for row in there.all("user")}
    assert created.actor == changed.actor == people["李四"]
    assert (changed.door, changed.at > created.at) == ("seed", True)
    assert there.all("deal")[0]["firm"] == second["id"]


def test_the_first_person_of_the_sample_data_is_who_looks_at_it(make: Any) -> None:
    there = make({**FILES, **DATA})
    plant(there)
    assert there.get("user", there.app.owner)["name"] == "张三"
    assert len(there.all("user")) == 2


def test_two_plantings_give_the_same_records(make: Any) -> None:
    def planted() -> Any:
        there = make({**FILES, **DATA})
        plant(there)
        names = {
            row["id"]: row["external_id"] for table in ("user", "firm", "deal") for row in there.all(table)
        }
        return [
            {key: names.get(value, value) for key, value in row.items() if key != "id"}
            for table in ("firm", "deal")
            for row in there.all(table)
        ]

    assert planted() == planted()


def test_the_files_can_be_told_in_english(make: Any) -> None:
    there = make({**FILES, **DATA, "kehu.yaml": "workspace: small\nlabel: s\nlanguage: en\n"})
    plant(there)
    assert [row["name"] for row in there.all("firm")] == ["乙", "A Ltd"]


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("data/firm.csv", "id,created_at,name\nf1,-33d,x\nf2,-33d,\n", 3),
        ("data/firm.csv", "id,created_at,name\nf1,one day,x\n", 2),
        ("data/firm.csv", "created_at,name\n-3d,x\n", 2),
        ("data/firm.changes.csv", "id,at,name\nf9,-3d,x\n", 2),
        ("data/deal.csv", "id,created_at,title,firm\nd1,-3d,x,f9\n", 2),
        ("data/firm.csv", "id,created_at,name\nf1,-33d,x\nf1,-32d,y\n", 3),
    ],
)
def test_a_row_that_does_not_fit_is_named_and_nothing_is_entered(
    make: Any, file: str, text: str, line: int
) -> None:
    there = make({**FILES, **DATA, file: text})
    before = there.dump()
    with pytest.raises(Refused) as refusal:
        plant(there)
    problem = refusal.value.problems[0]
    assert (problem.code, str(problem.place)) == (
        "seed_row_refused",
        f"{file.removeprefix('data/')}:{line}:1",
    )
    assert there.dump() == before
