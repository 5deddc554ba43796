"""Filling in what one definition takes from another: a stage field's stages, where links lead, the currency."""

from collections.abc import Mapping
from typing import Any

from ..schema.entity import Entity
from ..schema.fields.computed import Formula, Rollup
from ..schema.fields.field import Field
from ..schema.fields.links import PEOPLE
from ..schema.fields.table import Table
from ..schema.nodes import Node
from ..schema.workspace import Workspace
from .merging import Merged

__all__ = ["PEOPLE", "Links", "resolve"]

Links = dict[str, dict[str, str]]
"""entity → link field → the entity that it leads to"""


def resolve(
    definitions: Mapping[str, Mapping[str, Any]],
    workspace: Workspace,
    merged: Mapping[tuple[str, str], Merged],
) -> tuple[dict[str, Entity], Links]:
    """The entities with their stages and currency filled in, and where every link leads.

    A label that a workspace changed stays a spelling of its option: old files keep importing.
    """
    stages = {(flow.entity, flow.field): flow.stages for flow in definitions["flow"].values()}
    entities: dict[str, Entity] = {}
    links: Links = {}
    for name, entity in definitions["entity"].items():
        fields = {
            field: _with_old_labels(
                _resolved(kind, stages.get((name, field)), workspace), merged.get(("entity", name)), field
            )
            for field, kind in entity.fields.items()
        }
        fields = {field: _over_table(kind, fields) for field, kind in fields.items()}
        title = entity.title_field
        entities[name] = entity.model_copy(update={"fields": fields, "title": title, "label": entity.shown})
        links[name] = {field: to for field, kind in fields.items() if (to := kind.leads_to) is not None}
    return entities, links


def _with_old_labels(field: Field, one: Merged | None, name: str) -> Field:
    """The field, its options also known by the labels they have in lower layers."""
    options: Mapping[str, Any] | None = getattr(field, "options", None)
    if not options or one is None or len(one.layers) == 1 or field.type == "stage":
        return field
    spelled = {
        word for key, each in options.items() for word in (key, each.label.zh, each.label.en, *each.also)
    }
    renamed = {}
    for key, option in options.items():
        old = {word for _, node in one.layers for word in _labels(node, name, key)} - spelled
        if old:
            renamed[key] = option.model_copy(update={"also": (*option.also, *sorted(old))})
    return field.model_copy(update={"options": {**options, **renamed}}) if renamed else field


def _labels(layer: Node, field: str, option: str) -> list[str]:
    node: Node | None = layer
    for step in ("fields", field, "options", option, "label"):
        node = node.below(step) if node is not None else None
    if node is None:
        return []
    texts = node.value.values() if isinstance(node.value, dict) else [node]
    return [str(text.value) for text in texts if isinstance(text, Node) and text.value]


def _resolved(field: Field, stages: Mapping[str, Any] | None, workspace: Workspace) -> Field:
    if isinstance(field, Table):
        columns = {name: _resolved(column, None, workspace) for name, column in field.fields.items()}
        return field.model_copy(update={"fields": columns})
    if field.type == "stage" and stages is not None:
        return field.model_copy(update={"options": stages})
    if field.type == "money" and getattr(field, "currency", None) is None:
        return field.model_copy(update={"currency": workspace.currency})
    return field


def _over_table(field: Field, fields: Mapping[str, Field]) -> Field:
    """A rollup over a table of the same record (``sum: items.amount``) is a formula on that record."""
    if not isinstance(field, Rollup) or not isinstance(fields.get(field.child), Table):
        return field
    rows = field.child if field.child_field is None else f"{field.child}.{field.child_field}"
    where = f", {field.where}" if field.where else ""
    keys = {key: getattr(field, key) for key in Field.model_fields if key != "type"}
    formula = f"{field.aggregate.upper()}({rows}{where})"
    decimals = 0 if field.aggregate == "count" else field.decimals
    return Formula.model_construct(**keys, type="formula", formula=formula, decimals=decimals)
