"""Where definitions come from: the files of core, plugins and workspace, read once and again only when they change."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..schema.loading import Loaded, load

KINDS: dict[str, str] = {
    "entities": "entity",
    "forms": "form",
    "views": "view",
    "flows": "flow",
    "automations": "automation",
    "metrics": "metric",
    "dashboards": "dashboard",
    "roles": "role",
}
"""A workspace's folders, and the kind of definition each holds; the kind is also the first key of its files."""

SUFFIXES = frozenset({".yaml", ".yml", ".json"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file of definitions: who brings it, what people call it, where it lies, which kind it holds."""

    layer: str
    file: str
    path: Path
    kind: str


def sources_in(folder: Path, layer: str, prefix: str = "") -> Iterator[Source]:
    """The definition files of one folder (core's, a plugin's, or the workspace), in the order of their names."""
    for room, kind in KINDS.items():
        for path in sorted((folder / room).rglob("*")) if (folder / room).is_dir() else ():
            if path.suffix in SUFFIXES and not path.name.startswith("."):
                yield Source(layer, prefix + path.relative_to(folder).as_posix(), path, kind)


@dataclass(slots=True)
class FileReader:
    """Loads files and remembers them by time and size, so that an edit costs one file, not all."""

    _known: dict[Path, tuple[tuple[int, int], Loaded]] = field(default_factory=dict)

    def load(self, source: Source) -> Loaded:
        """The file's tree and its problems. Raises ``OSError`` when it cannot be read."""
        stamp = stamp_of(source.path)
        known = self._known.get(source.path)
        if known is None or known[0] != stamp:
            known = (stamp, load(source.path.read_bytes(), source.file, source.layer))
            self._known[source.path] = known
        return known[1]


def stamp_of(path: Path) -> tuple[int, int]:
    """What tells an edited file from an unedited one: its time of change (ns) and its size (bytes)."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size
