"""Serving from several processes at once: each opens the workspace for itself, all listen on the same port.

The store is what they share: records, notes, sessions. Each looks at the definition files by itself, so a change is
live in all of them. One that dies is started anew; the others go on meanwhile.
"""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from types import FrameType
from typing import TYPE_CHECKING

from .serving import serve, server_of
from .terminal import refused

if TYPE_CHECKING:
    from ..app import App

__all__ = ["MOST", "refuse_unless_shared", "serve_in_processes"]

MOST = 64
"""Processes at most."""
SOON = 5.0
"""Seconds: a process that ends sooner after its start did not really start."""
TOO_OFTEN = 3
"""So many that end so soon, one after the other, and all of it is given up."""


def refuse_unless_shared(store: str, processes: int) -> None:
    """Raise :class:`Refused` where a store of this name cannot be shared, or processes cannot be split here."""
    if store == "tinydb":
        raise refused("processes_embedded", count=processes)
    if not hasattr(os, "fork"):
        raise refused("processes_unknown", count=processes)


def serve_in_processes(
    count: int, listening: socket.socket, open_app: Callable[[], AbstractContextManager["App"]]
) -> None:
    """Serve until Ctrl-C (or SIGTERM), in so many processes; requests under way are finished first.

    Ends with ``KeyboardInterrupt`` as :func:`~.serving.serve` does, or with :class:`Refused` where the processes
    cannot stay up.
    """
    crew = _Crew(listening, open_app)
    before = {number: signal.signal(number, _stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        for _ in range(count):
            crew.start()
        crew.keep_up()
    finally:
        for (
            number
        ) in before:  # while the last requests are finished, a second Ctrl-C must not leave them alone
            signal.signal(number, signal.SIG_IGN)
        crew.end()
        for number, handler in before.items():
            signal.signal(number, handler)


class _Crew:
    """The processes: pid → when it was started."""

    def __init__(
        self, listening: socket.socket, open_app: Callable[[], AbstractContextManager["App"]]
    ) -> None:
        self._listening, self._open = listening, open_app
        self._started: dict[int, float] = {}
        self._in_vain = 0
        self._alive, self._mine = os.pipe()

    def start(self) -> None:
        """Split one off."""
        pid = os.fork()
        if pid == 0:
            self._serve()
        self._started[pid] = time.monotonic()

    def keep_up(self) -> None:
        """Start anew whatever dies, for ever. Raises :class:`Refused` where that is in vain."""
        while True:
            pid, _ = os.wait()
            lived = time.monotonic() - self._started.pop(pid, 0.0)
            self._in_vain = self._in_vain + 1 if lived < SOON else 0
            if self._in_vain >= TOO_OFTEN:
                raise refused("processes_in_vain", count=self._in_vain)
            self.start()

    def end(self) -> None:
        """Ask all of them to finish, and wait for that."""
        for pid in self._started:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        for pid in self._started:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
        os.close(self._alive)
        os.close(self._mine)

    def _serve(self) -> None:
        """What a process does; it never comes back."""
        status = 1
        try:
            os.close(self._mine)
            threading.Thread(target=self._end_with_parent, daemon=True).start()
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            with suppress(KeyboardInterrupt), self._open() as app:
                serve(server_of(app), self._listening)
            status = 0
        finally:
            os._exit(status)

    def _end_with_parent(self) -> None:
        """Whoever is left alone, as the first process was killed, must not hold the port for ever."""
        os.read(self._alive, 1)  # nobody ever writes: it ends when the last one who could is gone
        os.kill(os.getpid(), signal.SIGTERM)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
