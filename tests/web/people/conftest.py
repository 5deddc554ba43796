"""A workspace with an owner's account, and browsers without a browser: each with its own cookies."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.web.server import make_server

PASSWORD = "correct horse battery"
OWNER = "boss@example.com"

FILES = {
    "kehu.yaml": "workspace: shop\nlabel: Shop\nlanguage: en\nplugins: []\nstore: tinydb\n",
    "entities/company.yaml": "entity: company\nlabel: Company\ntitle: name\nfields:\n  name: {type: text, label: Name, required: true}\n",
    "forms/enquiry.yaml": "form: enquiry\nentity: company\nuse: public\nlabel: Enquiry\nsections: [{fields: [name]}]\n",
    "roles/sales.yaml": "role: sales\nlabel: Sales\ncan:\n  company: {read: all, create: true}\n  user: {read: all}\n",
}


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.client = TestClient(make_server(app), base_url="http://localhost", follow_redirects=False)

    def get(self, url: str, **more: Any) -> Any:
        return self.client.get(url, **more)

    def send(self, page: str, action: str = "", **values: Any) -> Any:
        """Post values to an address, with the form token of the page they would be typed in."""
        found = re.search(r'name="token" value="([^"]+)"', self.client.get(page).text)
        assert found, page
        return self.client.post(action or page, data={"token": found[1], **values})

    def log_in(self, email: str = OWNER, password: str = PASSWORD, onward: str = "/") -> Any:
        return self.send("/login", email=email, password=password, next=onward)


@pytest.fixture
def shop(make: Any, quick_passwords: None) -> App:
    """The workspace, with no account yet."""
    app: App = make(FILES).app
    return app


@pytest.fixture
def asked(shop: App) -> App:
    """The workspace, where everybody logs in."""
    shop.people.found(shop.now.records, shop.context("page"), OWNER, PASSWORD, shop.owner)
    return shop


@pytest.fixture
def visitor(asked: App) -> Callable[[], Visitor]:
    """Makes visitors."""
    return lambda: Visitor(asked)


@pytest.fixture
def visits() -> type[Visitor]:
    return Visitor
