"""``kehu erase``: a person's data goes, everywhere."""

import click

from .spoken import command, option
from .terminal import Terminal

__all__ = ["this"]


@command("erase", "erase")
@click.argument("person")
@option("--dry-run", is_flag=True, help="option_dry_run")
@option("--yes", is_flag=True, help="option_yes")
@option("--store", metavar="STORE", help="option_store")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(terminal: Terminal, person: str, dry_run: bool, yes: bool, store: str | None) -> int:
    """Exit code 1 when one did not agree."""
    from ..records.erasing import erase, foreseen

    with terminal.open(store) as app:
        records = app.now.records
        wanted = foreseen(records, person)
        entity = app.catalog.entities[wanted.entity]
        label = entity.shown.in_(terminal.language)
        terminal.say("erase_what", entity=label, title=wanted.title, id=wanted.record)
        terminal.say("erase_fields", fields=[entity.fields[name].label for name in wanted.fields])
        terminal.say(
            "erase_counts",
            events=len(wanted.events),
            others=len(wanted.others),
            files=wanted.files,
            rows=len(wanted.rows),
        )
        if dry_run:
            terminal.say("not_done")
            return 0
        if not yes and not click.confirm(terminal.word("erase_ask")):
            terminal.say("not_done")
            return 1
        erase(records, app.context("command"), app.storage, wanted)
    terminal.say("erased")
    return 0
