"""Mending a definition file where what was meant is certain: a misspelt word with one near name, a full-width colon.

A value or a key is changed by the splice writer. In a file that cannot be read yet a few characters are changed, and
the mend counts only if reading then gets further. What is not certain is left to people.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from ..problems import Place, Problem, Refused
from ..words.synonyms import meant
from .loading import Loaded, load
from .mending_text import mended_text, offset_of
from .nodes import Node
from .reading import read
from .splicing import Document, Step

__all__ = ["mend"]

MOST = 200
"""Mends of one file in one go."""
_VALUES = ("true_or_false", "whole_number", "number", "percent", "text", "label", "date", "list")
VALUES = frozenset(f"expected_{kind}" for kind in _VALUES)
"""A value of the wrong kind, where ``instead`` says the right one."""
WORDS = frozenset(
    """
    unknown_kind unknown_key not_one_of_these unknown_field_type
    unknown_entity unknown_field unknown_flow unknown_metric
    unknown_link unknown_column unknown_option unknown_stage_field unknown_stage unknown_plugin
    unknown_action extends_nothing
    placed_beside_nothing removes_nothing not_a_name bad_currency not_an_option formula_unknown_name_near
    formula_unknown_function_near formula_no_option_near
    """.split()  # noqa: SIM905  (a list of words reads better as words)
)
"""A word for which ``instead`` is another."""
FOREIGN = frozenset({"unknown_kind", "unknown_key", "not_one_of_these", "unknown_field_type", "bad_currency"})
"""Where a word of another language or program can only mean one of ours."""
NEAR, APART, HARDLY, SHORTEST = 0.75, 0.1, 0.5, 3
"""How like two words are (0 to 1) where one is meant; by how much every other has to be less like; where they are not
alike at all; how many letters a word has in which one may be missing.
"""
SIGNS = frozenset(
    {"full_width_colon", "full_width_comma", "full_width_bracket", "space_missing", "dash_without_space"}
)
"""Signs that can stand in a file that is read, and mean something else there than was meant."""


def mend(data: bytes, file: str, problems: Sequence[Problem]) -> tuple[bytes, tuple[Problem, ...]]:
    """The file with everything mended that is certain, and the problems that were. ``problems``: what is said of it.

    The text stays as it was but for the mends: comments, order, line ends, byte-order mark.
    """
    done: list[Problem] = []
    text, unreadable = _readable(data, file, done)
    if text is None or unreadable:
        return (data if text is None else text.encode("utf-8")), tuple(done)
    for problem in sorted(problems, key=_backwards):
        after = _mended(text, file, problem)
        if after is not None and after != text:
            text = after
            done.append(problem)
    return text.encode("utf-8"), tuple(done)


def _backwards(problem: Problem) -> tuple[int, int]:
    """From the end of the file to its beginning, so that a mend moves no place that is still to come."""
    place = problem.place or Place("")
    return -place.line, -place.column


def _readable(data: bytes, file: str, done: list[Problem]) -> tuple[str | None, bool]:
    """The text, mended until it can be read or no mend is certain; and whether it still cannot be read."""
    loaded = load(data, file)
    if loaded.node is None and loaded.problems[0].code == "not_utf8":
        encoding = {"GBK": "gb18030", "UTF-16": "utf-16"}.get(str(loaded.problems[0].values["encoding"]))
        if encoding is None:
            return None, True
        done.append(loaded.problems[0])
        text = data.decode(encoding)
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return None, True
    for _ in range(MOST):
        loaded = load(text, file)
        if loaded.node is not None:
            return text, False
        problem = loaded.problems[0]
        after = mended_text(text, problem)
        if after is None or after == text or not _is_further(problem, load(after, file)):
            return text, True
        done.append(problem)
        text = after
    return text, True


def _is_further(before: Problem, after: Loaded) -> bool:
    """Whether reading came past the problem."""
    if after.node is not None:
        return True
    one, other = before.place or Place(""), after.problems[0].place or Place("")
    return (other.line, other.column) > (one.line, one.column)


def _mended(text: str, file: str, problem: Problem) -> str | None:
    """The text without this problem, or ``None`` where that is not certain or cannot be done."""
    try:
        if problem.code in SIGNS:
            after = mended_text(text, problem)
            return after if after is not None and load(after, file).node is not None else None
        if problem.instead is None or problem.place is None:
            return None
        if problem.code in VALUES:
            after = _with_value(text, file, problem)
        elif problem.code in WORDS and _is_certain(problem):
            after = _with_word(text, file, problem)
        else:
            after = None
    except Refused:
        return None
    return after if after is not None and _is_right(after, file, problem.place) else None


def _is_right(text: str, file: str, place: Place) -> bool:
    """Whether nothing is wrong any more at the place that was mended."""
    node = load(text, file).node
    spot = (place.line, place.column)
    return node is not None and not any(
        one.place is not None and (one.place.line, one.place.column) == spot and one.code != "missing_key"
        for one in read(node)[1]
    )


def _wrong_word(problem: Problem) -> str:
    return str(
        next(
            (
                problem.values[key]
                for key in ("key", "name", "given", "option", "plugin")
                if key in problem.values
            ),
            "",
        )
    )


def _is_certain(problem: Problem) -> bool:
    """Whether one name alone is near: a letter or two apart, and nothing else as near; or another language's word."""
    wrong, right = _wrong_word(problem), str(problem.instead)
    if problem.code == "not_a_name":  # the label that one name alone has
        return True
    likeness = _likeness(wrong, right)
    if problem.code in FOREIGN and (
        right in meant(wrong) or (problem.code == "bad_currency" and likeness < HARDLY)
    ):
        return True
    others = (str(name) for name in problem.values.get("available", ()) if name != right)
    return likeness >= NEAR and all(_likeness(wrong, other) <= likeness - APART for other in others)


