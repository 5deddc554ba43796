"""Serving a workspace's pages from this machine to this machine, until Ctrl-C."""

import errno
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

from .terminal import refused

if TYPE_CHECKING:
    import uvicorn

    from ..app import App

__all__ = ["has_screen", "listen", "serve", "server_of", "show_when_ready"]

TRIES = 20
"""How many ports above the wanted one are tried."""

SWITCH_INTERVAL = 0.0005
"""Seconds a thread keeps the interpreter: short, so that a write does not wait behind a long computation."""


def listen(host: str, port: int, *, exactly: bool) -> socket.socket:
    """A socket that listens on the port, or the next free one above it; browsers that come early wait in its queue.

    ``exactly``: that port or none. Raises :class:`Refused` where none is free, or the host is not this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last = min(port if exactly else port + TRIES, 65535)
    for candidate in range(port, last + 1):
        found = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host.strip("[]"), candidate))
            found.listen(512)
        except OSError as error:
            found.close()
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise refused("host_not_here", host=host) from error
            if isinstance(error, PermissionError):
                raise refused("port_forbidden", port=candidate) from error
            continue
        found.setblocking(False)
        return found
    raise refused("port_taken", port=port) if exactly else refused("ports_taken", first=port, last=last)


def server_of(app: "App") -> "uvicorn.Server":
    """A server for the workspace's pages, ready to :func:`serve`."""
    import uvicorn

    from ..web.server import make_server

    config = uvicorn.Config(
        make_server(app),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


def serve(server: "uvicorn.Server", listening: socket.socket) -> None:
    """Answer requests until Ctrl-C (or SIGTERM); requests under way are finished first.

    Ends with ``KeyboardInterrupt``: what stopped the server is passed on when it has finished.
    """
    previous = signal.signal(signal.SIGTERM, stop)
    try:
        sys.setswitchinterval(SWITCH_INTERVAL)
        server.run(sockets=[listening])
    finally:
        signal.signal(signal.SIGTERM, previous)


def show_when_ready(address: str, then: Callable[[], None]) -> None:
    """Ask for the first page from beside, and call ``then`` when it answers: nobody sees an error page first."""

    def wait() -> None:
        from urllib.error import URLError
        from urllib.request import urlopen

        try:
            with urlopen(address, timeout=30) as answer:  # noqa: S310  (our own address on this machine)
                answer.read()
        except (URLError, OSError):
            return
        then()

    threading.Thread(target=wait, daemon=True).start()


def has_screen() -> bool:
    """Whether there is a desktop to open a browser on; without one a text browser would take the terminal over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))


def stop(_number: int, _frame: FrameType | None) -> None:
    """SIGTERM ends what Ctrl-C ends."""
    raise KeyboardInterrupt
