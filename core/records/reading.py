"""Records as people may read them: found, counted, summed up and told of, with rights applied in every question."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..catalog.catalog import Catalog
from ..catalog.paths import entities_read
from ..catalog.scopes import scope_of
from ..context import Context
from ..formula import Env, Formula, Scope, both
from ..problems import Problem, Refused, closest
from ..store.ids import is_id
from ..store.ordering import keys_of
from ..store.protocol import Store
from ..store.query import Event, Group, Query, Row, Sort, Totals
from ..store.tokens import sought, tokens
from .plans import EntityPlan, plan_of
from .rights import Action, Rights, authorize
from .totals import TotalsCache

__all__ = ["Page", "Period", "Reading"]

Period = tuple[date | None, date | None]
"""Days from the first up to, not including, the second; ``None``: open."""


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


class Reading:
    """What is asked of the records of a workspace under one catalog.

    Whoever may not see everything gets rows without what is hidden, even here; made with the catalog as they see it
    (:mod:`~kehu.core.catalog.seeing`), it also knows no such names.
    """

    def __init__(
        self, catalog: Catalog, store: Store, rights: Rights, under_all: "Reading | None" = None
    ) -> None:
        self.catalog, self.store, self.rights = catalog, store, rights
        self._under_all = under_all or self
        self.totals_cache = TotalsCache()
        self._plans: dict[str, EntityPlan] = {}
        self._scopes: dict[str, Scope] = {}

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

    # reading

    def get(self, context: Context, entity: str, id: str) -> Row:
        """One record, computed fields included. Raises :class:`Refused` (``missing``) where this person sees none."""
        plan = self.plan(entity)
        row = self.store.get(entity, id) if is_id(id) else None
        if row is None or not self.sees(context, entity, row):
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
        rows = self.store.find(query) if self._is_stored(context, query) else self._sift(context, query)
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
        if self._is_stored(context, query):
            return self.store.count(query, at_most)
        return len(self._sift(context, query))

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
            if not self.rights.allows(context, "read", entity, None, ()):
                continue
            plan = self.plan(entity)
            title = plan.entity.title_field
            env = self.env(context)
            for id, row in self.store.get_many(entity, [id for id in some if is_id(id)]).items():
                if self.sees(context, entity, row):
                    found[entity, id] = str(plan.completed(row, env).get(title) or id)
        return found

    def related(self, context: Context, entity: str, link: str, id: str, limit: int = 50) -> list[Row]:
        """The records of ``entity`` whose ``link`` points to this id, newest first."""
        plan = self.plan(entity)
        authorize(self.rights, context, "read", entity)
        rows = self.store.lookup(entity, link, id)[::-1] if is_id(id) else []
        seen = [row for row in rows if self.sees(context, entity, row)]
        return self._complete(context, plan, seen[:limit])

    def history(
        self, context: Context, entity: str, id: str, limit: int = 100, before: str | None = None
    ) -> list[Event]:
        """What happened to a record, newest first; also to one that was deleted."""
        plan = self.plan(entity)
        row = self.store.get(entity, id) if is_id(id) else None
        gone = (
            row is None and self.rights.visible(context, entity) is None
        )  # whose it was, nobody can tell any more
        events: list[Event] = []
        if gone or (row is not None and self.sees(context, entity, row)):
            events = self._events(context, entity, id, limit, before) if is_id(id) else []
        elif row is not None:
            row = None
        if row is None and not events:
            raise Refused([Problem("record_missing", {"entity": plan.entity.shown, "id": id})], "missing")
        return events

    def _events(self, context: Context, entity: str, id: str, limit: int, before: str | None) -> list[Event]:
        """Its events as this person may hear of them: as many as were asked for, where there are so many."""
        found: list[Event] = []
        while len(found) < limit:
            events = self.store.events(entity, id, limit, before)
            found += self.rights.heard(context, entity, events)
            if len(events) < limit:
                break
            before = events[-1].id
        return found[:limit]

    def env(self, context: Context, period: Period | None = None) -> Env:
        """What formulas see when they are evaluated for reading: what this person does not see is not there."""
        env = Env(
            now=context.now,
            today=context.today,
            user=context.person,
            zone=context.zone,
            fetch=self.store.get,
            children=self.store.lookup,
            period=period,
        )
        if self.rights.sight(context) is None:
            return env

        def fetch(entity: str, id: str) -> Row | None:
            row = self.store.get(entity, id)
            return row if row is not None and self.sees(context, entity, row) else None

        def children(entity: str, link: str, id: str) -> list[Row]:
            return [row for row in self.store.lookup(entity, link, id) if self.sees(context, entity, row)]

        return replace(env, fetch=fetch, children=children)

    def where(
        self, context: Context, entity: str, where: Formula | None, action: Action = "read"
    ) -> Formula | None:
        """The condition together with what this person may see (or export, …)."""
        visible = self.rights.visible(context, entity, action)
        if visible is None or where is None:
            return where if visible is None else self._sealed(context, visible)
        if visible.local and where.local:
            return both(where, visible)
        first, second = where.evaluate, self._sealed(context, visible).evaluate
        return replace(both(where, visible), _run=lambda row, env: first(row, env) and second(row, env))

    def _sealed(self, context: Context, visible: Formula) -> Formula:
        """A right that looks at other records looks at all of them, whatever else this person sees of them."""
        if visible.local:
            return visible
        whole = self.rights.env(context)
        return replace(visible, _run=lambda row, _: visible.evaluate(row, whole))

    def sees(self, context: Context, entity: str, row: Mapping[str, Any], env: Env | None = None) -> bool:
        """Whether this person may see this record. ``env``: of a transaction, which sees what it has written."""
        visible = self.rights.visible(context, entity)
        return visible is None or bool(visible.evaluate(row, env or self.rights.env(context)))

    # inside

    def _complete(
        self, context: Context, plan: EntityPlan, rows: list[Row], fields: Collection[str] | None = None
    ) -> list[Row]:
        """The rows with the formulas that are not columns worked out, as this person may see them."""
        env = self.env(context)
        if plan.virtual and not (fields is not None and plan.virtual.keys().isdisjoint(fields)):
            rows = [plan.completed(row, env) for row in rows]
        return self.rights.shown(context, plan.entity.name, rows, env)

    def _is_stored(self, context: Context, query: Query) -> bool:
        """Whether the store can answer: it looks at no other records, and searches only what this person sees."""
        if query.where is not None and not query.where.local:
            return False
        return not query.search.strip() or self._searches(context, query.table) is None

    def _searches(self, context: Context, entity: str) -> Sequence[str] | None:
        """The columns that a search of this person's may look at; ``None``: all that are searched."""
        sight = self.rights.sight(context)
        if sight is None:
            return None
        searched = self._under_all.plan(entity).table.search
        seen = tuple(name for name in searched if sight.sees(entity, name))
        return None if seen == searched else seen

    def _sift(self, context: Context, query: Query) -> list[Row]:
        """A query that the store cannot answer alone: page through, and look here."""
        found: list[Row] = []
        env, after = query.env, query.after
        assert env is not None
        plan, order = self.plan(query.table), keys_of(query.sort)
        columns = self._searches(context, query.table) if query.search.strip() else None
        asked = sought(query.search) if columns is not None else ()

        def fits(row: Row) -> bool:
            if columns is not None:
                words = tokens(str(row[name]) for name in columns if row.get(name) is not None)
                if not asked or not all(each.is_in(words) for each in asked):
                    return False
            return query.where is None or bool(query.where.evaluate(plan.completed(row, env), env))

        where = query.where if query.where is not None and query.where.local else None
        while len(found) < query.limit:
            rows = self.store.find(Query(query.table, where, query.search, query.sort, after, 500, env))
            found += filter(fits, rows)
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
