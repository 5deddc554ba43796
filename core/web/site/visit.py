"""One request for a page, and what its handler works with from start to end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request

from ...app import App, Runtime
from ...catalog.catalog import Catalog
from ...context import Context
from ...problems import Problem, advice, message, say
from ...records.records import Records
from ...words import Language

if TYPE_CHECKING:
    from .rendering import Site

__all__ = ["Visit", "fault", "path_with"]


@dataclass(frozen=True)
class Visit:
    """A request with the runtime it began with: one catalog from start to end."""

    app: App
    runtime: Runtime
    context: Context
    request: Request
    site: "Site"
    form: FormData = field(default_factory=FormData)

    @property
    def catalog(self) -> Catalog:
        """The catalog of this request."""
        return self.runtime.catalog

    @property
    def records(self) -> Records:
        """The records of this request."""
        return self.runtime.records

    @property
    def language(self) -> Language:
        """What the reader speaks."""
        return self.context.language

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """The address's parameters in their order."""
        return list(self.request.query_params.multi_items())

    def t(self, key: str, **values: Any) -> str:
        """The words of a page."""
        return say(f"page_{key}", self.language, values).message if values else _word(key, self.language)

    def named(self, key: str) -> str:
        """A part of the address: ``entity``, ``id``."""
        return str(self.request.path_params[key])

    def one(self, key: str, usual: str = "") -> str:
        """A parameter of the address."""
        return self.request.query_params.get(key, usual)

    def posted(self, key: str, usual: str = "") -> str:
        """A text that the form sent (the last, where it sent several)."""
        found = [value for value in self.form.getlist(key) if isinstance(value, str)]
        return found[-1] if found else usual


@cache
def _word(key: str, language: Language) -> str:
    return say(f"page_{key}", language).message


def path_with(path: str, pairs: Mapping[str, Any] | list[tuple[str, str]]) -> str:
    """An address with these parameters; empty ones are left out."""
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    query = urlencode([(key, value) for key, value in items if value not in (None, "")])
    return f"{path}?{query}" if query else path


def fault(
    visit: Visit, problem: Problem, url: str | None = None, why_url: str | None = None
) -> dict[str, Any]:
    """A problem as the pages show it. ``url``: where it is mended; ``why_url``: where it is explained."""
    language = visit.language
    return {
        "text": message(problem, language),
        "advice": advice(problem, language),
        "level": problem.level,
        "url": url,
        "why_url": why_url,
    }
