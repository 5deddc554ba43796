"""Records as the rest of Kehu sees them: read with rights applied, written through the one write path."""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

import pluggy

from ..catalog.catalog import Catalog
from ..catalog.paths import entities_read
from ..catalog.scopes import scope_of
from ..context import Context
from ..formula import Env, Formula, Scope, both
from ..hooks import Change, PluginError, implementations
from ..problems import Problem, Refused, closest
from ..store.ids import is_id
from ..store.ordering import keys_of
from ..store.protocol import NoSuchColumn, Store
from ..store.query import Event, Group, Query, Row, Sort, Totals
from .plans import EntityPlan, plan_of
from .rights import Rights, authorize
from .totals import TotalsCache
from .unit import Unit

__all__ = ["Follower", "Guard", "Page", "Records", "Saved"]

Guard = Callable[[Unit, Change], list[Problem]]
"""Looks at a change before it is written, beside the rules: the gates of a flow."""

T = TypeVar("T")

WAITS = (0.02, 0.1, 0.3)
"""Seconds to wait before a write is tried again that a database could not serialise with another."""

Period = tuple[date | None, date | None]
"""Days from the first up to, not including, the second; ``None``: open."""

Follower = Callable[[Unit, Change], None]
"""Acts after a change was written, in the same transaction: automations."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some records in order. ``more``: there are others behind the last one.

    ``definitions``: the version of the catalog it was made under; ``reads``: the entities whose records were looked
    at. Together they say when the page would have to be made anew.
    """

    rows: list[Row]
    more: bool
    definitions: str
    reads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Saved:
    """A record as it now stands, and what the rules would mention without stopping it."""

    row: Row
    warnings: tuple[Problem, ...] = ()


