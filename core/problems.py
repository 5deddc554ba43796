"""A problem is a value: what is wrong, where, and what to do. Here it gets its words, in Chinese or English.

Nothing in Kehu prints an error or writes a sentence where the fault is found: it makes a :class:`Problem` with a
*code* and the *values* of the case. The sentences stand in :mod:`kehu.core.words`; :func:`message`, :func:`advice`
and :func:`render` put the two together.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any, Literal

from . import words
from .words import Language, Phrase, Phrases
from .words.synonyms import meant

__all__ = [
    "Label",
    "Language",
    "Level",
    "Place",
    "Problem",
    "Refused",
    "Status",
    "advice",
    "closest",
    "message",
    "nearest",
    "phrases",
    "render",
    "say",
]

MOST_LISTED = 20
"""How many names a sentence lists; a longer list is cut, and says how long it is."""

Level = Literal["error", "warning", "note"]
Status = Literal["invalid", "forbidden", "missing", "conflict", "unavailable"]
"""Why something was refused, in the terms HTTP also uses: 422, 403, 404, 409 (412), 503."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text that people read, in both languages. A definition that gives one text gives it for both."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in this language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file, as the writer of the file counts: first line 1, first column 1.

    ``file`` is the path as the writer knows it: relative to the workspace, or ``customers:entities/deal.yaml`` for a
    plugin's. ``line`` 0 means the whole file. ``width`` is how many characters the caret underlines.
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a code, the values of this case, and where.

    ``place`` is where in a definition; ``field`` is which field of a record (forms and the API show it there).
    ``instead`` is what to write in that place, when that is certain or very likely.
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    place: Place | None = None
    field: str | None = None
    level: Level = "error"
    instead: str | None = None


class Refused(Exception):  # noqa: N818  (it names what happened to the person, as the docs do)
    """What was asked for was not done, and nothing was changed. Carries every reason found."""

    def __init__(self, problems: Iterable[Problem], status: Status = "invalid") -> None:
        self.problems = tuple(problems)
        self.status: Status = status
        super().__init__(self.problems, status)

    def __str__(self) -> str:
        return "; ".join(message(problem, "en") for problem in self.problems)


@cache
def phrases() -> Phrases:
    """All phrases of all floors: every module of :mod:`kehu.core.words` that defines ``PHRASES``."""
    found: Phrases = {}
    for module in iter_modules(words.__path__):
        found.update(getattr(import_module(f"{words.__name__}.{module.name}"), "PHRASES", {}))
    return found


def say(code: str, language: Language, values: Mapping[str, Any] = MappingProxyType({})) -> Phrase:
    """The phrase for a code with its values filled in; labels and lists are put into the language."""
    phrase = phrases()[code][language]
    ready = {"instead": "", **{name: _spoken(value, language) for name, value in values.items()}}
    return Phrase(*(text.format_map(ready) for text in phrase))


def message(problem: Problem, language: Language) -> str:
    """What is wrong, in one sentence."""
    return say(problem.code, language, _values(problem)).message


def advice(problem: Problem, language: Language) -> str:
    """What to do about it, or ``""``."""
    phrase = say(problem.code, language, _values(problem))
    return phrase.better if problem.instead and phrase.better else phrase.help


def _values(problem: Problem) -> Mapping[str, Any]:
    return {**problem.values, "instead": problem.instead or ""}


_ANATOMY: Mapping[Language, Mapping[str, str]] = {
    "zh": {"error": "错误", "warning": "注意", "note": "提示", "help": "建议"},
    "en": {"error": "error", "warning": "warning", "note": "note", "help": "help"},
}


def render(problem: Problem, language: Language, source: Callable[[str], str | None] = lambda _: None) -> str:
    """The problem as text: level, code, sentence, place, the line with a caret under it, advice.

    ``source`` gives the text of a file by its name in :class:`Place`, or ``None`` where there is none to show.
    """
    anatomy = _ANATOMY[language]
    lines = [f"{anatomy[problem.level]}[{problem.code}]: {message(problem, language)}"]
    if problem.place is not None:
        lines.append(f"  --> {problem.place}")
        lines += _excerpt(problem.place, source(problem.place.file))
    if help_text := advice(problem, language):
        lines.append(f"  = {anatomy['help']}: {help_text}")
    return "\n".join(lines)


def closest(name: str, available: Collection[str]) -> str | None:
    """The available name that a person most likely meant, or ``None``.

    The same word in another language or program (:mod:`kehu.core.words.synonyms`), else close in spelling
    (difflib, ratio ≥ 0.6).
    """
    near = nearest(name, available)
    return near[0] if near else None


def nearest(name: str, available: Collection[str], least: float = 0.6) -> list[str]:
    """Up to three available names that a person may have meant, the likeliest first; a synonym comes alone."""
    from difflib import get_close_matches

    by_folded = {other.casefold(): other for other in reversed(list(available))}
    same = [word for word in (name.strip().casefold(), *meant(name)) if word in by_folded]
    if same:
        return [by_folded[same[0]]]
    return [by_folded[near] for near in get_close_matches(name.casefold(), by_folded, cutoff=least)]


def _excerpt(place: Place, text: str | None) -> list[str]:
    rows = text.splitlines() if text else []
    if not 0 < place.line <= len(rows):
        return []
    row = rows[place.line - 1].replace("\t", " ")
    start, end = place.column - 1, place.column - 1 + max(1, place.width)
    margin = " " * len(str(place.line))
    indent = " " * sum(_cells(character) for character in row[:start])
    caret = "^" * max(1, sum(_cells(character) for character in row[start:end]))
    return [f" {margin} |", f" {place.line} | {row}", f" {margin} | {indent}{caret}"]


def _cells(character: str) -> int:
    from unicodedata import east_asian_width

    return 2 if east_asian_width(character) in "WF" else 1


class _Count(int):
    """A number that knows how its noun goes: ``{count:record|records}``."""

    def __format__(self, form: str) -> str:
        one, several, many = form.partition("|")
        return f"{int(self)} {one if self == 1 else many}" if several else format(int(self), form)


class _Name(str):
    """A label that knows how it stands inside a sentence: ``{label:within}`` gives “New customer”, but “New SKU”."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        if form != "within":
            return format(str(self), form)
        return str(self) if self[1:2].isupper() else self[:1].lower() + self[1:]


def _spoken(value: Any, language: Language) -> Any:
    if value.__class__ is int:
        return _Count(value)
    if isinstance(value, Label):
        return _Name(value.in_(language))
    if isinstance(value, (list, tuple, set, frozenset)):
        shown = [str(_spoken(item, language)) for item in value]
        if not shown:
            return "（还没有）" if language == "zh" else "none yet"
        more = len(shown) - MOST_LISTED
        if more > 1:
            shown[MOST_LISTED:] = [
                f"……（共 {len(value)} 个）" if language == "zh" else f"… ({len(value)} in all)"
            ]
        return ("、" if language == "zh" else ", ").join(shown)
    return value
