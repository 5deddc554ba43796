"""Conditions in words that people read: ``金额 ≥ 10,000 且 状态 = 进行中``."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ...formula import Formula
from ...formula.tree import (
    All,
    AnyOf,
    Apply,
    Compare,
    Constant,
    InValues,
    IsEmpty,
    Negation,
    Path,
)  # fmt: skip
from .visit import Visit

__all__ = ["in_words"]

SIGNS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}

CALLS = {"CURRENT_USER": "words_me", "TODAY": "words_today", "NOW": "words_now"}
"""Functions that people call by a word."""


def in_words(visit: Visit, formula: Formula) -> str:
    """What the condition says. A part that has no plain words stands as the formula spells it."""
    return _Words(visit, formula.text).of(formula.tree)


class _Words:
    def __init__(self, visit: Visit, text: str) -> None:
        self._visit, self._text = visit, text
        self._said: Mapping[type, Callable[[Any], str]] = {
            All: lambda tree: self._joined(tree, "words_and", AnyOf),
            AnyOf: lambda tree: self._joined(tree, "words_or", All),
            Compare: self._compared,
            Negation: self._negated,
            IsEmpty: lambda tree: self._visit.t("words_empty", what=self.of(tree.term)),
            InValues: self._listed,
            Path: self._path,
            Constant: lambda tree: self._value(tree, None),
            Apply: self._called,
        }

    def of(self, tree: Any) -> str:
        say = self._said.get(type(tree))
        return say(tree) if say is not None else self._as_written(tree)

    def _as_written(self, tree: Any) -> str:
        return self._text[tree.span.start : tree.span.end] or self._text

    def _joined(self, tree: Any, key: str, bracketed: type) -> str:
        parts = [
            f"({self.of(term)})" if isinstance(term, bracketed) else self.of(term) for term in tree.terms
        ]
        return self._visit.t(key).join(parts)

    def _compared(self, tree: Compare) -> str:
        sides = (tree.left, tree.right)
        path = next((side for side in sides if isinstance(side, Path) and side.fields), None)
        left, right = (self._value(s, path) if isinstance(s, Constant) else self.of(s) for s in sides)
        return f"{left} {SIGNS[tree.operator]} {right}"

    def _negated(self, tree: Negation) -> str:
        if isinstance(tree.term, IsEmpty):
            return self._visit.t("words_not_empty", what=self.of(tree.term.term))
        return self._visit.t("words_not", what=self.of(tree.term))

    def _listed(self, tree: InValues) -> str:
        path = tree.term if isinstance(tree.term, Path) else None
        values = [self._value(v, path) if isinstance(v, Constant) else self.of(v) for v in tree.values]
        joint = "、" if self._visit.language == "zh" else ", "
        return self._visit.t("words_in", what=self.of(tree.term), values=joint.join(values))

    def _path(self, tree: Path) -> str:
        labels = [
            field.label.in_(self._visit.language) if field.label else field.name for field in tree.fields
        ]
        return self._visit.t("words_of").join(labels) if labels else self._as_written(tree)

    def _called(self, tree: Apply) -> str:
        if tree.function.name in CALLS:
            return self._visit.t(CALLS[tree.function.name])
        if tree.function.name == "DATE" and all(isinstance(each, Constant) for each in tree.arguments):
            year, month, day = (int(each.value) for each in tree.arguments if isinstance(each, Constant))
            return f"{year}-{month:02}-{day:02}"
        if tree.function.name in ("CONTAINS", "STARTS") and len(tree.arguments) == 2:
            what, text = (self.of(argument) for argument in tree.arguments)
            return self._visit.t(f"words_{tree.function.name.lower()}", what=what, text=text)
        return self._as_written(tree)

    def _value(self, tree: Any, path: Path | None) -> str:
        """A plain value, as the field that it is compared with shows its own."""
        value, language = tree.value, self._visit.language
        if path is not None and path.fields:
            shape = path.fields[-1]
            label = shape.option_labels.get(value) if isinstance(value, str) else None
            if label is not None:
                return str(label.in_(language))
            if shape.link is not None and isinstance(value, str):
                titles = self._visit.records.titles(self._visit.context, [(shape.link, value)])
                return titles.get((shape.link, value), value[:8])
        if value is None:
            return self._visit.t("form_nothing")
        if isinstance(value, bool):
            return self._visit.t("yes" if value else "no")
        if isinstance(value, Decimal | int):
            percent = tree.type.name == "percent"
            return f"{float(value * 100):g}%" if percent else f"{Decimal(value):,f}"
        if isinstance(value, datetime):
            return f"{value.astimezone(self._visit.context.zone):%Y-%m-%d %H:%M}"
        return value.isoformat() if isinstance(value, date) else f"“{value}”"
