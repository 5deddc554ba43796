"""Options and stages that records hold: the definitions may not let go of one while it is in use."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..catalog.catalog import Catalog
from ..catalog.scopes import scope_of
from ..formula import Formula, condition
from ..problems import Place, Problem, Refused
from ..schema.fields.field import Field
from ..store.protocol import Store
from ..store.query import Query

__all__ = ["known_options", "refuse_lost_options"]

KINDS = ("choice", "choices", "stage")
"""The field types whose values are names of options."""

Known = Mapping[str, Mapping[str, str]]
"""``entity.field`` → option → its label."""


def known_options(catalog: Catalog, before: Known) -> dict[str, Mapping[str, str]]:
    """The options there are now, to be remembered; those of fields that were taken out stay, as their values do."""
    language = catalog.workspace.language
    return {
        **before,
        **{
            f"{entity}.{name}": {option: each.label.in_(language) for option, each in field.options.items()}
            for entity, name, field in _fields(catalog)
        },
    }


def refuse_lost_options(catalog: Catalog, store: Store, before: Known) -> None:
    """Raises :class:`Refused` where an option went that records still hold, with how many they are."""
    problems = []
    for entity, name, field in _fields(catalog):
        options = before.get(f"{entity}.{name}", {})
        for lost in options.keys() - field.options.keys():
            count = store.count(Query(entity, _holding(catalog, entity, name, field, lost)), 10**9)
            if count:
                values = {"option": options[lost], "label": field.label, "count": count, "name": lost}
                problems.append(Problem("option_in_use", values, _place(catalog, entity, name, field)))
    if problems:
        raise Refused(problems, "conflict")


def _fields(catalog: Catalog) -> Iterator[tuple[str, str, Any]]:
    for entity, definition in catalog.entities.items():
        for name, field in definition.fields.items():
            if field.type in KINDS:
                yield entity, name, field


def _holding(catalog: Catalog, entity: str, name: str, field: Field, option: str) -> Formula:
    """The condition "the field holds this option", also for one that the definitions no longer have."""
    scope = scope_of(catalog, entity)
    several = field.type == "choices"
    shape = replace(scope.entity.fields[name], type="list" if several else "text", options={})
    loose = replace(scope.entity, fields={**scope.entity.fields, name: shape})
    return condition(replace(scope, entity=loose), name, "contains" if several else "is", option)


def _place(catalog: Catalog, entity: str, name: str, field: Any) -> Place:
    if field.type == "stage":
        return catalog.merged["flow", field.flow].node.at(("stages",)).place
    return catalog.merged["entity", entity].node.at(("fields", name, "options")).place
