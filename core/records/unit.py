"""The one write path. A :class:`Unit` is one transaction's work on records: all of it lands, or none.

Every door comes through :meth:`Unit.create`, :meth:`Unit.update` and :meth:`Unit.delete`. Each of them asks for the
right, coerces what was given, fills in what is computed, checks every rule and gate, writes the record and its event,
keeps the rollups of other records current, and then lets automations follow, all inside the same transaction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..context import Context
from ..formula import Env, Formula
from ..hooks import Change
from ..problems import Problem, Refused
from ..store.ids import is_id, new_id
from ..store.protocol import Transaction
from ..store.query import Row
from . import checking, coercing, filing, rollups
from .happening import change_of, event_of
from .listing import release
from .meanwhile import conflict, merged
from .plans import EntityPlan
from .rights import authorize

if TYPE_CHECKING:
    from .records import Records

__all__ = ["Unit"]

DEEPEST = 8
"""How many automations may set each other off in a row before the chain is refused as endless."""


class Unit:
    """Reads and writes within one transaction; reads see what the unit has already written."""

    def __init__(
        self, records: "Records", transaction: Transaction, context: Context, follow: bool = True
    ) -> None:
        self.records, self.transaction, self.context = records, transaction, context
        self.changes: list[Change] = []
        self.warnings: list[Problem] = []
        self.derived = rollups.Derived(self)
        self._rows: dict[tuple[str, str], Row | None] = {}
        self.laid: list[tuple[tuple[str, str], Row | None, bool]] = []
        self._children: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self._resolved: dict[tuple[str, str], str] = {}
        self._env: tuple[Context, Env] | None = None
        self._follow, self._depth = follow, 0
        self._leaving: set[tuple[str, str]] = set()
        self.unlisted: set[tuple[str, str]] = set()
        """Records (entity, id) that are known to stand in no list: deleting one need not look."""

    # reading

    def get(self, entity: str, id: str) -> Row | None:
        """The record as it stands now within this unit; not to be altered."""
        key = (entity, id)
        if key not in self._rows:
            row = self.transaction.get(entity, id)
            self._rows[key] = self.derived.over(entity, id, row) if row is not None else None
        return self._rows[key]

    def children(self, entity: str, link: str, id: str) -> Sequence[Row]:
        """The records of ``entity`` whose ``link`` points to this id, oldest first."""
        foreseen = self._children.get((entity, link), {}).get(id)
        rows = self.transaction.lookup(entity, link, id) if foreseen is None else foreseen
        return [self.derived.over(entity, row["id"], row) for row in rows]

    def env(self, variables: Mapping[str, Any] | None = None, context: Context | None = None) -> Env:
        """What formulas see: the time, the person, and the records of this unit."""
        about = context or self.context
        if variables is None and self._env is not None and self._env[0] is about:
            return self._env[1]
        env = Env(
            now=about.now,
            today=about.today,
            user=about.person,
            zone=about.zone,
            fetch=self.get,
            children=self.children,
            variables=variables or {},
        )
        if variables is None:
            self._env = (about, env)
        return env

    # writing

    def create(self, entity: str, values: Mapping[str, Any], context: Context | None = None) -> Row:
        """Make a record. Raises :class:`Refused` with every reason, and then has written nothing."""
        about = context or self.context
        plan = self.records.plan(entity)
        open_to = self.records.seen_by(about).plan(entity)
        authorize(self.records.rights, about, "create", entity)
        system, given = coercing.split(open_to, values, about)
        after = {**plan.blank, **coercing.coerce(self, plan, given, about)}
        now = about.now
        after |= {
            "id": new_id(),
            "version": 1,
            "external_id": system.get("external_id"),
            "created_at": system.get("created_at", now),
            "created_by": about.actor,
            "changed_at": system.get("changed_at", now),
            "changed_by": about.actor,
        }
        self._fill_in(plan, after, given, about)
        self._compute(plan, after, about)
        authorize(self.records.rights, about, "create", entity, after, given)
        self._save(plan, None, after, frozenset(given), about)
        return after

    def update(
        self,
        entity: str,
        id: str,
        values: Mapping[str, Any],
        version: int | None = None,
        context: Context | None = None,
        merge: bool = False,
    ) -> Row:
        """Change some fields of a record. ``version``: what the caller has seen; another one now is a conflict.

        ``merge``: only where both changed the same field; else the two changes go together.
        """
        about = context or self.context
        plan = self.records.plan(entity)
        before = self._existing(plan, id, about)
        authorize(self.records.rights, about, "change", entity, before)
        system, given = coercing.split(self.records.seen_by(about).plan(entity), values, about)
        authorize(self.records.rights, about, "change", entity, before, given)
        wanted = coercing.coerce(self, plan, given, about, before)
        if version is not None and version != before["version"]:
            if not merge:
                raise Refused([conflict(self, plan, before, wanted, version, about)], "conflict")
            wanted = merged(self, plan, before, wanted, version, about)
        wanted |= {name: value for name, value in system.items() if name != "changed_at"}
        if all(before.get(name) == value for name, value in wanted.items()):
            return before
        after = before | wanted
        after |= {"version": before["version"] + 1, "changed_at": about.now, "changed_by": about.actor}
        self._compute(plan, after, about)
        self._save(plan, before, after, frozenset(wanted), about)
        return after

    def delete(
        self, entity: str, id: str, version: int | None = None, context: Context | None = None
    ) -> None:
        """Delete a record; what links to it is refused, cleared or taken along as its field says (``on_delete``)."""
        about = context or self.context
        plan = self.records.plan(entity)
        before = self._existing(plan, id, about)
        authorize(self.records.rights, about, "delete", entity, before)
        if version is not None and version != before["version"]:
            raise Refused([conflict(self, plan, before, {}, version, about)], "conflict")
        self._leaving.add((entity, id))
        try:
            release(self, plan, before, about, self._leaving)
            # what went along with it may have changed its rollups: the row is read again
            self._save(plan, self.get(entity, id) or before, None, frozenset(), about)
        finally:
            self._leaving.discard((entity, id))
        self._resolved = {text: found for text, found in self._resolved.items() if found != id}

    def resolve(self, entity: str, text: str) -> str | None:
        """The id of the record that a text means: its id, the id it had elsewhere, or its title where only one has it.

        Raises :class:`Refused` where several records have that title.
        """
        key = (entity, text)
        if key not in self._resolved:
            found = coercing.resolve(self, entity, text)
            if found is None:
                return None
            self._resolved[key] = found
        return self._resolved[key]

    def know(self, entity: str, texts: Mapping[str, Row]) -> None:
        """Tell the unit what texts mean, as rows just read: an import need not ask for each row then."""
        self._resolved.update({(entity, text): row["id"] for text, row in texts.items()})
        self.keep(entity, texts.values())

    def known(self, entity: str, text: str) -> str | None:
        """The id that a text is already known to mean."""
        return text if self._rows.get((entity, text)) is not None else self._resolved.get((entity, text))

    def foresee(self, entity: str, ids: Collection[str]) -> None:
        """Read records that will be asked for, at once."""
        self.keep(entity, self.transaction.get_many(entity, list(ids)).values())

    def foresee_children(self, entity: str, link: str, ids: Collection[str]) -> None:
        """Read the records of ``entity`` whose ``link`` points to one of these ids, at once."""
        found = self.transaction.lookup_many(entity, link, list(ids))
        self._children.setdefault((entity, link), {}).update({id: found.get(id, []) for id in ids})

    def lay(self, key: tuple[str, str], row: Row | None) -> None:
        """From now on the record (entity, id) reads as this row, be it written or still waiting for that."""
        self.laid.append((key, self._rows.get(key), key in self._rows))
        self._rows[key] = row

    def keep(self, entity: str, rows: Iterable[Row]) -> None:
        """Take rows that were just read as the records' own, where they have not been read before."""
        for row in rows:
            if (entity, row["id"]) not in self._rows:
                self._rows[entity, row["id"]] = self.derived.over(entity, row["id"], row)

    def attempt(self, entity: str, kind: str, careful: bool = False) -> "Attempt":
        """What is refused inside is undone alone, and the unit goes on: one row of an import.

        A record that is refused has written nothing; only where automations may follow, or where it has taken a
        number of a series, is there more to undo; or where the caller says so (``careful``), as it writes more.
        """
        more = careful or self.records.followers_of(entity, kind) or self.records.plan(entity).series
        return Attempt(self, self.transaction.savepoint() if more else None)

    def forget_texts(self) -> None:
        """Look up again what texts mean."""
        self._resolved.clear()

    def lift(self, mark: int) -> None:
        """Read the records again as they were when so many had been laid."""
        for key, before, known in reversed(self.laid[mark:]):
            if known:
                self._rows[key] = before
            else:
                del self._rows[key]
        if len(self.laid) > mark:
            self._children.clear()
        del self.laid[mark:]

    def finish(self) -> None:
        """Write what is still pending; called once before the transaction ends."""
        self.derived.flush()

    # the steps of a save

    def _existing(self, plan: EntityPlan, id: str, about: Context) -> Row:
        row = self.get(plan.entity.entity, id) if is_id(id) else None
        if row is None or not self.records.sees(about, plan.entity.entity, row, self.env(context=about)):
            raise Refused([Problem("record_missing", {"entity": plan.entity.shown, "id": id})], "missing")
        return row

    def _fill_in(self, plan: EntityPlan, after: Row, given: Mapping[str, Any], about: Context) -> None:
        env = self.env(context=about)
        for name, default in plan.defaults_for(about, after, env):
            if after[name] is None and name not in given:
                value = default.evaluate(after, env) if isinstance(default, Formula) else default
                if value is default and name not in plan.careful:
                    after[name] = value  # a plain default was brought into its type with the plan
                else:
                    after |= coercing.coerce(self, plan, {name: value}, about)

    def _compute(
        self, plan: EntityPlan, row: Row, about: Context, read: frozenset[str] | None = None
    ) -> None:
        """Work out the computed fields; ``read``: those alone that read one of these fields, and so on."""
        env = self.env(context=about)
        for name, field, formula in plan.computed:
            if read is None or not plan.reads[name].isdisjoint(read):
                row[name] = field.fit(formula.evaluate(row, env))
                read = None if read is None else read | {name}

    def _save(
        self, plan: EntityPlan, before: Row | None, after: Row | None, given: frozenset[str], about: Context
    ) -> None:
        change = change_of(plan, before, after, about)
        if after is not None:
            problems = checking.check(self, plan, change, given)
            for guard in self.records.guards:
                problems += guard(self, change)
            problems = self.records.rights.told(about, plan.entity.name, problems)
            blocking = [problem for problem in problems if problem.level == "error"]
            if blocking:
                raise Refused(blocking)
            self.warnings += problems
            if not change.changed.isdisjoint(plan.series) or (before is None and plan.series):
                came = [after[name] for name in plan.series]
                coercing.number(self, plan, after, about, is_new=before is None)
                if came != [after[name] for name in plan.series]:
                    self._compute(plan, after, about, frozenset(plan.series))  # a formula may read the number
                    change = change_of(plan, before, after, about)
        self.records.before_save(change)
        self._write(plan, change)
        filing.tie(self, plan, change)
        self.derived.follow(plan, change)
        self._set_off_automations(change)

    def _write(self, plan: EntityPlan, change: Change) -> None:
        entity, before, after = change.entity, change.before, change.after
        waiting = self.derived.take(entity, change.id)
        if after is None:
            self.transaction.delete(entity, change.id)
        elif before is None:
            self.transaction.insert(entity, after)
        else:
            differing = {n: v for n, v in after.items() if before.get(n) != v}
            self.transaction.update(entity, change.id, {**waiting, **differing})
        self.lay((entity, change.id), dict(after) if after is not None else None)
        self._follow_children(change)
        self.transaction.log(event_of(plan, change, self.records.catalog.version))
        self.changes.append(change)

    def _follow_children(self, change: Change) -> None:
        """Keep the children that were foreseen current: a new record comes last; else they are read anew."""
        before, after = change.before, self._rows[change.entity, change.id]
        for (entity, link), foreseen in self._children.items():
            if entity == change.entity:
                if before is not None:
                    foreseen.pop(before[link], None)
                if (
                    after is not None
                    and (known := foreseen.pop(after[link], None)) is not None
                    and before is None
                ):
                    foreseen[after[link]] = [*known, after]

    def _set_off_automations(self, change: Change) -> None:
        followers = self.records.followers_of(change.entity, change.kind) if self._follow else ()
        if not followers:
            return
        if self._depth >= DEEPEST:
            values = {"entity": self.records.plan(change.entity).entity.shown, "deepest": DEEPEST}
            raise Refused([Problem("automation_loop", values)])
        self._depth += 1
        try:
            for follower in followers:
                follower(self, change)
        finally:
            self._depth -= 1


class Attempt:
    """See :meth:`Unit.attempt`. A class, as a generator takes four times as long, once for every imported row."""

    __slots__ = ("_marks", "_savepoint", "_unit")

    def __init__(self, unit: Unit, savepoint: AbstractContextManager[None] | None) -> None:
        self._unit, self._savepoint = unit, savepoint

    def __enter__(self) -> None:
        unit = self._unit
        self._marks = len(unit.changes), len(unit.warnings), unit.derived.mark(), len(unit.laid)
        if self._savepoint is not None:
            self._savepoint.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._savepoint is not None:
            self._savepoint.__exit__(kind, fault, trace)
        if not isinstance(fault, Refused):
            return
        unit, (changes, warnings, pending, laid) = self._unit, self._marks
        del unit.changes[changes:], unit.warnings[warnings:]
        unit.derived.return_to(pending)
        unit.lift(laid)
        if self._savepoint is not None:
            unit.forget_texts()  # a text may have meant a record that is undone
