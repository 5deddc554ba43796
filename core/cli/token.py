"""``kehu token``: keys for programs, from the command line."""

from datetime import UTC, datetime

import click

from ..problems import closest
from .spoken import Spoken, group, option
from .terminal import Terminal, refused

__all__ = ["this"]

_folder = option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
_store = option("--store", metavar="STORE", help="option_store")
_email = click.argument("email")


@group("token", "token")
def this() -> None:
    """API tokens."""


@this.command("create", cls=Spoken, help="token_create")
@_email
@click.argument("name")
@option("--scope", "scopes", multiple=True, required=True, metavar="SCOPE", help="option_token_scope")
@option("--days", type=int, metavar="DAYS", help="option_token_days")
@_store
@_folder
@click.pass_obj
def create(
    terminal: Terminal, email: str, name: str, scopes: tuple[str, ...], days: int | None, store: str | None
) -> None:
    """Make a token for an account, and show it this once."""
    with terminal.open(store) as app:
        account = app.people.accounts.named(email)
        token = app.people.tokens.create(
            account.id, name, scopes, datetime.now(UTC), days, app.catalog.entities
        )
        terminal.say("token_made", email=account.email, token=token)


@this.command("list", cls=Spoken, help="token_list")
@_email
@_store
@_folder
@click.pass_obj
def list_(terminal: Terminal, email: str, store: str | None) -> None:
    """The tokens of an account: name, first characters, scopes, until when, last used."""
    with terminal.open(store) as app:
        zone = app.catalog.workspace.zone
        rows = [
            tuple(terminal.word(f"column_{name}") for name in ("name", "start", "scopes", "expires", "seen"))
        ]
        for token in app.people.tokens.listed(app.people.accounts.named(email).id):
            until = f"{token.expires_at.astimezone(zone):%Y-%m-%d}" if token.expires_at else "–"
            seen = f"{token.seen_at.astimezone(zone):%Y-%m-%d %H:%M}" if token.seen_at else "–"
            rows.append((token.name, f"{token.start}…", ", ".join(token.scopes), until, seen))
        terminal.table(rows)


@this.command("revoke", cls=Spoken, help="token_revoke")
@_email
@click.argument("name")
@_store
@_folder
@click.pass_obj
def revoke(terminal: Terminal, email: str, name: str, store: str | None) -> None:
    """End a token, named by its name or its first characters."""
    with terminal.open(store) as app:
        account = app.people.accounts.named(email)
        tokens = app.people.tokens.listed(account.id)
        found = next((each for each in tokens if name in (each.name, each.start, f"{each.start}…")), None)
        if found is None:
            names = [each.name for each in tokens]
            raise refused(
                "no_such_token", email=email, name=name, available=names, instead=closest(name, names)
            )
        app.people.tokens.revoke(account.id, found.id, datetime.now(UTC))
        terminal.say("token_revoked", name=found.name)
