"""Fields that must be filled and conditions that must hold: what a record's own definition asks of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..catalog.catalog import Catalog
from ..formula import Env, Formula, TextTemplate
from ..problems import Label
from ..schema.entity import Entity

__all__ = ["Requirement", "requirements_of", "said"]

Severity = Literal["block", "warn", "reason"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Fields that must be filled, always or while a condition holds, and what to say when they are not.

    ``reads``: the fields of the record that it depends on; ``texts``: the message by language, its holes compiled.
    ``form``: the form that asks, and ``asks``: the condition as it is written there.
    """

    name: str
    when: Formula | None
    fields: tuple[str, ...]
    check: Formula | None = None
    message: Label | None = None
    severity: Severity = "block"
    reads: frozenset[str] = frozenset()
    texts: Mapping[str, TextTemplate] | None = None
    form: Label | None = None
    asks: str = ""

    def words(self, row: Mapping[str, Any], env: Env) -> Label | None:
        """The message, its holes filled for this record."""
        return said(self.message, self.texts, row, env)


def said(
    message: Label | None, texts: Mapping[str, TextTemplate] | None, row: Mapping[str, Any], env: Env
) -> Label | None:
    """A message with its holes filled for this record, in both languages."""
    if message is None or not texts:
        return message
    return Label(texts["zh"].fill(row, env, "zh"), texts["en"].fill(row, env, "en"))


def requirements_of(catalog: Catalog, entity: Entity, formulas: Mapping[str, Formula]) -> list[Requirement]:
    """The required fields and the rules of an entity. ``formulas``: its formula fields."""
    return [replace(each, reads=reads_of(each, formulas)) for each in _all(catalog, entity)]


def reads_of(requirement: Requirement, formulas: Mapping[str, Formula]) -> frozenset[str]:
    """The fields a requirement depends on; those behind a formula field that is worked out on sight, too."""
    waiting = list(requirement.fields)
    for formula in (requirement.when, requirement.check):
        waiting += [path[0] for path in formula.uses] if formula is not None else []
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [path[0] for path in formulas[name].uses] if name in formulas else []
    return frozenset(found)


def _all(catalog: Catalog, entity: Entity) -> Iterator[Requirement]:
    yield Requirement("required", None, tuple(n for n, field in entity.fields.items() if field.required))
    for index, rule in enumerate(entity.rules):
        path: tuple[Any, ...] = ("entity", entity.entity, "rules", index)
        yield Requirement(
            rule.rule,
            catalog.formulas.get((*path, "when")),
            tuple(rule.require),
            catalog.formulas.get((*path, "check")),
            rule.message,
            rule.severity,
            texts=catalog.texts.get((*path, "message")),
        )
