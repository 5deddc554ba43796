"""Why somebody may do something, or may not: each role says how far it reaches."""

from typing import Any

import pytest

from kehu.core.flows.explaining import explain
from kehu.core.flows.explaining_rights import explain_right


@pytest.mark.parametrize(
    ("person", "roles", "action", "record", "lines"),
    [
        ("ann", ("sales",), "change", "Alpha", ["✓ May change this Customer record", "  ✓ Sales: one's own records; this one is Ann's"]),
        ("ann", ("sales",), "delete", "Alpha", ["✗ May not delete this Customer record", "  ✗ Sales: gives no such right"]),
        ("ben", ("sales",), "change", "Alpha", [
            "✗ May not change this Customer record", "  ✗ The record is not seen",
            "  ✗ Sales: one's own records; this one is Ann's",
        ]),
        ("cat", ("manager", "reader"), "change", "Epsilon", [
            "✗ May not change this Customer record", "  ✗ Manager: records of one's team; this one is Eve's",
            "  ✗ Reader: gives no such right",
        ]),
        ("ann", ("owner",), "delete", "Alpha", ["✓ May delete this Customer record", "  ✓ The role owner may do everything"]),
        ("ann", (), "read", "Alpha", ["✗ May not see this Customer record", "  ✗ There is no role at all"]),
        ("ann", ("ghost",), "read", "Alpha", ["✗ May not see this Customer record", "  ✗ There is no role called ghost"]),
    ],
)  # fmt: skip
def test_each_role_says_how_far_it_reaches(
    house: Any, person: str, roles: tuple[str, ...], action: Any, record: str, lines: list[str]
) -> None:
    owner, about = house.app.context("page"), house.who(person, *roles)
    records = house.app.now.records
    row = records.get(owner, "customer", house.ids[record])
    found = explain_right(records, about, "customer", row, action, owner)
    assert list(found.in_words("en")) == lines


def test_people_ask_about_records_that_they_see(house: Any) -> None:
    ann = house.who("ann", "sales")
    found = explain(house.seen(ann).records, ann, "customer", house.ids["Alpha"], "right", "delete")
    assert found.verdict is False


def test_a_condition_is_told_to_whoever_sees_what_it_reads(house: Any) -> None:
    owner, ann = house.app.context("page"), house.who("ann", "manager")
    records = house.app.now.records
    row = records.get(owner, "order", house.ids["orderAlpha"])
    told = explain_right(records, ann, "order", row, "read", owner).in_words("en")
    assert told[1] == "  ✓ Manager: records that meet a condition"
    assert len(told) == 3
    assert len(explain_right(records, ann, "order", row, "read").in_words("en")) == 2
