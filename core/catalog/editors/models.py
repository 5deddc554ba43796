"""The models of definitions as JSON Schemas (draft 7, which editors know best), with a line about every key."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ...schema.definition import FormulaMark, Part
from ...schema.fields.field import Field
from ...schema.registry import FieldTypes
from ...schema.role import REACHES
from ...words import Language
from ...words.editors import KEYS, told
from ...words.field_types import FIELD_TYPES

__all__ = ["Models", "Schema", "Suggestions", "spoken"]

Schema = dict[str, Any]
Suggestions = Callable[[str, str], Mapping[str, str]]
"""(class, key) → what may well stand there: each with a line about it."""

NAME: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,49}$"}
DOTTED: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"}
TEXT: Schema = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ]
}
_FORMULA: Schema = {"type": ["string", "boolean", "number"]}
_NUMBER: Schema = {"type": "number"}
_SHARE: Schema = {"anyOf": [_NUMBER, {"type": "string", "pattern": r"^\s*-?[0-9.]+\s*%\s*$"}]}
_BY_READER: Mapping[str, Schema] = {
    "label_of": TEXT,
    "name_of": NAME,
    "_dotted": DOTTED,
    "_amount": _NUMBER,
    "_share": _SHARE,
    "_goal": _SHARE,
    "_entity_field": DOTTED,
    "_counted": {"type": ["boolean", "string"]},
    "_reach": {"anyOf": [{"enum": [*REACHES]}, {"type": "boolean"}, {"type": "string", "pattern": "^="}]},
}
"""What a key takes, by the function that reads it."""
REMOVE: Schema = {"const": "remove"}


class Models:
    """Writes models as schemas, each once, under ``definitions``.

    ``over``: for files that change what a plugin brings: nothing is needed, and anything may be ``remove``.
    """

    def __init__(self, types: FieldTypes, language: Language, suggestions: Suggestions) -> None:
        self.types = types
        self.language = language
        self.suggestions = suggestions
        self.definitions: dict[str, Schema] = {}

    def reference(self, model: type[BaseModel], over: bool = False) -> Schema:
        """A reference to a model's schema, which joins the definitions."""
        name = f"{model.__name__}{'_over' if over else ''}"
        if issubclass(model, Field) and model is not Field:
            name = f"field_{model.type_name}{'_over' if over else ''}"
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self._field(over) if model is Field else self._part(model, over)
        return {"$ref": f"#/definitions/{name}"}

    def _part(self, model: type[BaseModel], over: bool) -> Schema:
        hints = get_type_hints(model, include_extras=True)
        properties, required = {}, []
        for name, info in model.model_fields.items():
            key = info.alias or name
            written = self._key(model, key, hints[name], info.default, over)
            if issubclass(model, Field) and written == self._common(key, over):
                written = {"$ref": f"#/definitions/key_{key}{'_over' if over else ''}"}
            properties[key] = written
            if info.is_required() and not (issubclass(model, Field) and key == "label"):
                required.append(key)
        if issubclass(model, Field):
            properties["type"] = {"const": model.type_name, **self._about(model, "type")}
        if "label" in required and _may_be_named(model):
            required.remove("label")
        schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return schema if over else {**schema, "required": required}

    def _common(self, key: str, over: bool) -> Schema | None:
        """A key that every field has, written once."""
        name = f"key_{key}{'_over' if over else ''}"
        if name not in self.definitions and key in Field.model_fields:
            hint = get_type_hints(Field, include_extras=True)[key]
            self.definitions[name] = self._key(Field, key, hint, Field.model_fields[key].default, over)
        return self.definitions.get(name)

    def _key(self, model: type[BaseModel], key: str, hint: Any, default: Any, over: bool) -> Schema:
        schema = self.value(hint, over)
        suggested = self.suggestions(model.__name__, key)
        if suggested:
            schema = self._suggesting(schema, suggested)
        if over and schema:
            schema = {"anyOf": [schema, REMOVE]}
        schema = {**schema, **self._about(model, key)}
        if isinstance(default, (str, bool, int)) and not isinstance(default, Enum) and default != "":
            schema["default"] = default
        return schema

    def _suggesting(self, schema: Schema, suggested: Mapping[str, str]) -> Schema:
        names = self._names(suggested)
        if schema.get("type") == "object":
            return {**schema, "propertyNames": {"anyOf": [names, NAME]}}
        ways = [way for way in schema.get("anyOf", ()) if way.get("type") == "array"]
        if ways or schema.get("type") == "array":
            listed = {"type": "array", "items": {"anyOf": [names, {"type": "string"}]}}
            return {"anyOf": [names, {"type": "string"}, listed]}
        return {"anyOf": [names, schema]}

    def _names(self, suggested: Mapping[str, str]) -> Schema:
        """A reference to a list of names, which stands in the schema once."""
        written = {"enum": list(suggested), "enumDescriptions": list(suggested.values())}
        for name, one in self.definitions.items():
            if one == written:
                return {"$ref": f"#/definitions/{name}"}
        name = f"names_{len(self.definitions)}"
        self.definitions[name] = written
        return {"$ref": f"#/definitions/{name}"}

    def _about(self, model: type[BaseModel], key: str) -> Schema:
        """What an editor shows of a key."""
        classes = [kind.__name__ for kind in model.__mro__ if issubclass(kind, Part)]
        found = next((KEYS[f"{name}.{key}"] for name in classes if f"{name}.{key}" in KEYS), KEYS.get(key))
        if found is None:
            return {}
        text = told(found, self.language)
        return spoken(text)

    def _field(self, over: bool) -> Schema:
        """A field: which keys it has depends on its type."""
        names = list(self.types)
        lines = [self.about_type(name) for name in names]
        kinds = {"enum": names, "enumDescriptions": lines, "markdownEnumDescriptions": lines}
        about = self._about(Field, "type")
        rules: list[Schema] = [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": self.reference(kind, over),
            }
            for name, kind in self.types.items()
        ]
        schema: Schema = {"type": "object", "properties": {"type": {**kinds, **about}}, "allOf": rules}
        if not over:
            return {**schema, "required": ["type"]}
        every: Schema = {}
        for kind in self.types.values():
            reference = self.reference(kind, over)["$ref"].rpartition("/")[2]
            for key, one in self.definitions[reference]["properties"].items():
                every.setdefault(key, []).append({k: v for k, v in one.items() if k != "default"})
        merged = {key: _any_of(ways) for key, ways in every.items() if key != "type"}
        changed = {
            "if": {"not": {"required": ["type"]}},
            "then": {"properties": merged, "additionalProperties": False},
        }
        return {**schema, "allOf": [*rules, changed]}

    def about_type(self, name: str) -> str:
        """One line about a field type: ours, or the first line of its documentation."""
        if name in FIELD_TYPES:
            return told(FIELD_TYPES[name], self.language)
        return (inspect.getdoc(self.types[name]) or "").partition("\n")[0]

    def value(self, hint: Any, over: bool) -> Schema:
        """The schema of what a hint describes."""
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._annotated(arguments[0], arguments[1:], over)
        if origin in (Union, UnionType):
            kinds = [self.value(one, over) for one in arguments if one is not NoneType]
            return kinds[0] if len(kinds) == 1 else _any_of(kinds)
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin in (dict, Mapping) or hint is dict:
            return self._map(arguments, over)
        if origin in (tuple, list, frozenset):
            return {"type": "array", "items": self.value(arguments[0], over)}
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            return self.reference(hint, over)
        return dict(_PLAIN.get(hint, {}))

    def _annotated(self, base: Any, marks: Iterable[Any], over: bool) -> Schema:
        readers = [getattr(getattr(mark, "func", None), "__name__", "") for mark in marks]
        mark = next((mark for mark in marks if isinstance(mark, FormulaMark)), None)
        found = next((_BY_READER[reader] for reader in readers if reader in _BY_READER), None)
        if mark is not None and found is None:
            return {} if mark.literal else dict(_FORMULA)
        if "read_field" in readers:
            return self.reference(Field, over)
        schema = dict(found) if found is not None else self.value(base, over)
        if "_one_or_more" in readers or "_one" in readers:
            return _any_of([schema["items"], schema])
        if "_masks" in readers:
            return _any_of([NAME, {"type": "array", "items": NAME}, schema])
        if "_named" in readers:
            return _any_of([NAME, schema])
        if "labelled_options" in readers:
            return _any_of([{"type": "array", "items": NAME}, schema])
        for mark in (one for each in marks for one in (each, *getattr(each, "metadata", ()))):
            limits = {"minimum": getattr(mark, "ge", None), "maximum": getattr(mark, "le", None)}
            schema |= {key: limit for key, limit in limits.items() if limit is not None}
        return schema

    def _map(self, arguments: tuple[Any, ...], over: bool) -> Schema:
        if not arguments:
            return {"type": "object"}
        below = self.value(arguments[1], over)
        if over and below:
            below = {"anyOf": [below, REMOVE]}
        elif below and "Option" in str(below):
            below = {"anyOf": [below, {"type": "null"}]}
        named = get_origin(arguments[0]) is Annotated
        return {"type": "object", "additionalProperties": below, **({"propertyNames": NAME} if named else {})}


def spoken(text: str) -> Schema:
    """What an editor shows: as it is, and again with its code marked where the editor can show that."""
    bare = text.replace("`", "")
    return {"description": bare} if bare == text else {"description": bare, "markdownDescription": text}


_PLAIN: Mapping[Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    Decimal: {"type": "number"},
}


def _may_be_named(model: type[BaseModel]) -> bool:
    """Whether its label is its name, made readable, where none is given."""
    return model.__name__ in ("Option", "Stage")


def _any_of(ways: list[Schema]) -> Schema:
    """A schema that any of these does; each way once."""
    different: list[Schema] = []
    for way in ways:
        if way not in different:
            different.append(way)
    return different[0] if len(different) == 1 else {"anyOf": different}
