"""``kehu check``: everything that is wrong with a workspace, a plugin or a template, with file, line and advice."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ..catalog.building import Built, build
from ..problems import Problem, advice, message
from .spoken import command, option
from .terminal import Terminal, refused

__all__ = ["this"]


@command("check", "check")
@click.argument("folder", required=False, type=click.Path())
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="option_check_format")
@option("--notes", "noted", is_flag=True, help="option_notes")
@click.pass_obj
def this(terminal: Terminal, folder: str | None, form: str, noted: bool) -> int:
    """Exit code 1 when there is an error; warnings alone are 0."""
    if folder is not None:
        terminal.folder = Path(folder)
    if not terminal.folder.is_dir():
        raise refused("no_such_folder", folder=str(terminal.folder))
    built = _built(terminal.folder)
    if noted and built.catalog is not None:
        from ..catalog.notes import notes

        built = replace(built, problems=(*built.problems, *notes(built.catalog)))
    if form == "json":
        click.echo(
            json.dumps(
                [_plain(terminal, problem) for problem in built.problems], ensure_ascii=False, indent=2
            )
        )
    else:
        _tell(terminal, built)
    return int(any(problem.level == "error" for problem in built.problems))


def _built(folder: Path) -> Built:
    if (folder / "plugin.yaml").is_file() and not (folder / "kehu.yaml").is_file():
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


def _tell(terminal: Terminal, built: Built) -> None:
    terminal.problems(built.problems)
    errors = _count(built.problems, "error")
    warnings = _count(built.problems, "warning")
    if errors or warnings:
        terminal.say("check_found", errors=errors, warnings=warnings)
    elif built.catalog is not None:
        terminal.say("check_fine", count=len(built.catalog.merged))


def _count(problems: Sequence[Problem], level: str) -> int:
    return sum(problem.level == level for problem in problems)


def _plain(terminal: Terminal, problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "level": problem.level,
        "code": problem.code,
        "message": message(problem, terminal.language),
        "help": advice(problem, terminal.language),
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "width": place.width if place else None,
        "instead": problem.instead,
    }
