"""What a formula may speak of: the entities, their fields and how they hang together, told by the catalog."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..problems import Label
from .env import Env, Row
from .functions import FunctionTable, bundled
from .types import Type, TypeName

__all__ = ["EntityShape", "FieldShape", "Scope", "Worked", "normal", "system_fields"]


def normal(spelling: str) -> str:
    """A spelling as names are compared: case and runs of spaces do not matter."""
    return " ".join(spelling.casefold().split())


@dataclass(slots=True, eq=False)
class Worked:
    """How a field without a column comes by its value; put here once its formula has been compiled."""

    value: Callable[[Row, Env], Any] = lambda row, env: None  # until then there is none


@dataclass(frozen=True, slots=True, eq=False)
class FieldShape:
    """One field as formulas see it.

    ``type``: a name of :data:`~kehu.core.formula.types.TypeName`. ``labels``: every text it may be called by besides
    its name. ``link``: for a record, the entity it points to. ``many``: for records, the entity of the children and
    their field that points back. ``options``: for choices and lists of them, every accepted spelling (names, labels,
    ``also``) → name. ``stored``: the store has a column of this name; ``worked``: it has none, and
    the value is worked out on sight; ``currency``: of money, where it is known; ``rows``: of a table inside the record,
    what makes rows of its kept value (``many`` then names them, and no field points back). ``label`` and
    ``option_labels`` are what explanations say.
    """

    name: str
    type: TypeName
    labels: tuple[str, ...] = ()
    link: str | None = None
    many: tuple[str, str] | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    stored: bool = True
    worked: Worked | None = None
    label: Label | None = None
    option_labels: Mapping[str, Label] = field(default_factory=dict)
    currency: str | None = None
    rows: Callable[[Any], Sequence[Row]] | None = None
    result: Type = field(init=False)
    """The type of the field's values in full."""

    def __post_init__(self) -> None:
        entity = self.many[0] if self.many else self.link
        object.__setattr__(self, "result", Type(self.type, entity, self.options or None, self.currency))

    @property
    def shown(self) -> Label:
        """What people call it."""
        return self.label or Label(*((self.labels or (self.name,))[:1] * 2))


@dataclass(frozen=True, slots=True, eq=False)
class EntityShape:
    """One entity as formulas see it: its name, what else it is called, its fields by name."""

    name: str
    labels: tuple[str, ...]
    fields: Mapping[str, FieldShape]
    spellings: Mapping[str, tuple[str, ...]] = field(init=False)
    """Normal spelling → names of the fields that it may mean; a field's own name always means that field."""

    def __post_init__(self) -> None:
        found: dict[str, tuple[str, ...]] = {}
        for shape in self.fields.values():
            for label in shape.labels:
                known = found.get(key := normal(label), ())
                found[key] = known if shape.name in known else (*known, shape.name)
        found.update({normal(name): (name,) for name in self.fields})
        object.__setattr__(self, "spellings", found)

    def called(self, spelling: str) -> bool:
        """Whether the entity itself is meant by this spelling."""
        wanted = normal(spelling)
        return wanted == self.name or any(normal(label) == wanted for label in self.labels)


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Where a formula stands: on a row of ``entity``, among ``shapes`` (all entities by name), with ``variables``
    (name → a type's name, or an entity's name for a record) and the functions it may call.
    """

    entity: EntityShape
    shapes: Mapping[str, EntityShape]
    variables: Mapping[str, str] = field(default_factory=dict)
    functions: FunctionTable = field(default_factory=bundled)


def system_fields(entity: str, users: str = "user") -> dict[str, FieldShape]:
    """The fields that every record has: id, created_at, created_by, changed_at, changed_by."""

    def shape(name: str, type_: TypeName, zh: str, en: str, link: str | None = None) -> FieldShape:
        return FieldShape(name, type_, (zh, en), link=link, label=Label(zh, en))

    shapes = (
        shape("id", "record", "编号 ID", "ID", entity),
        shape("created_at", "datetime", "创建时间", "Created at"),
        shape("created_by", "record", "创建人", "Created by", users),
        shape("changed_at", "datetime", "修改时间", "Changed at"),
        shape("changed_by", "record", "修改人", "Changed by", users),
    )
    return {each.name: each for each in shapes}
