"""What an import would do, row by row, told before anything is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ..problems import Problem
from ..store.query import Row
from .columns import Columns
from .plans import EntityPlan

if TYPE_CHECKING:
    from .unit import Unit

__all__ = ["SHOWN", "Trial", "Verdict"]

SHOWN = 50
"""Rows of each kind that are told of one by one; the counts tell of all."""

_ALIKE = ("phone", "email")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would become of one row.

    ``changes``: field → (before, after) of what it would change; ``like``: the title and the id of a record that it
    looks like, though it would make a new one; ``problems``: why it would be refused.
    """

    line: int
    kind: Literal["created", "changed", "unchanged", "refused"]
    title: str
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    like: tuple[str, str] | None = None
    problems: tuple[Problem, ...] = ()


class Trial:
    """Collects verdicts while the rows go through the write path, in a transaction that is taken back."""

    def __init__(self, plan: EntityPlan, verdicts: list[Verdict]) -> None:
        self._plan, self._verdicts = plan, verdicts
        self._told: Counter[str] = Counter()
        self._there: dict[tuple[str, Any], Row] = {}
        self._watched = [
            name
            for name, kind in plan.writable.items()
            if (name == plan.entity.title_field or kind.type in _ALIKE) and kind.column == "text"
        ]

    def prepare(self, unit: "Unit", columns: Columns, chunk: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
        """Look up records with the same title, telephone number or address as these rows."""
        self._there = {}
        to = {name: column for column, name in columns.fields.items()}
        env = unit.env()
        for name in self._watched:
            if name not in to:
                continue
            kind = self._plan.writable[name]
            wanted = {kind.fit(row.get(to[name])) for _, row in chunk} - {None}
            found = unit.transaction.lookup_many(self._plan.entity.entity, name, list(wanted))
            for value, rows in found.items():
                if unit.records.sees(unit.context, self._plan.entity.entity, rows[0], env):
                    self._there[name, value] = rows[0]

    def tell(self, line: int, before: Row | None, after: Row) -> bool:
        """Take down what became of a row; gives whether it looks like another that is there."""
        title = str(after.get(self._plan.entity.title_field) or "")
        if before is None:
            other = next(
                (o for n in self._watched if (o := self._there.get((n, after[n]))) is not None), None
            )
            like = (str(other.get(self._plan.entity.title_field) or ""), other["id"]) if other else None
            self._add(Verdict(line, "created", title, like=like), first=like is not None)
            return like is not None
        fields = self._plan.entity.fields
        changes = {
            name: (before.get(name), value)
            for name, value in after.items()
            if name in fields and before.get(name) != value
        }
        same = after["version"] == before["version"]
        self._add(Verdict(line, "unchanged" if same else "changed", title, {} if same else changes))
        return False

    def refuse(self, line: int, row: Mapping[str, Any], problems: tuple[Problem, ...]) -> None:
        """Take down that a row would be refused."""
        text = " · ".join(str(value)[:60] for value in row.values() if value not in (None, ""))
        self._add(Verdict(line, "refused", text[:200], problems=problems))

    def _add(self, verdict: Verdict, first: bool = False) -> None:
        kind = "alike" if first else verdict.kind
        self._told[kind] += 1
        if self._told[kind] <= SHOWN:
            self._verdicts.append(verdict)
