"""Writing the schemas where editors find them: ``.kehu/schemas``, the editor's settings, a line on top of a file.

Writing again changes nothing; schemas of kinds that are no more are taken away. Nothing else of Kehu reads these files.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..sources import KINDS

__all__ = ["SCHEMAS", "Written", "set_lines", "without_line", "write_schemas"]

SCHEMAS = Path(".kehu", "schemas")
"""Where in a workspace its editor schemas lie."""
SETTINGS = Path(".vscode", "settings.json")
_FIRST_PAGES = {"workspace": "kehu", "plugin": "plugin"}
_LINE = re.compile(rb"^# yaml-language-server: *\$schema=([^\r\n]*)(\r?\n)?")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Written:
    """What writing changed: the schema files, and whether the settings could be read and so were merged."""

    files: tuple[Path, ...]
    settings_left: bool


def write_schemas(folder: Path, schemas: Mapping[str, Any]) -> Written:
    """Write each kind's schema, and tell the editor which files each is for. Raises ``OSError``."""
    (folder / SCHEMAS).mkdir(parents=True, exist_ok=True)
    changed = []
    for kind, schema in schemas.items():
        path = folder / SCHEMAS / f"{kind}.json"
        if _write(path, json.dumps(schema, ensure_ascii=False, separators=(",", ":")) + "\n"):
            changed.append(path)
    for path in sorted((folder / SCHEMAS).glob("*.json")):
        if path.stem not in schemas:
            path.unlink()
            changed.append(path)
    settings = _settings(folder / SETTINGS, schemas)
    if settings is not None and _write(folder / SETTINGS, settings):
        changed.append(folder / SETTINGS)
    return Written(tuple(changed), settings is None)


def set_lines(folder: Path) -> list[Path]:
    """Put the line that names its schema on top of every YAML definition; gives the files that it changed.

    A line that names a schema of somebody else's stays; nothing below it is touched.
    """
    changed = []
    for path, kind in _definitions(folder):
        data = path.read_bytes()
        wanted = _line_for(folder, path, kind)
        mark, text = (_BOM, data[len(_BOM) :]) if data.startswith(_BOM) else (b"", data)
        found = _LINE.match(text)
        if found is not None and (b".kehu/schemas/" not in found[1] or found[1] == wanted):
            continue
        end = b"\r\n" if b"\r\n" in text else b"\n"
        rest = text[found.end() :] if found is not None else text
        path.write_bytes(mark + b"# yaml-language-server: $schema=" + wanted + end + rest)
        changed.append(path)
    return changed


def without_line(folder: Path) -> list[Path]:
    """The YAML definitions that do not name a schema."""
    return [
        path for path, _ in _definitions(folder) if _LINE.match(path.read_bytes().removeprefix(_BOM)) is None
    ]


def _line_for(folder: Path, path: Path, kind: str) -> bytes:
    schema = folder / SCHEMAS / f"{kind}.json"
    return Path(os.path.relpath(schema, path.parent)).as_posix().encode()


def _definitions(folder: Path) -> Iterator[tuple[Path, str]]:
    """The workspace's own YAML definitions, and those of the plugins that lie in it, each with its kind."""
    homes = [folder, *sorted(path for path in (folder / "plugins").glob("*") if path.is_dir())]
    for home in homes:
        for kind, name in _FIRST_PAGES.items():
            yield from ((path, kind) for path in _yaml(home.glob(f"{name}.y*ml")))
        for room, kind in KINDS.items():
            yield from ((path, kind) for path in _yaml((home / room).rglob("*")))


def _yaml(paths: Iterable[Path]) -> list[Path]:
    return sorted(
        path for path in paths if path.suffix in (".yaml", ".yml") and not path.name.startswith(".")
    )


def _write(path: Path, text: str) -> bool:
    """Write a file unless it says so already; gives whether it did."""
    try:
        if path.read_text("utf-8") == text:
            return False
    except (FileNotFoundError, UnicodeDecodeError):
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return True


def _settings(path: Path, kinds: Iterable[str]) -> str | None:
    """The settings with our lines in them; ``None`` where they are no plain JSON and must be left as they are."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        text = ""
    try:
        settings = json.loads(text) if text.strip() else {}
    except ValueError:
        return None
    yaml, rules = settings.get("yaml.schemas", {}), settings.get("json.schemas", [])
    if not isinstance(settings, dict) or not isinstance(yaml, dict) or not isinstance(rules, list):
        return None
    ours = SCHEMAS.as_posix()
    settings["yaml.schemas"] = {
        **{schema: globs for schema, globs in yaml.items() if ours not in schema},
        **{f"{ours}/{kind}.json": _globs(kind, "yaml") for kind in kinds},
    }
    others = [rule for rule in rules if not (isinstance(rule, dict) and ours in str(rule.get("url", "")))]
    json_rules = [{"fileMatch": _globs(kind, "json"), "url": f"./{ours}/{kind}.json"} for kind in kinds]
    settings["json.schemas"] = [*others, *json_rules]
    indent = re.search(r"^([ \t]+)\"", text, re.MULTILINE)
    return json.dumps(settings, ensure_ascii=False, indent=indent[1] if indent else 2) + "\n"


def _globs(kind: str, form: str) -> list[str]:
    endings = ["yaml", "yml"] if form == "yaml" else ["json"]
    if kind in _FIRST_PAGES:
        folder = "plugins/*/" if kind == "plugin" else ""
        return [f"{folder}{_FIRST_PAGES[kind]}.{ending}" for ending in endings]
    rooms = [room for room, found in KINDS.items() if found == kind]
    globs = [f"{home}{room}/**/*.{e}" for room in rooms for home in ("", "plugins/*/") for e in endings]
    return [*globs, "!**/*.schema.json"] if form == "json" and kind == "entity" else globs
