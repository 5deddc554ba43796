"""What ``kehu check`` found, as programs read it: JSON, SARIF 2.1.0, the commands of GitHub's workflows."""

import json
from collections.abc import Sequence
from importlib.metadata import version
from string import Formatter
from typing import Any

from ..problems import Problem, advice, message, phrases
from ..words import Language

__all__ = ["as_github", "as_json", "as_sarif"]

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_GITHUB_LEVELS = {"note": "notice"}


def as_json(problems: Sequence[Problem], language: Language) -> str:
    """A list with one object for each problem."""
    return json.dumps([_plain(problem, language) for problem in problems], ensure_ascii=False, indent=2)


def as_sarif(problems: Sequence[Problem], language: Language) -> str:
    """One run of SARIF 2.1.0: a rule for each code, a result for each problem. Columns count characters."""
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "kehu",
        "version": version("kehu"),
        "rules": [{"id": code, "shortDescription": {"text": _pattern(code, language)}} for code in codes],
    }
    results = [_result(problem, codes, language) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps(
        {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2
    )


def as_github(problems: Sequence[Problem], language: Language) -> str:
    """A workflow command for each problem, which GitHub shows beside the line."""
    return "\n".join(_command(problem, language) for problem in problems)


def _plain(problem: Problem, language: Language) -> dict[str, Any]:
    place = problem.place
    return {
        "level": problem.level,
        "code": problem.code,
        "message": message(problem, language),
        "help": advice(problem, language),
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "width": place.width if place else None,
        "instead": problem.instead,
    }


def _whole(problem: Problem, language: Language) -> str:
    end = "。" if language == "zh" else "."
    pieces = [piece for piece in (message(problem, language), advice(problem, language)) if piece]
    return end.join(pieces) if language == "zh" else f"{end} ".join(pieces)


def _pattern(code: str, language: Language) -> str:
    """What the code says, ``…`` for the values of a case."""
    sentence = phrases()[code][language].message
    pieces = Formatter().parse(sentence)
    return "".join(
        text + ("" if hole is None else f"… {form.partition('|')[2]}" if form and "|" in form else "…")
        for text, hole, form, _ in pieces
    )


def _result(problem: Problem, codes: list[str], language: Language) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.level,
        "message": {"text": _whole(problem, language)},
    }
    place = problem.place
    if place is None:
        return found
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        start, end = place.column or 1, (place.column or 1) + max(1, place.width)
        location["region"] = {"startLine": place.line, "startColumn": start, "endColumn": end}
    return {**found, "locations": [{"physicalLocation": location}]}


def _uri(file: str) -> str:
    """A path as a relative reference; a plugin's file (``customers:forms/x.yaml``) below its plugin."""
    from urllib.parse import quote

    return quote(file.replace(":", "/", 1))


def _command(problem: Problem, language: Language) -> str:
    place = problem.place
    named: dict[str, Any] = {"title": f"kehu {problem.code}"}
    if place is not None:
        named["file"] = place.file
        if place.line:
            named |= {"line": place.line, "col": place.column or 1, "endColumn": place.column + place.width}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in named.items())
    level = _GITHUB_LEVELS.get(problem.level, problem.level)
    return f"::{level} {properties}::{_data(_whole(problem, language))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
