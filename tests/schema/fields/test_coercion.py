"""Whatever comes, a field answers with a value or a ValueProblem; and what it answered, it takes again unchanged."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kehu.core.problems import Problem, advice, message, phrases
from kehu.core.schema.fields.field import Field, ValueProblem
from kehu.core.schema.registry import FieldTypes

TYPES = FieldTypes.bundled()
KEYS: dict[str, dict[str, Any]] = {
    "choice": {
        "options": {"high": {"label": {"zh": "高价值客户", "en": "High value"}, "also": ["A类"]}, "low": None}
    },
    "choices": {"options": ["red", "green", "blue"]},
    "stage": {"flow": "sales", "options": ["open", "won"]},
    "link": {"to": "customer"},
    "links": {"to": "customer"},
    "table": {
        "fields": {
            "item": {"type": "text", "label": {"zh": "品名", "en": "Item"}, "required": True},
            "count": {"type": "integer", "label": {"zh": "数量", "en": "Count"}, "default": 1},
            "price": {"type": "money", "label": {"zh": "单价", "en": "Price"}},
            "due": {"type": "date"},
            "sum": {"type": "formula", "formula": "count * price", "result": "money"},
        },
        "totals": {"count": "sum", "sum": "sum"},
    },
    "children": {"of": "contact.customer"},
    "rollup": {"sum": "order.amount", "result": "money"},
    "formula": {"formula": "1 + 1", "result": "number"},
    "number_series": {"format": "SO-{yyyy}{mm}-{0000}"},
}


def field(kind: str, **keys: Any) -> Any:
    return TYPES[kind].model_validate({"type": kind, "label": "x", **KEYS.get(kind, {}), **keys})


FIELDS = {kind: field(kind) for kind in TYPES}
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-11, minutes=-30))])
TYPED = st.sampled_from([
    "", " ", "　", "1,234.5", "12.5%", "¥1,234.50", "1万", "1.5亿", "１２３", "-", "+", "-¥5", "1e99", "1e-99",
    "NaN", "Infinity",
    "2026/3/1", "2026-03-01T14:00:00+08:00", "0001-01-01", "9999-12-31 23:59", "2026年3月1日", "20260301", "2026-W01-1",
    "是", "否", "yes", "on", "高价值客户", "HIGH", "a类", "red,blue", "red、red", "a@b.co", "１３８００１３８０００",
    "021-5555 1234", "+44 123456789", "example.com", "javascript:alert(1)", "http://[", "https://a.b:99999",
    "\x00", "\ud800", "a\nb", "#", "１", "14:30", "2pm", "下午2点半", "25:00", "1h30", "半小时", "PT1H", "p", "★★☆", "3/5",
    "85/100", "#f80", "红色", "rgb(1,2,3)", "31.2,121.4", "121.4,31.2", "N31 E121", "上海市浦东新区", "朝阳区", "310115",
    "999999", "上海市浦东新区张江路88号", "{}", '{"a": [1]}', "[1, 2]", "[", "# 标题\n- **a**", "M1,2 3,4", "••••••", "三月一日",
    "二〇二六年三月一日", "1;2", '[{"a": 1}]',
])  # fmt: skip
NUMBERS = st.integers() | st.floats() | st.decimals() | st.integers(-(10**20), 10**20)
SCALARS = (
    st.none()
    | st.booleans()
    | NUMBERS
    | st.text(max_size=30)
    | TYPED
    | st.dates()
    | st.datetimes(timezones=ZONES)
)
VALUES = SCALARS | st.lists(SCALARS, max_size=4) | st.dictionaries(st.text(max_size=3), SCALARS, max_size=2)


@pytest.mark.parametrize("kind", FIELDS)
@settings(deadline=None)  # the divisions of China are read at the first question about a region
@given(value=VALUES, zone=ZONES)
@example(value=10**5000, zone=UTC)
@example(value=["x" * 100_000], zone=UTC)
@example(value="9" * 100_000, zone=UTC)
@example(value=Decimal("sNaN"), zone=UTC)
@example(value=-0.0, zone=UTC)
@example(value=datetime.max.replace(tzinfo=UTC), zone=timezone(timedelta(hours=-8)))
@example(value=datetime.max, zone=timezone(timedelta(hours=-8)))  # noqa: DTZ901
def test_any_value_is_taken_or_refused_in_words(kind: str, value: Any, zone: Any) -> None:
    one: Field = FIELDS[kind]
    try:
        kept = one.coerce(value, zone)
    except ValueProblem as problem:
        has_words(problem)
        return
    again = one.coerce(kept, zone)
    assert again == kept
    assert type(again) is type(kept)
    if not one.masked:
        assert one.coerce(one.to_json(kept), zone) == kept
        assert one.coerce(one.to_cell(kept), zone) == kept
    for language in ("zh", "en"):
        assert isinstance(one.display(kept, language), str)


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", datetime.max.replace(tzinfo=UTC)]
)
def test_a_moment_that_a_clock_elsewhere_could_not_show_is_refused(moment: Any) -> None:
    with pytest.raises(ValueProblem) as refusal:
        FIELDS["datetime"].coerce(moment)
    assert refusal.value.code == "no_such_day"


def has_words(problem: ValueProblem) -> None:
    assert problem.code in phrases()
    found = Problem(problem.code, problem.values, instead=problem.instead)
    for language in ("zh", "en"):
        assert message(found, language)
        assert advice(found, language)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", "  甲公司  ", "甲公司"),
        ("text", "a\r\n b", "a b"),
        ("text", 13800138000.0, "13800138000"),
        ("text", "   ", None),
        ("long_text", "a\r\nb", "a\nb"),
        ("number", "1,234.5", Decimal("1234.50")),
        ("number", "１２３", Decimal(123)),
        ("number", "1.2000", Decimal("1.20")),
        ("number", 0.1 + 0.2, Decimal("0.30")),
        ("number", "-1.5", Decimal("-1.50")),
        ("number", "1.5E+05", Decimal(150000)),
        ("integer", "1,000", 1000),
        ("integer", 5.0, 5),
        ("money", "¥1,234.50", Decimal("1234.50")),
        ("money", "￥1,234.50", Decimal("1234.50")),
        ("money", "1万", Decimal(10000)),
        ("money", "1.5亿", Decimal(150000000)),
        ("money", "130 万元", Decimal(1300000)),
        ("money", "-¥5", Decimal(-5)),
        ("money", "CNY 12", Decimal(12)),
        ("percent", "12.5%", Decimal("0.125")),
        ("percent", "20", Decimal("0.2")),
        ("percent", "２０％", Decimal("0.2")),
        ("percent", 0.2, Decimal("0.2")),
        ("yes_no", "是", True),
        ("yes_no", "No", False),
        ("yes_no", "on", True),
        ("yes_no", 0, False),
        ("yes_no", "", None),
        ("date", "2026/3/1", date(2026, 3, 1)),
        ("date", "2026年3月1日", date(2026, 3, 1)),
        ("date", "2026.03.01", date(2026, 3, 1)),
        ("date", "20260301", date(2026, 3, 1)),
        ("date", "2026-03-01T00:00:00", date(2026, 3, 1)),
        ("date", "２０２６-３-１", date(2026, 3, 1)),
        ("choice", "high", "high"),
        ("choice", "高价值客户", "high"),
        ("choice", "HIGH VALUE", "high"),
        ("choice", "a类", "high"),
        ("choices", "red、Blue", ["red", "blue"]),
        ("choices", ["red", "red"], ["red"]),
        ("choices", [], None),
        ("tags", "VIP，老客户, vip", ["VIP", "老客户"]),
        ("tags", ["a;b", "c,d"], ["a;b", "c,d"]),
        ("tags", '"a;b"; c,"say ""hi"""', ["a;b", "c", 'say "hi"']),
        ("email", " Li@Example.COM ", "Li@example.com"),
        ("phone", "13800138000", "13800138000"),
        ("phone", 13800138000, "13800138000"),
        ("phone", "１３８００１３８０００", "13800138000"),
        ("phone", "021-5555 1234", "021-5555 1234"),
        ("phone", "+44 123456789", "+44 123456789"),
        ("phone", "（010）8888-6666转8001", "(010)8888-6666转8001"),
        ("url", "example.com/a", "https://example.com/a"),
        ("url", "例子.中国", "https://例子.中国"),
        ("number", "-1,234,567.89", Decimal("-1234567.89")),
        ("number", "1.5亿", Decimal(150000000)),
        ("integer", "3千", 3000),
        ("date", "二〇二六年三月一日", date(2026, 3, 1)),
        ("date", "二〇二六年十二月三十一日", date(2026, 12, 31)),
        ("date", "2026年3月1号", date(2026, 3, 1)),
        ("phone", "+86 138 0013 8000", "+86 138 0013 8000"),
        ("phone", "0086-21-55551234", "0086-21-55551234"),
        ("phone", "+1 (415) 555-0132", "+1 (415) 555-0132"),
        ("phone", "400-820-8820", "400-820-8820"),
        ("time", "14:30", "14:30"),
        ("time", "9:05", "09:05"),
        ("time", "14:30:15", "14:30:15"),
        ("time", "2:30 PM", "14:30"),
        ("time", "12am", "00:00"),
        ("time", "下午2点半", "14:30"),
        ("time", "下午两点", "14:00"),
        ("time", "上午十点一刻", "10:15"),
        ("time", "１４：３０", "14:30"),
        ("time", "1430", "14:30"),
        ("time", datetime(2026, 3, 1, 6, 30, tzinfo=UTC), "06:30"),
        ("duration", "90", Decimal(90)),
        ("duration", 90, Decimal(90)),
        ("duration", "1:30", Decimal(90)),
        ("duration", "1h30", Decimal(90)),
        ("duration", "1h 30m", Decimal(90)),
        ("duration", "2 小时 15 分", Decimal(135)),
        ("duration", "半小时", Decimal(30)),
        ("duration", "1个半小时", Decimal(90)),
        ("duration", "1小时半", Decimal(90)),
        ("duration", "1.5 hours", Decimal(90)),
        ("duration", "2 days", Decimal(2880)),
        ("duration", "PT1H30M", Decimal(90)),
        ("duration", timedelta(hours=2), Decimal(120)),
        ("rating", "★★★", 3),
        ("rating", "⭐⭐⭐⭐", 4),
        ("rating", "★★★☆☆", 3),
        ("rating", "4/5", 4),
        ("rating", "4 星", 4),
        ("score", "85 分", Decimal(85)),
        ("score", "85/100", Decimal(85)),
        ("colour", "#F80", "#ff8800"),
        ("colour", "ff8800", "#ff8800"),
        ("colour", "rgb(255, 136, 0)", "#ff8800"),
        ("colour", "红色", "#ff0000"),
        ("colour", "Red", "#ff0000"),
        ("region", "310115", "310115"),
        ("region", 310115, "310115"),
        ("region", "上海市浦东新区", "310115"),
        ("region", "上海 浦东新区", "310115"),
        ("region", "上海市/市辖区/浦东新区", "310115"),
        ("region", "广东省深圳市南山区", "440305"),
        ("region", "深圳", "440300"),
        ("region", "广西", "450000"),
        ("region", "吉林市", "220200"),
        ("region", "新疆 喀什", "653100"),
        ("region", "中国香港", "810000"),
        ("location", "31.230416, 121.473701", "31.230416,121.473701"),
        ("location", "31.23N 121.47E", "31.23,121.47"),
        ("location", "33.9S, 151.2E", "-33.9,151.2"),
        ("location", "北纬31.23，东经121.47", "31.23,121.47"),
        ("location", "geo:31.23,121.47", "31.23,121.47"),
        ("location", {"latitude": 31.23, "longitude": 121.47}, "31.23,121.47"),
        ("address", "上海市浦东新区\r\n张江路 88 号", "上海市浦东新区\n张江路 88 号"),
        ("rich_text", "# 标题\r\n- 一", "# 标题\n- 一"),
        ("signature", "李雷", "李雷"),
        ("signature", "M10,20 30,40", "M10,20 30,40"),
        ("signature", "M10,20 30,40 M50,60 70,80", "M10,20 30,40 M50,60 70,80"),
        ("json", '{"a": [1, 2.5, "三"]}', {"a": [1, 2.5, "三"]}),
        ("json", {"a": Decimal("1.5")}, {"a": 1.5}),
        ("json", "  ", None),
        ("secret", " abc ", "abc"),
        ("links", "一;二、一", ["一", "二"]),
        ("links", '"甲, 乙";丙', ["甲, 乙", "丙"]),
        ("users", ["a", "", "b"], ["a", "b"]),
        ("team", "t1", "t1"),
        ("table", '[{"item": "A"}]', [{"item": "A", "count": 1}]),
        (
            "table",
            [["A", "2", "1,234.5", "2026/3/1"]],
            [{"item": "A", "count": 2, "price": 1234.5, "due": "2026-03-01"}],
        ),
        (
            "table",
            "品名\t单价\t数量\nA\t1.5\t2\n\nB\t3\t1",
            [
                {"item": "A", "count": 2, "price": 1.5},
                {"item": "B", "count": 1, "price": 3},
            ],
        ),
        ("table", "A\t2\nB\t3", [{"item": "A", "count": 2}, {"item": "B", "count": 3}]),
        ("table", [{"item": "", "count": None}], None),
        ("table", [{"item": "A", "sum": 99}], [{"item": "A", "count": 1}]),
    ],
)
def test_what_people_type_is_understood(kind: str, given: Any, kept: Any) -> None:
    found = FIELDS[kind].coerce(given)
    assert found == kept
    assert type(found) is type(kept)


