"""Opening a store by its address."""

from datetime import tzinfo
from pathlib import Path

from ..problems import Problem, Refused
from .protocol import Store

__all__ = ["open_store"]


def open_store(url: str, folder: Path, zone: tzinfo) -> Store:
    """The store that an address names.

    ``tinydb``: in ``folder`` itself · ``sqlite``: ``folder/kehu.sqlite`` · ``sqlite:///path`` (a relative path
    starts at the folder) · ``postgresql://user:password@host/database``. ``zone`` is the zone whose days formulas
    count in. SQLAlchemy is loaded only for the last three. Raises ``Refused`` (status unavailable) when it cannot be
    opened, ``unknown_store`` for another address.
    """
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
