"""Why somebody may do something with a record, or may not: each of their roles, and how far it reaches."""

from collections.abc import Iterator

from ..context import Context
from ..formula import Explanation, Formula, Type
from ..problems import Label, say
from ..records.records import Records
from ..records.rights import Action
from ..schema.role import OWNER
from ..store.query import Row
from ..words import Language

__all__ = ["explain_right"]

_YES_NO = Type("yes_no")


def explain_right(
    records: Records, about: Context, entity: str, row: Row, action: Action, asking: Context | None = None
) -> Explanation:
    """Whether the person of ``about`` may do this to a record, as a tree: a line for each role, and for shares.

    ``asking``: who reads it, where that is somebody else; a condition that looks at what they do not see is not told.
    """
    return _Right(records.whole, about, entity, row, action, asking or about).tree()


class _Right:
    """One question."""

    def __init__(
        self, records: Records, about: Context, entity: str, row: Row, action: Action, asking: Context
    ) -> None:
        self.records, self.about, self.entity, self.action, self.asking = (
            records,
            about,
            entity,
            action,
            asking,
        )
        self.row = records.store.get(entity, row["id"]) or row
        self.reaches = dict(records.rights.reaches(about, action, entity))

    def tree(self) -> Explanation:
        holds = self.records.rights.allows(self.about, self.action, self.entity, self.row, ())
        seen = self.records.rights.allows(self.about, "read", self.entity, self.row, ())
        holds = holds and seen
        values = {"action": self.action, "entity": self.records.catalog.entities[self.entity].shown}
        label = _label("right_given" if holds else "right_refused", **values)
        return self.node(label, holds, *self.roles(seen))

    def roles(self, seen: bool) -> Iterator[Explanation]:
        sight = self.records.rights.sight(self.about)
        if sight is None:
            yield self.node(_label("right_of_owner"), True)
            return
        if not seen and self.action != "read":
            yield self.node(_label("right_not_seen"), False)
        granted = sight.granted.get(self.entity, {})
        for role, allowed in granted.items():
            reach = allowed.reach(self.action)
            definition = self.records.catalog.roles.get(role)
            shown = definition.shown if definition is not None else Label(role, role)
            yield self.role(shown, reach, self.reaches.get(role), role in self.reaches)
        for role in sorted(self.about.roles - granted.keys()):
            definition = self.records.catalog.roles.get(role)
            shown = definition.shown if definition is not None else Label(role, role)
            code = "right_reach_none" if definition is not None or role == OWNER else "right_no_such_role"
            yield self.node(_label(code, role=shown), False)
        if not self.about.roles:
            yield self.node(_label("right_no_role"), False)
        if "share" in self.reaches:
            yield self.node(_label("right_shared"), self.holds(self.reaches["share"]))
        if self.about.scopes is not None:
            scopes = ", ".join(sorted(self.about.scopes)) or "-"
            yield self.node(_label("right_token", scopes=scopes), bool(self.reaches))

    def role(self, role: Label, reach: str, formula: Formula | None, given: bool) -> Explanation:
        """What one role gives, and whether that reaches this record."""
        word = "formula" if reach.startswith("=") else reach.replace(" ", "_")
        label = _label(f"right_reach_{word}", role=role, owner=self.owner())
        holds = given and self.holds(formula)
        told = reach.startswith("=") and formula is not None and self.may_be_told(formula)
        children = (
            (formula.explain(self.row, self.records.rights.env(self.about)),) if told and formula else ()
        )
        return self.node(label, holds, *children)

    def holds(self, formula: Formula | None) -> bool:
        return formula is None or bool(formula.evaluate(self.row, self.records.rights.env(self.about)))

    def may_be_told(self, formula: Formula) -> bool:
        sight = self.records.rights.sight(self.asking)
        return sight is None or (formula.local and sight.reads(self.records.catalog, (formula,), self.entity))

    def owner(self) -> str:
        """Whose the record is."""
        id = self.row.get(self.records.catalog.entities[self.entity].owner_field)
        return (
            self.records.titles(self.asking, [("user", str(id))]).get(("user", str(id)), "–") if id else "–"
        )

    def node(self, label: Label, holds: bool, *children: Explanation) -> Explanation:
        return Explanation("asks", label, "", holds, _YES_NO, holds, children=children)


def _label(code: str, **values: object) -> Label:
    languages: tuple[Language, ...] = ("zh", "en")
    zh, en = (say(code, language, _spoken(values, language)).message for language in languages)
    return Label(zh, en)


def _spoken(values: dict[str, object], language: Language) -> dict[str, object]:
    if "action" not in values:
        return values
    return {**values, "action": say(f"right_to_{values['action']}", language).message}
