"""A writer that is killed again and again, and the truth that it must leave behind.

Step ``k`` always does the same, so that what is on the disk after any number of steps is known beforehand: slots are
filled, written over with longer and shorter texts, and emptied. A write is acknowledged by printing its number.
"""

import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from store_world import CUSTOMER, ORDER  # type: ignore[import-not-found]

from kehu.core.store.opening import open_store
from kehu.core.store.protocol import Store, Transaction

SLOTS, LONGEST = 23, 6000

_SCRIPT = """
import importlib.util, os, sys, time
for name, file in (("store_world", "world.py"), ("store_kills", "kills.py")):
    spec = importlib.util.spec_from_file_location(name, os.path.join({tests!r}, file))
    module = importlib.util.module_from_spec(spec); sys.modules[name] = module; spec.loader.exec_module(module)
module.write_for_ever({address!r}, {folder!r})
"""


def slot_of(step: int) -> str:
    return f"s{step * 7 % SLOTS:02}"


def text_of(step: int) -> str:
    return f"{step}:" + "x字"[step % 2] * (step * 7919 % LONGEST)


def truth_after(steps: int) -> dict[str, str]:
    """slot → text, after so many steps."""
    found: dict[str, str] = {}
    for step in range(1, steps + 1):
        if step % 5 == 0 and slot_of(step) in found:
            del found[slot_of(step)]
        else:
            found[slot_of(step)] = text_of(step)
    return found


def do_step(work: Transaction, step: int) -> None:
    from store_world import created, customer

    slot = slot_of(step)
    there = work.lookup("customer", "name", slot)
    row = there[0] if there else customer(slot, phone=text_of(step))
    if not there:
        work.insert("customer", row)
    elif step % 5 == 0:
        work.delete("customer", row["id"])
    else:
        work.update("customer", row["id"], {"phone": text_of(step)})
    work.log(created(row))
    assert work.next_number("step") == step
    work.set_note("step", step)


def opened(address: str, folder: Path) -> Store:
    store = open_store(address, folder, ZoneInfo("UTC"))
    store.prepare([CUSTOMER, ORDER])
    return store


def write_for_ever(address: str, folder: str) -> None:
    """What the child does: step after step, each acknowledged on stdout. A database that went away is waited for."""
    import os
    import time

    from kehu.core.problems import Refused

    store = opened(address, Path(folder))
    if store.name == "tinydb":
        store._shrink_at = 100_000  # type: ignore[attr-defined]
    while True:
        try:
            with store.transaction() as work:
                step = int(work.note("step") or 0) + 1
                do_step(work, step)
        except Refused as refused:
            if refused.status != "unavailable":
                raise
            time.sleep(0.02)
            continue
        os.write(1, b"%d\n" % step)


class Writer:
    """The child process. ``said``: the last step that it acknowledged."""

    def __init__(self, address: str, folder: Path) -> None:
        script = _SCRIPT.format(tests=str(Path(__file__).parent), address=address, folder=str(folder))
        self.said = 0
        self._process: Any = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)

    def hear(self, more: int) -> None:
        """Wait until it has acknowledged so many more."""
        for _ in range(more):
            line = self._process.stdout.readline()
            assert line.endswith(b"\n"), "the writer has stopped by itself"
            self.said = int(line)

    def kill(self) -> None:
        """Kill it in the middle of whatever it does; what it said until then counts."""
        self._process.send_signal(signal.SIGKILL)
        whole = self._process.stdout.read().rpartition(b"\n")[0].split()
        self.said = int(whole[-1]) if whole else self.said
        self._process.wait()
        self._process.stdout.close()


def assert_whole(store: Store, said: int, at_most: int | None = None) -> int:
    """Everything acknowledged is there, and nothing half; how many steps have landed."""
    with store.transaction() as work:  # it waits for whoever still writes
        landed = int(work.note("step") or 0)
        assert said <= landed <= (landed if at_most is None else at_most), (said, landed)
        rows = store.rows("customer")
        found = {row["name"]: row["phone"] for row in rows}
        assert found == truth_after(landed)
        for slot, text in list(found.items())[:3]:
            assert [row["phone"] for row in work.lookup("customer", "name", slot)] == [text]
        assert len(store.all_events(limit=10**7)) == landed
    return landed


def killed(address: str, folder: Path, times: int) -> int:
    """Kill a writer so many times; after each, all that it acknowledged is there. Gives how many steps have landed."""
    landed, chance = 0, random.Random(times)
    for _ in range(times):
        writer = Writer(address, folder)
        writer.hear(chance.randrange(1, 40))
        writer.kill()
        store = opened(address, folder)
        landed = assert_whole(store, writer.said, writer.said + 1)
        store.close()
    return landed
