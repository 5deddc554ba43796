"""``kehu template list``: the templates that a workspace can begin with."""

import click

from ..catalog.sources import sources_in
from ..catalog.templates import find_templates
from ..schema.loading import load
from ..schema.reading import read
from ..schema.registry import FieldTypes
from ..schema.workspace import Workspace
from .spoken import Spoken, group
from .terminal import Terminal

__all__ = ["this"]


@group("template", "template")
def this() -> None:
    """Templates."""


@this.command("list", cls=Spoken, help="template_list")
@click.pass_obj
def list_(terminal: Terminal) -> None:
    """Every template: its name, what it is called, its plugins and how many definitions it adds."""
    rows = [tuple(terminal.word(f"column_{name}") for name in ("name", "label", "plugins", "definitions"))]
    for name, folder in find_templates().items():
        loaded = load((folder / "kehu.yaml").read_bytes(), "kehu.yaml", "template")
        found, _ = read(loaded.node, FieldTypes.bundled()) if loaded.node else (None, ())
        if isinstance(found, Workspace):
            label = found.label.in_(terminal.language) if found.label else name
            count = sum(1 for _ in sources_in(folder, "template"))
            rows.append((name, label, ", ".join(found.plugins), str(count)))
    terminal.table(rows)
