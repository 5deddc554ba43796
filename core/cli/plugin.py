"""``kehu plugin list``: the plugins there are, and what each of them brings."""

from collections import Counter

import click

from ..catalog.building import build
from ..catalog.plugins import Plugin, find_plugins
from ..catalog.sources import sources_in
from ..schema.loading import load
from ..schema.plugin import PluginManifest
from ..schema.reading import read
from ..schema.registry import FieldTypes
from .spoken import Spoken, group
from .terminal import Terminal

__all__ = ["this"]


@group("plugin", "plugin")
def this() -> None:
    """Plugins."""


@this.command("list", cls=Spoken, help="plugin_list")
@click.pass_obj
def list_(terminal: Terminal) -> None:
    """Every plugin: where it comes from, its version, whether this workspace has it, what it brings."""
    here = terminal.folder if terminal.is_workspace else None
    built = build(here) if here else None
    active = {loaded.plugin.name for loaded in built.catalog.plugins} if built and built.catalog else set()
    heading = ("name", "label", "version", "origin", "active", "brings")
    rows = [tuple(terminal.word(f"column_{name}") for name in heading)]
    for name, plugin in find_plugins(here).items():
        manifest = _manifest(plugin)
        label = manifest.label.in_(terminal.language) if manifest else "?"
        version = manifest.version if manifest else "?"
        origin = terminal.word(f"origin_{plugin.origin}")
        rows.append((name, label, version, origin, "✓" if name in active else "", _brings(terminal, plugin)))
    terminal.table(rows)
    if built is not None and built.catalog is None:
        terminal.say("workspace_is_broken", aside=True)


def _manifest(plugin: Plugin) -> PluginManifest | None:
    try:
        loaded = load((plugin.folder / "plugin.yaml").read_bytes(), "plugin.yaml", f"plugin:{plugin.name}")
    except OSError:
        return None
    found, _ = read(loaded.node, FieldTypes.bundled()) if loaded.node else (None, ())
    return found if isinstance(found, PluginManifest) else None


def _brings(terminal: Terminal, plugin: Plugin) -> str:
    counts = Counter(source.kind for source in sources_in(plugin.folder, ""))
    brought = [f"{count} {terminal.word(f'kind_{kind}')}" for kind, count in counts.items()]
    if plugin.module:
        brought.append("Python")
    return ", ".join(brought)
