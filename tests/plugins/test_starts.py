"""Nobody walks around a gate of the bundled flows by creating a record behind it; an import brings what there is."""

from typing import Any

import pytest

from kehu.core.problems import Refused

KEHU = "workspace: small\nlanguage: en\nplugins: [customers, funnel, orders, aftersales]\nstore: tinydb\n"
LATE: dict[str, dict[str, Any]] = {
    "deal": {"title": "Desks", "stage": "won", "amount": 5},
    "order": {"status": "shipped", "amount": 5},
    "ticket": {"subject": "Late", "status": "resolved"},
}


@pytest.fixture
def shop(make: Any) -> Any:
    return make({"kehu.yaml": KEHU})


@pytest.mark.parametrize("entity", LATE)
@pytest.mark.parametrize("door", ["page", "board", "api", "command", "import"])
def test_a_record_begins_at_its_start_unless_it_is_imported(shop: Any, entity: str, door: str) -> None:
    customer = shop.create("customer", {"name": "Acme", "phone": "0571-88886666"})["id"]
    values = {"customer": customer, **LATE[entity]}
    if door == "import":
        assert shop.create(entity, values, door)["id"]
        return
    with pytest.raises(Refused) as refusal:
        shop.create(entity, values, door)
    assert [problem.code for problem in refusal.value.problems] == ["not_a_start"]


def test_a_contact_of_another_customer_does_not_fit(shop: Any) -> None:
    acme, other = (
        shop.create("customer", {"name": name, "phone": "0571-88886666"})["id"] for name in ("Acme", "Other")
    )
    ann = shop.create("contact", {"name": "Ann", "customer": acme})["id"]
    for entity, title in (("deal", "title"), ("activity", "summary"), ("ticket", "subject")):
        values = {title: "T", "customer": other, "contact": ann}
        (problem,) = shop.refused(entity, values, "api")
        assert (problem.code, problem.field) == ("not_offered", "contact")
        assert shop.create(entity, {**values, "customer": acme}, "api")["contact"] == ann
