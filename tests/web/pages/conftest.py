"""Believable view models, as core/web/pages/README.md describes them, and a plain server that shows them."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kehu.core.problems import say
from kehu.core.web.unrolling import unroll
from kehu.core.words import Language

WEB = Path(__file__).parents[3] / "core/web"
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; frame-ancestors 'none'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'"
)
KINDS = (
    "text long_text number integer money percent date datetime email phone url "
    "choice stage choices tags link user yes_no"
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class View(SimpleNamespace):
    """A view model: what is not said is empty text."""


def action(label: str, url: str = "/there", icon: str = "plus") -> View:
    return View(label=label, url=url, icon=icon)


def tab(label: str, url: str = "/there", current: bool = False) -> View:
    return View(label=label, url=url, current=current, icon="", count="3")


def badge(text: str, colour: str = "blue") -> View:
    return View(text=text, colour=colour)


def person(text: str) -> View:
    return View(text=text, initial=text[0], tint=3)


def fault(text: str, url: str | None = None) -> View:
    return View(text=text, advice="写清楚一点。", level="error", url=url, why_url="/customer/1/why")


def cell(kind: str, text: str) -> Any:
    """A cell of this kind that shows this text."""
    match kind:
        case "choice" | "stage":
            return badge(text)
        case "choices" | "tags":
            return (badge(text), badge("其他", "grey"))
        case "link":
            return View(text=text, url="/customer/1")
        case "user":
            return person(text)
        case "yes_no":
            return True
    return text


def columns(kinds: str) -> list[View]:
    return [
        View(name=kind, label=f"列 {kind}", kind=kind, sort_url="?sort=x", sorted="")
        for kind in kinds.split()
    ]


@pytest.fixture(scope="session")
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(WEB / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def frame(language: Language = "zh", **values: Any) -> View:
    ready = View(
        language=language,
        theme="light",
        workspace="阿可美销售",
        static="/static",
        here="/customer",
        token="form-token",
        vendor=(WEB / "static/vendor").is_dir(),
        user=person("王思远"),
        query="",
        flashes=[],
        create=[action("客户"), action("商机")],
        account=[
            action(word(language, "me_title"), "/me", "user-circle"),
            action(word(language, "people_menu"), "/people", "users"),
            action(word(language, "audit_title"), "/audit", "history"),
        ],
        log_out=True,
        banner=View(level="warning", text="配置有问题", url="/problems"),
    )
    ready.__dict__.update(values)
    return ready


def head(**values: Any) -> dict[str, Any]:
    """What a list and a board have in common."""
    filters = [
        View(
            name="amount",
            label="金额",
            icon="coin",
            input="number",
            options=[],
            step="0.01",
            operators=[View(value="gte", label="不小于"), View(value="between", label="介于")],
        ),
        View(
            name="class",
            label="分类",
            icon="category",
            input="options",
            step="",
            operators=[View(value="in", label="是")],
            options=[View(value="high", label="高价值客户")],
        ),
    ]
    chips = [View(field="分类", operator="是", value="高价值客户", remove_url="/there")]
    return {
        "url": "/list",
        "label": "客户",
        "icon": "building",
        "count": "86",
        "tabs": [tab("全部"), tab("看板", "/board")],
        "create": action("新建客户"),
        "actions": [action("导入")],
        "query": "",
        "keep": [("f.class.in", "high")],
        "chips": chips,
        "clear_url": "/there",
        "filters": filters,
        "said": "金额 ≥ 10,000 且 状态 = 进行中",
        "columns_menu": View(
            keep=[("view", "all")], choices=[View(name="name", label="名称", shown=True, fixed=True)]
        ),
        "save": View(url="/views", kind="list", changed=True),
        "empty": None,
        **values,
    }


def a_list(environment: Environment) -> View:
    body = unroll(environment, columns(KINDS), {"yes": "是", "no": "否"}).render(
        rows=[
            (f"/record?{number}", str(number), *[cell(kind, "上海明远") for kind in KINDS.split()])
            for number in range(3)
        ]
    )
    totals = [None] * 3 + [View(label="合计", text="¥1,234.50")] + [None] * (len(KINDS.split()) - 4)
    table = View(columns=columns(KINDS), body=Markup(body), totals=totals)
    return View(**head(table=table, previous_url=None, next_url="/list?after=1", range="1–3"))


def turning() -> View:
    return View(
        label="2026 年 11 月",
        previous_url="/a",
        next_url="/b",
        today_url="/c",
        choices=[tab("月"), tab("周")],
    )


def a_calendar() -> View:
    card = View(
        id="1",
        url="/there",
        title="打印机采购",
        time="10:30",
        colour="amber",
        note="王思远",
        version=1,
        date="2026-11-02",
        place_url="/place",
        field="due",
    )
    days = [
        View(
            date=f"2026-11-0{n}",
            label=f"2026-11-0{n} 周一",
            number=str(n),
            month="",
            today=n == 3,
            outside=n == 1,
            weekend=n > 5,
            cards=[card] if n == 2 else [],
            more=View(text="+3", url="/more", label="2026-11-02 的全部记录") if n == 2 else None,
            new_url="/new",
        )
        for n in range(1, 8)
    ]
    return View(
        **head(),
        pages=turning(),
        by="month",
        weekdays=list("一二三四五六日"),
        weeks=[days],
        field="到期",
    )


def a_timeline() -> View:
    row = View(
        url="/there",
        title="打印机采购",
        colour="green",
        before=2,
        length=3,
        after=2,
        from_before=False,
        goes_on=False,
        days="11-03 – 11-05",
        label="打印机采购：2026-11-03 至 2026-11-05",
    )
    return View(
        **head(),
        pages=turning(),
        by="month",
        title="名称",
        heads=[View(label="11 月", span=7)],
        steps=[View(number=str(n), today=n == 3) for n in range(1, 8)],
        rows=[row],
        next_url="/next",
        first_url=None,
    )


def a_board() -> View:
    def card(number: int) -> View:
        return View(
            id=str(number),
            url="/record",
            title=f"商机 {number}",
            version=1,
            person=person("李晓雯"),
            days="3 天",
            late=True,
            facts=[View(label=kind, kind=kind, cell=cell(kind, "值")) for kind in ("money", "link", "date")],
            move_url=f"/deal/{number}/move",
            moves=[View(value="needs", label="需求"), View(value="won", label="成交")],
        )

    lanes = [("contact", "", [card(1), card(2)]), ("needs", "", [card(3)]), ("won", "won", [])]
    return View(
        **head(
            columns=[
                View(
                    name=name,
                    label=name,
                    colour="blue",
                    count=str(len(cards)),
                    sum="¥1",
                    probability="10%",
                    outcome=outcome,
                    cards=cards,
                    more=None,
                )
                for name, outcome, cards in lanes
            ]
        )
    )


def a_field(name: str, widget: str, **values: Any) -> View:
    ready = View(
        name=name,
        label=f"字段 {name}",
        widget=widget,
        value="",
        values=[],
        required=False,
        readonly=False,
        shown=True,
        help="说明",
        error="",
        advice="",
        options=[View(value="a", label="甲"), View(value="b", label="乙")],
        unit="",
        min="",
        max="",
        step="",
        max_length="",
        wide=False,
        text="",
        pick_url=None,
    )
    ready.__dict__.update(values)
    return ready


def some_files(several: bool) -> View:
    kept = View(id="1", name="报价.pdf", size="2 KB", url="/files/1", image=False)
    picture = View(id="2", name="front.png", size="1.2 MB", url="/files/2", image=True)
    return View(
        files=[kept, picture],
        accept=".pdf,.png",
        several=several,
        upload_url="/files?entity=a&field=b",
        max="20",
    )


WIDGETS = (
    "text textarea number money percent checkbox date datetime select multiselect "
    "tags email tel url link user readonly"
)


def a_form(**values: Any) -> View:
    fields = [a_field(f"w_{widget}", widget) for widget in WIDGETS.split()]
    fields += [
        a_field("owner", "user", pick_url="/pick"),
        a_field("papers", "files", file=some_files(several=True)),
        a_field("photo", "file", file=some_files(several=False), error="太大"),
        a_field("wrong", "text", error="不对", advice="改成这样"),
    ]
    sections = [
        View(name="first", label="基本信息", columns=2, shown=True, fields=fields),
        View(name="second", label="VIP", columns=1, shown=True, fields=[a_field("needs", "textarea")]),
    ]
    ready = {
        "title": "新建客户",
        "action": "/form",
        "cancel_url": "/list",
        "submit": "保存",
        "once": "once",
        "intro": "先填预算",
        "keep": [("version", "1")],
        "faults": [fault("日期不对")],
        "live_url": "/live",
        "offers_url": None,
        "fresh": True,
        "with_files": True,
        "reason": View(name="kehu.reason", value="", asked=True, longest=500),
        "sections": sections,
        "tabs": [
            View(
                name=f"t{i}",
                label=label,
                sections=[
                    View(name=f"s{i}", label="", columns=2, shown=True, fields=[a_field(f"on_{i}", "text")]),
                ],
            )
            for i, label in enumerate(("概要", "细节"))
        ],
        **values,
    }
    return View(**ready)


def a_record(environment: Environment, language: Language) -> View:
    t = partial(word, language)
    steps = [
        View(value=state, label=state, state=state, days="", allowed=state == "won")
        for state in ("done", "current", "ahead", "won", "lost")
    ]
    stage = View(
        label="漏斗",
        version=1,
        days="9 天",
        expected="预计 7 天",
        late=True,
        move_url="/deal/1/move",
        steps=steps,
        needs=View(text="还差 1 项", faults=[fault("填写预算", "/form")]),
    )
    shown = [
        View(
            name=kind,
            label=kind,
            kind=kind,
            cell=cell(kind, "值"),
            help="说明",
            computed=True,
            why_url="/customer/1/why",
            wide=False,
        )
        for kind in KINDS.split()
    ]
    event = View(
        icon="edit",
        tint=1,
        person=person("李晓雯"),
        who="李晓雯",
        what="修改了客户",
        at="刚刚",
        note="备注",
        at_iso="2026-11-21T08:00:00Z",
        changes=[View(label="金额", before="1", after="")],
    )
    attached = View(
        **{
            **event.__dict__,
            "icon": "paperclip",
            "what": t("file_attached"),
            "note": "",
            "changes": [],
            "file": View(
                id="1",
                name="上海明远-2026 年度框架合同（盖章扫描件）.pdf",
                size="1.2 MB",
                url="/files/1",
                image=False,
                remove_url="/customer/1/files/1/remove",
            ),
        }
    )
    related = View(
        label="联系人", table=a_list(environment).table, create=action("新建"), all_url="/there", empty=""
    )
    return View(
        url="/record",
        title="上海明远",
        entity="客户",
        icon="building",
        list_url="/list",
        badges=[badge("重点")],
        edit_url="/form",
        delete_url="/delete",
        menu=[
            action(t("share"), "/customer/1/share", "users"),
            action(t("hand_over"), "/customer/1/hand_over", "user"),
        ],
        actions=[action("记录拜访")],
        stage=stage,
        related=related,
        sections=[View(label="基本信息", fields=shown)],
        tabs=[tab("联系人")],
        events=[event, attached],
        attach_url="/customer/1/files",
        older_url=None,
    )


def a_dashboard() -> View:
    table = View(
        columns=[View(label="月份", numeric=False), View(label="金额", numeric=True)],
        rows=[View(url="/there", cells=["1月", "¥12"])],
    )
    number = View(
        text="18.4",
        unit="%",
        note="",
        target="目标 20%",
        reached=92,
        met=False,
        change="+3.2 个百分点",
        direction="up",
        good=True,
        spark="0,30 60,12 120,4",
    )
    chart = View(
        labels=["1月"],
        series=[{"name": "销售额", "values": [12.0]}],
        prefix="¥",
        suffix="",
        decimals=0,
        target=10.0,
        urls=["/there"],
    )
    bars = [View(label="接触", text="10", share="100%", width=100, colour="blue", url=None)]
    holds = {
        "number": ("number", number),
        "bar": ("chart", chart.__dict__),
        "line": ("chart", chart.__dict__),
        "funnel": ("funnel", bars),
        "table": ("table", table),
    }
    items = []
    for kind, (name, value) in holds.items():
        item = View(
            label=kind,
            means="说明",
            width=2,
            url=None,
            kind=kind,
            number=None,
            chart=None,
            funnel=None,
            table=table,
        )
        setattr(item, name, value)
        items.append(item)
    return View(
        label="总览",
        tabs=[tab("总览"), tab("服务")],
        periods=[tab("今年", current=True)],
        as_of="今天",
        items=items,
        empty=None,
    )


Words = Callable[..., str]


def word(language: Language, key: str, **values: Any) -> str:
    """A word of the pages, as ``Visit.t`` gives it."""
    return say(f"page_{key}", language, values).message


def counted(t: Words, *counts: tuple[str, str, str]) -> list[View]:
    return [View(label=t(key), text=text, colour=colour) for key, text, colour in counts]


def an_import(step: str, language: Language) -> View:
    """What ``site/import_steps.py`` gives to this step."""
    given = {
        "file": an_import_file,
        "columns": import_columns,
        "tried": tried_rows,
        "running": import_progress,
        "done": import_result,
        "undone": import_undone,
    }[step](partial(word, language), language == "zh")
    if step != "undone":
        given["action"] = "/customer/import" if step == "file" else "/customer/import/1"
    return View(
        entity="客户" if language == "zh" else "Customers",
        step=step,
        list_url="/customer",
        faults=given.pop("faults", []),
        **given,
    )


def an_import_file(t: Words, zh: bool) -> dict[str, Any]:
    name = View(label="名称" if zh else "Name", required=True, help="")
    outside = View(label=t("import_external_id"), required=False, help=t("import_external_id_help"))
    past = [
        View(
            batch=str(number),
            file="展会名单 2026-11.xlsx",
            at="2026-11-20 09:30",
            text=t("import_past", created="1,204", changed="16"),
            state=t(f"import_state_{state}") if state else "",
            undo=state != "undone",
        )
        for number, state in enumerate(("", "stopped", "undoing", "undone"))
    ]
    return {
        "formats": t("import_formats", megabytes=20),
        "sample_url": "/customer/import/sample.csv",
        "fields": [name, outside],
        "past": past,
        "undo_url": "/customer/import/undo",
    }


def import_columns(t: Words, zh: bool) -> dict[str, Any]:
    def choice(value: str, label: str, current: bool = False) -> View:
        return View(value=value, label=label, current=current)

    name, phone = ("名称", "电话") if zh else ("Name", "Phone")
    columns = [
        View(
            index=0,
            header="公司名称",
            samples=("上海明远", "北方数据"),
            field="name",
            note=t("import_guessed"),
        ),
        View(index=1, header="联系电话", samples=("138 0000 0000",), field="phone", note=t("import_near")),
        View(index=2, header="来源", samples=(), field="", note=""),
    ]
    encodings = [
        choice(key, t(f"import_encoding_{key.replace('-', '_')}"), key == "gb18030")
        for key in ("utf-8", "gb18030")
    ]
    signs = [choice(",", t("import_sign_comma"), current=True), choice(";", t("import_sign_semicolon"))]
    sheets = [choice("Sheet1", "Sheet1", current=True), choice("2025", "2025")]
    found = (("sheet", sheets), ("encoding", encodings), ("delimiter", signs))
    return {
        "faults": [fault("前 200 行里有 3 行和已有的客户同名" if zh else "3 of 200 rows are called alike")],
        "keep": (),
        "name": "展会名单 2026-11.xlsx",
        "rows": "1,220",
        "columns": columns,
        "fields": [
            View(value="name", label=name, required=True),
            View(value="phone", label=phone, required=False),
        ],
        "found": [View(name=key, label=t(f"import_{key}"), options=options) for key, options in found],
        "keys": [choice("", t("import_by_id"), current=True), choice("name,phone", f"{name} + {phone}")],
        "several": [choice(way, t(f"import_several_{way}"), way == "refuse") for way in ("refuse", "oldest")],
        "modes": [
            View(value=only, label=t(f"import_only_{only or 'both'}"), help="", current=not only)
            for only in ("", "create", "change")
        ],
    }


def tried_rows(t: Words, zh: bool) -> dict[str, Any]:
    def row(line: int, kind: str, colour: str, **values: Any) -> View:
        ready = {"title": "上海明远", "changes": [], "like": None, "faults": [], **values}
        return View(line=line, kind=t(f"import_would_{kind}"), colour=colour, **ready)

    change = View(label="电话" if zh else "Phone", was="–", now="+86 138 0000 0000")
    return {
        "name": "展会名单 2026-11.xlsx",
        "counts": counted(
            t,
            ("import_would_created", "1,204", "green"),
            ("import_would_changed", "16", "blue"),
            ("import_would_unchanged", "0", "grey"),
            ("import_would_not_taken", "1", "red"),
        ),
        "alike": t("import_alike", count="1"),
        "rows": [
            row(3, "not_taken", "red", title="", faults=[fault("名称必填" if zh else "Name is required")]),
            row(
                4,
                "created",
                "green",
                like=View(title="上海明远信息技术有限公司浦东分公司", url="/customer/1"),
            ),
            row(5, "changed", "blue", changes=[change]),
            row(6, "unchanged", "grey"),
        ],
        "more": t("import_tried_more", shown=50),
    }


def import_progress(t: Words, _: bool) -> dict[str, Any]:
    return {
        "done": 610,
        "total": 1220,
        "percent": 50,
        "rate": t("import_rate", rate="1,900"),
        "title": "import_running_at",
        "refresh_url": "/customer/import/1",
        "stop_url": "/customer/import/1/stop",
    }


def import_result(t: Words, zh: bool) -> dict[str, Any]:
    return {
        "name": "展会名单 2026-11.xlsx",
        "counts": counted(
            t,
            ("import_created", "1,204", "green"),
            ("import_changed", "16", "blue"),
            ("import_not_taken", "62", "red"),
            ("import_people", "2", "purple"),
        ),
        "refused": [
            View(line=3, text="138 · 展会", faults=[fault("名称必填" if zh else "Name is required")]),
        ],
        "refused_url": "/customer/import/1/refused.xlsx",
        "more": t("import_more", shown=50, count="62"),
        "undo_url": "/customer/import/undo",
        "batch": "1",
    }


def import_undone(t: Words, zh: bool) -> dict[str, Any]:
    changed = fault("导入之后又改过" if zh else "It was changed since")
    return {
        "name": "展会名单 2026-11.xlsx",
        "counts": counted(
            t,
            ("undo_deleted", "1,203", "green"),
            ("undo_restored", "16", "blue"),
            ("undo_kept", "1", "amber"),
        ),
        "kept": [
            View(label="客户" if zh else "Customer", title="上海明远", url="/customer/1", faults=[changed]),
        ],
        "again": True,
        "undo_url": "/customer/import/undo",
        "batch": "1",
    }


def sharing(language: Language) -> View:
    t = partial(word, language)
    people = [View(value="team:1", label="华东"), View(value="user:2", label="陈静")]
    rights = [View(value=right, label=t(f"share_right_{right}")) for right in ("read", "change")]
    return View(
        back_url="/customer/1",
        back="上海明远",
        intro=t("share_intro"),
        action="/customer/1/share",
        faults=[],
        shares=[View(id="1", text=t("share_to_read", name="陈静"))],
        remove=t("share_remove"),
        fields=[
            View(name="with", label=t("share_with"), options=people),
            View(name="right", label=t("share_right"), options=rights),
        ],
        submit=t("share"),
    )


def pages(environment: Environment, language: Language) -> dict[str, tuple[str, dict[str, Any]]]:
    """Page → template and its view model."""
    found = View(
        query="明远",
        empty="",
        groups=[
            View(
                label="客户",
                icon="building",
                url="/list",
                more="查看全部",
                hits=[
                    View(
                        title=(("上海", False), ("明远", True)),
                        url="/record",
                        notes=[(("潜在", False),), (("明远", True), ("路 1 号", False))],
                    )
                ],
            )
        ],
    )
    broken = View(
        level="error",
        code="unknown_field",
        text="没有这个字段",
        place="a.yaml:1:2",
        line=1,
        before="x: ",
        marked="y",
        after="",
        advice="写 z",
    )
    asked = View(
        title="删除？",
        text="会这样",
        facts=["两条"],
        action="/there",
        keep=[],
        submit="删除",
        danger=True,
        cancel_url="/",
    )
    conflict = [View(label="金额", yours="1", theirs="")]
    error = View(
        status=409, title="冲突", text="改过了", faults=[], conflict=conflict, actions=[action("继续")]
    )
    steps = ("file", "columns", "tried", "running", "done", "undone")
    return {
        "list": ("list.html", {"list": a_list(environment)}),
        "empty": (
            "list.html",
            {"list": View(**head(empty=View(title="还没有", text="建一个", action=action("新建"))))},
        ),
        "board": ("board.html", {"board": a_board()}),
        "calendar": ("calendar.html", {"calendar": a_calendar()}),
        "timeline": ("timeline.html", {"timeline": a_timeline()}),
        "links": (
            "links.html",
            {
                "links": [
                    View(label="咨询", form="enquiry", path="/public/x", url="http://localhost/public/x")
                ]
            },
        ),
        "record": ("record.html", {"record": a_record(environment, language)}),
        "share": ("share.html", {"share": sharing(language)}),
        "form": ("form.html", {"form": a_form()}),
        "dashboard": ("dashboard.html", {"dashboard": a_dashboard()}),
        **{f"import-{step}": ("import.html", {"upload": an_import(step, language)}) for step in steps},
        "search": ("search.html", {"search": found}),
        "problems": (
            "problems.html",
            {"problems": View(serving="旧的", groups=[View(layer="工作区", faults=[broken])])},
        ),
        "confirm": ("confirm.html", {"confirm": asked}),
        "error": ("error.html", {"error": error}),
    }


def with_filters(environment: Environment, model: View, common: dict[str, Any]) -> View:
    """A list or a board is given its filter menu ready made."""
    if not hasattr(model, "filters"):
        return model
    keep = Markup('<input type="hidden" name="view" value="all">')
    menu = environment.get_template("filters.html").render(
        filters=model.filters, url=model.url, keep=keep, **common
    )
    return View(**{**model.__dict__, "filters": Markup(menu)})


Render = Callable[..., str]


@pytest.fixture(scope="session")
def render(environment: Environment) -> Render:
    """``render("list", language="en", theme="dark")`` gives the page's HTML."""
    languages: tuple[Language, ...] = ("zh", "en")
    known = {language: pages(environment, language) for language in languages}

    def rendered(page: str, **values: Any) -> str:
        language: Language = values.get("language", "zh")
        template, models = known[language][page]
        common: dict[str, Any] = {
            "frame": frame(**values),
            "t": partial(word, language),
        }
        ways = [View(label="销售", items=[tab("客户", current=True), tab("商机")])]
        for name in ("rail", "bottom"):
            drawn = environment.get_template(f"{name}.html")
            common["frame"].__dict__[name] = Markup(
                drawn.render(workspace="阿可美销售", groups=ways, **common)
            )
        ready = {name: with_filters(environment, model, common) for name, model in models.items()}
        return environment.get_template(template).render(title=page, **common, **ready)

    return rendered


