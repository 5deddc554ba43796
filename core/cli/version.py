"""``kehu version``."""

import platform
from importlib.metadata import version

import click

from .spoken import command

__all__ = ["this"]


@command("version", "version")
def this() -> None:
    """Print which Kehu this is, and which Python runs it."""
    click.echo(f"kehu {version('kehu')} (Python {platform.python_version()})")
