"""The catalog: every definition of a workspace, checked and compiled, as one immutable value.

The app swaps catalogs as a whole: a request takes one at its start and sees nothing else until its end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..formula import EntityShape, Formula, FunctionTable, TextTemplate
from ..hooks import Action
from ..problems import Label, Problem
from ..schema.automation import Automation
from ..schema.dashboard import Dashboard
from ..schema.entity import Entity
from ..schema.fields.computed import Rollup
from ..schema.flow import Flow
from ..schema.form import Form
from ..schema.metric import Metric
from ..schema.plugin import PluginManifest
from ..schema.role import Role
from ..schema.view import View
from ..schema.workspace import Workspace
from .graph import Graph
from .merging import Merged
from .plugins import Plugin

__all__ = ["Catalog", "Key", "Loaded"]

Key = tuple[str | int, ...]
"""Where in the definitions something stands: ``("entity", "customer", "fields", "phone", "required")``."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plugin that is part of the catalog, and its first page."""

    plugin: Plugin
    manifest: PluginManifest


@dataclass(frozen=True)
class Catalog:
    """All definitions by name, with everything that was worked out from them once and for all.

    ``version`` is a fingerprint of the definitions (16 hex digits): events are written under it. ``formulas`` and
    ``texts`` hold what was compiled, by the place it stands at. ``links``: entity → link field → entity it leads to.
    ``warnings``: what ``kehu check`` would mention although the catalog works.
    """

    version: str
    workspace: Workspace
    plugins: tuple[Loaded, ...]
    entities: Mapping[str, Entity]
    forms: Mapping[str, Form]
    views: Mapping[str, View]
    flows: Mapping[str, Flow]
    automations: Mapping[str, Automation]
    metrics: Mapping[str, Metric]
    dashboards: Mapping[str, Dashboard]
    formulas: Mapping[Key, Formula]
    texts: Mapping[Key, Mapping[str, TextTemplate]]
    functions: FunctionTable
    actions: Mapping[str, Action]
    shapes: Mapping[str, EntityShape]
    links: Mapping[str, Mapping[str, str]]
    merged: Mapping[tuple[str, str], Merged]
    graph: Graph
    roles: Mapping[str, Role] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    _flows: Mapping[tuple[str, str], Flow] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_flows", {(flow.entity, flow.field): flow for flow in self.flows.values()})

    def flow_of(self, entity: str, field: str) -> Flow | None:
        """The flow whose stages this field holds, if any."""
        return self._flows.get((entity, field))

    def stage_field(self, entity: str) -> str | None:
        """The entity's stage field (the first, where it has several), or ``None``."""
        return next((field for owner, field in self._flows if owner == entity), None)

    def is_stored(self, entity: str, field: str) -> bool:
        """Whether the field is a column; a formula that looks beyond its own record, or at the clock, is not."""
        kind = self.entities[entity].fields[field]
        if kind.type != "formula":
            return kind.column is not None
        formula = self.formulas["entity", entity, "fields", field, "formula"]
        return self.shapes[entity].fields[field].stored and not formula.volatile

    def rollup_link(self, entity: str, field: str) -> str:
        """The link field of the child entity through which a rollup's records belong to this entity."""
        rollup = self.entities[entity].fields[field]
        assert isinstance(rollup, Rollup)
        return rollup.via or next(link for link, to in self.links[rollup.child].items() if to == entity)

    def label_of(self, key: Key) -> Label:
        """What people call the thing at a place: an entity, or a field of one."""
        entity = self.entities[str(key[0])]
        return entity.shown if len(key) == 1 else entity.fields[str(key[1])].label
