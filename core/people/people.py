"""Everybody's ways in, and what is done to them: invite, log in, set a password, disable."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..context import Context
from ..problems import Problem, Refused
from ..records.records import Records
from ..store.protocol import Store, Transaction
from .accounts import OWNER_ROLE, Account, Accounts, email_of
from .invitations import Kind, Links
from .limits import Limits
from .passwords import check_password, hash_password, is_password, outdated
from .recall import LOOK_AGAIN, Who, hash_of
from .sessions import Sessions
from .tables import note_event
from .tokens import Tokens
from .two_factor import code_step, recovery_codes, recovery_left

__all__ = ["Login", "People", "Visitor"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever tries to come in, and when: ``address`` of the network, ``agent`` of the browser."""

    now: datetime
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Login:
    """What a right password gives: the secret for the cookie; ``half``: the second factor is still asked for."""

    secret: str
    half: bool


class People:
    """The accounts of a workspace with their sessions, tokens and links. One for each open App."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.accounts, self.sessions, self.tokens = Accounts(store), Sessions(store), Tokens(store)
        self.links, self.limits = Links(store), Limits(store)
        self._asked = False
        self._looked = 0.0

    @property
    def ask_for_login(self) -> bool:
        """Whether there is an account, so that a login is asked for. Once there is one, there always is."""
        if not self._asked and time.monotonic() - self._looked >= LOOK_AGAIN:
            self._asked, self._looked = self.accounts.any(), time.monotonic()
        return self._asked

    # coming in

    def log_in(self, email: str, password: str, visitor: Visitor) -> Login:
        """Look at a password. Raises :class:`Refused`: ``login_wrong`` (one answer for all that may be wrong),
        ``too_many_tries``.
        """
        account = self.accounts.by_email(email)
        self.limits.take(account.email if account else email.strip().casefold(), visitor.address, visitor.now)
        lets_in = account is not None and account.state == "active"
        right = is_password(account.password if account is not None and lets_in else None, password)
        if account is None or not right:
            raise Refused([Problem("login_wrong")], "forbidden")
        renewed = hash_password(password) if account.password and outdated(account.password) else None
        return self._let_in(account, visitor, renewed)

    def _let_in(self, account: Account, visitor: Visitor, renewed: str | None) -> Login:
        half = account.secret is not None
        with self._store.transaction() as transaction:
            if renewed is not None:
                self.accounts.set(transaction, account, visitor.now, account.person, password=renewed)
            if not half:
                self._come_in(transaction, account, visitor)
            kind = "half" if half else "whole"
            secret = self.sessions.begin(
                transaction, account.id, visitor.now, visitor.address, visitor.agent, kind
            )
        self.sessions.recall.forget()
        return Login(secret, half)

    def second(self, secret: str, code: str, visitor: Visitor) -> str:
        """The second factor, or a recovery code: the secret of the session. Raises :class:`Refused`: ``code_wrong``,
        ``too_many_tries``, ``login_over``.
        """
        half = self.sessions.half(secret, visitor.now)
        account = self.accounts.get(half[1]) if half is not None else None
        if half is None or account is None or account.secret is None or account.state != "active":
            raise Refused([Problem("login_over")], "forbidden")
        self.limits.take(account.email, visitor.address, visitor.now)
        with self._store.transaction() as transaction:
            current = self.accounts.get(account.id)  # writers take turns: no code is used twice at one moment
            used = self._used(current, code, visitor.now)
            if used is None:
                raise Refused([Problem("code_wrong", field="code")], "forbidden")
            self.accounts.set(transaction, current, visitor.now, current.person, **used)
            self.sessions.end(transaction, half[0], account.id)
            self._come_in(transaction, account, visitor)
            whole = self.sessions.begin(transaction, account.id, visitor.now, visitor.address, visitor.agent)
        self.sessions.recall.forget()
        return whole

    @staticmethod
    def _used(account: Account, code: str, now: datetime) -> Mapping[str, Any] | None:
        step = code_step(account.secret or "", code, now, account.step)
        if step is not None:
            return {"step": step}
        left = recovery_left(account.recovery, code)
        return None if left is None else {"recovery": list(left)}

    def _come_in(self, transaction: Transaction, account: Account, visitor: Visitor) -> None:
        self.limits.forgive(transaction, account.email)
        self.accounts.set(transaction, account, visitor.now, account.person, seen_at=visitor.now)
        note_event(transaction, account, "login", visitor.now, account.person)

    def log_out(self, who: Who) -> None:
        """End the session that somebody came in with."""
        with self._store.transaction() as transaction:
            self.sessions.end(transaction, who.session, who.account)
        self.sessions.recall.forget()

    # who there is

    def invite(
        self,
        records: Records,
        context: Context,
        email: str,
        roles: Collection[str],
        name: str = "",
        person: str = "",
    ) -> tuple[Account, str]:
        """Make an account for a person's record (``person``), or for a new record of this ``name``.

        Returns it with the secret of the link that lets them set a password. The first account must be an owner.
        """
        plain = email_of(email)
        if not self.ask_for_login and OWNER_ROLE not in roles:
            raise Refused([Problem("first_is_owner", {"email": plain})])
        with records.unit(context) as unit:
            if not person:
                values = {"name": name.strip() or plain.partition("@")[0], "email": plain}
                person = str(unit.create("user", values)["id"])
            account = self.accounts.add(unit.transaction, person, plain, roles, context.now, context.actor)
            note_event(
                unit.transaction, account, "invited", context.now, context.actor, ", ".join(sorted(roles))
            )
            secret = self.links.make(unit.transaction, "invite", account.id, context.now, context.actor)
        self._asked = True
        return account, secret

    def found(self, records: Records, context: Context, email: str, password: str, person: str) -> Account:
        """The first account, an owner's, with its password at once. Raises :class:`Refused` where there is one."""
        check_password(password, email)
        kept = hash_password(password)
        with records.unit(context) as unit:
            if self.accounts.any():
                raise Refused([Problem("owner_is_there")], "conflict")
            account = self.accounts.add(
                unit.transaction, person, email, [OWNER_ROLE], context.now, context.actor
            )
            self.accounts.set(
                unit.transaction, account, context.now, context.actor, password=kept, state="active"
            )
            note_event(unit.transaction, account, "invited", context.now, context.actor, OWNER_ROLE)
            self.links.forget(unit.transaction, "", "setup")
        self._asked = True
        return account

    def link(self, context: Context, kind: Kind, account: str = "") -> str:
        """The secret of a new link: a reset or a new invitation for an account, the setup for nobody yet."""
        with self._store.transaction() as transaction:
            secret = self.links.make(transaction, kind, account, context.now, context.actor)
            if account:
                note_event(transaction, self.accounts.get(account), kind, context.now, context.actor)
        return secret

    def set_password_by(self, kind: Kind, secret: str, password: str, visitor: Visitor) -> Account:
        """Set a password with an invitation or a reset; every session and the second factor's half steps end.

        Raises :class:`Refused`: ``link_is_over``, or the password will not do.
        """
        account = self.accounts.get(self.links.account_of(kind, secret, visitor.now))
        check_password(password, account.email)
        kept = hash_password(password)
        with self._store.transaction() as transaction:
            self.links.use(transaction, kind, secret, visitor.now)
            if account.state == "disabled":
                raise Refused([Problem("link_is_over")], "missing")
            self.links.forget(transaction, account.id)
            self._set_password(transaction, account, kept, visitor.now, account.person)
        self._changed()
        return account

    def change_password(self, who: Who, old: str, new: str, visitor: Visitor) -> None:
        """Change one's own password; all other sessions end. Raises :class:`Refused` where the old one is wrong."""
        account = self.check_own(who, old, visitor)
        check_password(new, account.email)
        kept = hash_password(new)
        with self._store.transaction() as transaction:
            self._set_password(transaction, account, kept, visitor.now, account.person, but=who.session)
        self._changed()

    def check_own(self, who: Who, password: str, visitor: Visitor) -> Account:
        """One's own account, where the password is right: asked again before what a passer-by must not do."""
        account = self.accounts.get(who.account)
        self.limits.take(account.email, visitor.address, visitor.now)
        if not is_password(account.password, password):
            raise Refused([Problem("password_wrong", field="old")], "forbidden")
        with self._store.transaction() as transaction:
            self.limits.forgive(transaction, account.email)
        return account

    def _set_password(
        self, transaction: Transaction, account: Account, kept: str, now: datetime, by: str, but: str = ""
    ) -> None:
        self.accounts.set(transaction, account, now, by, password=kept, state="active")
        self.sessions.end_all(transaction, account.id, but)
        self.limits.forgive(transaction, account.email)
        note_event(transaction, account, "password", now, by)

    def disable(self, context: Context, id: str) -> Account:
        """Nobody comes in with this account: its sessions, tokens and links end at once."""
        account = self.accounts.get(id)
        with self._store.transaction() as transaction:
            self.accounts.set(transaction, account, context.now, context.actor, state="disabled")
            self.sessions.end_all(transaction, id)
            self.tokens.end_all(transaction, id, context.now)
            self.links.forget(transaction, id)
            note_event(transaction, account, "disabled", context.now, context.actor)
        self._changed()
        return account

    def enable(self, context: Context, id: str) -> Account:
        """Let the account in again: with its password, or by a new invitation where it never had one."""
        account = self.accounts.get(id)
        state = "active" if account.password else "invited"
        with self._store.transaction() as transaction:
            self.accounts.set(transaction, account, context.now, context.actor, state=state)
            note_event(transaction, account, "enabled", context.now, context.actor)
        return account

    def set_roles(self, context: Context, id: str, roles: Collection[str]) -> Account:
        """Give an account these roles and no others; its sessions end, so that nothing goes on as before."""
        account = self.accounts.get(id)
        if account.roles == frozenset(roles):
            return account
        with self._store.transaction() as transaction:
            self.accounts.set(transaction, account, context.now, context.actor, roles=sorted(roles))
            self.sessions.end_all(transaction, id)
            self.tokens.touch(transaction, id, context.now)
            note_event(transaction, account, "roles", context.now, context.actor, ", ".join(sorted(roles)))
        self._changed()
        return account

    # the second factor

    def use_two_factor(self, who: Who, secret: str, code: str, now: datetime) -> list[str]:
        """Ask for a second factor from now on; ``code`` proves that the telephone has the secret.

        Returns the recovery codes, shown this once. Raises :class:`Refused` (``code_wrong``).
        """
        account, step = self.accounts.get(who.account), code_step(secret, code, now)
        if step is None:
            raise Refused([Problem("code_wrong", field="code")], "forbidden")
        codes = recovery_codes()
        kept = [hash_of(each) for each in codes]
        with self._store.transaction() as transaction:
            self.accounts.set(transaction, account, now, who.person, secret=secret, step=step, recovery=kept)
            self.sessions.end_all(transaction, account.id, but=who.session)
            note_event(transaction, account, "two_factor_on", now, who.person)
        self._changed()
        return codes

    def drop_two_factor(self, id: str, now: datetime, by: str) -> None:
        """Ask for the password alone: one's own wish, or the owner's help for whoever lost telephone and paper."""
        account = self.accounts.get(id)
        with self._store.transaction() as transaction:
            self.accounts.set(transaction, account, now, by, secret=None, step=0, recovery=[])
            note_event(transaction, account, "two_factor_off", now, by)

    def end_session(self, who: Who, id: str = "") -> None:
        """End one of one's own sessions; none named: all but this one."""
        with self._store.transaction() as transaction:
            if id:
                self.sessions.end(transaction, id, who.account)
            else:
                self.sessions.end_all(transaction, who.account, but=who.session)
        self.sessions.recall.forget()

    def _changed(self) -> None:
        self._asked = True
        self.sessions.recall.forget()
        self.tokens.recall.forget()
