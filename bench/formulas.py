"""Measure the formula language, and print a table: python bench/formulas.py

Times are processor time, the best of nine rounds (others may share the machine): what it takes to compile a formula, to
evaluate it on one record, and whether the script of the pages knows it too.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kehu.core.formula import EntityShape, Env, FieldShape, Scope, compile_formula, portable, system_fields

OPTIONS = {"high": "high", "regular": "regular"}
CUSTOMER = EntityShape("customer", ("Customer",), {
    **system_fields("customer"),
    "class": FieldShape("class", "choice", options=OPTIONS),
    "amount": FieldShape("amount", "money"),
    "due": FieldShape("due", "date"),
    "owner": FieldShape("owner", "record", link="customer"),
    "orders": FieldShape("orders", "records", many=("order", "customer"), stored=False),
})  # fmt: skip
ORDER = EntityShape("order", ("Order",), {**system_fields("order"), "amount": FieldShape("amount", "money")})
SCOPE = Scope(CUSTOMER, {"customer": CUSTOMER, "order": ORDER})
ROW: dict[str, Any] = {
    "id": "1", "class": "high", "amount": Decimal("20000.50"), "due": date(2026, 3, 1), "owner": "2",
}  # fmt: skip
ORDERS = [{"id": str(n), "amount": Decimal(n)} for n in range(100)]
ENV = Env.at(datetime(2026, 3, 1, tzinfo=UTC), UTC, "2", fetch=lambda *_: ROW, children=lambda *_: ORDERS)
THREE = 'class = "high" and amount > 10000 and due < DATE(2027, 1, 1)'
TRIED = {
    "three terms, all hold": THREE,
    "three terms, the first fails": THREE.replace('"high"', '"regular"'),
    "three terms under or": THREE.replace(" and ", " or "),
    "arithmetic": "amount * (1 + 20%) - 100",
    "a choice of three": 'IFS(amount > 50000, "A", amount > 10000, "B", "C")',
    "a linked record": "owner.owner.amount > 100",
    "days from today": "due - TODAY() < 7 days",
    "a total of 100 records": "SUM(orders.amount, amount > 10)",
}


def best(work: Callable[[], object], times: int) -> float:
    """Microseconds that one call takes."""
    rounds = []
    for _ in range(9):
        start = time.process_time()
        for _ in range(times):
            work()
        rounds.append((time.process_time() - start) / times * 1e6)
    return min(rounds)


def main() -> None:
    print(f"{'':34}{'compile µs':>12}{'evaluate µs':>13}{'as JSON':>9}")
    for name, text in TRIED.items():
        formula = compile_formula(text, SCOPE)
        compiled = best(lambda text=text: compile_formula(text, SCOPE), 200)
        evaluated = best(
            lambda formula=formula: formula.evaluate(ROW, ENV), 10_000 if "100" not in name else 300
        )
        known = "page" if portable(formula) is not None else "server"
        print(f"{name:34}{compiled:12.0f}{evaluated:13.2f}{known:>9}")


if __name__ == "__main__":
    main()
