"""The parameters of an address, read strictly: what is unknown, given twice or out of range is refused by name."""

from collections.abc import Sequence

from starlette.requests import Request

from ...problems import Problem, Refused, closest
from ...schema.fields.field import ValueProblem
from ...schema.fields.values import as_text, shortened

__all__ = ["MOST_PARAMETERS", "Parameters"]

MOST_PARAMETERS = 40
_YES = {"true": True, "1": True, "yes": True, "": True, "false": False, "0": False, "no": False}


class Parameters:
    """The parameters that an address knows; ``rest`` holds the others, in their order (filters)."""

    def __init__(self, request: Request, known: Sequence[str], with_rest: bool = False) -> None:
        pairs = request.query_params.multi_items()
        if len(pairs) > MOST_PARAMETERS:
            values = {"count": len(pairs), "max": MOST_PARAMETERS}
            raise Refused([Problem("too_many_parameters", values)])
        self._given: dict[str, str] = {}
        self.rest: list[tuple[str, str]] = []
        problems = []
        for name, text in pairs:
            if name not in known:
                self.rest.append((name, text))
            elif name in self._given:
                problems.append(Problem("parameter_twice", {"name": name}, field=name))
            else:
                self._given[name] = text
        if not with_rest:
            problems += [unknown(name, known) for name, _ in self.rest]
        if problems:
            raise Refused(problems)

    def text(self, name: str, longest: int, code: str = "too_long") -> str:
        """The text, ``""`` when it is not given."""
        given = self._given.get(name, "")
        if len(given) > longest:
            raise Refused([Problem(code, {"max": longest, "length": len(given)}, field=name)])
        try:
            return as_text(given, lines=True) or ""
        except ValueProblem as error:
            raise Refused([Problem(error.code, error.values, field=name)]) from None

    def number(self, name: str, usual: int, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        given = self._given.get(name)
        if given is None:
            return usual
        if given.isascii() and given.isdigit() and len(given) < 10 and low <= int(given) <= high:
            return int(given)
        raise Refused([Problem("parameter_number", {"name": name, "low": low, "high": high}, field=name)])

    def yes(self, name: str) -> bool:
        """Yes or no; no when it is not given, yes when it is given without a value."""
        given = self._given.get(name)
        if given is None:
            return False
        if (found := _YES.get(given.lower())) is not None:
            return found
        return bool(self._one_of(name, given, ("true", "false")))

    def one_of(self, name: str, available: Sequence[str]) -> str | None:
        """One of the available texts, or ``None`` when it is not given."""
        given = self._given.get(name)
        return None if given is None else self._one_of(name, given, available)

    def _one_of(self, name: str, given: str, available: Sequence[str]) -> str:
        if given in available:
            return given
        values = {"name": name, "given": shortened(given), "available": tuple(available)}
        raise Refused([Problem("parameter_value", values, field=name, instead=closest(given, available))])


def unknown(name: str, available: Sequence[str]) -> Problem:
    """The problem of a parameter that is not there."""
    values = {"name": shortened(name), "available": tuple(available)}
    return Problem("parameter_unknown", values, field=shortened(name, 100), instead=closest(name, available))
