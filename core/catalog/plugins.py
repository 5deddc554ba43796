"""Finding plugins: bundled with Kehu, installed as Python packages, or lying in the workspace's ``plugins`` folder."""

import importlib
import importlib.util
import sys
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Literal

from ..problems import Place, Problem, closest

ENTRY_POINTS = "kehu"
"""The entry-point group under which installed packages announce a plugin: ``name = package``."""

Origin = Literal["bundled", "installed", "workspace"]


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that was found: its name, its folder of definitions, and its Python module where it has one."""

    name: str
    origin: Origin
    folder: Path
    module: str | None

    def load(self) -> ModuleType | None:
        """Import the plugin's Python module: ``plugin.py`` of its folder, or the installed package."""
        if self.module is None:
            return None
        if self.origin != "workspace":
            return importlib.import_module(self.module)
        if self.module not in sys.modules:
            spec = importlib.util.spec_from_file_location(self.module, self.folder / "plugin.py")
            if spec is None or spec.loader is None:
                raise ImportError(self.module)
            module = importlib.util.module_from_spec(spec)
            sys.modules[self.module] = module
            try:
                spec.loader.exec_module(module)
            except BaseException:
                del sys.modules[self.module]  # half a module is none
                raise
        return sys.modules[self.module]


def find_plugins(workspace: Path | None = None) -> dict[str, Plugin]:
    """All plugins there are, by name. Where names collide, the workspace's goes before installed before bundled."""
    found: dict[str, Plugin] = {}
    package = f"{__package__.split('.')[0]}.plugins"
    for folder in _plugin_folders(Path(str(files(package)))):
        module = f"{package}.{folder.name}.plugin" if (folder / "plugin.py").exists() else None
        found[folder.name] = Plugin(folder.name, "bundled", folder, module)
    for entry in entry_points(group=ENTRY_POINTS):
        try:
            spec = importlib.util.find_spec(entry.module)
        except Exception:  # noqa: BLE001, S112  (a package that is broken is not there; what needs it says so)
            continue
        if spec is not None and spec.origin is not None:
            found[entry.name] = Plugin(entry.name, "installed", Path(spec.origin).parent, entry.module)
    if workspace is not None:
        for folder in _plugin_folders(workspace / "plugins"):
            found[folder.name] = Plugin(folder.name, "workspace", folder, _own_module(folder))
    return found


def _own_module(folder: Path) -> str | None:
    """The module name of a workspace's plugin: another one for every folder, and for every state of its file."""
    path = folder / "plugin.py"
    if not path.is_file():
        return None
    status = path.stat()
    state = f"{path.resolve()} {status.st_mtime_ns} {status.st_size}"
    return f"kehu_workspace_{folder.name}_{zlib.crc32(state.encode()):08x}"


def in_order(
    wanted: Iterable[str],
    found: Mapping[str, Plugin],
    needs: Mapping[str, Iterable[str]],
    places: Mapping[str, Place],
) -> tuple[list[Plugin], list[Problem]]:
    """The wanted plugins, each after those it needs; a need that is not listed joins by itself.

    ``needs``: plugin name → names from its ``plugin.yaml``. ``places``: where each is named first: there an
    unknown name, or a circle, is a problem.
    """
    ordered: dict[str, Plugin] = {}
    problems: list[Problem] = []

    def add(name: str, path: tuple[str, ...]) -> None:
        if name in ordered:
            return
        if name in path:
            circle = " → ".join([*path[path.index(name) :], name])
            problems.append(Problem("plugins_in_a_circle", {"path": circle}, places.get(name)))
        elif name not in found:
            values = {"plugin": name, "available": sorted(found)}
            problems.append(Problem("unknown_plugin", values, places.get(name), instead=closest(name, found)))
        else:
            for need in needs.get(name, ()):
                add(need, (*path, name))
            ordered.setdefault(name, found[name])

    for name in wanted:
        add(name, ())
    return list(ordered.values()), problems


def _plugin_folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(folder for folder in parent.iterdir() if (folder / "plugin.yaml").is_file())
