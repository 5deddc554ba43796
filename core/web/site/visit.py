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
from ...people.recall import Who
from ...problems import Problem, advice, message, say
from ...records.records import Records
from ...records.rights import Action
from ...words import Language

if TYPE_CHECKING:
    from .rendering import Site

__all__ = ["Visit", "fault", "path_with"]


@dataclass(frozen=True)
class Visit:
    """A request with the runtime it began with: one catalog from start to end, as whoever came sees it."""

    app: App
    runtime: Runtime
    context: Context
    request: Request
    site: "Site"
    form: FormData = field(default_factory=FormData)

    def __post_init__(self) -> None:
        object.__setattr__(self, "runtime", self.runtime.seen_by(self.context))

    def may(self, action: Action, entity: str, record: Mapping[str, Any] | None = None) -> bool:
        """Whether whoever came may do this to the record (``None``: to any of the entity's)."""
        return self.records.rights.allows(self.context, action, entity, record, ())

    @property
    def sees_all(self) -> bool:
        """Whether no role and no token keeps anything from whoever came: only they change what everybody gets."""
        return self.records.rights.sight(self.context) is None

    @property
    def catalog(self) -> Catalog:
        """The catalog of this request."""
        return self.runtime.catalog

    @property
    def records(self) -> Records:
        """The records of this request."""
        return self.runtime.records

    @property
    def who(self) -> Who | None:
        """Who came in; ``None`` where no login is asked. :data:`~..doorkeeper.NOBODY` has no account."""
        found: Who | None = self.request.scope.get("kehu_who")
        return found

    @property
    def is_nobody(self) -> bool:
        """Whether somebody looks on who has not logged in where a login is asked."""
        return self.who is not None and not self.who.account

    @property
    def token(self) -> str:
        """What every form of this visitor's pages sends along: bound to their session, where there are any."""
        return self.site.token_for(self.who.session) if self.who is not None else self.site.token

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
