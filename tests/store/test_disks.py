"""Disks that are full, or read-only, or give back something else than was written: said in words, nothing lost."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_kills import opened  # type: ignore[import-not-found]
from store_world import add, created, customer  # type: ignore[import-not-found]

from kehu.core.problems import Refused, message
from kehu.core.store.protocol import Store
from kehu.core.store.query import Query


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB of our own; skipped where none may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture(params=["tinydb", "sqlite"])
def embedded(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def write_until_refused(store: Store) -> tuple[int, Refused]:
    """How many writes were acknowledged, and how the next one was refused."""
    for count in range(10_000):
        try:
            with store.transaction() as work:
                row = customer(f"n{count}", phone="x" * 2000)
                work.insert("customer", row)
                work.log(created(row))
                work.next_number("SO")
        except Refused as refused:
            return count, refused
    raise AssertionError("the disk was never full")


def test_a_full_disk_refuses_writes_and_takes_them_again_when_there_is_room(
    disk: Path, embedded: str
) -> None:
    store = opened(embedded, disk / "data")
    add(store, customer("first"))
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * 1_200_000)
    count, refused = write_until_refused(store)
    assert refused.status == "unavailable"
    assert [problem.code for problem in refused.problems] == ["disk_full"]
    assert "磁盘" in message(refused.problems[0], "zh")
    assert count > 10
    for _ in range(5):  # it stays refused, and readers go on
        assert write_until_refused(store)[0] == 0
        assert store.count(Query("customer")) == count + 1
        assert len(store.find(Query("customer", search="first"))) == 1
    ballast.unlink()
    with store.transaction() as work:
        assert work.next_number("SO") == count + 1
        work.insert("customer", customer("again"))
    store.close()
    store = opened(embedded, disk / "data")
    assert store.count(Query("customer")) == count + 2
    assert len(store.all_events(limit=100_000)) == count
    store.close()


def test_a_full_disk_stops_no_snapshot_half_way(disk: Path) -> None:
    store = opened("tinydb", disk / "data")
    store._shrink_at = 700_000
    (disk / "ballast").write_bytes(b"x" * 1_500_000)
    count, refused = write_until_refused(store)
    assert refused.problems[0].code == "disk_full"
    assert not list((disk / "data").glob("*.new"))
    (disk / "ballast").unlink()
    store.shrink()
    assert store.count(Query("customer")) == count
    store.close()
    store = opened("tinydb", disk / "data")
    assert store.count(Query("customer")) == count
    store.close()


def test_a_read_only_disk_is_refused_with_a_sentence_and_left_as_it_was(disk: Path, embedded: str) -> None:
    store = opened(embedded, disk / "data")
    add(store, customer("first"))
    store.close()
    before = {path.name: path.read_bytes() for path in (disk / "data").iterdir()}
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(Refused) as refused:
        opened(embedded, disk / "data")
    assert refused.value.status == "unavailable"
    assert refused.value.problems[0].code == "disk_unwritable"
    assert {path.name: path.read_bytes() for path in (disk / "data").iterdir()} == before
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    store = opened(embedded, disk / "data")
    add(store, customer("second"))
    assert store.count(Query("customer")) == 2
    store.close()


@pytest.mark.parametrize("cut", [1, 200, 10**6])
def test_an_events_file_that_was_cut_is_told_with_the_line_where_it_ends(tmp_path: Path, cut: int) -> None:
    store = opened("tinydb", tmp_path)
    for name in "abc":
        with store.transaction() as work:
            work.insert("customer", row := customer(name))
            work.log(created(row))
    store.shrink()
    store.close()
    path = tmp_path / "events"
    kept = path.read_bytes()[:-cut]
    path.write_bytes(kept)
    with pytest.raises(Refused) as refused:
        opened("tinydb", tmp_path)
    problem = refused.value.problems[0]
    assert (problem.code, problem.values["file"]) == ("store_damaged", "events")
    assert problem.values["line"] == kept.count(b"\n") + 1
    assert path.read_bytes() == kept


def test_a_damaged_database_file_is_told_as_that(tmp_path: Path) -> None:
    store = opened("sqlite", tmp_path)
    add(store, *(customer(f"n{i}", phone="x" * 500) for i in range(500)))
    store.close()
    path = tmp_path / "kehu.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
    with pytest.raises(Refused) as refused:
        list(opened("sqlite", tmp_path).rows("customer"))
    assert refused.value.status == "unavailable"
    assert refused.value.problems[0].code == "database_damaged"
    assert "kehu.sqlite" in message(refused.value.problems[0], "en")


def test_a_file_that_is_no_database_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "kehu.sqlite").write_bytes(b"once upon a time " * 1000)
    with pytest.raises(Refused) as refused:
        opened("sqlite", tmp_path)
    assert refused.value.problems[0].code == "database_damaged"
