"""Tables change while others write: nobody writes with the columns of before into those of now."""

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from store_world import CUSTOMER, ORDER, customer  # type: ignore[import-not-found]

from kehu.core.store import sql, sql_prepare
from kehu.core.store.protocol import Store


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_writer_waits_until_the_new_columns_are_in_use(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = customer("Acme", amount=Decimal("12.50"))

    def write() -> None:
        with store.transaction() as transaction:
            transaction.insert("customer", row)

    writer = threading.Thread(target=write)
    look: Callable[..., Any] = sql_prepare.changed_entities

    def changed_while_somebody_writes(*given: Any) -> Any:
        writer.start()  # the database has the new columns by now
        writer.join(0.5)
        return look(*given)

    monkeypatch.setattr(sql, "changed_entities", changed_while_somebody_writes)
    finer = tuple(replace(c, decimals=4) if c.name == "amount" else c for c in CUSTOMER.columns)
    store.prepare([replace(CUSTOMER, columns=finer), ORDER])
    writer.join()
    found = store.get("customer", row["id"])
    assert found is not None
    assert found["amount"] == Decimal("12.50")
