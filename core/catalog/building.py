"""Building a catalog: find the plugins, load and merge the files, read, resolve, compile and cross-check them.

Every step collects problems and goes on as far as it can, so that a person sees all mistakes at once. A catalog
comes out only when there is no error.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pluggy

from ..formula import FunctionTable, bundled
from ..hooks import Action, PluginError, plugin_manager
from ..problems import Place, Problem
from ..schema.json_schema import node_from_json_schema, with_plain_schema
from ..schema.nodes import Node
from ..schema.plugin import PluginManifest
from ..schema.reading import read
from ..schema.registry import FieldTypes
from ..schema.workspace import Workspace
from . import checking
from .catalog import Catalog, Loaded
from .compiling import compile_all
from .graph import Graph
from .labels import with_names
from .merging import Merged, merge_all
from .places import Where
from .plugins import Plugin, find_plugins, in_order
from .references import references
from .removing import removed_fields, without
from .resolving import resolve
from .sources import KINDS, FileReader, Source, sources_in

__all__ = ["Built", "build", "stamps"]

WORKSPACE_FILES = ("kehu.yaml", "kehu.yml", "kehu.json")
SCHEMA_SUFFIX = ".schema.json"
"""How the name of an entity ends that is written as a JSON Schema."""

FIRST_PAGES = frozenset({*WORKSPACE_FILES, "plugin.yaml", "plugin.py"})


@dataclass(frozen=True, slots=True)
class Built:
    """What came of building: the catalog, or ``None``; every problem; the language to tell them in; the hooks."""

    catalog: Catalog | None
    problems: tuple[Problem, ...]
    language: str
    hooks: pluggy.PluginManager
    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Extensions:
    types: FieldTypes
    functions: FunctionTable
    actions: Mapping[str, Action]


def build(folder: Path, reader: FileReader | None = None) -> Built:
    """Build the catalog of the workspace in this folder."""
    reader = reader or FileReader()
    problems: list[Problem] = []
    hooks = plugin_manager()
    workspace, node = _workspace(folder, reader, problems)
    if workspace is None or node is None:
        return Built(None, tuple(problems), "zh", hooks, (folder,))
    plugins = _plugins(folder, workspace, node, reader, problems)
    extensions = _extensions(plugins, hooks, problems)
    sources = _sources(folder, plugins)
    merged, found = merge_all(
        list(_as_entities(_load(sources, reader, problems), extensions.types, problems))
    )
    merged = without(merged, removed_fields(merged))
    problems += found
    folders = (folder, *(loaded.plugin.folder for loaded in plugins))
    complete = not any(problem.level == "error" for problem in problems)
    definitions = _read(merged, extensions.types, problems)
    problems = with_names(problems, merged)
    if any(problem.level == "error" for problem in problems):
        if complete:
            problems += _names_besides(definitions, merged)
        return Built(None, tuple(problems), workspace.language, hooks, folders)
    catalog = _assemble(workspace, plugins, extensions, merged, definitions, problems)
    return Built(catalog, tuple(problems), workspace.language, hooks, folders)


def stamps(folders: Iterable[Path]) -> frozenset[tuple[str, int, int]]:
    """What changes as soon as any definition file of these folders is edited, added or removed.

    Running servers ask this several times a second, so it looks at directories, not at paths one by one.
    """
    found: set[tuple[str, int, int]] = set()
    for folder in folders:
        with suppress(OSError):
            found.update(_files_of(folder))
    return frozenset(found)


def _files_of(folder: Path) -> Iterator[tuple[str, int, int]]:
    """(path, time of change in ns, size) of the files that may say something about the definitions."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in KINDS and entry.is_dir():
                yield from _files_below(entry.path)
            elif entry.name in FIRST_PAGES:
                status = entry.stat()
                yield entry.path, status.st_mtime_ns, status.st_size


