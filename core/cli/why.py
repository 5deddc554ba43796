"""``kehu why``: who set a key, and who leans on it."""

import json
from collections.abc import Iterable
from typing import Any

import click

from ..catalog.building import build
from ..catalog.graph import Edge
from ..catalog.why import Why, explain_key
from ..problems import Refused
from .spoken import command, option
from .terminal import Terminal

__all__ = ["this"]

LONGEST = 60
"""Characters of a value that are shown."""


@command("why", "why")
@click.argument("path", nargs=-1, required=True)
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(terminal: Terminal, path: tuple[str, ...]) -> None:
    """Tell the story of a key."""
    built = build(terminal.folder)
    if built.catalog is None:
        raise Refused(built.problems)
    _tell(terminal, explain_key(built.catalog, " ".join(path)))


def _tell(terminal: Terminal, why: Why) -> None:
    below = why.path[1:] if why.kind == "entity" and why.path[:1] == ("fields",) else why.path
    kind, key = terminal.word(f"one_{why.kind}"), ".".join([why.name, *below])
    click.echo(f"{kind} {click.style(key, bold=True)} = {_shown(why.value)}")
    if not why.settings:
        terminal.say("why_default")
    else:
        terminal.say("why_set_by")
        last = why.settings[-1]
        rows = [
            (
                _layer(terminal, setting.layer),
                terminal.word("why_removed") if setting.removed else _shown(setting.value),
                str(setting.place),
                terminal.word("why_holds") if setting is last and len(why.settings) > 1 else "",
            )
            for setting in why.settings
        ]
        terminal.table(rows, indent=4)
        _tell_folders(terminal, dict.fromkeys(setting.layer for setting in why.settings))
    if why.uses:
        terminal.say("why_uses", count=len(why.uses))
        terminal.table(_rows(terminal, ((edge.target, edge) for edge in why.uses)), indent=4)
    if why.users:
        terminal.say("why_used_by", count=len(why.users), subject=_called(terminal, why.subject))
        terminal.table(_rows(terminal, ((edge.source, edge) for edge in why.users)), indent=4)
    else:
        terminal.say("why_unused", subject=_called(terminal, why.subject))


def _tell_folders(terminal: Terminal, layers: Iterable[str]) -> None:
    """Where the files of the plugins lie, which their places do not say."""
    from ..catalog.plugins import find_plugins

    found = find_plugins(terminal.folder)
    for layer in layers:
        name = layer.partition(":")[2]
        if name in found and found[name].origin != "workspace":
            terminal.say("why_folder", name=name, folder=str(found[name].folder))


def _rows(terminal: Terminal, pairs: Iterable[tuple[str, Edge]]) -> list[tuple[str, str, str]]:
    """Each reference once, also where a formula names the same thing twice."""
    rows = (
        (_called(terminal, name), terminal.word(f"how_{edge.how}"), str(edge.place or ""))
        for name, edge in pairs
    )
    return list(dict.fromkeys(rows))


def _called(terminal: Terminal, thing: str) -> str:
    """``field customer.phone`` with the kind in the terminal's language."""
    kind, _, name = thing.partition(" ")
    return f"{terminal.word(f'one_{kind}')} {name}"


def _layer(terminal: Terminal, layer: str) -> str:
    kind, _, name = layer.partition(":")
    return terminal.word(f"layer_{kind}", name=name)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST else f"{one_line[:LONGEST]}…"
