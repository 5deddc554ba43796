"""Whoever changes something behind Kehu's back is found out, and the first event that does not fit is named."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kehu.core.problems import Problem
from kehu.core.records.examining import examined


@pytest.fixture
def filled(shop_files: dict[str, str], make: Any) -> Any:
    """The shop in SQLite: a customer with two orders, one of them deleted."""
    made = make(shop_files, store="sqlite")
    ada = made.create("customer", {"name": "Ada", "needs": "quick"})
    made.create("order", {"customer": ada["id"], "amount": 120})
    gone = made.create("order", {"customer": ada["id"], "amount": 5})
    made.delete("order", gone["id"])
    made.update("customer", ada["id"], {"phone": "13800138000"})
    return made


def found(made: Any) -> list[Problem]:
    return list(examined(made.app.now.records, made.context("command")))


def behind(made: Any, sql: str) -> None:
    """Change the database with another tool."""
    made.close()
    database = sqlite3.connect(Path(made.folder) / "data" / "kehu.sqlite")
    database.execute(sql)
    database.commit()
    database.close()


@pytest.mark.parametrize("store", ["tinydb", "sqlite"])
def test_all_is_well(shop_files: dict[str, str], make: Any, store: str) -> None:
    made = make(shop_files, store=store)
    ada = made.create("customer", {"name": "Ada", "needs": "quick"})
    made.create("order", {"customer": ada["id"], "amount": 120})
    made.app.store.compact()
    assert found(made) == []


@pytest.mark.parametrize(
    ("sql", "codes"),
    [
        ("UPDATE kehu_event SET actor = 'me' WHERE number = 3", ["exam_chain_altered"]),
        ("UPDATE kehu_event SET changes = replace(changes, 'Ada', 'Eve')", ["exam_chain_altered"]),
        ("DELETE FROM kehu_event WHERE kind = 'changed'", ["exam_chain_end"]),
        ("DELETE FROM kehu_event WHERE number = 2", ["exam_chain_missing", "exam_count"]),
        ("UPDATE \"order\" SET customer = 'nobody'", ["exam_stale", "exam_link"]),
        ("UPDATE customer SET spent = 1", ["exam_stale"]),
        ('DELETE FROM "order"', ["exam_stale", "exam_count"]),
    ],
)
def test_what_was_done_behind_our_back_is_found(filled: Any, sql: str, codes: list[str]) -> None:
    assert found(filled) == []
    behind(filled, sql)
    problems = list(found(filled))
    assert list(dict.fromkeys(problem.code for problem in problems)) == codes
    if codes[0] == "exam_chain_altered":
        assert problems[0].values["number"] in (2, 3)
        assert problems[0].values["event"] != "-"
