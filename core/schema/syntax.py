"""What the two readers of definition files share."""

from ..problems import Problem

__all__ = ["DEEPEST", "LARGEST", "Unreadable"]

DEEPEST = 50
"""How many maps and lists may stand inside each other."""
LARGEST = 1024 * 1024
"""Bytes of a definition file."""


class Unreadable(Exception):  # noqa: N818  (it names the state of the file)
    """Reading cannot go on; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)
