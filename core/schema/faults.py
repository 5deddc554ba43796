"""What pydantic found wrong, as our own problems: codes of ours, at the place in the file, with what to write
instead.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from ..problems import Place, Problem, closest
from .definition import Fault, Part, Path
from .fields.values import shortened
from .names import is_name
from .nodes import Node
from .yaml_text import no_space

__all__ = ["GLUED", "is_fault", "problem_at", "problem_of"]

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
_COMMAS = re.compile(r"\s*[，、；]\s*")
GLUED = re.compile(r"([a-z][a-z0-9_]*):(\S.*)")
"""A key and its value with no space after the colon."""
_NAMING = (("rule",), ("gate",), ("as",), ("slot",))
_ONE_NUMBER = re.compile(r"\D*?(-?\d+(?:\.\d+)?)\D*")
_BRACKETS = {"｛": "{", "［": "[", "【": "[", "（": "("}


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
        available = _keys_of(model_at(model, plain, path[:-1], types))
        return _unknown_key(str(path[-1]), found, available, node.at(path[:-1]).place)
    if kind == "unknown_key":
        return _unknown_key(str(path[-1]), found, context["available"], node.at(path[:-1]).place)
    if kind in ("missing", "missing_key"):
        holder = found if kind == "missing_key" else node.at(path[:-1])
        key = context.get("key") or path[-1]
        if kind == "missing_key" and (other := _misspelt(str(key), holder)):
            return other
        values = {"key": key, "under": holder.place}
        return Problem("missing_key", values, holder.key_place or holder.place)
    if kind == "literal_error":
        available = tuple(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
        return _not_one_of("not_one_of_these", error["input"], available, found)
    if kind == "unknown_field_type":
        return _not_one_of(kind, context["given"], context["available"], found)
    if kind == "bad_name" and (commas := _commas(context["given"], found)):
        return commas
    if kind == "bad_name" and not _declares(on_key, path, model):
        return Problem("not_a_name", {"given": context["given"]}, found.place)
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


def _declares(on_key: bool, path: Path, model: Any) -> bool:
    """Whether a name is given there, and not one that stands elsewhere."""
    return on_key or (len(path) == 1 and path[0] == getattr(model, "noun", "")) or path[-1:] in _NAMING


def _without_zeros(number: str) -> str:
    return re.sub(r"^(-?)0+(?=\d)", r"\1", number)


def _commas(given: str, found: Node) -> Problem | None:
    """``name，phone`` where two names were meant."""
    several = _COMMAS.split(given)
    if len(several) < 2 or not all(is_name(one.removeprefix("-")) for one in several) or found.value != given:
        return None
    place = found.inside(len(several[0]))
    return Problem("full_width_comma", {"character": given[len(several[0])]}, place, instead=", ")


def _misspelt(key: str, holder: Node) -> Problem | None:
    """A key that stands there and can only mean the missing one: ``类型`` for ``type``."""
    for other, node in holder.value.items() if isinstance(holder.value, dict) else ():
        if other != key and closest(other, (key,)) is not None and node.key_place is not None:
            values = {"key": other, "available": (key,), "under": holder.place}
            return Problem("unknown_key", values, node.key_place, instead=key)
    return None


def _dash(found: Node) -> Place | None:
    """Where ``-item`` begins, which was meant as an item of a list."""
    entries = found.value.items() if isinstance(found.value, dict) else ()
    return next((value.key_place for key, value in entries if key.startswith("-")), None)


def _unknown_key(key: str, found: Node, available: tuple[str, ...], under: Place) -> Problem:
    glued = GLUED.fullmatch(key)
    if glued and glued[1] in available and found.key_place is not None:
        place = replace(found.key_place, column=found.key_place.column + len(glued[1]), width=1)
        return no_space(glued[1], glued[2], place)
    values = {"key": key, "available": available, "under": under}
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
    if expected in ("map", "field", "label", "list") and isinstance(given, str):
        if (bracket := given[:1]) in _BRACKETS:
            values = {"character": bracket}
            return Problem("full_width_bracket", values, found.inside(0), instead=_BRACKETS[bracket])
        if expected != "label" and (glued := GLUED.fullmatch(given)) and found.written:
            return no_space(glued[1], glued[2], found.inside(len(glued[1])))
    values = {"key": key, "given": found.written or shortened(given)}
    if expected == "true_or_false" and isinstance(given, str):
        instead = {
            "yes": "true",
            "on": "true",
            "是": "true",
            "no": "false",
            "off": "false",
            "否": "false",
            "y": "true",
            "n": "false",
            "真": "true",
            "假": "false",
            "对": "true",
            "错": "false",
            "有": "true",
            "无": "false",
        }.get(given.strip().casefold())
    elif expected in ("text", "label") and found.written and isinstance(given, (int, float)):
        instead = f'"{found.written}"'
    elif expected == "percent" and isinstance(given, (int, float)) and abs(given) <= 100:
        instead = f"{given}%"
    elif expected in ("number", "whole_number", "percent") and isinstance(given, str):
        bare = unicodedata.normalize("NFKC", given).replace(",", "")
        number = _ONE_NUMBER.fullmatch(bare)
        instead = _without_zeros(number[1]) + ("%" if expected == "percent" else "") if number else None
    elif expected == "date" and re.fullmatch(r"(19|20)\d\d[01]\d[0-3]\d", str(given)):
        instead = f"{str(given)[:4]}-{str(given)[4:6]}-{str(given)[6:]}"
    elif expected == "list" and isinstance(given, dict) and (dash := _dash(found)):
        return Problem("dash_without_space", {}, dash)
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
