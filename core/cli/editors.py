"""What the commands do for editors: the schemas of a workspace's definitions, written where editors find them."""

from pathlib import Path

from ..catalog.building import build
from ..catalog.editors.files import SCHEMAS, Written, set_lines, without_line, write_schemas
from ..catalog.editors.schemas import editor_schemas, field_types
from ..words import Language
from .terminal import Terminal, refused

__all__ = ["prepare", "write"]


def prepare(folder: Path, language: Language | None, lines: bool) -> tuple[Written, list[Path]]:
    """Write the schemas (and the lines); what of it changed. A workspace with mistakes gets them too.

    Raises :class:`Refused` where the folder cannot be written.
    """
    built = build(folder)
    spoken: Language = language or ("en" if built.language == "en" else "zh")
    try:
        written = write_schemas(folder, editor_schemas(field_types(built.hooks), spoken, built.catalog))
        return written, set_lines(folder) if lines else []
    except OSError as error:
        reason = error.strerror or str(error)
        raise refused("folder_unwritable", folder=str(folder), reason=reason) from error


def write(terminal: Terminal, lines: bool) -> None:
    """Write the schemas of the terminal's workspace, and say what was done."""
    written, lined = prepare(terminal.folder, terminal.asked, lines)
    if written.settings_left:
        terminal.say("editors_settings_left", file=".vscode/settings.json", aside=True)
    if written.files:
        terminal.say("editors_written", count=len(written.files), folder=SCHEMAS.as_posix())
    elif not lined:
        terminal.say("editors_same")
    if lined:
        terminal.say("editors_lines", count=len(lined))
    elif not lines and (bare := without_line(terminal.folder)):
        terminal.say("editors_without_line", count=len(bare))
