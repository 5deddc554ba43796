"""What the embedded store does when its files are cut, flipped, missing or in someone else's hands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from store_world import CUSTOMER, ORDER, add, created, customer, names  # type: ignore[import-not-found]

from kehu.core.problems import Refused, message
from kehu.core.store.query import Query, Sort
from kehu.core.store.tiny import TinyStore

BY_NAME = Query("customer", sort=(Sort("name"),), limit=1000)


def opened(folder: Path, **options: int) -> TinyStore:
    store = TinyStore(folder, **options)
    store.prepare([CUSTOMER, ORDER])
    return store


def filled(folder: Path, *wanted: str) -> None:
    store = opened(folder)
    for name in wanted:
        with store.transaction() as work:
            row = customer(name)
            work.insert("customer", row)
            work.log(created(row))
    store.close()


def kept(folder: Path) -> list[str]:
    store = opened(folder)
    found: list[str] = names(store.find(BY_NAME))
    assert len(store.all_events()) == len(found)
    add(store, row := customer("afterwards"))
    with store.transaction() as work:
        work.delete("customer", row["id"])
    store.close()
    return found


@pytest.mark.parametrize("cut", [1, 2, 30, 200])
def test_a_torn_last_line_is_dropped_and_said(tmp_path: Path, cut: int) -> None:
    filled(tmp_path, "a", "b", "c")
    journal = tmp_path / "journal"
    journal.write_bytes(journal.read_bytes()[:-cut])
    store = opened(tmp_path)
    assert store.dropped is not None
    assert store.dropped.level == "warning"
    assert message(store.dropped, "zh")
    store.close()
    assert kept(tmp_path) == ["a", "b"]


def test_blocks_that_never_got_their_bytes_are_dropped_too(tmp_path: Path) -> None:
    filled(tmp_path, "a")
    with (tmp_path / "journal").open("ab") as file:
        file.write(b"\0" * 4096)
    assert kept(tmp_path) == ["a"]


def test_a_journal_cut_anywhere_opens_with_what_was_whole(tmp_path: Path) -> None:
    filled(tmp_path, "a", "b", "c")
    whole = (tmp_path / "journal").read_bytes()
    for cut in range(0, len(whole), 37):
        (tmp_path / "journal").write_bytes(whole[:cut])
        found = kept(tmp_path)
        assert found == ["a", "b", "c"][: len(found)]
        assert len(found) >= whole[:cut].count(b"\n") - 2


@pytest.mark.parametrize("line", [2, 3, 5])
def test_a_flipped_byte_is_refused_with_its_line(tmp_path: Path, line: int) -> None:
    filled(tmp_path, "a", "b", "c")
    journal = tmp_path / "journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    middle = len(lines[line - 1]) // 2
    lines[line - 1] = (
        lines[line - 1][:middle] + bytes([lines[line - 1][middle] ^ 1]) + lines[line - 1][middle + 1 :]
    )
    journal.write_bytes(b"".join(lines))
    before = journal.read_bytes()
    with pytest.raises(Refused) as refused:
        TinyStore(tmp_path)
    problem = refused.value.problems[0]
    assert (problem.code, problem.values["file"], problem.values["line"]) == (
        "store_damaged",
        "journal",
        line,
    )
    assert problem.place is not None
    assert problem.place.line == line
    assert journal.read_bytes() == before


def test_a_missing_line_is_noticed(tmp_path: Path) -> None:
    filled(tmp_path, "a", "b", "c")
    journal = tmp_path / "journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:3] + lines[4:]))
    with pytest.raises(Refused, match="Line 4"):
        TinyStore(tmp_path)


def shrunk(folder: Path) -> None:
    filled(folder, "a", "b")
    store = opened(folder)
    store.shrink()
    store.close()
    filled(folder, "c")


def test_a_snapshot_and_what_came_after_it_make_the_whole(tmp_path: Path) -> None:
    shrunk(tmp_path)
    assert kept(tmp_path) == ["a", "b", "c"]
    store = opened(tmp_path)
    row = store.find(BY_NAME)[0]
    assert [event.record for event in store.events("customer", row["id"])] == [row["id"]]
    store.shrink()
    assert [event.record for event in store.events("customer", row["id"])] == [row["id"]]
    store.close()
    assert kept(tmp_path) == ["a", "b", "c"]


@pytest.mark.parametrize("file", ["snapshot", "journal"])
def test_a_missing_file_is_refused(tmp_path: Path, file: str) -> None:
    shrunk(tmp_path)
    (tmp_path / file).unlink()
    with pytest.raises(Refused) as refused:
        TinyStore(tmp_path)
    assert refused.value.problems[0].code == "store_file_missing"


@pytest.mark.parametrize("file", ["snapshot", "events"])
def test_damage_of_the_other_files_is_refused(tmp_path: Path, file: str) -> None:
    shrunk(tmp_path)
    path = tmp_path / file
    whole = path.read_bytes()
    path.write_bytes(whole[:-40] + b"X" + whole[-39:])
    with pytest.raises(Refused) as refused:
        opened(tmp_path).all_events()
    assert refused.value.problems[0].code == "store_damaged"


@pytest.mark.parametrize("empty", [True, False])
def test_a_crash_between_snapshot_and_emptying_the_journal_doubles_nothing(
    tmp_path: Path, empty: bool
) -> None:
    filled(tmp_path, "a", "b")
    journal = (tmp_path / "journal").read_bytes()
    store = opened(tmp_path)
    store.shrink()
    store.close()
    (tmp_path / "journal").write_bytes(b"" if empty else journal)
    assert kept(tmp_path) == ["a", "b"]
    assert kept(tmp_path) == ["a", "b"]


def test_a_crash_before_the_snapshot_was_in_its_place_doubles_nothing(tmp_path: Path) -> None:
    filled(tmp_path, "a", "b")
    store = opened(tmp_path)
    store.event_log.archive()
    store.close()
    (tmp_path / "snapshot.new").write_bytes(b"half of it")
    assert kept(tmp_path) == ["a", "b"]


def test_the_journal_shrinks_by_itself(tmp_path: Path) -> None:
    store = opened(tmp_path, shrink_at=20_000)
    rows = [customer(f"n{i}") for i in range(100)]
    for row in rows:
        with store.transaction() as work:
            work.insert("customer", row)
            work.log(created(row))
    assert (tmp_path / "snapshot").exists()
    assert len(store.all_events()) == 100
    store.close()
    assert len(kept(tmp_path)) == 100


def test_rows_are_tinydb_documents_that_are_written_only_through_transactions(tmp_path: Path) -> None:
    from tinydb import where

    store = opened(tmp_path)
    add(store, customer("a"), row := customer("b"))
    table = store.database.table("customer")
    assert [document.doc_id for document in table.search(where("name") == "b")] == [row["id"]]
    with pytest.raises(TypeError):
        table.truncate()
    store.close()


# Other processes.

_HELPER = """
import os, sys
sys.path.insert(0, {tests!r})
import importlib.util
spec = importlib.util.spec_from_file_location("store_world", os.path.join({tests!r}, "world.py"))
world = importlib.util.module_from_spec(spec); sys.modules["store_world"] = world; spec.loader.exec_module(world)
from store_world import *  # type: ignore[import-not-found]
from pathlib import Path
from zoneinfo import ZoneInfo
from kehu.core.store.opening import open_store
from kehu.core.problems import Refused
store = open_store({address!r}, Path({folder!r}), ZoneInfo("UTC"))
store.prepare([CUSTOMER, ORDER])
"""


def helper(folder: Path, address: str = "tinydb") -> str:
    return _HELPER.format(tests=str(Path(__file__).parent), address=address, folder=str(folder))


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    store = opened(tmp_path)
    script = helper(tmp_path)
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert found.returncode != 0
    assert f"process {os.getpid()}" in found.stderr
    with pytest.raises(Refused, match="using the data"):
        TinyStore(tmp_path)
    store.close()
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


_FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
add(store, customer("first"))
limit = max(f.stat().st_size for f in Path({folder!r}).iterdir()) + 5000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
refused = None
for n in range(5000):
    try:
        add(store, customer(f"n{{n}}", phone="x" * 1000))
    except Refused as fault:
        refused = fault
        break
assert refused is not None and refused.status == "unavailable", refused
assert refused.problems[0].code in ("disk_full", "disk_unwritable"), refused.problems
assert store.count(Query("customer")) == n + 1
assert len(store.find(Query("customer", search="first"))) == 1
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
add(store, customer("again"))
store.close()
store = open_store(store.name, Path({folder!r}), ZoneInfo("UTC"))
store.prepare([CUSTOMER, ORDER])
assert store.count(Query("customer")) == n + 2
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of file sizes are a Unix matter")
@pytest.mark.parametrize("address", ["tinydb", "sqlite"])
def test_a_full_disk_refuses_the_write_and_readers_go_on(tmp_path: Path, address: str) -> None:
    script = (
        helper(tmp_path, address)
        + "from kehu.core.store.query import Query\n"
        + _FULL.format(folder=str(tmp_path))
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused) as refused:
        TinyStore(tmp_path / "file" / "data")
    assert refused.value.status == "unavailable"
