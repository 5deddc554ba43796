"""What becomes of a field's values when its type is changed: from every type to every other, kept, lost or impossible.

The limits of the new field (``max``, ``options``, ``pattern``) come on top: each value is brought into the new field as
if somebody typed it, and what does not fit is a :class:`~kehu.core.schema.fields.field.ValueProblem` of that value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta, tzinfo
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from ...words import Language
from .choices import listed
from .field import Field, ValueProblem
from .measures import Duration
from .structured import as_json

__all__ = ["Conversion", "conversion"]

Kind = Literal["exact", "lossy", "impossible"]

PLAIN = frozenset({"text", "long_text", "rich_text", "address", "number_series"})
"""Texts that may say anything."""
STRICT = frozenset({"email", "phone", "url", "region", "location", "colour", "time"})
"""Texts of one form."""
NUMBERS = frozenset({"number", "integer", "money", "percent", "duration", "rating", "score"})
CHOSEN = frozenset({"choice", "stage"})
LISTS = frozenset({"choices", "tags"})
LINKS = frozenset({"link", "user", "team"})
MANY_LINKS = frozenset({"links", "users"})
FILES = frozenset({"file", "files", "image"})
SCALARS = PLAIN | STRICT | NUMBERS | CHOSEN | {"yes_no", "date", "datetime"}
LIVE = MappingProxyType(
    {"created_at": "datetime", "changed_at": "datetime", "created_by": "user", "changed_by": "user"}
)
"""Windows on system columns → the type that their values have."""
NEVER_GIVEN = frozenset({"formula", "rollup", "children", *LIVE})
_NOT_READ = {"secret": "convert_secret", "children": "convert_nothing_kept"}
WHOLE = frozenset({"integer", "rating"})
_RESULTS = {"choice": "text", "list": "tags", "record": "link", "records": "tags"}
_WIDER = {
    ("integer", "number"), ("integer", "money"), ("rating", "integer"), ("rating", "number"), ("rating", "score"),
    ("score", "number"), ("number", "money"), ("number", "percent"), ("duration", "number"),
}  # fmt: skip
"""Numbers that are numbers of the other type too."""


@dataclass(frozen=True, slots=True)
class About:
    """What a conversion may have to know: the zone of the workspace, its language, titles of linked records by id."""

    zone: tzinfo = UTC
    language: Language = "zh"
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversion:
    """From one type to another. ``exact``: every value comes along and could come back. ``lossy``: ``loses`` is the
    code of what is lost (``words.conversion``). ``impossible``: ``loses`` says why.
    """

    source: str
    target: str
    kind: Kind
    loses: str | None = None

    def convert(self, value: Any, old: Field, new: Field, about: About | None = None) -> Any:
        """A kept value of the old field as the new field keeps it; ``None`` stays ``None``.

        Raises :class:`ValueProblem` for a value that does not come along.
        """
        if self.kind == "impossible":
            raise ValueProblem(str(self.loses))
        if value is None or (self.source == self.target and new.computed):
            return value
        about = about or About()
        effective = _effective(old)
        if effective != self.source:
            return conversion(effective, self.target).convert(value, getattr(old, "worker", old), new, about)
        return _brought(effective, self.target, value, old, new, about)


@cache
def conversion(source: str, target: str) -> Conversion:
    """What changing a field from one type to another does. Types that plugins bring convert to none and from none."""
    kind, loses = _told(source, target)
    return Conversion(source, target, kind, loses)


def _told(source: str, target: str) -> tuple[Kind, str | None]:
    if source == target:
        return "exact", None
    if target in NEVER_GIVEN:
        return "impossible", "convert_computed"
    if source in _NOT_READ:
        return "impossible", _NOT_READ[source]
    if target == "secret":
        return ("lossy", "convert_sight") if source in PLAIN | STRICT else ("impossible", "convert_no_sense")
    if source in ("formula", "rollup"):
        return (
            ("impossible", "convert_no_sense")
            if target in ("signature", "table") or target in FILES
            else ("lossy", "convert_live")
        )
    if source in LIVE:
        kind, loses = _told(LIVE[source], target)
        return (kind, loses) if kind == "impossible" else ("lossy", "convert_live")
    for rule in (_of_files, _of_signature, _of_parts, _of_links, _of_lists, _of_numbers, _of_days, _of_texts):
        found = rule(source, target)
        if found is not None:
            return found
    return "impossible", "convert_no_sense"


Told = tuple[Kind, str | None] | None


def _of_files(source: str, target: str) -> Told:
    if target in FILES and source in FILES:
        wider = target != "image" and (source, target) != ("files", "file")
        return (
            ("exact", None)
            if wider
            else ("lossy", "convert_others" if source == "files" else "convert_not_taken")
        )
    if target in FILES:
        return "impossible", "convert_no_file"
    if source in FILES:
        return (
            ("lossy", "convert_file_name")
            if target in PLAIN | {"tags"}
            else ("impossible", "convert_no_sense")
        )
    return None


def _of_signature(source: str, target: str) -> Told:
    if target == "signature":
        return "impossible", "convert_unsigned"
    if source == "signature":
        return ("lossy", "convert_drawing") if target in PLAIN else ("impossible", "convert_no_sense")
    return None


def _of_parts(source: str, target: str) -> Told:
    if source == "table" and target == "json":
        return "exact", None
    if target in ("json", "table"):
        fits = source in PLAIN or source == "json"
        return ("lossy", "convert_unreadable") if fits else ("impossible", "convert_no_sense")
    if source in ("json", "table"):
        return ("lossy", "convert_structure") if target in PLAIN else ("impossible", "convert_no_sense")
    return None


def _of_links(source: str, target: str) -> Told:
    links = LINKS | MANY_LINKS
    if source not in links and target not in links:
        return None
    if source in LINKS and target in MANY_LINKS:
        return (
            ("exact", None) if (source, target) == ("user", "users") else ("lossy", "convert_other_records")
        )
    if source in links and target in links:
        if source in MANY_LINKS and target in LINKS:
            return "lossy", "convert_others"
        return "lossy", "convert_other_records"
    if source in links:
        return ("lossy", "convert_link") if target in PLAIN | {"tags"} else ("impossible", "convert_no_sense")
    named = PLAIN | CHOSEN | {"email", "phone"} | (LISTS if target in MANY_LINKS else frozenset())
    return ("lossy", "convert_no_record") if source in named else ("impossible", "convert_no_sense")


def _of_lists(source: str, target: str) -> Told:
    if source in LISTS and target in LISTS:
        return ("exact", None) if target == "tags" else ("lossy", "convert_no_option")
    if source in LISTS:
        if target in PLAIN:
            return "exact", None
        return ("lossy", "convert_others") if target in CHOSEN else ("impossible", "convert_no_sense")
    if target in LISTS:
        if source in CHOSEN:
            return "exact", None
        if target == "tags":
            return ("lossy", "convert_split") if source in PLAIN else ("impossible", "convert_no_sense")
        return ("lossy", "convert_no_option") if source in PLAIN else ("impossible", "convert_no_sense")
    return None


def _of_numbers(source: str, target: str) -> Told:
    if source in NUMBERS and target in NUMBERS:
        if (source, target) in _WIDER:
            return "exact", None
        if source == "money":
            return "lossy", "convert_currency"
        rounded = target in WHOLE or source == "percent"
        return "lossy", "convert_decimals" if rounded else "convert_limits"
    if source == "yes_no" and target in ("number", "integer"):
        return "exact", None
    if source in ("number", "integer") and target == "yes_no":
        return "lossy", "convert_unreadable"
    return None


def _of_days(source: str, target: str) -> Told:
    pair = {source, target}
    if pair == {"date", "datetime"}:
        return ("exact", None) if source == "date" else ("lossy", "convert_time")
    if source == "datetime" and target == "time":
        return "lossy", "convert_day"
    if source == "time" and target == "duration":
        return "exact", None
    if source == "duration" and target == "time":
        return "lossy", "convert_limits"
    return None


def _of_texts(source: str, target: str) -> Told:
    if source not in SCALARS or target not in SCALARS:
        return None
    if target in PLAIN:
        if source == "rich_text":
            return "lossy", "convert_formatting"
        return ("lossy", "convert_lines") if _lines(source) and not _lines(target) else ("exact", None)
    if source in PLAIN:
        return "lossy", "convert_no_option" if target in CHOSEN else "convert_unreadable"
    if source in CHOSEN or target in CHOSEN:
        return "lossy", "convert_no_option" if target in CHOSEN else "convert_unreadable"
    if (source, target) == ("address", "region"):
        return "lossy", "convert_unreadable"
    return None


def _lines(kind: str) -> bool:
    return kind in ("long_text", "rich_text", "address")


def _effective(old: Field) -> str:
    """The type that the values of a field have: of a computed one, that of its result."""
    if old.type in LIVE:
        return LIVE[old.type]
    if old.type not in ("formula", "rollup"):
        return old.type
    result = old.formula_type
    return _RESULTS.get(result, result)


def _brought(source: str, target: str, value: Any, old: Field, new: Field, about: About) -> Any:
    if source == target:
        return new.coerce(value, about.zone)
    if source == "duration" and target == "time":
        return _of_the_day(value, old, new)
    if source in FILES:
        return _of_kept_files(value, target, old, new)
    if source in NUMBERS and target in NUMBERS:
        return _number(value, source, target, old, new)
    if source == "yes_no" and target in NUMBERS:
        return new.coerce(int(value))
    if target in ("json", "table") and not isinstance(value, str):
        return new.coerce(value, about.zone)
    if target in LISTS | MANY_LINKS:
        return new.coerce(_items(source, value, old, about), about.zone)
    if isinstance(value, list) and source not in ("json", "table"):
        if target in PLAIN:
            return new.coerce(listed(_items(source, value, old, about), ", "), about.zone)
        value = value[0]
        return new.coerce(value if target in LINKS else _text(source, value, old, about), about.zone)
    if {source, target} <= {"date", "datetime"} or (source, target) == ("datetime", "time"):
        return new.coerce(value, about.zone)
    if source in LINKS and target in LINKS:
        return new.coerce(value)
    if target == "region" and source in PLAIN:
        return _region(str(value), new)
    return new.coerce(_text(source, value, old, about), about.zone)


def _of_kept_files(value: Any, target: str, old: Field, new: Field) -> Any:
    """The files as the new field takes them, the first of them where it takes one; or their names."""
    files = value if isinstance(value, list) else [value]
    if target in FILES:
        return new.coerce(files if target == "files" else files[0])
    return new.coerce([file["name"] for file in files] if target == "tags" else old.to_cell(value))


def _number(value: Any, source: str, target: str, old: Field, new: Field) -> Any:
    number = Decimal(value)
    if source == "percent" or target == "percent" or target in WHOLE or number != new.fit(number):
        fitted = new.fit(number)
        if fitted is None:
            raise ValueProblem("too_many_digits", {"digits": 15})
        return new.coerce(fitted)
    return new.coerce(number)


def _of_the_day(value: Any, old: Field, new: Field) -> Any:
    """The time of day that is so long after midnight."""
    seconds = old.seconds(value) if isinstance(old, Duration) else Decimal(value)
    if not 0 <= seconds < 86_400:
        raise ValueProblem("not_a_time", {"given": old.display(value, "zh")})
    return new.coerce(timedelta(seconds=int(seconds)))


def _items(source: str, value: Any, old: Field, about: About) -> Any:
    """The values one by one, as the new list takes them."""
    if isinstance(value, list):
        return [_text(source, item, old, about) if source in LISTS else item for item in value]
    if source in PLAIN:
        return value
    return [value if source in LINKS else _text(source, value, old, about)]


def _text(source: str, value: Any, old: Field, about: About) -> str:
    """A value as somebody would type it."""
    if source in ("json", "table"):
        return as_json(value)
    if source in LINKS | MANY_LINKS:
        return about.titles.get(value, str(value))
    if source == "tags":
        return str(value)
    if source == "choices":
        options: Mapping[str, Any] = getattr(old, "options", {})
        return options[value].label.in_(about.language) if value in options else str(value)
    if source in CHOSEN | {"signature", "region", "datetime", "yes_no", "rich_text"}:
        return old.display(value, about.language, about.zone)
    if source == "duration":
        return f"{value:f}"
    cell = old.to_cell(value)
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def _region(text: str, new: Field) -> Any:
    """The place that an address begins with."""
    from ..divisions import found_in

    found = found_in(text)
    return new.coerce(found.codes[0] if len(found.codes) == 1 else text)
