"""Passwords are hashed at the lowest costs here: what is tried is who comes in, not how long it takes."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from kehu.core.people import passwords


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Argon2 with one round over 8 KiB."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: quick)
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()
