"""``kehu demo``: a CRM with eighteen months of sample business, in the browser, with nothing to set up."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .founding import found, is_taken, template_folder
from .run import HOST, PORT, present
from .serving import listen
from .spoken import command, option
from .terminal import Terminal, refused

if TYPE_CHECKING:
    from ..app import App

__all__ = ["this"]

TEMPLATE = "general"
MARK = ".kehu-demo"
"""The file that tells a demo's folder from somebody's own workspace."""


@command("demo", "demo")
@option("--port", type=click.IntRange(1, 65535), default=PORT, metavar="PORT", help="option_port")
@option("--folder", default="kehu-demo", metavar="FOLDER", help="option_demo_folder")
@option("--no-browser", is_flag=True, help="option_no_browser")
@option("--store", metavar="STORE", help="option_store")
@click.pass_obj
def this(terminal: Terminal, port: int, folder: str, no_browser: bool, store: str | None) -> None:
    """Make the demo where there is none yet, and serve it."""
    terminal.folder = Path(folder)
    with listen(HOST, port, exactly=False) as listening:
        if not (terminal.folder / MARK).is_file():
            _make(terminal, store)
        with terminal.open(store) as app:
            if app.catalog.workspace.language != terminal.language:
                terminal.say("demo_language", language=app.catalog.workspace.language, folder=folder)
            _fill(terminal, app)
            present(terminal, app, listening, wanted=port, browser=not no_browser)


def _make(terminal: Terminal, store: str | None) -> None:
    folder, template = terminal.folder, template_folder(TEMPLATE)
    if is_taken(folder):
        raise refused("not_a_demo", folder=str(folder))
    keys: dict[str, str] = {"language": terminal.language}
    if store is not None and "://" not in store:
        keys["store"] = store

    def mark(aside: Path) -> None:
        (aside / MARK).write_text(terminal.word("mark") + "\n", "utf-8")

    found(folder, template, keys, mark)


def _fill(terminal: Terminal, app: "App") -> None:
    """Enter the sample business where there is none yet: in one transaction, so that it is there whole or not."""
    from ..records.seeding import seed
    from ..store.query import Query

    if app.store.count(Query("user")) > 1:
        return
    with terminal.busy("seeding"):
        seed(app.now.records, app.context("seed"), template_folder(TEMPLATE) / "data")
