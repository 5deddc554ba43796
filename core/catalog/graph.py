"""The dependency graph: who refers to whom, and where it is written. Checks, ``why`` and plans all read it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..problems import Place

__all__ = ["Edge", "Graph"]


@dataclass(frozen=True, slots=True)
class Edge:
    """One reference: ``source`` refers to ``target``, at ``place``.

    Both are written as people name them: ``entity customer``, ``field customer.phone``, ``stage sales.won``,
    ``metric sales``; ``how`` says by what: ``formula``, ``link``, ``column``, ``require``, ``of``, ….
    """

    source: str
    target: str
    how: str
    place: Place | None


@dataclass(frozen=True)
class Graph:
    """All references between definitions."""

    edges: tuple[Edge, ...]

    def users_of(self, target: str) -> tuple[Edge, ...]:
        """What refers to this, in the order of the definitions."""
        return tuple(self._by_target.get(target, ()))

    def used_by(self, source: str) -> tuple[Edge, ...]:
        """What this refers to."""
        return tuple(self._by_source.get(source, ()))

    @cached_property
    def _by_target(self) -> Mapping[str, list[Edge]]:
        return _grouped((edge.target, edge) for edge in self.edges)

    @cached_property
    def _by_source(self) -> Mapping[str, list[Edge]]:
        return _grouped((edge.source, edge) for edge in self.edges)


def _grouped(pairs: Iterable[tuple[str, Edge]]) -> Mapping[str, list[Edge]]:
    grouped: dict[str, list[Edge]] = defaultdict(list)
    for key, edge in pairs:
        grouped[key].append(edge)
    return dict(grouped)
