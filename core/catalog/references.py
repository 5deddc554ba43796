"""The edges of the dependency graph, read off the definitions: every reference with its file, line and column."""

from collections.abc import Iterator, Mapping
from typing import Any

from .compiling import Compiled
from .graph import Edge
from .paths import along
from .places import Where
from .resolving import Links

__all__ = ["references"]


def references(
    definitions: Mapping[str, Mapping[str, Any]], compiled: Compiled, links: Links, where: Where
) -> Iterator[Edge]:
    """Every reference of every definition."""
    yield from _links(definitions, where)
    yield from _formulas(definitions, compiled, links, where)
    for kind, named in definitions.items():
        for name, definition in named.items():
            source = f"{kind} {name}"
            for target, how, path in (
                _named_by_role(definition) if kind == "role" else _named(kind, definition)
            ):
                yield Edge(source, target, how, where.place(kind, name, *path))


def _links(definitions: Mapping[str, Mapping[str, Any]], where: Where) -> Iterator[Edge]:
    for name, entity in definitions["entity"].items():
        for field, kind in entity.fields.items():
            source = f"field {name}.{field}"

            def edge(
                target: str, key: str, source: str = source, name: str = name, field: str = field
            ) -> Edge:
                return Edge(source, target, key, where.place("entity", name, "fields", field, key))

            if (to := kind.leads_to or kind.leads_to_many) is not None:
                yield edge(f"entity {to}", "to" if hasattr(kind, "to") else "type")
            match kind.type:
                case "children":
                    yield edge(f"field {kind.of}", "of")
                case "stage":
                    yield edge(f"flow {kind.flow}", "flow")
                case "rollup":
                    target = (
                        f"field {kind.child}.{kind.child_field}"
                        if kind.child_field
                        else f"entity {kind.child}"
                    )
                    yield edge(target, kind.aggregate)


def _formulas(
    definitions: Mapping[str, Mapping[str, Any]], compiled: Compiled, links: Links, where: Where
) -> Iterator[Edge]:
    for key, formula in compiled.formulas.items():
        kind, name, *path = key
        definition = definitions[str(kind)][str(name)]
        source = f"field {name}.{path[1]}" if kind == "entity" and path[0] == "fields" else f"{kind} {name}"
        here = _stands_on(str(kind), definition, path)
        place = where.place(str(kind), str(name), *path)
        for used in sorted(formula.uses):
            for owner, field in along(used, here, compiled.entities, links):
                yield Edge(source, f"field {owner}.{field}", "formula", place)


def _stands_on(kind: str, definition: Any, path: list[str | int]) -> str:
    if kind == "entity" and path[0] == "fields" and len(path) > 3:
        return f"{definition.entity}.{path[1]}"  # on a row of a table: its names lead nowhere else
    if kind == "entity":
        rollup_condition = path[0] == "fields" and path[2] == "where"
        return str(definition.fields[path[1]].child if rollup_condition else definition.entity)
    if kind == "role":
        return str(path[1])
    return str(definition.of if kind == "metric" else definition.entity)


def _named(kind: str, one: Any) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """(target, how, path) of everything a definition names outside its formulas."""
    match kind:
        case "entity":
            for i, rule in enumerate(one.rules):
                for j, field in enumerate(rule.require):
                    yield f"field {one.entity}.{field}", "require", ("rules", i, "require", j)
            for i, unique in enumerate(one.unique):
                for field in unique.fields:
                    yield f"field {one.entity}.{field}", "unique", ("unique", i)
        case "form":
            yield f"entity {one.entity}", "entity", ("entity",)
            for s, section in enumerate(one.sections):
                for f, item in enumerate(section.fields):
                    yield f"field {one.entity}.{item.field}", "form", ("sections", s, "fields", f)
        case "view":
            yield f"entity {one.entity}", "entity", ("entity",)
            for i, column in enumerate(one.columns):
                yield f"field {one.entity}.{column}", "column", ("columns", i)
            for i, sort in enumerate(one.sort):
                yield f"field {one.entity}.{sort.lstrip('-')}", "sort", ("sort", i)
            for key, field in one.moments.items():
                yield f"field {one.entity}.{field}", key, (key,)
        case "flow":
            yield f"field {one.entity}.{one.field}", "field", ("field",)
            for i, gate in enumerate(one.gates):
                for j, field in enumerate(gate.require):
                    yield f"field {one.entity}.{field}", "require", ("gates", i, "require", j)
                for stage in gate.to:
                    yield f"stage {one.flow}.{stage}", "gate", ("gates", i, "to")
        case "automation":
            trigger = one.trigger
            yield f"entity {trigger.entity}", "on", ("on",)
            if trigger.field is not None:
                yield f"field {trigger.entity}.{trigger.field}", "on", ("on",)
            for i, step in enumerate(one.do):
                if step.create is not None:
                    yield f"entity {step.create}", "create", ("do", i, "create")
                for field in step.set:
                    yield f"field {step.create or trigger.entity}.{field}", "set", ("do", i, "set", field)
        case "metric":
            if one.of is not None:
                yield f"entity {one.of}", "of", ("of",)
            for i, field in enumerate(one.by):
                yield f"field {one.of}.{field}", "by", ("by", i)
            for i, other in enumerate(one.ratio or ()):
                yield f"metric {other}", "ratio", ("ratio", i)
        case "dashboard":
            for i, item in enumerate(one.items):
                yield f"metric {item.metric}", "item", ("items", i, "metric")


def _named_by_role(role: Any) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    for entity, allowed in role.can.items():
        yield f"entity {entity}", "right", ("can", entity)
        for key in ("hide", "read_only", "mask"):
            for i, field in enumerate(getattr(allowed, key)):
                yield f"field {entity}.{field}", key, ("can", entity, key, field if key == "mask" else i)
