"""Small workspaces for tests: a folder made of inline YAML, opened as an App, closed at the end."""

import tempfile
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from argon2 import PasswordHasher

from kehu.core.app import App
from kehu.core.catalog.building import Built, build
from kehu.core.context import Context, Door
from kehu.core.people import passwords
from kehu.core.problems import Problem, Refused
from kehu.core.store.query import Query

KEHU = "workspace: small\nlabel: 小工作区\nlanguage: zh\ncurrency: CNY\ntimezone: Asia/Shanghai\nplugins: []\nstore: tinydb\n"

_numbers = count()


class Workspace:
    """A folder of definitions, and the App that has it open."""

    def __init__(self, folder: Path, files: Mapping[str, str], store: str | None = None) -> None:
        self.folder, self.store = folder, store
        self._apps: list[App] = []
        self.write({"kehu.yaml": KEHU, **files})

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files (``None`` removes one); indented text is moved to the margin."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            elif isinstance(text, bytes):
                path.write_bytes(text)
            else:
                path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def build(self) -> Built:
        """The catalog, or the problems."""
        return build(self.folder)

    def problems(self) -> dict[str, Problem]:
        """What is wrong with the files, by code."""
        return {problem.code: problem for problem in self.build().problems}

    def open(self, store: str | None = None) -> App:
        """Open the folder; closed at the end of the test at the latest."""
        app = App(self.folder, store_url=store or self.store)
        self._apps.append(app)
        return app

    @property
    def app(self) -> App:
        """The App that is open, opened when there is none."""
        return self._apps[-1] if self._apps else self.open()

    def reopen(self) -> App:
        """Close the App and open the folder again."""
        self.close()
        return self.open()

    def close(self) -> None:
        """Close what is open."""
        while self._apps:
            self._apps.pop().close()

    def context(self, door: Door = "page") -> Context:
        """The owner, coming in through a door."""
        return self.app.context(door)

    def create(self, entity: str, values: Mapping[str, Any], door: Door = "page") -> dict[str, Any]:
        """Make one record."""
        return self.app.now.records.create(self.context(door), entity, values).row

    def update(self, entity: str, id: str, values: Mapping[str, Any], door: Door = "page") -> dict[str, Any]:
        """Change one record."""
        return self.app.now.records.update(self.context(door), entity, id, values).row

    def delete(self, entity: str, id: str) -> None:
        """Delete one record."""
        self.app.now.records.delete(self.context(), entity, id)

    def get(self, entity: str, id: str) -> dict[str, Any]:
        """One record as people see it."""
        return self.app.now.records.get(self.context(), entity, id)

    def all(self, entity: str) -> list[dict[str, Any]]:
        """Every record of an entity, oldest first."""
        return list(self.app.store.rows(entity))

    def dump(self) -> dict[str, Any]:
        """All that the store holds: rows and events."""
        app = self.app
        tables = {
            name: sorted(app.store.find(Query(name, limit=10**6)), key=lambda row: str(row["id"]))
            for name in app.catalog.entities
        }
        return {**tables, "events": app.store.all_events(limit=10**6)}

    def refused(
        self, entity: str, values: Mapping[str, Any], door: Door = "page", id: str = ""
    ) -> list[Problem]:
        """Why a record cannot be made or changed; that nothing was written is checked as well."""
        before = self.dump()
        with pytest.raises(Refused) as refusal:
            if id:
                self.update(entity, id, values, door)
            else:
                self.create(entity, values, door)
        assert self.dump() == before
        return list(refusal.value.problems)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Any]:
    """Makes workspaces: ``make({"entities/customer.yaml": "entity: customer…"}, store="sqlite")``."""
    made: list[Workspace] = []

    def workspace(files: Mapping[str, str], store: str | None = None) -> Workspace:
        found = Workspace(tmp_path / f"workspace{next(_numbers)}", files, store)
        made.append(found)
        return found

    yield workspace
    for each in made:
        each.close()


@pytest.fixture(scope="module")
def make_once() -> Iterator[Any]:
    """As ``make``, for workspaces that all tests of a module share."""
    made: list[Workspace] = []
    with tempfile.TemporaryDirectory() as folder:

        def workspace(files: Mapping[str, str], store: str | None = None) -> Workspace:
            found = Workspace(Path(folder) / f"workspace{next(_numbers)}", files, store)
            made.append(found)
            return found

        yield workspace
        for each in made:
            each.close()


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords are hashed at the lowest costs: what is tried is who comes in, not how long it takes."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: quick)
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()
