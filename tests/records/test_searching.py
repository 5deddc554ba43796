"""What the search box looks at."""

from typing import Any

WORKSPACE = {"kehu.yaml": "workspace: trial\nlanguage: en\ntimezone: UTC\nplugins: [customers]\n"}


def searched(kehu_app: Any, customer: str) -> tuple[str, ...]:
    app = kehu_app({**WORKSPACE, "entities/customer.yaml": f"extend: customer\n{customer}"})
    found: tuple[str, ...] = app.now.records.plan("customer").table.search
    return found


def test_a_text_that_a_workspace_adds_is_found_without_being_named(kehu_app: Any) -> None:
    fields = "fields:\n  wechat: {type: text}\n  founded: {type: date}\n"
    assert searched(kehu_app, fields) == ("name", "phone", "email", "note", "wechat")


def test_a_field_says_whether_it_is_looked_at(kehu_app: Any) -> None:
    fields = "fields:\n  wechat: {type: text, search: false}\n  address: {search: true}\n"
    assert searched(kehu_app, fields) == ("name", "phone", "email", "address", "note")


def test_a_list_that_the_workspace_gives_is_the_whole_list(kehu_app: Any) -> None:
    fields = "search: [name]\nfields:\n  wechat: {type: text}\n"
    assert searched(kehu_app, fields) == ("name",)


def test_without_a_list_the_title_and_what_identifies_a_record_is_looked_at(kehu_app: Any) -> None:
    shop = "entity: shop\nfields:\n  name: {type: text}\n  tel: {type: phone}\n  motto: {type: text}\n"
    app = kehu_app({**WORKSPACE, "entities/shop.yaml": shop})
    assert app.now.records.plan("shop").table.search == ("name", "tel")


def test_a_record_is_found_by_a_field_added_while_records_exist(kehu_app: Any) -> None:
    app = kehu_app(WORKSPACE)
    context = app.context("api")
    app.now.records.create(context, "customer", {"name": "Acme"})
    entities = app.folder / "entities"
    entities.mkdir()
    (entities / "customer.yaml").write_text("extend: customer\nfields:\n  wechat: {type: text}\n", "utf-8")
    records = app.reload().records
    records.create(context, "customer", {"name": "Beta", "wechat": "betalin"})
    assert [row["name"] for row in records.find(context, "customer", search="betalin").rows] == ["Beta"]
