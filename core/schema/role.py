"""A role: what people who have it may see and do, entity by entity. What no role of a person gives is refused."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from ..problems import closest
from .definition import Condition, Definition, Fault, FormulaMark, Names, Part, Path, YesNo, formula_in
from .fields.values import shortened
from .labels import Text
from .names import DottedName, Name

__all__ = ["OWNER", "REACHES", "RECORD_ACTIONS", "Allowed", "Reach", "Role"]

OWNER = "owner"
"""The role that may do everything; it is there without a file."""

REACHES = ("own", "team", "team and below", "all", "none")
"""How far a right reaches; a condition (``=`` and a formula) may stand instead."""

RECORD_ACTIONS = ("read", "create", "change", "delete", "export", "import")
"""What a role gives on the records of an entity, under these keys."""


def _reach(value: Any) -> Any:
    if isinstance(value, bool):
        return "all" if value else "none"
    if isinstance(value, str) and (formula_in(value) is not None or value in REACHES):
        return value
    raise PydanticCustomError(
        "unknown_reach",
        "reach",
        {
            "given": shortened(value),
            "available": REACHES,
            "instead": closest(value, REACHES) if isinstance(value, str) else None,
        },
    )


def _masks(value: Any) -> Any:
    listed = (value,) if isinstance(value, str) else value
    return dict.fromkeys(listed, "TRUE") if isinstance(listed, (list, tuple)) else value


def _one(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Reach = Annotated[str, BeforeValidator(_reach), FormulaMark("yes_no", literal=True)]
"""``own``, ``team``, ``team and below``, ``all``, ``none``, ``true``, ``false``, or ``=`` and a condition."""


class Allowed(Part):
    """What a role gives on one entity; what is not said is not given.

    ``hide``: fields that do not exist for it; ``read_only``: fields it only reads; ``mask``: fields of which it sees
    dots, always (a list) or while a condition holds (field → condition).
    """

    read: Reach = "none"
    create: Reach = "none"
    change: Reach = "none"
    delete: Reach = "none"
    export: Reach = "none"
    import_: YesNo = Key(default=False, alias="import")
    hide: Names = ()
    read_only: Names = ()
    mask: Annotated[dict[Name, Condition], BeforeValidator(_masks)] = Key(default_factory=dict)

    def reach(self, action: str) -> str:
        """How far it gives an action: one of :data:`REACHES`, or ``=`` and a condition."""
        if action == "import":
            return "all" if self.import_ else "none"
        return str(getattr(self, action))

    def faults(self) -> Iterator[Fault]:
        if self.read == "none":
            given = next((key for key in RECORD_ACTIONS[1:] if self.reach(key) != "none"), None)
            if given is not None:
                yield Fault((given,), "right_without_read", {"action": given}, on_key=True)
        for i, name in enumerate(self.hide):
            for key in ("read_only", "mask"):
                if name in getattr(self, key):
                    path: Path = ("hide", i)
                    yield Fault(path, "hidden_and_more", {"name": name, "key": key})


class Role(Definition):
    """What people of one role may do.

    ``can``: entity → what it gives there. ``views``, ``dashboards``: those it gets; without the key, all that show
    records which it reads. ``plan``: whether it sees what is wrong with the definitions' files.
    """

    noun: ClassVar[str] = "role"

    role: Name
    label: Text | None = None
    means: Text | None = None
    can: dict[Name, Allowed] = Key(default_factory=dict)
    views: Annotated[tuple[DottedName, ...], BeforeValidator(_one)] | None = None
    dashboards: Names | None = None
    plan: YesNo = False

    def faults(self) -> Iterator[Fault]:
        if self.role == OWNER:
            yield Fault(("role",), "role_is_built_in", {"name": self.role})
