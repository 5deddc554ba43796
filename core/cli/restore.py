"""``kehu restore``: a backup is checked, told, and put in the workspace's place when one agrees."""

from pathlib import Path

import click

from .spoken import command, option
from .terminal import Terminal

__all__ = ["this"]


@command("restore", "restore")
@click.argument("file", type=click.Path())
@option("--into", metavar="FOLDER", help="option_into")
@option("--store", metavar="STORE", help="option_restore_store")
@option("--yes", is_flag=True, help="option_yes")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(terminal: Terminal, file: str, into: str | None, store: str | None, yes: bool) -> int:
    """Exit code 1 when one did not agree."""
    from ..backup.reading import Backup
    from ..backup.restoring import made_ready

    folder = Path(into) if into else terminal.folder
    with Backup(Path(file)) as backup:
        with terminal.busy("checking_backup"):
            ready = made_ready(backup, folder, store)
        manifest = backup.manifest
    try:
        terminal.say(
            "restore_what",
            file=file,
            workspace=manifest.workspace,
            made=manifest.made,
            kehu=manifest.kehu,
            records=f"{manifest.rows:,}",
            events=f"{manifest.events:,}",
            files=f"{manifest.files:,}",
        )
        terminal.say("restore_to", folder=str(ready.into))
        if ready.into.exists() and any(ready.into.iterdir()):
            terminal.say("restore_aside", folder=str(ready.into))
        if ready.problems:
            terminal.say("restore_problems", count=len(ready.problems))
            terminal.problems(ready.problems)
        if not yes and not click.confirm(terminal.word("restore_ask")):
            terminal.say("not_done")
            return 1
        former = ready.put_in_place()
    finally:
        ready.drop()
    terminal.say("restored", folder=str(ready.into))
    if former is not None:
        terminal.say("restored_former", former=str(former))
    return 0
