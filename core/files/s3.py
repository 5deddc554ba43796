"""Files in a bucket of S3 or of what speaks like it (MinIO, Aliyun OSS, Tencent COS …), through ``obstore``.

Who we are there is told by the environment (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_REGION``), or by
the machine's own role; never by the workspace's file.
"""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ..problems import Problem, Refused
from ..store.ids import is_id
from .storage import CHUNK, Blob

__all__ = ["S3Storage"]

IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a file that are gathered in memory before they are sent; larger ones are gathered on the disk."""


class S3Storage:
    """A bucket, or the part of one below a prefix. A file is an object called by its id."""

    def __init__(self, address: str) -> None:
        try:
            from obstore.store import S3Store
        except ImportError:
            raise Refused([Problem("files_driver_missing")], "unavailable") from None
        parts = urlsplit(address)
        given = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        options: dict[str, Any] = {key: given[key] for key in ("endpoint", "region") if key in given}
        if given.get("endpoint", "").startswith("http://"):
            options["client_options"] = {"allow_http": True}
        self.name = f"s3://{parts.netloc}{parts.path}"
        self._store = S3Store(parts.netloc, prefix=parts.path.strip("/") or None, **options)

    def put(self, key: str, chunks: Iterable[bytes]) -> None:
        """See :class:`~kehu.core.files.storage.Storage`. All of it is there before anything is sent."""
        name = _checked(key)
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as whole:
            for chunk in chunks:
                whole.write(chunk)
            whole.seek(0)
            try:
                self._store.put(name, whole)
            except Exception as error:
                raise self._unreachable(error) from error

    def read(self, key: str) -> Iterator[bytes]:
        """See :class:`~kehu.core.files.storage.Storage`."""
        try:
            found = self._store.get(_checked(key))
        except FileNotFoundError:
            raise
        except Exception as error:
            raise self._unreachable(error) from error
        return (bytes(chunk) for chunk in found.stream(min_chunk_size=CHUNK))

    def path(self, key: str) -> Path | None:
        """On another machine."""
        return None

    def delete(self, key: str) -> None:
        """See :class:`~kehu.core.files.storage.Storage`."""
        try:
            self._store.delete(_checked(key))
        except FileNotFoundError:
            return
        except Exception as error:
            raise self._unreachable(error) from error

    def all(self) -> Iterator[Blob]:
        """See :class:`~kehu.core.files.storage.Storage`."""
        try:
            for page in self._store.list():
                for found in page:
                    if is_id(key := found["path"].rpartition("/")[2]):
                        at: datetime = found["last_modified"]
                        yield Blob(key, found["size"], at.astimezone(UTC))
        except Exception as error:
            raise self._unreachable(error) from error

    def tidy(self, now: datetime) -> int:
        """Nothing is left behind here: an object is there as a whole or not at all."""
        return 0

    def _unreachable(self, error: Exception) -> Refused:
        """One sentence of what the library says: it may repeat headers, which nobody needs to read."""
        reason = str(error).strip().partition("\n")[0][:200]
        return Refused([Problem("files_unreachable", {"name": self.name, "reason": reason})], "unavailable")


def _checked(key: str) -> str:
    if not is_id(key):
        raise FileNotFoundError(key)
    return key
