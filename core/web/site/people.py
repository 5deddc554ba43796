"""The page of those who may come in: invite, roles, disable, links for a new password. For owners."""

from datetime import UTC, datetime
from typing import Any

from starlette.responses import RedirectResponse, Response

from ...people.accounts import OWNER_ROLE, Account
from ...people.people import People
from ...problems import Problem, Refused, closest
from .cells import person
from .entering import entry_field, let_in, new_password_fields, same_twice, visitor_of
from .frame import flash
from .rendering import render
from .timeline import ago
from .visit import Visit, fault

__all__ = ["ASIDE", "link_address", "may_manage", "roles_of", "routes"]

ASIDE = True
STATES = {"active": "green", "invited": "azure", "disabled": "grey"}
NEVER = datetime.min.replace(tzinfo=UTC)


def show(visit: Visit) -> Response:
    """GET ``/people``: everybody who has an account; before the first, how a login is asked for."""
    return _page(visit)


def begin(visit: Visit) -> Response:
    """POST ``/people/begin``: the owner's account, made by the owner; from then on everybody logs in."""
    _check(visit)
    people, email = visit.app.people, visit.posted("email")
    try:
        same_twice(visit)
        person_id = visit.app.owner
        people.found(visit.records, visit.context, email, visit.posted("password"), person_id)
    except Refused as refusal:
        return _page(visit, refusal)
    return let_in(visit, people.log_in(email, visit.posted("password"), visitor_of(visit)).secret, "/people")


def invite(visit: Visit) -> Response:
    """POST ``/people/invite``: an account, and the link that its person sets a password with."""
    _check(visit)
    try:
        roles = _roles_posted(visit)
        account, secret = visit.app.people.invite(
            visit.records,
            visit.context,
            visit.posted("email"),
            roles,
            visit.posted("name"),
            _person_posted(visit),
        )
    except Refused as refusal:
        return _page(visit, refusal)
    return _one(visit, account, link=link_address(visit, "invite", secret))


def one(visit: Visit) -> Response:
    """GET ``/people/{account}``: one account, and what can be done with it."""
    _check(visit)
    return _one(visit, visit.app.people.accounts.get(visit.named("account")))


def change(visit: Visit) -> Response:
    """POST ``/people/{account}``: ``do`` says what: roles, disable, enable, link or two_factor."""
    _check(visit)
    people: People = visit.app.people
    account = people.accounts.get(visit.named("account"))
    context, do = visit.context, visit.posted("do")
    try:
        match do:
            case "roles":
                people.set_roles(context, account.id, _roles_posted(visit))
            case "disable":
                people.disable(context, account.id)
            case "enable":
                people.enable(context, account.id)
            case "two_factor":
                people.drop_two_factor(account.id, context.now, context.actor)
            case "link" if account.state != "disabled":
                kind = "reset" if account.password else "invite"
                secret = people.link(context, kind, account.id)  # type: ignore[arg-type]  # one of the two
                return _one(visit, account, link=link_address(visit, kind, secret))
            case _:
                raise Refused([Problem("bad_request")])
    except Refused as refusal:
        return _one(visit, account, refusal=refusal)
    response = RedirectResponse(f"/people/{account.id}", 303)
    flash(response, "good", visit.t(f"people_done_{do}", email=account.email))
    return response


def may_manage(visit: Visit) -> bool:
    """Whether this visitor may decide who comes in: an owner, at the page, not with a program's token."""
    in_person = visit.who is None or bool(visit.who.session)
    return in_person and OWNER_ROLE in visit.context.roles


def roles_of(visit: Visit) -> list[tuple[str, str]]:
    """(name, label) of every role there is."""
    roles = visit.catalog.roles.items()
    return [
        (OWNER_ROLE, visit.t("role_owner")),
        *((name, role.shown.in_(visit.language)) for name, role in roles if name != OWNER_ROLE),
    ]


