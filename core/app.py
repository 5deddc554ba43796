"""An App is one open workspace: its folder, its catalog of the moment, its store, and the records over both.

Nothing global is built at import: two Apps in one process do not know of each other.
"""

import logging
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pluggy

from .catalog.building import Built, build, stamps
from .catalog.catalog import Catalog
from .catalog.sources import FileReader
from .context import Context, Door
from .files.opening import open_storage
from .files.shelf import SHELF, sweep
from .files.storage import Storage
from .flows import automations, moves
from .hooks import PluginError, implementations
from .metrics.measuring import Measuring
from .people import circles
from .people.people import People
from .people.tables import TABLES
from .problems import Problem, Refused
from .records.options import known_options, refuse_lost_options
from .records.recomputing import computed_fields, recompute
from .records.records import Records
from .records.requests import REQUESTS
from .records.role_rights import RoleRights
from .records.shares import SHARES
from .store.ids import new_id
from .store.opening import open_store
from .store.protocol import Store, Table
from .words import Language

__all__ = ["App", "Runtime", "fit"]

OWNER = "owner"
"""The note that says which person's record acts until people log in."""

OPTIONS = "options"
"""The note that says which options there are for records to hold."""

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
    whole: "Runtime | None" = None
    sights: dict[Records, "Runtime"] = field(default_factory=dict, repr=False)

    @property
    def entire(self) -> "Runtime":
        """The runtime that this one is a part of: everything there is."""
        return self.whole or self

    def seen_by(self, context: Context) -> "Runtime":
        """What this person works with: the definitions that they see, and the records and metrics under those."""
        whole = self.entire
        records = whole.records.seen_by(context)
        if records is whole.records:
            return whole
        known = whole.sights.get(records)
        if known is None:
            sight = records.rights.sight(context)
            problems = whole.problems if sight is None or sight.plan else ()
            known = Runtime(records.catalog, records, Measuring(records), whole.hooks, problems, whole)
            known = whole.sights.setdefault(records, known)
        return known


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
        self.storage: Storage = open_storage(workspace.files, folder / "data")
        self.store: Store = open_store(store_url or workspace.store, folder / "data", workspace.zone)
        self.people = People(self.store)
        self.reached_at = ""
        """The address that people open, where the command line said so."""
        self.faces_others = False
        """Whether others than this machine reach the server: then nothing is served before there is an account."""
        self._folders, self._stamps = built.folders, stamps(built.folders)
        self._waiting: Built | None = None
        try:
            self._runtime = self._adopt(built)
            self.owner = self._ensure_owner()
            self._sweep()
        except BaseException:
            self.store.close()
            raise
        self._looked = time.monotonic()
        self._tell("kehu_startup")

    @property
    def now(self) -> Runtime:
        """The runtime of the moment: a request keeps the one it began with."""
        return self._runtime

    def is_behind(self) -> bool:
        """Whether files were edited since they were read. Looks at them at most every quarter of a second."""
        if time.monotonic() - self._looked < LOOK_AGAIN:
            return False
        self._looked = time.monotonic()
        return self._waiting is not None or stamps(self._folders) != self._stamps

    def catch_up(self) -> None:
        """Take up what was edited, so that it is live at the next request; nothing where somebody is at it already.

        A new total over 100,000 records takes seconds: call it where nobody else has to wait for it.
        """
        if self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looked = time.monotonic()
                self._lock.release()

    @property
    def catalog(self) -> Catalog:
        """The catalog of the moment."""
        return self._runtime.catalog

    @property
    def base_url(self) -> str:
        """The address that links for people begin with: the command line's, else the workspace's, ``""`` for none."""
        return self.reached_at or self.catalog.workspace.base_url or ""

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
        if current != self._stamps:
            self._stamps = current
            self._waiting = built = build(self.folder, self._reader)
            if set(built.folders) != set(self._folders):  # also those of a plugin that does not work yet
                self._folders = built.folders
                self._stamps = stamps(built.folders)
        if self._waiting is None:
            return
        if self._waiting.catalog is None:
            self._runtime = _with(self._runtime, self._waiting.problems)
            self._waiting = None
            return
        try:
            self._runtime = self._adopt(self._waiting, self._runtime)
            self._waiting = None
        except Refused as refusal:  # the records are in the way; once they are not, it is adopted
            self._runtime = _with(self._runtime, refusal.problems)

    def _adopt(self, built: Built, running: Runtime | None = None) -> Runtime:
        """Make the store fit the catalog, and put the parts together. Raises :class:`Refused`, the store unchanged."""
        catalog = built.catalog
        assert catalog is not None
        try:
            records = fit(built, self.store)
        except Refused:
            if running is not None:
                self.store.prepare(_tables(running.records))  # it goes on as it was
            raise
        self._bring_up_to_date(records)
        return Runtime(catalog, records, Measuring(records), built.hooks)

    def _bring_up_to_date(self, records: Records) -> None:
        catalog = records.catalog
        fields = computed_fields(catalog)
        held = self.store.note(OPTIONS) or {}
        options = known_options(catalog, held)
        known = self.store.note("computed")
        if known != fields:
            changed = {name for name, text in fields.items() if (known or {}).get(name) != text}
            now = datetime.now(UTC)
            context = Context(
                "system", "automation", "zh", catalog.workspace.zone, now, new_id(), "definitions"
            )
            recompute(records, context, changed)
        if known != fields or held != options:
            with self.store.transaction() as transaction:
                transaction.set_note("computed", fields)
                transaction.set_note(OPTIONS, options)

    def _ensure_owner(self) -> str:
        """The owner's record, made at the first start."""
        known = self.store.note(OWNER)
        if known is not None and self.store.get("user", known) is not None:
            return str(known)
        workspace = self._runtime.catalog.workspace
        name = "管理员" if workspace.language == "zh" else "Owner"
        context = Context("system", "seed", workspace.language, workspace.zone, datetime.now(UTC), new_id())
        with self._runtime.records.unit(context) as unit:
            known = unit.transaction.note(OWNER)  # another process may have started at the same moment
            if known is not None and unit.get("user", known) is not None:
                return str(known)
            owner = str(unit.create("user", {"name": name})["id"])
            unit.transaction.set_note(OWNER, owner)
        return owner

    def _sweep(self) -> None:
        """Remove uploads that no record has named for a day; that is not worth failing to start."""
        try:
            sweep(self.store, self.storage, datetime.now(UTC))
        except Refused as refusal:
            logger.warning("files: %s", "; ".join(problem.code for problem in refusal.problems))

    def _tell(self, hook: str) -> None:
        for name, implementation in implementations(self._runtime.hooks, hook):
            try:
                implementation(app=self)
            except Exception as error:  # noqa: BLE001  (a plugin's fault is named, and stops nobody)
                _report(PluginError(name, hook, error))


