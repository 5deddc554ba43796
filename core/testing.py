"""pytest fixtures for people who write plugins. Installed with Kehu, they are there without an import.

::

    def test_a_wrong_tax_number_is_refused(kehu_app):
        app = kehu_app('''
            kehu.yaml: |
              workspace: trial
              plugins: [customers, tax]
        ''')

``kehu_workspace`` makes a workspace, ``kehu_app`` also opens it, ``kehu_client`` also serves it. Each may be called
several times in a test; what they opened is closed at its end.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from .app import App

__all__ = ["AppMaker", "ClientMaker", "Files", "WorkspaceMaker", "kehu_app", "kehu_client", "kehu_workspace"]

Files = str | Mapping[str, str]
"""File name → text, as a mapping or as YAML text whose values are texts (``name: |``)."""

WorkspaceMaker = Callable[[Files], Path]
AppMaker = Callable[[Files], "App"]
ClientMaker = Callable[["App | Files"], "TestClient"]


@pytest.fixture
def kehu_workspace(tmp_path: Path) -> WorkspaceMaker:
    """Make a workspace folder out of files; gives its path.

    Without a ``kehu.yaml`` it gets one in English, in UTC, with no plugins. Raises ValueError for what is no file.
    """
    made: list[Path] = []

    def make(files: Files) -> Path:
        folder = tmp_path / f"workspace_{len(made) + 1}"
        made.append(folder)
        texts = {"kehu.yaml": _MANIFEST, **_texts(files)}
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), "utf-8")
        return folder

    return make


@pytest.fixture
def kehu_app(kehu_workspace: WorkspaceMaker) -> Iterator[AppMaker]:
    """Make a workspace and open it; gives the :class:`~kehu.core.app.App`.

    Raises :class:`~kehu.core.problems.Refused` with every problem of the definitions.
    """
    with ExitStack() as opened:

        def make(files: Files) -> "App":
            from .app import App

            app = App(kehu_workspace(files))
            opened.callback(app.close)
            return app

        yield make


@pytest.fixture
def kehu_client(kehu_app: AppMaker) -> Iterator[ClientMaker]:
    """Serve an app, or a workspace made of files; gives a client for its pages and its API, which speaks English.

    Needs ``httpx2``, as Starlette's test client does.
    """
    with ExitStack() as opened:

        def make(served: "App | Files") -> "TestClient":
            from starlette.testclient import TestClient

            from .web.server import make_server

            app = kehu_app(served) if isinstance(served, (str, Mapping)) else served
            client = TestClient(make_server(app), follow_redirects=False)
            client.cookies.set("kehu_language", "en")
            return opened.enter_context(client)

        yield make


_MANIFEST = "workspace: trial\nlanguage: en\ntimezone: UTC\n"


def _texts(files: Files) -> Mapping[str, str]:
    if not isinstance(files, str):
        return files
    import yaml

    found = yaml.safe_load(dedent(files))
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise ValueError("a file name and its text were wanted: 'entities/x.yaml: |'")
    return found
