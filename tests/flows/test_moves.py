"""Moves and gates hold at every door alike."""

from io import StringIO
from typing import Any

import pytest

from kehu.core.problems import Refused
from kehu.core.records.importing import import_sheet
from kehu.core.records.seeding import seed
from kehu.core.records.spreadsheets import read_sheet, write_csv

FILES = {
    "entities/deal.yaml": """
        entity: deal
        fields:
          title: {type: text}
          amount: {type: money}
          reason: {type: text}
          poke: {type: yes_no}
          stage: {type: stage, flow: sales}
          rich: {type: formula, formula: owner.name = "Rich"}
          owner: {type: user}
    """,
    "flows/sales.yaml": """
        flow: sales
        entity: deal
        field: stage
        stages: {lead: {label: Lead}, talk: {label: Talk}, won: {label: Won}, lost: {label: Lost}}
        start: [lead, talk, won]
        moves:
          - {from: lead, to: [talk, lost]}
          - {from: talk, to: [lead, won]}
          - {from: any, to: lost}
        gates:
          - {gate: has_amount, to: won, require: [amount], message: Amount first}
          - {gate: large_enough, to: won, when: amount is not empty, check: amount >= 10}
          - {gate: explained, from: any, to: lost, require: [reason]}
          - {gate: not_back, from: talk, to: lead, check: amount is empty}
          - {gate: not_rich, from: lead, to: talk, check: not rich}
    """,
    "automations/poked.yaml": """
        automation: poked
        on: deal.poke changed
        do:
          - set: {stage: won}
    """,
}

DOORS = ("page", "board", "api", "import", "command", "automation", "seed")


@pytest.fixture
def sales(make: Any) -> Any:
    return make(FILES)


def codes(problems: Any) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.field) for problem in problems]


CREATED = [
    ({"stage": "won"}, [("gate_requires_because", "amount")]),
    ({"stage": "won", "amount": 5}, [("gate_checks", "stage")]),
    ({"stage": "lost"}, [("not_a_start", "stage")]),
    ({"stage": "none"}, [("unknown_option", "stage")]),
    ({"stage": None}, [("stage_needed", "stage")]),
    ({"stage": "talk"}, []),
    ({"stage": "won", "amount": 10}, []),
    ({}, []),
]
MOVED = [
    ("lead", {}, "won", [("no_such_move", "stage")]),
    ("talk", {}, "won", [("gate_requires_because", "amount")]),
    ("talk", {"amount": 9}, "won", [("gate_checks", "stage")]),
    ("talk", {"amount": 10}, "won", []),
    ("talk", {"amount": 10}, "lead", [("gate_checks", "stage")]),
    ("talk", {}, "lead", []),
    ("lead", {}, "lost", [("gate_requires", "reason")]),
    ("lead", {"reason": "price"}, "lost", []),
    ("talk", {}, None, [("stage_needed", "stage")]),
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("values", "refusals"), CREATED)
def test_being_created_in_a_stage_is_judged_alike_at_every_door(
    sales: Any, door: str, values: Any, refusals: Any
) -> None:
    if refusals:
        found = codes(sales.refused("deal", values, door=door))
        assert [field for _, field in found] == [field for _, field in refusals]
        if values["stage"] != "none":
            assert found == refusals
    else:
        assert sales.create("deal", values, door=door)["stage"] == values.get("stage", "lead")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("start", "values", "to", "refusals"), MOVED)
def test_every_move_is_judged_alike_at_every_door(
    sales: Any, door: str, start: str, values: Any, to: str, refusals: Any
) -> None:
    row = sales.create("deal", {"stage": start, **values})
    if refusals:
        assert codes(sales.refused("deal", {"stage": to}, door=door, id=row["id"])) == refusals
    else:
        assert sales.update("deal", row["id"], {"stage": to}, door=door)["stage"] == to


def test_a_gate_may_ask_for_a_formula_that_is_not_kept(sales: Any) -> None:
    rich = sales.create("user", {"name": "Rich"})
    row = sales.create("deal", {"owner": rich["id"]})
    assert codes(sales.refused("deal", {"stage": "talk"}, id=row["id"])) == [("gate_checks", "stage")]
    sales.update("deal", row["id"], {"owner": None, "stage": "talk"})


def test_what_is_given_along_with_the_move_counts(sales: Any) -> None:
    row = sales.create("deal", {"stage": "talk"})
    assert sales.update("deal", row["id"], {"stage": "won", "amount": 12})["stage"] == "won"


