"""Commands that speak the terminal's language: what they are given as help is a code of :mod:`kehu.core.words.cli`."""

from collections.abc import Callable
from functools import partial
from typing import Any

import click

from ..problems import closest
from .terminal import Terminal, refused

__all__ = ["Spoken", "SpokenGroup", "command", "group", "option"]


class SpokenOption(click.Option):
    """An option whose help is a code."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """How the option is typed, and what it does."""
        record = super().get_help_record(ctx)
        return (record[0], _terminal(ctx).word(self.help)) if record is not None and self.help else record


class Spoken(click.Command):
    """A command whose headings and help are in the terminal's language."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Its own, then what every command understands."""
        *own, help_option = super().get_params(ctx)
        return [*own, *_COMMON, help_option]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how it is typed."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_terminal(ctx).word("usage"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it is for."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_terminal(ctx).word(self.help or "kehu"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options, each with what it does."""
        found = [
            record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None
        ]
        with formatter.section(_terminal(ctx).word("options")):
            formatter.write_dl(found)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, explained."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _terminal(ctx).word("option_help")
        return option


class SpokenGroup(Spoken, click.Group):
    """A command with commands of its own; it says which there are when it does not know one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant. Raises :class:`Refused` naming those there are."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            names = self.list_commands(ctx)
            raise refused("no_such_command", name=name, available=names, instead=closest(name, names))
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options, each with what it does."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its commands, each with what it is for."""
        with formatter.section(_terminal(ctx).word("commands")):
            formatter.write_dl([(name, self.summary(ctx, name)) for name in self.list_commands(ctx)])

    def summary(self, ctx: click.Context, name: str) -> str:
        """What a command is for, in one line."""
        command = self.get_command(ctx, name)
        if isinstance(command, Spoken):
            return _terminal(ctx).word(command.help or "kehu").splitlines()[0]
        return command.get_short_help_str(200) if command is not None else ""


def command(name: str, purpose: str) -> Callable[[Callable[..., Any]], Spoken]:
    """Make a function the command of this name; ``purpose`` is a code, without ``cli_``."""
    return click.command(name, cls=Spoken, help=purpose)


def group(name: str, purpose: str) -> Callable[[Callable[..., Any]], SpokenGroup]:
    """Make a function a command with commands of its own."""
    return click.group(name, cls=SpokenGroup, help=purpose)


option = partial(click.option, cls=SpokenOption)
"""``click.option`` whose ``help`` is a code, without ``cli_``."""

_COMMON: list[click.Parameter] = [
    SpokenOption(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, help="option_lang"),
    SpokenOption(["--debug"], is_flag=True, expose_value=False, help="option_debug"),
]
"""What every command understands. Both are read before the line is (:func:`~.terminal.value_of`)."""


def _terminal(ctx: click.Context) -> Terminal:
    found: Terminal = ctx.find_root().obj
    return found
