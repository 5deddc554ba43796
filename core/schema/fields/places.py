"""Fields that say where: address, region, location."""

import re
from collections.abc import Mapping
from datetime import UTC, tzinfo
from decimal import Decimal
from typing import Any, ClassVar, Literal
from unicodedata import normalize

from ...words import Language
from .field import Field, Operator, ValueProblem
from .texts import LongText
from .values import as_text, shortened

__all__ = ["Address", "Location", "Region"]


class Address(LongText):
    """A postal address, in lines as on a letter. ``max``, ``min``: characters; ``pattern``: as for a text."""

    type_name: ClassVar[str] = "address"

    max: int = 300


class Region(Field):
    """A province, city or district of China, kept as its code of GB/T 2260: ``310115``.

    ``depth``: how exact it has to be; any, where nothing is said. ``上海 浦东新区``, ``广东省/深圳市``, ``深圳`` and
    the code are read; a name that several places have is refused with all of them.
    """

    type_name: ClassVar[str] = "region"
    widget: ClassVar[str] = "region"
    operators: ClassVar[tuple[Operator, ...]] = ("is", "empty", "not_empty")

    depth: Literal["province", "city", "district"] | None = None

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        text = as_text(value)
        if text is None:
            return None
        from .. import divisions

        plain = normalize("NFKC", text[:100])
        if re.fullmatch(r"\d{6}(?:\d{6})?", plain) and divisions.is_division(plain[:6]):
            code = plain[:6]
        else:
            found = divisions.found_in(plain)
            if found.rest or not found.codes or len(text) > 100:
                raise ValueProblem("not_a_region", {"given": shortened(text)})
            if len(found.codes) > 1:
                names = tuple(map(divisions.full_name, found.codes[:8]))
                raise ValueProblem("region_ambiguous", {"given": shortened(text), "available": names})
            code = found.codes[0]
        self._check_depth(code)
        return code

    def _check_depth(self, code: str) -> None:
        from .. import divisions

        if self.depth is None:
            return
        wanted, here = divisions.LEVELS.index(self.depth), divisions.LEVELS.index(divisions.level_of(code))
        # A municipality is a city too, and some cities have no districts.
        inside = [
            each
            for each in divisions.below(code)
            if divisions.LEVELS.index(divisions.level_of(each)) <= wanted
        ]
        if here < wanted and inside:
            names = tuple(divisions.full_name(each) for each in inside[:3])
            raise ValueProblem("region_not_deep", {"given": divisions.full_name(code), "available": names})
        if here > wanted:
            above = next(each for each in reversed(divisions.parents(code)) if divisions.level_of(each) in
                         divisions.LEVELS[: wanted + 1])  # fmt: skip
            name = divisions.full_name(above)
            raise ValueProblem("region_too_deep", {"given": divisions.full_name(code)}, name)

    def asked(self, operator: Operator, value: Any) -> tuple[tuple[Operator, Any], ...]:
        """A province is asked for with all that lies in it."""
        if operator == "is" and isinstance(value, str):
            return (
                ("starts", value.removesuffix("00").removesuffix("00") if value.endswith("00") else value),
            )
        return ((operator, value),)

    def to_cell(self, value: Any) -> Any:
        return self.display(value, "zh") or None

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        if value is None:
            return ""
        from .. import divisions

        return divisions.full_name(value)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{6}$"}


_PAIR = re.compile(
    r"\(?\s*([NS]?)\s*([-+]?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*([NS北南]?)\s*[,; 、]\s*"
    r"([EW]?)\s*([-+]?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*([EW东西]?)\s*\)?",
    re.ASCII | re.IGNORECASE,
)


class Location(Field):
    """A point on the earth: latitude and longitude in degrees (WGS 84), ``31.230416,121.473701``.

    ``31.23N 121.47E``, ``{latitude: …, longitude: …}`` and ``geo:31.23,121.47`` are read; six digits are kept, which is
    a tenth of a metre.
    """

    type_name: ClassVar[str] = "location"
    widget: ClassVar[str] = "location"
    operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        if isinstance(value, Mapping):
            value = _of_object(value)
        text = as_text(value)
        if text is None:
            return None
        plain = re.sub(r"(?i)^geo:|[北东南西]纬|[东西]经", "", normalize("NFKC", text[:100]))
        found = _PAIR.fullmatch(plain.strip())
        if found is None or len(text) > 100:
            raise ValueProblem("not_a_location", {"given": shortened(text)})
        latitude, longitude = Decimal(found[2]), Decimal(found[5])
        if (found[1] + found[3]).upper() in ("S", "南"):
            latitude = -latitude
        if (found[4] + found[6]).upper() in ("W", "西"):
            longitude = -longitude
        if abs(latitude) > 90 or abs(longitude) > 180:
            instead = f"{found[5]},{found[2]}" if abs(latitude) <= 180 and abs(longitude) <= 90 else None
            raise ValueProblem("location_beyond", {"given": shortened(text)}, instead)
        return f"{_six(latitude)},{_six(longitude)}"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?[0-9]{1,2}(\.[0-9]+)?,-?[0-9]{1,3}(\.[0-9]+)?$"}


def _of_object(value: Mapping[str, Any]) -> str:
    sides = []
    for names in (("latitude", "lat"), ("longitude", "lng", "lon")):
        side = next((value[name] for name in names if name in value), None)
        if isinstance(side, bool) or not isinstance(side, (int, float, Decimal, str)):
            raise ValueProblem("not_a_location", {"given": shortened(value)})
        sides.append(str(side))
    return ",".join(sides)


def _six(number: Decimal) -> str:
    text = f"{number.quantize(Decimal('0.000001')):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
