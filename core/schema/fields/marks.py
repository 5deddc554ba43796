"""Fields that hold a mark: colour, signature."""

import re
from datetime import UTC, tzinfo
from typing import Any, ClassVar
from unicodedata import normalize

from ...words import Language
from ...words.schema import SPOKEN
from .field import CHOICE_OPERATORS, Field, Operator, ValueProblem
from .values import as_text, shortened

__all__ = ["Colour", "Signature", "is_drawn"]

_NAMED = {
    "#000000": ("黑", "black"), "#ffffff": ("白", "white"), "#ff0000": ("红", "red"), "#008000": ("绿", "green"),
    "#0000ff": ("蓝", "blue"), "#ffff00": ("黄", "yellow"), "#ffa500": ("橙", "orange"), "#800080": ("紫", "purple"),
    "#ffc0cb": ("粉", "pink"), "#808080": ("灰", "grey"), "#a52a2a": ("棕", "brown"), "#00ffff": ("青", "cyan"),
    "#ffd700": ("金", "gold"), "#c0c0c0": ("银", "silver"), "#008080": ("蓝绿", "teal"), "#000080": ("藏青", "navy"),
}  # fmt: skip
_BY_NAME = {name: code for code, names in _NAMED.items() for name in names} | {"gray": "#808080"}
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*\)", re.ASCII)


class Colour(Field):
    """A colour, kept as ``#rrggbb``. ``#f80``, ``rgb(255, 136, 0)``, ``red`` and ``红色`` are read."""

    type_name: ClassVar[str] = "colour"
    widget: ClassVar[str] = "colour"
    operators: ClassVar[tuple[Operator, ...]] = CHOICE_OPERATORS

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        text = as_text(value)
        if text is None:
            return None
        plain = normalize("NFKC", text[:40]).strip().casefold()
        if named := _BY_NAME.get(plain.removesuffix("色")):
            return named
        if found := re.fullmatch(r"#?([0-9a-f]{6}|[0-9a-f]{3})", plain):
            digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
            return f"#{digits}"
        if (parts := _RGB.fullmatch(plain)) and all(int(part) <= 255 for part in parts.groups()):
            return "#" + "".join(f"{int(part):02x}" for part in parts.groups())
        raise ValueProblem("not_a_colour", {"given": shortened(text)})

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^#[0-9a-f]{6}$"}


_DRAWN = re.compile(r"M\d{1,4},\d{1,4}(?:(?: ?M| |L)\d{1,4},\d{1,4})*", re.ASCII)
LONGEST_DRAWING = 40_000


def is_drawn(value: str) -> bool:
    """Whether a kept signature is drawn: lines of SVG path data on a sheet of 600 × 200. Else it is a typed name."""
    return _DRAWN.fullmatch(value) is not None


class Signature(Field):
    """A signature: lines drawn with pen, finger or mouse, kept as the data of an SVG path; or a name that was typed."""

    type_name: ClassVar[str] = "signature"
    widget: ClassVar[str] = "signature"
    operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")

    longest_name: ClassVar[int] = 100

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        text = as_text(value)
        if text is None:
            return None
        if is_drawn(text[: LONGEST_DRAWING + 1]):
            if len(text) > LONGEST_DRAWING:
                raise ValueProblem("signature_too_long", {"max": LONGEST_DRAWING})
            return text
        if len(text) > self.longest_name:
            raise ValueProblem("too_long", {"max": self.longest_name, "length": len(text)})
        return text

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        if value is None:
            return ""
        return SPOKEN[language]["signed"] if is_drawn(value) else str(value)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": LONGEST_DRAWING}
