"""One's own account: password, second factor, sessions, API tokens."""

from typing import Any

from starlette.responses import RedirectResponse, Response

from ...people.recall import Who
from ...people.tokens import SCOPES, Token
from ...people.two_factor import new_secret, otpauth
from ...problems import Problem, Refused
from .entering import entry_field, new_password_fields, same_twice, visitor_of
from .frame import flash
from .rendering import render
from .timeline import ago
from .visit import Visit, fault

__all__ = ["ASIDE", "routes"]

ASIDE = True
LASTING = (30, 90, 365, 0)
"""Days that a token may last, as the page offers them; 0: until it is revoked."""


def show(visit: Visit) -> Response:
    """GET ``/me``."""
    return _page(visit)


def change_password(visit: Visit) -> Response:
    """POST ``/me/password``: ``old``, ``password`` and ``again``."""
    who = _who(visit)
    try:
        same_twice(visit)
        visit.app.people.change_password(
            who, visit.posted("old"), visit.posted("password"), visitor_of(visit)
        )
    except Refused as refusal:
        return _page(visit, "password", refusal)
    return _done(visit, "me_password_done")


def use_two_factor(visit: Visit) -> Response:
    """POST ``/me/two-factor``: ``secret`` as the page gave it and the ``code`` that proves the telephone has it."""
    who = _who(visit)
    try:
        codes = visit.app.people.use_two_factor(
            who, visit.posted("secret"), visit.posted("code"), visit.context.now
        )
    except (Refused, ValueError) as error:  # a secret that is none: somebody altered the form
        refusal = error if isinstance(error, Refused) else Refused([Problem("code_wrong", field="code")])
        return _page(visit, "two_factor", refusal)
    return _page(visit, codes=codes)


def drop_two_factor(visit: Visit) -> Response:
    """POST ``/me/two-factor/off``: with the password, so that no passer-by does it."""
    who = _who(visit)
    try:
        visit.app.people.check_own(who, visit.posted("old"), visitor_of(visit))
    except Refused as refusal:
        return _page(visit, "two_factor", refusal)
    visit.app.people.drop_two_factor(who.account, visit.context.now, who.person)
    return _done(visit, "me_two_factor_dropped")


def end_session(visit: Visit) -> Response:
    """POST ``/me/sessions``: end one (``session``), or all but this one."""
    visit.app.people.end_session(_who(visit), visit.posted("session"))
    return _done(visit, "me_session_ended")


def create_token(visit: Visit) -> Response:
    """POST ``/me/tokens``: a new token, shown on the page that answers and never again."""
    who = _who(visit)
    scopes = [value for value in visit.form.getlist("scope") if isinstance(value, str)]
    scopes += visit.posted("more").replace(",", " ").split()
    days = visit.posted("days")
    try:
        lasting = int(days) if days.isdecimal() and len(days) < 6 else -1
        token = visit.app.people.tokens.create(
            who.account,
            visit.posted("name"),
            scopes,
            visit.context.now,
            lasting or None,
            visit.catalog.entities,
        )
    except Refused as refusal:
        return _page(visit, "tokens", refusal)
    return _page(visit, token=token)


def revoke_token(visit: Visit) -> Response:
    """POST ``/me/tokens/{token}/revoke``."""
    visit.app.people.tokens.revoke(_who(visit).account, visit.named("token"), visit.context.now)
    return _done(visit, "me_token_revoked")


def _who(visit: Visit) -> Who:
    """Whoever is in at a browser: no token makes tokens. Raises :class:`Refused`."""
    if visit.who is None:
        raise Refused([Problem("no_login_yet")], "missing")
    if not visit.who.session:
        raise Refused([Problem("account_in_person")], "forbidden")
    return visit.who


def _done(visit: Visit, said: str) -> Response:
    response = RedirectResponse("/me", 303)
    flash(response, "good", visit.t(said))
    return response


