"""The first account of a workspace that is served: from the environment, or by a link that the terminal shows once."""

import os
import re
from typing import TYPE_CHECKING

from .terminal import Terminal, refused

if TYPE_CHECKING:
    from ..app import App

__all__ = ["admit", "checked_base_url", "setup_link"]

EMAIL, PASSWORD = "KEHU_ADMIN_EMAIL", "KEHU_ADMIN_PASSWORD"


def admit(terminal: Terminal, app: "App") -> None:
    """Make the owner's account that ``KEHU_ADMIN_EMAIL`` and ``KEHU_ADMIN_PASSWORD`` ask for, where there is none.

    Raises :class:`Refused` where only one of them is set, or they will not do.
    """
    email, password = os.environ.get(EMAIL, ""), os.environ.get(PASSWORD, "")
    if app.people.ask_for_login or not (email or password):
        return
    if not (email and password):
        raise refused("admin_half")
    app.people.found(app.now.records, app.context("command"), email, password, app.owner)
    terminal.say("admin_made", email=email)


def setup_link(app: "App", address: str) -> str | None:
    """The link that makes the owner's account, for a server that others reach without one; else ``None``."""
    if not app.faces_others or app.people.ask_for_login:
        return None
    secret = app.people.link(app.context("command"), "setup")
    return f"{app.base_url or address.rstrip('/')}/setup/{secret}"


def checked_base_url(text: str | None) -> str:
    """An address that people open, without a slash at its end. Raises :class:`Refused` where it is none."""
    if text and re.fullmatch(r"https?://[^\s/?#@]+/?", text) is None:
        raise refused("bad_base_url", given=text)
    return (text or "").rstrip("/")
