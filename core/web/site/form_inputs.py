"""The inputs of a form as its template draws them (``pages/README.md``, "form.html")."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...catalog.resolving import PEOPLE
from ...flows.moves import next_stages
from ...problems import Problem, advice, message
from ...schema.fields.attached import File
from ...schema.fields.field import Field
from ...schema.fields.secret import MASK
from ...schema.fields.table import Table
from ...words.schema import SPOKEN
from .attachments import input_files
from .filling import Filling
from .form_lists import listed_in, several, table_of
from .form_shape import Item
from .form_values import widget_of
from .options import Choosable, choosable
from .visit import Visit

__all__ = ["Errors", "sections_of", "text_of"]

Errors = Mapping[str, Sequence[Problem]]
"""Field → what is wrong with what was typed there."""

LONGEST = {"email": 254, "phone": 40, "url": 2000, "number_series": 100, "signature": 40_000, "region": 100}
WIDE = frozenset(
    {"long_text", "rich_text", "choices", "address", "table", "json", "signature", "links", "users", "files"}
)
ROOMY = 400
"""A text that may be longer than this gets the whole width."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What all inputs of one page share."""

    filling: Filling
    errors: Errors
    hints: Mapping[str, str]
    titles: Mapping[tuple[str, str], str]
    choices: Mapping[str, Choosable]

    @property
    def visit(self) -> Visit:
        return self.filling.visit


