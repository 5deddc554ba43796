"""Whatever is given, at whichever door: it is taken, or refused with reasons, and a refusal leaves no trace."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.core.problems import Refused, message

FIELDS = [
    "name", "phone", "class", "owner", "needs", "budget", "limit", "vip", "parent", "orders", "spent", "tier", "id",
    "version", "external_id", "created_at", "changed_by", "nonsense", "", "名称",
]  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=8),
    st.text(st.characters(), max_size=300),
    st.sampled_from(
        ["high", "regular", "Ada", "\x00", "\ud800", "1e400", "١٢", "2026-02-30", "CURRENT_USER()", "=1+1"]
    ),
    st.lists(st.one_of(st.text(max_size=3), st.none(), st.integers()), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.binary(max_size=4),
)
GIVEN = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5)
DOORS = st.sampled_from(["page", "board", "api", "import", "command", "automation", "seed"])


@pytest.fixture(scope="module", params=["tinydb", "sqlite"])
def steady(request: pytest.FixtureRequest, make_once: Any, shop_files: dict[str, str]) -> Any:
    shop = make_once(shop_files, store=request.param)
    shop.create("customer", {"name": "Ada"})
    shop.create("order", {"customer": "Ada", "amount": 5})
    return shop


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values=GIVEN, door=DOORS, change=st.booleans(), named=st.booleans())
def test_anything_is_taken_or_refused_in_words_and_without_a_trace(
    steady: Any, values: dict[str, Any], door: Any, change: bool, named: bool
) -> None:
    if named and not change:
        values = {"name": f"n{len(steady.all('customer'))}", **values}
    ada = steady.all("customer")[0]["id"]
    before = steady.dump()
    row, problems = None, None
    try:
        row = (
            steady.update("customer", ada, values, door)
            if change
            else steady.create("customer", values, door)
        )
    except Refused as refusal:
        problems = refusal.problems
    if row is None:
        assert problems
        for problem in problems:
            assert message(problem, "zh")
            assert message(problem, "en")
        assert steady.dump() == before
    else:
        assert steady.get("customer", row["id"]) == row
        assert row["name"]


def test_a_refused_deletion_leaves_no_trace(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada"})
    child = shop.create("customer", {"name": "Child", "parent": ada["id"]})
    shop.create("order", {"seller": ada["id"], "amount": 5})
    shop.create("order", {"customer": child["id"], "amount": 5})
    before = shop.dump()
    with pytest.raises(Refused):
        shop.delete("customer", ada["id"])
    assert shop.dump() == before
