"""Message texts: plain text with ``{{ formula }}`` holes, filled by the one evaluator."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from ..problems import Language, Problem
from .env import Env, Row
from .explaining import shown
from .formula import Formula, compile_formula
from .mistakes import FormulaError, Span, mistake
from .shapes import Scope
from .spelling import is_nothing
from .tree import Path

__all__ = ["TextTemplate", "Writer", "compile_text"]

Writer = Callable[[Any, str, Language], str]
"""(value, type's name, language) → text: how a caller wants values written, in place of the plain manner."""


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """A text whose holes are checked formulas. ``pieces``: plain texts and formulas in order."""

    text: str
    pieces: tuple[str | Formula, ...] = dataclass_field(repr=False)

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas of its holes, in order."""
        return tuple(piece for piece in self.pieces if not isinstance(piece, str))

    @property
    def uses(self) -> frozenset[tuple[str, ...]]:
        """The paths that its holes speak of."""
        return frozenset(path for formula in self.formulas for path in formula.uses)

    def fill(self, row: Row, env: Env, language: Language = "zh", write: Writer | None = None) -> str:
        """The text for this row. An empty value leaves nothing; an option is written by its label."""
        return "".join(
            piece if isinstance(piece, str) else _written(piece, row, env, language, write)
            for piece in self.pieces
        )


def compile_text(text: str, scope: Scope) -> TextTemplate:
    """Read and check a text with holes. Raises :class:`FormulaError`; columns count in the whole text."""
    pieces: list[str | Formula] = []
    problems: list[Problem] = []
    at = 0
    while (opening := text.find("{{", at)) >= 0:
        closing = _closing(text, opening + 2)
        if closing < 0:
            problems.append(mistake("formula_hole_not_closed", Span(opening, opening + 2)))
            break
        pieces.append(text[at:opening])
        inside = text[opening + 2 : closing]
        try:
            pieces.append(compile_formula(inside, scope))
        except FormulaError as error:
            problems += (_moved(problem, opening + 2) for problem in error.problems)
        at = closing + 2
    if problems:
        raise FormulaError(problems)
    pieces.append(text[at:])
    return TextTemplate(text, tuple(piece for piece in pieces if piece != ""))


def _closing(text: str, start: int) -> int:
    """Where the hole ends: the first ``}}`` outside of quotes."""
    quote = ""
    for index in range(start, len(text)):
        character = text[index]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif text.startswith("}}", index):
            return index
    return -1


def _moved(problem: Problem, by: int) -> Problem:
    """The same problem counted from the start of the whole text."""
    column, width = problem.values["column"] + by, problem.values["width"]
    values = {name: value for name, value in problem.values.items() if name not in ("column", "width")}
    span = Span(column - 1, column - 1 + width)
    return mistake(problem.code, span, problem.instead, **values)


def _written(formula: Formula, row: Row, env: Env, language: Language, write: Writer | None) -> str:
    value = formula.evaluate(row, env)
    if is_nothing(value):
        return ""
    tree = formula.tree
    if isinstance(tree, Path) and tree.fields and isinstance(value, str):
        label = tree.fields[-1].option_labels.get(value)
        if label is not None:
            return label.in_(language)
    return write(value, formula.type, language) if write is not None else shown(value, tree.type, language)
