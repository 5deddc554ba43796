"""``kehu doctor``: is everything there that Kehu needs, and is the workspace in good health?"""

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..problems import Problem, Refused, message
from .spoken import command, option
from .terminal import Terminal

if TYPE_CHECKING:
    from ..app import App

__all__ = ["LARGE", "this"]

PACKAGES = (
    *("click", "jinja2", "orjson", "pluggy", "pydantic", "python-multipart", "PyYAML", "rich"),
    *("SQLAlchemy", "starlette", "tinydb", "uvicorn"),
)
EXTRAS = {"uvloop": "speed", "httptools": "speed", "psycopg": "postgres", "pypinyin": "zh"}

LARGE = 20_000
"""Records of one entity above which the embedded store is no longer the right one."""

Level = Literal["good", "note", "bad"]
_SIGNS: dict[Level, tuple[str, str]] = {"good": ("✓", "green"), "note": ("!", "yellow"), "bad": ("✗", "red")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it stands, and what there is to say of it."""

    level: Level
    text: str


@command("doctor", "doctor")
@option("--store", metavar="STORE", help="option_store")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(terminal: Terminal, store: str | None) -> int:
    """Exit code 1 when something is missing or broken; notes alone are 0."""
    bad = False
    for finding in _findings(terminal, store):
        sign, colour = _SIGNS[finding.level]
        click.echo(f"{click.style(sign, fg=colour)} {finding.text}")
        bad = bad or finding.level == "bad"
    return int(bad)


def _findings(terminal: Terminal, store: str | None) -> Iterator[Finding]:
    yield _python(terminal)
    yield from _packages(terminal)
    yield _front_end(terminal)
    if not terminal.is_workspace:
        yield Finding("note", terminal.word("doctor_no_workspace"))
        return
    problems = _definitions(terminal)
    yield problems
    if problems.level != "bad":
        yield from _store(terminal, store)


def _python(terminal: Terminal) -> Finding:
    level: Level = "good" if sys.version_info >= (3, 11) else "bad"
    return Finding(
        level, f"Python {platform.python_version()} · {platform.system()} · kehu {version('kehu')}"
    )


def _packages(terminal: Terminal) -> Iterator[Finding]:
    missing = [name for name in PACKAGES if not _installed(name)]
    if missing:
        yield Finding("bad", terminal.word("doctor_packages_missing", names=missing))
    else:
        yield Finding("good", terminal.word("doctor_packages", count=len(PACKAGES)))
    for name, extra in EXTRAS.items():
        if find_spec(name) is None and not (name == "uvloop" and sys.platform == "win32"):
            yield Finding("note", terminal.word(f"doctor_extra_{extra}", name=name))


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _front_end(terminal: Terminal) -> Finding:
    vendor = Path(__file__).parent.parent / "web" / "static" / "vendor"
    missing = [
        n
        for n in ("htmx.min.js", "sortable.min.js", "echarts.min.js", "icons.svg")
        if not (vendor / n).is_file()
    ]
    if missing:
        return Finding("note", terminal.word("doctor_front_end_missing", names=missing))
    return Finding("good", terminal.word("doctor_front_end"))


def _definitions(terminal: Terminal) -> Finding:
    from ..catalog.building import build

    built = build(terminal.folder)
    errors = sum(problem.level == "error" for problem in built.problems)
    if built.catalog is None or errors:
        return Finding("bad", terminal.word("doctor_definitions_broken", count=errors))
    return Finding("good", terminal.word("check_fine", count=len(built.catalog.merged)))


def _store(terminal: Terminal, store: str | None) -> Iterator[Finding]:
    try:
        with terminal.open(store) as app:
            yield from _sizes(terminal, app)
            yield _files(terminal, app)
            yield from _soundness(terminal, app)
    except Refused as refusal:
        level: Level = "note" if any(p.code == "store_in_use" for p in refusal.problems) else "bad"
        for problem in refusal.problems:
            yield Finding(level, message(problem, terminal.language))


def _soundness(terminal: Terminal, app: "App") -> Iterator[Finding]:
    """All that is held, looked over: history, rows, links, computed values."""
    from ..records.examining import examined
    from ..store.chain import CHAIN

    sound = True
    for problem in examined(app.now.records, app.context("command")):
        sound = False
        yield Finding("bad" if problem.level == "error" else "note", message(problem, terminal.language))
    if sound:
        end = app.store.note(CHAIN) or (0, "")
        yield Finding("good", terminal.word("doctor_sound", events=f"{end[0]:,}"))


def _files(terminal: Terminal, app: "App") -> Finding:
    """How many files there are; what no record names, and what a killed upload left, is removed."""
    from datetime import UTC, datetime

    from ..files.shelf import lost, sweep

    removed = sweep(app.store, app.storage, datetime.now(UTC), orphans=True)
    sizes = [blob.size for blob in app.storage.all()]
    if missing := lost(app.store, app.storage):
        return Finding("bad", terminal.word("doctor_files_lost", count=len(missing), names=missing[:5]))
    megabytes = f"{sum(sizes) / 1e6:.1f}"
    return Finding(
        "good", terminal.word("doctor_files", count=len(sizes), megabytes=megabytes, removed=removed)
    )


def _sizes(terminal: Terminal, app: "App") -> Iterator[Finding]:
    from ..store.query import Query

    counts = {name: app.store.count(Query(name), 10_000_000) for name in app.catalog.entities}
    largest = max(counts, key=lambda name: counts[name])
    data = app.folder / "data"
    size = sum(file.stat().st_size for file in data.rglob("*") if file.is_file()) if data.is_dir() else 0
    total = f"{sum(counts.values()):,}"
    yield Finding(
        "good",
        terminal.word("doctor_store", name=app.store.name, records=total, megabytes=f"{size / 1e6:.1f}"),
    )
    dropped: Problem | None = getattr(app.store, "dropped", None)
    if dropped is not None:
        yield Finding("note", message(dropped, terminal.language))
    elif app.store.name == "tinydb":
        yield Finding("good", terminal.word("doctor_journal"))
    if app.store.name == "tinydb" and counts[largest] > LARGE:
        label = app.catalog.entities[largest].shown
        yield Finding("note", terminal.word("doctor_too_large", label=label, count=f"{counts[largest]:,}"))
