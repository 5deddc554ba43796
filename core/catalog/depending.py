"""How computed fields lean on each other: no circles, no endless chains, and what one value costs to work out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..formula import MOST_LEVELS, MOST_STEPS, FieldShape, Formula, Weight, Worked
from ..problems import Problem
from ..schema.entity import Entity
from .catalog import Key
from .paths import along
from .places import Where
from .resolving import Links

__all__ = ["LONGEST_CHAIN", "check_dependence"]

LONGEST_CHAIN = 100
"""How many computed fields may build on each other in a row."""

Node = tuple[str, str]
"""A field: its entity and its name."""


@dataclass(frozen=True, slots=True)
class _Fields:
    formulas: Mapping[Key, Formula]
    entities: Mapping[str, Entity]
    links: Links
    where: Where


def check_dependence(
    formulas: Mapping[Key, Formula], entities: Mapping[str, Entity], links: Links, where: Where
) -> list[Problem]:
    """Computed fields that need their own value, each circle told once with its path; chains that are too long; and,
    where there are neither, formulas that cost too much with all they read.
    """
    fields = _Fields(formulas, entities, links, where)
    height: dict[Node, int] = {}
    found = list(_chains(fields, _reads(fields), height))
    return found or list(_costly(fields, height))


def _reads(fields: _Fields) -> dict[Node, list[Node]]:
    """Computed field → the fields it is worked out from, those of other entities too."""
    entities, formulas, links = fields.entities, fields.formulas, fields.links
    reads = {
        (str(key[1]), str(key[3])): _read(formula, str(key[1]), entities, links)
        for key, formula in formulas.items()
        if key[0] == "entity" and key[2] == "fields" and key[-1] == "formula" and len(key) == 5
    }
    for key, formula in formulas.items():
        if key[0] == "entity" and key[2] == "fields" and key[-1] == "formula" and len(key) > 5:
            owner = f"{key[1]}.{key[3]}"  # a column of a table reads its own row
            reads[owner, str(key[5])] = {(owner, path[0]) for path in formula.uses}
    for name, entity in entities.items():
        for field, kind in entity.fields.items():
            if kind.type == "rollup":
                child: str = getattr(kind, "child", "")
                condition = formulas.get(("entity", name, "fields", field, "where"))
                read = _read(condition, child, entities, links) if condition else set()
                reads[name, field] = read | {(child, getattr(kind, "child_field", None) or "")}
    return {node: sorted(below) for node, below in reads.items()}


def _read(formula: Formula, entity: str, entities: Mapping[str, Entity], links: Links) -> set[Node]:
    """The fields behind dotted paths, each with the entity it belongs to: ``owner.name`` reads two."""
    return {read for path in formula.uses for read in along(path, entity, entities, links)}


def _chains(fields: _Fields, reads: Mapping[Node, list[Node]], height: dict[Node, int]) -> Iterator[Problem]:
    """Walks down from every field with a list of its own, as a chain may be longer than Python's stack. ``height`` is
    filled: how many fields stand below each.
    """
    told = False
    for start in reads:
        path: list[Node] = []
        waiting: list[tuple[Node, bool]] = [(start, False)]
        while waiting:
            node, done = waiting.pop()
            if done:
                path.pop()
                height[node] = 1 + max((height.get(below, 0) for below in reads[node]), default=0)
                if height[node] > LONGEST_CHAIN and not told:
                    told = True
                    yield _told(fields, "formula_chain_too_long", node, _shown([node, *reads[node]]))
            elif node in path:
                circle = [*path[path.index(node) :], node]
                yield _told(fields, "circular_fields", node, _shown(circle))
            elif node not in height and node in reads:
                path.append(node)
                waiting.append((node, True))
                waiting += ((below, False) for below in reversed(reads[node]))


def _told(fields: _Fields, code: str, node: Node, path: str) -> Problem:
    entity, _, table = node[0].partition(".")
    above = ("fields", table) if table else ()
    place = fields.where.place("entity", entity, *above, "fields", node[1], "formula")
    return Problem(code, {"path": path, "limit": LONGEST_CHAIN}, place)


def _shown(nodes: list[Node]) -> str:
    return " → ".join(".".join(node) for node in nodes)


def _costly(fields: _Fields, height: Mapping[Node, int]) -> Iterator[Problem]:
    """Formulas that cost too much or nest too deep, fields that are worked out on sight counted in."""
    known: dict[Worked | None, Weight] = {}

    def weight_of(field: FieldShape) -> Weight:
        return known.get(field.worked, (0, 0))

    for entity, name in sorted(height, key=lambda node: height[node]):  # each after those it reads
        own = fields.formulas.get(("entity", entity, "fields", name, "formula"))
        if own is not None:
            known[own.scope.entity.fields[name].worked] = own.weight(weight_of)
    known.pop(None, None)
    for key, formula in fields.formulas.items():
        cost, depth = formula.weight(weight_of)
        if cost > MOST_STEPS or depth > MOST_LEVELS:
            code = "formula_too_costly" if cost > MOST_STEPS else "formula_too_deep"
            limit = MOST_STEPS if cost > MOST_STEPS else MOST_LEVELS
            problem = Problem(code, {"cost": cost, "limit": limit})
            yield fields.where.in_formula(problem, str(key[0]), str(key[1]), *key[2:])
