"""Which record a row of an import means: by the id it has elsewhere, or by fields that people chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..problems import Problem, Refused
from ..schema.fields.field import ValueProblem
from ..schema.fields.values import shortened
from ..store.ids import is_id
from ..store.query import Row
from .columns import Columns
from .plans import EntityPlan

if TYPE_CHECKING:
    from .unit import Unit

__all__ = ["Existing", "Manner", "keys_of"]

_KINDS = frozenset({"text", "integer", "decimal", "date", "datetime"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How an import goes about it.

    ``key``: the fields that tell which record a row means, ``()`` for ``external_id`` alone; ``several``: what to do
    where more than one record has them; ``only``: make new records only, or change existing ones only; ``dry``: try,
    and write nothing.
    """

    key: tuple[str, ...] = ()
    several: Literal["refuse", "oldest"] = "refuse"
    only: Literal["", "create", "change"] = ""
    dry: bool = False


def keys_of(plan: EntityPlan) -> tuple[tuple[str, ...], ...]:
    """What records may be found by: what is unique, then every field that holds one plain value."""
    unique = [unique.fields for unique in plan.entity.unique]
    plain = [
        (name,)
        for name, kind in plan.open.items()
        if kind.column in _KINDS and name not in plan.tables and not kind.masked
    ]
    return tuple(dict.fromkeys(map(tuple, (*unique, *plain))))


class Existing:
    """Finds the records that rows mean. Made once for an import; asked for a thousand rows at a time."""

    def __init__(self, plan: EntityPlan, columns: Columns, manner: Manner) -> None:
        """Raises :class:`Refused` for a key that cannot be one, or that no column goes to."""
        self._plan, self._manner = plan, manner
        self._columns = {name: column for column, name in columns.fields.items()}
        self._external: dict[str, str] = {}
        self._keyed: dict[tuple[Any, ...], list[str]] = {}
        problems = []
        available = {name for key in keys_of(plan) for name in key}
        for name in manner.key:
            if name not in available:
                values = {"name": shortened(name), "available": sorted(available)}
                problems.append(Problem("import_key_unknown", values))
            elif name not in self._columns:
                label = plan.writable[name].label
                problems.append(Problem("import_key_not_there", {"label": label}, field=name))
        if problems:
            raise Refused(problems)

    def foresee(self, unit: "Unit", chunk: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
        """Look up at once the records that these rows mean."""
        entity, transaction = self._plan.entity.entity, unit.transaction
        self._external, self._keyed = {}, {}
        if (column := self._columns.get("external_id")) is not None:
            ids = [str(row[column]).strip() for _, row in chunk if row.get(column) not in (None, "")]
            found = transaction.lookup_many(entity, "external_id", ids)
            self._external = {text: rows[0]["id"] for text, rows in found.items()}
            unit.keep(entity, [rows[0] for rows in found.values()])
            unit.foresee(entity, [text for text in ids if is_id(text)])
        if self._manner.key:
            first = self._manner.key[0]
            wanted = {self._read(unit, first, row.get(self._columns[first])) for _, row in chunk} - {None}
            env = unit.env()
            for rows in transaction.lookup_many(entity, first, list(wanted)).values():
                seen = [row for row in rows if unit.records.sees(unit.context, entity, row, env)]
                unit.keep(entity, seen)
                for row in seen:
                    key = tuple(row[name] for name in self._manner.key)
                    self._keyed.setdefault(key, []).append(row["id"])

    def find(self, unit: "Unit", values: dict[str, Any]) -> Row | None:
        """The record that a row means, or ``None`` for a new one; a Kehu id is taken out of the values.

        Raises :class:`Refused` where the row does not say which, several fit, or nothing of this kind is wanted.
        """
        entity = self._plan.entity.entity
        row = None
        if "external_id" in values:
            text = str(values["external_id"]).strip()
            if is_id(text) and (row := unit.get(entity, text)) is not None:
                del values["external_id"]
            elif (id := self._external.get(text)) is not None:
                row = unit.get(entity, id)
        if row is None and self._manner.key:
            row = self._by_key(unit, values)
        if row is None and self._manner.only == "change":
            raise Refused([Problem("import_not_there", {})])
        if row is not None and self._manner.only == "create":
            title = str(row.get(self._plan.entity.title_field) or row["id"])
            raise Refused([Problem("import_there_already", {"title": title})])
        return row

    def add(self, row: Row) -> None:
        """A row has made this record: later rows may mean it."""
        if row["external_id"]:
            self._external[row["external_id"]] = row["id"]
        if self._manner.key:
            self._keyed.setdefault(tuple(row[name] for name in self._manner.key), []).append(row["id"])

    def _by_key(self, unit: "Unit", values: Mapping[str, Any]) -> Row | None:
        key = tuple(self._read(unit, name, values.get(name)) for name in self._manner.key)
        empty = next((n for n, value in zip(self._manner.key, key, strict=True) if value is None), None)
        if empty is not None:
            if values.get(empty) not in (None, ""):
                return None  # it is no value of this field: saving the row says so
            label = self._plan.writable[empty].label
            raise Refused([Problem("import_key_empty", {"label": label}, field=empty)])
        ids = self._keyed.get(key, [])
        if len(ids) > 1 and self._manner.several == "refuse":
            label = self._plan.writable[self._manner.key[0]].label
            text = shortened(values[self._manner.key[0]])
            given = {"label": label, "count": len(ids), "text": text}
            raise Refused([Problem("import_key_ambiguous", given, field=self._manner.key[0])])
        return unit.get(self._plan.entity.entity, min(ids)) if ids else None

    def _read(self, unit: "Unit", name: str, text: Any) -> Any:
        """The value that a cell stands for, as the column keeps it; ``None`` for nothing, or what it cannot keep."""
        if text in (None, ""):
            return None
        try:
            if name in self._plan.links:
                return unit.resolve(self._plan.links[name], str(text).strip())
            return self._plan.writable[name].coerce(text, unit.context.zone)
        except (ValueProblem, Refused):
            return None
