"""The terminal a command was typed in: which language it speaks, which workspace it stands in, how it says things."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import click

from ..problems import Problem, Refused, render, say
from ..words import Language

if TYPE_CHECKING:
    from ..app import App

__all__ = ["Terminal", "flag", "refused", "value_of"]

WORKSPACE_FILES = ("kehu.yaml", "kehu.yml", "kehu.json")
_LANGUAGE = re.compile(r"""^\s*["']?language["']?\s*:\s*["']?(zh|en)\b""", re.MULTILINE)


class Terminal:
    """Where a command runs. ``asked`` is the language that was asked for (``--lang``), if any.

    ``folder`` is the workspace: ``--folder``, or the folder one stands in, or the nearest above it that is a workspace.
    ``faces_others`` and ``reached_at``: what a served App is told of where it is served.
    ``typed``: texts typed as options, by option, so that a problem in one can be shown with a caret.
    """

    def __init__(self, asked: str | None = None, folder: str | None = None) -> None:
        self.asked: Language | None = _language(asked)
        self.folder = Path(folder) if folder else _workspace_here()
        self.typed: dict[str, str] = {}
        self.faces_others, self.reached_at = False, ""

    @property
    def language(self) -> Language:
        """``--lang``, else what the workspace speaks, else the environment's (``LANG``), else Chinese."""
        return self.asked or self._of_workspace() or _of_environment() or "zh"

    @property
    def is_workspace(self) -> bool:
        """Whether the folder is a workspace."""
        return any((self.folder / name).is_file() for name in WORKSPACE_FILES)

    # saying

    def word(self, code: str, **values: Any) -> str:
        """The sentence of a code, without ``cli_``."""
        return say(f"cli_{code}", self.language, values).message

    def say(self, code: str, *, aside: bool = False, **values: Any) -> None:
        """Print the sentence of a code; ``aside``: to stderr, so that what is piped stays clean."""
        click.echo(self.word(code, **values), err=aside)

    def table(self, rows: Sequence[Sequence[str]], indent: int = 2) -> None:
        """Print rows in columns; Chinese characters are two wide."""
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)] if rows else []
        for row in rows:
            cells = (text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
            click.echo((" " * indent + "  ".join(cells)).rstrip())

    def problems(self, problems: Iterable[Problem], *, aside: bool = False) -> None:
        """Print problems whole: sentence, place, line, caret, advice."""
        for problem in problems:
            head, *rest = render(problem, self.language, self.source).splitlines()
            colour = "red" if problem.level == "error" else "yellow"
            label, _, sentence = head.partition("]: ")
            click.echo(click.style(f"{label}]", fg=colour, bold=True) + f": {sentence}", err=aside)
            for line in rest:
                click.echo(line, err=aside)

    def refuse(self, problems: Iterable[Problem], usage: click.Context | None = None) -> None:
        """Say why nothing was done, on stderr."""
        self.problems(problems, aside=True)
        if usage is not None:
            click.echo(self.word("see_help", command=usage.command_path), err=True)

    def source(self, file: str) -> str | None:
        """The text of a definition file, by the name it has in a place (``customers:entities/customer.yaml``)."""
        if file in self.typed:
            return self.typed[file]
        try:
            return self._path(file).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None

    @contextmanager
    def busy(self, code: str) -> Iterator[None]:
        """Say what is being waited for, with a spinner where somebody is looking."""
        if not sys.stderr.isatty():
            self.say(code, aside=True)
            yield
            return
        from rich.console import Console

        with Console(stderr=True).status(self.word(code)):
            yield

    # opening

    @contextmanager
    def open(self, store: str | None = None) -> Iterator["App"]:
        """The workspace as an open App, closed at the end."""
        from ..app import App

        app = App(self.folder, store)
        app.faces_others, app.reached_at = self.faces_others, self.reached_at
        try:
            yield app
        finally:
            app.close()

    # inside

    def _path(self, file: str) -> Path:
        layer, colon, rest = file.partition(":")
        if not colon:
            return self.folder / file
        from ..catalog.plugins import find_plugins

        if layer == "core":
            return Path(__file__).parent.parent / "definitions" / rest
        return (
            find_plugins(self.folder)[layer].folder / rest
            if layer in find_plugins(self.folder)
            else Path(file)
        )

    def _of_workspace(self) -> Language | None:
        """Read off the file by eye, as it must be told in some language too when it is broken."""
        for name in WORKSPACE_FILES:
            try:
                found = _LANGUAGE.search((self.folder / name).read_text("utf-8-sig"))
            except (OSError, UnicodeDecodeError):
                continue
            return _language(found[1]) if found else None
        return None


def value_of(arguments: Sequence[str], option: str) -> str | None:
    """What was given for an option, before the line is really read: the language must be known to read it."""
    for index, argument in enumerate(arguments):
        if argument == option:
            return arguments[index + 1] if index + 1 < len(arguments) else None
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
    return None


def flag(arguments: Sequence[str], option: str) -> bool:
    """Whether the option was given."""
    return option in arguments


def refused(code: str, *, instead: str | None = None, **values: Any) -> Refused:
    """A refusal of the command line's own, ready to raise."""
    return Refused([Problem(f"cli_{code}", values, instead=instead)])


def _workspace_here() -> Path:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if any((folder / name).is_file() for name in WORKSPACE_FILES):
            return folder
    return here


def _of_environment() -> Language | None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        text = os.environ.get(name, "")
        if text and text.split(".")[0] not in ("C", "POSIX"):
            return "zh" if text.lower().startswith("zh") else "en"
    return None


def _language(text: str | None) -> Language | None:
    match text:
        case "zh" | "en":
            return "zh" if text == "zh" else "en"
        case _:
            return None


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
