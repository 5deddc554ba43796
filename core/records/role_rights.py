"""Rights as the files of roles give them: which records a person reaches, and what of them is shown."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..catalog.catalog import Catalog
from ..catalog.scopes import scope_of
from ..catalog.sights import Sight, sight_of
from ..context import Context
from ..formula import Env, Formula, Scope, condition, either
from ..problems import Label, Problem
from ..schema.fields.secret import MASK
from ..schema.role import OWNER
from ..store.protocol import Store
from ..store.query import Event, Row
from .directory import Directory
from .plans import SERVICE_DOORS
from .rights import Action
from .shares import Shares
from .withholding import Withholding

__all__ = ["RoleRights"]

FREE_DOORS = SERVICE_DOORS | {"public"}
"""Doors behind which definitions act, or a form that was made for strangers: what they do is settled there."""

MOST = 2_000
"""Conditions that are kept: one for each person, entity and action."""

_SHARED: Mapping[Action, tuple[str, ...]] = {"read": ("read", "change"), "change": ("change",)}
"""Which shares give a right on a record."""


class RoleRights:
    """The rights of everybody under one catalog. Whoever has the role ``owner`` costs nothing but that one look."""

    def __init__(self, catalog: Catalog, store: Store) -> None:
        self._catalog, self._store = catalog, store
        self._directory, self._shares = Directory(store), Shares(store)
        self._withholding = Withholding(catalog)
        self._lock = threading.Lock()
        self._sights: dict[Any, Sight | None] = {}
        self._scopes: dict[str, Scope] = {}
        self._conditions: dict[Any, tuple[Any, Formula | None]] = {}

    def sight(self, context: Context) -> Sight | None:
        """Which entities and fields there are for the actor; ``None``: all."""
        if context.door in FREE_DOORS or (context.scopes is None and OWNER in context.roles):
            return None
        key = (context.roles, context.scopes)
        if key not in self._sights:
            if len(self._sights) >= MOST:
                self._sights.clear()
            self._sights[key] = sight_of(self._catalog, *key)
        return self._sights[key]

    def label(self, entity: str) -> Label:
        """What people call the records of an entity."""
        known = self._catalog.entities.get(entity)
        return known.shown if known is not None else Label(entity, entity)

    def allows(
        self,
        context: Context,
        action: Action,
        entity: str,
        record: Mapping[str, Any] | None,
        fields: Iterable[str],
    ) -> bool:
        """Whether a role, or a share, gives the actor this right."""
        sight = self.sight(context)
        if sight is None:
            return True
        if entity not in sight.granted:
            return False
        reaches = self.reaches(context, action, entity)
        if record is None:
            return any(formula is None or formula.text != "false" for _, formula in reaches)
        env = self.env(context)
        able = [role for role, formula in reaches if formula is None or formula.evaluate(record, env)]
        if action == "read":
            return bool(able) and all(self._may_see(context, entity, record, name) for name in fields)
        return bool(able) and all(self._may_give(sight, entity, able, name) for name in fields)

    def _may_see(self, context: Context, entity: str, record: Mapping[str, Any], field: str) -> bool:
        """Whether a field is shown as it is on this record."""
        shown = self.shown(context, entity, [dict(record)], self.env(context))[0]
        return field in shown and shown[field] == record.get(field)

    def _may_give(self, sight: Sight, entity: str, roles: Iterable[str], field: str) -> bool:
        """Whether one of these roles lets its people fill in a field; a share does what the person's roles do."""
        given = [sight.granted[entity][role] for role in roles if role in sight.granted[entity]]
        given = given or list(sight.granted[entity].values())
        return any(field not in allowed.read_only and field not in allowed.hide for allowed in given)

    def visible(self, context: Context, entity: str, action: Action = "read") -> Formula | None:
        """The condition that a record must meet; ``None``: all do."""
        if self.sight(context) is None:
            return None
        stamp = self._stamp(context, entity, action)
        key = (context.roles, context.scopes, context.person, entity, action)
        with self._lock:
            known = self._conditions.get(key)
        if known is not None and known[0] == stamp:
            return known[1]
        reaches = self.reaches(context, action, entity)
        formulas = [formula for _, formula in reaches if formula is not None]
        found = None
        if len(formulas) == len(reaches):
            different = list({formula.text: formula for formula in formulas}.values())
            found = either(*different) if different else self._nothing(entity)
        with self._lock:
            if len(self._conditions) >= MOST:
                self._conditions.clear()
            self._conditions[key] = (stamp, found)
        return found

    def _stamp(self, context: Context, entity: str, action: Action) -> Any:
        """Another one as soon as the condition may be another: somebody moved, or something was shared."""
        given = self._sight_of(context).granted.get(entity, {}).values()
        moves = any(allowed.reach(action).startswith("team") for allowed in given)
        shared = self._shares.stamp if action in _SHARED else 0
        return self._directory.stamp if moves or shared else None, shared

    def reaches(self, context: Context, action: Action, entity: str) -> list[tuple[str, Formula | None]]:
        """Each role that gives the action, and ``share``, with the records that it reaches (``None``: all)."""
        sight = self.sight(context)
        if sight is None:
            return [(OWNER, None)]
        found: list[tuple[str, Formula | None]] = []
        for role, allowed in sight.granted.get(entity, {}).items():
            reach = allowed.reach(action)
            if reach == "all":
                found.append((role, None))
            elif reach != "none":
                found.append((role, self._reached(context, role, action, entity, reach)))
        shared = self._shared(context, action, entity)
        return [*found, ("share", shared)] if shared is not None else found

    def _reached(self, context: Context, role: str, action: str, entity: str, reach: str) -> Formula:
        if reach.startswith("="):
            return self._catalog.formulas["role", role, "can", entity, action]
        if context.person is None:
            return self._nothing(entity)
        owner = self._catalog.entities[entity].owner_field
        if reach == "own":
            return condition(self._scope(entity), owner, "is", context.person)
        circle = self._directory.circle(context.person)
        people = circle.team if reach == "team" else circle.below
        return condition(self._scope(entity), owner, "in", sorted(people))

    def _shared(self, context: Context, action: Action, entity: str) -> Formula | None:
        rights, person = _SHARED.get(action), context.person
        scopes = context.scopes
        if rights is None or person is None or entity not in self._sight_of(context).granted:
            return None
        if action == "change" and scopes is not None and {"write", f"{entity}:write"}.isdisjoint(scopes):
            return None
        ids = self._shares.ids(entity, rights, person, self._directory.circle(person).teams)
        return condition(self._scope(entity), "id", "in", sorted(ids)) if ids else None

    def _sight_of(self, context: Context) -> Sight:
        sight = self.sight(context)
        assert sight is not None
        return sight

    def _nothing(self, entity: str) -> Formula:
        return condition(self._scope(entity), "id", "in", [])

    def _scope(self, entity: str) -> Scope:
        """Always the same one: formulas are equal only on one scope."""
        return self._scopes.setdefault(entity, scope_of(self._catalog, entity))

    def env(self, context: Context) -> Env:
        """What the conditions of rights look at: everything, whoever asks."""
        return Env(
            now=context.now,
            today=context.today,
            user=context.person,
            zone=context.zone,
            fetch=self._store.get,
            children=self._store.lookup,
        )

    # what is shown

    def shown(self, context: Context, entity: str, rows: list[Row], env: Env) -> list[Row]:
        """The rows without hidden fields, with dots (or nothing) where a field is kept back on that record."""
        sight = self.sight(context)
        if sight is None:
            return rows
        hidden, veils = sight.hidden.get(entity, frozenset()), sight.veils.get(entity, {})
        if not hidden and not veils:
            return rows
        whole = self.env(context) if veils else env
        reaches = dict(self.reaches(context, "read", entity)) if veils else {}
        return [self._veiled(entity, row, hidden, veils, reaches, whole) for row in rows]

    def _veiled(
        self,
        entity: str,
        row: Row,
        hidden: frozenset[str],
        veils: Mapping[str, Any],
        reaches: Mapping[str, Formula | None],
        env: Env,
    ) -> Row:
        kept = {name: value for name, value in row.items() if name not in hidden}
        reached = _remembered(reaches, row, env)
        for name, ways in veils.items():
            if kept.get(name) is None:
                continue
            clear = any(
                reached(way.role) and (way.mask is None or not way.mask.evaluate(row, env)) for way in ways
            )
            if not clear:
                text = self._catalog.entities[entity].fields[name].column == "text"
                kept[name] = MASK if text else None
        return kept

    def told(self, context: Context, entity: str, problems: Sequence[Problem]) -> list[Problem]:
        """The problems, each that speaks of something hidden in other words."""
        sight = self.sight(context)
        return list(problems) if sight is None else self._withholding.problems(sight, entity, problems)

    def heard(self, context: Context, entity: str, events: list[Event]) -> list[Event]:
        """The events without what is hidden; those that changed nothing else are left out."""
        sight = self.sight(context)
        return events if sight is None else self._withholding.events(sight, entity, events)


def _remembered(
    reaches: Mapping[str, Formula | None], row: Mapping[str, Any], env: Env
) -> Callable[[str], bool]:
    """Whether a role's right reaches the record (or a share does, which shows what the role would), asked once each."""
    known: dict[str, bool] = {}

    def reached(role: str) -> bool:
        if role not in known:
            formulas = [reaches[name] for name in (role, "share") if name in reaches]
            known[role] = any(formula is None or bool(formula.evaluate(row, env)) for formula in formulas)
        return known[role]

    return reached
