"""How values are taken from what people type: whole texts, numbers, dates; full-width characters are plain
ones.
"""

import re
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from .days import in_digits
from .field import ValueProblem

__all__ = ["DIGITS", "as_date", "as_datetime", "as_decimal", "as_text", "shortened"]

DIGITS = 15
"""How many digits a number may have in all: so many survive a trip through JSON and a spreadsheet."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,20})?")
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)\s*(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d{1,4}(?:,\d{4})+(?:\.\d*)?|\d+\.?\d*|\.\d+)"
    r"(?:[eE](?P<power>[-+]?\d{1,2}))?\s*(?P<unit>千|万|百万|千万|亿)?",
    re.ASCII,
)
_UNITS = {"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?|(\d{4})(\d\d)(\d\d)", re.ASCII
)
_TIME = re.compile(
    r"(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*分?(?::?\s*(\d{1,2})\s*秒?(?:[.,](\d{1,6})\d*)?)?\s*"
    r"(Z|UTC|[-+]\d\d:?(?:\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)


def shortened(value: Any, longest: int = 40) -> str:
    """A value as a message may show it."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**longest:
        return "…"  # Python refuses to write out very long numbers
    if isinstance(value, (list, dict)):
        return "[…]" if isinstance(value, list) else "{…}"
    text = _UNPRINTABLE.sub("�", str(value)).strip()
    return text if len(text) <= longest else text[: longest - 1] + "…"


def as_text(value: Any, lines: bool = False) -> str | None:
    """A text without blanks around it; ``None`` for nothing. Without ``lines`` it is one line."""
    if value is None:
        return None
    if value.__class__ is str and value.isprintable():
        return value.strip() or None
    if value.__class__ is not str:
        if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
            raise ValueProblem("not_a_text", {"given": shortened(value)})
        value = _number_text(value)
    if _UNPRINTABLE.search(value):
        raise ValueProblem("unprintable", {"given": shortened(value)})
    text: str = _BREAKS.sub("\n", value).strip()
    if not lines and ("\n" in text or "\t" in text):
        text = re.sub(r"\s*[\n\t]\s*", " ", text)
    return text or None


def _number_text(value: int | float | Decimal | str) -> str:
    # A telephone or a part number that a spreadsheet made into a number comes back as it was typed.
    if isinstance(value, str):
        return str(value)
    if (isinstance(value, Decimal) and not value.is_finite()) or not -1e15 < value < 1e15:
        raise ValueProblem("not_a_text", {"given": shortened(value)})
    return str(int(value)) if value == int(value) else str(value)


def as_decimal(value: Any, strip: str = "") -> Decimal | None:
    """A finite number, exact; ``None`` for nothing. ``strip``: signs that may stand before or after a typed
    number.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return Decimal(value) if _PLAIN_NUMBER.fullmatch(value) else _typed_number(value, strip)
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueProblem("not_a_number", {"given": shortened(value)})
    elif isinstance(value, int):
        number = Decimal(value)
    else:
        # Beyond 15 digits a float carries noise: 0.1 + 0.2 is meant as 0.3.
        number = Decimal(format(value, ".15g"))
    if not number.is_finite():
        raise ValueProblem("not_a_number", {"given": shortened(value)})
    return number


def _typed_number(text: str, strip: str) -> Decimal | None:
    if len(text) > 60:
        raise ValueProblem("not_a_number", {"given": shortened(text)})
    plain = normalize("NFKC", text).replace("−", "-").strip()
    sign = ""
    if plain[:1] in ("-", "+"):  # -¥5
        sign, plain = plain[0], plain[1:]
    plain = plain.strip(strip + " ") if strip else plain.strip()
    if not plain and not sign:
        if text.strip():
            raise ValueProblem("not_a_number", {"given": shortened(text)})
        return None
    found = _NUMBER.fullmatch(plain)
    if found is None or (sign and found["sign"]):
        raise ValueProblem("not_a_number", {"given": shortened(text)})
    number = Decimal((sign or found["sign"]) + found["digits"].replace(",", ""))
    if found["power"]:
        number = number.scaleb(int(found["power"]))
    return number * _UNITS[found["unit"]] if found["unit"] else number


def as_date(value: Any, zone: tzinfo = UTC) -> date | None:
    """A day; of a point in time, the day it was in ``zone``."""
    if value.__class__ is date or value is None:
        return value
    if isinstance(value, datetime):
        return _in_zone(value, zone, value).date()
    if not isinstance(value, str):
        raise ValueProblem("not_a_date", {"given": shortened(value)})
    if len(value) == 10 and value[4] == value[7] == "-":  # the usual form, quickly
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    plain = in_digits(normalize("NFKC", value[:60]).strip())
    if not plain and len(value) <= 60:
        return None
    found = _DATE.match(plain)
    rest = plain[found.end() :] if found else ""
    if found is None or len(value) > 60:
        raise ValueProblem("not_a_date", {"given": shortened(value)})
    if rest:
        moment = as_datetime(value, zone, "not_a_date")
        return None if moment is None else _in_zone(moment, zone, value).date()
    return _day(found, value)


def _day(found: re.Match[str], given: Any) -> date:
    year, month, day = (
        int(part) for part in (found[1] or found[4], found[2] or found[5], found[3] or found[6])
    )
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueProblem("no_such_day", {"given": shortened(given)}) from None


def as_datetime(value: Any, zone: tzinfo = UTC, code: str = "not_a_datetime") -> datetime | None:
    """A point in time, in UTC; what has no zone was meant in ``zone``, a day alone is its first moment
    there.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value if value.tzinfo is UTC else _utc(value, zone, value)
    if value.__class__ is date:
        return _utc(datetime.combine(value, time()), zone, value)
    if not isinstance(value, str):
        raise ValueProblem(code, {"given": shortened(value)})
    if (
        19 <= len(value) <= 32 and value[4] == value[7] == "-" and value[10] in "T "
    ):  # the usual form, quickly
        try:
            return _utc(datetime.fromisoformat(value), zone, value)
        except ValueProblem:
            raise
        except ValueError:
            pass
    plain = in_digits(normalize("NFKC", value[:60]).strip())
    if not plain and len(value) <= 60:
        return None
    found = _DATE.match(plain)
    if found is None or len(value) > 60:
        raise ValueProblem(code, {"given": shortened(value)})
    day, rest = _day(found, value), plain[found.end() :].lstrip(" T")
    if not rest:
        return _utc(datetime.combine(day, time()), zone, value)
    clock = _TIME.fullmatch(rest)
    if clock is None:
        raise ValueProblem(code, {"given": shortened(value)})
    try:
        moment = datetime.combine(
            day,
            time(
                int(clock[1]),
                int(clock[2]),
                int(clock[3] or 0),
                int((clock[4] or "").ljust(6, "0")),
            ),
        )
        own = _offset(clock[5])
    except ValueError:
        raise ValueProblem(code, {"given": shortened(value)}) from None
    return _utc(moment, own or zone, value)


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text.upper() in ("Z", "UTC"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    return datetime.strptime(f"{text[0]}{digits}", "%z").tzinfo


def _utc(moment: datetime, zone: tzinfo, given: Any) -> datetime:
    return _in_zone(moment if moment.tzinfo else moment.replace(tzinfo=zone), UTC, given)


def _in_zone(moment: datetime, zone: tzinfo, given: Any) -> datetime:
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)
    except (OverflowError, ValueError):  # the first and last day of the calendar have no neighbours
        raise ValueProblem("no_such_day", {"given": shortened(given)}) from None
