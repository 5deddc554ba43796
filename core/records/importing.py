"""Importing rows: columns matched to fields, every row through the one write path, every refusal kept with why."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from ..context import Context
from ..problems import Problem, Refused
from ..schema.fields.field import ValueProblem
from ..store.ids import is_id, new_id
from ..store.memory import without_collecting
from .batches import Batch, keep_batch, keep_columns
from .columns import REASON, Columns, match_columns
from .matching import Existing, Manner
from .plans import EntityPlan
from .records import Records
from .rights import authorize
from .spreadsheets import Sheet
from .trying import Trial, Verdict
from .unit import Unit

__all__ = [
    "BREATH",
    "CHUNK",
    "Columns",
    "ImportReport",
    "Manner",
    "RefusedRow",
    "import_sheet",
    "match_columns",
]

CHUNK = 1000
"""Rows that are written in one transaction."""

BREATH = 0.003
"""Seconds between two transactions in which others who wait may write: who unlocks and locks again at once wins."""

PEOPLE = "user"

Chunk = Sequence[tuple[int, Mapping[str, Any]]]
"""Some rows of a sheet, each with its line."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: its line, what it said, and why."""

    line: int
    row: Mapping[str, Any]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class ImportReport:
    """What came of an import: ``read`` is always created + changed + unchanged + refused.

    ``problems``: what ended it before its end (a full disk, a busy database); the rows that were read are settled.
    ``batch``: what undoes it; ``dry``: nothing was written, and ``verdicts`` tell what would become of rows (some of
    each kind); ``alike``: rows that would make a record that looks like one which is there.
    """

    entity: str
    columns: Columns
    total: int
    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    seconds: float = 0.0
    stopped: bool = False
    problems: tuple[Problem, ...] = ()
    batch: str = ""
    dry: bool = False
    alike: int = 0
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.read / self.seconds if self.seconds else 0.0


def import_sheet(
    records: Records,
    context: Context,
    entity: str,
    sheet: Sheet,
    chosen: Mapping[str, str] | None = None,
    progress: Callable[[ImportReport], bool] = lambda _: True,
    breath: float = BREATH,
    manner: Manner = Manner(),  # noqa: B008  (it is frozen)
) -> ImportReport:
    """Import all rows of a sheet. A row whose record is known changes that record; others make new ones.

    Rows are written in transactions of a thousand; a row that is refused leaves nothing behind and does not stop
    the others. ``progress`` is called after each transaction; when it says no, the import ends there. So it does where
    a transaction fails as a whole: its rows count as not read. ``breath``: seconds left to others between transactions.
    ``manner``: how records are found, and what may be done to them; ``manner.dry`` writes nothing, and tells of the
    rows in ``verdicts``. What is written is remembered under ``context.batch`` and can be undone.
    """
    authorize(records.rights, context, "import", entity)
    plan = records.plan(entity)
    columns = match_columns(plan, sheet.columns, chosen)
    existing = Existing(plan, columns, manner)
    report = ImportReport(entity, columns, total=sheet.total, batch=context.batch, dry=manner.dry)
    trial = Trial(plan, report.verdicts) if manner.dry else None
    batch = _begun(context, entity, sheet)
    start, rows = time.perf_counter(), sheet.rows
    while chunk := list(islice(rows, CHUNK)):
        after = replace(report, refused=report.refused.copy(), people=report.people.copy())
        try:
            with without_collecting(), _Pretending(manner.dry), records.unit(context) as unit:
                strangers = _prepare(unit, plan, after, chunk, existing)
                if trial is not None:
                    trial.prepare(unit, columns, chunk)
                for line, row in chunk:
                    _take(unit, plan, after, line, row, strangers, existing, trial)
                if trial is not None:
                    raise _NotMeant
                batch = _kept(unit, batch, after)
                keep_columns(unit.transaction, entity, sheet.columns, columns.fields)
        except Refused as refusal:
            report = replace(report, stopped=True, problems=refusal.problems)
            break
        report = after
        report.seconds = time.perf_counter() - start
        time.sleep(breath)
        if not progress(report):
            report.stopped = report.read < report.total
            break
    _ended(records, batch, report)
    return report


class _NotMeant(Exception):  # noqa: N818  (it is no error: it takes back what was only tried)
    """Ends a transaction whose work is not wanted."""


class _Pretending:
    """Lets :class:`_NotMeant` end where a trial has taken back its rows."""

    def __init__(self, dry: bool) -> None:
        self._dry = dry

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return self._dry and kind is _NotMeant


def _begun(context: Context, entity: str, sheet: Sheet) -> Batch:
    at = context.now.isoformat(timespec="seconds").replace("+00:00", "Z")
    first = new_id()
    return Batch(context.batch, entity, sheet.name, context.actor, at, first, first)


