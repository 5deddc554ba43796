"""Compiling every formula and message text of the definitions, and finding out what computed fields give."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..formula import (
    EntityShape,
    Env,
    FieldShape,
    Formula,
    FormulaError,
    FunctionTable,
    Scope,
    TextTemplate,
    Type,
    compile_formula,
    compile_text,
)
from ..problems import Label, Problem
from ..schema.definition import formulas as formulas_in
from ..schema.entity import Entity
from ..schema.fields.field import Field
from ..schema.fields.table import Table
from .catalog import Key
from .depending import check_dependence
from .places import Where
from .resolving import Links
from .scopes import shapes_of, tables_of

__all__ = ["Compiled", "compile_all"]

OF_FIELD = 5
"""Steps to the formula of a field: entity, its name, fields, the field, formula. Columns of tables lie deeper."""

Types = dict[tuple[str, str], Type]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of compiling: formulas and texts by place, entities whose computed fields know their type, shapes."""

    entities: Mapping[str, Entity]
    formulas: Mapping[Key, Formula]
    texts: Mapping[Key, Mapping[str, TextTemplate]]
    shapes: Mapping[str, EntityShape]
    problems: tuple[Problem, ...]


def compile_all(
    definitions: Mapping[str, Mapping[str, Any]],
    links: Links,
    functions: FunctionTable,
    currency: str,
    where: Where,
) -> Compiled:
    """Compile everything there is to compile; every mistake is a problem at its place in its file."""
    types, stored = _computed_types(definitions["entity"], links, functions)
    entities = {name: _typed(entity, types, currency) for name, entity in definitions["entity"].items()}
    shapes = shapes_of(entities, links, types, stored)
    formulas: dict[Key, Formula] = {}
    texts: dict[Key, Mapping[str, TextTemplate]] = {}
    problems: list[Problem] = []
    for kind, named in {**definitions, "entity": entities}.items():
        for name, definition in named.items():
            for path, text, mark in formulas_in(definition):
                scope = _scope(kind, definition, path, shapes, functions)
                if scope is None:
                    continue
                expects = mark.expects or _field_filled(kind, definition, path, shapes)
                try:
                    formulas[kind, name, *path] = compile_formula(text, scope, expects)
                except FormulaError as error:
                    problems += [where.in_formula(problem, kind, name, *path) for problem in error.problems]
            texts.update(_messages(kind, definition, shapes, functions, where, problems))
    for key, formula in formulas.items():
        if key[0] == "entity" and key[-1] == "formula" and len(key) == OF_FIELD:
            worked = shapes[str(key[1])].fields[str(key[3])].worked
            if worked is not None:
                worked.value = _fitted(entities[str(key[1])].fields[str(key[3])], formula)
    problems += check_dependence(formulas, entities, links, where)
    return Compiled(entities, formulas, texts, shapes, tuple(problems))


def _computed_types(
    entities: Mapping[str, Entity], links: Links, functions: FunctionTable
) -> tuple[Types, set[tuple[str, str]]]:
    """The type of every formula and rollup field, and which formulas are columns.

    Fields may build on each other in any order, so this goes round until nothing changes; each round settles at
    least one more field, so there are never more rounds than fields.
    """
    owners = [(name, entity.fields) for name, entity in entities.items()]
    owners += [(owner, table.fields) for owner, table in tables_of(entities)]
    computed = {
        (name, field): kind
        for name, fields in owners
        for field, kind in fields.items()
        if kind.type in ("formula", "rollup")
    }
    types: Types = {}
    stored = {key for key, kind in computed.items() if kind.type == "formula"}
    for _ in range(len(computed) + 1):
        shapes = shapes_of(entities, links, types, stored)
        found: Types = {}
        local = set()
        for (entity, field), kind in computed.items():
            if kind.type == "rollup":
                found[entity, field] = _rollup_type(kind, shapes)
                continue
            try:
                formula = compile_formula(
                    getattr(kind, "formula", ""), Scope(shapes[entity], shapes, {}, functions)
                )
            except FormulaError:
                continue  # told when everything is compiled, at its place
            found[entity, field] = formula.tree.type
            if formula.local and not formula.volatile:
                local.add((entity, field))
        if _plain(found) == _plain(types) and local == stored:
            break
        types, stored = found, local
    return types, stored


def _plain(types: Types) -> dict[tuple[str, str], tuple[str, str | None]]:
    return {field: (type_.name, type_.currency) for field, type_ in types.items()}


def _fitted(field: Any, formula: Formula) -> Callable[[Mapping[str, Any], Env], Any]:
    return lambda row, env: field.fit(formula.evaluate(row, env))


def _rollup_type(rollup: Any, shapes: Mapping[str, EntityShape]) -> Type:
    if rollup.aggregate == "count":
        return Type("number")
    child = shapes.get(rollup.child)
    field = child.fields.get(rollup.child_field) if child else None
    return field.result if field else Type("unknown")


