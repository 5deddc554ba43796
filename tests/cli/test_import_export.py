"""Files in and out: every row is counted, every refusal is kept, and the numbers on the dashboard are the file's."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kehu.core.app import App
from kehu.core.metrics.periods import Days

from .typed import Kehu

FILES = (("customers", "customer"), ("deals", "deal"), ("orders", "order"), ("tickets", "ticket"))


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture
def imported(kehu: Kehu, acme: Path, business: Path) -> Path:
    for name, entity in FILES:
        said = kehu("import", str(business / f"{name}.csv"), entity)
        assert said.code == 0, said
        assert "未导入 0" in said.out
    return acme


def test_the_dashboard_tells_what_the_files_hold(imported: Path, business: Path) -> None:
    deals, orders = rows_of(business / "deals.csv"), rows_of(business / "orders.csv")
    stages = {"lead": "contact", "qualified": "needs", "negotiation": "demo"}
    app = App(imported)
    try:
        for days in (Days(), *_quarters()):
            counts: Counter[str] = Counter()
            amounts: dict[str, Decimal] = defaultdict(Decimal)
            for deal in deals:
                if _is_in(deal["created_at"], days):
                    stage = stages.get(deal["stage"], deal["stage"])
                    counts[stage] += 1
                    amounts[stage] += Decimal(deal["amount"])
            assert {k: v for k, v in _cut(app, "sales_funnel", days, "stage").items() if v} == counts
            assert {k: v for k, v in _cut(app, "sales_funnel_amount", days, "stage").items() if v} == amounts
            sold = [
                o
                for o in orders
                if o["status"] not in ("cancelled", "draft") and _is_in(o["ordered_at"], days)
            ]
            measured = app.now.measuring.measure(app.context("page"), "sales", days)
            assert measured.value == sum(Decimal(order["amount"]) for order in sold)
            assert measured.population == len(sold)
    finally:
        app.close()


def test_customers_know_what_they_bought(kehu: Kehu, imported: Path, business: Path) -> None:
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for order in rows_of(business / "orders.csv"):
        if order["status"] != "cancelled":
            spent[order["customer"]] += Decimal(order["amount"])
    lines = kehu("export", "customer", "--format", "jsonl").out.splitlines()
    told = {row["external_id"]: Decimal(str(row["spent"])) for row in map(json.loads, lines)}
    assert told == {id: spent[id] for id in told}
    assert len(told) == 300


def test_the_same_file_again_changes_nothing(kehu: Kehu, imported: Path, business: Path) -> None:
    said = kehu("import", str(business / "customers.csv"), "customer")
    assert "新建 0 + 更新 0 + 没有变化 300 + 未导入 0" in said.out


def test_people_that_were_added_are_named(kehu: Kehu, acme: Path, business: Path) -> None:
    said = kehu("import", str(business / "customers.csv"), "customer", "--lang", "en")
    assert "people were added" in said.out
    assert "Emma Clark" in said.out


def test_refused_rows_are_kept_and_can_be_mended(kehu: Kehu, acme: Path) -> None:
    file = acme / "new.csv"
    file.write_text("id,name,tier,spare\n1,好客户,standard,x\n2,,standard,y\n3,坏分类,best,z\n", "utf-8")
    said = kehu("import", "new.csv", "customer")
    assert said.code == 0
    assert "读取 3 行 = 新建 1 + 更新 0 + 没有变化 0 + 未导入 2" in said.out
    assert "spare" in said.out
    kept = acme / "new.csv.refused.csv"
    refused = rows_of(kept)
    assert [row["原文件行号"] for row in refused] == ["3", "4"]
    assert "客户名称" in refused[0]["未导入的原因"]
    assert list(refused[0])[:4] == ["id", "name", "tier", "spare"]
    kept.write_text(kept.read_text("utf-8-sig").replace("2,,", "2,补上名字,").replace("best", "key"), "utf-8")
    assert "新建 2" in kehu("import", str(kept), "customer").out


def test_an_import_of_which_nothing_is_taken_fails(kehu: Kehu, acme: Path) -> None:
    (acme / "new.csv").write_text("name,tier\n坏分类,best\n", "utf-8")
    assert kehu("import", "new.csv", "customer").code == 1


def test_columns_can_be_sent_to_fields(kehu: Kehu, acme: Path) -> None:
    (acme / "new.csv").write_text("Firma,Rang\n好客户,key\n", "utf-8")
    said = kehu("import", "new.csv", "customer", "--map", "Firma=name", "--map", "Rang=class")
    assert said.code == 0
    row = json.loads(kehu("export", "customer", "--format", "json").out)[0]
    assert (row["name"], row["class"]) == ("好客户", "high")


@pytest.mark.parametrize("pair", ["Firma", "Name=name", "Firma=nom"])
def test_a_wrong_map_is_refused_before_anything_is_written(kehu: Kehu, acme: Path, pair: str) -> None:
    (acme / "new.csv").write_text("Firma\n好客户\n", "utf-8")
    assert kehu("import", "new.csv", "customer", "--map", pair).code == 1
    assert kehu("export", "customer", "--format", "jsonl").out == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none.csv", None), ("empty.csv", b""), ("odd.xlsx", b"PK"), ("binary.csv", b"\xff\x00\x01\x9f"),
        ("broken.json", b"[{"), ("long.csv", b"name\na,b\n"), ("quote.csv", b'name\n"a\n'),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_in_a_sentence(
    kehu: Kehu, acme: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (acme / name).write_bytes(content)
    said = kehu("import", name, "customer")
    assert said.code == 1
    assert name in said.err
    assert "Traceback" not in said.err


def test_an_unknown_entity_is_refused(kehu: Kehu, acme: Path, business: Path) -> None:
    said = kehu("import", str(business / "customers.csv"), "custmer")
    assert said.code == 1
    assert "customer" in said.err


def test_an_export_can_be_imported_elsewhere(kehu: Kehu, imported: Path, here: Path) -> None:
    assert kehu("export", "customer", "--out", "all.csv").code == 0
    assert (imported / "all.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(rows_of(imported / "all.csv")) == 300
    assert not list(imported.glob(".all*"))


def test_an_export_takes_a_condition(kehu: Kehu, imported: Path, business: Path) -> None:
    finance = [row for row in rows_of(business / "customers.csv") if row["industry"] == "finance"]
    said = kehu("export", "customer", "--where", '行业 = "finance"', "--format", "jsonl")
    assert len(said.out.splitlines()) == len(finance)


def test_a_wrong_condition_is_shown_with_a_caret(kehu: Kehu, acme: Path) -> None:
    said = kehu("export", "customer", "--where", "nmae = 1")
    assert said.code == 1
    assert "--where:1:1" in said.err
    assert "^^^^" in said.err
    assert "name" in said.err


def test_a_second_process_is_refused_and_told_what_to_do(kehu: Kehu, acme: Path, business: Path) -> None:
    app = App(acme)
    try:
        said = _elsewhere(acme, "import", str(business / "customers.csv"), "customer")
    finally:
        app.close()
    assert said.returncode == 1
    assert str(os.getpid()) in said.stderr
    assert "/customer/import" in said.stderr


def test_ctrl_c_ends_an_import_between_rows_and_keeps_what_was_taken(
    kehu: Kehu, acme: Path, business: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kehu.core.records import importing

    chunk = importing._prepare
    monkeypatch.setattr(importing, "CHUNK", 100)

    def interrupted(*arguments: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return chunk(*arguments)

    monkeypatch.setattr(importing, "_prepare", interrupted)
    said = kehu("import", str(business / "customers.csv"), "customer")
    assert said.code == 0
    assert "读取 100 行 = 新建 100" in said.out
    assert "200 行没有读" in said.out


def _elsewhere(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kehu.core.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def _quarters() -> list[Days]:
    starts = [date(year, month, 1) for year in (2025, 2026) for month in (1, 4, 7, 10)]
    return [Days(start, end) for start, end in pairwise(starts)]


def _is_in(text: str, days: Days) -> bool:
    """Times in the files are the workspace's own, and so are the days of a period."""
    day = date.fromisoformat(text[:10])
    return (days.start is None or day >= days.start) and (days.end is None or day < days.end)


