"""Sample data: CSV files whose rows happened some days ago, entered one after the other through the one write path.

``customer.csv`` holds new records, ``customer.changes.csv`` what happened to them later; ``en.csv`` the English for
whole cells. Times are relative to today (``-35d``, ``-35d 14:30``, ``0d``, ``+12d``) in the workspace's zone.
Automations do not run: the files say everything that happened.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ..catalog.catalog import Catalog
from ..context import Context
from ..problems import Place, Problem, Refused
from ..store.memory import without_collecting
from .records import Records
from .spreadsheets import read_sheet
from .unit import Unit

__all__ = ["seed"]

_RELATIVE = re.compile(r"([+-]?\d{1,5})d(?: (\d{1,2}):(\d{2}))?")
CHANGES = ".changes"
TRANSLATIONS = "en.csv"
PEOPLE = "user"
OWNER = "owner"


@dataclass(frozen=True, slots=True)
class _Step:
    at: datetime
    rank: int
    line: int
    entity: str
    file: str
    id: str
    values: Mapping[str, Any]
    is_change: bool


def seed(records: Records, context: Context, folder: Path) -> int:
    """Enter all sample records of a folder in one transaction; gives how many steps that took.

    Raises :class:`Refused` with the file and line of the first row that the definitions do not take.
    """
    words = _translations(folder) if context.language == "en" else {}
    steps = sorted(
        _steps(records.catalog, context, folder, words), key=lambda step: (step.at, step.rank, step.line)
    )
    with without_collecting(), records.unit(context, follow=False) as unit:
        steps = _owner_first(unit, context, steps)
        for step in steps:
            try:
                _enter(unit, context, step)
            except Refused as refusal:
                place = Place(step.file, step.line, 1)
                raise Refused(
                    [
                        Problem("seed_row_refused", {"id": step.id, "entity": step.entity}, place),
                        *refusal.problems,
                    ]
                ) from refusal
    return len(steps)


def _owner_first(unit: Unit, context: Context, steps: list[_Step]) -> list[_Step]:
    """The first person of the sample data is who looks at it: the owner's record takes that row."""
    owner = unit.transaction.note(OWNER)
    person = next((step for step in steps if step.entity == PEOPLE), None)
    if owner is None or person is None:
        return steps
    unit.update(PEOPLE, owner, {**person.values, "external_id": person.id}, context=context)
    return [step for step in steps if step is not person]


def _enter(unit: Unit, context: Context, step: _Step) -> None:
    owner = step.values.get("owner")
    id = unit.resolve(step.entity, step.id) if step.is_change else None
    if id is not None and not owner:
        row = unit.get(step.entity, id) or {}
        actor = row.get("owner") or row.get("created_by") or context.actor
    else:
        actor = (unit.resolve(PEOPLE, owner) if owner else None) or context.actor
    about = Context(actor, "seed", context.language, context.zone, step.at, context.batch, "sample data")
    if step.is_change and id is None:
        values = {"entity": unit.records.plan(step.entity).entity.shown, "id": step.id}
        raise Refused([Problem("record_missing", values)], "missing")
    if id is not None:
        unit.update(step.entity, id, step.values, context=about)
    else:
        unit.create(
            step.entity, {**step.values, "external_id": step.id, "created_at": step.at}, context=about
        )


def _steps(catalog: Catalog, context: Context, folder: Path, words: Mapping[str, str]) -> Iterator[_Step]:
    ranks = _ranks(catalog)
    for path in sorted(folder.glob("*.csv")):
        if path.name == TRANSLATIONS:
            continue
        entity = path.stem.removesuffix(CHANGES)
        if entity not in catalog.entities:
            continue
        is_change = path.stem.endswith(CHANGES)
        rank = ranks[entity] * 2 + is_change
        for line, row in read_sheet(path.name, path.read_bytes()).rows:
            try:
                cells = {name: words.get(cell, cell) for name, cell in row.items() if cell}
                at = _moment(cells.pop("at" if is_change else "created_at", "0d"), context)
                id = cells.pop("id")
                values = {name: _meant(cell, context) for name, cell in cells.items()}
                yield _Step(at, rank, line, entity, path.name, id, values, is_change)
            except (ValueError, OverflowError, KeyError) as error:  # a moment that is none, or no id
                case = {"entity": entity, "id": row.get("id") or ""}
                place = Place(path.name, line, 1)
                raise Refused([Problem("seed_row_refused", case, place)]) from error


def _ranks(catalog: Catalog) -> dict[str, int]:
    """Entities in an order in which what is linked to comes first; circles are cut where they are met."""
    order: dict[str, int] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name not in order and name not in path:
            for target in catalog.links[name].values():
                visit(target, (*path, name))
            order.setdefault(name, len(order))

    for name in catalog.entities:
        visit(name, ())
    return order


def _meant(cell: str, context: Context) -> str | date:
    """A relative time in a cell as the date, or the time, it means today."""
    found = _RELATIVE.fullmatch(cell)
    if found is None:
        return cell
    return _moment(cell, context) if found[2] else _day(found, context)


def _moment(text: str, context: Context) -> datetime:
    found = _RELATIVE.fullmatch(text)
    if found is None:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=context.zone)).astimezone(UTC)
    clock = time(int(found[2] or 9), int(found[3] or 0))
    return datetime.combine(_day(found, context), clock, context.zone).astimezone(UTC)


def _day(found: re.Match[str], context: Context) -> date:
    return context.today + timedelta(days=int(found[1]))


def _translations(folder: Path) -> dict[str, str]:
    path = folder / TRANSLATIONS
    if not path.exists():
        return {}
    return {row["zh"]: row["en"] for _, row in read_sheet(path.name, path.read_bytes()).rows}