class Records:
    """All records of a workspace under one catalog; a new catalog gets a new ``Records`` over the same store."""

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        rights: Rights,
        hooks: pluggy.PluginManager,
        guards: Sequence[Guard] = (),
        followers: Mapping[tuple[str, str], Sequence[Follower]] | None = None,
        report: Callable[[PluginError], None] = lambda _: None,
    ) -> None:
        self.catalog, self.store, self.rights, self.guards = catalog, store, rights, guards
        self.totals_cache = TotalsCache()
        self._followers = followers or {}
        self._before_save = implementations(hooks, "kehu_before_save")
        self._after_commit = implementations(hooks, "kehu_after_save")
        self._report = report
        self._plans: dict[str, EntityPlan] = {}
        self._scopes: dict[str, Scope] = {}
        self._writing = threading.RLock()

    # what is known about entities

    def plan(self, entity: str) -> EntityPlan:
        """What the write path knows about an entity. Raises :class:`Refused` (``missing``) for an unknown one."""
        plan = self._plans.get(entity)
        if plan is None:
            if entity not in self.catalog.entities:
                values = {"name": entity, "available": list(self.catalog.entities)}
                instead = closest(entity, self.catalog.entities)
                raise Refused([Problem("no_such_entity", values, instead=instead)], "missing")
            plan = self._plans[entity] = plan_of(self.catalog, entity)
        return plan

    def followers_of(self, entity: str, kind: str) -> Sequence[Follower]:
        """What may follow a change of this entity's records."""
        return self._followers.get((entity, kind), ())

    # reading

    def get(self, context: Context, entity: str, id: str) -> Row:
        """One record, computed fields included. Raises :class:`Refused` (``missing``) where this person sees none."""
        plan = self.plan(entity)
        row = self.store.get(entity, id) if is_id(id) else None
        if row is None or not self.sees(context, entity, row, self.env(context)):
            raise Refused([Problem("record_missing", {"entity": plan.entity.shown, "id": id})], "missing")
        authorize(self.rights, context, "read", entity, row)
        return self._complete(context, plan, [row])[0]

    def find(
        self,
        context: Context,
        entity: str,
        where: Formula | None = None,
        search: str = "",
        sort: Sequence[Sort] = (),
        after: Sequence[Any] | None = None,
        limit: int = 50,
        fields: Collection[str] | None = None,
        period: Period | None = None,
    ) -> Page:
        """A page of records.

        ``fields``: the computed ones that are wanted (``None``: all); ``period``: what ``in period`` means.
        """
        plan = self.plan(entity)
        authorize(self.rights, context, "read", entity)
        condition = self.where(context, entity, where)
        query = Query(entity, condition, search, tuple(sort), after, limit + 1, self.env(context, period))
        rows = self.store.find(query) if condition is None or condition.local else self._sift(query)
        page = rows[:limit]
        wanted = [f for n, f in plan.virtual.items() if fields is None or n in fields]
        reads = self.reads(entity, *wanted, *([condition] if condition is not None else []))
        return Page(
            self._complete(context, plan, page, fields), len(rows) > limit, self.catalog.version, reads
        )

    def reads(self, entity: str, *formulas: Formula) -> frozenset[str]:
        """The entities whose records these formulas look at on records of ``entity``, itself included."""
        beyond = [formula.uses for formula in formulas if not formula.local]
        if not beyond:
            return frozenset((entity,))
        return entities_read(beyond, entity, self.catalog.entities, self.catalog.links)

    def count(
        self,
        context: Context,
        entity: str,
        where: Formula | None = None,
        search: str = "",
        at_most: int = 10_000,
        period: Period | None = None,
    ) -> int:
        """How many records match, counted up to ``at_most + 1``."""
        authorize(self.rights, context, "read", entity)
        condition = self.where(context, entity, where)
        query = Query(entity, condition, search, env=self.env(context, period), limit=at_most + 1)
        if condition is None or condition.local:
            return self.store.count(query, at_most)
        return len(self._sift(query))

    def totals(self, context: Context, totals: Totals) -> list[Group]:
        """Groups and their aggregates, kept current as records change."""
        return self.totals_cache.answer(self._seen(context, totals), self.store, self.env(context))

    def different(self, context: Context, totals: Totals) -> dict[tuple[Any, ...], int]:
        """How many different values the last column of ``group`` has, by the values of the columns before it."""
        return self.totals_cache.different(self._seen(context, totals), self.store, self.env(context))

    def _seen(self, context: Context, totals: Totals) -> Totals:
        """The question over those records only that this person may see."""
        authorize(self.rights, context, "read", totals.table)
        condition = self.where(context, totals.table, totals.where)
        return Totals(totals.table, totals.take, condition, totals.group, totals.env or self.env(context))

    def titles(self, context: Context, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The titles of records: (entity, id) → text; those that are gone or unseen are left out."""
        ids: dict[str, set[str]] = {}
        for entity, id in wanted:
            ids.setdefault(entity, set()).add(id)
        found: dict[tuple[str, str], str] = {}
        for entity, some in ids.items():
            plan = self.plan(entity)
            authorize(self.rights, context, "read", entity)
            title = plan.entity.title_field
            env = self.env(context)
            for id, row in self.store.get_many(entity, [id for id in some if is_id(id)]).items():
                if self.sees(context, entity, row, env):
                    found[entity, id] = str(plan.completed(row, env).get(title) or id)
        return found

    def related(self, context: Context, entity: str, link: str, id: str, limit: int = 50) -> list[Row]:
        """The records of ``entity`` whose ``link`` points to this id, newest first."""
        plan = self.plan(entity)
        authorize(self.rights, context, "read", entity)
        rows = self.store.lookup(entity, link, id)[::-1] if is_id(id) else []
        env = self.env(context)
        seen = [row for row in rows if self.sees(context, entity, row, env)]
        return self._complete(context, plan, seen[:limit])

    def history(
        self, context: Context, entity: str, id: str, limit: int = 100, before: str | None = None
    ) -> list[Event]:
        """What happened to a record, newest first; also to one that was deleted."""
        self.plan(entity)
        row = self.store.get(entity, id) if is_id(id) else None
        if row is not None:
            authorize(self.rights, context, "read", entity, row)
        events = self.store.events(entity, id, limit, before) if is_id(id) else []
        if row is None and not events:
            raise Refused(
                [Problem("record_missing", {"entity": self.plan(entity).entity.shown, "id": id})], "missing"
            )
        return events

    def env(self, context: Context, period: Period | None = None) -> Env:
        """What formulas see when they are evaluated for reading."""
        return Env(
            now=context.now,
            today=context.today,
            user=context.person,
            zone=context.zone,
            fetch=self.store.get,
            children=self.store.lookup,
            period=period,
        )

    def where(self, context: Context, entity: str, where: Formula | None) -> Formula | None:
        """The condition together with what this person may see."""
        visible = self.rights.visible(context, entity)
        if visible is None or where is None:
            return where or visible
        return both(where, visible)

    def sees(self, context: Context, entity: str, row: Mapping[str, Any], env: Env) -> bool:
        """Whether this person may see this record."""
        visible = self.rights.visible(context, entity)
        return visible is None or bool(visible.evaluate(row, env))

    # writing

    @contextmanager
    def unit(self, context: Context, follow: bool = True) -> Iterator[Unit]:
        """One transaction: what is written inside lands together when the block ends, or not at all.

        ``follow``: whether automations follow; sample data already says what they would have done.
        Raises :class:`Refused` (``unavailable``) where the definitions lost a field while this was under way.
        """
        with self._writing:
            try:
                with self.store.transaction() as transaction:
                    unit = Unit(self, transaction, context, follow)
                    yield unit
                    unit.finish()
            except NoSuchColumn as lost:
                raise Refused([Problem("definitions_changed")], "unavailable") from lost
            self.totals_cache.follow(unit, self.env(context))
        self._after_save(unit.changes)

    def create(
        self, context: Context, entity: str, values: Mapping[str, Any], key: str | None = None
    ) -> Saved:
        """Make one record. ``key``: a retry with the same key gives the record of the first time.

        The same key with other values is a conflict: somebody would take an old record for a new one.
        """
        return self._patiently(lambda: self._create(context, entity, values, key))

    def _create(self, context: Context, entity: str, values: Mapping[str, Any], key: str | None) -> Saved:
        with self.unit(context) as unit:
            note, asked = f"request {entity} {key}", _fingerprint(values)
            if key is not None and (answered := unit.transaction.note(note)) is not None:
                if answered["asked"] != asked:
                    raise Refused([Problem("key_used_before", {"key": key})], "conflict")
                known = unit.get(entity, answered["id"])
                if known is not None:
                    return Saved(self._complete(context, self.plan(entity), [known])[0])
            row = unit.create(entity, values)
            if key is not None:
                unit.transaction.set_note(note, {"id": row["id"], "asked": asked})
        made = self.store.get(entity, row["id"]) or row
        return Saved(self._complete(context, self.plan(entity), [made])[0], tuple(unit.warnings))

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
        return Saved(self.get(context, entity, id), tuple(unit.warnings))

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
            time.sleep(wait)
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

    def _complete(
        self, context: Context, plan: EntityPlan, rows: list[Row], fields: Collection[str] | None = None
    ) -> list[Row]:
        """The rows with the formulas that are not columns worked out."""
        if not plan.virtual or (fields is not None and plan.virtual.keys().isdisjoint(fields)):
            return rows
        env = self.env(context)
        return [plan.completed(row, env) for row in rows]

    def _sift(self, query: Query) -> list[Row]:
        """A query whose condition looks beyond its own table: page through, and evaluate here."""
        found: list[Row] = []
        env, after = query.env, query.after
        assert query.where is not None
        assert env is not None
        plan, order = self.plan(query.table), keys_of(query.sort)
        while len(found) < query.limit:
            rows = self.store.find(Query(query.table, None, query.search, query.sort, after, 500))
            found += [row for row in rows if query.where.evaluate(plan.completed(row, env), env)]
            if len(rows) < 500:
                break
            after = [rows[-1].get(key.column) for key in order]
        return found[: query.limit]

    def scope(self, entity: str) -> Scope:
        """The scope of a formula on records of this entity: for filters typed at a door.

        Always the same one: formulas are equal only on one scope, and what is remembered of a condition (its plan, its
        statement, its count) is found again by that.
        """
        self.plan(entity)
        return self._scopes.setdefault(entity, scope_of(self.catalog, entity))


def _fingerprint(values: Mapping[str, Any]) -> str:
    """What tells one request from another: the values as they were given."""
    return sha256(repr(sorted(values.items(), key=lambda item: item[0])).encode()).hexdigest()[:16]
