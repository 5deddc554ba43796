"""``kehu backup``: everything in one file, also while the server runs."""

from datetime import datetime
from pathlib import Path

import click

from ..problems import Refused
from .spoken import command, option
from .terminal import Terminal

__all__ = ["this"]


@command("backup", "backup")
@click.argument("file", required=False, type=click.Path())
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(terminal: Terminal, file: str | None) -> None:
    """Write the backup; its name is the workspace's and the time, unless given."""
    from ..backup.asking import ask, backed_up
    from ..backup.workplace import Workplace

    place = Workplace(terminal.folder)
    path = Path(file) if file else Path(f"{place.name}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.kehu")
    with terminal.busy("backing_up"):
        try:
            store = place.open()
        except Refused as refusal:
            if not any(problem.code == "store_in_use" for problem in refusal.problems):
                raise
            manifest = ask(place, path)
        else:
            try:
                manifest = backed_up(path, place, store)
            finally:
                store.close()
    terminal.say(
        "backed_up",
        file=str(path),
        size=f"{path.stat().st_size / 1e6:.1f}",
        records=f"{manifest.rows:,}",
        events=f"{manifest.events:,}",
        files=f"{manifest.files:,}",
    )
