"""``kehu store move``: all records to another store."""

import click

from .spoken import command, group, option
from .terminal import Terminal

__all__ = ["this"]


@group("store", "store")
def this() -> None:
    """The store of a workspace."""


@command("move", "store_move")
@click.argument("store")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def move(terminal: Terminal, store: str) -> None:
    """Fill the other store, compare, and name it in kehu.yaml."""
    from ..backup.moving import move as move_all
    from ..backup.workplace import Workplace

    with terminal.busy("moving"):
        moved = move_all(Workplace(terminal.folder), store)
    records = sum(part.count for name, part in moved.parts.items() if not name.startswith(":"))
    events = moved.parts[":events"].count
    terminal.say(
        "moved", before=moved.before, after=moved.after, records=f"{records:,}", events=f"{events:,}"
    )
    terminal.say("moved_former")


this.add_command(move)
