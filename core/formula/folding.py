"""Parts of a formula that are the same for every record and at any time: worked out once, when it is compiled."""

from collections.abc import Callable
from typing import Any

from .budget import Run
from .tree import Apply, Arithmetic, Constant, Tree, parts
from .types import MOMENTS

__all__ = ["settled"]


def settled(tree: Tree, run: Callable[[Tree], Run]) -> Tree:
    """The part as a constant, where it is one: ``DATE(2026, 3, 1)``, ``1 + 20%``; else as it is."""
    if isinstance(tree, Constant) or not _is_fixed(tree):
        return tree
    nowhere: Any = None  # nothing in it looks at the world around
    return Constant(run(tree)({}, nowhere), tree.type, tree.span)


def _is_fixed(tree: Tree) -> bool:
    match tree:
        case Constant():
            return True
        case Apply(function=function) if function.volatile or function.needs_env:
            return False
        case Arithmetic(left=left, right=right) if {left.type.name, right.type.name} == MOMENTS:
            return False  # a day begins where the workspace is
        case Apply() | Arithmetic():
            return all(map(_is_fixed, parts(tree)))
        case _:
            return False
