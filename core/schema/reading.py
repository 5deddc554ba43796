"""From a tree to a frozen definition, with everything that is wrong in it, each at its place."""

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from functools import reduce
from operator import getitem
from typing import Any

from pydantic import ValidationError

from ..problems import Problem, closest
from .automation import Automation
from .dashboard import Dashboard
from .definition import Definition, Path, all_faults
from .entity import Entity
from .faults import GLUED, is_fault, problem_at, problem_of
from .flow import Flow
from .form import Form
from .metric import Metric
from .nodes import Node
from .plugin import PluginManifest
from .registry import FieldTypes
from .role import Role
from .view import View
from .workspace import Workspace
from .yaml_text import no_space

__all__ = ["KINDS", "kind_of", "read"]

KINDS: Mapping[str, type[Definition]] = {
    model.noun: model
    for model in (Form, View, Flow, Automation, Metric, Dashboard, Role, Workspace, PluginManifest, Entity)
}
"""Identifying key → model. ``entity`` is last, as several others have a key of that name too."""


def kind_of(node: Node) -> type[Definition] | None:
    """Which kind of definition a tree is: the first key names it, or else any key that can."""
    if not isinstance(node.value, dict):
        return None
    first = next(iter(node.value), "")
    if first in KINDS and not (
        first == "entity" and any(noun in node.value for noun in ("form", "view", "flow"))
    ):
        return KINDS[first]
    return next((model for noun, model in KINDS.items() if noun in node.value), None)


def read(node: Node, registry: FieldTypes | None = None) -> tuple[Definition | None, tuple[Problem, ...]]:
    """The definition that a tree says, or ``None``; and all that is wrong with it.

    A definition comes only when nothing is wrong with it. ``registry``: the field types there are.
    """
    model = kind_of(node)
    if model is None:
        return None, (_no_kind(node),)
    types = registry or FieldTypes.bundled()
    plain = node.plain()
    try:
        definition = model.model_validate(plain, context={"types": types})
    except ValidationError as error:
        errors: list[Any] = error.errors(include_url=False)
        if all(is_fault(one) for one in errors):
            # Every key is right, so the whole can be looked at as well, and not only the parts.
            whole = model.model_validate(plain, context={"types": types, "quiet": True})
            return None, _once(problem_at(fault, node) for fault in all_faults(whole))
        found = [problem_of(one, model, plain, node, types) for one in errors]
        beside = _beside_misspelt(plain, _misspelt(errors, found), model, types)
        return None, _once(iter([*found, *(problem_of(one, model, plain, node, types) for one in beside)]))
    return definition, ()


def _misspelt(errors: list[Any], found: list[Problem]) -> list[tuple[Path, str | None]]:
    """The keys that nobody knows: where each stands, and which of ours it means, if any."""
    both = zip(errors, found, strict=True)
    return [(one["loc"], problem.instead) for one, problem in both if one["type"] == "extra_forbidden"]


def _beside_misspelt(
    plain: Any, misspelt: list[tuple[Path, str | None]], model: type[Definition], types: FieldTypes
) -> list[Any]:
    """The faults that come to light once misspelt keys are read as what they mean: pydantic's errors.

    A part with a key that nobody knows is not looked at as a whole, so its contradictions would be told only after
    the key was mended. None where a key means none of ours or one that stands there too: what is missed is not sure.
    """
    if not misspelt:
        return []
    meant = deepcopy(plain)
    try:
        for path, key in misspelt:
            holder = reduce(getitem, path[:-1], meant)
            if key is None or key in holder:
                return []
            holder[key] = holder.pop(path[-1])
        model.model_validate(meant, context={"types": types})
    except (LookupError, TypeError, AttributeError):  # a short way of writing, where the key stands elsewhere
        return []
    except ValidationError as error:
        return [one for one in error.errors(include_url=False) if is_fault(one)]
    return []


def _no_kind(node: Node) -> Problem:
    if not isinstance(node.value, dict):
        glued = GLUED.fullmatch(node.value) if isinstance(node.value, str) else None
        if glued is not None and glued[1] in KINDS:
            return no_space(glued[1], glued[2], node.inside(len(glued[1])))
        return Problem("not_a_map", {}, node.place)
    first, value = next(iter(node.value.items()), ("", node))
    return Problem(
        "unknown_kind",
        {"given": first, "available": tuple(KINDS)},
        value.key_place or node.place,
        instead=closest(first, KINDS),
    )


def _once(found: Iterator[Problem]) -> tuple[Problem, ...]:
    """One fault, one problem: the first of each code at each place, in the order of the file."""
    kept: dict[Any, Problem] = {}
    for problem in found:
        kept.setdefault((problem.code, problem.place, str(problem.values.get("key"))), problem)
    misspelt = {(one.values["under"], one.instead) for one in kept.values() if one.code == "unknown_key"}
    told = [one for one in kept.values() if not _is_misspelt(one, misspelt)]
    return tuple(sorted(told, key=lambda one: (one.place.line, one.place.column) if one.place else (0, 0)))


def _is_misspelt(problem: Problem, misspelt: Collection[tuple[Any, str | None]]) -> bool:
    """Whether a key is missing only because it stands there with another spelling, which is told."""
    return problem.code == "missing_key" and (
        (problem.values.get("under"), problem.values["key"]) in misspelt
    )
