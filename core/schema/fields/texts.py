"""Fields that hold a text: text, long_text, email, phone, url."""

import re
from collections.abc import Iterator
from datetime import UTC, tzinfo
from functools import cached_property
from typing import Any, ClassVar
from unicodedata import normalize
from urllib.parse import urlsplit

import regex

from ..definition import Fault, Whole
from .field import Field, ValueProblem
from .identities import Identity, identified
from .values import as_text, shortened

__all__ = ["Email", "LongText", "Phone", "Text", "Url"]

LONGEST_MATCH = 0.05
"""Seconds that a pattern may look at one text: ``(a+)+$`` would look for hours."""


class Text(Field):
    """One line of text. ``max``, ``min``: characters; ``pattern``: a regular expression for the whole text;
    ``identity``: the kind of number it is, whose check digit must be right.
    """

    type_name: ClassVar[str] = "text"
    keywords: ClassVar = {"max": "maxLength", "min": "minLength", "pattern": "pattern"}
    lines: ClassVar[bool] = False

    max: Whole = 200
    min: Whole | None = None
    pattern: str | None = None
    identity: Identity | None = None

    @cached_property
    def _whole(self) -> "regex.Pattern[str] | None":
        return regex.compile(self.pattern) if self.pattern is not None else None

    def _matches(self, text: str) -> bool:
        """Whether the whole text fits the pattern. A pattern that takes too long over it is refused, not waited for."""
        if self._whole is None:
            return True
        try:
            return self._whole.fullmatch(text, timeout=LONGEST_MATCH) is not None
        except TimeoutError:
            raise ValueProblem("pattern_too_slow", {"pattern": self.pattern}) from None

    @cached_property
    def _plain(self) -> bool:
        return self.pattern is None and self.min is None and self.identity is None

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        # The right text, which is nearly every text, leaves here.
        if (
            value.__class__ is str
            and value.isprintable()
            and value
            and self._plain
            and len(value) <= self.max
            and value[0] != " "
            and value[-1] != " "
        ):
            return value
        text = as_text(value, self.lines)
        if text is None:
            return None
        if len(text) > self.max:
            raise ValueProblem("too_long", {"max": self.max, "length": len(text)})
        if self.min is not None and len(text) < self.min:
            raise ValueProblem("too_short", {"min": self.min, "length": len(text)})
        if self.identity is not None:
            number = identified(text, self.identity)
            if number is None:
                raise ValueProblem(f"not_a_{self.identity}", {"given": shortened(text)})
            text = number
        if not self._matches(text):
            raise ValueProblem("wrong_pattern", {"given": shortened(text), "pattern": self.pattern})
        return text

    def json_schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string", "maxLength": self.max}
        if self.min is not None:
            schema["minLength"] = self.min
        if self.pattern is not None:
            schema["pattern"] = f"^(?:{self.pattern})$"
        return schema

    def faults(self) -> Iterator[Fault]:
        if not 1 <= self.max <= 1_000_000:
            yield Fault(("max",), "out_of_range", {"low": 1, "high": 1_000_000})
        try:
            regex.compile(self.pattern or "")
        except (regex.error, RecursionError, OverflowError):
            yield Fault(("pattern",), "bad_pattern", {"given": self.pattern})
        else:
            yield from super().faults()


class LongText(Text):
    """Text of many lines."""

    type_name: ClassVar[str] = "long_text"
    widget: ClassVar[str] = "textarea"
    lines: ClassVar[bool] = True

    max: Whole = 20_000


class Email(Field):
    """A mail address; the part after the @ is kept in small letters."""

    type_name: ClassVar[str] = "email"
    widget: ClassVar[str] = "email"

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        text = as_text(value)
        if text is None:
            return None
        text = normalize("NFKC", text)
        if len(text) > 254 or not _EMAIL.fullmatch(text):
            raise ValueProblem("not_an_email", {"given": shortened(text)})
        name, _, host = text.rpartition("@")
        return f"{name}@{host.lower()}"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "email", "maxLength": 254}


_EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@(?:[^\s@,;<>\".]{1,63}\.)+[^\s@,;<>\".]{2,63}")


class Phone(Field):
    """A telephone number, as typed: 13800138000, 021-5555 1234, +44 123456789, 010-88886666转8001."""

    type_name: ClassVar[str] = "phone"
    widget: ClassVar[str] = "tel"

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        text = as_text(value)
        if text is None:
            return None
        if not text.isascii():
            text = normalize("NFKC", text).strip()
        digits = sum(map(str.isdigit, text))
        if not 5 <= digits <= 20 or len(text) > 40 or not _PHONE.fullmatch(text):
            raise ValueProblem("not_a_phone", {"given": shortened(text)})
        return text

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 40}


_PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]*(?:\s*(?:转|分机|ext\.?|x|#|,)\s*[0-9]{1,8})?", re.IGNORECASE)


class Url(Field):
    """A web address; ``https://`` is added where it is left out."""

    type_name: ClassVar[str] = "url"
    widget: ClassVar[str] = "url"

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        text = as_text(value)
        if text is None:
            return None
        address = text if "://" in text[:10] else f"https://{text}"
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
            _ = parts.port
        except ValueError:
            host = ""
        scheme = address[:8].lower().startswith(("http://", "https://"))
        if not scheme or not _HOST.fullmatch(host) or len(address) > 2000 or re.search(r"[\s<>\"]", address):
            raise ValueProblem("not_a_url", {"given": shortened(text)})
        return address

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "maxLength": 2000}


_HOST = re.compile(r"localhost|(?:[^\s./:@]{1,63}\.)+[^\s./:@]{1,63}|[0-9a-f:.]*:[0-9a-f:.]*")
