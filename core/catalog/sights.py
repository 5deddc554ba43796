"""What people of some roles see of a catalog: which entities and fields there are for them, and which they may fill in.

A :class:`Sight` is worked out once for each set of roles (and of a token's scopes). It says nothing of single records:
how far a right reaches is asked of every record (:mod:`kehu.core.records.rights`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from ..formula import Formula
from ..schema.entity import Entity
from ..schema.fields.computed import Rollup
from ..schema.fields.field import Field
from ..schema.fields.links import PEOPLE, TEAMS
from ..schema.role import OWNER, RECORD_ACTIONS, Allowed
from .catalog import Catalog
from .paths import along

__all__ = ["EVERYTHING", "Sight", "Way", "sight_of"]

EVERYTHING = Allowed.model_validate(dict.fromkeys(RECORD_ACTIONS, True))
"""What the role ``owner`` gives on every entity."""

NOTICES = "notification"
NONE: frozenset[str] = frozenset()
_SHOWN_OF_PEOPLE = ("link", "user", "team", "yes_no")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to see a field of a record in the clear: the role's right reaches the record, and no mask holds there."""

    role: str
    mask: Formula | None


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is for people of these roles.

    ``granted``: entity → role → what it gives; ``hidden``: entity → fields that do not exist; ``read_only``: those
    that cannot be given; ``veils``: fields that are seen on some records only → the ways to see them; ``views`` and
    ``dashboards``: ``None`` for all that show what is seen.
    """

    key: str
    granted: Mapping[str, Mapping[str, Allowed]]
    hidden: Mapping[str, frozenset[str]]
    read_only: Mapping[str, frozenset[str]]
    veils: Mapping[str, Mapping[str, tuple[Way, ...]]]
    views: frozenset[str] | None
    dashboards: frozenset[str] | None
    plan: bool

    def sees(self, entity: str, field: str) -> bool:
        """Whether there is such a field, and it is the same on every record that is seen."""
        return (
            entity in self.granted
            and field not in self.hidden.get(entity, NONE)
            and field not in self.veils.get(entity, {})
        )

    def reads(
        self, catalog: Catalog, formulas: Iterable[Formula | None], entity: str, but: Collection[str] = ()
    ) -> bool:
        """Whether formulas on ``entity`` look only at what is seen; ``but``: fields of it that do not matter."""
        for formula in formulas:
            for path in formula.uses if formula is not None else ():
                for owner, field in along(path, entity, catalog.entities, catalog.links):
                    if not self.sees(owner, field) and not (owner == entity and field in but):
                        return False
        return True


def sight_of(catalog: Catalog, roles: Collection[str], scopes: Collection[str] | None) -> Sight | None:
    """What these roles see, at most as far as the scopes of a token go; ``None``: everything there is."""
    if OWNER in roles and scopes is None:
        return None
    granted: dict[str, dict[str, Allowed]] = {}
    counted = [name for name in sorted(roles) if name == OWNER or name in catalog.roles]
    for role in counted:
        given = (
            dict.fromkeys(catalog.entities, EVERYTHING)
            if role == OWNER
            else {**_usual(catalog), **catalog.roles[role].can}
        )
        for entity, allowed in given.items():
            limited = _limited(allowed, entity, scopes)
            if limited.read != "none":
                granted.setdefault(entity, {})[role] = limited
    granted = {entity: granted[entity] for entity in catalog.entities if entity in granted}
    sight = Sight(
        _key(counted, scopes),
        granted,
        {entity: _hidden(given.values()) for entity, given in granted.items()},
        {entity: _read_only(given.values()) for entity, given in granted.items()},
        {entity: _veils(catalog, entity, given) for entity, given in granted.items()},
        _listed(catalog, counted, "views"),
        _listed(catalog, counted, "dashboards"),
        any(name == OWNER or catalog.roles[name].plan for name in counted),
    )
    return _with_what_follows(catalog, sight)


def _key(roles: list[str], scopes: Collection[str] | None) -> str:
    return sha256(repr((roles, None if scopes is None else sorted(scopes))).encode()).hexdigest()[:16]


def _usual(catalog: Catalog) -> Mapping[str, Allowed]:
    """What every role gives unless it says otherwise: who works here in which team, and one's own notices."""
    usual = {}
    for name in (PEOPLE, TEAMS):
        entity = catalog.entities[name]
        hide = tuple(
            field
            for field, kind in entity.fields.items()
            if field != entity.title_field and kind.type not in _SHOWN_OF_PEOPLE
        )
        usual[name] = Allowed(read="all", hide=hide)
    usual[NOTICES] = Allowed(read="own", change="own", delete="own")
    return usual


