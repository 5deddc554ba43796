"""Holding a value to a JSON Schema (2020-12), and saying in our words what of it is broken.

``jsonschema`` finds what is wrong; its own sentences never leave this file. It is imported when a value is first held
to a schema, as most workspaces have no need of it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from time import monotonic
from typing import Any

import regex

from .fields.field import ValueProblem
from .fields.values import shortened
from .formats import FORMATS

__all__ = ["Broken", "Holder", "asserts", "checker_of", "searched"]

Steps = tuple[str | int, ...]

LONGEST_LOOK = 0.5
"""Seconds that all patterns of a schema together may look at one value."""
LONGEST_MATCH = 0.05
"""Seconds that one pattern may look at one text, as in a field's own ``pattern``."""
MOST = 20
"""How many faults of one value are told; more would only bury them."""

_SAYS_NOTHING = frozenset(
    ("title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment")
)
_until: ContextVar[float] = ContextVar("_until", default=float("inf"))


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing in a value that its schema does not allow: where, a code of :mod:`kehu.core.words`, its values.

    ``path`` leads from the top of the value to what is wrong, or to the key that is missing there. ``given`` is the
    value that is wrong there, or ``None``.
    """

    path: Steps
    code: str
    values: Mapping[str, Any]
    given: Any = None


class Holder:
    """A schema made ready to hold many values to it. The schema has no ``$ref``.

    Made cheaply; the checker is built when the first value comes.
    """

    def __init__(self, schema: Any) -> None:
        self.schema = schema

    @cached_property
    def _checker(self) -> Any:
        return checker_of(self.schema)

    def broken(self, value: Any) -> list[Broken]:
        """What is wrong with a value of JSON; nothing where it is right."""
        ending = _until.set(monotonic() + LONGEST_LOOK)
        try:
            found: dict[Any, Broken] = {}
            for error in self._checker.iter_errors(value):
                for one in _said(error):
                    found.setdefault((one.path, one.code, str(one.values)), one)
                if len(found) >= MOST:
                    break
            return list(found.values())[:MOST]
        except ValueProblem as problem:  # a pattern took too long
            return [Broken((), problem.code, problem.values)]
        except RecursionError:
            return [Broken((), "schema_too_deep", {})]
        finally:
            _until.reset(ending)

    def allows(self, value: Any) -> bool:
        """Whether nothing is wrong with a value of JSON."""
        return not self.broken(value)


def asserts(schema: Any) -> bool:
    """Whether a schema refuses anything at all: notes and examples alone do not."""
    if not isinstance(schema, Mapping):
        return schema is False
    for keyword, value in schema.items():
        if keyword == "properties":
            if any(map(asserts, value.values())):
                return True
        elif keyword == "items":
            if asserts(value):
                return True
        elif keyword == "format":
            if value in FORMATS:
                return True
        elif keyword not in _SAYS_NOTHING:
            return True
    return False


def checker_of(schema: Any) -> Any:
    """jsonschema's checker for a schema: patterns are not waited for, and nothing is fetched from anywhere."""
    from referencing import Registry

    return _checker_class()(schema, registry=Registry(), format_checker=_formats())


# the checker: jsonschema's, with patterns that are not waited for, exact decimals, and keys that can be pointed at


@cache
def _checker_class() -> Any:
    from jsonschema import Draft202012Validator, validators

    extend: Any = validators.extend
    return extend(
        Draft202012Validator,
        {
            "properties": _properties,
            "pattern": _pattern,
            "patternProperties": _pattern_properties,
            "multipleOf": _multiple_of,
            "uniqueItems": _unique_items,
            "required": _required,
            "dependentRequired": _dependent_required,
            "additionalProperties": _additional_properties,
        },
    )


@cache
def _formats() -> Any:
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, right in FORMATS.items():
        checker.checkers[name] = (right, ())
    return checker


def _error(path: Iterable[str | int] = (), **values: Any) -> Any:
    from jsonschema.exceptions import ValidationError

    return ValidationError(json.dumps(values), path=tuple(path))


@cache
def _compiled(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern)


