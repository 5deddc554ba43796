"""An import can be undone: what it made goes, what it changed is set back, and what people did since stays."""

from dataclasses import replace
from typing import Any

import pytest

from kehu.core.problems import Refused
from kehu.core.records.batches import batch_of, batches
from kehu.core.records.importing import CHUNK, ImportReport, import_sheet
from kehu.core.records.spreadsheets import read_sheet
from kehu.core.records.undoing import UndoReport, undo_import
from kehu.core.store.ids import new_id


def bring(shop: Any, text: str, entity: str = "customer") -> ImportReport:
    context = replace(shop.context("import"), batch=new_id())
    return import_sheet(shop.app.now.records, context, entity, read_sheet("x.csv", text.encode()), breath=0)


def undo(shop: Any, batch: str, **more: Any) -> UndoReport:
    context = replace(shop.context("import"), batch=new_id())
    return undo_import(shop.app.now.records, context, batch, **more)


def names(shop: Any) -> list[tuple[str, Any]]:
    return [(row["name"], row["budget"]) for row in shop.all("customer")]


def test_what_an_import_made_is_deleted_and_what_it_changed_is_set_back(shop: Any) -> None:
    first = bring(shop, "id,name,budget,needs\n1,A,5,long enough\n2,B,6,\n")
    second = bring(shop, "id,name,budget,needs\n1,A,50,\n2,B2,6,\n3,C,7,\n")
    report = undo(shop, second.batch)
    assert (report.total, report.deleted, report.restored, report.kept) == (3, 1, 2, [])
    assert names(shop) == [("A", 5), ("B", 6)]
    assert batch_of(shop.app.store, second.batch).state == "undone"
    assert undo(shop, first.batch).deleted == 2
    assert names(shop) == []
    with pytest.raises(Refused) as refusal:
        undo(shop, first.batch)
    assert refusal.value.problems[0].code == "import_undone_already"


def test_what_was_changed_since_is_kept_and_told(shop: Any) -> None:
    bring(shop, "id,name,budget\n1,A,5\n2,B,6\n")
    batch = bring(shop, "id,name,budget,needs\n1,A,50,first wish\n2,B,60,\n3,C,7,\n4,D,8,\n").batch
    a, b, c, _ = shop.all("customer")
    records = shop.app.now.records
    records.update(shop.context(), "customer", a["id"], {"budget": 500})
    records.update(shop.context(), "customer", c["id"], {"budget": 70})
    records.delete(shop.context(), "customer", b["id"])
    report = undo(shop, batch)
    assert (report.total, report.deleted, report.restored, report.kept_count) == (4, 1, 0, 3)
    assert {kept.title: [problem.code for problem in kept.problems] for kept in report.kept} == {
        "A": ["undo_field_changed_since"],
        "C": ["undo_changed_since"],
        b["id"]: ["undo_gone"],
    }
    assert names(shop) == [("A", 500), ("C", 70)]
    assert shop.all("customer")[0]["needs"] is None, "what nobody changed since is set back"


def test_a_record_that_others_link_to_stays_and_goes_when_they_are_gone(shop: Any) -> None:
    batch = bring(shop, "id,name,parent\n1,A,\n2,B,1\n3,C,2\n4,D,\n").batch
    _, b, _, d = shop.all("customer")
    records = shop.app.now.records
    order = records.create(shop.context(), "order", {"seller": b["id"], "amount": 1}).row
    report = undo(shop, batch)
    assert (report.deleted, report.kept_count) == (2, 2)
    assert {kept.title for kept in report.kept} == {"A", "B"}
    assert {problem.code for kept in report.kept for problem in kept.problems} == {"undo_linked"}
    assert records.get(shop.context(), "order", order["id"])["seller"] == b["id"], (
        "nothing is taken from others"
    )
    records.delete(shop.context(), "order", order["id"])
    again = undo(shop, batch)
    assert (again.deleted, again.back_already, again.kept) == (2, 2, [])
    assert shop.all("customer") == []
    assert d["name"] == "D"


def test_an_undo_that_is_cut_off_goes_on_where_it_was(shop: Any) -> None:
    text = "name\n" + "".join(f"n{number}\n" for number in range(CHUNK + 100))
    batch = bring(shop, text).batch
    cut = undo(shop, batch, progress=lambda so_far: so_far.deleted < 500)
    assert cut.stopped
    assert 0 < len(shop.all("customer")) < CHUNK + 100
    assert batch_of(shop.app.store, batch).state == "undoing"
    undo(shop, batch)
    assert shop.all("customer") == []


def test_imports_are_listed_newest_first(shop: Any) -> None:
    made = [bring(shop, f"name\n{name}\n").batch for name in "ab"]
    listed = batches(shop.app.store)
    assert [each.batch for each in listed] == made[::-1]
    assert (listed[0].file, listed[0].created, listed[0].state) == ("x.csv", 1, "done")
    with pytest.raises(Refused):
        undo(shop, "nothing")
