"""Undoing an import: what it made is deleted, what it changed is set back, and what people did since is kept.

The event log says what an import did: all of its events carry its batch, those of automations that it set off, too.
The newest goes first, in transactions of some hundred records, through the one write path. Each step can be seen from
the records themselves, so an undo that was cut off is simply done again: what is back already is left alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ..context import Context
from ..problems import Problem, Refused
from ..store.memory import without_collecting
from ..store.query import Event, Query, Row, Sort
from .batches import Batch, batch_of, keep_batch
from .plans import SERVICE_DOORS, EntityPlan
from .records import Records
from .rights import authorize
from .unit import Unit

__all__ = ["Kept", "UndoReport", "undo_import"]

CHUNK = 500
"""Records that are put back in one transaction."""

WINDOW = 2000
"""Events that are read at once."""

TOLD = 200
"""Records whose reason for being kept is told one by one; ``kept_count`` counts all."""

Key = tuple[str, str]
"""Entity and id of a record."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that an undo left as it is, wholly or in some fields, and why."""

    entity: str
    id: str
    title: str
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class UndoReport:
    """What came of an undo: ``total`` is deleted + restored + back_already + kept_count, once it is through.

    ``back_already``: nothing was to do, as after an undo that was cut off.
    """

    batch: str
    entity: str
    total: int = 0
    deleted: int = 0
    restored: int = 0
    back_already: int = 0
    kept_count: int = 0
    kept: list[Kept] = field(default_factory=list)
    stopped: bool = False

    @property
    def done(self) -> int:
        """Records that are settled."""
        return self.deleted + self.restored + self.back_already + self.kept_count

    def keep(self, kept: Kept) -> None:
        """Tell of a record that is kept."""
        self.kept_count += 1
        if len(self.kept) < TOLD:
            self.kept.append(kept)


@dataclass(slots=True)
class _Trace:
    """What an import did to one record: made it, or changed fields; ``version``: where it left it."""

    made: bool
    version: int
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def undo_import(
    records: Records,
    context: Context,
    batch: str,
    progress: Callable[[UndoReport], bool] = lambda _: True,
) -> UndoReport:
    """Put back what an import did.

    A record that it made is deleted, unless it was changed since, or something links to it that stays. A field that it
    changed gets its value from before, unless it was changed since. What is kept is told with its reason, and the
    import may be undone again when that is seen to. ``progress`` is called after each transaction; when it says no, the
    undo ends there and can go on later. Raises :class:`Refused` for an import that is unknown, or not ended.
    """
    told = batch_of(records.store, batch)
    authorize(records.rights, context, "import", told.entity)
    if told.state == "undone" and not told.kept:
        raise Refused([Problem("import_undone_already", {})], "conflict")
    traces = _traces(records, told)
    report = UndoReport(batch, told.entity, total=len(traces))
    listed = _Listed(records)
    left = list(reversed(traces))
    while left:
        later: list[tuple[Key, Kept]] = []
        before = report.deleted
        steps = iter(left)
        while chunk := list(islice(steps, CHUNK)):
            with without_collecting(), records.unit(context, follow=False) as unit:
                later += _undo(unit, {key: traces[key] for key in chunk}, report, listed)
                keep_batch(unit.transaction, told.now(state="undoing"))
            if not progress(report):
                report.stopped = True
                return report
        left = [key for key, _ in later]
        if report.deleted == before:  # what links to these stays: nothing more will come free
            for _, kept in later:
                report.keep(kept)
            break
    with records.store.transaction() as transaction:
        keep_batch(transaction, told.now(state="undone", kept=report.kept_count))
    return report


def _traces(records: Records, batch: Batch) -> dict[Key, _Trace]:
    """What the import did, record by record, the first it touched first."""
    traces: dict[Key, _Trace] = {}
    for event in _events(records, batch):
        key = (event.table, event.record)
        trace = traces.get(key)
        if event.kind == "created":
            traces[key] = _Trace(True, event.version)
        elif event.kind == "deleted":
            if trace is not None and trace.made:
                del traces[key]  # made and deleted again
        elif event.kind == "changed":
            if trace is None:
                trace = traces[key] = _Trace(False, event.version)
            trace.version = event.version
            if not trace.made:
                for name, (was, now) in event.changes.items():
                    trace.changes[name] = (trace.changes.get(name, (was, now))[0], now)
    return traces


def _events(records: Records, batch: Batch) -> Iterator[Event]:
    after, last = batch.first, batch.last if batch.state != "running" else "~"
    while events := records.store.all_events(after, WINDOW):
        for event in events:
            if event.id > last:
                return
            if event.batch == batch.batch and event.table in records.catalog.entities:
                yield event
        after = events[-1].id


