"""A file is seen by exactly those who see its record and its field; for everybody else it is not there."""

import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kehu.core.app import App
from kehu.core.context import Context
from kehu.core.files.shelf import TABLE, forget, sweep
from kehu.core.problems import Refused, message
from kehu.core.records.columns import match_columns
from kehu.core.records.exporting import export_rows
from kehu.core.records.files import MOST_LOOSE, Files
from kehu.core.store.ids import new_id

WORKSPACE = {
    "kehu.yaml": "workspace: papers\nlanguage: en\nplugins: []\n",
    "entities/deal.yaml": """
entity: deal
label: Deal
title: title
fields:
  title: {type: text, label: Title, required: true}
  owner: {type: user, label: Owner, default: =CURRENT_USER()}
  contract: {type: file, label: Contract, types: [pdf], max: 1}
  photo: {type: image, label: Photo}
  papers: {type: files, label: Papers, count: 3}
  signed: {type: formula, label: Signed, formula: contract is not empty}
""",
    "roles/sales.yaml": """
role: sales
label: Sales
can:
  deal: {read: own, create: true, change: own, export: own, hide: [contract]}
""",
    "roles/clerk.yaml": """
role: clerk
label: Clerk
can:
  deal: {read: all}
""",
}
PDF = b"%PDF-1.7\n"
GIF = b"GIF89a" + struct.pack("<HH", 4, 4)


class Desk:
    """A workspace and its people."""

    def __init__(self, folder: Path) -> None:
        self.app = App(folder)

    @property
    def files(self) -> Files:
        return Files(self.app.now.records, self.app.storage)

    def person(self, name: str, role: str | None = None) -> Context:
        about = self.app.context("page")
        id = self.app.now.records.create(about, "user", {"name": name}).row["id"]
        return replace(about, actor=id, roles=frozenset({role} if role else {"owner"}))

    def upload(self, about: Context, name: str = "a.pdf", content: bytes = PDF, to: str | None = None) -> str:
        row = self.files.receive(about, name, io.BytesIO(content), "deal" if to else None, to)
        return str(row["id"])

    def create(self, about: Context, **values: Any) -> Any:
        return self.app.now.records.create(about, "deal", {"title": "a", **values}).row

    def update(self, about: Context, id: str, **values: Any) -> Any:
        return self.app.now.records.update(about, "deal", id, values).row

    def sees(self, about: Context, id: str) -> bool:
        try:
            self.files.find(about, id)
        except Refused as refusal:
            return (refusal.status, refusal.problems[0].code) != ("missing", "no_such_file")
        return True

    @property
    def stored(self) -> set[str]:
        return {blob.key for blob in self.app.storage.all()}


