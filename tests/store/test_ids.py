"""Ids come in the order in which they were made, whatever threads, child processes and clocks do."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kehu.core.store.ids import is_id, new_id

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)

ABOUT_A_CLOCK = """
import sys
from kehu.core.store.ids import new_id
for day in ("2026-11-22", "2026-11-21", "2026-11-23"):
    with open(sys.argv[1], "w") as clock:
        clock.write(f"@{day} 10:00:00")
    for _ in range(1000):
        print(new_id())
"""


def test_ids_are_larger_than_those_before() -> None:
    made = [new_id() for _ in range(20_000)]
    assert all(map(is_id, made))
    assert made == sorted(set(made))


def test_threads_never_share_an_id() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [id for ids in pool.map(lambda _: [new_id() for _ in range(2000)], range(8)) for id in ids]
    assert len(set(made)) == len(made)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_child_process_makes_ids_of_its_own() -> None:
    new_id()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, new_id().encode())
        os._exit(0)
    own = new_id()
    os.waitpid(child, 0)
    theirs = os.read(reader, 100).decode()
    assert is_id(theirs)
    assert theirs[-8:] != own[-8:]


@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed")
def test_a_clock_set_back_brings_no_id_back(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("@2026-11-22 10:00:00")
    faked = {"LD_PRELOAD": str(FAKETIME), "FAKETIME_NO_CACHE": "1", "FAKETIME_TIMESTAMP_FILE": str(clock)}
    done = subprocess.run(
        [sys.executable, "-c", ABOUT_A_CLOCK, str(clock)], env={**os.environ, **faked},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    made = done.stdout.split()
    assert len(made) == 3000
    assert made == sorted(set(made))
