"""What a form's script needs to follow the rules by itself: trees, and how to read the inputs (``static/rules.js``).

Whatever the script cannot know exactly stays with the server: the inputs it hangs on are named under ``ask``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...formula import FieldShape, Formula, is_nothing, kind_of, plain_value, portable
from ...records.requirements import Requirement
from .filling import Filling
from .form_shape import Item

__all__ = ["rules_of"]

_NUMBERS = frozenset({"number", "integer", "money", "percent"})
_SAME = frozenset({"choice", "stage", "link", "user"})
"""Field types whose input holds the kept value itself."""


def rules_of(filling: Filling) -> dict[str, Any]:
    """The rules of a form as it stands, as JSON.

    ``inputs``: how to read those that the script can; ``row``: what the record holds, ``before``: what it held;
    ``computed``, ``shown``, ``sections``, ``readonly``, ``required``, ``texts``: trees; ``ask``: the inputs whose
    change only the server can follow.
    """
    return _Rules(filling).written()


@dataclass(slots=True)
class _Rules:
    filling: Filling
    used: set[str] = field(default_factory=set)
    """Fields that a tree looks at."""
    local: set[int] = field(default_factory=set)
    """Formulas that the script follows, by identity."""

    def written(self) -> dict[str, Any]:
        filling = self.filling
        shape, env = filling.shape, filling.env
        inputs = {name: how for name, item in shape.items.items() if (how := _reading(item)) is not None}
        rules: dict[str, Any] = {
            "env": {"today": plain_value(env.today), "user": env.user},
            "inputs": inputs,
            "computed": list(self.computed()),
            "shown": self.trees((name, item.show) for name, item in shape.items.items()),
            "sections": self.trees((group.name, group.show) for group in shape.groups),
            "readonly": dict(self.readonly()),
            "required": list(self.required()),
            "texts": dict(self.texts()),
        }
        row, before = filling.row, filling.before or {}
        names = sorted(self.used & row.keys())
        return {
            **rules,
            "ask": sorted(self.asked(inputs)),
            "row": {name: self.value(name, row.get(name)) for name in names},
            "before": {name: self.value(name, before.get(name)) for name in names} if before else None,
        }

    def value(self, name: str, value: Any) -> Any:
        """[how to read it, the value]; a value that the script has no kind for is only there or not."""
        kind = self.kind(name)
        return [kind, plain_value(value) if kind != "some" else (None if is_nothing(value) else "…")]

    def kind(self, name: str) -> str:
        shape = self.shapes.get(name)
        return (kind_of(shape.result) if shape is not None else None) or "some"

    @property
    def shapes(self) -> Mapping[str, FieldShape]:
        return self.filling.visit.catalog.shapes[self.filling.shape.entity].fields

    def tree(self, formula: Formula) -> list[Any] | None:
        found = portable(formula)
        if found is not None:
            self.local.add(id(formula))
            self.used |= {path[0] for path in formula.uses}
        return found

    def trees(self, formulas: Iterable[tuple[str, Formula | None]]) -> dict[str, Any]:
        """name → tree; ``None`` for one that only the server knows."""
        return {name: self.tree(formula) for name, formula in formulas if formula is not None}

    def computed(self) -> Iterator[list[Any]]:
        """[name, kind, tree, places, the size it stays below], each after those it reads."""
        plan = self.filling.plan
        kept = {name: (kind, formula) for name, kind, formula in plan.computed}
        fields = plan.entity.fields
        for name, (kind, formula) in {**kept, **{n: (fields[n], f) for n, f in plan.virtual.items()}}.items():
            result = getattr(kind, "result", None)
            if result in (*_NUMBERS, "yes_no", "date") and (tree := self.tree(formula)) is not None:
                self.used.add(name)
                number = result in _NUMBERS and name in kept
                yield [name, self.kind(name), tree, kind.scale if number else None]

    def readonly(self) -> Iterator[tuple[str, Any]]:
        filling = self.filling
        for name, item in filling.shape.items.items():
            if item.readonly is None or item.fixed:
                continue
            if filling.before is not None and not item.readonly.evaluate(filling.before, filling.env):
                self.local.add(id(item.readonly))  # it was open, so it stays open
                continue
            self.used.add(name)
            yield name, self.tree(item.readonly)

    def required(self) -> Iterator[dict[str, Any]]:
        """Each requirement: when it asks, for which fields, and which changes make it ask about an old gap."""
        filling = self.filling
        form = filling.form
        always = [name for name, item in filling.shape.items.items() if item.required]
        yield {"when": None, "always": True, "fields": dict.fromkeys(always)}
        for each in (*filling.plan.requirements, *(form.requirements if form is not None else ())):
            if each.severity == "block":
                when = self.tree(each.when) if each.when is not None else None
                yield {"when": when, "always": each.when is None, "fields": dict(self.fields_of(each))}

    def fields_of(self, requirement: Requirement) -> Iterator[tuple[str, list[str] | None]]:
        filling = self.filling
        for name in requirement.fields:
            if name not in filling.shape.items or name in filling.plan.series:
                continue
            if filling.before is None or not is_nothing(filling.before.get(name)):
                yield name, None
                continue
            formulas = (requirement.when, requirement.check)
            reads = {path[0] for formula in formulas if formula is not None for path in formula.uses}
            self.used |= reads | {name}
            yield name, sorted(reads | {name})

    def texts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """How computed fields on the form are written: with so many places, a sign before or behind."""
        for name, item in self.filling.shape.items.items():
            result = getattr(item.field, "result", None)
            if not item.field.computed or result not in _NUMBERS:
                continue
            worker = item.field.worker  # type: ignore[attr-defined]  # computed fields with a result have one
            self.used.add(name)
            yield (
                name,
                {
                    "places": worker.decimals if result == "percent" else worker.scale,
                    "percent": result == "percent",
                    "sign": getattr(worker, "sign", ""),
                },
            )

    def asked(self, inputs: Mapping[str, Any]) -> set[str]:
        """The inputs that something hangs on which the script does not follow."""
        shown = self.filling.shape.items
        formulas = [formula for formula in self.others() if id(formula) not in self.local]
        heads = {path[0] for formula in formulas for path in formula.uses}
        heads |= {name for item in shown.values() if item.offer is not None for name in item.offer.reads}
        behind = dict(self.formulas())
        waiting, found = list(heads), set[str]()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [path[0] for path in behind[name].uses] if name in behind else []
        found |= (self.used - inputs.keys()) | self.filling.plan.tables.keys() | set(self.following())
        return found & shown.keys()

    def formulas(self) -> Iterator[tuple[str, Formula]]:
        plan = self.filling.plan
        yield from ((name, formula) for name, _, formula in plan.computed)
        yield from plan.virtual.items()

    def following(self) -> Iterator[str]:
        """Fields that a formula fills: typing its own value there makes them follow it again."""
        if self.filling.before is None:
            own = [(name, item.default) for name, item in self.filling.shape.items.items()]
            yield from (
                n for n, default in (*self.filling.plan.defaults, *own) if isinstance(default, Formula)
            )

    def others(self) -> Iterator[Formula]:
        """Every formula that may change what the form shows."""
        filling, plan = self.filling, self.filling.plan
        items, form = filling.shape.items.values(), filling.form
        asked = (*plan.requirements, *(form.requirements if form is not None else ()))
        found: list[Any] = [each.when for each in asked]
        found += [formula for item in items for formula in (item.show, item.readonly)]
        found += [group.show for group in filling.shape.groups]
        found += [each.when for each in plan.forms]
        found += [formula for name, formula in self.formulas() if name in filling.shape.items]
        if filling.before is None:
            found += [item.default for item in items] + [default for _, default in plan.defaults]
        yield from (each for each in found if isinstance(each, Formula))


def _reading(item: Item) -> dict[str, Any] | None:
    """How the script reads an input of this field; ``None``: it does not."""
    if item.fixed:
        return None
    reader = _READERS.get(item.field.type)
    return reader(item.field) if reader is not None else None


def _number(of: Any) -> dict[str, Any]:
    low, high = (None if limit is None else plain_value(limit) for limit in (of.min, of.max))
    return {"read": of.type, "places": of.decimals, "min": low, "max": high}


def _text(of: Any) -> dict[str, Any] | None:
    plain = of.pattern is None and of.min is None and of.identity is None
    return {"read": "text", "max": of.max, "lines": of.lines} if plain else None


def _date(of: Any) -> dict[str, Any]:
    low, high = (None if limit is None else plain_value(limit) for limit in (of.min, of.max))
    return {"read": "date", "min": low, "max": high}


_READERS: Mapping[str, Callable[[Any], dict[str, Any] | None]] = {
    **dict.fromkeys(_NUMBERS, _number),
    **dict.fromkeys(_SAME, lambda of: {"read": "same"}),
    "text": _text, "long_text": _text, "date": _date,
    "yes_no": lambda of: {"read": "yes_no"}, "choices": lambda of: {"read": "several"},
}  # fmt: skip