def test_there_is_no_move_out_of_an_end(sales: Any) -> None:
    row = sales.create("deal", {"reason": "x"})
    sales.update("deal", row["id"], {"stage": "lost"})
    assert codes(sales.refused("deal", {"stage": "talk"}, id=row["id"])) == [("no_move_from_here", "stage")]


def test_staying_where_it_is_is_no_move(sales: Any) -> None:
    row = sales.create("deal", {"stage": "won", "amount": 10})
    assert sales.update("deal", row["id"], {"amount": 1, "stage": "won"})["amount"] == 1


def test_a_file_that_is_imported_is_judged_row_by_row(sales: Any) -> None:
    sheet = read_sheet("deals.csv", b"title,stage,amount\na,won,\nb,won,12\nc,lost,\nd,,\n")
    report = import_sheet(sales.app.now.records, sales.context("import"), "deal", sheet)
    assert (report.read, report.created, len(report.refused)) == (4, 2, 2)
    assert [(refused.line, refused.problems[0].code) for refused in report.refused] == [
        (2, "gate_requires_because"),
        (4, "not_a_start"),
    ]
    assert sorted(row["title"] for row in sales.all("deal")) == ["b", "d"]


def test_an_import_that_changes_records_is_judged_too(sales: Any) -> None:
    sales.create("deal", {"title": "a", "external_id": "1"}, door="api")
    text = StringIO()
    write_csv(["id", "stage"], [{"id": "1", "stage": "won"}], text)
    sheet = read_sheet("deals.csv", text.getvalue().encode())
    report = import_sheet(sales.app.now.records, sales.context("import"), "deal", sheet)
    assert report.refused[0].problems[0].code == "no_such_move"


def test_sample_data_is_judged_too(sales: Any, tmp_path: Any) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "deal.csv").write_text("id,created_at,title,stage\nd1,-3d,A,won\n")
    before = sales.dump()
    with pytest.raises(Refused) as refusal:
        seed(sales.app.now.records, sales.context("seed"), folder)
    first, second = refusal.value.problems
    assert (first.code, str(first.place)) == ("seed_row_refused", "deal.csv:2:1")
    assert second.code == "gate_requires_because"
    assert sales.dump() == before


def test_a_move_that_an_automation_makes_is_judged_and_undoes_what_set_it_off(sales: Any) -> None:
    row = sales.create("deal", {"stage": "talk"})
    problems = sales.refused("deal", {"poke": True}, id=row["id"])
    assert [problem.code for problem in problems] == ["automation_refused", "gate_requires_because"]
    sales.update("deal", row["id"], {"amount": 10})
    assert sales.update("deal", row["id"], {"poke": True})["stage"] == "won"


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("said", "stages"), [("any", {"lead", "talk", "won", "lost"}), ("[won]", {"won"})])
def test_an_import_may_begin_where_the_flow_says_so_and_nobody_else(
    make: Any, door: str, said: str, stages: set[str]
) -> None:
    flow = FILES["flows/sales.yaml"].replace(
        "start: [lead, talk, won]", f"start: lead\n        import: {said}"
    )
    deals = make({**FILES, "flows/sales.yaml": flow})
    allowed = stages if door in ("import", "seed") else {"lead"}
    values = {"amount": 20, "reason": "r"}
    for stage in ("lead", "talk", "won", "lost"):
        if stage in allowed:
            assert deals.create("deal", {**values, "stage": stage}, door)["stage"] == stage
        else:
            assert codes(deals.refused("deal", {**values, "stage": stage}, door)) == [
                ("not_a_start", "stage")
            ]


def test_a_stage_to_begin_at_that_is_none_is_told(make: Any) -> None:
    flow = FILES["flows/sales.yaml"].replace("start: [lead, talk, won]", "import: [wn]")
    problem = make({**FILES, "flows/sales.yaml": flow}).problems()["unknown_stage"]
    assert (problem.instead, problem.place.line) == ("won", 5)


def test_a_gate_speaks_of_the_record(make: Any) -> None:
    flow = FILES["flows/sales.yaml"].replace(
        "message: Amount first", 'message: "{{ title }} needs an amount"'
    )
    deals = make({**FILES, "flows/sales.yaml": flow})
    (problem,) = deals.refused("deal", {"title": "Desks", "stage": "won"})
    assert str(problem.values["message"].en) == "Desks needs an amount"
