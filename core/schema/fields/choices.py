"""Fields whose values come from a list of options, and tags: choice, choices, tags, stage."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, tzinfo
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from ...problems import closest
from ...words import Language
from ...words.schema import SPOKEN
from ..definition import Fault, Part, Whole
from ..labels import Text, humanised
from ..names import Name
from .field import CHOICE_OPERATORS, ColumnKind, Field, Operator, ValueProblem
from .values import as_text, shortened

__all__ = [
    "COLOURS",
    "Choice",
    "Choices",
    "Option",
    "Stage",
    "Tags",
    "labelled_options",
    "listed",
    "parts_of",
]

COLOURS = Literal[
    "grey",
    "blue",
    "green",
    "amber",
    "red",
    "purple",
    "pink",
    "teal",
    "orange",
    "yellow",
    "cyan",
    "indigo",
    "lime",
]
_BETWEEN = re.compile(r"[,，、;；|\n]")
_QUOTED = re.compile(r'"((?:[^"]|"")+)"|([^,，、;；|\n"]+)')


def labelled_options(value: Any) -> Any:
    """Options as a map: a list of names becomes one, and each option gets its name as its label when it has
    none.
    """
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        if twice := next((name for name in value if value.count(name) > 1), None):
            raise PydanticCustomError("name_twice", "name", {"name": twice})
        value = dict.fromkeys(value)
    if not isinstance(value, Mapping):
        return value
    options = {}
    for name, item in value.items():
        if item is None or (isinstance(item, Mapping) and item.get("label") is None):
            item = {"label": humanised(name), **{k: v for k, v in (item or {}).items() if k != "label"}}  # noqa: PLW2901  (the same item, filled up)
        options[name] = item
    return options


class Option(Part):
    """One thing to choose. ``also``: other spellings that mean it; ``after``, ``before``: where it stands."""

    label: Text
    colour: COLOURS | None = None
    also: tuple[str, ...] = ()
    after: Name | None = None
    before: Name | None = None


Options = Annotated[dict[Name, Option], BeforeValidator(labelled_options)]


class Choice(Field):
    """One of several options; its name is kept."""

    type_name: ClassVar[str] = "choice"
    widget: ClassVar[str] = "select"
    means: ClassVar[str] = "choice"
    operators: ClassVar[tuple[Operator, ...]] = CHOICE_OPERATORS

    options: Options

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Every way to write an option, in small letters → its name: names first, then labels, then
        ``also``.
        """
        found = {name.casefold(): name for name in self.options}
        for name, option in self.options.items():
            for text in (option.label.zh, option.label.en, *option.also):
                found.setdefault(text.strip().casefold(), name)
        return found

    def coerce(self, value: Any, zone: tzinfo = UTC) -> Any:
        if value.__class__ is str and value in self.options:
            return value
        return self._option(value)

    def _option(self, value: Any) -> str | None:
        if value.__class__ is str and value in self.options:
            return value
        name = self.spellings.get(value) if value.__class__ is str else None
        if name is not None:
            return name
        text = as_text(value)
        if text is None:
            return None
        name = self.spellings.get(text.casefold())
        if name is None:
            labels = tuple(option.label for option in self.options.values())
            spelt = [t for n, o in self.options.items() for t in (o.label.zh, o.label.en, n, *o.also)]
            raise ValueProblem(
                "not_an_option", {"given": shortened(text), "available": labels}, closest(text, spelt)
            )
        return name

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        if value is None:
            return ""
        option = self.options.get(value)
        return str(value) if option is None else option.label.in_(language)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.options)} if self.options else {"type": "string"}

    def faults(self) -> Iterator[Fault]:
        if not self.options:
            yield Fault(("options",), "no_options")
        seen: dict[str, str] = {}
        for name, option in self.options.items():
            for text in {
                t.strip().casefold() for t in (name, option.label.zh, option.label.en, *option.also)
            }:
                if seen.setdefault(text, name) != name:
                    yield Fault(
                        ("options", name), "option_twice", {"text": text, "first": seen[text]}, on_key=True
                    )
        yield from super().faults()


class Stage(Choice):
    """Where a record is in a flow; ``options`` come from the flow."""

    type_name: ClassVar[str] = "stage"

    flow: Name
    options: Options = Key(default_factory=dict)

    def faults(self) -> Iterator[Fault]:
        return iter(())  # whether its options and default are right only shows once the flow is known


def parts_of(value: Any) -> list[Any]:
    """The parts of a list, or of a text that lists them; what stands in quotes is one part."""
    if value is None:
        return []
    if isinstance(value, (list, tuple)):
        return list(value)
    if not isinstance(value, str):
        return [value]
    if '"' not in value:
        return _BETWEEN.split(value)
    return [found[1].replace('""', '"') if found[1] else found[2] for found in _QUOTED.finditer(value)]


def listed(values: Iterable[str], between: str = ";") -> str:
    """Texts as one, from which they are read again; those with a comma or a quote in them stand in quotes."""
    return between.join(
        '"' + text.replace('"', '""') + '"' if '"' in text or _BETWEEN.search(text) else text
        for text in values
    )


class Choices(Choice):
    """Any number of options, in the order chosen; no option twice."""

    type_name: ClassVar[str] = "choices"
    widget: ClassVar[str] = "multiselect"
    kept_as: ClassVar[ColumnKind | None] = "list"
    means: ClassVar[str] = "list"
    operators: ClassVar[tuple[Operator, ...]] = ("contains", "empty", "not_empty")

    def coerce(self, value: Any, zone: tzinfo = UTC) -> list[str] | None:
        if isinstance(value, str) and (whole := self.spellings.get(value.strip().casefold())):
            return [whole]  # a label may have a comma in it
        if isinstance(value, (list, tuple)):
            names = [self._option(item) for item in value]
        else:
            names = [self._option(item) for item in parts_of(value)]
        return list(dict.fromkeys(name for name in names if name is not None)) or None

    def to_cell(self, value: Any) -> Any:
        return None if value is None else ";".join(value)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        return SPOKEN[language]["comma"].join(Choice.display(self, name, language) for name in value or ())

    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": super().json_schema(), "uniqueItems": True}


class Tags(Field):
    """Words that anyone may add. ``max``: how many a record may have."""

    type_name: ClassVar[str] = "tags"
    widget: ClassVar[str] = "tags"
    kept_as: ClassVar[ColumnKind | None] = "list"
    means: ClassVar[str] = "list"
    operators: ClassVar[tuple[Operator, ...]] = ("contains", "empty", "not_empty")
    keywords: ClassVar = {"max": "maxItems"}
    longest: ClassVar[int] = 40

    max: Whole = 50

    def coerce(self, value: Any, zone: tzinfo = UTC) -> list[str] | None:
        tags: dict[str, str] = {}
        for item in parts_of(value):
            tag = as_text(item)
            if tag is None:
                continue
            if len(tag) > self.longest:
                raise ValueProblem("too_long", {"max": self.longest, "length": len(tag)})
            tags.setdefault(tag.casefold(), tag)
        if len(tags) > self.max:
            raise ValueProblem("too_many", {"max": self.max, "count": len(tags)})
        return list(tags.values()) or None

    def to_cell(self, value: Any) -> Any:
        return None if value is None else listed(value)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        return SPOKEN[language]["comma"].join(value or ())

    def json_schema(self) -> dict[str, Any]:
        item = {"type": "string", "maxLength": self.longest}
        return {"type": "array", "items": item, "uniqueItems": True, "maxItems": self.max}
