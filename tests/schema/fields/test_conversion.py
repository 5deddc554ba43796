"""From every type to every type: told beforehand, and true of the values."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kehu.core.problems import phrases
from kehu.core.schema.fields.conversion import About, Conversion, conversion
from kehu.core.schema.fields.field import Field, ValueProblem
from kehu.core.schema.registry import FieldTypes

TYPES = FieldTypes.bundled()
OPTIONS = {"high": {"label": {"zh": "高", "en": "High"}}, "low": {"label": {"zh": "低", "en": "Low"}}}
KEYS: dict[str, dict[str, Any]] = {
    "choice": {"options": OPTIONS},
    "choices": {"options": OPTIONS},
    "stage": {"flow": "sales", "options": OPTIONS},
    "link": {"to": "customer"},
    "links": {"to": "customer"},
    "children": {"of": "contact.customer"},
    "rollup": {"sum": "order.amount", "result": "number"},
    "formula": {"formula": "1 + 1", "result": "number"},
    "number_series": {"format": "SO-{0000}"},
    "table": {
        "fields": {"item": {"type": "text", "label": "item"}, "count": {"type": "integer", "label": "count"}}
    },
    "money": {"currency": "CNY"},
}
FIELDS: dict[str, Field] = {
    kind: TYPES[kind].model_validate({"type": kind, "label": "x", **KEYS.get(kind, {})}) for kind in TYPES
}
CONTRACT = {"id": "01a201d8-7b78-720b-b12f-000d7cbbb9db", "name": "合同, 一.pdf", "size": 14, "type": "pdf"}
PHOTO = {"id": "01a201d8-7b78-720b-b12f-000d7cbbb9dc", "name": "门头.png", "size": 70, "type": "png"}
VALUES: dict[str, list[Any]] = {
    "text": ["一行", "123", "high"],
    "long_text": ["一\n二", "12.5"],
    "rich_text": ["# 标题\n\n- **粗**"],
    "number": [Decimal("12.50"), Decimal("-3.00"), Decimal("0.00")],
    "integer": [12, 0, 1],
    "money": [Decimal("12.50"), Decimal("-1000.00")],
    "percent": [Decimal("0.1250"), Decimal("0.2000")],
    "yes_no": [True, False],
    "date": [date(2026, 3, 1)],
    "datetime": [datetime(2026, 3, 1, 6, 30, tzinfo=UTC)],
    "time": ["14:30", "00:00"],
    "duration": [Decimal(90), Decimal(0)],
    "choice": ["high"],
    "choices": [["high", "low"]],
    "tags": [["红", "a;b"]],
    "email": ["li@example.com"],
    "phone": ["021-5555 1234"],
    "url": ["https://example.com/a"],
    "address": ["上海市浦东新区\n张江路 88 号"],
    "region": ["310115", "440000"],
    "location": ["31.23,121.47"],
    "user": ["u1"],
    "users": [["u1", "u2"]],
    "team": ["t1"],
    "link": ["c1"],
    "links": [["c1", "c2"]],
    "table": [[{"item": "A", "count": 2}]],
    "rollup": [Decimal("5.00")],
    "formula": [Decimal("5.00")],
    "number_series": ["SO-0001"],
    "rating": [4],
    "score": [Decimal(85)],
    "colour": ["#ff8800"],
    "signature": ["李雷", "M1,2 3,4"],
    "json": [{"a": 1}],
    "file": [CONTRACT],
    "files": [[CONTRACT, PHOTO], [CONTRACT]],
    "image": [PHOTO],
    "secret": ["hunter2"],
    "stage": ["high"],
    "created_at": [datetime(2026, 3, 1, 6, 30, tzinfo=UTC)],
    "created_by": ["u1"],
    "changed_at": [datetime(2026, 3, 1, 6, 30, tzinfo=UTC)],
    "changed_by": ["u1"],
    "children": [["c1"]],
}
PAIRS = list(product(TYPES, TYPES))
ABOUT = About(timezone(timedelta(hours=8)), "zh", {"c1": "甲公司", "u1": "李雷"})


def test_every_type_has_values_to_try() -> None:
    assert set(VALUES) == set(TYPES)


@pytest.mark.parametrize(("source", "target"), PAIRS, ids=[f"{one} to {other}" for one, other in PAIRS])
def test_a_conversion_does_what_it_says(source: str, target: str) -> None:
    found = conversion(source, target)
    old, new = FIELDS[source], FIELDS[target]
    assert (found.kind == "exact") == (found.loses is None)
    assert found.loses is None or found.loses in phrases()
    for value in VALUES[source]:
        try:
            kept = found.convert(value, old, new, ABOUT)
        except ValueProblem as problem:
            refused = problem.code
            assert (found.kind, refused in phrases()) in [("lossy", True), ("impossible", True)]
            continue
        assert found.kind != "impossible"
        if new.masked or new.computed:
            continue
        assert new.coerce(kept, ABOUT.zone) == kept
        if found.kind == "exact":
            assert conversion(target, source).convert(kept, new, old, ABOUT) == value
    assert found.convert(None, old, new, ABOUT) is None if found.kind != "impossible" else True


@pytest.mark.parametrize(
    "kind", [kind for kind, field in FIELDS.items() if not field.computed and not field.masked]
)
def test_kept_values_meet_the_json_schema_of_their_field(kind: str) -> None:
    schema = FIELDS[kind].json_schema()
    Draft202012Validator.check_schema(schema)
    for value in VALUES[kind]:
        Draft202012Validator(schema).validate(FIELDS[kind].to_json(value))


@pytest.mark.parametrize(
    ("source", "target", "value", "kept"),
    [
        ("text", "integer", "1,200", 1200),
        ("text", "date", "2026年3月1日", date(2026, 3, 1)),
        ("text", "choice", "高", "high"),
        ("text", "tags", "红, 绿", ["红", "绿"]),
        ("number", "integer", Decimal("2.50"), 3),
        ("percent", "number", Decimal("0.1250"), Decimal("0.13")),
        ("percent", "text", Decimal("0.1250"), "12.5%"),
        ("yes_no", "text", True, "是"),
        ("datetime", "date", datetime(2026, 2, 28, 20, tzinfo=UTC), date(2026, 3, 1)),
        ("datetime", "time", datetime(2026, 2, 28, 20, tzinfo=UTC), "04:00"),
        ("date", "datetime", date(2026, 3, 1), datetime(2026, 2, 28, 16, tzinfo=UTC)),
        ("choice", "text", "high", "高"),
        ("choices", "choice", ["low", "high"], "low"),
        ("choices", "tags", ["low", "high"], ["低", "高"]),
        ("link", "text", "c1", "甲公司"),
        ("links", "link", ["c2", "c1"], "c2"),
        ("user", "users", "u1", ["u1"]),
        ("address", "region", "上海市浦东新区张江路 88 号", "310115"),
        ("region", "text", "310115", "上海市浦东新区"),
        ("rich_text", "long_text", "# 标题\n- **粗**", "标题\n粗"),
        ("duration", "text", Decimal(90), "90"),
        ("table", "json", [{"item": "A"}], [{"item": "A"}]),
        ("formula", "text", Decimal("5.00"), "5"),
        ("created_at", "date", datetime(2026, 2, 28, 20, tzinfo=UTC), date(2026, 3, 1)),
    ],
)
def test_values_come_along_as_people_expect(source: str, target: str, value: Any, kept: Any) -> None:
    assert conversion(source, target).convert(value, FIELDS[source], FIELDS[target], ABOUT) == kept


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("text", "long_text", ("exact", None)),
        ("long_text", "text", ("lossy", "convert_lines")),
        ("text", "number", ("lossy", "convert_unreadable")),
        ("money", "number", ("lossy", "convert_currency")),
        ("datetime", "date", ("lossy", "convert_time")),
        ("links", "link", ("lossy", "convert_others")),
        ("formula", "number", ("lossy", "convert_live")),
        ("number", "formula", ("impossible", "convert_computed")),
        ("secret", "text", ("impossible", "convert_secret")),
        ("text", "secret", ("lossy", "convert_sight")),
        ("text", "signature", ("impossible", "convert_unsigned")),
        ("colour", "date", ("impossible", "convert_no_sense")),
        ("children", "text", ("impossible", "convert_nothing_kept")),
    ],
)
def test_what_is_lost_is_told_beforehand(source: str, target: str, told: tuple[str, str | None]) -> None:
    found = conversion(source, target)
    assert found == Conversion(source, target, *told)  # type: ignore[arg-type]
