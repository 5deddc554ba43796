"""Where a store lies: addresses, and what is filled into them."""

from datetime import UTC
from pathlib import Path

import pytest

from kehu.core.problems import Refused
from kehu.core.store.opening import open_store


def test_a_whole_address_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHERE", "sqlite:///deep.sqlite")
    open_store("${WHERE}", tmp_path, UTC).close()
    assert (tmp_path / "deep.sqlite").is_file()


def test_a_password_with_signs_in_it_is_no_part_of_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAME", "a/b@c")
    open_store("sqlite:///${NAME}.sqlite", tmp_path, UTC).close()
    assert [path.name for path in tmp_path.glob("*.sqlite")] == ["a%2Fb%40c.sqlite"]


def test_a_variable_that_is_not_set_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOBODY", raising=False)
    with pytest.raises(Refused, match="NOBODY") as refused:
        open_store("postgresql://${NOBODY}@localhost/x", tmp_path, UTC)
    assert refused.value.problems[0].code == "store_variable_missing"