def _files_below(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files_below(entry.path)
            else:
                status = entry.stat()
                yield entry.path, status.st_mtime_ns, status.st_size


def core_folder() -> Path:
    """Where the definitions lie that Kehu itself brings."""
    return Path(str(files(__package__.rsplit(".", 1)[0]))) / "definitions"


def _workspace(
    folder: Path, reader: FileReader, problems: list[Problem]
) -> tuple[Workspace | None, Node | None]:
    path = next((folder / name for name in WORKSPACE_FILES if (folder / name).is_file()), None)
    if path is None:
        problems.append(Problem("no_workspace", {"folder": folder.name}, Place(str(folder))))
        return None, None
    node = next(
        (node for _, node in _load([Source("workspace", path.name, path, "workspace")], reader, problems)),
        None,
    )
    if node is None:
        return None, None
    definition, found = read(node, FieldTypes.bundled())
    problems += found
    if definition is not None and not isinstance(definition, Workspace):
        first = next(iter(node.plain()), "")
        values = {"kind": "workspace", "first": first}
        problems.append(Problem("definition_without_name", values, node.place))
    return definition if isinstance(definition, Workspace) else None, node


def _plugins(
    folder: Path, workspace: Workspace, node: Node, reader: FileReader, problems: list[Problem]
) -> list[Loaded]:
    found = find_plugins(folder)
    manifests: dict[str, PluginManifest] = {}
    places = {name: node.at(("plugins", i)).place for i, name in enumerate(workspace.plugins)}
    waiting = list(workspace.plugins)
    while waiting:  # those that are wanted, and what they need, and what that needs
        name = waiting.pop()
        if name not in found or name in manifests:
            continue
        file = Source(f"plugin:{name}", f"{name}:plugin.yaml", found[name].folder / "plugin.yaml", "plugin")
        for _, page in _load([file], reader, problems):
            definition, faults = read(page, FieldTypes.bundled())
            problems += faults
            if isinstance(definition, PluginManifest):
                manifests[name] = definition
                waiting += definition.needs
                for i, need in enumerate(definition.needs):
                    places.setdefault(need, page.at(("needs", i)).place)
    needs = {name: manifest.needs for name, manifest in manifests.items()}
    ordered, circles = in_order(workspace.plugins, found, needs, places)
    problems += circles
    return [Loaded(plugin, manifests[plugin.name]) for plugin in ordered if plugin.name in manifests]


def _extensions(
    plugins: Sequence[Loaded], hooks: pluggy.PluginManager, problems: list[Problem]
) -> _Extensions:
    """Import the plugins' Python, and gather what it adds; a plugin that fails is named, and adds nothing."""
    for loaded in plugins:
        try:
            module = loaded.plugin.load()
            if module is not None:
                hooks.register(module, loaded.plugin.name)
                hooks.check_pending()
        except Exception as error:  # noqa: BLE001  (a plugin's code may raise anything; it is named, not hidden)
            problems.append(_failed(loaded.plugin, "import", error))
    added = _Added(FieldTypes.bundled(), bundled(), {})
    for loaded in plugins:
        implementation = hooks.get_plugin(loaded.plugin.name)
        for hook, take in (
            ("kehu_field_types", added.take_types),
            ("kehu_functions", added.take_functions),
            ("kehu_actions", added.take_actions),
        ):
            try:
                if hasattr(implementation, hook):
                    take(getattr(implementation, hook)())
            except Exception as error:  # noqa: BLE001  (a plugin's code may raise anything; it is named, not hidden)
                problems.append(_failed(loaded.plugin, hook, error))
    return _Extensions(added.types, added.functions, added.actions)


@dataclass(slots=True)
class _Added:
    """What plugins add, so far; each raises ValueError for a name that is taken, and then adds nothing."""

    types: FieldTypes
    functions: FunctionTable
    actions: dict[str, Action]

    def take_types(self, types: Iterable[Any]) -> None:
        found = tuple(types)
        _refuse_taken("field type", [kind.type_name for kind in found], self.types)
        self.types = self.types.extended(found)

    def take_functions(self, functions: Iterable[Any]) -> None:
        found = tuple(functions)
        names = [name for function in found for name in (function.name, function.zh)]
        _refuse_taken("function", names, {name for name in names if self.functions.find(name) is not None})
        self.functions = self.functions.extended(found)

    def take_actions(self, actions: Mapping[str, Action]) -> None:
        _refuse_taken("action", list(actions), self.actions)
        self.actions |= actions


def _refuse_taken(what: str, names: Sequence[str], taken: Iterable[str]) -> None:
    if both := sorted(set(names) & set(taken)):
        raise ValueError(f"there is a {what} of this name already: {', '.join(both)}")


def _failed(plugin: Plugin, hook: str, error: BaseException) -> Problem:
    failure = PluginError(plugin.name, hook, error)
    values = {"plugin": plugin.name, "hook": hook, "error": f"{type(error).__name__}: {failure.error}"}
    return Problem("plugin_failed", values, Place(f"{plugin.name}:plugin.py"))


def _sources(folder: Path, plugins: Sequence[Loaded]) -> list[Source]:
    sources = list(sources_in(core_folder(), "core", "core:"))
    for loaded in plugins:
        name = loaded.plugin.name
        sources += sources_in(loaded.plugin.folder, f"plugin:{name}", f"{name}:")
    return [*sources, *sources_in(folder, "workspace")]


def _load(
    sources: Iterable[Source], reader: FileReader, problems: list[Problem]
) -> Iterable[tuple[Source, Node]]:
    for source in sources:
        try:
            loaded = reader.load(source)
        except OSError as error:
            problems.append(Problem("file_unreadable", {"reason": error.strerror or ""}, Place(source.file)))
            continue
        problems += loaded.problems
        if loaded.node is not None:
            yield source, loaded.node


def _as_entities(
    loaded: Iterable[tuple[Source, Node]], types: FieldTypes, problems: list[Problem]
) -> Iterator[tuple[Source, Node]]:
    """The trees with every JSON Schema (``customer.schema.json``) in the shape of an entity file, and what an entity
    file says under ``schema`` made plain.
    """
    for source, node in loaded:
        if source.kind != "entity" or not source.path.name.endswith(SCHEMA_SUFFIX):
            yield source, with_plain_schema(node, problems) if source.kind == "entity" else node
            continue
        entity, found = node_from_json_schema(node, types)
        problems += found
        if entity is not None:
            yield source, entity


def _read(
    merged: Mapping[tuple[str, str], Merged], types: FieldTypes, problems: list[Problem]
) -> dict[str, dict[str, Any]]:
    definitions: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS.values()}
    for (kind, name), one in merged.items():
        definition, found = read(one.node, types)
        problems += found
        if definition is not None:
            definitions[kind][name] = definition
    return definitions