def fit(built: Built, store: Store) -> Records:
    """Make a store fit a catalog; the records over both. Raises :class:`Refused` where what it holds is in the way,
    each problem at the place in the definitions.
    """
    catalog = built.catalog
    assert catalog is not None
    records = Records(
        catalog,
        store,
        RoleRights(catalog, store),
        built.hooks,
        guards=(moves.guard(catalog), circles.guard),
        followers=automations.followers(catalog),
        report=_report,
    )
    try:
        store.prepare(_tables(records))
        refuse_lost_options(catalog, store, store.note(OPTIONS) or {})
    except Refused as refusal:
        placed = [_placed(problem, catalog) for problem in refusal.problems]
        raise Refused(placed, refusal.status) from refusal
    return records


def _with(runtime: Runtime, problems: tuple[Problem, ...]) -> Runtime:
    return Runtime(runtime.catalog, runtime.records, runtime.measuring, runtime.hooks, problems)


def _tables(records: Records) -> list[Table]:
    return [
        *(records.plan(name).table for name in records.catalog.entities),
        SHELF,
        SHARES,
        REQUESTS,
        *TABLES,
    ]


def _placed(problem: Problem, catalog: Catalog) -> Problem:
    """What a store refused, put where the definitions ask for it."""
    entity = catalog.merged.get(("entity", str(problem.values.get("table"))))
    if entity is None or problem.place is not None:
        return problem
    return replace(problem, place=entity.node.at(("fields", str(problem.values.get("column")), "type")).place)


def _report(failure: PluginError) -> None:
    logger.error("%s", failure, exc_info=failure.error)
