"""Keeping quiet about what somebody may not see, where the words come from elsewhere: problems and histories."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..catalog.catalog import Catalog, Key
from ..catalog.sights import Sight
from ..formula import Formula
from ..problems import Label, Problem
from ..schema.fields.secret import MASK
from ..store.query import Event

__all__ = ["Withholding"]

_WORDS = re.compile(r"\w+")


class Withholding:
    """What was said with everything in view, as people of a sight may hear it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def problems(self, sight: Sight, entity: str, problems: Sequence[Problem]) -> list[Problem]:
        """Problems of a record; one that speaks of something hidden only says that there is one."""
        found: dict[Any, Problem] = {}
        for problem in problems:
            said = problem
            if self._betrays(sight, entity, problem):
                values = {"entity": self._catalog.entities[entity].shown}
                said = Problem("about_something_hidden", values, level=problem.level)
            elif any(isinstance(value, Mapping) for value in problem.values.values()):
                values = {key: self._clean(sight, entity, value) for key, value in problem.values.items()}
                said = replace(problem, values=values)
            key = (said.code, said.level) if said is not problem else id(problem)
            found.setdefault(key, said)
        return list(found.values())

    def _betrays(self, sight: Sight, entity: str, problem: Problem) -> bool:
        hidden = sight.hidden.get(entity, frozenset())
        if problem.field in hidden or not hidden.isdisjoint(problem.values.get("fields", ())):
            return True
        named = {problem.values.get(key) for key in ("rule", "gate")} - {None}
        if named and not all(self._readable(sight, entity, str(name)) for name in named):
            return True
        texts = [str(problem.values[key]) for key in ("formula", "when") if problem.values.get(key)]
        texts += [text.zh for text in problem.values.values() if isinstance(text, Label)]
        return bool(texts) and self._names(sight, entity, " ".join(texts))

    def _names(self, sight: Sight, entity: str, text: str) -> bool:
        """Whether a text speaks of a hidden field by its name or its label."""
        fields = self._catalog.entities[entity].fields
        words = set(_WORDS.findall(text))
        return any(
            name in words or fields[name].label.zh in text for name in sight.hidden[entity] if name in fields
        )

    def _readable(self, sight: Sight, entity: str, name: str) -> bool:
        """Whether a rule or a gate looks only at what is seen."""
        for key, required in self._called(entity, name):
            formulas: list[Formula | None] = [
                self._catalog.formulas.get((*key, part)) for part in ("when", "check")
            ]
            for text in self._catalog.texts.get((*key, "message"), {}).values():
                formulas += text.formulas
            if not all(sight.sees(entity, field) for field in required):
                return False
            if not sight.reads(self._catalog, formulas, entity):
                return False
        return True

    def _called(self, entity: str, name: str) -> Iterator[tuple[Key, Sequence[str]]]:
        for index, rule in enumerate(self._catalog.entities[entity].rules):
            if rule.rule == name:
                yield ("entity", entity, "rules", index), rule.require
        for flow in self._catalog.flows.values():
            for index, gate in enumerate(flow.gates):
                if flow.entity == entity and gate.gate == name:
                    yield ("flow", flow.flow, "gates", index), gate.require

    def _clean(self, sight: Sight, entity: str, value: Any) -> Any:
        """Values by field, as in a conflict of two changes."""
        if not isinstance(value, Mapping):
            return value
        hidden, veils = sight.hidden.get(entity, frozenset()), sight.veils.get(entity, {})
        return {
            name: MASK if name in veils and one is not None else one
            for name, one in value.items()
            if name not in hidden
        }

    def events(self, sight: Sight, entity: str, events: Sequence[Event]) -> list[Event]:
        """Events of a record; those in which nothing changed that is seen are left out."""
        hidden, veils = sight.hidden.get(entity, frozenset()), sight.veils.get(entity, {})
        if not hidden and not veils:
            return list(events)
        found = []
        for event in events:
            changes = {
                name: [None if value is None else MASK for value in pair] if name in veils else pair
                for name, pair in event.changes.items()
                if name not in hidden
            }
            if changes or not event.changes:
                found.append(event._replace(changes=changes))
        return found
