"""What formulas may speak of: the shape of every entity, and the scope of a formula that stands on it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..formula import EntityShape, FieldShape, FunctionTable, Scope, Type, Worked, system_fields
from ..problems import Label
from ..schema.entity import Entity
from ..schema.fields.field import Field
from ..schema.fields.table import Table
from .resolving import PEOPLE, Links

if TYPE_CHECKING:
    from .catalog import Catalog

__all__ = ["scope_of", "shapes_of", "tables_of"]


def scope_of(catalog: "Catalog", entity: str, variables: Mapping[str, str] | None = None) -> Scope:
    """The scope of a formula on records of this entity."""
    return Scope(catalog.shapes[entity], catalog.shapes, variables or {}, catalog.functions)


def shapes_of(
    entities: Mapping[str, Entity],
    links: Links,
    types: Mapping[tuple[str, str], Type],
    stored: set[tuple[str, str]],
) -> dict[str, EntityShape]:
    """The shapes of all entities. ``types``: what computed fields give; ``stored``: those with a column."""
    found = {
        name: EntityShape(
            name,
            (entity.shown.zh, entity.shown.en),
            {
                **_system(name),
                **{
                    field: _shape(name, field, kind, links, types, stored)
                    for field, kind in entity.fields.items()
                    if not kind.masked
                },
            },
        )
        for name, entity in entities.items()
    }
    for owner, table in tables_of(entities):
        columns = {name: _shape(owner, name, kind, {}, types, stored) for name, kind in table.fields.items()}
        found[owner] = EntityShape(owner, (table.label.zh, table.label.en), columns)
    return found


def tables_of(entities: Mapping[str, Entity]) -> Iterator[tuple[str, Table]]:
    """The tables inside entities, each under the name that formulas know its rows by: ``order.items``."""
    for name, entity in entities.items():
        for field, kind in entity.fields.items():
            if isinstance(kind, Table):
                yield f"{name}.{field}", kind


def functions_scope(shapes: Mapping[str, EntityShape], entity: str, functions: FunctionTable) -> Scope:
    """A scope while the catalog is still being made."""
    return Scope(shapes[entity], shapes, {}, functions)


def _system(entity: str) -> dict[str, FieldShape]:
    known = Label("外部编号", "External ID")
    return {
        **system_fields(entity, PEOPLE),
        "external_id": FieldShape("external_id", "text", (known.zh, known.en), label=known),
    }


def _shape(
    entity: str,
    name: str,
    field: Field,
    links: Links,
    types: Mapping[tuple[str, str], Type],
    stored: set[tuple[str, str]],
) -> FieldShape:
    computed = field.type in ("formula", "rollup")
    worked_out = types.get((entity, name))
    kind: Any = (worked_out.name if worked_out else "unknown") if computed else field.formula_type
    currency = worked_out.currency if worked_out else getattr(field, "currency", None)
    options = getattr(field, "options", None) or {}
    is_kept = (entity, name) in stored if field.type == "formula" else field.column is not None
    many = None
    if field.type == "children":
        child, _, link = getattr(field, "of", "").partition(".")
        many = (child, link)
    elif isinstance(field, Table):
        many = (f"{entity}.{name}", "")
    return FieldShape(
        name,
        kind,
        labels=tuple({field.label.zh: None, field.label.en: None, **dict.fromkeys(field.also)}),
        link=links[entity].get(name) if entity in links else field.leads_to,
        many=many,
        options=_spellings(options),
        stored=is_kept,
        worked=Worked() if field.type == "formula" and not is_kept else None,
        label=field.label,
        option_labels={option: each.label for option, each in options.items()},
        currency=currency if kind == "money" else None,
        rows=field.rows if isinstance(field, Table) else None,
    )


def _spellings(options: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, option in options.items():
        for spelling in (name, option.label.zh, option.label.en, *option.also):
            found.setdefault(spelling, name)
    return found
