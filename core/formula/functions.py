"""The functions that formulas may call, by their English and Chinese names. Plugins add theirs with ``extended``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ..problems import Label
from .types import TypeName

__all__ = ["Form", "Function", "FunctionTable", "Parameter", "bundled"]

Form = Literal["plain", "logic", "aggregate", "rewritten"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a function: the types it takes (``()`` for any), whether it may be left out, or repeated."""

    types: tuple[TypeName, ...] = ()
    optional: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the formula language.

    ``name`` is upper-case English, ``zh`` its Chinese name. ``result``: the type's name, or ``"same"`` for the type of
    the first argument (of all, where the last parameter repeats). ``call`` gets the values and gives the result; it
    must not change anything. Unless ``takes_empty``, it is called only when every argument has a value, and the result
    is empty otherwise. ``needs_env``: the :class:`Env` comes first. ``volatile``: the result depends on the time or the
    person, not on the arguments alone. An exception gives empty.

    ``form`` other than ``plain`` is for the functions that the checker knows itself (IF, AND, SUM, …). ``about`` says
    in the reference what it gives, ``example`` shows it (``LEN("Kehu") → 4``); ``also``: other names it is found by,
    such as a spreadsheet's. ``in_page``: the script of the pages knows it and works it out alike.
    """

    name: str
    zh: str
    parameters: tuple[Parameter, ...]
    result: TypeName | Literal["same"]
    call: Callable[..., Any]
    takes_empty: bool = False
    needs_env: bool = False
    volatile: bool = False
    entity: str | None = None
    """For a result of type record: which entity."""
    form: Form = "plain"
    about: Label | None = None
    example: str = ""
    also: tuple[str, ...] = ()
    in_page: bool = False

    @property
    def least(self) -> int:
        """How many arguments it wants at least."""
        return sum(not parameter.optional for parameter in self.parameters)

    @property
    def most(self) -> int | None:
        """How many it takes at most; ``None``: any number."""
        return None if self.parameters and self.parameters[-1].repeated else len(self.parameters)

    def parameter(self, index: int) -> Parameter:
        """The parameter that the argument at this index (from 0) belongs to."""
        return self.parameters[min(index, len(self.parameters) - 1)]


class FunctionTable:
    """The functions by name; names are found in any case, in English and Chinese."""

    __slots__ = ("_spellings", "functions")

    def __init__(self, functions: Iterable[Function]) -> None:
        self.functions: Mapping[str, Function] = {function.name: function for function in functions}
        self._spellings = {
            spelling.casefold(): function
            for function in self.functions.values()
            for spelling in (function.name, function.zh, *function.also)
        }

    def find(self, spelling: str) -> Function | None:
        """The function of this name, or ``None``."""
        return self._spellings.get(spelling.casefold())

    def names(self) -> tuple[str, ...]:
        """Every name a function may be called by: English first, then Chinese."""
        known = self.functions.values()
        return (*(each.name for each in known), *(each.zh for each in known))

    def extended(self, functions: Iterable[Function]) -> "FunctionTable":
        """A new table with these besides; one of a name that is there already takes its place."""
        return FunctionTable((*self.functions.values(), *functions))


@cache
def bundled() -> FunctionTable:
    """The functions that every formula may call."""
    from .library import FUNCTIONS

    return FunctionTable(FUNCTIONS)
