"""``kehu new``: a workspace of one's own, out of a template."""

from pathlib import Path

import click

from ..schema.names import is_name, suggested
from .editors import prepare
from .founding import found, sample, template_folder
from .spoken import command, option
from .terminal import Terminal, refused

__all__ = ["this"]


@command("new", "new")
@click.argument("name")
@option("--template", default="general", metavar="NAME", help="option_template")
@option("--folder", metavar="FOLDER", help="option_new_folder")
@option("--sample/--no-sample", "with_sample", default=False, help="option_sample")
@click.pass_obj
def this(terminal: Terminal, name: str, template: str, folder: str | None, with_sample: bool) -> None:
    """Make a workspace."""
    if not is_name(name):
        raise refused("bad_workspace_name", name=name, instead=suggested(name) or None)
    source = template_folder(template)
    target = Path(folder or name)
    keys = {"workspace": name, "label": name}
    if terminal.asked is not None:
        keys["language"] = terminal.asked
    found(target, source, keys, lambda aside: _finish(terminal, aside, source if with_sample else None))
    terminal.say("made", name=name, folder=str(target))


def _finish(terminal: Terminal, folder: Path, template: Path | None) -> None:
    """Write what editors need, and the sample records of a template."""
    prepare(folder, terminal.asked, lines=True)
    if template is not None:
        with terminal.busy("seeding"):
            sample(folder, template, terminal.asked)