@pytest.fixture(params=["tinydb", "sqlite"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    for name, text in WORKSPACE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(
            text + ("store: sqlite\n" if (name, request.param) == ("kehu.yaml", "sqlite") else "")
        )
    found = Desk(tmp_path)
    yield found
    found.app.close()


def code(what: Any) -> str:
    with pytest.raises(Refused) as refused:
        what()
    assert all(message(problem, language) for problem in refused.value.problems for language in ("zh", "en"))
    return refused.value.problems[0].code


def test_an_upload_is_its_uploader_s_until_a_record_names_it(desk: Desk) -> None:
    me, other = desk.person("me"), desk.person("other")
    file = desk.upload(me)
    assert (desk.sees(me, file), desk.sees(other, file)) == (True, False)
    assert code(lambda: desk.create(other, contract=file)) == "file_missing"
    assert code(lambda: desk.create(me, contract=new_id())) == "file_missing"
    row = desk.create(me, contract=file)
    assert row["contract"] == {"id": file, "name": "a.pdf", "size": len(PDF), "type": "pdf"}
    assert row["signed"] is True
    assert desk.sees(other, file)
    assert code(lambda: desk.create(me, contract=file)) == "file_missing"
    assert code(lambda: desk.update(me, row["id"], papers=[file])) == "file_missing"


def test_what_the_caller_says_of_a_file_counts_for_nothing(desk: Desk) -> None:
    me = desk.person("me")
    file = desk.upload(me, "big.pdf", PDF + b"x" * 2_000_000)
    told = {"id": file, "name": "small.pdf", "size": 1, "type": "pdf"}
    assert code(lambda: desk.create(me, contract=told)) == "file_too_large"
    page = desk.upload(me, "a.html", b"<script>")
    assert code(lambda: desk.create(me, contract={**told, "id": page})) == "file_type_not_taken"
    assert code(lambda: desk.create(me, photo=page)) == "file_type_not_taken"


def test_one_upload_is_in_one_place(desk: Desk) -> None:
    me = desk.person("me")
    file = desk.upload(me)
    assert code(lambda: desk.create(me, contract=file, papers=[file])) == "file_twice"
    row = desk.create(me, papers=[file, file])
    assert [each["id"] for each in row["papers"]] == [file]
    many = [desk.upload(me) for _ in range(4)]
    assert code(lambda: desk.update(me, row["id"], papers=many)) == "too_many"


def test_a_replaced_file_stays_for_the_history_and_may_come_back(desk: Desk) -> None:
    me = desk.person("me")
    first, second = desk.upload(me), desk.upload(me)
    row = desk.create(me, contract=first)
    desk.update(me, row["id"], contract=second)
    assert desk.sees(me, first)
    assert desk.update(me, row["id"], contract=first)["contract"]["id"] == first
    desk.update(me, row["id"], contract=None)
    assert sweep(desk.app.store, desk.app.storage, me.now + timedelta(days=9), orphans=True) == 0
    assert desk.stored == {first, second}
    desk.app.now.records.delete(me, "deal", row["id"])
    assert not desk.sees(me, first)
    assert forget(desk.app.store, desk.app.storage, "deal", row["id"]) == 2
    assert desk.stored == set()


def test_a_record_or_a_field_that_is_not_seen_has_no_file(desk: Desk) -> None:
    boss, sales, clerk = desk.person("boss"), desk.person("sales", "sales"), desk.person("clerk", "clerk")
    contract, paper = desk.upload(boss), desk.upload(boss)
    own = desk.create(boss, owner=sales.actor, contract=contract, papers=[paper])
    assert (desk.sees(sales, paper), desk.sees(sales, contract)) == (True, False)  # hidden
    assert (desk.sees(clerk, paper), desk.sees(clerk, contract)) == (True, True)
    foreign = desk.upload(boss)
    desk.create(boss, papers=[foreign])
    assert (desk.sees(sales, foreign), desk.sees(clerk, foreign)) == (False, True)
    assert code(lambda: desk.upload(clerk, to="papers")) == "file_upload_not_allowed"
    assert code(lambda: desk.upload(sales, to="contract")) == "not_a_file_field"
    stranger = sales.stranger("form")
    assert (code(lambda: desk.upload(stranger)), desk.sees(stranger, paper)) == (
        "file_upload_not_allowed",
        False,
    )
    hung = desk.files.attach(sales, "deal", own["id"], desk.upload(sales))
    assert [file["id"] for file in desk.files.attached(clerk, "deal", own["id"])] == [hung["id"]]
    assert code(lambda: desk.files.detach(clerk, "deal", own["id"], hung["id"])) == "not_allowed"
    desk.files.detach(sales, "deal", own["id"], hung["id"])
    assert not desk.sees(boss, hung["id"])


def test_what_is_refused_leaves_nothing_behind(desk: Desk) -> None:
    me = desk.person("me")
    assert code(lambda: desk.upload(me, content=PDF + b"x" * 1_100_000, to="contract")) == "file_too_large"
    assert code(lambda: desk.upload(me, content=PDF + b"x" * 21 * 1024 * 1024)) == "file_too_large"
    assert code(lambda: desk.upload(me, "a.gif", GIF, to="contract")) == "file_type_not_taken"
    assert code(lambda: desk.upload(me, "a.gif", PDF)) == "file_not_what_it_says"
    assert code(lambda: desk.upload(me, "a.gif", b"GIF89a\0\0\0\0", to="photo")) == "file_picture_broken"
    huge = b"GIF89a" + struct.pack("<HH", 60_000, 60_000)
    assert code(lambda: desk.upload(me, "a.gif", huge, to="photo")) == "file_picture_too_large"
    assert code(lambda: desk.upload(me, content=b"")) == "file_empty"
    assert code(lambda: desk.upload(me, to="title")) == "not_a_file_field"
    assert desk.stored == set()
    assert list(desk.app.store.rows(TABLE)) == []
    assert [path for path in (desk.app.folder / "data/files").rglob("*") if path.is_file()] == []


def test_what_no_record_named_for_a_day_is_gone(desk: Desk) -> None:
    me = desk.person("me")
    loose, kept = desk.upload(me), desk.upload(me)
    desk.create(me, contract=kept)
    orphan = new_id()
    desk.app.storage.put(orphan, [b"a writer was killed before it wrote the row"])
    assert sweep(desk.app.store, desk.app.storage, me.now + timedelta(hours=23), orphans=True) == 0
    assert sweep(desk.app.store, desk.app.storage, me.now + timedelta(hours=25)) == 1
    assert desk.stored == {kept, orphan}
    assert sweep(desk.app.store, desk.app.storage, me.now + timedelta(hours=25), orphans=True) == 1
    assert (desk.stored, desk.sees(me, loose)) == ({kept}, False)


def test_nobody_fills_the_disk_with_uploads_alone(desk: Desk) -> None:
    me = desk.person("me")
    with desk.app.store.transaction() as transaction:
        from kehu.core.files.shelf import laid_down

        for _ in range(MOST_LOOSE):
            about = {"name": "a", "size": 1, "type": "other", "sha256": "", "once": None}
            laid_down(transaction, new_id(), about, me.actor, me.now)
    assert code(lambda: desk.upload(me)) == "files_too_many_loose"
    assert desk.upload(desk.person("other"))


def test_an_export_names_files_and_an_import_leaves_their_columns_out(desk: Desk) -> None:
    me = desk.person("me")
    desk.create(
        me,
        contract=desk.upload(me, "合同.pdf"),
        papers=[desk.upload(me, "a.txt", b"1"), desk.upload(me, "b, c.txt", b"2")],
    )
    row = next(iter(export_rows(desk.app.now.records, me, "deal", in_cells=True)))
    assert (row["contract"], row["papers"], row["photo"]) == ("合同.pdf", 'a.txt; "b, c.txt"', None)
    plan = desk.app.now.records.plan("deal")
    assert match_columns(plan, ["Title", "Contract", "papers"]).left_out == ("Contract", "papers")
    assert code(lambda: match_columns(plan, ["x"], {"x": "contract"})) == "no_such_import_field"