def sections_of(
    filling: Filling, errors: Errors, hints: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """The sections of a form with their inputs. A field in error shows, whatever its form says.

    ``hints``: field → what the page says below its input besides its help.
    """
    visit, shape = filling.visit, filling.shape
    targets = {
        name: target
        for name, item in shape.items.items()
        if (target := _target(visit, shape.entity, name, item)) is not None
    }
    wanted = {(target, str(filling.row[name])) for name, target in targets.items() if filling.row.get(name)}
    wanted |= {pair for item in shape.items.values() for pair in listed_in(filling, item)}
    asked = {name: target for name, target in targets.items() if not filling.readonly(shape.items[name])}
    page = _Page(
        filling,
        errors,
        hints or {},
        visit.records.titles(visit.context, wanted),
        {name: choosable(visit, target, _wanted(filling, name)) for name, target in asked.items()},
    )
    found = []
    for group in shape.groups:
        inputs = [_input(page, item, filling.sections[group.name]) for item in group.items]
        wrong = any(item.name in errors for item in group.items)
        found.append(
            {
                "name": group.name,
                "label": group.label.in_(visit.language) if group.label is not None else "",
                "tab": group.tab.in_(visit.language) if group.tab is not None else "",
                "columns": group.columns,
                "shown": filling.sections[group.name] or wrong,
                "fields": inputs,
            }
        )
    return found


def text_of(filling: Filling, item: Item, titles: Mapping[tuple[str, str], str] | None = None) -> str:
    """A value as people read it, for fields that are only shown."""
    visit, name = filling.visit, item.name
    value = filling.row.get(item.field.system or name)
    target = _target(visit, filling.shape.entity, name, item)
    if item.field.leads_to_many is not None:
        pairs = [(item.field.leads_to_many, str(id)) for id in value or ()]
        known = titles if titles is not None else visit.records.titles(visit.context, pairs)
        return ("、" if visit.language == "zh" else ", ").join(known[pair] for pair in pairs if pair in known)
    if target is not None:
        if not value:
            return ""
        known = titles if titles is not None else visit.records.titles(visit.context, [(target, value)])
        return known.get((target, value), "")
    return item.field.display(value, visit.language, visit.context.zone)


def _input(page: _Page, item: Item, section_shown: bool) -> dict[str, Any]:
    filling, visit, name, field = page.filling, page.visit, item.name, item.field
    error, help_ = _error(page, name), item.help.in_(visit.language) if item.help is not None else ""
    hint = page.hints.get(name, "")
    shown = filling.shown(item) or bool(error["error"]) or bool(hint)
    common = {
        "name": name,
        "label": item.label.in_(visit.language),
        "shown": shown,
        "required": name in filling.required and shown and section_shown,
        "readonly": filling.readonly(item),
        "help": " ".join(text for text in (hint, help_) if text),
        **error,
        "wide": _wide(field),
    }
    nothing: dict[str, Any] = {
        "value": "",
        "values": [],
        "options": [],
        "text": "",
        "pick_url": None,
        "table": None,
        "file": None,
    }
    limits = {"unit": "", "min": "", "max": "", "step": "", "max_length": ""}
    fixed = item.fixed or (filling.before is not None and field.type == "number_series")
    if fixed:
        text = text_of(filling, item, page.titles)
        return nothing | limits | common | {"widget": "readonly", "text": text, "required": False}
    raw = filling.raw(name)
    holds = {"values": raw} if isinstance(raw, list) else {"value": raw}
    return (
        nothing
        | limits
        | common
        | {"widget": widget_of(field)}
        | holds
        | _limits(field)
        | _choice(page, item)
    )


def _error(page: _Page, name: str) -> dict[str, str]:
    problems = page.errors.get(name, ())
    if not problems:
        return {"error": "", "advice": ""}
    language = page.visit.language
    said = list(dict.fromkeys(message(problem, language) for problem in problems))
    advices = list(dict.fromkeys(text for problem in problems if (text := advice(problem, language))))
    return {"error": page.visit.t("joint").join(said), "advice": " ".join(advices)}


def _limits(field: Field) -> dict[str, str]:
    kind = field.type
    low, high = getattr(field, "min", None), getattr(field, "max", None)
    if kind == "date":
        return {"min": low.isoformat() if low else "", "max": high.isoformat() if high else ""}
    if kind == "money":
        return {"unit": str(getattr(field, "sign", "")).strip()}
    if kind == "percent":
        return {"unit": "%"}
    if kind == "score":
        return {"unit": f"/ {high:,f}" if high is not None else ""}
    if kind == "rating":
        return {"max": str(high)}
    if kind == "time":
        return {"min": low or "", "max": high or ""}
    if kind in ("text", "long_text", "rich_text", "address", "secret"):
        return {"max_length": str(high)}
    return {"max_length": str(LONGEST[kind])} if kind in LONGEST else {}


def _choice(page: _Page, item: Item) -> dict[str, Any]:
    """The options of a field that is chosen from some."""
    visit, name, field = page.visit, item.name, item.field
    entity = page.filling.shape.entity
    target = visit.catalog.links[entity].get(name)
    if target is not None:
        options, url = page.choices.get(name, ([], None))
        value = page.filling.row.get(name)
        text = page.titles.get((target, value), "") if value else ""
        return {"options": options, "pick_url": url, "text": text, "value": value if text else ""}
    if field.leads_to_many is not None:
        return several(page.filling, item, page.titles)
    if isinstance(field, File):
        kept = page.filling.before.get(name) if page.filling.before is not None else None
        return {"file": input_files(visit, entity, name, field, page.filling.raw(name), kept)}
    if isinstance(field, Table):
        return {"table": table_of(page.filling, item, page.titles)}
    if field.type == "duration":
        return {"unit": SPOKEN[visit.language][getattr(field, "unit", "minutes")].strip()}
    if field.masked:
        kept = page.filling.before is not None and page.filling.before.get(name) is not None
        return {"text": MASK if kept else ""}
    options_of: Mapping[str, Any] = getattr(field, "options", None) or {}
    names: Sequence[str] = list(options_of)
    if field.type == "stage":
        names = _stages(page.filling, name, names)
    return {
        "options": [{"value": each, "label": options_of[each].label.in_(visit.language)} for each in names]
    }


def _wanted(filling: Filling, name: str) -> dict[str, Any]:
    """What the records that a link offers must have in common (``options_where``)."""
    offer = filling.shape.items[name].offer
    return offer.values(filling.row, filling.env) if offer is not None else {}


def _stages(filling: Filling, name: str, names: Sequence[str]) -> Sequence[str]:
    """The stages that the record may go to: where it is, and the moves from there."""
    flow = filling.visit.catalog.flow_of(filling.shape.entity, name)
    if flow is None:
        return names
    was = filling.before.get(name) if filling.before is not None else None
    open_to = {was, *next_stages(flow, was)}
    return [each for each in names if each in open_to]


def _target(visit: Visit, entity: str, name: str, item: Item) -> str | None:
    if item.field.type in ("created_by", "changed_by"):
        return PEOPLE
    return visit.catalog.links[entity].get(name)


def _wide(field: Field) -> bool:
    longest = getattr(field, "max", None) if field.type == "text" else None
    return field.type in WIDE or (isinstance(longest, int) and longest > ROOMY)
