"""The pages of somebody who is not in yet: log in, take up an invitation, set a new password, the first start."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.responses import HTMLResponse, RedirectResponse, Response

from ...people.invitations import Kind
from ...people.people import Visitor
from ...people.two_factor import CODES
from ...problems import Problem, Refused
from ..doorkeeper import COOKIE
from ..refusals import STATUS
from .frame import flash, front_end_built
from .settings import local_address
from .visit import Visit, fault

__all__ = [
    "ASIDE",
    "entry_field",
    "let_in",
    "new_password_fields",
    "open_page",
    "routes",
    "same_twice",
    "visitor_of",
]

ASIDE = True
"""Comparing a password takes a twentieth of a second: in a thread, so that nobody else waits."""
HALF = "kehu_half"


def login(visit: Visit) -> Response:
    """GET shows ``/login``, POST tries; ``next``: where one was going."""
    onward = local_address(visit.posted("next") or visit.one("next"))
    if not visit.app.people.ask_for_login:
        return RedirectResponse(onward, 303)
    if visit.request.method != "POST":
        return (
            RedirectResponse(onward, 303)
            if visit.who is not None and visit.who.account
            else _login(visit, onward)
        )
    try:
        found = visit.app.people.log_in(visit.posted("email"), visit.posted("password"), visitor_of(visit))
    except Refused as refusal:
        return _login(visit, onward, refusal)
    if not found.half:
        return let_in(visit, found.secret, onward)
    response = RedirectResponse(
        "/login/code" if onward == "/" else f"/login/code?next={quote(onward, safe='')}", 303
    )
    _set_cookie(visit, response, HALF, found.secret, 600)
    return response


def second(visit: Visit) -> Response:
    """GET and POST ``/login/code``: the second factor."""
    onward = local_address(visit.posted("next") or visit.one("next"))
    if visit.request.method != "POST":
        return _second(visit, onward)
    try:
        secret = visit.app.people.second(
            visit.request.cookies.get(HALF, ""), visit.posted("code"), visitor_of(visit)
        )
    except Refused as refusal:
        if refusal.problems[0].code == "login_over":
            return _login(visit, onward, refusal)
        return _second(visit, onward, refusal)
    response = let_in(visit, secret, onward)
    response.delete_cookie(HALF)
    return response


def logout(visit: Visit) -> Response:
    """POST ``/logout``."""
    if visit.who is not None and visit.who.session:
        visit.app.people.log_out(visit.who)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response


def invited(visit: Visit) -> Response:
    """GET and POST ``/invite/{secret}``: the first password of an account."""
    return _new_password(visit, "invite")


def reset(visit: Visit) -> Response:
    """GET and POST ``/reset/{secret}``: a new password where the old one is forgotten."""
    return _new_password(visit, "reset")


def setup(visit: Visit) -> Response:
    """GET and POST ``/setup/{secret}``: the owner's account, at the first start of a server others can reach."""
    people, secret = visit.app.people, visit.named("secret")
    people.links.account_of("setup", secret, visit.context.now)
    refusal = None
    if visit.request.method == "POST":
        email, password = visit.posted("email"), visit.posted("password")
        try:
            same_twice(visit)
            context = visit.app.context("page", visit.language)
            people.found(visit.app.now.records, context, email, password, visit.app.owner)
            return let_in(visit, people.log_in(email, password, visitor_of(visit)).secret, "/")
        except Refused as refused:
            refusal = refused
    inputs = [_email(visit), *new_password_fields(visit)]
    return open_page(
        visit, visit.t("enter_setup"), visit.request.url.path, inputs, visit.t("enter_setup_submit"),
        lead=visit.t("enter_setup_lead"), refusal=refusal,
    )  # fmt: skip


def _new_password(visit: Visit, kind: Kind) -> Response:
    people, secret = visit.app.people, visit.named("secret")
    account = people.accounts.get(people.links.account_of(kind, secret, visit.context.now))
    refusal = None
    if visit.request.method == "POST":
        try:
            same_twice(visit)
            people.set_password_by(kind, secret, visit.posted("password"), visitor_of(visit))
            found = people.log_in(account.email, visit.posted("password"), visitor_of(visit))
            if not found.half:
                return let_in(visit, found.secret, "/", visit.t("enter_welcome"))
            response = RedirectResponse("/login/code", 303)
            _set_cookie(visit, response, HALF, found.secret, 600)
            return response
        except Refused as refused:
            refusal = refused
    name = visit.t(f"enter_{kind}")
    email = entry_field(visit.t("enter_email"), "email", "email", account.email, "username", readonly=True)
    return open_page(
        visit, name, visit.request.url.path, [email, *new_password_fields(visit)], visit.t("enter_set"),
        lead=visit.t(f"enter_{kind}_lead", workspace=visit.catalog.workspace.shown), refusal=refusal,
    )  # fmt: skip


