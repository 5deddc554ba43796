"""Many writers at once, in threads and in processes: numbers have no gaps and no doubles, and nobody's work is lost."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from store_kills import opened  # type: ignore[import-not-found]
from store_world import CUSTOMER, add, created, customer  # type: ignore[import-not-found]

from kehu.core.problems import Refused
from kehu.core.store.protocol import Column, Store, Table
from kehu.core.store.query import Query

WRITERS, EACH = 20, 15


def take_numbers(store: Store, writer: int, times: int = EACH) -> list[int]:
    """Take numbers, each for a record; every third transaction fails and must give its number back."""
    taken = []
    for turn in range(times):
        try:
            with store.transaction() as work:
                number = work.next_number("SO")
                row = customer(f"w{writer}n{number}", score=number)
                work.insert("customer", row)
                work.log(created(row))
                counted = work.lookup("customer", "name", "counter")[0]
                work.update("customer", counted["id"], {"score": counted["score"] + 1})
                if turn % 3 == 2:
                    raise ZeroDivisionError
            taken.append(number)
        except ZeroDivisionError:
            continue
    return taken


def assert_exact(store: Store, taken: list[int]) -> None:
    count = WRITERS * EACH * 2 // 3
    assert sorted(taken) == list(range(1, count + 1))
    rows = {row["name"]: row for row in store.rows("customer")}
    counter = rows.pop("counter")
    assert counter["score"] == count
    assert sorted(row["score"] for row in rows.values()) == list(range(1, count + 1))
    assert len(store.all_events(limit=10**6)) == count


def test_twenty_threads_take_numbers_without_gaps_or_doubles(address: str, tmp_path: Path) -> None:
    store = opened(address, tmp_path / "data")
    add(store, customer("counter", score=0))
    with ThreadPoolExecutor(WRITERS) as pool:
        taken = [n for some in pool.map(lambda w: take_numbers(store, w), range(WRITERS)) for n in some]
    assert_exact(store, taken)
    store.close()


_OTHER = """
import importlib.util, os, sys
from pathlib import Path
for name, file in (("store_world", "world.py"), ("store_kills", "kills.py"), ("store_many", "test_many.py")):
    spec = importlib.util.spec_from_file_location(name, os.path.join(sys.argv[1], file))
    module = importlib.util.module_from_spec(spec); sys.modules[name] = module; spec.loader.exec_module(module)
from concurrent.futures import ThreadPoolExecutor
store = module.opened(sys.argv[2], Path(sys.argv[3]))
print("ready", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(5) as pool:
    for some in pool.map(lambda w: module.take_numbers(store, int(sys.argv[4]) * 5 + w), range(5)):
        print(*some, flush=True)
store.close()
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_four_processes_of_five_threads_take_numbers_without_gaps_or_doubles(
    kind: str, address: str, tmp_path: Path
) -> None:
    store = opened(address, tmp_path / "data")
    add(store, customer("counter", score=0))
    command = [sys.executable, "-c", _OTHER, str(Path(__file__).parent), address, str(tmp_path / "data")]
    others = [
        subprocess.Popen([*command, str(n)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    for other in others:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
    said = []
    for other in others:
        assert other.stdin is not None
        other.stdin.write("go\n")
        other.stdin.flush()
    for other in others:
        said += other.communicate(timeout=120)[0].split()
        assert other.returncode == 0
    assert_exact(store, [int(number) for number in said])
    store.close()


def processes(address: str, folder: Path, script: str, count: int = 4) -> list[str]:
    """The same script in several processes at the same moment; what each of them says."""
    command = [sys.executable, "-c", _OTHER.split("from concurrent", maxsplit=1)[0] + script]
    command += [str(Path(__file__).parent), address, str(folder)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    said = [each.communicate(timeout=120)[0] for each in running]
    assert [each.returncode for each in running] == [0] * count
    return said


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_that_start_at_once_on_an_empty_database_all_start(
    kind: str, address: str, tmp_path: Path
) -> None:
    script = "store = module.opened(sys.argv[2], Path(sys.argv[3]))\nprint(store.name)\n"
    assert processes(address, tmp_path / "data", script) == [f"{kind}\n"] * 4
    store = opened(address, tmp_path / "data")
    add(store, customer("a"))
    store.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_process_starts_while_another_writes(kind: str, address: str, tmp_path: Path) -> None:
    from store_kills import Writer

    writer = Writer(address, tmp_path / "data")
    try:
        writer.hear(3)
        for number in range(10):
            store = opened(address, tmp_path / "data")
            add(store, customer(f"mine{number}"))
            store.close()
            writer.hear(3)
    finally:
        writer.kill()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_one_process_extends_a_table_while_others_go_on(kind: str, address: str, tmp_path: Path) -> None:
    one, other = opened(address, tmp_path / "data"), opened(address, tmp_path / "data")
    add(one, customer("a"))
    wider = Table("customer", (*CUSTOMER.columns, Column("city", "text")), CUSTOMER.search, CUSTOMER.unique)
    one.prepare([wider])
    add(one, {**customer("b"), "city": "Wuxi"})
    add(other, customer("c"))  # it does not know of the new column yet
    assert [row["name"] for row in other.rows("customer")] == ["a", "b", "c"]
    other.prepare([wider])
    assert [row["city"] for row in other.rows("customer")] == [None, "Wuxi", None]
    one.close()
    other.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_counted_is_counted_anew_when_another_process_writes(
    kind: str, address: str, tmp_path: Path
) -> None:
    one, other = opened(address, tmp_path / "data"), opened(address, tmp_path / "data")
    asked: Any = Query("customer", search="wuxi")
    assert one.count(asked) == 0
    add(other, customer("Wuxi"))
    assert one.count(asked) == 1
    one.close()
    other.close()


def test_a_store_that_one_process_may_have_is_refused_to_a_second(tmp_path: Path) -> None:
    store = opened("tinydb", tmp_path)
    script = (
        "from kehu.core.problems import Refused\n"
        "try:\n    module.opened(sys.argv[2], Path(sys.argv[3]))\n"
        "except Refused as refused:\n    print(refused.problems[0].code, refused.status)\n"
    )
    assert processes("tinydb", tmp_path, script, 2) == ["store_in_use unavailable\n"] * 2
    with pytest.raises(Refused):
        opened("tinydb", tmp_path)
    store.close()
