"""Names in formulas: which field or variable is meant, and the notes on what was used."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..problems import Label, closest
from .mistakes import Span
from .shapes import EntityShape, FieldShape, normal
from .syntax import Name, Part
from .tree import Constant, Path, Tree
from .types import UNKNOWN, Type

if TYPE_CHECKING:
    from .checking import Checker

__all__ = ["Names", "Used"]

_SHOWN = 30


@dataclass(slots=True)
class Used:
    """What a formula speaks of, as it is found.

    ``paths``: from the row. ``names``: (column, width, path up to this name); the path of a variable starts with
    ``$name``. ``options``: (column, width, path of the field, option's name) for every option written as text.
    """

    paths: set[tuple[str, ...]] = field(default_factory=set)
    names: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    options: list[tuple[int, int, tuple[str, ...], str]] = field(default_factory=list)

    def take(self, other: "Used") -> None:
        """Add what another has found."""
        self.paths |= other.paths
        self.names += other.names
        self.options += other.options


class Names:
    """Resolves the names of one checker's formula."""

    __slots__ = ("checker",)

    def __init__(self, checker: "Checker") -> None:
        self.checker = checker

    def single(self, name: Name) -> Tree:
        """The one value that a path leads to."""
        tree = self.path(name)
        if isinstance(tree, Path):
            for step in tree.fields[:-1]:
                if step.many:
                    return self.checker.fault("formula_many_records", name.span, **_spelled(name, step))
        return tree

    def path(self, name: Name) -> Tree:
        """The path that a name spells, which may lead through children; a mistake is reported."""
        checker, parts = self.checker, name.parts
        variable = checker.scope.variables.get(parts[0].text)
        if variable is not None:
            return self.of_variable(name, variable)
        if len(parts) > 1 and normal(parts[0].text) not in checker.entity.spellings:
            parts = parts[1:] if checker.entity.called(parts[0].text) else parts
        return self.walk(name.span, None, checker.entity, parts)

    def of_variable(self, name: Name, kind: str) -> Tree:
        """A variable, or a path that starts at one."""
        checker, first = self.checker, name.parts[0]
        shape = checker.scope.shapes.get(kind)
        checker.used.names.append((first.span.start + 1, _width(first.span), (f"${first.text}",)))
        if shape is not None and len(name.parts) > 1:
            return self.walk(name.span, first.text, shape, name.parts[1:])
        if len(name.parts) > 1:
            return checker.fault("formula_leads_nowhere", first.span, name=first.text)
        type_ = Type("record", shape.name) if shape is not None else Type(kind)  # type: ignore[arg-type]  # the name of a type
        return Path(first.text, (), type_, name.span, shape.name if shape else None)

    def walk(self, span: Span, variable: str | None, shape: EntityShape, parts: tuple[Part, ...]) -> Tree:
        """Step from field to field, noting each."""
        checker, start = self.checker, shape.name
        base = (f"${variable}",) if variable else checker.prefix
        entity: EntityShape | None = shape
        steps: list[FieldShape] = []
        for index, part in enumerate(parts):
            if entity is None:
                return checker.fault(
                    "formula_leads_nowhere", parts[index - 1].span, name=parts[index - 1].text
                )
            step = self.step(entity, part)
            if step is None:
                return Constant(None, UNKNOWN, span)
            steps.append(step)
            path = base + tuple(each.name for each in steps)
            checker.used.names.append((part.span.start + 1, _width(part.span), path))
            entity = checker.scope.shapes.get(step.result.entity) if step.result.entity else None
        if not variable:
            checker.used.paths.add(path)
        return Path(variable, tuple(steps), steps[-1].result, span, start if variable else None)

    def step(self, entity: EntityShape, part: Part) -> FieldShape | None:
        """The field of an entity that is spelled so."""
        found = entity.fields.get(part.text)
        if found is not None:
            return found
        meant = entity.spellings.get(normal(part.text), ())
        if len(meant) == 1:
            return entity.fields[meant[0]]
        if meant:
            self.checker.fault("formula_ambiguous_name", part.span, name=part.text, choices=meant)
        else:
            self.unknown(entity, part)
        return None

    def unknown(self, entity: EntityShape, part: Part) -> None:
        """Report a name that no field has."""
        first, _, rest = part.text.partition(" ")
        if rest and normal(first) in entity.spellings:
            self.checker.fault("formula_words_in_a_row", part.span, first=first, rest=rest)
            return
        if text := _option(entity, part.text):
            self.checker.fault("formula_option_unquoted", part.span, text, name=part.text)
            return
        variables = tuple(self.checker.scope.variables) if entity is self.checker.entity else ()
        available = (*variables, *entity.fields)
        known = (*available, *(label for each in entity.fields.values() for label in each.labels))
        near = closest(part.text, known)
        self.checker.fault(
            "formula_unknown_name_near" if near else "formula_unknown_name",
            part.span,
            near,
            name=part.text,
            entity=Label(entity.labels[0], entity.labels[-1]) if entity.labels else entity.name,
            available=available if len(available) <= _SHOWN else (*available[:_SHOWN], "…"),
        )


def _option(entity: EntityShape, name: str) -> str | None:
    """The name in quotes, if it is not a field but one of the options that a field of the entity offers."""
    offered = any(normal(name) in map(normal, shape.options) for shape in entity.fields.values())
    return f'"{name}"' if offered else None


def _width(span: Span) -> int:
    return span.end - span.start


def _spelled(name: Name, step: FieldShape) -> dict[str, str]:
    return {"name": step.name, "path": ".".join(part.text for part in name.parts)}
