"""``kehu explain right USER ACTION ENTITY/RECORD``: each role of a person says how far it reaches."""

from pathlib import Path

import pytest

from .typed import Kehu


@pytest.fixture
def house(acme: Path) -> Path:
    (acme / "entities").mkdir(exist_ok=True)
    (acme / "entities" / "visit.yaml").write_text(
        "entity: visit\nlabel: {zh: 拜访, en: Visit}\nfields:\n  what: {type: text, label: {zh: 内容, en: What}}\n",
        "utf-8",
    )
    rows = acme / "visits.csv"
    rows.write_text("what\nTea\n", "utf-8")
    return acme


def test_the_owner_may_everything(kehu: Kehu, house: Path) -> None:
    assert kehu("import", "visits.csv", "visit").code == 0
    said = kehu("--lang", "en", "explain", "right", "管理员", "change", "visit/Tea")
    assert said.out.splitlines() == ["✓ May change this Visit record", "  ✓ The role owner may do everything"]


def test_an_action_that_there_is_not_is_told(kehu: Kehu, house: Path) -> None:
    assert kehu("import", "visits.csv", "visit").code == 0
    said = kehu("--lang", "en", "explain", "right", "管理员", "chang", "visit/Tea")
    assert said.code != 0
    assert "Did you mean change?" in said.err