def _names_besides(
    definitions: Mapping[str, Mapping[str, Any]], merged: Mapping[tuple[str, str], Merged]
) -> list[Problem]:
    """Wrong names in the definitions that can be read, while others cannot: those are not taken for missing."""
    broken = {name for kind, name in merged if name not in definitions[kind]}
    found = checking.check_names(definitions, Where(merged))
    return [problem for problem in found if problem.values.get("name") not in broken]


def _assemble(
    workspace: Workspace,
    plugins: Sequence[Loaded],
    extensions: _Extensions,
    merged: Mapping[tuple[str, str], Merged],
    definitions: dict[str, dict[str, Any]],
    problems: list[Problem],
) -> Catalog | None:
    where = Where(merged)
    problems += checking.check_names(definitions, where)
    if any(problem.level == "error" for problem in problems):
        return None
    definitions["entity"], links = resolve(definitions, workspace, merged)
    compiled = compile_all(definitions, links, extensions.functions, workspace.currency, where)
    problems += compiled.problems
    if any(problem.level == "error" for problem in problems):
        return None
    catalog = Catalog(
        version=_fingerprint(workspace, merged.values()),
        workspace=workspace,
        plugins=tuple(plugins),
        entities=compiled.entities,
        forms=definitions["form"],
        views=definitions["view"],
        flows=definitions["flow"],
        automations=definitions["automation"],
        metrics=definitions["metric"],
        dashboards=definitions["dashboard"],
        formulas=compiled.formulas,
        texts=compiled.texts,
        functions=extensions.functions,
        actions=extensions.actions,
        shapes=compiled.shapes,
        links=links,
        merged=merged,
        graph=Graph(tuple(references(definitions, compiled, links, where))),
        roles=definitions["role"],
    )
    problems += checking.check_meaning(catalog, where)
    if any(problem.level == "error" for problem in problems):
        return None
    return replace(catalog, warnings=tuple(problems))


def _fingerprint(workspace: Workspace, merged: Iterable[Merged]) -> str:
    digest = hashlib.sha256(repr((workspace.currency, workspace.timezone)).encode())
    for one in merged:
        digest.update(repr((one.kind, one.name, one.node.plain())).encode())
    return digest.hexdigest()[:16]