@pytest.mark.parametrize(
    ("kind", "keys", "given", "code"),
    [
        ("text", {"max": 3}, "甲乙丙丁", "too_long"),
        ("text", {"min": 3}, "甲", "too_short"),
        ("text", {"pattern": "[A-Z]{3}"}, "abc", "wrong_pattern"),
        ("text", {}, "a\x00b", "unprintable"),
        ("text", {}, {"a": 1}, "not_a_text"),
        ("number", {}, "twelve", "not_a_number"),
        ("number", {}, True, "not_a_number"),
        ("number", {}, float("nan"), "not_a_number"),
        ("number", {}, "1.234", "too_many_decimals"),
        ("number", {}, "12345678901234.5", "too_many_digits"),
        ("number", {"min": 0}, "-1", "too_small"),
        ("number", {"max": 10}, 11, "too_big"),
        ("integer", {}, 1.5, "too_many_decimals"),
        ("money", {"currency": "CNY"}, "$100", "other_currency"),
        ("money", {"currency": "CNY"}, "5 美元", "other_currency"),
        ("money", {"currency": "EUR"}, "¥5", "other_currency"),
        ("time", {}, "25:00", "not_a_time"),
        ("time", {}, "9", "not_a_time"),
        ("time", {"min": "09:00"}, "8:30", "too_early"),
        ("time", {"max": "18:00"}, "18:01", "too_late"),
        ("duration", {}, "soon", "not_a_duration"),
        ("duration", {}, "-5", "too_small"),
        ("duration", {"max": 60}, "2h", "too_big"),
        ("rating", {}, "6", "too_big"),
        ("rating", {}, "☆☆", "too_small"),
        ("score", {}, 101, "too_big"),
        ("score", {}, "85.5", "too_many_decimals"),
        ("colour", {}, "very red", "not_a_colour"),
        ("colour", {}, "rgb(256,0,0)", "not_a_colour"),
        ("region", {}, "亚特兰蒂斯", "not_a_region"),
        ("region", {}, "999999", "not_a_region"),
        ("region", {}, "朝阳区", "region_ambiguous"),
        ("region", {}, "上海市浦东新区张江路88号", "not_a_region"),
        ("region", {"depth": "district"}, "深圳", "region_not_deep"),
        ("region", {"depth": "city"}, "上海市浦东新区", "region_too_deep"),
        ("location", {}, "somewhere", "not_a_location"),
        ("location", {}, "121.47,31.23", "location_beyond"),
        ("location", {}, "200,200", "location_beyond"),
        ("json", {}, "{", "not_json"),
        ("json", {}, "12", "not_json"),
        ("json", {}, {"a": float("nan")}, "not_a_number"),
        ("json", {"schema": {"required": ["a"]}}, "{}", "json_required"),
        ("json", {"schema": {"properties": {"a": {"type": "integer"}}}}, {"a": "x"}, "json_type"),
        ("json", {"schema": {"properties": {"a": {"enum": [1, 2]}}}}, {"a": 3}, "json_enum"),
        ("json", {"schema": {"not": {}}}, {"a": 3}, "json_other"),
        ("json", {"schema": {"$ref": "https://example.com/a"}}, {"a": 3}, "json_schema_broken"),
        ("secret", {}, "••••••", "secret_masked"),
        ("signature", {}, "x" * 101, "too_long"),
        ("links", {"max": 1}, "a,b", "too_many"),
        ("links", {}, [{}], "not_a_record"),
        ("table", {}, "A", "not_rows"),
        ("table", {}, [1], "not_rows"),
        ("table", {}, {"item": "A"}, "not_rows"),
        ("table", {}, [{"品名": "A", "颜色": "red"}], "row_unknown_column"),
        ("table", {}, [["A", 1, 2, "", 5]], "row_too_wide"),
        ("table", {}, [{"count": 2}], "row_required"),
        ("table", {}, [{"item": "A"}, {"item": "B", "price": "dear"}], "row_value"),
        ("table", {"max": 1}, [{"item": "A"}, {"item": "B"}], "too_many_rows"),
        ("table", {"min": 2}, [{"item": "A"}], "too_few_rows"),
        ("money", {}, "¥", "not_a_number"),
        ("percent", {"max": "100%"}, "120%", "too_big"),
        ("percent", {}, "12.345%", "too_many_decimals"),
        ("date", {}, "3/1/2026", "not_a_date"),
        ("date", {}, "2026-02-30", "no_such_day"),
        ("date", {}, 45000, "not_a_date"),
        ("date", {"min": "2026-01-01"}, "2025-12-31", "too_early"),
        ("date", {"max": "2026-01-01"}, "2026-01-02", "too_late"),
        ("datetime", {}, "2026-03-01 25:00", "not_a_datetime"),
        ("yes_no", {}, "maybe", "not_yes_or_no"),
        ("choice", {}, "hihg", "not_an_option"),
        ("choices", {}, ["pink"], "not_an_option"),
        ("tags", {"max": 1}, "a,b", "too_many"),
        ("email", {}, "li@", "not_an_email"),
        ("phone", {}, "1234", "not_a_phone"),
        ("phone", {}, "call me 12345", "not_a_phone"),
        ("url", {}, "javascript:alert(1)", "not_a_url"),
        ("link", {}, 7, "not_a_record"),
        ("formula", {}, 3, "is_computed"),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, keys: dict[str, Any], given: Any, code: str) -> None:
    with pytest.raises(ValueProblem) as refused:
        field(kind, **keys).coerce(given)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("identity", "typed", "kept"),
    [
        ("cn_resident", "11010519491231002x", "11010519491231002X"),
        ("cn_resident", "１１０１０５ 19491231 0021", None),
        ("cn_resident", "11010519491331002X", None),
        ("cn_company", "91350100M000100Y43", "91350100M000100Y43"),
        ("cn_company", "91350100M000100Y44", None),
        ("cn_company", "9135-0100-M000-100Y-43", "91350100M000100Y43"),
        ("bank_card", "4111-1111-1111-1112", None),
        ("bank_card", "4111-1111-1111-1111", "4111111111111111"),
        ("iban", "de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("iban", "DE89370400440532013001", None),
    ],
)
def test_a_slip_in_a_number_with_a_check_digit_is_found(identity: str, typed: str, kept: str | None) -> None:
    one = field("text", identity=identity)
    if kept is None:
        with pytest.raises(ValueProblem) as refused:
            one.coerce(typed)
        assert refused.value.code == f"not_a_{identity}"
        has_words(refused.value)
    else:
        assert one.coerce(typed) == one.coerce(kept) == kept


def test_a_time_without_a_zone_is_meant_in_the_workspace_zone() -> None:
    shanghai = timezone(timedelta(hours=8))
    moment = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
    for typed in (
        "2026/3/1 14:00",
        "2026-03-01T14:00:00",
        "2026-03-01 06:00Z",
        "2026-03-01T14:00+08:00",
        "2026年3月1日 14时00分",
    ):
        assert FIELDS["datetime"].coerce(typed, shanghai) == moment
    assert FIELDS["datetime"].to_json(moment) == "2026-03-01T06:00:00Z"
    assert FIELDS["datetime"].display(moment, "zh", shanghai) == "2026-03-01 14:00"


def test_the_day_of_a_moment_is_the_day_in_the_workspace_zone() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert FIELDS["date"].coerce("2026-02-28T20:00:00Z", shanghai) == date(2026, 3, 1)


def test_a_misspelt_option_comes_with_the_nearest_one() -> None:
    with pytest.raises(ValueProblem) as refused:
        FIELDS["choice"].coerce("高价值客")
    assert refused.value.instead == "高价值客户"


@pytest.mark.parametrize(
    ("kind", "keys", "kept", "zh", "en"),
    [
        ("number", {}, Decimal("1234.5"), "1,234.50", "1,234.50"),
        ("money", {"currency": "CNY"}, Decimal("-1234.5"), "-¥1,234.50", "-¥1,234.50"),
        ("money", {"currency": "CHF"}, Decimal(5), "CHF 5.00", "CHF 5.00"),
        ("percent", {}, Decimal("0.125"), "12.5%", "12.5%"),
        ("percent", {}, Decimal("0.2"), "20%", "20%"),
        ("yes_no", {}, True, "是", "Yes"),
        ("choice", {}, "high", "高价值客户", "High value"),
        ("choice", {}, "gone", "gone", "gone"),
        ("choices", {}, ["red", "blue"], "Red、Blue", "Red, Blue"),
        ("date", {}, date(2026, 3, 1), "2026-03-01", "2026-03-01"),
        ("integer", {}, 1234, "1,234", "1,234"),
        ("rollup", {"currency": "CNY"}, Decimal("0.5"), "¥0.50", "¥0.50"),
        ("duration", {}, Decimal(90), "1 小时 30 分", "1 h 30 min"),
        ("duration", {"unit": "hours", "decimals": 1}, Decimal("1.5"), "1 小时 30 分", "1 h 30 min"),
        ("duration", {"unit": "days"}, Decimal(3), "3 天", "3 d"),
        ("duration", {}, Decimal(0), "0 分", "0 min"),
        ("rating", {}, 3, "★★★☆☆", "★★★☆☆"),
        ("score", {}, Decimal(85), "85 / 100", "85 / 100"),
        ("region", {}, "440305", "广东省深圳市南山区", "广东省深圳市南山区"),
        ("rich_text", {}, "# 标题\n- **粗** [网](https://a.b)", "标题\n粗 网", "标题\n粗 网"),
        ("signature", {}, "M1,2 3,4 M5,6 7,8", "已签名", "Signed"),
        ("signature", {}, "李雷", "李雷", "李雷"),
        ("secret", {}, "hunter2", "••••••", "••••••"),
        ("json", {}, {"名": 1}, '{"名": 1}', '{"名": 1}'),
        ("text", {}, None, "", ""),
    ],
)
def test_values_are_shown_as_people_read_them(kind: str, keys: Any, kept: Any, zh: str, en: str) -> None:
    one = field(kind, **keys)
    assert (one.display(kept, "zh"), one.display(kept, "en")) == (zh, en)


def test_a_copy_forgets_what_was_worked_out_for_the_old_keys() -> None:
    stage = field("stage", options={})
    with pytest.raises(ValueProblem):
        stage.coerce("新")
    choice = field("choice", options=["neu"])
    filled = stage.model_copy(update={"options": choice.options})
    assert filled.coerce("NEU") == "neu"


def test_a_computed_value_is_rounded_to_what_its_column_keeps() -> None:
    one = field("formula", result="number", decimals=2)
    assert one.fit(Decimal(1) / Decimal(3)) == Decimal("0.33")
    assert one.fit(Decimal("0.125")) == Decimal("0.13")
    assert one.fit(Decimal("1e30")) is None
    assert one.fit(None) is None
    assert (one.column, one.scale) == ("decimal", 2)
    assert field("formula", result="percent", decimals=1).scale == 3


def test_percent_keeps_two_more_digits_than_it_shows() -> None:
    assert field("percent").scale == 4
    assert field("percent", decimals=0).scale == 2
