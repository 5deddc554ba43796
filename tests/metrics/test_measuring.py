"""Metrics say what their contracts say, over small data that can be counted by hand."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehu.core.metrics.periods import Days, before, days_of, steps
from kehu.core.problems import Refused

FILES = {
    "entities/customer.yaml": """
        entity: customer
        fields:
          name: {type: text}
          source: {type: choice, options: {web: {label: Web}, fair: {label: Fair}, call: {label: Call}}}
          seen_on: {type: date}
          won_on: {type: date}
    """,
    "entities/order.yaml": """
        entity: order
        fields:
          name: {type: text}
          customer: {type: link, to: customer}
          amount: {type: money}
          ordered_on: {type: date}
          done_on: {type: date}
          status: {type: choice, options: [open, cancelled]}
          score: {type: integer}
    """,
}
METRICS = {
    "orders": "of: order\ncount: true\nwho: ordered_on in period\nby: [status, customer]",
    "sales": 'of: order\nsum: amount\nwho: ordered_on in period and status <> "cancelled"\nunit: money\n'
    "by: [status]\ntarget: 1000000",
    "buyers": "of: order\ncount: customer\nwho: ordered_on in period",
    "per_customer": "ratio: [sales, buyers]\nunit: money\ntarget: 5000",
    "conversion": "of: customer\nwho: seen_on in period\nshare: won_on is not empty\nunit: percent\nby: [source]\n"
    "target: 20%\nat_least: 5",
    "satisfaction": "of: order\nwho: ordered_on in period and score is not empty\nshare: score >= 4\n"
    "unit: percent\ntarget: 90%",
    "handling": "of: order\naverage: DAYS(ordered_on, done_on)\nwho: ordered_on in period\nunit: days\n"
    "better: lower\ntarget: 3",
    "by_web": 'of: order\ncount: true\nwho: ordered_on in period and customer.source = "web"',
    "cancelled": 'of: order\ncount: true\nwho: ordered_on in period and status = "cancelled"\nby: [status]',
    "cancelled_rate": "ratio: [cancelled, orders]\nunit: percent\nbetter: lower\nby: [status]",
    "customers": "of: customer\ncount: true",
    "today": "of: order\ncount: true\nwho: created_at >= NOW() - 1 days",
}
MARCH = Days(date(2026, 3, 1), date(2026, 4, 1))
YEAR = Days(date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def shop(make: Any) -> Any:
    metrics = {
        f"metrics/{name}.yaml": f"metric: {name}\nlabel: {name}\n{text}\n" for name, text in METRICS.items()
    }
    return make({**FILES, **metrics})


def measure(shop: Any, name: str, days: Days = MARCH) -> Any:
    return shop.app.now.measuring.measure(shop.context(), name, days)


def order(shop: Any, day: str, amount: int | None = None, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = shop.create(
        "order", {"ordered_on": day, "amount": amount, "status": "open", **more}
    )
    return found


def test_counts_and_sums_keep_to_their_period(shop: Any) -> None:
    for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"):
        order(shop, day, 100)
    order(shop, "2026-03-05", 1000, status="cancelled")
    order(shop, "2026-03-06")
    assert (measure(shop, "orders").value, measure(shop, "sales").value) == (4, 200)
    assert (measure(shop, "sales").population, measure(shop, "sales").previous) == (2, 100)
    assert measure(shop, "orders", Days()).value == 6


def test_a_number_says_which_records_and_definitions_it_rests_on(shop: Any) -> None:
    catalog = shop.app.catalog
    assert measure(shop, "by_web").reads == {"order", "customer"}
    assert measure(shop, "per_customer").reads == {"order"}
    assert measure(shop, "orders").definitions == catalog.version
    page = shop.app.now.records.find(shop.context(), "order")
    assert (page.reads, page.definitions) == ({"order"}, catalog.version)


def test_nothing_at_all_counts_zero_and_averages_nothing(shop: Any) -> None:
    assert (measure(shop, "orders").value, measure(shop, "sales").value) == (0, 0)
    for name in ("handling", "conversion", "per_customer", "cancelled_rate"):
        found = measure(shop, name)
        assert (found.value, found.population, found.verdict) == (None, 0, "none")


def test_a_ratio_whose_upper_part_is_nothing_is_zero(shop: Any) -> None:
    order(shop, "2026-03-01")
    assert measure(shop, "cancelled_rate").value == 0
    parts = shop.app.now.measuring.cut(shop.context(), "cancelled_rate", MARCH, "status")
    assert [(part.key, part.value) for part in parts] == [("open", 0), ("cancelled", None)]


def test_different_customers_are_counted_once(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada"})
    for customer in (ada["id"], ada["id"], None):
        order(shop, "2026-03-02", customer=customer)
    assert measure(shop, "buyers").value == 1


def test_a_condition_that_looks_at_other_records_counts_them_as_they_are_now(shop: Any) -> None:
    ada = shop.create("customer", {"name": "Ada", "source": "web"})
    order(shop, "2026-03-02", customer=ada["id"])
    order(shop, "2026-03-02")
    assert measure(shop, "by_web").value == 1
    shop.update("customer", ada["id"], {"source": "fair"})
    assert measure(shop, "by_web").value == 0


def test_an_expression_is_averaged_over_those_that_have_it(shop: Any) -> None:
    order(shop, "2026-03-02", done_on="2026-03-04")
    row = order(shop, "2026-03-02", done_on="2026-03-08")
    order(shop, "2026-03-03")
    found = measure(shop, "handling")
    assert (found.value, found.population, found.verdict) == (4, 2, "missed")
    shop.update("order", row["id"], {"done_on": "2026-03-02"})
    assert (measure(shop, "handling").value, measure(shop, "handling").verdict) == (1, "reached")


def test_a_cut_has_every_option_in_its_order(shop: Any) -> None:
    for source, won in (("fair", None), ("web", "2026-03-09"), ("web", None), (None, None)):
        shop.create("customer", {"seen_on": "2026-03-05", "source": source, "won_on": won})
    parts = shop.app.now.measuring.cut(shop.context(), "conversion", MARCH, "source")
    assert [(part.key, part.value, part.population) for part in parts] == [
        ("web", Decimal("0.5"), 2),
        ("fair", 0, 1),
        ("call", None, 0),
        (None, 0, 1),
    ]
    with pytest.raises(Refused) as refusal:
        shop.app.now.measuring.cut(shop.context(), "conversion", MARCH, "name")
    assert refusal.value.problems[0].values["available"] == ["source"]


def test_a_series_goes_step_by_step_and_ends_today(shop: Any) -> None:
    order(shop, "2026-01-31", 5)
    order(shop, "2026-03-01", 7)
    context = shop.context().at(shop.context().now.replace(year=2026, month=3, day=15))
    found = shop.app.now.measuring.series(context, "sales", YEAR)
    assert [(days.start.month, value) for days, value, _ in found] == [(1, 5), (2, 0), (3, 7)]


def test_too_few_records_earn_no_verdict(shop: Any) -> None:
    for _ in range(4):
        shop.create("customer", {"seen_on": "2026-03-05", "won_on": "2026-03-06"})
    assert (measure(shop, "conversion").enough, measure(shop, "conversion").verdict) == (False, "none")
    shop.create("customer", {"seen_on": "2026-03-05"})
    assert (measure(shop, "conversion").value, measure(shop, "conversion").verdict) == (
        Decimal("0.8"),
        "reached",
    )


def test_shares_change_by_percentage_points_and_all_else_relatively(shop: Any) -> None:
    """The before-and-after table: 70 % → 90 % is 20 points, 100 → 130 is 30 %, 5 → 2 days is −60 % and better."""
    for number in range(10):
        order(shop, "2026-02-10", 100_000, score=5 if number < 7 else 1, done_on="2026-02-15")
        order(shop, "2026-03-10", 130_000, score=5 if number < 9 else 1, done_on="2026-03-12")
    happy, sales, handling = (measure(shop, name) for name in ("satisfaction", "sales", "handling"))
    assert (happy.previous, happy.value, happy.change) == (Decimal("0.7"), Decimal("0.9"), Decimal("0.2"))
    assert (happy.improves, happy.verdict) == (True, "reached")
    assert (sales.previous, sales.value, sales.change) == (1_000_000, 1_300_000, Decimal("0.3"))
    assert (handling.previous, handling.value, handling.change) == (5, 2, Decimal("-0.6"))
    assert (handling.improves, handling.verdict) == (True, "reached")


def test_what_is_spent_is_per_customer_not_per_order(shop: Any) -> None:
    ada, bob = (shop.create("customer", {"name": name})["id"] for name in ("Ada", "Bob"))
    for customer, amount in ((ada, 2000), (ada, 4000), (bob, 6000)):
        order(shop, "2026-03-03", amount, customer=customer)
    found = measure(shop, "per_customer")
    assert (found.value, found.population, found.verdict) == (6000, 2, "reached")


def test_a_metric_without_a_period_has_no_predecessor(shop: Any) -> None:
    shop.create("customer", {})
    found = measure(shop, "customers")
    assert (found.value, found.previous, found.change, found.improves) == (1, None, None, None)


def test_a_metric_that_asks_for_the_moment_is_not_remembered(shop: Any) -> None:
    from datetime import timedelta

    order(shop, "2026-03-03")
    context = shop.context()
    measuring = shop.app.now.measuring
    assert measuring.measure(context, "today", MARCH).value == 1
    assert (
        measuring.measure(context.at(context.now + timedelta(days=1, minutes=1)), "today", MARCH).value == 0
    )


def test_an_unknown_metric_is_missing(shop: Any) -> None:
    with pytest.raises(Refused) as refusal:
        measure(shop, "sale")
    assert (refusal.value.status, refusal.value.problems[0].instead) == ("missing", "sales")


TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("span", "start", "end", "earlier"),
    [
        ("this_month", "2026-11-01", "2026-12-01", "2026-10-01"),
        ("last_month", "2026-10-01", "2026-11-01", "2026-09-01"),
        ("this_quarter", "2026-10-01", "2027-01-01", "2026-07-01"),
        ("this_year", "2026-01-01", "2027-01-01", "2025-01-01"),
        ("last_12_months", "2025-12-01", "2026-12-01", "2024-12-01"),
        ("last_18_months", "2025-06-01", "2026-12-01", "2023-12-01"),
    ],
)
def test_spans_are_whole_months_and_have_predecessors_as_long(
    span: Any, start: str, end: str, earlier: str
) -> None:
    days = days_of(span, TODAY)
    assert days == Days(date.fromisoformat(start), date.fromisoformat(end))
    assert before(days) == Days(date.fromisoformat(earlier), date.fromisoformat(start))


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(["day", "week", "month", "quarter", "year"])
)
@settings(max_examples=60, deadline=None)
def test_steps_join_without_gaps_and_cover_the_span(today: date, every: Any) -> None:
    days = days_of("this_quarter", today)
    found = steps(days, every, today)
    assert found[0].start is not None
    assert days.start is not None
    assert found[0].start <= days.start
    assert all(one.end == other.start for one, other in pairwise(found))
    assert found[-1].start is not None
    assert found[-1].end is not None
    assert found[-1].start <= today < found[-1].end


def test_an_expression_reads_only_the_records_of_its_period(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    order(shop, "2026-03-02", done_on="2026-03-05")
    order(shop, "2026-07-02", done_on="2026-07-03")

    def every_row(table: str) -> Any:
        raise AssertionError(f"all of {table} was read")

    monkeypatch.setattr(shop.app.store, "rows", every_row)
    assert (measure(shop, "handling").value, measure(shop, "handling").population) == (3, 1)
