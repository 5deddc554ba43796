"""An App is one open workspace: its folder, its catalog of the moment, its store, and the records over both.

Nothing global is built at import: two Apps in one process do not know of each other.
"""

import logging
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pluggy

from .catalog.building import Built, build, stamps
from .catalog.catalog import Catalog
from .catalog.scopes import scope_of
from .catalog.sources import FileReader
from .context import Context, Door
from .flows import automations, moves
from .formula import condition
from .hooks import PluginError
from .metrics.measuring import Measuring
from .problems import Problem, Refused
from .records.recomputing import computed_fields, recompute
from .records.records import Records
from .records.rights import OwnerRights
from .schema.entity import Entity
from .store.ids import new_id
from .store.opening import open_store
from .store.protocol import Store
from .store.query import Query
from .words import Language

__all__ = ["App", "Runtime"]

OWNER = "owner"
"""The note that says which person's record acts until people log in."""

LOOK_AGAIN = 0.25
"""Seconds between two looks at the definition files."""

logger = logging.getLogger("kehu")


@dataclass(frozen=True)
class Runtime:
    """What one request works with from start to end: one catalog, and the records and metrics under it.

    ``problems``: what is wrong with the files as they are now, when they are not the catalog's.
    """

    catalog: Catalog
    records: Records
    measuring: Measuring
    hooks: pluggy.PluginManager
    problems: tuple[Problem, ...] = ()


class App:
    """One open workspace. Raises :class:`Refused` with every problem when it cannot be opened; close it at the end."""

    def __init__(self, folder: Path, store_url: str | None = None) -> None:
        self.folder = folder
        self._reader = FileReader()
        self._lock = threading.Lock()
        built = build(folder, self._reader)
        if built.catalog is None:
            raise Refused(built.problems)
        workspace = built.catalog.workspace
        self.store: Store = open_store(store_url or workspace.store, folder / "data", workspace.zone)
        try:
            self._runtime = self._adopt(built)
            self.owner = self._ensure_owner()
        except BaseException:
            self.store.close()
            raise
        self._stamps = stamps(built.folders)
        self._looked = time.monotonic()
        self._tell("kehu_startup")

    @property
    def now(self) -> Runtime:
        """The runtime of the moment, after a look at the files: an edit is live at the next request."""
        if time.monotonic() - self._looked >= LOOK_AGAIN and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looked = time.monotonic()
                self._lock.release()
        return self._runtime

    @property
    def catalog(self) -> Catalog:
        """The catalog of the moment."""
        return self._runtime.catalog

    def context(self, door: Door, language: Language | None = None, reason: str | None = None) -> Context:
        """The circumstances of a request of the owner that comes in now."""
        workspace = self._runtime.catalog.workspace
        return Context(
            actor=self.owner,
            door=door,
            language=language or workspace.language,
            zone=workspace.zone,
            now=datetime.now(UTC),
            batch=new_id(),
            reason=reason,
        )

    def reload(self) -> Runtime:
        """Look at the files now, whenever the last look was."""
        with self._lock:
            self._look()
        return self._runtime

    def close(self) -> None:
        """Tell the plugins, and close the store."""
        self._tell("kehu_shutdown")
        self.store.close()

    # inside

    def _look(self) -> None:
        current = stamps(self._folders)
        if current == self._stamps:
            return
        self._stamps = current
        built = build(self.folder, self._reader)
        if built.catalog is None:
            self._runtime = _with(self._runtime, built.problems)
            return
        try:
            self._runtime = self._adopt(built)
        except Refused as refusal:
            self._runtime = _with(self._runtime, refusal.problems)

    def _adopt(self, built: Built) -> Runtime:
        """Make the store fit the catalog, and put the parts together. Raises :class:`Refused`, the store unchanged."""
        catalog = built.catalog
        assert catalog is not None
        records = Records(
            catalog,
            self.store,
            OwnerRights(),
            built.hooks,
            guards=(moves.guard(catalog),),
            followers=automations.followers(catalog),
            report=_report,
        )
        self._refuse_lost_options(catalog)
        self.store.prepare([records.plan(name).table for name in catalog.entities])
        self._bring_up_to_date(records)
        self._folders = built.folders
        return Runtime(catalog, records, Measuring(records), built.hooks)

    def _refuse_lost_options(self, catalog: Catalog) -> None:
        """An option or a stage that records still hold may not simply go."""
        known: dict[str, dict[str, str]] = self.store.note("options") or {}
        problems = []
        for key, options in known.items():
            entity, _, field = key.partition(".")
            kind: Any = catalog.entities[entity].fields.get(field) if entity in catalog.entities else None
            if kind is None or kind.type not in ("choice", "stage"):
                continue
            for lost in options.keys() - kind.options.keys():
                where = condition(_loose_scope(catalog, entity, field), field, "is", lost)
                count = self.store.count(Query(entity, where))
                if count:
                    values = {"option": options[lost], "label": kind.label, "count": count, "name": lost}
                    place = catalog.merged["entity", entity].node.at(("fields", field, "options")).place
                    problems.append(Problem("option_in_use", values, place))
        if problems:
            raise Refused(problems)

    def _bring_up_to_date(self, records: Records) -> None:
        catalog = records.catalog
        fields = computed_fields(catalog)
        options = {
            f"{name}.{field}": {
                option: each.label.in_(catalog.workspace.language) for option, each in kind.options.items()
            }
            for name, entity in catalog.entities.items()
            for field, kind in _with_options(entity)
        }
        known = self.store.note("computed")
        if known != fields:
            changed = {name for name, text in fields.items() if (known or {}).get(name) != text}
            now = datetime.now(UTC)
            context = Context(
                "system", "automation", "zh", catalog.workspace.zone, now, new_id(), "definitions"
            )
            recompute(records, context, changed)
        if known != fields or self.store.note("options") != options:
            with self.store.transaction() as transaction:
                transaction.set_note("computed", fields)
                transaction.set_note("options", options)

    def _ensure_owner(self) -> str:
        """The owner's record, made at the first start."""
        known = self.store.note(OWNER)
        if known is not None:
            return str(known)
        workspace = self._runtime.catalog.workspace
        name = "管理员" if workspace.language == "zh" else "Owner"
        context = Context("system", "seed", workspace.language, workspace.zone, datetime.now(UTC), new_id())
        with self._runtime.records.unit(context) as unit:
            owner = str(unit.create("user", {"name": name})["id"])
            unit.transaction.set_note(OWNER, owner)
        return owner

    def _tell(self, hook: str) -> None:
        for name, module in self._runtime.hooks.list_name_plugin():
            implementation = getattr(module, hook, None)
            if implementation is not None:
                try:
                    implementation(self)
                except Exception as error:  # noqa: BLE001  (a plugin's fault is named, and stops nobody)
                    _report(PluginError(name, hook, error))


def _with_options(entity: Entity) -> list[tuple[str, Any]]:
    return [(name, field) for name, field in entity.fields.items() if field.type in ("choice", "stage")]


def _with(runtime: Runtime, problems: tuple[Problem, ...]) -> Runtime:
    return Runtime(runtime.catalog, runtime.records, runtime.measuring, runtime.hooks, problems)


def _report(failure: PluginError) -> None:
    logger.error("%s", failure, exc_info=failure.error)


def _loose_scope(catalog: Catalog, entity: str, field: str) -> Any:
    """A scope in which the field takes any option, also one that the definitions no longer have."""
    from dataclasses import replace

    scope = scope_of(catalog, entity)
    shape = scope.entity
    fields = {**shape.fields, field: replace(shape.fields[field], type="text", options={})}
    return replace(scope, entity=replace(shape, fields=fields))
