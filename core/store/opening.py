"""Opening a store by its address."""

import os
import re
from datetime import tzinfo
from pathlib import Path
from urllib.parse import quote

from ..problems import Problem, Refused
from .protocol import Store

__all__ = ["open_store"]

_HOLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def open_store(url: str, folder: Path, zone: tzinfo) -> Store:
    """The store that an address names.

    ``tinydb``: in ``folder`` itself · ``sqlite``: ``folder/kehu.sqlite`` · ``sqlite:///path`` (a relative path
    starts at the folder) · ``postgresql://user:password@host/database``. ``zone`` is the zone whose days formulas
    count in. ``${NAME}`` is filled in from the environment. SQLAlchemy is loaded only for the last three. Raises
    ``Refused`` (status unavailable) when it cannot be opened, ``unknown_store`` for another address.
    """
    url = _filled(url)
    if url == "tinydb":
        from .tiny import TinyStore

        return TinyStore(folder)
    if url == "sqlite":
        from .sql import open_sqlite

        return open_sqlite(folder / "kehu.sqlite", zone)
    if url.startswith("sqlite:///"):
        from .sql import open_sqlite

        return open_sqlite(folder / url.removeprefix("sqlite:///"), zone)
    if url.startswith(("postgresql://", "postgres://")):
        from .sql import open_postgresql

        return open_postgresql(url, zone)
    raise Refused([Problem("unknown_store", {"store": url.partition("://")[0]})])


def _filled(url: str) -> str:
    """The address with its ``${NAME}`` filled in: a whole address as it is, a part of one (a password) with its signs
    written so that they are no part of the address. Raises ``Refused`` naming those that the environment does not have.
    """
    missing = [name for name in _HOLE.findall(url) if name not in os.environ]
    if missing:
        raise Refused([Problem("store_variable_missing", {"names": missing})], "unavailable")
    if whole := _HOLE.fullmatch(url):
        return os.environ[whole[1]]
    return _HOLE.sub(lambda hole: quote(os.environ[hole[1]], safe=""), url)
