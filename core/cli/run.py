"""``kehu run``: serve the workspace's pages and its API."""

import contextlib
import socket
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..problems import Problem, Refused
from .admitting import admit, checked_base_url, setup_link
from .processes import MOST, refuse_unless_shared, serve_in_processes
from .serving import has_screen, listen, serve, server_of, show_when_ready
from .spoken import command, option
from .terminal import Terminal

if TYPE_CHECKING:
    from ..app import App

__all__ = ["present", "this"]

PORT = 8700
HOST = "127.0.0.1"


@command("run", "run")
@option("--port", type=click.IntRange(1, 65535), metavar="PORT", help="option_port")
@option("--host", default=HOST, metavar="HOST", help="option_host")
@option("--no-browser", is_flag=True, help="option_no_browser")
@option("--store", metavar="STORE", help="option_store")
@option("--processes", type=click.IntRange(1, MOST), default=1, metavar="COUNT", help="option_processes")
@option("--base-url", metavar="URL", help="option_base_url")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(
    terminal: Terminal,
    port: int | None,
    host: str,
    no_browser: bool,
    store: str | None,
    processes: int,
    base_url: str | None,
) -> None:
    """Serve the workspace until Ctrl-C."""
    from ..web.loopback import is_loopback

    terminal.faces_others, terminal.reached_at = not is_loopback(host), checked_base_url(base_url)
    with listen(host, port or PORT, exactly=port is not None) as listening, contextlib.ExitStack() as opened:
        try:
            app = opened.enter_context(terminal.open(store))
        except Refused as refusal:
            if not any(problem.place for problem in refusal.problems):
                raise
            # A running server would go on with what worked last; one that starts has nothing that did.
            raise Refused([*refusal.problems, Problem("cli_not_started", level="note")]) from refusal
        admit(terminal, app)
        link = setup_link(app, _address(listening))
        serving = None
        if processes > 1:
            refuse_unless_shared(app.store.name, processes)
            opened.close()  # each of the processes opens it for itself
            serving = partial(serve_in_processes, processes, listening, partial(terminal.open, store))
        present(
            terminal,
            app,
            listening,
            wanted=port or PORT,
            browser=not no_browser and link is None,
            serving=serving,
            link=link,
        )


def present(
    terminal: Terminal,
    app: "App",
    listening: socket.socket,
    wanted: int,
    *,
    browser: bool,
    serving: Callable[[], None] | None = None,
    link: str | None = None,
) -> None:
    """Say where the pages are, open the browser, and serve until Ctrl-C.

    ``serving``: in another way than here. ``link``: makes the first account, without which nothing else is served.
    """
    address, port = _address(listening), listening.getsockname()[1]
    workspace = app.catalog.workspace
    label = workspace.label.in_(terminal.language) if workspace.label else workspace.workspace
    if port != wanted:
        terminal.say("port_next", port=wanted, next=port)
    for problem in app.now.problems:
        terminal.problems([problem], aside=True)
    run = serving or _alone(app, listening)

    def show() -> None:
        webbrowser.open(address)

    with contextlib.suppress(KeyboardInterrupt):  # as soon as the address is said, Ctrl-C is how it ends
        terminal.say("serving", label=label, address=address, folder=_short(terminal.folder))
        if link is not None:
            terminal.say("setup_link", link=link)
        if browser and has_screen():
            show_when_ready(address, show)
        run()
    terminal.say("stopped")


def _alone(app: "App", listening: socket.socket) -> Callable[[], None]:
    """What serves from this process; it answers the backup command meanwhile."""
    from ..backup.asking import answering

    server = server_of(app)

    def run() -> None:
        with answering(app.folder, app.store):
            serve(server, listening)

    return run


def _address(listening: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port, *_ = listening.getsockname()
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (what stands for all addresses)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _short(folder: Path) -> str:
    """The folder as one would write it from home."""
    full = folder.resolve()
    home = Path.home()
    return f"~/{full.relative_to(home).as_posix()}" if full.is_relative_to(home) else str(full)
