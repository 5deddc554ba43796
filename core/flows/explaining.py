"""Why: what was looked at on the way to a computed value, and to the verdict of a rule, a gate or a form."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ..catalog.catalog import Key
from ..context import Context
from ..formula import Explanation, Type, bundled
from ..problems import Label, Problem, Refused, closest
from ..records.records import Records
from ..records.requirements import said
from ..records.rights import Action
from ..schema.entity import Entity
from ..schema.fields.computed import Rollup
from ..schema.form import in_order
from ..schema.role import RECORD_ACTIONS
from ..store.query import Row
from .explaining_rights import explain_right

__all__ = ["ASPECTS", "explain", "is_explained"]

ASPECTS = ("field", "rule", "gate", "shown", "right")
"""What can be asked about: a field's value, a rule of the entity, a gate of its flow, whether a form shows a field,
whether one may do something with the record (``read``, ``change``, …).
"""

SHOWN = 10
"""Records of a rollup that are named."""
DEEPEST = 5
"""Computed fields that are followed into each other."""

_YES_NO = Type("yes_no")


def explain(records: Records, context: Context, entity: str, id: str, aspect: str, name: str) -> Explanation:
    """Why it is so on this record, as a tree. Raises :class:`Refused` for a record that this person does not see, and
    for a name that is none of the aspect's.
    """
    why = _Why(records, context, entity, records.get(context, entity, id))
    known = why.known(aspect)
    if name not in known:
        values = {"name": name[:60], "available": sorted(known), "entity": why.definition.shown}
        raise Refused([Problem("explains_no_such", values, instead=closest(name, known))], "missing")
    return _titled(records, context, known[name]())


def is_explained(entity: Entity, field: str) -> bool:
    """Whether a field has its value from a formula or a rollup, so that there is something to tell."""
    return field in entity.fields and entity.fields[field].type in ("formula", "rollup")


class _Why:
    """One record's answers."""

    __slots__ = ("context", "entity", "env", "records", "row")

    def __init__(self, records: Records, context: Context, entity: str, row: Row) -> None:
        self.records, self.context, self.entity, self.row = records, context, entity, row
        self.env = records.env(context)

    @property
    def definition(self) -> Entity:
        return self.records.catalog.entities[self.entity]

    def formula(self, *key: str | int) -> Any:
        return self.records.catalog.formulas.get(key)

    def known(self, aspect: str) -> Mapping[str, Callable[[], Explanation]]:
        """Name → how to explain it."""
        match aspect:
            case "field":
                return {name: lambda name=name: self.field(name) for name in self.definition.fields}  # type: ignore[misc]  # mypy cannot see that the default binds it
            case "rule":
                rules = self.definition.rules
                return {rule.rule: lambda at=at: self.rule(at) for at, rule in enumerate(rules)}  # type: ignore[misc]  # as above
            case "gate":
                return dict(self.gates())
            case "right":
                return {action: lambda action=action: self.right(action) for action in RECORD_ACTIONS}  # type: ignore[misc]
            case _:
                return dict(self.forms())

    # fields

    def field(self, name: str) -> Explanation:
        found = self.inside(self.entity, name, self.row)
        if found is not None:
            return found
        field = self.definition.fields[name]
        value, type_ = self.given(name, self.row)
        return Explanation("given", field.label, "", value, type_, option=_option(field, value))

    def given(self, name: str, row: Row) -> tuple[Any, Type]:
        """A field's value and its type; of a secret, which no formula knows, dots."""
        field, value = self.definition.fields[name], row.get(self.definition.fields[name].system or name)
        if field.masked:
            return field.to_json(value), Type("text")
        return value, self.records.catalog.shapes[self.entity].fields[name].result

    def inside(self, entity: str, name: str, row: Row, level: int = 0) -> Explanation | None:
        """Why a computed field has its value; ``None`` for another, and where it would be followed too far."""
        definition = self.records.catalog.entities.get(entity)
        if definition is None or not is_explained(definition, name) or level >= DEEPEST:
            return None
        field = definition.fields[name]
        type_ = self.records.catalog.shapes[entity].fields[name].result
        if isinstance(field, Rollup):
            return self.rollup(entity, name, field, type_, row)
        formula = self.formula("entity", entity, "fields", name, "formula")

        def deeper(owner: str, other: str, of: Row) -> Explanation | None:
            return self.inside(owner, other, of, level + 1)

        value = field.fit(formula.evaluate(row, self.env))
        tree = formula.explain(row, self.env, deeper)
        return Explanation("field", field.label, formula.text, value, type_, children=(tree,))

    def rollup(self, entity: str, name: str, rollup: Rollup, type_: Type, row: Row) -> Explanation:
        """The records that add up to it, the newest of them by name."""
        catalog = self.records.catalog
        link, where = (
            catalog.rollup_link(entity, name),
            self.formula("entity", entity, "fields", name, "where"),
        )
        children = self.env.children(rollup.child, link, row["id"])
        counted = [child for child in children if where is None or where.evaluate(child, self.env)]
        shape = catalog.shapes[rollup.child]
        summed = shape.fields.get(rollup.child_field or "")
        label = catalog.entities[rollup.child].shown
        if summed is not None:
            label = Label(f"{label.zh} › {summed.shown.zh}", f"{label.en} › {summed.shown.en}")
        asked = f", {where.text}" if where is not None else ""
        function = bundled().functions[rollup.aggregate.upper()]
        title = catalog.entities[rollup.child].title_field
        named = tuple(
            Explanation(
                "record",
                Label(*([str(child.get(title) or child["id"])] * 2)),
                "",
                child.get(summed.name) if summed is not None else child["id"],
                summed.result if summed is not None else Type("record", rollup.child),
            )
            for child in list(counted)[-SHOWN:][::-1]
            if self.records.sees(self.context, rollup.child, child)
        )
        total = Explanation(
            "total", Label(f"{function.zh}({label.zh}{asked})", f"{function.name}({label.en}{asked})"), "",
            row.get(name), type_, counted=len(counted), children=named,
        )  # fmt: skip
        return Explanation(
            "field", catalog.entities[entity].fields[name].label, "", row.get(name), type_, children=(total,)
        )

    # verdicts

    def right(self, action: Action) -> Explanation:
        return explain_right(self.records, self.context, self.entity, self.row, action)

    def rule(self, at: int) -> Explanation:
        rule = self.definition.rules[at]
        label = self.words(rule.message, "entity", self.entity, "rules", at) or Label(rule.rule, rule.rule)
        return self.asked(label, ("entity", self.entity, "rules", at), rule.require, self.row)

    def gates(self) -> Iterator[tuple[str, Callable[[], Explanation]]]:
        for flow in self.records.catalog.flows.values():
            if flow.entity != self.entity:
                continue
            for at, gate in enumerate(flow.gates):
                key: Key = ("flow", flow.flow, "gates", at)
                label = self.words(gate.message, *key) or flow.stages[gate.to[0]].label
                moved = {**self.row, flow.field: gate.to[0]}
                yield (
                    gate.gate,
                    lambda label=label, key=key, gate=gate, moved=moved: self.asked(  # type: ignore[misc]  # as above
                        label, key, gate.require, moved
                    ),
                )

    def words(self, message: Label | None, *key: str | int) -> Label | None:
        return said(message, self.records.catalog.texts.get((*key, "message")), self.row, self.env)

    def asked(self, label: Label, key: Key, fields: Sequence[str], row: Row) -> Explanation:
        """Whether what is asked for is met: first whether it is asked at all, then each thing."""
        when, check = self.formula(*key, "when"), self.formula(*key, "check")
        asks = when is None or bool(when.evaluate(row, self.env))
        tree = (self.tree(when, row),) if when is not None else ()
        if not asks:
            return Explanation("unmet", label, "", True, _YES_NO, True, children=tree)
        filled = tuple(self.filled(name, row) for name in fields)
        checked = (self.tree(check, row),) if check is not None else ()
        holds = all(each.verdict for each in filled) and (
            check is None or bool(check.evaluate(row, self.env))
        )
        return Explanation("asks", label, "", holds, _YES_NO, holds, children=(*tree, *filled, *checked))

    def forms(self) -> Iterator[tuple[str, Callable[[], Explanation]]]:
        for form in self.records.catalog.forms.values():
            if form.entity != self.entity:
                continue
            for s, section in in_order(form.sections):
                for f, item in in_order(section.fields):
                    path: Key = ("form", form.form, "sections", s)
                    found = (self.formula(*path, "show"), self.formula(*path, "fields", f, "show"))
                    shows = tuple(formula for formula in found if formula is not None)
                    yield item.field, lambda name=item.field, shows=shows: self.visible(name, shows)  # type: ignore[misc]  # as above

    def visible(self, name: str, shows: Sequence[Any]) -> Explanation:
        holds = all(bool(formula.evaluate(self.row, self.env)) for formula in shows)
        label = self.definition.fields[name].label
        return Explanation(
            "asks", label, "", holds, _YES_NO, holds,
            children=tuple(self.tree(formula, self.row) for formula in shows),
        )  # fmt: skip

    def tree(self, formula: Any, row: Row) -> Explanation:
        found: Explanation = formula.explain(row, self.env, self.inside)
        return found

    def filled(self, name: str, row: Row) -> Explanation:
        field = self.definition.fields[name]
        value, type_ = self.given(name, row)
        is_there = value not in (None, [], "")
        return Explanation("filled", field.label, "", value, type_, is_there, option=_option(field, value))


def _option(field: Any, value: Any) -> Label | None:
    option = (getattr(field, "options", None) or {}).get(value) if isinstance(value, str) else None
    return option.label if option is not None else None


def _titled(records: Records, context: Context, tree: Explanation) -> Explanation:
    """The same with records by their titles and times as they are where the workspace is."""
    wanted = set(_linked(tree))
    known = records.titles(context, wanted) if wanted else {}

    def told(node: Explanation) -> Explanation:
        option = node.option
        if node.type.name == "record" and isinstance(node.value, str):
            title = known.get((node.type.entity or "", node.value))
            option = Label(title, title) if title is not None else option
        elif isinstance(node.value, datetime):
            text = f"{node.value.astimezone(context.zone):%Y-%m-%d %H:%M}"
            option = Label(text, text)
        return replace(node, option=option, children=tuple(map(told, node.children)))

    return told(tree)


def _linked(tree: Explanation) -> Iterator[tuple[str, str]]:
    if tree.type.name == "record" and tree.type.entity and isinstance(tree.value, str):
        yield tree.type.entity, tree.value
    for child in tree.children:
        yield from _linked(child)
