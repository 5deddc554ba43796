"""Records as the rest of Kehu sees them: read with rights applied, written through the one write path."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pluggy

from ..catalog.catalog import Catalog
from ..catalog.seeing import seen
from ..context import Context
from ..hooks import Change, PluginError, implementations
from ..problems import Problem, Refused
from ..store.protocol import NoSuchColumn, Store
from ..store.query import Row
from . import requests
from .reading import Page, Reading
from .rights import Rights
from .unit import Unit

__all__ = ["Follower", "Guard", "Page", "Records", "Saved"]

Guard = Callable[[Unit, Change], list[Problem]]
"""Looks at a change before it is written, beside the rules: the gates of a flow."""

T = TypeVar("T")

WAITS = (0.02, 0.1, 0.3)
"""Seconds to wait before a write is tried again that a database could not serialise with another: half to all of each,
by chance, so that two that were in each other's way are not so again.
"""

Follower = Callable[[Unit, Change], None]
"""Acts after a change was written, in the same transaction: automations."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A record as it now stands, and what the rules would mention without stopping it."""

    row: Row
    warnings: tuple[Problem, ...] = ()


class Records(Reading):
    """All records of a workspace under one catalog; a new catalog gets a new ``Records`` over the same store.

    ``whole``: the records under the whole catalog, where this one is only what people of some roles see. Writing goes
    by the whole: rules and gates look at fields that the person who writes does not see.
    """

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        rights: Rights,
        hooks: pluggy.PluginManager,
        guards: Sequence[Guard] = (),
        followers: Mapping[tuple[str, str], Sequence[Follower]] | None = None,
        report: Callable[[PluginError], None] = lambda _: None,
        whole: "Records | None" = None,
    ) -> None:
        super().__init__(catalog, store, rights, whole)
        self.whole: Records = whole or self
        self.guards, self._followers, self._hooks = guards, followers or {}, hooks
        self._before_save = implementations(hooks, "kehu_before_save")
        self._after_commit = implementations(hooks, "kehu_after_save")
        self._report = report
        self._writing = threading.RLock()
        self._sights: dict[str, Records] = {}

    def seen_by(self, context: Context) -> "Records":
        """The records with the catalog as this person sees it; the whole for whoever sees everything."""
        whole, sight = self.whole, self.rights.sight(context)
        if sight is None:
            return whole
        known = whole._sights.get(sight.key)
        if known is None:
            catalog = seen(whole.catalog, sight)
            known = Records(catalog, self.store, self.rights, self._hooks, report=self._report, whole=whole)
            known = whole._sights.setdefault(sight.key, known)
        return known

    def followers_of(self, entity: str, kind: str) -> Sequence[Follower]:
        """What may follow a change of this entity's records."""
        return self._followers.get((entity, kind), ())

    # writing

    @contextmanager
    def unit(self, context: Context, follow: bool = True) -> Iterator[Unit]:
        """One transaction: what is written inside lands together when the block ends, or not at all.

        ``follow``: whether automations follow; sample data already says what they would have done.
        Raises :class:`Refused` (``unavailable``) where the definitions lost a field while this was under way.
        """
        whole = self.whole
        with whole._writing:
            try:
                with self.store.transaction() as transaction:
                    unit = Unit(whole, transaction, context, follow)
                    yield unit
                    unit.finish()
            except NoSuchColumn as lost:
                raise Refused([Problem("definitions_changed")], "unavailable") from lost
            except Refused as refusal:
                if any(problem.code == "not_unique" for problem in refusal.problems):
                    raise self._quietly(context, refusal) from None
                raise
            for each in (whole, *whole._sights.values()):
                each.totals_cache.follow(unit, whole.env(context))
        self._after_save(unit.changes)

    def _quietly(self, context: Context, refusal: Refused) -> Refused:
        """What stands only once, without what this person may not see: the fields, and the record that has it."""
        if self.rights.sight(context) is None:
            return refusal
        found: list[Problem] = []
        for problem in refusal.problems:
            table, id = str(problem.values.get("table")), str(problem.values.get("record"))
            said = problem
            if problem.code == "not_unique" and not self.titles(context, [(table, id)]):
                said = replace(problem, values={**problem.values, "record": ""})
            found += self.rights.told(context, table, [said]) if table in self.catalog.entities else [said]
        return Refused(found, refusal.status)

    def create(
        self, context: Context, entity: str, values: Mapping[str, Any], key: str | None = None
    ) -> Saved:
        """Make one record. ``key``: a retry within a day with the same key gives the record of the first time.

        The same key with other values is a conflict: somebody would take an old record for a new one.
        """
        return self._patiently(lambda: self._create(context, entity, values, key))

    def _create(self, context: Context, entity: str, values: Mapping[str, Any], key: str | None) -> Saved:
        with self.unit(context) as unit:
            if key is not None:
                made = requests.answered(unit.transaction, context, entity, key, values)
                known = unit.get(entity, made) if made is not None else None
                if known is not None:
                    return Saved(self._complete(context, self.plan(entity), [known])[0])
            row = unit.create(entity, values)
            if key is not None:
                requests.remember(unit.transaction, context, entity, key, values, row["id"])
        saved = self.store.get(entity, row["id"]) or row
        return Saved(self._complete(context, self.plan(entity), [saved])[0], tuple(unit.warnings))

    def update(
        self,
        context: Context,
        entity: str,
        id: str,
        values: Mapping[str, Any],
        version: int | None = None,
        merge: bool = False,
    ) -> Saved:
        """Change one record; ``version`` as the caller has seen it, ``merge`` as in :meth:`Unit.update`."""

        def update() -> Unit:
            with self.unit(context) as unit:
                unit.update(entity, id, values, version, merge=merge)
            return unit

        unit = self._patiently(update)
        rows = [row] if (row := self.store.get(entity, id)) is not None else []
        found = self._complete(context, self.plan(entity), rows)  # it may be another's from now on
        return Saved(found[0] if found else self.get(context, entity, id), tuple(unit.warnings))

    def delete(self, context: Context, entity: str, id: str, version: int | None = None) -> None:
        """Delete one record."""

        def delete() -> None:
            with self.unit(context) as unit:
                unit.delete(entity, id, version)

        self._patiently(delete)

    @staticmethod
    def _patiently(do: Callable[[], T]) -> T:
        """Do it, and again while the database says that somebody else is in the way: nothing of it has landed then."""
        for wait in WAITS:
            try:
                return do()
            except Refused as refusal:
                if refusal.problems[0].code != "database_busy":
                    raise
            time.sleep(wait * random.uniform(0.5, 1))  # noqa: S311  (chance, no secret)
        return do()

    def before_save(self, change: Change) -> None:
        """Ask the plugins; called by the write path within the transaction."""
        for name, hook in self._before_save:
            try:
                hook(change=change)
            except Refused:
                raise
            except Exception as error:  # noqa: BLE001  (a plugin's code may raise anything; it is named)
                failure = PluginError(name, "kehu_before_save", error)
                self._report(failure)
                values = {"plugin": name, "hook": failure.hook, "error": f"{type(error).__name__}: {error}"}
                raise Refused([Problem("plugin_failed", values)], "unavailable") from failure

    # inside

    def _after_save(self, changes: Sequence[Change]) -> None:
        for name, hook in self._after_commit:
            for change in changes:
                try:
                    hook(change=change)
                except Exception as error:  # noqa: BLE001  (what a plugin raises after the commit is told, not spread)
                    self._report(PluginError(name, "kehu_after_save", error))
