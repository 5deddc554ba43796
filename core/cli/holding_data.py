"""What the records of a workspace say to its definitions: looked at in a copy, so that no byte of the store changes."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ..catalog.building import Built
from ..problems import Problem, Refused
from ..store.lock import is_held

__all__ = ["data_problems"]


def data_problems(folder: Path, built: Built) -> tuple[Problem, ...]:
    """Where the records are in the way of the definitions: columns of another kind, options that records still hold.

    A note where that cannot be seen now: a running server has the store, or it is a database server's.
    """
    assert built.catalog is not None
    workspace = built.catalog.workspace
    url, data = workspace.store, folder / "data"
    if "${" in url or url.startswith(("postgresql://", "postgres://")):
        return (Problem("data_not_checked", {"store": "PostgreSQL"}, level="note"),)
    file = data / "kehu.sqlite" if url == "sqlite" else data / url.removeprefix("sqlite:///")
    if not (data / "journal" if url == "tinydb" else file).exists():
        return ()
    if url == "tinydb" and is_held(data):
        return (Problem("data_in_use", {}, level="note"),)
    from ..app import fit
    from ..store.opening import open_store

    try:
        with _copied(data, None if url == "tinydb" else file) as (copy, address):
            store = open_store(address, copy, workspace.zone)
            try:
                fit(built, store)
            finally:
                store.close()
    except Refused as refusal:
        return refusal.problems
    return ()


@contextmanager
def _copied(data: Path, sqlite: Path | None) -> Iterator[tuple[Path, str]]:
    """(a folder with a copy of the store, its address there)."""
    with tempfile.TemporaryDirectory(prefix="kehu-check-") as made:
        copy = Path(made)
        if sqlite is None:
            shutil.copytree(data, copy, ignore=shutil.ignore_patterns("lock"), dirs_exist_ok=True)
            yield copy, "tinydb"
            return
        running = sqlite.with_name(sqlite.name + "-wal").exists()
        if running:  # somebody writes: SQLite's own copy is whole at any moment
            with (
                closing(sqlite3.connect(f"{sqlite.resolve().as_uri()}?mode=ro", uri=True)) as source,
                closing(sqlite3.connect(copy / "kehu.sqlite")) as target,
            ):
                source.backup(target)
        else:
            shutil.copyfile(sqlite, copy / "kehu.sqlite")
        yield copy, "sqlite"