def _cut(app: App, metric: str, days: Days, by: str) -> dict[Any, Decimal | None]:
    return {part.key: part.value for part in app.now.measuring.cut(app.context("page"), metric, days, by)}


def test_an_import_is_tried_first_listed_and_undone(kehu: Kehu, acme: Path) -> None:
    file = acme / "new.csv"
    file.write_bytes("客户名称,手机号\n试一试,13800001111\n再试,不是号码\n".encode("gbk"))
    before = kehu("export", "customer", "--format", "jsonl").out
    tried = kehu("import", str(file), "customer", "--dry-run", "--lang", "en")
    assert tried.code == 0, tried
    assert "Read as gb18030" in tried.err
    assert "1 would be created, 0 changed, 0 unchanged, 1 refused" in tried.out
    assert "line 2 create: 试一试" in tried.out
    assert kehu("export", "customer", "--format", "jsonl").out == before, "nothing was written"
    made = kehu("import", str(file), "customer", "--lang", "en")
    batch = made.out.rpartition("--undo ")[2].split()[0]
    listed = kehu("import", "--list", "--lang", "en")
    assert batch in listed.out
    assert "new.csv" in listed.out
    undone = kehu("import", "--undo", batch, "--lang", "en")
    assert undone.code == 0, undone
    assert "1 deleted + 0 set back" in undone.out
    assert kehu("export", "customer", "--format", "jsonl").out == before
    assert "undone already" in kehu("import", "--undo", batch, "--lang", "en").err


def test_records_are_found_by_a_chosen_field(kehu: Kehu, acme: Path) -> None:
    file = acme / "new.csv"
    file.write_text("客户名称,备注\n甲,一\n", "utf-8")
    assert kehu("import", str(file), "customer").code == 0
    file.write_text("客户名称,备注\n甲,二\n乙,三\n", "utf-8")
    said = kehu("import", str(file), "customer", "--key", "name", "--lang", "en")
    assert "1 created + 1 changed + 0 unchanged + 0 refused" in said.out
    said = kehu("import", str(file), "customer", "--key", "name", "--only", "create", "--lang", "en")
    assert said.code == 1
    assert "2 refused" in said.out
    assert kehu("import", str(file), "customer", "--key", "nothing").code == 1


def test_what_is_missing_is_said(kehu: Kehu, acme: Path) -> None:
    assert kehu("import").code == 2
    assert kehu("import", "x.csv").code == 2


def test_a_workbook_goes_out_and_comes_in_again_unchanged(kehu: Kehu, acme: Path) -> None:
    file = acme / "new.csv"
    file.write_text("客户名称,备注\n=甲,+1\n乙,-x\n", "utf-8")
    assert kehu("import", str(file), "customer").code == 0
    assert kehu("export", "customer", "--format", "xlsx").code == 1
    book = str(acme / "out.xlsx")
    assert (
        kehu("export", "customer", "--fields", "id,name,note", "--out", book, "--where", 'note <> ""').code
        == 0
    )
    said = kehu("import", book, "customer", "--lang", "en")
    assert "0 created + 0 changed + 2 unchanged + 0 refused" in said.out