class Answer(BaseHTTPRequestHandler):
    """Shows every page at ``/NAME`` (``?language=en``), moves cards to ``needs`` only, and hides the second section of a form."""

    def __init__(self, render: Render, *args: Any) -> None:
        self.render = render
        super().__init__(*args)

    def send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_json(self, value: Any, status: int = 200) -> None:
        self.send(json.dumps(value).encode(), "application/json", status)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path.startswith("/static/"):
            file = WEB / address.path[1:]
            self.send(file.read_bytes(), TYPES[file.suffix])
        elif address.path == "/pick":
            self.send_json([{"value": "u2", "label": "陈静", "note": "华东"}])
        else:
            language = parse_qs(address.query).get("language", ["zh"])[0]
            self.send(self.render(address.path[1:], language=language).encode(), "text/html")

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["X-Kehu-Token"] == "form-token"
        if self.path == "/live":
            self.send_json(
                {
                    "fields": {"w_text": {"shown": False}, "w_tel": {"required": True}},
                    "sections": {"second": {"shown": False}},
                }
            )
        elif parse_qs(sent.decode())["to"] == ["needs"]:
            self.send_json(
                {"version": 2, "message": "", "columns": [{"name": "needs", "count": "2", "sum": "¥99"}]}
            )
        else:
            wanted = {"label": "去填写", "url": "/form", "icon": ""}
            self.send_json(
                {
                    "message": "要先填预算",
                    "faults": [{"text": "预算", "advice": "", "level": "error", "url": "/form"}],
                    "action": wanted,
                },
                422,
            )

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the standard library's name)
        """Nothing: a test says what it found."""


@pytest.fixture(scope="session")
def site(render: Render) -> Iterator[str]:
    """The address of a server on this machine that shows the sample pages."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Answer, render))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
