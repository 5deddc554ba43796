"""A field for JSON objects and lists (and plain values, where its schema names them), held to a schema of its own."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field as Key

from ...words import Language
from ..definition import Fault, plain_number
from .field import ColumnKind, Field, Operator, ValueProblem
from .values import shortened

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

__all__ = ["Json", "as_json", "plain_json"]

LARGEST = 100_000
"""Characters of a value written as JSON."""
DEEPEST = 30
_ANY = ["object", "array"]
_SAID = frozenset(
    {"type", "required", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
    | {"minLength", "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems"}
    | {"additionalProperties"}
)
"""Keywords of JSON Schema for which there is a sentence of our own."""


class Json(Field):
    """A JSON object or list. ``schema``: the JSON Schema (2020-12) that it has to meet."""

    type_name: ClassVar[str] = "json"
    widget: ClassVar[str] = "json"
    kept_as: ClassVar[ColumnKind | None] = "json"
    means: ClassVar[str] = "text"
    operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")

    shape: dict[str, Any] | None = Key(default=None, alias="schema")

    @cached_property
    def _validator(self) -> "Validator | None":
        if self.shape is None:
            return None
        from ..holding import checker_of

        found: Validator = checker_of(self.shape)
        return found

    @cached_property
    def _plain(self) -> bool:
        """Whether its schema names a plain type: then texts, numbers and yes/no are values too."""
        names = (self.shape or {}).get("type", ())
        return not {"string", "number", "integer", "boolean"}.isdisjoint(
            [names] if isinstance(names, str) else names
        )

    def coerce(self, value: Any, zone: tzinfo = UTC) -> Any:
        if value is None:
            return None
        if isinstance(value, str):
            value = self._read(value)
        if value is not None and not self._plain and not isinstance(value, (Mapping, list, tuple)):
            raise ValueProblem("not_json", {"given": shortened(value), "line": 1, "column": 1})
        found = plain_json(value)
        if found is None or found in ([], ""):
            return None
        if len(as_json(found)) > LARGEST:
            raise ValueProblem("json_too_large", {"max": LARGEST})
        self._check(found)
        return found

    def _read(self, text: str) -> Any:
        """What a text says: itself where a text is wanted, else the JSON that it is."""
        plain = text.strip()
        if self._plain and self._validator is not None and plain and self._validator.is_valid(plain):
            return plain
        try:
            return _read(text)
        except ValueProblem:
            if self._plain and plain[:1] not in ("{", "["):
                return plain
            raise

    def _check(self, value: Any) -> None:
        if self._validator is None:
            return
        try:
            faults = sorted(
                self._validator.iter_errors(value), key=lambda error: list(map(str, error.absolute_path))
            )
        except ValueProblem:  # a pattern took too long over it
            raise
        except Exception:  # noqa: BLE001  (a schema that refers to nothing, or endlessly to itself)
            raise ValueProblem("json_schema_broken") from None
        if faults:
            first = faults[0]
            at = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first.absolute_path)
            code = f"json_{first.validator}" if first.validator in _SAID else "json_other"
            values = {"at": at.lstrip(".") or "$", "given": shortened(first.instance), "limit": _limit(first)}
            raise ValueProblem(code, {**values, "keyword": str(first.validator), "count": len(faults)})

    def to_json(self, value: Any) -> Any:
        return value

    def to_cell(self, value: Any) -> Any:
        return None if value is None else as_json(value)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        return "" if value is None else as_json(value)

    def json_schema(self) -> dict[str, Any]:
        own = {key: value for key, value in (self.shape or {}).items() if not key.startswith("$")}
        # Parts that a schema refers to stand at its root, where they are no longer found from inside another schema.
        return {"type": _ANY, **own} if "$ref" not in as_json(self.shape) else {"type": own.get("type", _ANY)}

    def faults(self) -> Iterator[Fault]:
        if self.shape is not None:
            from ..json_schema.keywords import wrong_in

            at = wrong_in(self.shape)
            if at is not None:
                wrong = self.shape
                for step in at:
                    wrong = wrong[step]  # type: ignore[index]  # it leads along the schema
                yield Fault(("schema", *at), "not_a_json_schema", {"given": shortened(wrong)})
                return
        yield from super().faults()


def as_json(value: Any) -> str:
    """JSON text, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)


def _read(text: str) -> Any:
    if not text.strip():
        return None
    if len(text) > 2 * LARGEST:
        raise ValueProblem("json_too_large", {"max": LARGEST})
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        raise ValueProblem("not_json", {"given": shortened(text), "line": line, "column": column}) from None


def plain_json(value: Any, depth: int = 0) -> Any:
    """The value made of JSON's own types. Raises :class:`ValueProblem` for what JSON cannot hold."""
    if depth > DEEPEST:
        raise ValueProblem("json_too_deep", {"max": DEEPEST})
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        if any("\ud800" <= character <= "\udfff" or character == "\x00" for character in value):
            raise ValueProblem("unprintable", {"given": shortened(value)})
        return str(value)
    if isinstance(value, Decimal):
        value = plain_number(value) if value.is_finite() else float("nan")
    if isinstance(value, (int, float)):
        if value != value or not -1e300 < value < 1e300 or (isinstance(value, int) and abs(value) >= 2**53):  # noqa: PLR0124  (only a NaN is not itself)
            raise ValueProblem("not_a_number", {"given": shortened(value)})
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain_json(str(key))): plain_json(item, depth + 1) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [plain_json(item, depth + 1) for item in value]
    raise ValueProblem("not_json", {"given": shortened(value), "line": 1, "column": 1})


def _limit(error: Any) -> Any:
    """What the schema asks for, in a few words."""
    if error.validator == "required":
        return [name for name in error.validator_value if name not in error.instance]
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return [shortened(name) for name in error.instance if name not in known]
    if isinstance(error.validator_value, list):
        return [shortened(item) for item in error.validator_value[:12]]
    return shortened(error.validator_value)