def _typed(entity: Entity, types: Types, currency: str) -> Entity:
    fields: dict[str, Field] = {}
    for name, field in _typed_fields(entity.entity, entity.fields, types, currency).items():
        if isinstance(field, Table):
            columns = _typed_fields(f"{entity.entity}.{name}", field.fields, types, currency)
            fields[name] = field.model_copy(update={"fields": columns})
        else:
            fields[name] = field
    return entity.model_copy(update={"fields": fields})


def _typed_fields(owner: str, fields: Mapping[str, Field], types: Types, currency: str) -> dict[str, Field]:
    return {
        name: field.model_copy(update=_result(field, types[owner, name], currency))
        if field.type in ("formula", "rollup") and (owner, name) in types
        else field
        for name, field in fields.items()
    }


def _result(field: Any, type_: Type, currency: str) -> dict[str, Any]:
    counts = field.type == "rollup" and field.aggregate == "count"
    return {"result": type_.name, "currency": type_.currency or currency} | (
        {"decimals": 0} if counts else {}
    )


def _scope(
    kind: str,
    definition: Any,
    path: tuple[str | int, ...],
    shapes: Mapping[str, EntityShape],
    functions: FunctionTable,
) -> Scope | None:
    """On which entity a formula stands; ``None`` where the definition names one that is not there (told elsewhere)."""
    variables: dict[str, str] = {}
    if kind == "entity":
        entity = definition.entity
        if path[0] == "fields" and path[2] == "where":
            entity = definition.fields[path[1]].child
        elif path[0] == "fields" and isinstance(definition.fields[path[1]], Table) and len(path) > 3:
            entity = f"{entity}.{path[1]}"  # it stands on a row of the table
    elif kind == "metric":
        entity = definition.of
    elif kind == "role":
        entity = path[1]
    else:
        entity = definition.entity
    if kind == "automation" and path[0] == "do":
        variables = _made_before(definition, int(path[1]))
    return Scope(shapes[entity], shapes, variables, functions) if entity in shapes else None


def _field_filled(
    kind: str, definition: Any, path: tuple[str | int, ...], shapes: Mapping[str, EntityShape]
) -> FieldShape | None:
    """The field whose value a formula gives: a default, or what an automation sets."""
    if kind == "entity" and path[-1] == "default" and len(path) > 3:
        return shapes[f"{definition.entity}.{path[1]}"].fields.get(str(path[3]))
    if kind == "entity" and path[-1] == "default":
        return shapes[definition.entity].fields.get(str(path[1]))
    if kind == "form" and path[-1] == "default":
        item = definition.sections[path[1]].fields[path[3]]
        return shapes[definition.entity].fields.get(item.field)
    if kind == "form" and "options_where" in path:
        item = definition.sections[path[1]].fields[path[3]]
        link = shapes[definition.entity].fields.get(item.field)
        offered = shapes.get(link.link or "") if link is not None else None
        return offered.fields.get(str(path[-1])) if offered is not None else None
    if kind == "automation" and "set" in path:
        entity = definition.do[path[1]].create or definition.entity
        return shapes[entity].fields.get(str(path[-1])) if entity in shapes else None
    return None


def _made_before(automation: Any, step: int) -> dict[str, str]:
    """The records that earlier steps of an automation made, by the names they were given."""
    return {before.as_: before.create for before in automation.do[:step] if before.as_ and before.create}


def _messages(
    kind: str,
    definition: Any,
    shapes: Mapping[str, EntityShape],
    functions: FunctionTable,
    where: Where,
    problems: list[Problem],
) -> dict[Key, Mapping[str, TextTemplate]]:
    """The messages of automations, rules and gates, whose holes are formulas on the record."""
    found: dict[Key, Mapping[str, TextTemplate]] = {}
    for path, message, variables in _texts(kind, definition):
        if definition.entity not in shapes:
            continue
        scope = Scope(shapes[definition.entity], shapes, variables, functions)
        try:
            found[kind, definition.name, *path] = {
                "zh": compile_text(message.zh, scope),
                "en": compile_text(message.en, scope),
            }
        except FormulaError as error:
            problems += [
                where.in_formula(problem, kind, definition.name, *path) for problem in error.problems
            ]
    return found


def _texts(kind: str, definition: Any) -> Iterator[tuple[Key, Label, Mapping[str, str]]]:
    """(path, message, the variables its holes may name) of a definition."""
    if kind == "automation":
        for index, step in enumerate(definition.do):
            if isinstance(step.message, Label):
                yield ("do", index, "message"), step.message, _made_before(definition, index)
    for key in {"entity": ("rules",), "flow": ("gates",)}.get(kind, ()):
        for index, one in enumerate(getattr(definition, key)):
            if one.message is not None and "{{" in one.message.zh + one.message.en:
                yield (key, index, "message"), one.message, {}
