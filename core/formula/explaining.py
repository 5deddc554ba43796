"""Why a formula came out as it did: the tree of what was looked at, and its lines in either language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from ..problems import Label, Language, say
from .budget import held
from .env import Env, Row
from .functions import bundled
from .running import follow, rows_of, run
from .spelling import is_nothing, plain_number, plain_text
from .tree import (
    Aggregate,
    All,
    AnyOf,
    Apply,
    Arithmetic,
    Case,
    Compare,
    Constant,
    InPeriod,
    InValues,
    IsEmpty,
    Negation,
    Path,
    Tree,
    parts,
)  # fmt: skip
from .types import Type

__all__ = ["Explanation", "Kind", "explain", "shown"]

Kind = Literal[
    "all", "any", "not", "compare", "empty", "in", "period", "case", "field", "total", "call", "value", "asks",
    "filled", "record", "given", "unmet", "much",
]  # fmt: skip
Inside = Callable[[str, str, Row], "Explanation | None"]
"""(entity, field, the record) → why the field has its value there; ``None`` for a field that somebody filled in."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing that was looked at.

    ``kind`` says what it is; ``label`` what people call it (a field's label path, a function's name); ``text`` how the
    formula spells it (``""`` where it was built by a filter); ``value`` what came out, of type ``type``; ``verdict``
    whether it holds, for conditions; ``sign`` the operator of a comparison; ``counted`` how many records a total
    looked at; ``children`` what it was made from.
    """

    kind: Kind
    label: Label
    text: str
    value: Any
    type: Type
    verdict: bool | None = None
    sign: str = ""
    counted: int | None = None
    option: Label | None = None
    children: tuple["Explanation", ...] = ()

    def in_words(self, language: Language, level: int = 0) -> tuple[str, ...]:
        """The lines of the explanation, children indented by two spaces under what they explain."""
        lines = ["  " * level + self.line(language)]
        for child in self.told():
            lines += child.in_words(language, level + 1)
        return tuple(lines)

    def said(self, language: Language) -> str:
        """The value as people read it."""
        return (
            self.option.in_(language) if self.option is not None else shown(self.value, self.type, language)
        )

    def told(self) -> tuple["Explanation", ...]:
        """What deserves a line of its own: a comparison tells its two sides itself, unless they are computed."""
        if self.kind in ("compare", "empty", "in", "period"):
            return tuple(
                child for child in self.children if child.children or child.kind not in ("field", "value")
            )
        return tuple(child for child in self.children if child.kind != "value")

    def line(self, language: Language) -> str:
        """Its own line, with ✓ or ✗ before a condition."""
        mark = "" if self.verdict is None else ("✓ " if self.verdict else "✗ ")
        values: dict[str, Any] = {
            "label": self.label, "value": self.said(language), "text": self.text, "sign": self.sign,
            "count": self.counted,
        }  # fmt: skip
        if self.kind in ("compare", "empty", "in", "period"):
            values["left"] = self.children[0]._short(language)
            values["right"] = ("、" if language == "zh" else ", ").join(
                child._short(language) for child in self.children[1:]
            )
        return mark + say(f"explain_{self.kind}", language, values).message

    def _short(self, language: Language) -> str:
        """A side of a comparison: a constant alone, everything else with its name."""
        if self.kind == "value":
            return self.said(language)
        return say("explain_side", language, {"label": self.label, "value": self.said(language)}).message


def explain(
    tree: Tree, text: str, row: Row, env: Env, entity: str = "", inside: Inside | None = None
) -> Explanation:
    """Evaluate a tree and keep what was looked at on the way. In ``and`` and IF only what mattered is followed.

    ``inside`` tells of fields that are worked out themselves; ``entity``: what the row is a record of. Where there are
    more records to look at than one evaluation may, that is all it says.
    """
    much = Explanation("much", Label("", ""), text, None, tree.type)
    explainer = _Explainer(text, row, env, entity, inside)
    found: Explanation = held(lambda row, env: explainer.of(tree), much)(row, env)
    return found


class _Explainer:
    __slots__ = ("entity", "env", "inside", "row", "text")

    def __init__(self, text: str, row: Row, env: Env, entity: str, inside: Inside | None) -> None:
        self.text = text
        self.row = row
        self.env = env
        self.entity = entity
        self.inside = inside

    def of(self, tree: Tree) -> Explanation:
        value = run(tree)(self.row, self.env)
        kind, label, sign = _told_as(tree)
        verdict = bool(value) if tree.type.name == "yes_no" and kind not in ("value", "field") else None
        return Explanation(
            kind, label or Label(self.spelled(tree), self.spelled(tree)), self.spelled(tree), value, tree.type, verdict,
            sign, self.counted(tree), self.option(tree, value), self.children(tree),
        )  # fmt: skip

    def spelled(self, tree: Tree) -> str:
        return self.text[tree.span.start : tree.span.end]

    def counted(self, tree: Tree) -> int | None:
        if not isinstance(tree, Aggregate):
            return None
        where = run(tree.where) if tree.where is not None else None
        found = rows_of(tree.rows)(self.row, self.env)
        return sum(1 for each in found if where is None or where(each, self.env))

    def option(self, tree: Tree, value: Any) -> Label | None:
        if isinstance(tree, Path) and tree.fields and isinstance(value, str):
            return tree.fields[-1].option_labels.get(value)
        return None

    def children(self, tree: Tree) -> tuple[Explanation, ...]:
        if isinstance(tree, Path):
            return self.behind(tree)
        if isinstance(tree, Case):
            for when, then in tree.branches:
                if run(when)(self.row, self.env):
                    return self.of(when), self.of(then)
            return *(self.of(when) for when, _ in tree.branches), self.of(tree.otherwise)
        found = tuple(map(self.of, parts(tree)))
        if isinstance(tree, (Compare, InValues)):
            labels = next((_options(part) for part in parts(tree) if _options(part)), None)
            return tuple(_labelled(child, labels) for child in found) if labels else found
        return found

    def behind(self, path: Path) -> tuple[Explanation, ...]:
        """Why the field at the end of a path has its value, where it is worked out itself."""
        if self.inside is None or path.variable is not None or any(step.many for step in path.fields):
            return ()
        links, last = path.fields[:-1], path.fields[-1]
        row = follow(self.row, links, self.env)
        entity = (links[-1].link or "") if links else self.entity
        found = self.inside(entity, last.name, row) if row is not None else None
        return found.children if found is not None else ()


def _options(tree: Tree) -> Mapping[str, Label]:
    return tree.fields[-1].option_labels if isinstance(tree, Path) and tree.fields else {}


def _labelled(child: Explanation, labels: Mapping[str, Label]) -> Explanation:
    """A constant beside a choice is read as the option's label."""
    if child.kind != "value" or child.value not in labels:
        return child
    return Explanation(
        child.kind, child.label, child.text, child.value, child.type, option=labels[child.value]
    )