def _limited(allowed: Allowed, entity: str, scopes: Collection[str] | None) -> Allowed:
    """What a token leaves of a right. Who may write may read what was written; names of people are always there."""
    if scopes is None:
        return allowed
    writes = not {"write", f"{entity}:write"}.isdisjoint(scopes)
    reads = writes or not {"read", f"{entity}:read"}.isdisjoint(scopes)
    keeps = {
        "read": reads or (entity in (PEOPLE, TEAMS) and bool(scopes)),
        **dict.fromkeys(("create", "change", "delete"), writes),
        "export": reads and "export" in scopes,
    }
    update: dict[str, Any] = {key: "none" for key, kept in keeps.items() if not kept}
    if not (writes and "import" in scopes):
        update["import_"] = False
    return allowed.model_copy(update=update)


def _hidden(given: Collection[Allowed]) -> frozenset[str]:
    return frozenset.intersection(*(frozenset(allowed.hide) for allowed in given))


def _read_only(given: Collection[Allowed]) -> frozenset[str]:
    """Fields that no role lets one fill in."""
    writers = [allowed for allowed in given if (allowed.create, allowed.change) != ("none", "none")]
    locked = [frozenset((*allowed.read_only, *allowed.hide)) for allowed in writers]
    return frozenset.intersection(*locked) if locked else NONE


def _veils(catalog: Catalog, entity: str, given: Mapping[str, Allowed]) -> dict[str, tuple[Way, ...]]:
    """Fields that are seen on some records only: masked, or shown by some of the roles whose rights reach apart."""
    named = {field for allowed in given.values() for field in (*allowed.mask, *allowed.hide)}
    named -= _hidden(given.values())
    veils = {}
    for field in named:
        ways = []
        for role, allowed in given.items():
            mask = catalog.formulas.get(("role", role, "can", entity, "mask", field))
            if field not in allowed.hide and not _always(mask):
                ways.append(Way(role, mask))
        if not any(way.mask is None and given[way.role].read == "all" for way in ways):
            veils[field] = tuple(ways)
    return veils


def _always(mask: Formula | None) -> bool:
    return mask is not None and mask.text.strip().upper() == "TRUE"


def _listed(catalog: Catalog, roles: Iterable[str], key: str) -> frozenset[str] | None:
    found: set[str] = set()
    for role in roles:
        named = None if role == OWNER else getattr(catalog.roles[role], key)
        if named is None:
            return None
        found |= set(named)
    return frozenset(found)


def _with_what_follows(catalog: Catalog, sight: Sight) -> Sight:
    """Fields that are worked out from what is not seen, or lead to it, are not seen either; titles always are."""
    hidden = {entity: set(names) for entity, names in sight.hidden.items()}
    current = sight
    while True:
        found = [
            (entity, name)
            for entity in sight.granted
            for name, field in catalog.entities[entity].fields.items()
            if name not in hidden[entity]
            and name != catalog.entities[entity].title_field
            and not all(_seen(catalog, current, catalog.entities[entity], name, field))
        ]
        if not found:
            return current
        for entity, name in found:
            hidden[entity].add(name)
        current = Sight(
            sight.key, sight.granted, {entity: frozenset(names) for entity, names in hidden.items()},
            sight.read_only, MappingProxyType(sight.veils), sight.views, sight.dashboards, sight.plan,
        )  # fmt: skip


def _seen(catalog: Catalog, sight: Sight, entity: Entity, name: str, field: Field) -> Iterator[bool]:
    """Whether each thing that a field rests on is seen."""
    for target in (field.leads_to, field.leads_to_many):
        yield target is None or target in sight.granted
    if field.type == "children":
        child, _, link = str(getattr(field, "of", "")).partition(".")
        yield sight.sees(child, link)
    elif isinstance(field, Rollup):
        yield sight.sees(field.child, catalog.rollup_link(entity.name, name))
        yield field.child_field is None or sight.sees(field.child, field.child_field)
        where = catalog.formulas.get(("entity", entity.name, "fields", name, "where"))
        yield field.child in sight.granted and sight.reads(catalog, (where,), field.child)
    elif field.type == "formula":
        formula = catalog.formulas.get(("entity", entity.name, "fields", name, "formula"))
        yield sight.reads(catalog, (formula,), entity.name)
