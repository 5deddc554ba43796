"""A backup holds everything, is checked before it is believed, and takes a workspace's place whole or not at all."""

import json
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kehu.core.app import App
from kehu.core.backup.asking import answering, backed_up
from kehu.core.backup.reading import Backup
from kehu.core.backup.restoring import made_ready
from kehu.core.backup.workplace import Workplace, served
from kehu.core.problems import Refused
from kehu.core.store.chain import ANCHOR, CHAIN, check, link_of

CUSTOMER = """
    entity: customer
    label: {zh: 客户, en: Customer}
    title: name
    fields:
      name: {type: text, label: {zh: 名称, en: Name}, required: true}
      number: {type: number_series, label: {zh: 编号, en: Number}, format: "C-{0000}"}
      budget: {type: money, label: {zh: 预算, en: Budget}}
      notes: {type: long_text, label: {zh: 备注, en: Notes}}
"""


@pytest.fixture(params=["tinydb", "sqlite"])
def shop(request: pytest.FixtureRequest, make: Any) -> Any:
    """Some customers, changes, and one that is gone."""
    kehu = f"workspace: shop\nlanguage: zh\nplugins: []\nstore: {request.param}\n"
    made = make({"kehu.yaml": kehu, "entities/customer.yaml": CUSTOMER, "notes/.hidden": "no"})
    for number in range(40):
        made.create("customer", {"name": f"客户{number}", "budget": number, "notes": "长" * number})
    first, second, *_ = made.all("customer")
    made.update("customer", first["id"], {"name": "改过"})
    made.delete("customer", second["id"])
    return made


@pytest.fixture
def backup(shop: Any, tmp_path: Path) -> Path:
    """A backup of the shop, made while it is open."""
    file = tmp_path / "shop.kehu"
    backed_up(file, Workplace(shop.folder), shop.app.store)
    return file


def everything(app: App) -> Any:
    return {
        "customers": list(app.store.rows("customer")),
        "events": [event for event in app.store.chain() if event.table],
        "owner": app.owner,
    }


def test_what_is_restored_is_what_was_there(shop: Any, backup: Path, tmp_path: Path) -> None:
    before = everything(shop.app)
    with Backup(backup) as opened:
        assert opened.manifest.counts["customer"] == 39
        assert "definitions/notes/.hidden" not in opened.manifest.members
        ready = made_ready(opened, tmp_path / "there")
    assert ready.problems == ()
    assert ready.put_in_place() is None
    app = App(tmp_path / "there")
    try:
        assert everything(app) == before
        assert (
            app.now.records.create(app.context("page"), "customer", {"name": "新"}).row["number"] == "C-0041"
        )
        store = app.store
        assert check(store.chain(), link_of(store.note(CHAIN)), link_of(store.note(ANCHOR)))[1] is None
        assert [event.kind for event in store.chain() if not event.table] == ["restored"]
    finally:
        app.close()


def test_what_was_there_stays_beside(shop: Any, backup: Path) -> None:
    shop.create("customer", {"name": "later"})
    later = everything(shop.app)
    shop.close()
    with Backup(backup) as opened:
        former = made_ready(opened, shop.folder).put_in_place()
    assert former is not None
    assert len(list(shop.open().store.rows("customer"))) == 39
    shop.close()
    app = App(former)
    assert everything(app) == later
    app.close()


def test_a_running_server_is_left_alone(shop: Any, backup: Path) -> None:
    shop.close()
    with Backup(backup) as opened, served(shop.folder / "data"):
        ready = made_ready(opened, shop.folder)
        with pytest.raises(Refused) as refused:
            ready.put_in_place()
    assert refused.value.problems[0].code == "backup_server_runs"
    ready.drop()
    assert not ready.folder.exists()
    assert len(list(shop.open().store.rows("customer"))) == 39


def altered(file: Path, alter: Callable[[dict[str, bytes]], None], to: Path) -> Path:
    """The backup with other members."""
    with zipfile.ZipFile(file) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    alter(members)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return to


def manifest_with(**values: Any) -> Callable[[dict[str, bytes]], None]:
    def alter(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), **values}).encode()

    return alter


def pretend_size(members: dict[str, bytes]) -> None:
    told = json.loads(members["manifest.json"])
    told["members"]["events.jsonl"]["size"] = 10**12
    members["manifest.json"] = json.dumps(told).encode()


def swell(members: dict[str, bytes]) -> None:
    members["events.jsonl"] += b"\n" * 10_000_000


