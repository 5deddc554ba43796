"""The roles of the template ``general``: each is complete in itself, and gives what its name promises."""

from importlib.resources import files
from pathlib import Path

import pytest

from kehu.core.catalog.building import build
from kehu.core.catalog.seeing import seen
from kehu.core.catalog.sights import sight_of
from kehu.core.records.plans import plan_of

FOLDER = Path(str(files("kehu.templates"))) / "general"


@pytest.mark.parametrize("role", ["sales", "sales_manager", "service", "reader"])
def test_what_a_role_sees_holds_together(role: str) -> None:
    catalog = build(FOLDER).catalog
    assert catalog is not None
    sight = sight_of(catalog, {role}, None)
    assert sight is not None
    part = seen(catalog, sight)
    assert {"customer", "user", "team"} <= part.entities.keys()
    assert "home" in part.dashboards
    assert part.version != catalog.version
    for entity in part.entities:
        plan_of(part, entity)


def test_they_give_what_their_names_promise() -> None:
    catalog = build(FOLDER).catalog
    assert catalog is not None
    roles = catalog.roles
    assert roles["sales"].can["customer"].read == "own"
    assert roles["sales_manager"].can["customer"].read == "team and below"
    assert "deal" not in roles["service"].can
    reader = roles["reader"].can.values()
    assert all(
        (each.create, each.change, each.delete, each.import_) == ("none", "none", "none", False)
        for each in reader
    )
