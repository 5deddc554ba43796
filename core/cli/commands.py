"""``kehu`` itself: the commands there are, each loaded when it is asked for; plugins' commands stand beside them."""

from collections.abc import Mapping
from importlib import import_module

import click

from .plugins import commands_of
from .spoken import SpokenGroup
from .terminal import Terminal

__all__ = ["root"]

COMMANDS: Mapping[str, str] = {
    "demo": "demo",
    "new": "new",
    "run": "run",
    "check": "check",
    "import": "import_",
    "export": "export",
    "why": "why",
    "explain": "explain",
    "schema": "schema",
    "plugin": "plugin",
    "template": "template",
    "backup": "backup",
    "restore": "restore",
    "store": "store",
    "erase": "erase",
    "people": "people",
    "token": "token",
    "doctor": "doctor",
    "version": "version",
}
"""Command → the module of this room that holds it, in the order in which help names them."""


def root(terminal: Terminal) -> click.Group:
    """The command that all others stand under."""
    return _Root(terminal)


class _Root(SpokenGroup):
    def __init__(self, terminal: Terminal) -> None:
        super().__init__("kehu", help="kehu", no_args_is_help=True)
        self._terminal = terminal
        self._found: Mapping[str, click.Command] | None = None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *self._of_plugins()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return self._of_plugins().get(cmd_name)
        command: click.Command = import_module(f".{COMMANDS[cmd_name]}", __package__).this
        return command

    def summary(self, ctx: click.Context, name: str) -> str:
        if name in COMMANDS:  # the words alone: listing the commands loads none of them
            return self._terminal.word(name).splitlines()[0]
        return super().summary(ctx, name)

    def _of_plugins(self) -> Mapping[str, click.Command]:
        if self._found is None:
            self._found = commands_of(self._terminal)
        return self._found