DAMAGE: dict[str, tuple[Callable[[dict[str, bytes]], Any], str]] = {
    "an altered row": (
        lambda m: m.update(
            {"tables/customer.jsonl": m["tables/customer.jsonl"].replace(b"C-0001", b"C-0009")}
        ),
        "backup_damaged",
    ),
    "a row less": (
        lambda m: m.update(
            {"tables/customer.jsonl": b"\n".join(m["tables/customer.jsonl"].split(b"\n")[1:])}
        ),
        "backup_damaged",
    ),
    "a member less": (lambda m: m.pop("events.jsonl"), "backup_member_missing"),
    "a member more": (lambda m: m.update({"definitions/more.py": b"print()"}), "backup_member_unknown"),
    "a way out": (lambda m: m.update({"definitions/../../out.py": b""}), "backup_member_unknown"),
    "a later version": (manifest_with(format=99), "backup_newer"),
    "no manifest": (lambda m: m.pop("manifest.json"), "backup_foreign"),
    "another manifest": (lambda m: m.update({"manifest.json": b"[]"}), "backup_foreign"),
    "a hostile table": (manifest_with(shapes={'x"; DROP': {}}, counts={'x"; DROP': 0}), "backup_foreign"),
    "a bomb": (pretend_size, "backup_too_large"),
    "a swollen member": (swell, "backup_too_large"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_backup_is_refused_in_words(shop: Any, backup: Path, tmp_path: Path, damage: str) -> None:
    alter, code = DAMAGE[damage]
    before = everything(shop.app)
    shop.close()
    with pytest.raises(Refused) as refused, Backup(altered(backup, alter, tmp_path / "bad.kehu")) as opened:
        made_ready(opened, shop.folder)
    assert refused.value.problems[0].code == code
    assert everything(shop.open()) == before
    assert not list(tmp_path.glob(".*restoring"))


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_a_cut_backup_is_refused(shop: Any, backup: Path, tmp_path: Path, part: float) -> None:
    cut = tmp_path / "cut.kehu"
    cut.write_bytes(backup.read_bytes()[: int(backup.stat().st_size * part)])
    with pytest.raises(Refused) as refused, Backup(cut):
        pass
    assert refused.value.problems[0].code == ("backup_cut" if part else "backup_foreign")


def test_flipped_bytes_never_pass(shop: Any, backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    for place in range(30, len(whole), max(1, len(whole) // 60)):
        flipped = tmp_path / "flipped.kehu"
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            with Backup(flipped) as opened:
                opened.verify()
                told = (opened.manifest.counts, opened.manifest.members)
        except Refused:
            continue
        with Backup(backup) as good:  # what was flipped is not read: a time of day in the zip's own listing
            assert told == (good.manifest.counts, good.manifest.members)


def test_broken_definitions_are_backed_up_and_told_when_they_come_back(shop: Any, tmp_path: Path) -> None:
    shop.close()
    shop.write({"entities/customer.yaml": "entity: customer\nfields: {name: {type: nonsense}}\n"})
    place = Workplace(shop.folder)
    store = place.open()
    backed_up(tmp_path / "broken.kehu", place, store)
    store.close()
    with Backup(tmp_path / "broken.kehu") as opened:
        ready = made_ready(opened, tmp_path / "there")
    assert ready.problems
    ready.put_in_place()
    assert (tmp_path / "there" / "entities" / "customer.yaml").exists()


KILLED = """
import sys
from pathlib import Path
from kehu.core.backup.asking import backed_up
from kehu.core.backup.reading import Backup
from kehu.core.backup.restoring import made_ready
from kehu.core.backup.workplace import Workplace
what, file, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
print("ready", flush=True)
while True:
    if what == "backup":
        place = Workplace(folder)
        store = place.open()
        backed_up(file, place, store)
        store.close()
    else:
        with Backup(file) as backup:
            made_ready(backup, folder).put_in_place()
    print("done", flush=True)
"""


@pytest.mark.parametrize("what", ["backup", "restore"])
def test_whoever_is_killed_leaves_a_whole_workspace_and_a_whole_backup(
    shop: Any, backup: Path, tmp_path: Path, what: str
) -> None:
    shop.close()
    for times in range(1, 4):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, what, backup, shop.folder], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _ in range(times):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert len(list(shop.open().store.rows("customer"))) == 39
        shop.close()
        with Backup(backup) as opened:
            opened.verify()


def test_a_running_server_makes_the_backup_that_is_asked_for(shop: Any, tmp_path: Path) -> None:
    if shop.app.store.name != "tinydb":
        pytest.skip("others open a database beside the server")
    asking = f"""
from pathlib import Path
from kehu.core.backup.asking import ask
from kehu.core.backup.workplace import Workplace
print(ask(Workplace(Path({str(shop.folder)!r})), Path({str(tmp_path / "asked.kehu")!r})).counts["customer"])
"""
    with answering(shop.folder, shop.app.store):
        done = subprocess.run(
            [sys.executable, "-c", asking], capture_output=True, text=True, timeout=60, check=False
        )
    assert done.stdout == "39\n", done.stderr
    assert [event.kind for event in shop.app.store.chain()][-1] == "backed_up"
    with Backup(tmp_path / "asked.kehu") as opened:
        opened.verify()
    assert not list((shop.folder / "data").glob("backup.*"))
    shutil.rmtree(tmp_path / "asked.kehu", ignore_errors=True)
