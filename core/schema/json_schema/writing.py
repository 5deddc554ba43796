"""An entity as a JSON Schema of its records. What the standard cannot say stands under ``x-kehu``."""

from collections.abc import Mapping
from typing import Any

from ..definition import formula_in
from ..entity import Entity
from ..fields.field import Field
from ..labels import plain_label
from .keywords import ANNOTATIONS

__all__ = ["DIALECT", "entity_to_json_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SAID_BY_STANDARD = frozenset({"required", "readonly", "help"})
_WHATEVER_TYPE = ("const", "enum", "allOf", "anyOf", "oneOf", "not", "if", "then", "else")
"""Keywords that would refuse the ``null`` of an empty field too."""


def entity_to_json_schema(entity: Entity) -> dict[str, Any]:
    """An object schema for the entity's records as JSON; fields that are not required may be null."""
    own = entity.plain()
    del own["fields"]
    more = dict(own.pop("schema", None) or {})
    inside = more.pop("properties", {})
    return {
        "$schema": DIALECT,
        "title": entity.shown.en,
        "type": "object",
        "properties": {name: _property(field, inside.get(name, {})) for name, field in entity.fields.items()},
        "required": [name for name, field in entity.fields.items() if field.required],
        "additionalProperties": False,
        **more,
        "x-kehu": own,
    }


def _property(field: Field, more: Mapping[str, Any]) -> dict[str, Any]:
    schema = field.json_schema()
    plain = field.plain()
    hidden = {k: v for k, v in plain.items() if k not in _SAID_BY_STANDARD and k not in field.keywords}
    if field.type == "stage":
        hidden.pop("options", None)  # they are the flow's
    if field.help is not None:
        schema["description"] = field.help.en
        if field.help.zh != field.help.en:
            hidden["help"] = plain_label(field.help)
    if field.readonly:
        schema["readOnly"] = True
        hidden["readonly"] = True
    if field.default is not None and formula_in(field.default) is None and not field.computed:
        schema["default"] = field.to_json(field.coerce(field.default))
        if schema["default"] == field.default:
            hidden.pop("default", None)
    if field.label.zh == field.label.en:
        del hidden["label"]
    if field.type == "json" and not more and _says_itself(hidden.get("schema")):
        del hidden["schema"]
    schema = _both(schema, more)
    if not field.required:
        schema = _or_null(schema)
    return {"title": field.label.en, **schema, "x-kehu": hidden}


def _says_itself(shape: Any) -> bool:
    """Whether a JSON field's own schema is read back from the property as it stands, and need not be told twice."""
    if not isinstance(shape, dict) or "type" not in shape or "null" in shape["type"]:
        return False
    return not any(key in ANNOTATIONS or key in _WHATEVER_TYPE or key.startswith("$") for key in shape)


def _both(own: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """What the field type says with what was said on top of it, which is the stricter where both say something."""
    found = dict(own)
    for keyword, value in more.items():
        below: Any = found.get(keyword)
        deeper = keyword in ("items", "properties") and isinstance(below, dict) and isinstance(value, dict)
        if keyword == "properties" and deeper:
            found[keyword] = {
                **below,
                **{name: _both(below.get(name, {}), one) for name, one in value.items()},
            }
        else:
            found[keyword] = _both(below, value) if deeper else value
    return found


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field that may be empty."""
    found = dict(schema)
    names = found.get("type")
    if names is not None:
        found["type"] = [*([names] if isinstance(names, str) else names), "null"]
    if set(found) & set(_WHATEVER_TYPE) == {"enum"} and names is not None:
        found["enum"] = [*found["enum"], None]
        return found
    demands = {keyword: found.pop(keyword) for keyword in _WHATEVER_TYPE if keyword in found}
    if demands:
        found["anyOf"] = [{"type": "null"}, demands]
    return found
