"""What pydantic found wrong, as our own problems: codes of ours, at the place in the file, with what to write
instead.
"""

import re
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from ..problems import Problem, closest
from .definition import Fault, Part, Path
from .fields.values import shortened
from .nodes import Node

__all__ = ["is_fault", "problem_at", "problem_of"]

_EXPECTED = {
    "string_type": "text",
    "string_sub_type": "text",
    "bool_type": "true_or_false",
    "bool_parsing": "true_or_false",
    "int_type": "whole_number",
    "int_parsing": "whole_number",
    "int_from_float": "whole_number",
    "float_type": "number",
    "decimal_type": "number",
    "decimal_parsing": "number",
    "list_type": "list",
    "tuple_type": "list",
    "iterable_type": "list",
    "dict_type": "map",
    "mapping_type": "map",
    "model_type": "map",
    "model_attributes_type": "map",
    "dataclass_type": "map",
}
_LIMITS = ("greater_than_equal", "less_than_equal", "greater_than", "less_than")
_FULL_WIDTH_KEY = re.compile(r"\s*(\w+)\s*：")


def problem_of(
    error: Mapping[str, Any], model: type[BaseModel], plain: Any, node: Node, types: Any
) -> Problem:
    """One pydantic error as a problem. ``plain`` is what was validated, ``node`` the tree it came from."""
    kind: str = error["type"]
    context = dict(error.get("ctx") or {})
    on_key = context.pop("on_key", False) or error["loc"][-1:] == ("[key]",)
    path = (*(step for step in error["loc"] if step != "[key]"), *context.pop("at", ()))
    instead = context.pop("instead", None) or None
    found = node.at(path)
    if kind == "extra_forbidden":
        return _unknown_key(str(path[-1]), found, _keys_of(model_at(model, plain, path[:-1], types)))
    if kind == "unknown_key":
        return _unknown_key(str(path[-1]), found, context["available"])
    if kind in ("missing", "missing_key"):
        holder = found if kind == "missing_key" else node.at(path[:-1])
        return Problem(
            "missing_key", {"key": context.get("key") or path[-1]}, holder.key_place or holder.place
        )
    if kind == "literal_error":
        available = tuple(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
        return _not_one_of("not_one_of_these", error["input"], available, found)
    if kind == "unknown_field_type":
        return _not_one_of(kind, context["given"], context["available"], found)
    if kind in _LIMITS:
        return Problem("out_of_limits", {"limit": next(iter(context.values()), "")}, found.place)
    if kind in _EXPECTED or kind == "wrong_type":
        return _wrong_type(_EXPECTED.get(kind) or context["expected"], error["input"], found, path, instead)
    place = found.key_place if on_key and found.key_place is not None else found.place
    return Problem(kind, context, place, instead=instead)


def is_fault(error: Mapping[str, Any]) -> bool:
    """Whether a pydantic error is a part's own :class:`~kehu.core.schema.definition.Fault`."""
    return "on_key" in (error.get("ctx") or {})


def problem_at(fault: Fault, node: Node) -> Problem:
    """A fault as a problem, at its place in the tree."""
    found = node.at(fault.path)
    on_key = fault.on_key or fault.code == "missing_key"
    place = found.key_place if on_key and found.key_place is not None else found.place
    return Problem(fault.code, fault.values, place, instead=fault.instead)


def _unknown_key(key: str, found: Node, available: tuple[str, ...]) -> Problem:
    values = {"key": key, "available": available}
    return Problem("unknown_key", values, found.key_place or found.place, instead=closest(key, available))


def _not_one_of(code: str, given: Any, available: tuple[str, ...], found: Node) -> Problem:
    near = closest(given, available) if isinstance(given, str) else None
    return Problem(code, {"given": shortened(given), "available": available}, found.place, instead=near)


def _wrong_type(expected: str, given: Any, found: Node, path: Path, instead: str | None) -> Problem:
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    if found.value is None:
        return Problem("empty_value", {"key": key}, found.place)
    if (
        expected in ("map", "field", "label")
        and isinstance(given, str)
        and (full := _FULL_WIDTH_KEY.match(given))
    ):
        return Problem("full_width_colon", {"key": full[1]}, found.place, instead=f"{full[1]}: ")
    values = {"key": key, "given": found.written or shortened(given)}
    if expected == "true_or_false" and isinstance(given, str):
        instead = {
            "yes": "true",
            "on": "true",
            "是": "true",
            "no": "false",
            "off": "false",
            "否": "false",
        }.get(given.strip().casefold())
    elif expected in ("text", "label") and found.written and isinstance(given, (int, float)):
        instead = f'"{found.written}"'
    elif expected == "percent" and isinstance(given, (int, float)) and abs(given) <= 100:
        instead = f"{given}%"
    elif expected in ("number", "whole_number") and isinstance(given, str):
        bare = given.strip().replace(",", "")
        instead = bare if re.fullmatch(r"-?\d+(\.\d+)?", bare) else None
    return Problem(f"expected_{expected}", values, found.place, instead=instead)


def _keys_of(model: type[BaseModel] | None) -> tuple[str, ...]:
    return tuple(info.alias or name for name, info in model.model_fields.items()) if model is not None else ()


def model_at(model: type[BaseModel], plain: Any, path: Path, types: Any) -> type[BaseModel] | None:
    """The class of the part that stands on a path of a definition."""
    current: type[BaseModel] | None = model
    annotation: Any = None
    for step in path:
        plain = _plain_below(plain, step)
        if current is not None:
            info = next((i for n, i in current.model_fields.items() if (i.alias or n) == step), None)
            annotation = info.annotation if info is not None else None
            current = _model_of(annotation, plain, types) if not _is_container(annotation) else None
        else:
            current = _model_of(_item_of(annotation), plain, types)
    return current


def _plain_below(plain: Any, step: str | int) -> Any:
    try:
        return plain[step]
    except (KeyError, IndexError, TypeError):
        return None


def _bare(annotation: Any) -> Any:
    """Without Annotated and without ``| None``."""
    while True:
        arguments = get_args(annotation)
        if hasattr(annotation, "__metadata__"):
            annotation = arguments[0]
        elif type(None) in arguments:
            annotation = next(argument for argument in arguments if argument is not type(None))
        else:
            return annotation


def _is_container(annotation: Any) -> bool:
    return get_origin(_bare(annotation)) in (dict, tuple, list)


def _item_of(annotation: Any) -> Any:
    arguments = get_args(_bare(annotation))
    if not arguments:
        return None
    return arguments[1] if get_origin(_bare(annotation)) is dict else arguments[0]


def _model_of(annotation: Any, plain: Any, types: Any) -> type[BaseModel] | None:
    bare = _bare(annotation)
    if not (isinstance(bare, type) and issubclass(bare, BaseModel)):
        return None
    if not issubclass(bare, Part):
        return bare
    try:
        return bare.which(plain, types)
    except ValueError:
        return bare
