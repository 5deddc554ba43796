"""What is wrong with a formula, and where in its text."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..problems import Place, Problem, message

__all__ = ["FormulaError", "Span", "mistake"]


class Span(NamedTuple):
    """A stretch of the formula's text: ``text[start:end]``."""

    start: int
    end: int


class FormulaError(ValueError):
    """The formula cannot be used. ``problems`` says everything that is wrong with it.

    Each problem's place has line 0 and the column (1-based) and width in the formula's text; the same numbers stand
    in its values as ``column`` and ``width``. Whoever knows the file turns them into a place in the file.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(message(problem, "en") for problem in self.problems))


def mistake(code: str, span: Span, instead: str | None = None, **values: Any) -> Problem:
    """A problem at a span of the formula's text."""
    column, width = span.start + 1, max(1, span.end - span.start)
    values |= {"column": column, "width": width}
    return Problem(code, values, Place("", 0, column, width), instead=instead)