def _login(visit: Visit, onward: str, refusal: Refused | None = None) -> Response:
    password = entry_field(visit.t("enter_password"), "password", "password", "", "current-password")
    response = open_page(
        visit, visit.t("enter_login"), "/login", [_email(visit), password], visit.t("enter_login"),
        keep=[("next", onward)], note=visit.t("enter_forgotten"), refusal=refusal,
    )  # fmt: skip
    response.delete_cookie(HALF)
    return response


def _second(visit: Visit, onward: str, refusal: Refused | None = None) -> Response:
    code = entry_field(visit.t("enter_code"), "code", "text", "", "one-time-code")
    return open_page(
        visit, visit.t("enter_second"), "/login/code", [code], visit.t("enter_login"),
        lead=visit.t("enter_second_lead", count=CODES), keep=[("next", onward)], refusal=refusal,
    )  # fmt: skip


def let_in(visit: Visit, secret: str, onward: str, said: str = "") -> Response:
    """To where one was going, with the session's cookie."""
    response = RedirectResponse(onward, 303)
    _set_cookie(visit, response, COOKIE, secret, None)
    if said:
        flash(response, "good", said)
    return response


def _set_cookie(visit: Visit, response: Response, name: str, secret: str, seconds: int | None) -> None:
    secure = visit.request.url.scheme == "https" or visit.app.base_url.startswith("https://")
    month = 30 * 24 * 3600
    response.set_cookie(name, secret, max_age=seconds or month, httponly=True, samesite="lax", secure=secure)


def visitor_of(visit: Visit) -> Visitor:
    """Whoever sends this request, as limits and sessions know them."""
    client = visit.request.client
    agent = visit.request.headers.get("user-agent", "")
    return Visitor(visit.context.now, client.host if client is not None else "", agent)


def new_password_fields(visit: Visit) -> list[dict[str, Any]]:
    """A new password, twice."""
    return [
        entry_field(
            visit.t("enter_new"), "password", "password", "", "new-password", visit.t("enter_new_help")
        ),
        entry_field(visit.t("enter_again"), "again", "password", "", "new-password"),
    ]


def same_twice(visit: Visit) -> None:
    """Raises :class:`Refused` where the password was typed in two ways."""
    if visit.posted("password") != visit.posted("again"):
        raise Refused([Problem("passwords_differ", field="again")])


def _email(visit: Visit) -> dict[str, Any]:
    return entry_field(visit.t("enter_email"), "email", "email", visit.posted("email"), "username")


def entry_field(
    label: str, name: str, kind: str, value: str, complete: str, told: str = "", readonly: bool = False
) -> dict[str, Any]:
    """One input of a page for entering (``pages/README.md``)."""
    return {
        "label": label, "name": name, "type": kind, "value": value, "complete": complete, "help": told,
        "readonly": readonly, "wrong": False,
    }  # fmt: skip


def open_page(
    visit: Visit,
    title: str,
    action: str = "",
    inputs: Sequence[dict[str, Any]] = (),
    submit: str = "",
    *,
    lead: str = "",
    note: str = "",
    keep: Sequence[tuple[str, str]] = (),
    refusal: Refused | None = None,
    status: int = 200,
) -> Response:
    """A page with nothing of the workspace around it but its name."""
    site, theme = visit.site, visit.request.cookies.get("kehu_theme", "auto")
    faults = [fault(visit, problem) for problem in refusal.problems] if refusal is not None else []
    wrong = {problem.field for problem in refusal.problems} if refusal is not None else set()
    frame = {
        "language": visit.language,
        "theme": theme if theme in ("light", "dark") else "auto",
        "workspace": visit.catalog.workspace.shown.in_(visit.language),
        "static": site.static,
        "vendor": front_end_built(),
        "token": visit.token,
        "here": visit.request.url.path if visit.request.method == "GET" else "/login",
    }
    enter = {
        "action": action, "inputs": [{**one, "wrong": one["name"] in wrong} for one in inputs], "submit": submit,
        "lead": lead, "note": note, "keep": keep, "faults": faults,
    }  # fmt: skip
    text = site.environment.get_template("enter.html").render(
        frame=frame, t=visit.t, title=title, enter=enter
    )
    status = STATUS[refusal.status] if refusal is not None and status == 200 else status
    return HTMLResponse(text, status, {"X-Robots-Tag": "noindex, nofollow"})


routes = [
    ("/login", ("GET", "POST"), login),
    ("/login/code", ("GET", "POST"), second),
    ("/logout", ("POST",), logout),
    ("/invite/{secret}", ("GET", "POST"), invited),
    ("/reset/{secret}", ("GET", "POST"), reset),
    ("/setup/{secret}", ("GET", "POST"), setup),
]
