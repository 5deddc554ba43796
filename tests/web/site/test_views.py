"""Views say in words what they show, are saved from the page as files, and lay records out by their days."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

TODAY = "2026-11-22"


@pytest.fixture
def write(me: Any) -> Any:
    def files(**texts: str) -> None:
        for name, text in texts.items():
            path = me.app.folder / f"{name.replace('__', '/')}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert me.app.reload().problems == ()

    return files


@pytest.fixture
def acme(me: Any) -> Any:
    return me.make("company", name="Acme", phone="0571-88886666")


def post(me: Any, url: str, **values: Any) -> Any:
    return me.client.post(url, data={"token": me.app.store.note("form_token"), **values})


def said(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text.split('<p class="said">')[1].split("</p>", maxsplit=1)[0]).strip()


# in words


@pytest.mark.parametrize(
    ("where", "en", "zh"),
    [
        (
            'amount >= 10000 and stage = "open"',
            "Amount ≥ 10,000 and Stage = Open",
            "金额 ≥ 10,000 且 阶段 = 进行",
        ),
        (
            "owner = CURRENT_USER() or due < TODAY()",
            "Owner = me or Due < today",
            "负责人 = 我 或 到期 < 今天",
        ),
        ("note is not empty", "Note is not empty", "备注 不为空"),
        ('stage in ("won", "lost")', "Stage is one of Won, Lost", "阶段 是 赢、输 之一"),
        ("discount > 20%", "Discount > 20%", "折扣 > 20%"),
        ('CONTAINS(company.name, "Ltd")', "Company › Name contains “Ltd”", "公司的名称 包含 “Ltd”"),
        ("not (active = true)", "not (Active = Yes)", "不是（有效 = 是）"),
        ("due >= DATE(2026, 3, 1)", "Due ≥ 2026-03-01", "到期 ≥ 2026-03-01"),
        ("LEN(title) > 3", "LEN(title) > 3", "LEN(title) > 3"),
    ],
)
def test_a_view_says_in_words_what_it_shows(me: Any, write: Any, where: str, en: str, zh: str) -> None:
    write(views__some=f"view: some\nentity: deal\nwhere: '{where}'\n")
    assert said(me.client.get("/deal?view=some").text) == en.replace("<", "&lt;").replace(">", "&gt;")
    me.client.cookies.set("kehu_language", "zh")
    assert said(me.client.get("/deal?view=some").text) == zh.replace("<", "&lt;").replace(">", "&gt;")


# saved from the page


def test_what_a_list_shows_is_saved_as_a_file_and_taken_up_at_once(me: Any, acme: Any) -> None:
    me.make("deal", title="Big", company=acme["id"], amount=20000)
    me.make("deal", title="Small", company=acme["id"], amount=5)
    shown = f"f.amount.gte=10000&f.company.is={acme['id']}&sort=-amount&show=title&show=amount"
    answer = post(me, f"/deal/views?{shown}", label='Big: "fish"', kind="list")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/deal?view=deal_big_fish"
    text = (me.app.folder / "views/deal_big_fish.yaml").read_text(encoding="utf-8")
    assert 'label: "Big: \\"fish\\""' in text
    assert 'sort: ["-amount"]' in text
    page = me.client.get(answer.headers["location"]).text
    assert said(page) == "Amount ≥ 10,000 and Company = Acme".replace(">", "&gt;")
    assert ">Big<" in page
    assert ">Small<" not in page
    assert me.app.now.catalog.views["deal_big_fish"].columns == ("title", "amount")


def test_my_records_are_those_of_whoever_looks(me: Any) -> None:
    post(me, "/deal/views?f.owner.is=me", label="Mine", kind="list")
    assert 'where: "owner = CURRENT_USER()"' in (me.app.folder / "views/deal_mine.yaml").read_text()
    assert said(me.client.get("/deal?view=deal_mine").text) == "Owner = me"


def test_who_filters_by_name_means_that_person_even_next_to_me(me: Any) -> None:
    one = me.app.owner
    post(me, f"/deal/views?f.owner.is=me&f.created_by.is={one}", label="Mixed", kind="list")
    where = me.app.now.catalog.views["deal_mixed"].where
    assert where == f'owner = CURRENT_USER() and created_by = "{one}"'
    other = me.make("user", name="Ada")["id"]
    post(me, "/deal/views?f.owner.in=me,Ada", label="Both", kind="list")
    where = me.app.now.catalog.views["deal_both"].where
    assert where is not None
    assert "CURRENT_USER()" in where
    assert one not in where
    assert other in where


def test_a_view_that_cannot_go_yet_is_not_said_to_be_gone(me: Any, write: Any) -> None:
    post(me, "/deal/views?f.amount.gte=1", label="Large", kind="list")
    broken = me.app.folder / "views/broken.yaml"
    broken.write_text("view: broken\nentity: nothing\n", encoding="utf-8")
    answer = post(me, "/deal/views/deal_large/remove")
    assert not (me.app.folder / "views/deal_large.yaml").exists()
    assert (
        "goes once the mistakes in the definitions are mended"
        in me.client.get(answer.headers["location"]).text
    )
    broken.unlink()
    assert "deal_large" not in me.app.reload().catalog.views


def test_boards_and_calendars_are_saved_as_such(me: Any, write: Any) -> None:
    write(views__due=CALENDAR)
    post(me, "/deal/views?f.amount.gte=5", label="Large", kind="board")
    assert me.app.now.catalog.views["deal_large"].kind == "board"
    answer = post(me, "/deal/views?view=due&f.amount.gte=5", label="Large days", kind="calendar")
    assert answer.headers["location"] == "/deal/calendar?view=deal_large_days"
    assert me.app.now.catalog.views["deal_large_days"].date == "due"
    assert me.client.get(answer.headers["location"]).status_code == 200
    assert me.client.get("/deal/board?view=deal_large").status_code == 200


def test_a_saved_view_is_undone_by_taking_its_file_away(me: Any) -> None:
    post(me, "/deal/views?f.amount.gte=1", label="大单", kind="list")
    file = me.app.folder / "views/deal_view.yaml"
    assert file.is_file()
    page = me.client.get("/deal?view=deal_view").text
    assert "/deal/views/deal_view/remove" in page
    asked = me.client.get("/deal/views/deal_view/remove").text
    assert "views/deal_view.yaml" in asked
    assert post(me, "/deal/views/deal_view/remove").status_code == 303
    assert not file.exists()
    assert "deal_view" not in me.app.now.catalog.views


def test_a_view_never_writes_over_a_file(me: Any, write: Any) -> None:
    write(views__deal_mine="view: other\nentity: deal\n")
    post(me, "/deal/views", label="mine", kind="list")
    assert (me.app.folder / "views/deal_mine.yaml").read_text() == "view: other\nentity: deal\n"
    assert (me.app.folder / "views/deal_mine_2.yaml").is_file()


def test_a_folder_that_cannot_be_written_to_is_told(me: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (me.app.folder / "views").write_text("a file where the folder should be")
    answer = post(me, "/deal/views", label="mine", kind="list")
    assert answer.status_code == 503
    assert "cannot be written to" in answer.text


def test_what_cannot_be_saved_says_why(me: Any, write: Any) -> None:
    assert "Give the view a name" in post(me, "/deal/views", label=" ", kind="list").text
    assert "cannot be saved" in post(me, "/deal/views?q=acme", label="x", kind="list").text
    assert post(me, "/deal/views/nothing/remove").status_code == 404
    assert not (me.app.folder / "views").exists()


def test_columns_are_chosen_in_the_address(me: Any, acme: Any) -> None:
    me.make("deal", title="T", company=acme["id"])
    text = me.client.get("/deal?show=due&show=stage").text
    assert re.findall(r'data-column="(\w+)"', text) == ["title", "due", "stage"]


def test_totals_are_over_all_that_match_and_not_the_page(me: Any, write: Any, acme: Any) -> None:
    totals = {"sum": "¥2,100.00", "average": "¥35.00", "count": "60", "min": "¥35.00", "max": "¥35.00"}
    for number in range(60):
        me.make("deal", title=f"T{number}", company=acme["id"], amount=35)
    me.make("deal", title="other", company=acme["id"], amount=1000, active=False)
    for total, shown in totals.items():
        view = f"view: some\nentity: deal\nwhere: active\ncolumns: [title, amount]\ntotals: {{amount: {total}}}\n"
        write(views__some=view)
        assert shown in me.client.get("/deal?view=some").text.split("<tfoot>")[1]


# calendars

CALENDAR = (
    "view: due\nentity: deal\nkind: calendar\nwhere: active\ndate: due\ncolumns: [title, company, stage]\n"
)
MEETINGS = "view: meetings\nentity: deal\nkind: calendar\ndate: met_at\n"


def days(text: str) -> dict[str, list[str]]:
    """Day → the titles that stand there."""
    parts = text.split('data-day="')[1:]
    return {part[:10]: re.findall(r'aria-label="([^"]*)">\s*<a href="/deal/', part) for part in parts}


def test_a_calendar_shows_records_on_their_days_and_whole_weeks(me: Any, write: Any, acme: Any) -> None:
    write(views__due=CALENDAR)
    for title, due in (("A", "2026-11-05"), ("B", "2026-11-30"), ("C", "2026-12-06"), ("D", "2026-12-07")):
        me.make("deal", title=title, company=acme["id"], due=due)
    me.make("deal", title="Gone", company=acme["id"], due="2026-11-05", active=False)
    shown = days(me.client.get(f"/deal/calendar?on={TODAY}").text)
    assert (min(shown), max(shown), len(shown)) == ("2026-10-26", "2026-12-06", 42)
    assert {day: titles for day, titles in shown.items() if titles} == {
        "2026-11-05": ["A"], "2026-11-30": ["B"], "2026-12-06": ["C"],
    }  # fmt: skip
    week = days(me.client.get("/deal/calendar?on=2026-12-06&by=week").text)
    assert list(week) == [
        f"2026-{d}" for d in ("11-30", "12-01", "12-02", "12-03", "12-04", "12-05", "12-06")
    ]


def test_a_moment_stands_on_its_day_where_the_workspace_is(me: Any, write: Any, acme: Any) -> None:
    write(views__meetings=MEETINGS)
    me.make("deal", title="Late", company=acme["id"], met_at="2026-11-05T00:30")
    text = me.client.get(f"/deal/calendar?view=meetings&on={TODAY}").text
    assert days(text)["2026-11-05"] == ["Late"]
    assert "<time>00:30</time>" in text


def test_more_than_fits_on_a_day_is_counted_and_listed(me: Any, write: Any, acme: Any) -> None:
    write(views__due=CALENDAR)
    for number in range(7):
        me.make("deal", title=f"T{number}", company=acme["id"], due="2026-11-05")
    text = me.client.get(f"/deal/calendar?on={TODAY}").text
    assert len(days(text)["2026-11-05"]) == 3
    (url,) = re.findall(r'class="more" href="([^"]+)" aria-label="\+4', text)
    listed = me.client.get(url.replace("&amp;", "&")).text
    assert listed.count("<tr data-url") == 7


def test_a_month_with_very_many_is_asked_for_day_by_day(
    me: Any, write: Any, acme: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kehu.core.web.site import calendar

    write(views__due=CALENDAR)
    for number in range(40):
        day = date(2026, 11, 1) + timedelta(days=number % 10)
        me.make("deal", title=f"T{number:02}", company=acme["id"], due=day.isoformat())
    plenty = me.client.get(f"/deal/calendar?on={TODAY}").text
    monkeypatch.setattr(calendar, "AT_ONCE", 10)
    few = me.client.get(f"/deal/calendar?on={TODAY}").text
    assert days(few) == days(plenty)
    assert (
        re.findall(r'aria-label="(\+\d+)', few) == re.findall(r'aria-label="(\+\d+)', plenty) == ["+1"] * 10
    )


def test_a_record_is_moved_to_another_day_and_keeps_its_time(me: Any, write: Any, acme: Any) -> None:
    write(views__due=CALENDAR)
    row = me.make("deal", title="T", company=acme["id"], due="2026-11-05", met_at="2026-11-05T10:30")
    answer = post(
        me, f"/deal/{row['id']}/place", field="due", date="2026-11-09", version="1", next="/deal/calendar"
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/deal/calendar")
    assert me.get("deal", row["id"])["due"] == date(2026, 11, 9)
    post(me, f"/deal/{row['id']}/place", field="met_at", date="2026-11-10", version="2")
    assert me.get("deal", row["id"])["met_at"] == datetime(2026, 11, 10, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"field": "due", "date": "2019-01-01", "version": "1"}, 422),
        ({"field": "due", "date": "2026-11-09", "version": "0"}, 409),
        ({"field": "due", "date": "tomorrow", "version": "1"}, 422),
        ({"field": "title", "date": "2026-11-09", "version": "1"}, 422),
        ({"field": "created_at", "date": "2026-11-09", "version": "1"}, 422),
    ],
)
def test_a_day_that_will_not_do_is_refused_with_the_reason(
    me: Any, acme: Any, values: dict[str, str], status: int
) -> None:
    row = me.make("deal", title="T", company=acme["id"], due="2026-11-05")
    token = me.app.store.note("form_token")
    answer = me.client.post(
        f"/deal/{row['id']}/place", data={"token": token, **values}, headers={"accept": "application/json"}
    )
    assert answer.status_code == status
    assert answer.json()["message"]
    assert me.get("deal", row["id"])["due"] == date(2026, 11, 5)


def test_an_address_that_makes_no_sense_is_told(me: Any, write: Any) -> None:
    write(views__due=CALENDAR)
    assert me.client.get("/deal/calendar?on=yesterday").status_code == 422
    assert me.client.get("/deal/calendar?by=century").status_code == 422
    assert me.client.get("/company/calendar").status_code == 404
    assert me.client.get("/deal/calendar?view=all&date=title").status_code == 404
    for far in ("0001-01-01", "9999-12-31"):
        assert me.client.get(f"/deal/calendar?on={far}").status_code == 200


# timelines

TIMELINE = "view: spans\nentity: deal\nkind: timeline\nstart: met_at\nend: due\ncolumns: [title, stage]\n"


def bars(text: str) -> dict[str, tuple[int, int]]:
    """Title → (columns before its bar, columns under it)."""
    found = {}
    for row in text.split("<tbody>")[1].split("<tr>")[1:]:
        title = re.search(r'<a href="[^"]+">([^<]+)</a>', row)
        spans = re.findall(r'<td colspan="(\d+)"( class="span-cell")?', row)
        at = next(i for i, (_, bar) in enumerate(spans) if bar)
        assert title is not None
        found[title[1]] = (sum(int(n) for n, _ in spans[:at]), int(spans[at][0]))
    return found


def test_a_timeline_shows_what_overlaps_its_days(me: Any, write: Any, acme: Any) -> None:
    write(views__spans=TIMELINE)
    spans = {
        "before": ("2026-09-01", "2026-09-30"),
        "into": ("2026-10-20", "2026-11-03"),
        "within": ("2026-11-10", "2026-11-12"),
        "open": ("2026-11-20", ""),
        "long ago and open": ("2026-01-20", ""),
        "beyond": ("2026-10-01", "2027-01-01"),
        "after": ("2026-12-01", "2026-12-31"),
    }
    for title, (start, end) in spans.items():
        me.make("deal", title=title, company=acme["id"], met_at=f"{start}T09:00", due=end or None)
    text = me.client.get(f"/deal/timeline?on={TODAY}&by=month").text
    assert bars(text) == {"into": (0, 3), "within": (9, 3), "open": (19, 1), "beyond": (0, 30)}
    assert "within: 2026-11-10 to 2026-11-12" in text
    for by in ("quarter", "year"):
        assert "within" in bars(me.client.get(f"/deal/timeline?on={TODAY}&by={by}").text)


def test_a_timeline_is_turned_page_by_page(
    me: Any, write: Any, acme: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kehu.core.web.site import timelines

    monkeypatch.setattr(timelines, "BARS", 2)
    write(views__spans=TIMELINE)
    for number in range(3):
        me.make(
            "deal",
            title=f"T{number}",
            company=acme["id"],
            met_at=f"2026-11-0{number + 1}T09:00",
            due="2026-11-09",
        )
    text = me.client.get(f"/deal/timeline?on={TODAY}").text
    (url,) = re.findall(r'rel="next" href="([^"]+after=[^"]+)"', text)
    assert list(bars(text)) == ["T0", "T1"]
    assert list(bars(me.client.get(url.replace("&amp;", "&")).text)) == ["T2"]


WRONG = {
    "a calendar without a date": ("kind: calendar", "view_without_days"),
    "a timeline without a start": ("kind: timeline\nend: due", "view_without_days"),
    "a date that is none": ("kind: calendar\ndate: title", "view_not_by_date"),
    "a date that is not there": ("kind: calendar\ndate: dui", "unknown_field"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_view_that_cannot_be_laid_out_is_told(me: Any, name: str) -> None:
    text, code = WRONG[name]
    (me.app.folder / "views").mkdir()
    (me.app.folder / "views/x.yaml").write_text(f"view: x\nentity: deal\n{text}\n")
    assert [problem.code for problem in me.app.reload().problems] == [code]
