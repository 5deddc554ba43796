"""The little world of the store's tests: one table with a column of every kind, rows of it, formulas over it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from kehu.core.formula import EntityShape, FieldShape, Formula, Scope, compile_formula
from kehu.core.store.ids import new_id
from kehu.core.store.protocol import Column, Store, Table
from kehu.core.store.query import Event, Row

Opener = Callable[[], Store]

CUSTOMER = Table(
    "customer",
    (
        Column("name", "text", indexed=True),
        Column("class", "text", indexed=True),
        Column("phone", "text"),
        Column("amount", "decimal", 2, indexed=True),
        Column("score", "integer"),
        Column("vip", "boolean"),
        Column("since", "date", indexed=True),
        Column("tags", "list"),
        Column("extra", "json"),
        Column("owner", "text", indexed=True),
    ),
    search=("name", "phone"),
    unique=(("name",),),
)
ORDER = Table("order", (Column("customer", "text", indexed=True), Column("amount", "decimal", 2)))
START = datetime(2026, 1, 1, 8, tzinfo=UTC)

_TYPES = {"decimal": "money", "integer": "number", "boolean": "yes_no", "json": "text"}
_shape = EntityShape(
    "customer",
    (),
    {
        column.name: FieldShape(column.name, _TYPES.get(column.kind, column.kind))  # type: ignore[arg-type]
        for column in (*CUSTOMER.columns, Column("changed_at", "datetime"), Column("created_at", "datetime"))
        if column.kind != "json"
    },
)
_scope = Scope(_shape, {"customer": _shape})
_numbers = count()


def where(text: str) -> Formula:
    """A condition over customers."""
    return compile_formula(text, _scope, "yes_no")


def customer(name: str | None, **values: Any) -> Row:
    """A whole row; each is made a minute after the one before."""
    at = START + timedelta(minutes=next(_numbers))
    row: Row = dict.fromkeys(column.name for column in CUSTOMER.columns)
    row.update(
        id=new_id(),
        version=1,
        external_id=None,
        created_at=at,
        created_by="u1",
        changed_at=at,
        changed_by="u1",
    )
    return {**row, "name": name, **values}


def order(customer_id: str | None, amount: str = "1") -> Row:
    """An order of a customer."""
    row = customer(None)
    system = {name: row[name] for name in row if name not in {column.name for column in CUSTOMER.columns}}
    return {**system, "customer": customer_id, "amount": Decimal(amount)}


def created(row: Row, table: str = "customer", **values: Any) -> Event:
    """The event of a new row."""
    given: dict[str, Any] = {
        "id": new_id(), "at": row["created_at"], "table": table, "record": row["id"], "kind": "created", "version": 1,
        "actor": "u1", "door": "page", "changes": {"name": [None, row.get("name")]}, "definitions": "d1", "batch": "b1",
    }  # fmt: skip
    return Event(**{**given, **values})


def unsealed(events: list[Event]) -> list[Event]:
    """Events without their place in the chain: as they were logged."""
    return [event._replace(number=0, proof="", seal="") for event in events]


def add(store: Store, *rows: Row, table: str = "customer") -> None:
    """Insert rows in one transaction."""
    with store.transaction() as work:
        for row in rows:
            work.insert(table, row)


def names(rows: list[Row]) -> list[Any]:
    return [row["name"] for row in rows]


def whole_customer() -> Row:
    return customer(
        "王伟 Wang", phone="138-0013-8000", amount=Decimal("1234.50"), score=7, vip=True, since=date(2026, 3, 1),
        tags=["a", "b"], extra={"k": [1, None, "x"]}, external_id="X1", owner="u2", **{"class": "high"},
    )  # fmt: skip