def _likeness(one: str, other: str) -> float:
    """From 0 to 1: 1 where one letter is too many, missing, wrong, or two have changed places."""
    one, other = one.casefold(), other.casefold()
    return 1.0 if _one_slip(one, other) else SequenceMatcher(None, one, other).ratio()


def _one_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest, left = short[at:], long[at:]
    if len(short) == len(long):
        return rest[1:] == left[1:] or (rest[1:2] + rest[:1] + rest[2:]) == left
    return len(long) >= SHORTEST and rest == left[1:]


def _with_value(text: str, file: str, problem: Problem) -> str | None:
    document = Document(text, file)
    found = _at(document.node, problem.place)
    if found is None or found[2]:
        return None
    path, node, _ = found
    document.set(path, _value(problem.code.removeprefix("expected_"), str(problem.instead), node))
    return document.text


def _value(kind: str, instead: str, node: Node) -> Any:
    if kind == "true_or_false":
        return instead == "true"
    if kind in ("number", "whole_number"):
        return float(instead) if "." in instead else int(instead)
    if kind == "list":
        return [item.strip() for item in instead.strip("[]").split(",")]
    return node.written if kind in ("text", "label") else instead


def _with_word(text: str, file: str, problem: Problem) -> str | None:
    """Another word at the place: a key, a whole value, or a part of a text."""
    document = Document(text, file)
    wrong, right = _wrong_word(problem), str(problem.instead)
    found = _at(document.node, problem.place)
    if found is not None:
        path, node, is_key = found
        if is_key and path[-1] == wrong:
            document.rename(path, right)
            return document.text
        if not is_key and node.value == wrong:
            document.set(path, right)
            return document.text
    assert problem.place is not None
    at = offset_of(text, problem.place)
    if text[at : at + len(wrong)] != wrong or load(text, file).node is None:
        return None
    after = text[:at] + right + text[at + len(wrong) :]
    return after if load(after, file).node is not None else None


def _at(node: Node, place: Place | None) -> tuple[list[Step], Node, bool] | None:
    """(path, node, whether the place is its key's) of what stands at a place."""
    spot = (place.line, place.column) if place is not None else (0, 0)
    for path, found in _all(node, []):
        if found.key_place is not None and (found.key_place.line, found.key_place.column) == spot:
            return path, found, True
        if (found.place.line, found.place.column) == spot and not isinstance(found.value, (dict, list)):
            return path, found, False
    return None


def _all(node: Node, path: list[Step]) -> Iterator[tuple[list[Step], Node]]:
    yield path, node
    if isinstance(node.value, dict):
        for key, below in node.value.items():
            yield from _all(below, [*path, key])
    elif isinstance(node.value, list):
        for at, below in enumerate(node.value):
            yield from _all(below, [*path, at])
