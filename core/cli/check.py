"""``kehu check``: everything that is wrong with a workspace, a plugin or a template, with file, line and advice."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from ..catalog.building import Built, build
from ..problems import Problem
from ..words import Language
from .spoken import command, option
from .terminal import Terminal, refused

__all__ = ["this"]

FORMS = ("text", "json", "sarif", "github")
_SIGNS = {"+": "green", "-": "red", "@": "cyan"}


@command("check", "check")
@click.argument("folder", required=False, type=click.Path())
@option("--format", "form", type=click.Choice(FORMS), default="text", help="option_check_format")
@option("--fix", is_flag=True, help="option_fix")
@option("--data/--no-data", default=True, help="option_check_data")
@option("--notes", "noted", is_flag=True, help="option_notes")
@click.pass_obj
def this(terminal: Terminal, folder: str | None, form: str, fix: bool, data: bool, noted: bool) -> int:
    """Exit code 1 when there is an error; warnings alone are 0."""
    if folder is not None:
        terminal.folder = Path(folder)
    if not terminal.folder.is_dir():
        raise refused("no_such_folder", folder=str(terminal.folder))
    if fix:
        _fix(terminal, aside=form != "text")
    built = _built(terminal.folder)
    problems = built.problems
    if data and built.catalog is not None and _is_workspace(terminal.folder):
        from .holding_data import data_problems

        problems = (*problems, *data_problems(terminal.folder, built))
    if noted and built.catalog is not None:
        from ..catalog.notes import notes

        problems = (*problems, *notes(built.catalog))
    if form == "text":
        _tell(terminal, problems, built)
    else:
        click.echo(_report(form)(problems, terminal.language))
    return int(any(problem.level == "error" for problem in problems))


def _report(form: str) -> Callable[[Sequence[Problem], Language], str]:
    from . import reports

    return {"json": reports.as_json, "sarif": reports.as_sarif, "github": reports.as_github}[form]


def _fix(terminal: Terminal, aside: bool) -> None:
    """Mend what is certain, and show it; ``aside``: on stderr."""
    from .fixing import mend_folder

    mended = mend_folder(terminal.folder, lambda: _built(terminal.folder).problems)
    for one in mended:
        for line in one.difference():
            click.echo(click.style(line, fg=_SIGNS.get(line[:1])), err=aside)
        click.echo(err=aside)
    if mended:
        count = sum(len(one.problems) for one in mended)
        terminal.say("check_fixed", files=len(mended), count=count, aside=aside)
    else:
        terminal.say("check_nothing_fixed", aside=aside)


def _is_workspace(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("kehu.yaml", "kehu.yml", "kehu.json"))


def _built(folder: Path) -> Built:
    if (folder / "plugin.yaml").is_file() and not _is_workspace(folder):
        return _plugin(folder)
    return build(folder)


def _plugin(folder: Path) -> Built:
    """A plugin is checked in a workspace that has it and what it needs, and nothing else."""
    name = folder.resolve().name
    with _workspace_with(folder, name) as workspace:
        built = build(workspace)
    return replace(built, problems=tuple(_at_home(problem, name) for problem in built.problems))


@contextmanager
def _workspace_with(folder: Path, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kehu-check-") as made:
        workspace = Path(made)
        (workspace / "kehu.yaml").write_text(f"workspace: check\nplugins: [{name}]\n", "utf-8")
        shutil.copytree(
            folder, workspace / "plugins" / name, ignore=shutil.ignore_patterns("__pycache__", ".*")
        )
        yield workspace


def _at_home(problem: Problem, plugin: str) -> Problem:
    """The problem with its file as it is called from within the plugin's own folder."""
    if problem.place is None or not problem.place.file.startswith(f"{plugin}:"):
        return problem
    return replace(problem, place=replace(problem.place, file=problem.place.file.partition(":")[2]))


def _tell(terminal: Terminal, problems: Sequence[Problem], built: Built) -> None:
    terminal.problems(problems)
    errors, warnings = (sum(one.level == level for one in problems) for level in ("error", "warning"))
    if errors or warnings:
        terminal.say("check_found", errors=errors, warnings=warnings)
    elif built.catalog is not None:
        terminal.say("check_fine", count=len(built.catalog.merged))
