"""Passwords: which will do, how they are kept, and how one is compared with what is kept."""

import threading
from functools import cache
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from ..problems import Problem, Refused

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["LONGEST", "SHORTEST", "check_password", "hash_password", "is_password", "outdated"]

SHORTEST = 10
"""Characters at least. Length is what counts: NIST SP 800-63B asks for 8 and for no mixture of signs."""
LONGEST = 200

_AT_ONCE = threading.Semaphore(2)
"""Each takes 64 MiB and a processor for a twentieth of a second: many at once would be a way to stop the server."""

COMMON = (
    "password",
    "passw0rd",
    "qwertyuiop",
    "1234567890",
    "0123456789",
    "letmein",
    "iloveyou",
    "woaini",
    "administrator",
)
"""Beginnings of what is tried first."""


def check_password(password: str, email: str = "") -> None:
    """Raises :class:`Refused` where a password will not do: too short, too long, or easily guessed."""
    plain = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused([Problem("password_length", {"least": SHORTEST, "most": LONGEST}, field="password")])
    names = {email.casefold(), email.partition("@")[0].casefold()} - {""}
    if len(set(plain)) < 4 or plain.startswith(COMMON) or plain in names:
        raise Refused([Problem("password_common", field="password")])


def hash_password(password: str) -> str:
    """What is kept of a password: Argon2id, with its salt and its costs."""
    with _AT_ONCE:
        return _hasher().hash(password)


def is_password(kept: str | None, password: str) -> bool:
    """Whether it is the password. Takes as long where there is none (``None``), and says no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            return _hasher().verify(kept or _nobodys(), password[: LONGEST + 1]) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether it was hashed at other costs than today's, and is to be hashed anew at the next login."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> "PasswordHasher":
    """Argon2id as RFC 9106 recommends it where memory is dear: 64 MiB, three rounds, four lanes."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash(token_urlsafe(16))
