"""Random formulas by the grammar, typed, and random rows: what the property tests feed on."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

TEXTS = st.sampled_from(["", "a", "A", "aB", "客户", "ab%_", "É", "é", "ß", "high", 'x"y', "'", "ABC"])
OPTIONS = ["high", "高价值客户", "vip", "potential", "regular"]
SMALL = st.decimals(min_value=-1000, max_value=1000, places=3).map(lambda number: number.normalize() + 0)
MONEY = st.one_of(
    st.decimals(min_value=-100, max_value=100, places=2),
    st.sampled_from([Decimal(0), Decimal("9999999999999.99"), Decimal("-9999999999999.99"), Decimal("2.50")]),
)
WEIGHT = st.one_of(
    st.decimals(min_value=-100, max_value=100, places=6),
    MONEY.map(lambda money: max(min(money, Decimal(999999999)), Decimal(-999999999))),
)
DAYS = st.dates(date(2026, 2, 25), date(2026, 3, 8))
MOMENTS = st.one_of(
    st.integers(0, 5 * 86_400).map(
        lambda seconds: datetime(2026, 2, 27, tzinfo=UTC) + timedelta(seconds=seconds)
    ),
    st.builds(lambda day: datetime(2026, 3, day, 16, tzinfo=UTC), st.integers(1, 4)),
)

ROWS = st.fixed_dictionaries({
    "id": st.just("c1"),
    "name": st.none() | TEXTS, "city": st.none() | TEXTS,
    "class": st.none() | st.sampled_from(["high", "potential", "regular"]),
    "owner": st.none() | st.sampled_from(["u1", "u2"]), "deputy": st.none() | st.sampled_from(["u1", "u2"]),
    "amount": st.none() | MONEY, "paid": st.none() | MONEY, "weight": st.none() | WEIGHT,
    "discount": st.none() | st.decimals(min_value=0, max_value=1, places=4),
    "visits": st.none() | st.integers(-5, 5),
    "due": st.none() | DAYS, "since": st.none() | DAYS, "seen": st.none() | MOMENTS,
    "created_at": st.none() | MOMENTS,
    "tags": st.none() | st.lists(TEXTS.filter(bool), max_size=2),
    "vip": st.none() | st.booleans(), "active": st.none() | st.booleans(),
})  # fmt: skip


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def written_day(day: date) -> str:
    return f"DATE({day.year}, {day.month}, {day.day})"


NUMBERS = SMALL.map(lambda number: format(number, "f"))
PERCENTS = st.integers(0, 10_000).map(lambda number: f"{Decimal(number) / 100}%")
DAY_TEXTS = DAYS.map(written_day) | st.sampled_from(
    ["TODAY()", "TODAY() - 2 days", "TODAY() + 36 hours / 36 * 24"]
)
MOMENT_TEXTS = MOMENTS.map(lambda moment: quoted(moment.isoformat())) | st.sampled_from(
    ["NOW()", "NOW() - 5 hours"]
)
DURATIONS = st.tuples(st.integers(-3, 3), st.sampled_from(["days", "hours", "weeks", "minutes"])).map(
    lambda pair: f"({pair[0]} {pair[1]})" if pair[0] >= 0 else f"(0 - {-pair[0]}) * 1 {pair[1]}"
)
ORDER = st.sampled_from(["<", "<=", ">", ">="])
EQUAL = st.sampled_from(["=", "<>"])
ANY_SIGN = ORDER | EQUAL


def joined(*parts: Any) -> Any:
    return st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts)).map(" ".join)


def among(*names: str) -> Any:
    return st.sampled_from(names)


def listed(items: Any) -> Any:
    return st.lists(items, min_size=1, max_size=3).map(lambda found: "(" + ", ".join(found) + ")")


TESTS = st.one_of(
    joined(among("amount", "paid", "weight", "visits"), ANY_SIGN, NUMBERS),
    joined(NUMBERS, ANY_SIGN, among("amount", "weight", "visits")),
    joined("discount", ANY_SIGN, PERCENTS),
    joined(among("amount", "paid", "weight", "visits"), ANY_SIGN, among("amount", "paid", "weight", "visits")),
    joined(among("amount", "weight", "visits"), ANY_SIGN, among("9" * 20, "0 - " + "9" * 20, "1/0")),
    joined(among("name", "city"), EQUAL, TEXTS.map(quoted)),
    joined(among("name", "city", "class"), EQUAL, among("name", "city")),
    joined("class", EQUAL, among(*OPTIONS).map(quoted)),
    joined("owner", EQUAL, among("CURRENT_USER()", '"u2"', "deputy", "empty")),
    joined(among("vip", "active"), EQUAL, among("true", "false", "vip")),
    joined(among("due", "since", "seen"), ANY_SIGN, DAY_TEXTS),
    joined(among("due", "since", "seen"), ANY_SIGN, MOMENT_TEXTS),
    joined(among("due", "seen"), ANY_SIGN, among("empty")).filter(lambda text: "=" in text or "<>" in text),
    joined("due", ANY_SIGN, "since"),
    joined("seen", ANY_SIGN, "created_at"),
    joined(among("due", "since", "seen"), "-", DAY_TEXTS | MOMENT_TEXTS, ORDER, DURATIONS),
    joined(DAY_TEXTS | MOMENT_TEXTS, "- (", among("due", "since", "seen"), ")", ORDER, DURATIONS),
    joined("DAYS(", among("due", "seen"), ",", DAY_TEXTS, ")", ORDER, NUMBERS),
    joined("DAYS(", DAY_TEXTS, ",", among("due", "seen"), ")", ORDER, NUMBERS),
    joined(NUMBERS, ORDER, "DAYS(", DAY_TEXTS, ",", among("due", "seen"), ")"),
    joined(among("due", "seen"), "in period"),
    joined("YEAR(", among("due", "seen", "since"), ")", ANY_SIGN, among("2026", "2025", "2026.5", "0", "9999", "10000", "YEAR(TODAY())", "-1")),
    joined("LEN(", among("name", "city"), ")", ANY_SIGN, among("2", "0", "2.5", "-1", "1/0", "9" * 20)),
    joined("BETWEEN(", among("amount", "weight"), ",", NUMBERS, ",", NUMBERS, ")"),
    joined("REACHED(class,", among(*OPTIONS).map(quoted), ")"),
    joined(among("name", "amount", "class", "due", "seen", "vip", "owner"), among("is empty", "is not empty")),
    joined("class", among("in", "not in"), listed(among(*OPTIONS).map(quoted) | st.just("empty"))),
    joined(among("amount", "weight", "visits"), among("in", "not in"), listed(NUMBERS)),
    joined(among("due", "seen"), among("in", "not in"), listed(DAY_TEXTS)),
    joined("name", among("in", "not in"), listed(TEXTS.map(quoted))),
    joined(among("CONTAINS(", "STARTS("), among("name", "city"), ",", TEXTS.map(quoted), ")"),
    among("vip", "active", "true", "1 = 2", "TODAY() > DATE(2026, 3, 1)"),
)  # fmt: skip

CONDITIONS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        joined("(", inner, "and", inner, ")"),
        joined("(", inner, "or", inner, ")"),
        joined("not (", inner, ")"),
        joined("AND(", inner, ",", inner, ",", inner, ")"),
    ),
    max_leaves=6,
)

# Formulas of every kind, most of them right: for the promise that evaluation never raises.
_NUMERIC = st.recursive(
    among("amount", "weight", "visits", "discount", "limit", "SUM(orders.amount)", "COUNT(orders)", "0")
    | NUMBERS,
    lambda inner: st.one_of(
        joined("(", inner, among("+", "-", "*", "/"), inner, ")"),
        joined("ROUND(", inner, ",", inner, ")"),
        joined("IF(", TESTS, ",", inner, ",", inner, ")"),
        joined(among("MIN(", "MAX(", "SUM(", "AVERAGE("), inner, ",", inner, ")"),
        joined("DAYS(", DAY_TEXTS, ", due +", inner, "* 1 days )"),
        joined("YEAR( DATE(", inner, ",", inner, ",", inner, ") )"),
        joined("LEN( LEFT( name & ", inner, ",", inner, ") )"),
        joined("DAY( ADD_MONTHS( due,", inner, ") )"),
        joined("- ", inner),
    ),
    max_leaves=8,
)
ANYTHING = st.one_of(
    CONDITIONS,
    _NUMERIC,
    joined(_NUMERIC, ANY_SIGN, _NUMERIC),
    joined("due +", _NUMERIC, "* 1 weeks"),
    joined("NOW() -", _NUMERIC, "* 1 minutes"),
    joined("RIGHT( name & tags & due & seen & vip,", _NUMERIC, ")"),
    joined("LAST(activities.at, kind = ", among('"visit"', '"call"', "empty"), ", seen )"),
)
