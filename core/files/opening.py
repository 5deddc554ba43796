"""Opening the storage that ``kehu.yaml`` names."""

from pathlib import Path

from .local import LocalStorage
from .storage import Storage

__all__ = ["open_storage"]


def open_storage(address: str, folder: Path) -> Storage:
    """``local``: ``folder/files`` · ``s3://bucket/prefix?endpoint=https://…&region=…``.

    Raises :class:`~kehu.core.problems.Refused` (``unavailable``) where the library for S3 is not installed.
    """
    if address == "local":
        return LocalStorage(folder / "files")
    from .s3 import S3Storage

    return S3Storage(address)
