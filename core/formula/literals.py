"""Text literals that stand for something else: an option of a choice, a date."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from ..problems import Label, Problem, closest
from .mistakes import Span, mistake
from .shapes import normal
from .types import TypeName

__all__ = ["moment", "moment_type", "no_option", "option"]

_SHOWN = 20


def moment(text: str | None) -> date | datetime | None:
    """The date or time that an ISO text names (``2026-03-01``, also ``2026/3/1``); a time without zone is UTC."""
    if text is None:
        return None
    try:
        return date(*(int(part) for part in text.replace("/", "-").split("-")))
    except (ValueError, TypeError, OverflowError):
        pass
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:
        return None


def moment_type(value: date | datetime | None) -> TypeName:
    """``date`` or ``datetime``."""
    return "datetime" if isinstance(value, datetime) else "date"


def option(spelling: str, options: Mapping[str, str]) -> str | None:
    """The name of the option spelled so; case and runs of spaces do not matter."""
    found = options.get(spelling)
    if found is None:
        wanted = normal(spelling)
        found = next((name for each, name in options.items() if normal(each) == wanted), None)
    return found


def no_option(spelling: str, options: Mapping[str, str], field: Label | str, span: Span) -> Problem:
    """The problem of a text that names none of the options."""
    near = closest(spelling, options)
    return mistake(
        "formula_no_option_near" if near else "formula_no_option",
        span,
        '"' + near + '"' if near else None,
        option=spelling,
        field=field,
        available=_listed(options),
    )


def _listed(options: Mapping[str, str]) -> tuple[str, ...]:
    """Each option's name with its first other spelling."""
    spellings: dict[str, list[str]] = {}
    for each, name in options.items():
        spellings.setdefault(name, [])
        if each != name:
            spellings[name].append(each)
    listed = tuple(f"{name} ({other[0]})" if other else name for name, other in spellings.items())
    return listed if len(listed) <= _SHOWN else (*listed[:_SHOWN], "…")
