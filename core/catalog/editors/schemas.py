"""A JSON Schema for each kind of definition: the models, the plugins' field types, the names that the catalog has."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import pluggy

from ...schema.definition import Definition
from ...schema.fields.field import Field
from ...schema.reading import KINDS
from ...schema.registry import FieldTypes
from ...words import Language
from ...words.editors import KEYS, SNIPPETS, told
from ...words.editors import KINDS as ABOUT
from ..catalog import Catalog
from ..plugins import find_plugins
from .models import REMOVE, Models, Schema, spoken

__all__ = ["editor_schemas", "field_types"]

DRAFT = "http://json-schema.org/draft-07/schema#"
_ENTITIES = frozenset(
    [
        *(("Form", "entity"), ("View", "entity"), ("Flow", "entity"), ("Step", "create"), ("Metric", "of")),
        *(("Link", "to"), ("Links", "to"), ("Rollup", "count")),
        ("Role", "can"),
    ]
)
"""Keys (class, key) that name an entity."""
_BEGINNINGS: Mapping[str, Mapping[str, Any]] = {
    "entity": {"entity": "$1", "label": "$2", "fields": {"name": {"type": "text", "required": True}}},
    "form": {"form": "$1", "entity": "$2", "sections": [{"label": "$3", "fields": ["$4"]}]},
    "view": {"view": "$1", "entity": "$2", "kind": "list", "columns": ["$3"]},
    "flow": {"flow": "$1", "entity": "$2", "field": "stage", "stages": {"$3": {"label": "$4"}}},
    "automation": {"automation": "$1", "on": "$2 created", "do": [{"notify": "owner", "message": "$3"}]},
    "metric": {"metric": "$1", "label": "$2", "of": "$3", "count": True},
    "dashboard": {"dashboard": "$1", "label": "$2", "items": [{"metric": "$3"}]},
    "role": {"role": "$1", "label": "$2", "can": {"$3": {"read": "own", "create": True, "change": "own"}}},
}


def field_types(hooks: pluggy.PluginManager) -> FieldTypes:
    """The field types there are: ours, and those of the plugins that could be loaded."""
    types = FieldTypes.bundled()
    for _, plugin in hooks.list_name_plugin():
        with suppress(Exception):  # a plugin that fails is named by ``kehu check``; here it only adds nothing
            added = plugin.kehu_field_types() if hasattr(plugin, "kehu_field_types") else ()
            types = types.extended(kind for kind in added if kind.type_name not in types)
    return types


def editor_schemas(
    types: FieldTypes, language: Language, catalog: Catalog | None = None
) -> dict[str, Schema]:
    """Kind → its schema (draft 7), hover text in this language. Without a catalog the names in it are not suggested."""
    names = _Names(catalog, language)
    return {kind: _schema(kind, model, types, language, names) for kind, model in KINDS.items()}


def _schema(
    kind: str, model: type[Definition], types: FieldTypes, language: Language, names: "_Names"
) -> Schema:
    models = Models(types, language, names.suggestions)
    whole: Schema = models.reference(model)
    if kind not in ("workspace", "plugin"):
        over = dict(models.definitions[models.reference(model, over=True)["$ref"].rpartition("/")[2]])
        extend = {"anyOf": [names.all_of(kind), {"type": "string"}], **_told(KEYS["extend"], language)}
        models.definitions["extending"] = {
            **over,
            "properties": {"extend": extend, **{k: v for k, v in over["properties"].items() if k != kind}},
            "required": ["extend"],
        }
        extending = {"$ref": "#/definitions/extending"}
        whole = {"if": {"required": ["extend"]}, "then": extending, "else": whole}
    about = names.fields(kind)
    snippet = (
        {"label": told(SNIPPETS[kind], language), "body": _BEGINNINGS[kind]} if kind in SNIPPETS else None
    )
    return {
        "$schema": DRAFT,
        "title": f"Kehu: {kind}",
        **_told(ABOUT[kind], language),
        "type": "object",
        **whole,
        **({"allOf": about} if about else {}),
        **({"defaultSnippets": [snippet]} if snippet else {}),
        "definitions": models.definitions,
    }


def _told(text: tuple[str, str], language: Language) -> Schema:
    return spoken(told(text, language))


class _Names:
    """What the catalog has names for; nothing where there is none."""

    def __init__(self, catalog: Catalog | None, language: Language) -> None:
        self.catalog = catalog
        self.language = language

    def suggestions(self, owner: str, key: str) -> Mapping[str, str]:
        """What may well stand at a key of a class."""
        catalog = self.catalog
        if (owner, key) in (("Workspace", "plugins"), ("PluginManifest", "needs")):
            return dict.fromkeys(find_plugins(), "")
        if catalog is None:
            return {}
        if (owner, key) in _ENTITIES:
            return self._shown(catalog.entities)
        if (owner, key) in (("Item", "metric"), ("Metric", "ratio")):
            return self._shown(catalog.metrics)
        if (owner, key) in (("Role", "views"), ("Role", "dashboards")):
            return self._shown(catalog.views if key == "views" else catalog.dashboards)
        if (owner, key) == ("Stage", "flow"):
            return self._shown(catalog.flows)
        if (owner, key) == ("Step", "run"):
            return dict.fromkeys(catalog.actions, "")
        if (owner, key) == ("Children", "of"):
            return self._fields_of(catalog.links)
        if owner == "Rollup" and key in ("sum", "average", "min", "max", "first", "last"):
            return self._fields_of({name: entity.fields for name, entity in catalog.entities.items()})
        return {}

    def all_of(self, kind: str) -> Schema:
        """The definitions of a kind that a file may change."""
        if self.catalog is None:
            return {"type": "string"}
        return {"enum": [name for found, name in self.catalog.merged if found == kind]}

    def fields(self, kind: str) -> list[Schema]:
        """For each entity: what its fields are called, where a file of this kind that is about it names fields."""
        if self.catalog is None or kind not in ("form", "view", "flow"):
            return []
        return [
            {
                "if": {"properties": {"entity": {"const": name}}, "required": ["entity"]},
                "then": {"properties": _fields_in(kind, self._labels(entity.fields))},
            }
            for name, entity in self.catalog.entities.items()
        ]

    def _labels(self, fields: Mapping[str, Field]) -> Mapping[str, str]:
        return {name: field.label.in_(self.language) for name, field in fields.items()}

    def _shown(self, definitions: Mapping[str, Any]) -> Mapping[str, str]:
        return {name: one.shown.in_(self.language) for name, one in definitions.items()}

    def _fields_of(self, owners: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for owner, names in owners.items():
            entity = self.catalog.entities[owner] if self.catalog is not None else None
            for name in names:
                if entity is not None and name in entity.fields:
                    label = entity.fields[name].label.in_(self.language)
                    found[f"{owner}.{name}"] = f"{entity.shown.in_(self.language)} · {label}"
        return found


def _fields_in(kind: str, labels: Mapping[str, str]) -> Schema:
    named: Schema = {"enum": list(labels), "enumDescriptions": list(labels.values())}
    loosely = {"anyOf": [named, {"type": ["string", "object"]}, REMOVE]}
    several = {"anyOf": [{"type": "array", "items": loosely}, loosely]}
    if kind == "form":
        return {"sections": {"items": {"properties": {"fields": {"items": loosely}}}}}
    if kind == "flow":
        return {"field": loosely, "gates": {"items": {"properties": {"require": several}}}}
    sorts = [*labels, *(f"-{name}" for name in labels)]
    return {
        "columns": several,
        "group": loosely,
        "sort": {"anyOf": [{"items": {"anyOf": [{"enum": sorts}, {"type": "string"}]}}, {"type": "string"}]},
        "totals": {"propertyNames": {"anyOf": [named, {"type": "string"}]}},
    }
