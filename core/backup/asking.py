"""Asking a running server for a backup: the embedded store belongs to one process, so that one makes it.

The command puts a file into the data folder; the server looks for it twice a second, and puts its answer beside it.
Whoever may write into that folder may do everything already: no port, no password, nothing that a network could reach.
"""

import contextlib
import json
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..problems import Problem, Refused
from ..records.audit import note
from ..store.lock import is_held
from ..store.protocol import Store
from .workplace import Workplace, acting, served
from .writing import Manifest, write_backup

__all__ = ["answering", "ask", "backed_up"]

ASKED, TAKEN, ANSWER = "backup.asked", "backup.taken", "backup.answer"
LOOK = 0.5
"""Seconds between two looks of the server."""
PATIENCE = 20.0
"""Seconds after which a server that has not taken the request up is taken not to listen."""

logger = logging.getLogger("kehu")


def ask(place: Workplace, file: Path) -> Manifest:
    """Have the server that holds the embedded store write a backup to ``file``; what it says of it.

    Raises ``Refused`` with what the server says, ``backup_no_answer`` where none listens.
    """
    data, ticket = place.data, secrets.token_hex(8)
    asked, taken, answer = data / ASKED, data / TAKEN, data / ANSWER
    answer.unlink(missing_ok=True)
    _put(asked, {"ticket": ticket, "file": str(file.resolve())})
    give_up = time.monotonic() + PATIENCE
    try:
        while True:
            time.sleep(0.1)
            told = _take(answer)
            if told is not None and told["ticket"] == ticket:
                break
            if asked.exists() and time.monotonic() > give_up:
                raise Refused([Problem("backup_no_answer", {})], "unavailable")
            if not is_held(data):
                raise Refused([Problem("backup_server_stopped", {})], "unavailable")
    finally:
        asked.unlink(missing_ok=True)
        taken.unlink(missing_ok=True)
        answer.unlink(missing_ok=True)
    if "problems" in told:
        raise Refused([Problem(one["code"], one["values"]) for one in told["problems"]], "unavailable")
    return Manifest(**told["manifest"])


@contextmanager
def answering(folder: Path, store: Store) -> Iterator[None]:
    """While a server runs: answer who asks for a backup, and let others tell that a server works here."""
    ended = threading.Event()
    place = Workplace(folder)

    def listen() -> None:
        while not ended.wait(LOOK):
            try:
                _answer(place, store, ended)
            except Exception:  # a backup that fails stops no server
                logger.exception("backup")

    with served(place.data):
        thread = threading.Thread(target=listen, name="kehu-backup", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(timeout=60)


def _answer(place: Workplace, store: Store, ended: threading.Event) -> None:
    asked = place.data / ASKED
    if not asked.exists():
        return
    with contextlib.suppress(FileNotFoundError):
        asked.replace(place.data / TAKEN)
    request = _take(place.data / TAKEN)
    if request is None:
        return
    told: dict[str, Any] = {"ticket": request["ticket"]}

    def stop(_: int) -> None:
        if ended.is_set():
            raise Refused([Problem("backup_server_stopped", {})], "unavailable")

    try:
        told["manifest"] = asdict(backed_up(Path(request["file"]), Workplace(place.folder), store, stop))
    except Refused as refusal:
        told["problems"] = [{"code": one.code, "values": dict(one.values)} for one in refusal.problems]
    _put(place.data / ANSWER, told)


def backed_up(
    file: Path, place: Workplace, store: Store, told: Callable[[int], None] = lambda _: None
) -> Manifest:
    """Write a backup, and tell of it in the log."""
    manifest = write_backup(file, place, store, told)
    note(store, acting(store), "backed_up", {"file": file.name, "records": manifest.rows})
    return manifest


def _put(path: Path, content: Any) -> None:
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(json.dumps(content, ensure_ascii=False, default=str), "utf-8")
    aside.replace(path)


def _take(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    path.unlink(missing_ok=True)
    return found if isinstance(found, dict) and "ticket" in found else None
