"""Names that somebody wrote as people read them: ``客户`` for ``customer``."""

from collections.abc import Mapping
from dataclasses import replace

from ..problems import Problem
from ..schema.nodes import Node
from .merging import Merged

__all__ = ["with_names"]


def with_names(problems: list[Problem], merged: Mapping[tuple[str, str], Merged]) -> list[Problem]:
    """The problems; those about a label that stands where a name belongs say which name has that label."""
    if not any(problem.code == "not_a_name" for problem in problems):
        return problems
    labelled: dict[str, set[str]] = {}
    for (_, name), one in merged.items():
        _add(labelled, name, one.node)
        for part in ("fields", "stages"):
            below = one.node.below(part)
            for key, node in below.value.items() if below and isinstance(below.value, dict) else ():
                _add(labelled, key, node)
    return [_named(problem, labelled) for problem in problems]


def _add(labelled: dict[str, set[str]], name: str, node: Node) -> None:
    label = node.below("label")
    if label is not None:
        texts = label.value.values() if isinstance(label.value, dict) else [label]
        for text in texts:
            labelled.setdefault(str(text.value), set()).add(name)


def _named(problem: Problem, labelled: Mapping[str, set[str]]) -> Problem:
    names = labelled.get(str(problem.values.get("given")), set())
    if problem.code != "not_a_name" or len(names) != 1:
        return problem
    return replace(problem, instead=next(iter(names)))
