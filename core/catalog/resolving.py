"""Filling in what one definition takes from another: a stage field's stages, where links lead, the currency."""

from collections.abc import Mapping
from typing import Any

from ..schema.entity import Entity
from ..schema.fields.field import Field
from ..schema.workspace import Workspace

__all__ = ["PEOPLE", "Links", "resolve"]

Links = dict[str, dict[str, str]]
"""entity → link field → the entity that it leads to"""

PEOPLE = "user"
"""The entity whose records are the people who work here; ``user`` fields link to it."""


def resolve(
    definitions: Mapping[str, Mapping[str, Any]], workspace: Workspace
) -> tuple[dict[str, Entity], Links]:
    """The entities with their stages and currency filled in, and where every link leads."""
    stages = {(flow.entity, flow.field): flow.stages for flow in definitions["flow"].values()}
    entities: dict[str, Entity] = {}
    links: Links = {}
    for name, entity in definitions["entity"].items():
        fields = {
            field: _resolved(kind, stages.get((name, field)), workspace)
            for field, kind in entity.fields.items()
        }
        title = entity.title_field
        entities[name] = entity.model_copy(update={"fields": fields, "title": title, "label": entity.shown})
        links[name] = {field: to for field, kind in fields.items() if (to := _target(kind)) is not None}
    return entities, links


def _resolved(field: Field, stages: Mapping[str, Any] | None, workspace: Workspace) -> Field:
    if field.type == "stage" and stages is not None:
        return field.model_copy(update={"options": stages})
    if field.type == "money" and getattr(field, "currency", None) is None:
        return field.model_copy(update={"currency": workspace.currency})
    return field


def _target(field: Field) -> str | None:
    if field.type == "user":
        return PEOPLE
    return getattr(field, "to", None) if field.type == "link" else None
