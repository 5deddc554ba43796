"""How a row of the function table is written."""

from collections.abc import Callable
from typing import Any

from ...problems import Label
from ..functions import Form, Function, Parameter
from ..types import TypeName

__all__ = [
    "ANY", "ANY_MANY", "COUNTED", "DAY", "DURATION", "LIST", "MAYBE_ANY", "MAYBE_COUNT", "MAYBE_NUMBER",
    "MAYBE_TEXT", "NUMBER", "TEXT", "TEXT_MANY", "TRUTH", "TRUTH_MANY", "known_to_the_checker", "row", "whole",
]  # fmt: skip

_NUMBERS: tuple[TypeName, ...] = ("number", "money", "percent")
_TEXTS: tuple[TypeName, ...] = ("text", "choice")

NUMBER, COUNTED = Parameter(_NUMBERS), Parameter(("number",))
DAY, TEXT, LIST = Parameter(("date", "datetime")), Parameter(_TEXTS), Parameter(("list",))
DURATION, TRUTH, ANY = Parameter(("duration",)), Parameter(("yes_no",)), Parameter()
MAYBE_COUNT, MAYBE_NUMBER = Parameter(("number",), optional=True), Parameter(_NUMBERS, optional=True)
MAYBE_TEXT, MAYBE_ANY = Parameter(_TEXTS, optional=True), Parameter(optional=True)
ANY_MANY = Parameter(optional=True, repeated=True)
TEXT_MANY = Parameter(_TEXTS, optional=True, repeated=True)
TRUTH_MANY = Parameter(("yes_no",), optional=True, repeated=True)


def known_to_the_checker(*_: Any) -> Any:
    """Stands for a function that the checker takes apart itself; it is never called."""
    return None


def row(
    names: str,
    takes: tuple[Parameter, ...],
    gives: TypeName | None,
    call: Callable[..., Any] = known_to_the_checker,
    *,
    zh: str,
    en: str,
    example: str,
    form: Form = "plain",
    takes_empty: bool = False,
    needs_env: bool = False,
    volatile: bool = False,
    in_page: bool = False,
    entity: str | None = None,
) -> Function:
    """One function. ``names``: English, Chinese, then others it is found by; ``gives``: ``None`` for the type of its
    arguments; ``zh`` and ``en``: what it gives, as the reference says it; ``example``: text → what it gives.
    """
    name, chinese, *also = names.split()
    return Function(
        name, chinese, takes, gives or "same", call, takes_empty, needs_env, volatile, entity, form, Label(zh, en),
        example, tuple(also), in_page,
    )  # fmt: skip


def whole(number: Any, least: int = 0, most: int = 100_000) -> int:
    """A number as a count, cut towards zero and held within bounds."""
    return int(min(max(number, least), most))