def link_address(visit: Visit, kind: str, secret: str) -> str:
    """The link as people open it."""
    base = visit.app.base_url or str(visit.request.base_url).rstrip("/")
    return f"{base}/{kind}/{secret}"


def _check(visit: Visit) -> None:
    if not may_manage(visit):
        raise Refused([Problem("people_are_managed_by_owners")], "forbidden")


def _roles_posted(visit: Visit) -> list[str]:
    names = [name for name, _ in roles_of(visit)]
    given = [value for value in visit.form.getlist("role") if isinstance(value, str)]
    for role in given:
        if role not in names:
            values = {"name": role[:60], "available": names}
            raise Refused([Problem("no_such_role", values, field="role", instead=closest(role[:60], names))])
    return given


def _person_posted(visit: Visit) -> str:
    given = visit.posted("person")
    return str(visit.records.get(visit.context, "user", given)["id"]) if given else ""


def _page(visit: Visit, refusal: Refused | None = None) -> Response:
    _check(visit)
    accounts = visit.app.people.accounts.all()
    owner = visit.app.owner
    has_one = {account.person for account in accounts}
    everybody = visit.records.find(visit.context, "user", limit=200).rows
    names = visit.records.titles(visit.context, [("user", account.person) for account in accounts])
    accounts.sort(key=lambda each: (each.state == "disabled", -(each.seen_at or NEVER).timestamp()))
    page = {
        "asked": visit.app.people.ask_for_login,
        "rows": [_row(visit, account, names.get(("user", account.person), "")) for account in accounts],
        "roles": _role_choices(visit, [value for value in visit.form.getlist("role") if isinstance(value, str)]),
        "without": [
            {"id": row["id"], "name": str(row.get("name") or row["id"])}
            for row in everybody
            if row["id"] not in has_one and row.get("active") is not False
        ],
        "email": entry_field(
            visit.t("enter_email"), "email", "email", visit.posted("email"), "off" if accounts else "username"
        ),
        "passwords": new_password_fields(visit),
        "owner": str(names.get(("user", owner), "")),
        "name": visit.posted("name"),
        "faults": [fault(visit, problem) for problem in refusal.problems] if refusal is not None else [],
    }  # fmt: skip
    status = 200 if refusal is None else 422
    return render(visit, "people.html", visit.t("people_title"), status, people=page)


def _one(visit: Visit, account: Account, refusal: Refused | None = None, link: str = "") -> Response:
    name = visit.records.titles(visit.context, [("user", account.person)]).get(("user", account.person), "")
    page = {
        **_row(visit, account, name),
        "record_url": f"/user/{account.person}",
        "roles": _role_choices(visit, account.roles),
        "two_factor": account.secret is not None,
        "link": link,
        "link_label": visit.t("people_reset" if account.password else "people_invite_again"),
        "disabled": account.state == "disabled",
        "faults": [fault(visit, problem) for problem in refusal.problems] if refusal is not None else [],
    }
    return render(visit, "person.html", account.email, 200 if refusal is None else 422, account=page)


def _row(visit: Visit, account: Account, name: str) -> dict[str, Any]:
    labels = dict(roles_of(visit))
    return {
        "url": f"/people/{account.id}",
        "who": person(account.person, name or account.email),
        "email": account.email,
        "state": {"text": visit.t(f"state_{account.state}"), "colour": STATES[account.state]},
        "given": [labels.get(role, role) for role in sorted(account.roles)],
        "seen": ago(visit, account.seen_at) if account.seen_at is not None else visit.t("never"),
    }


def _role_choices(visit: Visit, chosen: Any) -> list[dict[str, Any]]:
    return [{"name": name, "label": label, "chosen": name in chosen} for name, label in roles_of(visit)]


routes = [
    ("/people", ("GET",), show),
    ("/people/begin", ("POST",), begin),
    ("/people/invite", ("POST",), invite),
    ("/people/{account}", ("GET",), one),
    ("/people/{account}", ("POST",), change),
]
