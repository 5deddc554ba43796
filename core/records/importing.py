"""Importing rows: columns matched to fields, every row through the one write path, every refusal kept with why."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from ..context import Context
from ..problems import Problem, Refused
from ..schema.fields.field import ValueProblem
from ..store.ids import is_id
from ..store.memory import without_collecting
from ..store.query import Row
from .coercing import SETTABLE_BY_DOOR
from .plans import EntityPlan
from .records import Records
from .rights import authorize
from .spreadsheets import Sheet
from .unit import Unit

__all__ = ["BREATH", "Columns", "ImportReport", "RefusedRow", "import_sheet", "match_columns"]

CHUNK = 1000
"""Rows that are written in one transaction."""

BREATH = 0.003
"""Seconds between two transactions in which others who wait may write: who unlocks and locks again at once wins."""

PEOPLE = "user"

Chunk = Sequence[tuple[int, Mapping[str, Any]]]
"""Some rows of a sheet, each with its line."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column fills which field, and which columns fill none."""

    fields: Mapping[str, str]
    left_out: tuple[str, ...]


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

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.read / self.seconds if self.seconds else 0.0


def match_columns(
    plan: EntityPlan, columns: Sequence[str], chosen: Mapping[str, str] | None = None
) -> Columns:
    """Match headings with fields: by name, label or other heading (``also``); ``chosen`` (column → field) goes first.

    ``id`` is the id that a record had where it comes from (``external_id``), unless it is a Kehu id.
    Raises :class:`Refused` for a chosen field that is not there.
    """
    chosen = chosen or {}
    spellings: dict[str, str] = {}
    for name, kind in plan.writable.items():
        for spelling in (*kind.also, kind.label.zh, kind.label.en, name):
            spellings.setdefault(_normal(spelling), name)
    spellings |= {_normal(name): name for name in plan.writable}
    spellings |= {
        "id": "external_id",
        "externalid": "external_id",
        "createdat": "created_at",
        "创建时间": "created_at",
    }
    known = {*plan.writable, *SETTABLE_BY_DOOR["import"]}
    wrong = [
        Problem("no_such_import_field", {"name": to, "available": sorted(known)})
        for to in chosen.values()
        if to not in known
    ]
    if wrong:
        raise Refused(wrong)
    found: dict[str, str] = {}
    for column in columns:
        target = chosen.get(column) or spellings.get(_normal(column))
        if target is not None and target not in found.values():
            found[column] = target
    return Columns(found, tuple(column for column in columns if column not in found))


def import_sheet(
    records: Records,
    context: Context,
    entity: str,
    sheet: Sheet,
    chosen: Mapping[str, str] | None = None,
    progress: Callable[[ImportReport], bool] = lambda _: True,
    breath: float = BREATH,
) -> ImportReport:
    """Import all rows of a sheet. A row whose id is known changes that record; others make new ones.

    Rows are written in transactions of a thousand; a row that is refused leaves nothing behind and does not stop
    the others. ``progress`` is called after each transaction; when it says no, the import ends there. So it does where
    a transaction fails as a whole: its rows count as not read. ``breath``: seconds left to others between transactions.
    """
    authorize(records.rights, context, "import", entity)
    plan = records.plan(entity)
    report = ImportReport(entity, match_columns(plan, sheet.columns, chosen), total=sheet.total)
    start = time.perf_counter()
    rows = iter(sheet.rows)
    while chunk := list(islice(rows, CHUNK)):
        after = replace(report, refused=report.refused.copy(), people=report.people.copy())
        try:
            with without_collecting(), records.unit(context) as unit:
                strangers = _prepare(unit, plan, after, chunk)
                for line, row in chunk:
                    _take(unit, plan, after, line, row, strangers)
        except Refused as refusal:
            return replace(report, stopped=True, problems=refusal.problems)
        report = after
        report.seconds = time.perf_counter() - start
        time.sleep(breath)
        if not progress(report):
            report.stopped = report.read < report.total
            break
    return report


def _prepare(
    unit: Unit,
    plan: EntityPlan,
    report: ImportReport,
    chunk: Chunk,
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
    key = next((c for c, name in report.columns.fields.items() if name == "external_id"), None)
    if key is not None:
        ids = [str(row[key]).strip() for _, row in chunk if row.get(key) not in (None, "")]
        found = unit.transaction.lookup_many(plan.entity.entity, "external_id", ids)
        unit.existing = {text: rows[0]["id"] for text, rows in found.items()}
        unit.keep(plan.entity.entity, [rows[0] for rows in found.values()])
        unit.foresee(plan.entity.entity, [text for text in ids if is_id(text)])
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
    unit: Unit, plan: EntityPlan, report: ImportReport, line: int, row: Mapping[str, Any], strangers: set[str]
) -> None:
    report.read += 1
    values = {
        name: value
        for column, name in report.columns.fields.items()
        if (value := row.get(column)) is not None and value != ""
    }
    entity = plan.entity.entity
    named = strangers and {
        text
        for name, value in values.items()
        if plan.links.get(name) == PEOPLE and (text := str(value).strip()) in strangers
    }
    try:
        existing = _existing(unit, entity, values)
        with unit.attempt(entity, "created" if existing is None else "changed", careful=bool(named)):
            for person in named or ():  # added as one who cannot sign in
                unit.create(PEOPLE, {unit.records.plan(PEOPLE).entity.title_field: person})
            if existing is None:
                created = unit.create(entity, values)
                if created["external_id"]:
                    unit.existing[created["external_id"]] = created["id"]
                report.created += 1
            else:
                values.pop("created_at", None)
                after = unit.update(entity, existing["id"], values)
                if after["version"] == existing["version"]:
                    report.unchanged += 1
                else:
                    report.changed += 1
        if named:
            strangers -= named
            report.people += sorted(named)
    except Refused as refusal:
        report.refused.append(RefusedRow(line, row, refusal.problems))


def _existing(unit: Unit, entity: str, values: dict[str, Any]) -> Row | None:
    text = str(values.get("external_id") or "").strip()
    if is_id(text) and (row := unit.get(entity, text)) is not None:
        del values["external_id"]
        return row
    id = unit.existing.get(text)
    return unit.get(entity, id) if id is not None else None


def _normal(spelling: str) -> str:
    return "".join(spelling.casefold().replace("_", " ").split())