def searched(pattern: str, text: str) -> bool:
    """Whether a pattern stands somewhere in a text. Raises :class:`ValueProblem` where it looks too long."""
    left = min(LONGEST_MATCH, _until.get() - monotonic())
    try:
        if left <= 0:
            raise TimeoutError
        return _compiled(pattern).search(text, timeout=left) is not None
    except TimeoutError:
        raise ValueProblem("pattern_too_slow", {"pattern": pattern}) from None


def _properties(checker: Any, below: Mapping[str, Any], value: Any, schema: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, one in below.items():
            if name in value and one is False:  # jsonschema would not say which property it is
                yield _error([name], empty=True)
            elif name in value:
                yield from checker.descend(value[name], one, path=name, schema_path=name)


def _pattern(checker: Any, pattern: str, value: Any, schema: Any) -> Iterator[Any]:
    if isinstance(value, str) and not searched(pattern, value):
        yield _error()


def _pattern_properties(checker: Any, patterns: Mapping[str, Any], value: Any, schema: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for pattern, below in patterns.items():
            for key, item in value.items():
                if searched(pattern, key):
                    yield from checker.descend(item, below, path=key, schema_path=pattern)


def _multiple_of(checker: Any, step: Any, value: Any, schema: Any) -> Iterator[Any]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number, by = Decimal(str(value)), Decimal(str(step))
        if not number.is_finite() or (number / by) % 1:
            yield _error()


def _unique_items(checker: Any, wanted: bool, value: Any, schema: Any) -> Iterator[Any]:
    if wanted and isinstance(value, list) and len({_canonical(item) for item in value}) < len(value):
        yield _error()


def _canonical(value: Any) -> str:
    """The same text for what JSON Schema takes for the same value: 1 and 1.0, but not 1 and true."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return f"[{','.join(map(_canonical, value))}]"
    if isinstance(value, dict):
        return f"{{{','.join(f'{json.dumps(k)}:{_canonical(value[k])}' for k in sorted(value))}}}"
    return json.dumps(value)


def _required(checker: Any, names: list[str], value: Any, schema: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name in names:
            if name not in value:
                yield _error([name])


def _dependent_required(checker: Any, needs: Mapping[str, Any], value: Any, schema: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, others in needs.items():
            for other in others if name in value else ():
                if other not in value:
                    yield _error([other], with_=name)


def _additional_properties(checker: Any, below: Any, value: Any, schema: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
        for name, item in value.items():
            if name not in known and not any(searched(pattern, name) for pattern in patterns):
                if below is False:
                    yield _error([name])
                else:
                    yield from checker.descend(item, below, path=name)


# what is said of a fault


def _said(error: Any) -> Iterator[Broken]:
    keyword, schema = error.validator, error.validator_value
    path, given = tuple(error.absolute_path), error.instance
    if keyword in ("anyOf", "oneOf"):
        yield from _no_branch(error, path, given)
        return
    say = _SAY.get(keyword) if keyword is not None else None
    if keyword in (None, "properties"):
        given = given[path[-1]] if keyword == "properties" else given
        yield Broken(path, "schema_must_be_empty", {"given": shortened(given)}, given)
    elif keyword == "required":
        code = "schema_required_then" if _conditional(error) else "field_required"
        yield Broken(path, code, {})
    elif keyword == "additionalProperties":
        yield Broken(path, "schema_unknown_key", {"name": shortened(path[-1])})
    elif keyword == "dependentRequired":
        yield Broken(path, "schema_goes_with", {"other": json.loads(error.message)["with_"]})
    elif say is not None:
        code, values = say(schema, given)
        yield Broken(path, code, values, given)
    else:
        yield Broken(path, "schema_not_allowed", {"given": shortened(given), "keyword": keyword}, given)


def _conditional(error: Any) -> bool:
    return not {"then", "else", "dependentSchemas", "oneOf", "anyOf"}.isdisjoint(
        step for step in error.absolute_schema_path if isinstance(step, str)
    )


def _no_branch(error: Any, path: Steps, given: Any) -> Iterator[Broken]:
    """What is said where none of several ways fits: what is wrong with the one that was most likely meant."""
    branches: dict[int, list[Any]] = {}
    for below in error.context:
        branches.setdefault(below.relative_schema_path[0], []).append(below)
    if not branches:
        yield Broken(path, "schema_fits_several", {"given": shortened(given)}, given)
        return
    lacking = [
        [below.relative_path[-1] for below in each if below.validator == "required"]
        for each in branches.values()
    ]
    if all(len(names) == len(each) for names, each in zip(lacking, branches.values(), strict=True)):
        names = list(dict.fromkeys(name for each in lacking for name in each))
        yield Broken(path, "schema_one_of_these", {"names": names})
        return
    ranked = sorted(branches.values(), key=_unlikely)
    if len(ranked) == 1 or _unlikely(ranked[0]) < _unlikely(ranked[1]):
        for below in ranked[0]:
            yield from _said(below)
        return
    consts = [
        below.validator_value
        for each in ranked
        for below in each
        if below.validator == "const" and not below.relative_path
    ]
    if len(consts) == len(ranked):
        available = [_plainly(value) for value in consts]
        yield Broken(path, "not_an_option", {"given": shortened(given), "available": available}, given)
    else:
        yield Broken(path, "schema_no_way_fits", {"given": shortened(given)}, given)


def _unlikely(errors: list[Any]) -> tuple[bool, bool, int]:
    """How unlikely it is that a way was meant: another type, another kind (a ``const`` that differs), many faults."""
    wrong_type = any(e.validator == "type" and not e.relative_path for e in errors)
    wrong_kind = any(e.validator in ("const", "enum") and len(e.relative_path) <= 1 for e in errors)
    return wrong_type, wrong_kind, len(errors)


def _plainly(value: Any) -> str:
    return value if isinstance(value, str) else shortened(json.dumps(value, ensure_ascii=False))


_KINDS = {
    "string": "schema_a_text", "number": "schema_a_number", "integer": "schema_a_whole_number",
    "boolean": "schema_a_yes_or_no", "object": "schema_an_object", "array": "schema_a_list", "null": "schema_nothing",
}  # fmt: skip
"""A type of JSON → the code that says what is expected."""

Say = Callable[[Any, Any], tuple[str, Mapping[str, Any]]]


def _wrong_type(expected: Any, given: Any) -> tuple[str, Mapping[str, Any]]:
    names = [name for name in ([expected] if isinstance(expected, str) else expected) if name != "null"] or [
        "null"
    ]
    code = _KINDS[names[0]] if len(names) == 1 else "schema_other_type"
    return code, {"given": shortened(given), "expected": names}


def _items(code: str, key: str) -> Say:
    return lambda limit, given: (code, {key: limit, "count": len(given)})


_SAY: Mapping[str, Say] = {
    "type": _wrong_type,
    "const": lambda wanted, given: ("schema_is_always", {"given": shortened(given), "expected": _plainly(wanted)}),
    "enum": lambda some, given: (
        "not_an_option",
        {"given": shortened(given), "available": [_plainly(one) for one in some if one is not None]},
    ),
    "pattern": lambda pattern, given: ("wrong_pattern", {"given": shortened(given), "pattern": pattern}),
    "format": lambda name, given: ("schema_format", {"given": shortened(given), "format": name}),
    "minLength": lambda least, given: ("too_short", {"min": least, "length": len(given)}),
    "maxLength": lambda most, given: ("too_long", {"max": most, "length": len(given)}),
    "minimum": lambda least, given: ("too_small", {"min": least}),
    "maximum": lambda most, given: ("too_big", {"max": most}),
    "exclusiveMinimum": lambda least, given: ("schema_not_above", {"min": least}),
    "exclusiveMaximum": lambda most, given: ("schema_not_below", {"max": most}),
    "multipleOf": lambda step, given: ("schema_no_multiple", {"given": shortened(given), "step": step}),
    "minItems": _items("schema_too_few", "min"),
    "maxItems": _items("too_many", "max"),
    "minProperties": _items("schema_too_few", "min"),
    "maxProperties": _items("too_many", "max"),
    "uniqueItems": lambda wanted, given: ("schema_twice", {}),
    "not": lambda schema, given: ("schema_ruled_out", {"given": shortened(given)}),
}  # fmt: skip
"""Keyword → (what it wants, what was given) → a code and its values."""
