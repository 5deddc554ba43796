"""Forms for strangers: a link that cannot be guessed, only the form's own fields, and nothing of the workspace around.

What is sent goes the one write path through the door ``public``, with the form's rules. No login and no cookie stands
behind it, so there is nothing that another site could misuse; a signed ticket tells that the page was really opened.
"""

import hmac
import secrets
import threading
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ...app import App
from ...problems import Problem, Refused
from ...schema.form import Form
from ...store.ids import new_id
from ..requests import BadRequest, context_of, in_thread_if_blocking, language_of, read_body
from .errors import STATUS
from .filling import Filling
from .form_errors import told
from .form_inputs import sections_of
from .form_shape import shape_named
from .forms import key_of, missing_of, tabs_of
from .frame import front_end_built
from .rendering import Site
from .visit import Visit, fault

__all__ = ["Rate", "public_routes", "token_of"]

LARGEST = 64 * 1024
"""Bytes that a stranger may send."""

MOST_FIELDS = 300

TRAP = "kehu.website"
"""An input that people do not see: who fills it in is no person."""

OPEN_FOR = timedelta(hours=24)
"""How long a page that was opened may still be sent."""

HEADERS = {"X-Robots-Tag": "noindex, nofollow"}


@dataclass(slots=True)
class Rate:
    """So many in so long, by key: what one address, or all strangers together, may send."""

    most: int
    span: timedelta
    _taken: dict[str, deque[datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: str, now: datetime) -> bool:
        """Whether one more is allowed; then it counts."""
        with self._lock:
            for other in [k for k, times in self._taken.items() if times[-1] <= now - self.span]:
                del self._taken[other]
            times = self._taken.setdefault(key, deque())
            while times and times[0] <= now - self.span:
                times.popleft()
            if len(times) >= self.most:
                return False
            times.append(now)
            return True


def token_of(app: App, form: str, anew: bool = False) -> str:
    """The unguessable part of a form's link; ``anew``: another one, and the old link leads nowhere."""
    note = f"public form {form}"
    token = app.store.note(note)
    if token is None or anew:
        token = secrets.token_urlsafe(18)
        with app.store.transaction() as transaction:
            transaction.set_note(note, token)
    return str(token)


def public_routes(app: App, site: Site) -> list[Route]:
    """The addresses that strangers may use."""
    doors = _Doors(app, site)
    return [Route("/public/{token}", doors.answer, methods=["GET", "POST"])]


class _Doors:
    """Answers strangers. Counts what comes from one address and on one form."""

    def __init__(self, app: App, site: Site) -> None:
        self._app, self._site = app, site
        self._by_address = Rate(20, timedelta(minutes=10))
        self._by_form = Rate(300, timedelta(hours=1))

    async def answer(self, request: Request) -> Response:
        """GET shows the form, POST sends it."""
        stranger = context_of(self._app, request, "page").stranger("")
        visit = Visit(self._app, self._app.now, stranger, request, self._site)
        language = language_of(request) or visit.catalog.workspace.language
        visit = replace(visit, context=replace(visit.context, language=language))
        try:
            if request.method == "POST":
                visit = replace(visit, form=await _posted(request))
            response = await in_thread_if_blocking(self._app.store, self._handle, visit)
        except Refused as refusal:
            response = _told(visit, refusal)
        response.headers.update(HEADERS)
        return response

    def _handle(self, visit: Visit) -> Response:
        form = self._form(visit)
        visit = replace(visit, context=visit.context.stranger(form.form))
        demands = next(one for one in visit.records.plan(form.entity).forms if one.form == form.form)
        shape = shape_named(visit, demands, "public")
        if visit.request.method != "POST":
            if visit.one("sent"):
                return _page(visit, form, None)
            return _page(visit, form, Filling.opened(visit, shape))
        if visit.posted(TRAP):
            return _thanks(visit)
        filling = Filling.sent(visit, shape)
        try:
            self._let_in(visit, form)
            visit.records.create(visit.context, form.entity, filling.given(), key_of(visit, filling))
        except Refused as refusal:
            return _page(visit, form, filling, refusal)
        return _thanks(visit)

    def _form(self, visit: Visit) -> Form:
        """The form whose link this is. Raises :class:`Refused` (``missing``): the same for all that lead nowhere."""
        given = visit.named("token")
        for form in visit.catalog.forms.values():
            known = self._app.store.note(f"public form {form.form}") if "public" in form.use else None
            if known is not None and secrets.compare_digest(str(known).encode(), given.encode()):
                return form
        raise Refused([Problem("no_such_public_form")], "missing")

    def _let_in(self, visit: Visit, form: Form) -> None:
        once, opened = visit.posted("once"), visit.posted("opened")
        signed = hmac.compare_digest(
            _ticket(visit, form, once, opened).encode(), visit.posted("ticket").encode()
        )
        if not signed or not _is_open(opened, visit.context.now):
            raise Refused([Problem("public_form_old")], "forbidden")
        address = visit.request.client.host if visit.request.client is not None else ""
        now = visit.context.now
        if not (self._by_address.take(address, now) and self._by_form.take(form.form, now)):
            raise BadRequest(429, Problem("public_form_busy"), {"Retry-After": "600"})


def _is_open(opened: str, now: datetime) -> bool:
    try:
        return timedelta() <= now - datetime.fromisoformat(opened) <= OPEN_FOR
    except (ValueError, TypeError):
        return False


def _ticket(visit: Visit, form: Form, once: str, opened: str) -> str:
    """The signature under a page that was opened: who has none has not opened one."""
    said = f"{form.form}\n{once}\n{opened}".encode("utf-8", "replace")
    return hmac.new(visit.site.token.encode(), said, sha256).hexdigest()


async def _posted(request: Request) -> FormData:
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise BadRequest(415, Problem("bad_request"))
    body = await read_body(request, LARGEST)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise BadRequest(400, Problem("bad_request")) from None
    return FormData([(name, value) for name, value in pairs])


def _thanks(visit: Visit) -> Response:
    return RedirectResponse(f"{visit.request.url.path}?sent=1", 303)


def _told(visit: Visit, refusal: Refused) -> Response:
    """What a stranger reads where there is no form to show it on."""
    status = refusal.http if isinstance(refusal, BadRequest) else STATUS[refusal.status]
    model = {"title": visit.t(f"error_{status}" if status in (404, 403) else "error_422"), "intro": "",
             "faults": [fault(visit, problem) for problem in refusal.problems]}  # fmt: skip
    return _render(visit, model, status)


def _page(visit: Visit, form: Form, filling: Filling | None, refusal: Refused | None = None) -> Response:
    label = form.shown.in_(visit.language)
    if filling is None:
        words = form.thanks.in_(visit.language) if form.thanks is not None else visit.t("public_thanks_text")
        return _render(visit, {"title": visit.t("public_thanks"), "intro": words, "faults": []})
    problems = list(refusal.problems) if refusal is not None else []
    if refusal is not None and not isinstance(refusal, BadRequest) and refusal.status == "invalid":
        problems += missing_of(filling, {problem.field for problem in problems})
    said = told(visit, filling.shape, problems)
    faults = [{**one, "url": None} for one in said.faults]
    sections = sections_of(filling, said.errors)
    once, opened = visit.posted("once") or new_id(), visit.posted("opened") or visit.context.now.isoformat()
    model = {
        "title": label,
        "intro": form.intro.in_(visit.language) if form.intro is not None else "",
        "faults": faults,
        "once": once,
        "keep": [("opened", opened), ("ticket", _ticket(visit, form, once, opened))],
        "trap": TRAP,
        "sections": [section for section in sections if not section["tab"]],
        "tabs": tabs_of(sections),
    }
    if isinstance(refusal, BadRequest):
        response = _render(visit, model, refusal.http)
        response.headers.update(refusal.headers)
        return response
    return _render(visit, model, STATUS[refusal.status] if refusal is not None else 200)


def _render(visit: Visit, model: dict[str, Any], status: int = 200) -> Response:
    site = visit.site
    frame = {
        "language": visit.language,
        "theme": "auto",
        "workspace": visit.catalog.workspace.shown.in_(visit.language),
        "static": site.static,
        "vendor": front_end_built(),
    }
    template = site.environment.get_template("public.html")
    whole = {
        "action": visit.request.url.path,
        "once": "",
        "keep": (),
        "trap": "",
        "sections": (),
        "tabs": (),
    } | model
    return HTMLResponse(template.render(frame=frame, t=visit.t, title=model["title"], form=whole), status)