def _page(
    visit: Visit,
    wrong: str = "",
    refusal: Refused | None = None,
    codes: list[str] | None = None,
    token: str = "",
) -> Response:
    who, people, now = _who(visit), visit.app.people, visit.context.now
    account = people.accounts.get(who.account)
    faults = [fault(visit, problem) for problem in refusal.problems] if refusal is not None else []
    fields = {problem.field for problem in refusal.problems} if refusal is not None else set()
    old = entry_field(visit.t("me_old"), "old", "password", "", "current-password")
    page: dict[str, Any] = {
        "email": account.email,
        "faults": {wrong: faults} if wrong else {},
        "password": [{**one, "wrong": one["name"] in fields} for one in (old, *new_password_fields(visit))],
        "two_factor": _two_factor(visit, account.email, account.secret is not None),
        "left": len(account.recovery),
        "codes": codes or [],
        "old": {**old, "wrong": wrong == "two_factor"},
        "sessions": [
            {
                "id": session.id,
                "agent": _browser(session.agent) or visit.t("me_unknown_browser"),
                "address": session.address,
                "since": f"{session.since.astimezone(visit.context.zone):%Y-%m-%d %H:%M}",
                "seen": ago(visit, session.seen_at),
                "here": session.id == who.session,
            }
            for session in people.sessions.listed(who.account, now)
        ],
        "token": token,
        "tokens": [_token(visit, each) for each in people.tokens.listed(who.account)],
        "scopes": [{"name": name, "label": visit.t(f"scope_{name}")} for name in SCOPES],
        "days": [
            {"value": days, "label": visit.t("me_days", count=days) if days else visit.t("me_forever")}
            for days in LASTING
        ],
    }  # fmt: skip
    return render(visit, "account.html", visit.t("me_title"), 200 if refusal is None else 422, account=page)


def _two_factor(visit: Visit, email: str, is_on: bool) -> dict[str, Any]:
    """What an authenticator app needs; made anew for each page until a code proves that it has it."""
    if is_on:
        return {"on": True, "secret": "", "picture": "", "code": None}
    import segno

    secret = visit.posted("secret") if visit.posted("code") else ""
    secret = secret if secret.isalnum() and len(secret) == 32 else new_secret()
    address = otpauth(secret, email, visit.catalog.workspace.shown.in_(visit.language))
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="#fff")
    code = entry_field(visit.t("enter_code"), "code", "text", "", "one-time-code")
    shown = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return {
        "on": False,
        "secret": secret,
        "shown": shown,
        "picture": picture,
        "code": {**code, "wrong": False},
    }


def _token(visit: Visit, token: Token) -> dict[str, Any]:
    expires = token.expires_at
    over = expires is not None and expires <= visit.context.now
    return {
        "id": token.id,
        "name": token.name,
        "start": f"{token.start}…",
        "scopes": ", ".join(token.scopes),
        "expires": visit.t("me_forever")
        if expires is None
        else f"{expires.astimezone(visit.context.zone):%Y-%m-%d}",
        "over": over,
        "seen": ago(visit, token.seen_at) if token.seen_at is not None else visit.t("never"),
    }


def _browser(agent: str) -> str:
    """A browser and its system in two words, as people know them: enough to tell one's own from a stranger's."""
    names = (
        ("Edg/", "Edge"),
        ("MicroMessenger", "WeChat"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )
    found = [next((name for mark, name in table if mark in agent), "") for table in (names, systems)]
    return " · ".join(filter(None, found)) or agent[:40]


routes = [
    ("/me", ("GET",), show),
    ("/me/password", ("POST",), change_password),
    ("/me/two-factor", ("POST",), use_two_factor),
    ("/me/two-factor/off", ("POST",), drop_two_factor),
    ("/me/sessions", ("POST",), end_session),
    ("/me/tokens", ("POST",), create_token),
    ("/me/tokens/{token}/revoke", ("POST",), revoke_token),
]
