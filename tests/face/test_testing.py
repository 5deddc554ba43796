"""The fixtures that plugin authors get."""

from typing import Any

import pytest

from kehu import Refused

FILES = """
    entities/shop.yaml: |
      entity: shop
      fields:
        name: {type: text, required: true}
        seats: {type: integer, min: 0}
"""


def test_a_workspace_is_made_of_inline_yaml(kehu_workspace: Any) -> None:
    folder = kehu_workspace(FILES)
    assert (folder / "kehu.yaml").is_file()
    assert "entity: shop" in (folder / "entities/shop.yaml").read_text("utf-8")


def test_two_workspaces_of_one_test_do_not_share_a_folder(kehu_workspace: Any) -> None:
    assert kehu_workspace(FILES) != kehu_workspace({"kehu.yaml": "workspace: other\n"})


def test_an_app_is_open_and_takes_records(kehu_app: Any) -> None:
    app = kehu_app(FILES)
    saved = app.now.records.create(app.context("api"), "shop", {"name": "Corner", "seats": "12"})
    assert saved.row["seats"] == 12
    with pytest.raises(Refused, match="less than 0"):
        app.now.records.create(app.context("api"), "shop", {"name": "Corner", "seats": -1})


def test_definitions_that_are_wrong_are_refused_with_their_place(kehu_app: Any) -> None:
    with pytest.raises(Refused) as refused:
        kehu_app({"entities/shop.yaml": "entity: shop\nfields:\n  name: {type: txt}\n"})
    assert str(refused.value.problems[0].place) == "entities/shop.yaml:3:16"


def test_a_client_asks_the_pages_and_the_api(kehu_client: Any, kehu_app: Any) -> None:
    client = kehu_client(FILES)
    assert client.post("/api/shop", json={"name": "Corner"}).status_code == 201
    assert "Corner" in client.get("/shop").text
    app = kehu_app(FILES)
    assert kehu_client(app).get("/api/shop").json()["items"] == []


def test_what_is_no_file_text_is_refused(kehu_workspace: Any) -> None:
    with pytest.raises(ValueError, match="a file name and its text"):
        kehu_workspace("entities/shop.yaml: {entity: shop}")