def _told_as(tree: Tree) -> tuple[Kind, Label | None, str]:
    match tree:
        case Path(fields=fields) if fields:
            return "field", _path_label(tree), ""
        case Path(variable=variable):
            return "field", Label(str(variable), str(variable)), ""
        case Aggregate(function=function, rows=rows, item=item):
            steps = (*rows.fields, *(item.fields if isinstance(item, Path) else ()))
            inner = _path_label(Path(None, steps, tree.type, tree.span))
            return (
                "total",
                Label(f"{bundled().functions[function].zh}({inner.zh})", f"{function}({inner.en})"),
                "",
            )
        case Compare(operator=operator):
            return "compare", None, operator
        case Apply(function=function) if tree.type.name == "yes_no" or tree.arguments:
            return "call", None, ""
        case Apply(function=function):
            return "field", Label(function.zh, function.name), ""
        case _:
            return _KINDS[type(tree)], None, ""


_KINDS: Mapping[type, Kind] = {
    All: "all", AnyOf: "any", Negation: "not", IsEmpty: "empty", InValues: "in", InPeriod: "period", Case: "case",
    Constant: "value", Arithmetic: "call",
}  # fmt: skip


def _path_label(path: Path) -> Label:
    labels = [step.shown for step in path.fields]
    return Label(" › ".join(each.zh for each in labels), " › ".join(each.en for each in labels))


def shown(value: Any, type_: Type, language: Language) -> str:
    """A value as an explanation or a message text shows it: ``1,234.50``, ``12.5%``, 是, ``2026-03-01``, 空."""
    if is_nothing(value):
        return say("explain_nothing", language).message
    writer = _WRITERS.get(type_.name)
    if writer is not None and isinstance(value, (Decimal, int)):
        return say("explain_yes" if value else "explain_no", language).message if type_.name == "yes_no" else writer(
            value
        )  # fmt: skip
    if isinstance(value, datetime) or not isinstance(value, date):
        return plain_text(value)
    return value.isoformat()


def _grouped(value: Decimal | int) -> str:
    return f"{Decimal(plain_number(value)):,f}"


def _money(value: Decimal | int) -> str:
    return f"{value:,.2f}"


def _percent(value: Decimal | int) -> str:
    return f"{plain_number(round(Decimal(value) * 100, 2))}%"


_WRITERS: Mapping[str, Callable[[Decimal | int], str]] = {
    "number": _grouped, "money": _money, "percent": _percent, "yes_no": str,
}  # fmt: skip
