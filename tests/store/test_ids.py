"""Ids come in the order in which they were made, whatever threads, child processes and clocks do."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.core.store import ids
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


@given(
    st.builds(
        "{:08x}-{:04x}-7{:03x}-{:x}{:03x}-{:012x}".format,
        st.integers(0x10000000, 0xFFFFFFF0), st.integers(0, 0xFFFF), st.integers(0, 0xFFF), st.integers(8, 11),
        st.integers(0, 0xFFF), st.one_of(st.integers(0, 2**48 - 1), st.just(2**48 - 1)),
    ),
)  # fmt: skip
def test_ids_go_on_above_the_last_one_of_a_store_whatever_the_clock_says(last: str) -> None:
    floor = ids._floor
    try:
        ids._floor = ""
        ids.go_on_after(last)
        made = [last, *(new_id() for _ in range(20))]
        assert all(map(is_id, made))
        assert made == sorted(set(made))
        ids.go_on_after("nothing")
        ids.go_on_after("00000000-0000-7000-8000-000000000000")
        assert new_id() > made[-1]
    finally:
        ids._floor = floor


BEFORE_AND_AFTER = """
import importlib.util, os, sys
from pathlib import Path
for name, file in (("store_world", "world.py"), ("store_kills", "kills.py")):
    spec = importlib.util.spec_from_file_location(name, os.path.join(sys.argv[1], file))
    module = importlib.util.module_from_spec(spec); sys.modules[name] = module; spec.loader.exec_module(module)
store = module.opened(sys.argv[2], Path(sys.argv[3]))
for _ in range(3):
    with store.transaction() as work:
        module.do_step(work, int(work.note("step") or 0) + 1)
if "shrink" in sys.argv:
    store.shrink()
store.close()
"""


@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed")
def test_a_server_started_anew_with_its_clock_set_back_keeps_the_order_of_events(
    address: str, tmp_path: Path
) -> None:
    from store_kills import assert_whole, opened  # type: ignore[import-not-found]

    def three_steps(time: str, *more: str) -> None:
        command = [
            sys.executable, "-c", BEFORE_AND_AFTER, str(Path(__file__).parent), address, str(tmp_path / "d"), *more
        ]  # fmt: skip
        faked = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"@{time}"}
        subprocess.run(command, env={**os.environ, **faked}, check=True, timeout=60)

    three_steps("2031-05-01 10:00:00", *(["shrink"] if address == "tinydb" else []))
    three_steps("2031-04-01 10:00:00")
    three_steps("2031-05-01 09:59:00")
    store = opened(address, tmp_path / "d")
    try:
        assert_whole(store, 9, 9)
        said = [event.changes["name"][1] for event in store.all_events()]
        assert said == [f"s{step * 7 % 23:02}" for step in range(1, 10)]
        newest = store.all_events()[-1].id
        assert [event.id for event in store.all_events(after=newest)] == []
        assert new_id() > newest
    finally:
        store.close()
        ids._floor = ""
