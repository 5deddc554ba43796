"""The three stores against each other: whatever is done, they answer the same."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_world import created, customer, unsealed, where  # type: ignore[import-not-found]

from kehu.core.problems import Refused
from kehu.core.store.protocol import Store
from kehu.core.store.query import Bucket, Group, Query, Row, Sort, Totals

NAMES = st.sampled_from(
    ["华为", "北京华为", "Acme", "ACME 7", "acme  7", "ß", "SS", "", "王", None, "13800138000", "😀a"]
)
VALUES = {
    "name": NAMES,
    "class": st.sampled_from(["high", "low", "", None]),
    "phone": st.sampled_from([None, "138-0013-8000", "+86 13800138000", "x"]),
    "amount": st.one_of(st.none(), st.decimals("-1000", "1000", places=3)),
    "score": st.one_of(st.none(), st.integers(-5, 5)),
    "vip": st.sampled_from([None, True, False]),
    "since": st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 3, 1))),
    "tags": st.sampled_from([None, [], ["b"], ["a", "b"]]),
    "owner": st.sampled_from(["u1", "u2", None]),
    "external_id": st.sampled_from([None, None, "X", "x"]),
}
CONDITIONS = [
    None, 'class = "high"', 'class <> "high"', "amount > 0", 'class = "low" and amount <= 10', "vip", "not vip",
    "name is empty", 'owner in ("u1", "u2")', "since >= DATE(2026, 2, 1)", "amount * 2 > 10", "score = 3 or vip",
    "amount >= 2.5 and amount < 100.005", 'CONTAINS(name, "ac")', '"a" in tags', "score is not empty and score < 2",
]  # fmt: skip
FORMULAS = [None if text is None else where(text) for text in CONDITIONS]
SORTS: Sequence[tuple[Sort, ...]] = [
    (), *((Sort(name, down),) for name in (*VALUES, "created_at", "id") for down in (False, True)),
    (Sort("class"), Sort("amount", True)), (Sort("vip", True), Sort("score")), (Sort("owner", True), Sort("since", True)),
]  # fmt: skip
TAKE = (
    ("count", "id"),
    ("count", "amount"),
    ("sum", "amount"),
    ("sum", "score"),
    ("min", "since"),
    ("max", "name"),
)
GROUPS: Sequence[tuple[str | Bucket, ...]] = [
    (), ("class",), ("vip", "owner"), (Bucket("since", (date(2026, 1, 10), date(2026, 2, 1), date(2026, 2, 20))),),
]  # fmt: skip

changes = st.fixed_dictionaries({}, optional=VALUES)
queries = st.builds(
    Query, st.just("customer"), st.sampled_from(FORMULAS), st.sampled_from(["", "", "华为", "华", "ac", "acme 7", "8000", "王"]),
    st.sampled_from(SORTS), limit=st.integers(1, 6),
)  # fmt: skip
asked = st.builds(
    Totals, st.just("customer"), st.just(TAKE), st.sampled_from(FORMULAS), st.sampled_from(GROUPS)
)
step = st.one_of(
    st.tuples(st.just("insert"), changes), st.tuples(st.just("insert"), changes),
    st.tuples(st.just("update"), st.integers(0, 99), changes), st.tuples(st.just("delete"), st.integers(0, 99)),
    st.tuples(st.just("find"), queries), st.tuples(st.just("totals"), asked), st.tuples(st.just("number")),
)  # fmt: skip
transaction = st.tuples(
    st.sampled_from(["commit", "commit", "fail"]),
    st.lists(
        st.tuples(st.sampled_from(["plain", "plain", "savepoint", "undone"]), step), min_size=1, max_size=10
    ),
)


class _Undone(Exception):  # noqa: N818
    pass


def play(store: Store, rows: list[Row], doings: list[Any]) -> list[Any]:
    """Do it all; what was answered on the way."""
    said: list[Any] = []
    for end, steps in doings:
        with suppress(_Undone), store.transaction() as work:
            for way, what in steps:
                with suppress(_Undone):
                    if way == "plain":
                        said.append(_do(work, rows, what))
                    else:
                        with work.savepoint():
                            said.append(_do(work, rows, what))
                            if way == "undone":
                                raise _Undone
            if end == "fail":
                raise _Undone
    return said


def _do(work: Any, rows: list[Row], what: Any) -> Any:
    try:
        match what:
            case ("insert", row):
                work.insert("customer", row)
                work.log(created(row, id="e" + row["id"]))
            case ("update", number, changed):
                work.update("customer", rows[number % len(rows)]["id"], changed)
            case ("delete", number):
                work.delete("customer", rows[number % len(rows)]["id"])
            case ("find", query):
                return work.find(query)
            case ("totals", totals):
                return work.totals(totals)
            case _:
                return work.next_number("SO")
    except Refused as refused:
        return [(problem.code, problem.values) for problem in refused.problems]
    return None


def everything(store: Store, wanted: list[Query], sums: list[Totals]) -> list[Any]:
    """All that can be asked, page by page."""
    said: list[Any] = [list(store.rows("customer")), unsealed(store.all_events())]
    for query in wanted:
        pages, after = [], None
        for _ in range(30):
            page = store.find(Query(query.table, query.where, query.search, query.sort, after, query.limit))
            if not page:
                break
            pages.append([row["id"] for row in page])
            keys = [key.column for key in query.sort]
            after = [page[-1][name] for name in (keys if keys[-1:] == ["id"] else [*keys, "id"])]
        said.append((pages, store.count(query), store.count(query, at_most=1)))
    said += [store.totals(totals) for totals in sums]
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, (list, tuple)):
        return [list(map(_plain, value)) if isinstance(value, Group) else _plain(each) for each in value]
    return value


def compared(three: list[Store], doings: list[Any], wanted: list[Query], sums: list[Totals]) -> None:
    rows = [customer(None)]
    ready = []
    for end, steps in doings:
        made = []
        for way, what in steps:
            if what[0] == "insert":
                rows.append({**customer(None), **what[1]})
                made.append((way, ("insert", rows[-1])))
            else:
                made.append((way, what))
        ready.append((end, made))
    answers = []
    for store in three:
        with store.transaction() as work:
            for row in list(store.rows("customer")):
                work.delete("customer", row["id"])
        log = len(store.all_events(limit=10**6))
        said = [play(store, rows, ready), everything(store, wanted, sums)]
        said[1][1] = unsealed(store.all_events(limit=10**6)[log:])
        answers.append([*_plain(said[0]), _plain(said[1])])
    numbers = [
        index
        for index in range(len(answers[0]))
        if not answers[0][index] == answers[1][index] == answers[2][index]
    ]
    assert not numbers, [[answer[index] for answer in answers] for index in numbers[:1]]


_SETTINGS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=40, deadline=None, suppress_health_check=_SETTINGS)
@given(
    st.lists(transaction, min_size=1, max_size=5), st.lists(queries, max_size=4), st.lists(asked, max_size=2)
)
def test_all_stores_answer_alike(
    three: list[Store], doings: list[Any], wanted: list[Query], sums: list[Totals]
) -> None:
    compared(three, doings, wanted, sums)


@pytest.mark.long
@settings(max_examples=2000, deadline=None, suppress_health_check=_SETTINGS)
@given(
    st.lists(transaction, min_size=1, max_size=8), st.lists(queries, max_size=4), st.lists(asked, max_size=2)
)
def test_all_stores_answer_alike_for_long(
    three: list[Store], doings: list[Any], wanted: list[Query], sums: list[Totals]
) -> None:
    compared(three, doings, wanted, sums)
