"""One workspace from the `general` template with its sample data, and its API, for all tests of the API."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.records.seeding import seed
from kehu.core.web.api import api_mount

TEMPLATE = Path(__file__).parents[3] / "templates" / "general"


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("api") / "acme"
    shutil.copytree(TEMPLATE, folder, ignore=shutil.ignore_patterns("data"))
    app = App(folder)
    seed(app.now.records, app.context("seed"), TEMPLATE / "data")
    yield app
    app.close()


@pytest.fixture(scope="session")
def web(app: App) -> Starlette:
    return Starlette(routes=api_mount(app))


@pytest.fixture(scope="session")
def client(web: Starlette) -> Iterator[TestClient]:
    with TestClient(web, base_url="http://localhost", headers={"accept-language": "en"}) as client:
        yield client


@pytest.fixture
def customer(client: TestClient) -> Iterator[str]:
    """The address of a customer that is there for one test."""
    made = client.post("/api/customer", json={"name": "Hangzhou Test Ltd", "class": "regular"})
    assert made.status_code == 201, made.text
    yield made.headers["location"]
    client.delete(made.headers["location"])
