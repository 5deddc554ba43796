"""Names: the stable handles that definitions, URLs and formulas use."""

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

__all__ = ["DottedName", "Name", "is_name", "name_of", "suggested"]

LONGEST = 50
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def is_name(text: str) -> bool:
    """Whether the text may be a name: small letters, digits and ``_``, a letter first, at most 50 long."""
    return len(text) <= LONGEST and _NAME.fullmatch(text) is not None


def name_of(text: str) -> str:
    """The text, which must be a name."""
    if not is_name(text):
        raise PydanticCustomError("bad_name", "name", {"given": text, "instead": suggested(text)})
    return text


def _dotted(text: str) -> str:
    for piece in text.split("."):
        if not is_name(piece):
            raise PydanticCustomError(
                "bad_name", "name", {"given": text, "instead": ".".join(map(suggested, text.split(".")))}
            )
    return text


def suggested(text: str) -> str:
    """The nearest thing to the text that may be a name, or ``""``: ``Close Date`` → ``close_date``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text.strip())
    name = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")[:LONGEST]
    return name if is_name(name) else ""


Name = Annotated[str, AfterValidator(name_of)]
"""``[a-z][a-z0-9_]*``, at most 50 characters."""
DottedName = Annotated[str, AfterValidator(_dotted)]
"""A name, or names joined by dots: ``customer.new``, ``contact.customer``."""
