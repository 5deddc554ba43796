"""Making a workspace out of a template: built aside and renamed, so that it is there whole or not at all."""

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..catalog.templates import SAMPLES, find_templates
from ..problems import closest
from ..words import Language
from .terminal import refused

__all__ = ["found", "is_taken", "sample", "template_folder"]

GITIGNORE = "# 记录存放在这里，不进版本库 / records live here, not in git\n/data/\n"


def template_folder(name: str) -> Path:
    """Where a template lies. Raises :class:`Refused` naming those there are."""
    templates = find_templates()
    if name not in templates:
        raise refused(
            "no_such_template", name=name, available=list(templates), instead=closest(name, templates)
        )
    return templates[name]


def found(
    folder: Path,
    template: Path,
    keys: dict[str, str],
    finish: Callable[[Path], None] = lambda _: None,
) -> None:
    """Copy a template (not its sample records) to a new folder, with these keys of ``kehu.yaml`` set.

    ``finish`` does what else is needed, in the folder while it still stands aside. Raises :class:`Refused` where the
    folder has something in it, or cannot be made.
    """
    folder = folder.resolve()
    if is_taken(folder):
        raise refused("folder_not_empty", folder=str(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise refused("folder_unwritable", folder=str(folder), reason=error.strerror or str(error)) from error
    try:
        _copy(template, aside)
        _set_keys(aside / "kehu.yaml", keys)
        (aside / ".gitignore").write_text(GITIGNORE, "utf-8")
        finish(aside)
        aside.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        aside.rename(folder)
    except OSError as error:
        raise refused("folder_unwritable", folder=str(folder), reason=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def is_taken(folder: Path) -> bool:
    """Whether something is there already; an empty folder is not."""
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


def sample(folder: Path, template: Path, language: Language | None, store: str | None = None) -> int:
    """Enter a template's sample records into a workspace; gives how many steps that took."""
    from ..app import App
    from ..records.seeding import seed

    app = App(folder, store)
    try:
        return seed(app.now.records, app.context("seed", language), template / SAMPLES)
    finally:
        app.close()


def _copy(template: Path, to: Path) -> None:
    for source in sorted(template.rglob("*")):
        inside = source.relative_to(template)
        if inside.parts[0] == SAMPLES or "__pycache__" in inside.parts or source.name.startswith("."):
            continue
        if source.is_dir():
            (to / inside).mkdir(parents=True, exist_ok=True)
        else:
            (to / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, to / inside)


def _set_keys(file: Path, keys: dict[str, str]) -> None:
    """Set one-line keys at the top level, and leave everything else, comments too, as it was written."""
    text = file.read_text("utf-8")
    for key, value in keys.items():
        line = re.compile(rf"^{key}:(?: *\{{[^}}\n]*\}}| *[^#\n]*?)(?P<rest> *(?:#.*)?)$", re.MULTILINE)
        if line.search(text):
            text = line.sub(lambda at, key=key, value=value: f"{key}: {value}{at['rest']}", text, count=1)  # type: ignore[misc]  # mypy cannot see that the defaults bind them
        else:
            text = f"{text.rstrip()}\n{key}: {value}\n"
    file.write_text(text, "utf-8")