def _ended(records: Records, batch: Batch, report: ImportReport) -> None:
    if report.read and not report.dry:
        with records.store.transaction() as transaction:
            keep_batch(transaction, batch.now(state="stopped" if report.stopped else "done"))


def _kept(unit: Unit, batch: Batch, report: ImportReport) -> Batch:
    """Write down how far the import is, with the rows that it tells of."""
    counts = {name: getattr(report, name) for name in ("read", "created", "changed", "unchanged")}
    batch = batch.now(last=new_id(), refused=len(report.refused), **counts)
    keep_batch(unit.transaction, batch)
    return batch


def _prepare(
    unit: Unit,
    plan: EntityPlan,
    report: ImportReport,
    chunk: Chunk,
    existing: Existing,
) -> set[str]:
    """Find all records that the chunk links to at once; gives the people it names who are not there yet."""
    strangers: set[str] = set()
    for column, name in report.columns.fields.items():
        target = plan.links.get(name)
        if target is None:
            continue
        texts = {str(row[column]).strip() for _, row in chunk if row.get(column) not in (None, "")} - {""}
        new = [text for text in texts if not is_id(text)]
        known = unit.transaction.lookup_many(target, "external_id", new)
        unit.know(target, {text: rows[0] for text, rows in known.items()})
        unit.foresee(target, [text for text in texts if is_id(text)])
        if target == PEOPLE:
            strangers |= {text for text in new if text not in known and _is_stranger(unit, text)}
    _foresee(unit, plan, report, chunk)
    existing.foresee(unit, chunk)
    return strangers


def _foresee(unit: Unit, plan: EntityPlan, report: ImportReport, chunk: Chunk) -> None:
    """Look up at once what the rows would ask for one by one: their unique keys, the children beside them."""
    columns = {name: column for column, name in report.columns.fields.items()}
    named = {
        name: [_value(unit, plan, name, row.get(columns[name])) for _, row in chunk]
        for name in {name for fields in plan.table.unique for name in fields}
        | {feed.link for feed in plan.feeds if feed.asks_all}
        if name in columns
    }
    if keyed := {name: named[name] for fields in plan.table.unique for name in fields if name in named}:
        rows = [dict(zip(keyed, values, strict=True)) for values in zip(*keyed.values(), strict=True)]
        unit.transaction.foresee(plan.entity.entity, rows)
    for feed in plan.feeds:
        column = columns.get(feed.child_field or "")
        if feed.asks_all and feed.link in named and column is not None:
            counted = (row.get(column) not in (None, "") for _, row in chunk)
            parents = {id for id, counts in zip(named[feed.link], counted, strict=True) if id and counts}
            unit.foresee_children(plan.entity.entity, feed.link, parents)


def _value(unit: Unit, plan: EntityPlan, name: str, text: Any) -> Any:
    """The value that a cell will most likely be; ``None`` where the row itself has to find out."""
    if text in (None, ""):
        return None
    try:
        if name in plan.links:
            return unit.known(plan.links[name], str(text).strip())
        return plan.writable[name].coerce(text, unit.context.zone)
    except ValueProblem:
        return None


def _is_stranger(unit: Unit, text: str) -> bool:
    try:
        return unit.resolve(PEOPLE, text) is None
    except Refused:  # several have that name: each row that names them says so
        return False


def _take(
    unit: Unit,
    plan: EntityPlan,
    report: ImportReport,
    line: int,
    row: Mapping[str, Any],
    strangers: set[str],
    existing: Existing,
    trial: Trial | None,
) -> None:
    report.read += 1
    values = {
        name: value
        for column, name in report.columns.fields.items()
        if (value := row.get(column)) is not None and value != ""
    }
    entity, about = plan.entity.entity, None
    if REASON in values:
        about = replace(unit.context, reason=str(values.pop(REASON)).strip()[:500] or None)
    named = strangers and {
        text
        for name, value in values.items()
        if plan.links.get(name) == PEOPLE and (text := str(value).strip()) in strangers
    }
    try:
        before = existing.find(unit, values)
        with unit.attempt(entity, "created" if before is None else "changed", careful=bool(named)):
            for person in named or ():  # added as one who cannot sign in
                unit.create(PEOPLE, {unit.records.plan(PEOPLE).entity.title_field: person})
            if before is None:
                after = unit.create(entity, values, about)
                existing.add(after)
                report.created += 1
            else:
                values.pop("created_at", None)
                after = unit.update(entity, before["id"], values, context=about)
                if after["version"] == before["version"]:
                    report.unchanged += 1
                else:
                    report.changed += 1
        if trial is not None:
            report.alike += trial.tell(line, before, after)
        if named:
            strangers -= named
            report.people += sorted(named)
    except Refused as refusal:
        report.refused.append(RefusedRow(line, row, refusal.problems))
        if trial is not None:
            trial.refuse(line, row, refusal.problems)
