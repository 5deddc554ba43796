"""The second factor: six digits from a telephone (TOTP, RFC 6238), and codes on paper for when it is lost."""

import hmac
from datetime import datetime
from secrets import choice

from .recall import hash_of

__all__ = ["CODES", "code_step", "new_secret", "otpauth", "recovery_codes", "recovery_left"]

CODES = 10
"""Recovery codes that are given out."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike."""
PERIOD = 30


def new_secret() -> str:
    """A secret of 160 bits, in the letters that authenticator apps read."""
    from pyotp import random_base32

    return random_base32()


def otpauth(secret: str, email: str, workspace: str) -> str:
    """The address that an authenticator app reads from the picture."""
    from pyotp import TOTP

    return TOTP(secret).provisioning_uri(name=email, issuer_name=workspace)


def code_step(secret: str, code: str, now: datetime, last: int = 0) -> int | None:
    """The moment (half minutes since 1970) whose code this is: this one, the one before or the next; else ``None``.

    ``last``: the moment whose code was used before: neither it nor an older one will do again.
    """
    from pyotp import TOTP

    totp, plain = TOTP(secret), "".join(code.split())
    current = int(now.timestamp()) // PERIOD
    for step in (current, current - 1, current + 1):
        if step > last and hmac.compare_digest(
            totp.generate_otp(step).encode(), plain.encode("utf-8", "replace")
        ):
            return step
    return None


def recovery_codes() -> list[str]:
    """New recovery codes: twice five letters of 31, as two groups that are easily read."""
    return ["-".join("".join(choice(_LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(CODES)]


def recovery_left(kept: tuple[str, ...], code: str) -> tuple[str, ...] | None:
    """The hashes that are left when this recovery code was used; ``None`` where it is none of them."""
    used = hash_of(code.strip().casefold())
    return tuple(each for each in kept if each != used) if used in kept else None
