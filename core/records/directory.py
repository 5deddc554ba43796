"""Who stands where: the teams, and the people in them and below them, kept at hand while nobody moves."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..schema.fields.links import PEOPLE, TEAMS
from ..store.protocol import Store

__all__ = ["Circle", "Directory"]


@dataclass(frozen=True, slots=True)
class Circle:
    """The people whom a right of one person reaches, that person included: of the team, and of all teams below too."""

    team: frozenset[str]
    below: frozenset[str]
    teams: frozenset[str] = frozenset()
    """The teams that the person belongs to or manages."""


@dataclass(slots=True)
class _Everybody:
    """All people and teams of one moment."""

    team_of: dict[str, str] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    below: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    managed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    reports: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Directory:
    """Asks the store once for everybody, and again when a person or a team has changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] = (-1, -1)
        self._everybody = _Everybody()
        self._circles: dict[str, Circle] = {}

    @property
    def stamp(self) -> tuple[int, int]:
        """Another one as soon as a person or a team has changed."""
        return self._store.revision(PEOPLE), self._store.revision(TEAMS)

    def circle(self, person: str) -> Circle:
        """Whom the rights of this person reach.

        The team is one's own and those that one manages; below stand the teams inside them, and whoever reports to
        the person, directly or not.
        """
        with self._lock:
            stamp = self.stamp
            if stamp != self._stamp:
                self._everybody, self._circles, self._stamp = self._asked(), {}, stamp
            known = self._circles.get(person)
            if known is None:
                known = self._circles[person] = _circle(self._everybody, person)
            return known

    def _asked(self) -> _Everybody:
        found = _Everybody()
        for row in self._store.rows(TEAMS):
            if row.get("parent"):
                found.below[row["parent"]].add(row["id"])
            if row.get("manager"):
                found.managed[row["manager"]].add(row["id"])
        for row in self._store.rows(PEOPLE):
            if row.get("team"):
                found.team_of[row["id"]] = row["team"]
                found.members[row["team"]].add(row["id"])
            if row.get("manager"):
                found.reports[row["manager"]].add(row["id"])
        return found


def _circle(everybody: _Everybody, person: str) -> Circle:
    own = everybody.team_of.get(person)
    teams = {*everybody.managed.get(person, ()), *([own] if own is not None else ())}
    team = {person, *_members(everybody, teams)}
    below = {
        *team,
        *_members(everybody, _downwards(everybody.below, teams)),
        *_downwards(everybody.reports, {person}),
    }
    return Circle(frozenset(team), frozenset(below), frozenset(teams))


def _members(everybody: _Everybody, teams: Iterable[str]) -> set[str]:
    return {member for team in teams for member in everybody.members.get(team, ())}


def _downwards(steps: Mapping[str, set[str]], start: Iterable[str]) -> set[str]:
    """Everything that the steps lead to from there, each looked at once, so that a circle ends too."""
    found = set(start)
    waiting = list(found)
    while waiting:
        more = steps.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return found
