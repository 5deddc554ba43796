"""Moving between stores, in every direction: nothing is lost, and the former store stays until all has arrived."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from kehu.core.backup import moving
from kehu.core.backup.moving import move
from kehu.core.backup.workplace import Workplace, served
from kehu.core.problems import Refused
from kehu.core.store.moments import Tallied, tally

CUSTOMER = """
    entity: customer
    title: name
    fields:
      name: {type: text, required: true}
      number: {type: number_series, format: "C-{0000}"}
      budget: {type: money}
      since: {type: date}
      tags: {type: tags}
      old: {type: text}
    unique:
      - {fields: [name]}
"""
KINDS = ["tinydb", "sqlite", "postgresql"]
KEHU = "# ours\nworkspace: shop\nlanguage: zh\nplugins: []\nstore: {}  # where records live\n"


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """The address of an empty store of a kind."""

    def of(kind: str) -> str:
        if kind != "postgresql":
            return kind
        server, name = request.getfixturevalue("postgresql"), f"v{uuid4().hex}"
        server.psql(f"CREATE DATABASE {name};")
        return str(server.get_uri(name))

    return of


def shop(make: Any, store: str) -> Any:
    made = make({"kehu.yaml": KEHU.format(store), "entities/customer.yaml": CUSTOMER})
    for number in range(30):
        values = {"name": f"客户{number}", "budget": "12.50", "since": "2026-01-31", "tags": ["a", "b"]}
        made.create("customer", {**values, "old": f"old {number}"})
    made.close()
    made.write({"entities/customer.yaml": CUSTOMER.replace("old: {type: text}", "new: {type: text}")})
    made.update("customer", made.all("customer")[0]["id"], {"new": "x"})  # "old" is parked now
    return made


@pytest.mark.parametrize("source", KINDS)
@pytest.mark.parametrize("target", KINDS)
def test_everything_arrives(make: Any, address: Any, source: str, target: str) -> None:
    if source == target and source != "postgresql":
        return
    made = shop(make, address(source))
    with made.app.store.moment() as moment:
        before = tally(moment)
    rows = made.all("customer")
    made.close()
    url = address(target)
    moved = move(Workplace(made.folder), url)
    assert (moved.before, moved.after) == (source, target)
    assert moved.parts == before
    assert (made.folder / "kehu.yaml").read_text("utf-8") == KEHU.format(url)
    assert made.open().store.name == target
    assert made.all("customer") == rows
    assert made.create("customer", {"name": "new"})["number"] == "C-0031"
    assert [p.code for p in made.refused("customer", {"name": "客户5"})] == ["not_unique"]
    made.close()
    made.write({"entities/customer.yaml": CUSTOMER})
    assert made.open().store.get("customer", rows[3]["id"])["old"] == "old 3"


def test_back_again_leaves_the_older_files_aside(make: Any) -> None:
    made = shop(make, "tinydb")
    rows = made.all("customer")
    made.close()
    move(Workplace(made.folder), "sqlite")
    move(Workplace(made.folder), "tinydb")
    assert made.all("customer") == rows
    assert len(list((made.folder / "data").glob("former-*/journal"))) == 1
    assert not (made.folder / "data" / ".moving").exists()


def test_what_does_not_arrive_changes_nothing(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = shop(make, "tinydb")
    made.close()
    counts = iter([{"customer": Tallied(30, "a")}, {"customer": Tallied(29, "b")}])
    monkeypatch.setattr(moving, "tally", lambda _: next(counts))
    with pytest.raises(Refused) as refused:
        move(Workplace(made.folder), "sqlite")
    assert refused.value.problems[0].code == "move_differs"
    assert (made.folder / "kehu.yaml").read_text("utf-8") == KEHU.format("tinydb")
    assert not (made.folder / "data" / "kehu.sqlite").exists()
    assert len(made.all("customer")) == 30


def test_nothing_moves_under_a_running_server_or_to_where_it_is(make: Any) -> None:
    made = shop(make, "sqlite")
    made.close()
    with served(made.folder / "data"), pytest.raises(Refused) as refused:
        move(Workplace(made.folder), "tinydb")
    assert refused.value.problems[0].code == "backup_server_runs"
    with pytest.raises(Refused) as refused:
        move(Workplace(made.folder), "sqlite")
    assert refused.value.problems[0].code == "move_same"
