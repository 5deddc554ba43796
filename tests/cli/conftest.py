"""A terminal in an empty folder: commands are typed, and what they said is looked at."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kehu.core.cli.running import run

from .typed import REPOSITORY, Kehu, Said, Server


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kehu(here: Path, capsys: pytest.CaptureFixture[str]) -> Kehu:
    def typed(*arguments: str) -> Said:
        code = run(arguments)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return typed


@pytest.fixture
def acme(kehu: Kehu, here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace, and the terminal inside it."""
    assert kehu("new", "acme").code == 0
    monkeypatch.chdir(here / "acme")
    return here / "acme"


@pytest.fixture(scope="session")
def business(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """CSV files as another system would export them: 300 customers and what belongs to them."""
    folder = tmp_path_factory.mktemp("business")
    subprocess.run([sys.executable, REPOSITORY / "bench" / "make_data.py", "300", folder], check=True)
    return folder


@pytest.fixture
def serve(here: Path) -> Iterator[Callable[..., Server]]:
    started: list[Server] = []

    def start(*arguments: str) -> Server:
        server = Server(arguments, Path.cwd())
        started.append(server)
        # A server that never says where it is must not hang the tests.
        guard = threading.Timer(180, server.process.kill)
        guard.daemon = True
        guard.start()
        server.process.__dict__["guard"] = guard
        return server

    yield start
    for server in started:
        server.process.__dict__["guard"].cancel()
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()
        if server.process.stdout is not None:
            server.process.stdout.close()
