"""A small workspace with a field of every kind, served; and a person at it who fills in forms as a browser would."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.web.server import make_server

FILES = {
    "kehu.yaml": """
workspace: shop
label: Shop
language: en
currency: CNY
timezone: Asia/Shanghai
plugins: []
store: tinydb
""",
    "entities/company.yaml": """
entity: company
label: {zh: 公司, en: Company}
plural: {zh: 公司, en: Companies}
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}, required: true, max: 60, also: [公司名称]}
  city: {type: text, label: {zh: 城市, en: City}}
  phone: {type: phone, label: {zh: 电话, en: Phone}}
  size: {type: integer, label: {zh: 人数, en: People}, min: 1}
  deals: {type: children, label: {zh: 机会, en: Deals}, of: deal.company}
unique:
  - {fields: [name], message: {zh: 已有同名公司, en: A company of this name exists}}
rules:
  - {rule: reachable, check: phone is not empty, severity: warn, message: {zh: 没有电话, en: Nobody can be called}}
""",
    "entities/deal.yaml": """
entity: deal
label: {zh: 机会, en: Deal}
plural: {zh: 机会, en: Deals}
title: title
fields:
  title: {type: text, label: {zh: 名称, en: Title}, required: true, max: 60}
  company: {type: link, to: company, label: {zh: 公司, en: Company}, required: true}
  owner: {type: user, label: {zh: 负责人, en: Owner}, default: =CURRENT_USER()}
  stage: {type: stage, flow: sales, label: {zh: 阶段, en: Stage}}
  amount: {type: money, label: {zh: 金额, en: Amount}, min: 0}
  share: {type: percent, label: {zh: 概率, en: Share}, default: '=IF(amount > 1000, 50%, 10%)'}
  weighted: {type: formula, label: {zh: 加权, en: Weighted}, formula: amount * share}
  discount: {type: percent, label: {zh: 折扣, en: Discount}}
  reason: {type: text, label: {zh: 理由, en: Reason}}
  address: {type: text, label: {zh: 地址, en: Address}, default: =company.city}
  met_at: {type: datetime, label: {zh: 见面, en: Met at}}
  due: {type: date, label: {zh: 到期, en: Due}, min: 2020-01-01}
  active: {type: yes_no, label: {zh: 有效, en: Active}, default: true}
  colours: {type: choices, label: {zh: 颜色, en: Colours}, options: [red, green, blue]}
  tags: {type: tags, label: {zh: 标签, en: Tags}}
  note: {type: long_text, label: {zh: 备注, en: Note}}
  sealed: {type: text, label: {zh: 封存, en: Sealed}, readonly: true}
  hidden: {type: text, label: {zh: 隐藏, en: Hidden}}
  code: {type: number_series, label: {zh: 编号, en: Code}, format: "D-{0000}"}
  needs: {type: long_text, label: {zh: 需求, en: Needs}}
  lost_reason: {type: choice, label: {zh: 原因, en: Lost because}, options: [price, time]}
""",
    "flows/sales.yaml": """
flow: sales
entity: deal
field: stage
label: {zh: 销售, en: Sales}
stages:
  open: {label: {zh: 进行, en: Open}}
  offer: {label: {zh: 报价, en: Offer}}
  won: {label: {zh: 赢, en: Won}, outcome: won}
  lost: {label: {zh: 输, en: Lost}, outcome: lost}
start: [open]
moves:
  - {from: open, to: [offer, lost]}
  - {from: offer, to: [won, lost]}
gates:
  - {gate: needs_written, to: offer, require: [needs, amount], message: {zh: 先写需求, en: Write down the needs first}}
  - {gate: rich, to: offer, check: amount >= 100}
  - {gate: why_lost, to: lost, require: [lost_reason], message: {zh: 说明原因, en: Say why}}
""",
    "forms/deal.yaml": """
