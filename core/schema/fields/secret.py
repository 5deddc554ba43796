"""A text that is kept and never shown again."""

from collections.abc import Iterator
from datetime import UTC, tzinfo
from typing import Any, ClassVar

from ...words import Language
from ..definition import Fault, Whole
from .field import Field, Operator, ValueProblem
from .values import as_text

__all__ = ["MASK", "Secret"]

MASK = "••••••"
"""What stands in place of a secret, everywhere. Sent back, it means: leave the secret as it is."""


class Secret(Field):
    """A password, a key, an account: kept, and shown to nobody. ``max``: characters.

    Pages, the API, exports, events and searches see dots; formulas do not see it at all.
    """

    type_name: ClassVar[str] = "secret"
    widget: ClassVar[str] = "secret"
    operators: ClassVar[tuple[Operator, ...]] = ()
    masked: ClassVar[bool] = True

    max: Whole = 500

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        text = as_text(value)
        if text is None:
            return None
        if text == MASK:
            raise ValueProblem("secret_masked")
        if len(text) > self.max:
            raise ValueProblem("too_long", {"max": self.max, "length": len(text)})
        return text

    def to_json(self, value: Any) -> Any:
        return None if value is None else MASK

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        return "" if value is None else MASK

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.max}

    def faults(self) -> Iterator[Fault]:
        if self.default is not None:
            yield Fault(("default",), "secret_in_the_open")
        for key in ("search", "index"):
            if getattr(self, key):
                yield Fault((key,), "secret_not_found", {"key": key})