def _undo(
    unit: Unit, traces: Mapping[Key, _Trace], report: UndoReport, listed: "_Listed"
) -> list[tuple[Key, Kept]]:
    """Put some records back; gives those that something links to, to be tried again when that may be gone."""
    later: list[tuple[Key, Kept]] = []
    for entity in {entity for entity, _ in traces}:
        ids = [id for other, id in traces if other == entity]
        unit.foresee(entity, ids)
        for other, link, _ in unit.records.plan(entity).incoming:
            unit.foresee_children(other, link, ids)
    for (entity, id), trace in traces.items():
        plan = unit.records.plan(entity)
        row = unit.get(entity, id)
        if row is None:
            report.back_already += 1 if trace.made else 0
            if not trace.made:
                report.keep(Kept(entity, id, id, (Problem("undo_gone", {}),)))
            continue
        title = str(row.get(plan.entity.title_field) or id)
        try:
            if not trace.made:
                _restore(unit, plan, row, trace, report, title)
            elif row["version"] != trace.version and _differs(unit, plan, row, report.batch):
                report.keep(Kept(entity, id, title, (Problem("undo_changed_since", {}),)))
            elif (linked := _linked(unit, plan, id, listed)) is not None:
                later.append(((entity, id), Kept(entity, id, title, (linked,))))
            else:
                with unit.attempt(entity, "deleted", careful=True):
                    unit.delete(entity, id)
                report.deleted += 1
        except Refused as refusal:
            report.keep(Kept(entity, id, title, refusal.problems))
    return later


def _restore(unit: Unit, plan: EntityPlan, row: Row, trace: _Trace, report: UndoReport, title: str) -> None:
    """Set fields back that are as the import left them."""
    values, problems = {}, []
    for name, (was, now) in trace.changes.items():
        kind = plan.writable.get(name)
        if kind is None or kind.masked:
            continue  # worked out from the others, or a secret that no event tells
        stands = None if row.get(name) is None else kind.to_json(row[name])
        if stands == now:
            values[name] = was
        elif stands != was:
            problems.append(Problem("undo_field_changed_since", {"label": kind.label}, field=name))
    if values:
        about = unit.context
        if not values.keys() <= plan.open.keys() and about.door not in SERVICE_DOORS:
            about = about.through("automation", f"undo {report.batch}")
        with unit.attempt(plan.entity.entity, "changed", careful=True):
            unit.update(plan.entity.entity, row["id"], values, context=about)
    if problems:
        report.keep(Kept(plan.entity.entity, row["id"], title, tuple(problems)))
    elif values:
        report.restored += 1
    else:
        report.back_already += 1


def _differs(unit: Unit, plan: EntityPlan, row: Row, batch: str) -> bool:
    """Whether a record that was written since differs from what the import left it: it may have been an undo."""
    left: dict[str, Any] = {}
    for event in reversed(unit.records.store.events(plan.entity.entity, row["id"])):
        if event.batch == batch:
            left |= {name: now for name, (_, now) in event.changes.items()}
    return any(
        (None if row[name] is None else kind.to_json(row[name])) != left.get(name)
        for name, kind in plan.writable.items()
        if not kind.masked
    )


def _linked(unit: Unit, plan: EntityPlan, id: str, listed: "_Listed") -> Problem | None:
    """Why a record cannot go: others link to it, or list it. What an undo deletes must not take others along."""
    for other, link, _ in plan.incoming:
        count = sum(unit.get(other, child["id"]) is not None for child in unit.children(other, link, id))
        if count:
            return Problem("undo_linked", {"others": unit.records.plan(other).entity.shown, "count": count})
    for other, name, _ in plan.listed_in:
        if id in listed.ids(other, name):
            return Problem("undo_linked", {"others": unit.records.plan(other).entity.shown, "count": 1})
    unit.unlisted.add((plan.entity.entity, id))
    return None


class _Listed:
    """The ids that lists and tables of links name: read once, as lists have no index."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: dict[tuple[str, str], set[str]] = {}

    def ids(self, entity: str, name: str) -> set[str]:
        """All ids that this field names, in any record."""
        if (entity, name) not in self._known:
            self._known[entity, name] = set(self._read(entity, name))
        return self._known[entity, name]

    def _read(self, entity: str, name: str) -> Iterator[str]:
        after: list[Any] | None = None
        while True:
            rows = self._records.store.find(Query(entity, sort=(Sort("id"),), after=after, limit=WINDOW))
            for row in rows:
                for each in row.get(name) or ():
                    yield from (each,) if isinstance(each, str) else map(str, each.values())
            if len(rows) < WINDOW:
                return
            after = [rows[-1]["id"]]