form: deal
entity: deal
sections:
  - label: {zh: 基本, en: Basics}
    columns: 2
    fields: [title, company, owner, stage, {field: code, help: Leave empty for the next number}]
  - label: {zh: 钱, en: Money}
    fields:
      - amount
      - share
      - weighted
      - discount
      - {field: reason, show: discount > 0%, require: discount > 20%}
      - {field: hidden, show: amount > 999999}
  - label: {zh: 其他, en: Rest}
    columns: 1
    show: title is not empty
    fields: [address, met_at, due, active, colours, tags, {field: note, readonly: stage = "won"}, sealed, needs]
""",
}


class Form(HTMLParser):
    """The values that a browser would send with the form of a page, and what stands around its inputs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self.action = ""
        self.options: dict[str, list[str]] = {}
        self.required: set[str] = set()
        self.hidden: set[str] = set()
        self.errors: dict[str, str] = {}
        self._select = self._area = self._error = self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        name = at.get("name", "")
        if tag == "form":
            self._inside = (
                at.get("method", "") if at.get("action", "").startswith("/settings") is False else ""
            )
            if self._inside == "post":
                self.action = at["action"]
        if self._inside != "post":
            return
        if "data-field" in at and "hidden" in at:
            self.hidden.add(at["data-field"])
        if "data-section" in at and "hidden" in at:
            self.hidden.add(f"section {at['data-section']}")
        if "required" in at:
            self.required.add(name)
        if tag == "input":
            self._input(at, name)
        elif tag == "select":
            self._select = name
            self.values.setdefault(name, "")
            self.options[name] = []
        elif tag == "option" and self._select:
            self.options[self._select].append(at.get("value", ""))
            if "selected" in at:
                self.values[self._select] = at.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""
        elif tag == "p" and at.get("class") == "error":
            self._error = at["id"].removeprefix("e-")

    def _input(self, at: dict[str, str], name: str) -> None:
        if at.get("type") == "file" or (at.get("type") in ("checkbox", "radio") and "checked" not in at):
            return
        if at.get("type") == "checkbox" and name in self.values:
            before = self.values[name]
            self.values[name] = [*(before if isinstance(before, list) else [before]), at.get("value", "on")]
        else:
            self.values[name] = at.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = ""
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
        elif tag == "p":
            self._error = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data
        if self._error and data.strip():
            self.errors[self._error] = f"{self.errors.get(self._error, '')} {data.strip()}".strip()


class Person:
    """Somebody who opens pages and sends their forms."""

    def __init__(self, app: App, client: TestClient) -> None:
        self.app, self.client = app, client

    def open(self, url: str) -> Form:
        answer = self.client.get(url)
        assert answer.status_code == 200, answer.text
        return Form(answer.text)

    def send(self, form: Form, **values: Any) -> Any:
        """The form as it stands with these values instead; the answer, redirects not followed."""
        sent = {key.replace("__", "."): value for key, value in values.items()}
        return self.client.post(form.action, data=form.values | sent)

    def errors(self, answer: Any) -> dict[str, str]:
        """Field → what the form that came back says is wrong there."""
        return Form(answer.text).errors

    def rows(self, entity: str) -> list[dict[str, Any]]:
        return list(self.app.store.rows(entity))

    def make(self, entity: str, **values: Any) -> dict[str, Any]:
        return self.app.now.records.create(self.app.context("page"), entity, values).row

    def change(self, entity: str, id: str, **values: Any) -> dict[str, Any]:
        return self.app.now.records.update(self.app.context("page"), entity, id, values).row

    def get(self, entity: str, id: str) -> dict[str, Any]:
        return self.app.now.records.get(self.app.context("page"), entity, id)


@pytest.fixture
def me(tmp_path: Path) -> Iterator[Person]:
    folder = tmp_path / "shop"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    app = App(folder)
    with TestClient(make_server(app), base_url="http://localhost", follow_redirects=False) as client:
        client.cookies.set("kehu_language", "en")
        yield Person(app, client)
    app.close()


@pytest.fixture
def person() -> type[Person]:
    return Person


@pytest.fixture
def as_form() -> type[Form]:
    return Form
