"""``kehu people``: accounts, from the command line: whoever sits at the machine may always let somebody in."""

from typing import TYPE_CHECKING

import click

from ..problems import Problem, Refused, closest
from .admitting import checked_base_url
from .spoken import Spoken, group, option
from .terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..app import App
    from ..people.accounts import Account
    from ..people.invitations import Kind

__all__ = ["this"]

HERE = "http://127.0.0.1:8700"
"""Where ``kehu run`` serves when nothing else is said."""

_folder = option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
_store = option("--store", metavar="STORE", help="option_store")
_base_url = option("--base-url", metavar="URL", help="option_base_url")
_email = click.argument("email")


@group("people", "people")
def this() -> None:
    """Accounts."""


@this.command("list", cls=Spoken, help="people_list")
@_store
@_folder
@click.pass_obj
def list_(terminal: Terminal, store: str | None) -> None:
    """Every account: who, in which state, with which roles, last seen when."""
    with terminal.open(store) as app:
        accounts = app.people.accounts.all()
        if not accounts:
            terminal.say("no_accounts")
            return
        names = app.now.records.titles(app.context("command"), [("user", each.person) for each in accounts])
        rows = [
            tuple(terminal.word(f"column_{name}") for name in ("email", "person", "state", "roles", "seen"))
        ]
        zone = app.catalog.workspace.zone
        for each in accounts:
            seen = f"{each.seen_at.astimezone(zone):%Y-%m-%d %H:%M}" if each.seen_at else "–"
            name = names.get(("user", each.person), "")
            rows.append((each.email, name, _state(terminal, each), ", ".join(sorted(each.roles)), seen))
        terminal.table(rows)


@this.command("add", cls=Spoken, help="people_add")
@_email
@option("--role", "roles", multiple=True, metavar="ROLE", help="option_role")
@option("--name", default="", metavar="NAME", help="option_person_name")
@_base_url
@_store
@_folder
@click.pass_obj
def add(
    terminal: Terminal, email: str, roles: tuple[str, ...], name: str, base_url: str | None, store: str | None
) -> None:
    """Make an account and show its invitation; the first is the owner's, for the record that acted so far."""
    terminal.reached_at = checked_base_url(base_url)
    with terminal.open(store) as app:
        _check_roles(app, roles)
        person = "" if app.people.ask_for_login or name else app.owner
        context = app.context("command")
        account, secret = app.people.invite(app.now.records, context, email, roles, name, person)
        _show_link(terminal, app, account, "invite", secret)


@this.command("invite", cls=Spoken, help="people_invite")
@_email
@_base_url
@_store
@_folder
@click.pass_obj
def invite(terminal: Terminal, email: str, base_url: str | None, store: str | None) -> None:
    """A new invitation; for whoever has a password already, a link to set a new one."""
    _link(terminal, email, base_url, store)


@this.command("reset", cls=Spoken, help="people_reset")
@_email
@option("--two-factor", is_flag=True, help="option_two_factor")
@_base_url
@_store
@_folder
@click.pass_obj
def reset(terminal: Terminal, email: str, two_factor: bool, base_url: str | None, store: str | None) -> None:
    """A link to set a new password; for whoever never had one, an invitation."""
    _link(terminal, email, base_url, store, two_factor)


@this.command("disable", cls=Spoken, help="people_disable")
@_email
@_store
@_folder
@click.pass_obj
def disable(terminal: Terminal, email: str, store: str | None) -> None:
    """End everything an account lets in with."""
    with terminal.open(store) as app:
        app.people.disable(app.context("command"), app.people.accounts.named(email).id)
        _show(terminal, app, email)


@this.command("enable", cls=Spoken, help="people_enable")
@_email
@_store
@_folder
@click.pass_obj
def enable(terminal: Terminal, email: str, store: str | None) -> None:
    """Let an account in again."""
    with terminal.open(store) as app:
        app.people.enable(app.context("command"), app.people.accounts.named(email).id)
        _show(terminal, app, email)


@this.command("roles", cls=Spoken, help="people_roles")
@_email
@click.argument("roles", nargs=-1)
@_store
@_folder
@click.pass_obj
def roles_(terminal: Terminal, email: str, roles: tuple[str, ...], store: str | None) -> None:
    """Give an account these roles and no others."""
    with terminal.open(store) as app:
        _check_roles(app, roles)
        app.people.set_roles(app.context("command"), app.people.accounts.named(email).id, roles)
        _show(terminal, app, email)


def _link(
    terminal: Terminal, email: str, base_url: str | None, store: str | None, two_factor: bool = False
) -> None:
    terminal.reached_at = checked_base_url(base_url)
    with terminal.open(store) as app:
        account = app.people.accounts.named(email)
        if two_factor:
            context = app.context("command")
            app.people.drop_two_factor(account.id, context.now, context.actor)
        kind: Kind = "reset" if account.password else "invite"
        _show_link(terminal, app, account, kind, app.people.link(app.context("command"), kind, account.id))


def _show_link(terminal: Terminal, app: "App", account: "Account", kind: str, secret: str) -> None:
    link = f"{app.base_url or HERE}/{kind}/{secret}"
    terminal.say(f"link_{kind}", email=account.email, link=link)


def _show(terminal: Terminal, app: "App", email: str) -> None:
    account = app.people.accounts.named(email)
    state, roles = _state(terminal, account), ", ".join(sorted(account.roles)) or "–"
    terminal.say("person_state", email=account.email, state=state, roles=roles)


def _state(terminal: Terminal, account: "Account") -> str:
    return terminal.word(f"state_{account.state}")


def _check_roles(app: "App", roles: "Sequence[str]") -> None:
    from ..people.accounts import OWNER_ROLE

    names = list(dict.fromkeys([OWNER_ROLE, *app.catalog.roles]))
    for role in roles:
        if role not in names:
            values = {"name": role, "available": names}
            raise Refused([Problem("no_such_role", values, instead=closest(role, names))])
