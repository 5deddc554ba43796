"""Running what was typed, and turning everything that can happen into words and an exit code."""

import contextlib
import sys
from collections.abc import Sequence

import click

from ..problems import Problem, Refused
from .commands import root
from .terminal import Terminal, flag, value_of

__all__ = ["run"]

DONE, REFUSED, MISTYPED, STOPPED = 0, 1, 2, 130


def run(arguments: Sequence[str]) -> int:
    """The exit code of these arguments; everything there is to say has been said."""
    _speak_unicode()
    terminal = Terminal(value_of(arguments, "--lang"), value_of(arguments, "--folder"))
    try:
        command = root(terminal)
        code = command.main(list(arguments), prog_name="kehu", standalone_mode=False, obj=terminal)
    except Refused as refusal:
        terminal.refuse(refusal.problems)
        return REFUSED
    except click.UsageError as mistake:
        terminal.refuse([_mistyped(mistake)], usage=mistake.ctx)
        return MISTYPED
    except click.ClickException as mistake:
        terminal.refuse([Problem("cli_other", {"message": mistake.format_message()})])
        return REFUSED
    except (KeyboardInterrupt, click.Abort):
        return STOPPED
    except Exception as error:
        if flag(arguments, "--debug"):
            raise
        terminal.refuse([_unexpected(error)])
        return REFUSED
    return code if isinstance(code, int) else DONE


def _speak_unicode() -> None:
    """A pipe on a machine whose encoding cannot say Chinese gets UTF-8 all the same."""
    for stream in (sys.stdout, sys.stderr):
        if (stream.encoding or "").lower().replace("-", "") != "utf8" and hasattr(stream, "reconfigure"):
            with contextlib.suppress(ValueError):
                stream.reconfigure(encoding="utf-8")


def _mistyped(mistake: click.UsageError) -> Problem:
    match mistake:
        case click.NoSuchOption():
            instead = mistake.possibilities[0] if mistake.possibilities else None
            return Problem("cli_no_such_option", {"name": mistake.option_name}, instead=instead)
        case click.MissingParameter():
            name = mistake.param.human_readable_name if mistake.param else mistake.param_hint
            return Problem("cli_missing", {"name": name})
        case click.BadParameter():
            name = mistake.param.opts[-1] if isinstance(mistake.param, click.Option) else mistake.param_hint
            if name is None and mistake.param is not None:
                name = mistake.param.human_readable_name
            return Problem("cli_bad_value", {"name": name or "", "reason": mistake.message})
        case _:
            return Problem("cli_other", {"message": mistake.format_message()})


def _unexpected(error: Exception) -> Problem:
    """Write down the whole story, and say where it is."""
    import tempfile
    import traceback

    what = f"{type(error).__name__}: {error}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="kehu-", suffix=".log", delete=False, encoding="utf-8"
        ) as file:
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return Problem("cli_unexpected", {"error": what, "file": "—"})
    return Problem("cli_unexpected", {"error": what, "file": file.name})
