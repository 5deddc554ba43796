"""Searching all entities at once, and what is shown of what was found."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.core.context import Context
from kehu.core.formula import Formula
from kehu.core.records.records import Records
from kehu.core.records.searching import marked, search
from kehu.core.store.tokens import sought

SHOP = {
    "kehu.yaml": "workspace: shop\nlanguage: en\ntimezone: UTC\nplugins: []\n",
    "entities/person.yaml": (
        "entity: person\nfields:\n  name: {type: text}\n  phone: {type: phone}\n  city: {type: text, search: true}\n"
    ),
    "entities/place.yaml": "entity: place\nfields:\n  name: {type: text}\n",
}


class NoPlaces:
    """Rights of somebody who may not read places."""

    def __init__(self, others: Any) -> None:
        self._others = others

    def __getattr__(self, name: str) -> Any:
        return getattr(self._others, name)

    def allows(
        self,
        context: Context,
        action: Any,
        entity: str,
        record: Mapping[str, Any] | None,
        fields: Iterable[str],
    ) -> bool:
        return entity != "place"

    def visible(self, context: Context, entity: str, action: Any = "read") -> Formula | None:
        return None


@pytest.fixture
def shop(kehu_app: Any) -> tuple[Records, Context]:
    app = kehu_app(SHOP)
    records, context = app.now.records, app.context("api")
    for person in ("张三", "李四", "张五"):
        records.create(context, "person", {"name": person, "phone": "138-0013-8000", "city": "Shanghai"})
    records.create(context, "place", {"name": "张家口"})
    return records, context


def found(records: Records, context: Context, text: str, each: int = 8) -> dict[str, list[str]]:
    return {one.entity: [hit.title for hit in one.hits] for one in search(records, context, text, each)}


def test_every_entity_is_searched_newest_first(shop: tuple[Records, Context]) -> None:
    assert found(*shop, "张") == {"person": ["张五", "张三"], "place": ["张家口"]}
    assert found(*shop, "zhang") == {"person": ["张五", "张三"], "place": ["张家口"]}
    assert found(*shop, "8000", each=2) == {"person": ["张五", "李四"]}
    assert found(*shop, "  ") == {}


def test_there_may_be_more(shop: tuple[Records, Context]) -> None:
    assert [one.more for one in search(*shop, "张", 1)] == [True, False]


def test_what_was_looked_for_stands_first_beside_the_title(shop: tuple[Records, Context]) -> None:
    hit = next(search(*shop, "shang", 1)).hits[0]
    assert hit.notes == (("city", "Shanghai"), ("phone", "138-0013-8000"))


def test_who_may_not_read_an_entity_finds_nothing_of_it(shop: tuple[Records, Context]) -> None:
    records, context = shop
    records.rights = NoPlaces(records.rights)
    assert found(records, context, "张") == {"person": ["张五", "张三"]}


@pytest.mark.parametrize(
    ("text", "search_for", "expected"),
    [
        ("华为技术", "为技", "华[为技]术"),
        ("Acme Ltd", "ac lt", "[Ac]me [Lt]d"),
        ("Acme", "me", "Acme"),
        ("138-0013-8000", "8000", "138-0013-[8000]"),
        ("138-0013-8000", "138001", "[138-001]3-8000"),
        ("张三", "zhang", "张三"),
        ("", "a", ""),
    ],
)
def test_what_was_looked_for_is_marked(text: str, search_for: str, expected: str) -> None:
    pieces = marked(text, sought(search_for))
    assert "".join(f"[{piece}]" if hit else piece for piece, hit in pieces) == expected


@given(st.text(max_size=40), st.text(max_size=12))
def test_the_pieces_are_the_text(text: str, search_for: str) -> None:
    assert "".join(piece for piece, _ in marked(text, sought(search_for))) == text
