"""Which field types there are: the bundled ones, and those that plugins add."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from .fields.attached import File, Files, Image
from .fields.choices import Choice, Choices, Stage, Tags
from .fields.computed import ChangedAt, ChangedBy, CreatedAt, CreatedBy, Formula, NumberSeries, Rollup
from .fields.field import Field
from .fields.links import Children, Link, Links, Team, User, Users
from .fields.marks import Colour, Signature
from .fields.measures import Duration, Rating, Score
from .fields.numbers import Integer, Money, Number, Percent
from .fields.places import Address, Location, Region
from .fields.rich_text import RichText
from .fields.secret import Secret
from .fields.structured import Json
from .fields.table import Table
from .fields.texts import Email, LongText, Phone, Text, Url
from .fields.times import Date, DateTime, Time, YesNo

__all__ = ["FieldTypes"]

_BUNDLED: tuple[type[Field], ...] = (
    Text,
    LongText,
    RichText,
    Number,
    Integer,
    Money,
    Percent,
    YesNo,
    Date,
    DateTime,
    Time,
    Duration,
    Choice,
    Choices,
    Tags,
    Email,
    Phone,
    Url,
    Address,
    Region,
    Location,
    User,
    Users,
    Team,
    Link,
    Links,
    Children,
    Table,
    Rollup,
    Formula,
    NumberSeries,
    Rating,
    Score,
    Colour,
    Signature,
    File,
    Files,
    Image,
    Json,
    Secret,
    Stage,
    CreatedAt,
    CreatedBy,
    ChangedAt,
    ChangedBy,
)


class FieldTypes(Mapping[str, type[Field]]):
    """Field types by the name that ``type:`` gives. Never changed: :meth:`extended` makes another."""

    def __init__(self, classes: Iterable[type[Field]]) -> None:
        self._classes = {kind.type_name: kind for kind in classes}

    @staticmethod
    @cache
    def bundled() -> "FieldTypes":
        """The types that Kehu brings."""
        return FieldTypes(_BUNDLED)

    def extended(self, classes: Iterable[type[Field]]) -> "FieldTypes":
        """These types and more. Raises ValueError, with the name, for a type that is there already."""
        added = tuple(classes)
        for kind in added:
            if kind.type_name in self._classes:
                raise ValueError(kind.type_name)
        return FieldTypes((*self._classes.values(), *added))

    def __getitem__(self, name: str) -> type[Field]:
        return self._classes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._classes)

    def __len__(self) -> int:
        return len(self._classes)
