"""An entity: a kind of record, its fields, and what its records must satisfy."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from ..problems import closest
from .definition import Condition, Definition, Fault, Names, Part
from .fields.field_map import FieldMap
from .labels import Text
from .names import Name

__all__ = ["RESERVED_ENTITIES", "RESERVED_FIELDS", "Entity", "Rule", "Unique"]

RESERVED_ENTITIES = frozenset(
    {"api", "dashboard", "search", "static", "problems", "login", "logout", "me", "plan", "setup"}
    | {"row", "record", "period", "kehu", "metrics", "schemas", "health", "settings", "x", "public", "files"}
    | {"people", "invite", "reset"}
)
"""Names that addresses and formulas already use."""
RESERVED_PREFIXES = ("kehu_", "sqlite_")
"""How the store's own tables begin, and those of a database's own."""
RESERVED_FIELDS = frozenset(
    ("id", "version", "external_id", "and", "or", "not", "is", "in", "empty", "true", "false", "if", "period")
)
"""Names that every record or the formula language already has."""
SYSTEM_FIELDS = frozenset(("created_at", "created_by", "changed_at", "changed_by"))
"""System columns that a field of the same name may show, and nothing else."""


def _one(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Sameness = Literal["trim", "case", "width", "spaces", "punctuation"]


class Unique(Part):
    """Fields that together may stand only once among all records.

    ``normalise``: what does not make two values different: spaces around and doubled inside (``trim``), upper and
    lower ``case``, full and half ``width``; all ``spaces``; ``punctuation`` of every kind.
    """

    fields: Names
    normalise: Annotated[tuple[Sameness, ...], BeforeValidator(_one)] = ("trim", "case", "width")
    message: Text | None = None


class Rule(Part):
    """What a record must satisfy: fields that must be filled, or a condition that must hold, when ``when``
    holds. ``severity``: ``block``; ``warn`` mentions it; ``reason`` lets it pass with a reason, kept in the history.
    The message may have ``{{ formula }}`` holes.
    """

    rule: Name
    when: Condition | None = None
    require: Names = ()
    check: Condition | None = None
    severity: Literal["block", "warn", "reason"] = "block"
    message: Text | None = None

    def faults(self) -> Iterator[Fault]:
        if not self.require and self.check is None:
            yield Fault(("rule",), "rule_without_demand", {"name": self.rule})


class Entity(Definition):
    """A kind of record.

    ``search``: the fields that the search box looks at; ``timeline``: the date or time at which its records stand on
    the timelines of the records they link to (visits and calls on their customer's); ``owner``: the field
    with the person whose record it is, where rights say ``own``; without it a field of that name, or whoever made the
    record. ``schema``: a JSON Schema (2020-12) that every record has to meet as well, for what no field and no rule
    says.
    """

    noun: ClassVar[str] = "entity"

    entity: Name
    label: Text | None = None
    plural: Text | None = None
    icon: str | None = None
    title: Name | None = None
    fields: FieldMap
    unique: tuple[Unique, ...] = ()
    rules: tuple[Rule, ...] = ()
    search: Names | None = None
    timeline: Name | None = None
    owner: Name | None = None
    schema_: dict[str, Any] | None = Key(default=None, alias="schema")

    @property
    def title_field(self) -> str:
        """The field that names a record to people: ``title``, or the first text field, or the first field."""
        if self.title is not None:
            return self.title
        texts = (name for name, field in self.fields.items() if field.type in ("text", "number_series"))
        return next(texts, next(iter(self.fields)))

    @property
    def owner_field(self) -> str:
        """The field that says whose a record is: ``owner``, or else who made it."""
        named = self.fields.get(self.owner or "owner")
        return (self.owner or "owner") if named is not None and named.type == "user" else "created_by"

    def faults(self) -> Iterator[Fault]:
        if self.entity in RESERVED_ENTITIES:
            yield Fault(("entity",), "reserved_name", {"name": self.entity})
        if prefix := next(filter(self.entity.startswith, RESERVED_PREFIXES), None):
            yield Fault(("entity",), "reserved_prefix", {"name": self.entity, "prefix": prefix})
        if not self.fields:
            yield Fault(("fields",), "no_fields", {"name": self.entity})
        for name, field in self.fields.items():
            taken = name in RESERVED_FIELDS or (name in SYSTEM_FIELDS and field.type != name)
            if taken:
                yield Fault(("fields", name), "reserved_name", {"name": name}, on_key=True)
        if "required" in (self.schema_ or {}):
            yield Fault(("schema", "required"), "schema_requires", on_key=True)
        if self.owner in self.fields and self.fields[self.owner].type != "user":
            values = {"label": self.fields[self.owner].label}
            yield Fault(("owner",), "owner_is_no_person", values)
        yield from self._unknown_fields()
        yield from _twice((("rules", i), rule.rule) for i, rule in enumerate(self.rules))

    def _unknown_fields(self) -> Iterator[Fault]:
        named: list[tuple[tuple[str | int, ...], str]] = []
        if self.title is not None:
            named.append((("title",), self.title))
        if self.timeline is not None:
            named.append((("timeline",), self.timeline))
        if self.owner is not None:
            named.append((("owner",), self.owner))
        named += [(("search", i), name) for i, name in enumerate(self.search or ())]
        for i, unique in enumerate(self.unique):
            named += [(("unique", i, "fields", j), name) for j, name in enumerate(unique.fields)]
        for i, rule in enumerate(self.rules):
            named += [(("rules", i, "require", j), name) for j, name in enumerate(rule.require)]
        schema = self.schema_ or {}
        named += [(("schema", "properties", name), name) for name in schema.get("properties", ())]
        for path, name in named:
            if name not in self.fields:
                values = {"name": name, "entity": self.shown, "available": tuple(self.fields)}
                yield Fault(path, "unknown_field", values, closest(name, self.fields))
        for name, field in self.fields.items():
            for key in ("after", "before"):
                other = getattr(field, key)
                if other is not None and other not in self.fields:
                    values = {"name": other, "entity": self.shown, "available": tuple(self.fields)}
                    yield Fault(("fields", name, key), "unknown_field", values, closest(other, self.fields))


def _twice(named: Iterator[tuple[tuple[str | int, ...], str]]) -> Iterator[Fault]:
    seen = set()
    for path, name in named:
        if name in seen:
            yield Fault(path, "name_twice", {"name": name})
        seen.add(name)
