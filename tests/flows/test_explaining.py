"""Why: the tree behind a computed value, a rule, a gate, a form; and every door that tells it."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from kehu.core.flows.explaining import explain
from kehu.core.problems import Refused
from kehu.core.web.server import make_server

FILES = {
    "entities/customer.yaml": """
        entity: customer
        label: {zh: 客户, en: Customer}
        title: name
        fields:
          name: {type: text, label: {zh: 名称, en: Name}}
          owner: {type: user, label: {zh: 负责人, en: Owner}, default: =CURRENT_USER()}
          orders: {type: children, label: {zh: 订单, en: Orders}, of: order.customer}
          spent: {type: rollup, label: {zh: 累计成交, en: Total bought}, sum: order.amount, where: status <> "cancelled"}
          tier: {type: formula, label: {zh: 等级, en: Tier}, formula: 'IF(spent >= 1000, "A", "B")'}
          mine: {type: formula, label: {zh: 我的, en: Mine}, formula: owner = CURRENT_USER()}
          needs: {type: text, label: {zh: 需求, en: Needs}}
          stage: {type: stage, flow: path, label: {zh: 阶段, en: Stage}}
        rules:
          - rule: documented
            when: tier = "A"
            require: [needs]
            severity: warn
            message: {zh: 大客户要写需求, en: Large customers need their needs written down}
    """,
    "entities/order.yaml": """
        entity: order
        label: {zh: 订单, en: Order}
        title: number
        fields:
          number: {type: text, label: {zh: 单号, en: Number}}
          customer: {type: link, to: customer, label: {zh: 客户, en: Customer}}
          amount: {type: money, label: {zh: 金额, en: Amount}}
          status: {type: choice, label: {zh: 状态, en: Status}, options: [open, cancelled]}
    """,
    "flows/path.yaml": """
        flow: path
        entity: customer
        field: stage
        label: {zh: 进展, en: Path}
        stages:
          new: {label: {zh: 新, en: New}}
          won: {label: {zh: 成交, en: Won}}
        start: [new]
        gates:
          - gate: bought
            to: won
            require: [needs]
            check: spent > 5000
            message: {zh: 先成交五千, en: Sell for five thousand first}
    """,
    "forms/customer.yaml": """
        form: customer
        entity: customer
        sections:
          - fields: [name, owner, stage, {field: needs, show: spent > 100}]
    """,
}


@pytest.fixture
def shop(make: Any) -> Any:
    return make(FILES)


@pytest.fixture
def acme(shop: Any) -> dict[str, Any]:
    made: dict[str, Any] = shop.create("customer", {"name": "Acme"})
    for number, amount, status in (("A1", 800, "open"), ("A2", 700, "open"), ("A3", 9000, "cancelled")):
        shop.create("order", {"number": number, "customer": made["id"], "amount": amount, "status": status})
    return made


def told(shop: Any, acme: dict[str, Any], aspect: str, name: str, language: Any = "en") -> list[str]:
    tree = explain(shop.app.now.records, shop.context(), "customer", acme["id"], aspect, name)
    return list(tree.in_words(language))


def test_a_rollup_names_its_records(shop: Any, acme: dict[str, Any]) -> None:
    assert told(shop, acme, "field", "spent") == [
        "Total bought = 1,500.00",
        '  SUM(Order › Amount, status <> "cancelled") = 1,500.00 (of 2 records)',
        "    A2: 700.00",
        "    A1: 800.00",
    ]


def test_a_formula_is_followed_into_what_it_reads(shop: Any, acme: dict[str, Any]) -> None:
    lines = told(shop, acme, "field", "tier", "zh")
    assert lines[0] == "等级 = A"
    assert "    ✓ 累计成交（1,500.00） >= 1,000" in lines
    assert any("A1：800.00" in line for line in lines)


def test_people_are_told_by_their_names(shop: Any, acme: dict[str, Any]) -> None:
    lines = told(shop, acme, "field", "mine")
    assert not any(re.search(r"[0-9a-f]{8}-", line) for line in lines)


def test_a_field_that_somebody_filled_in_says_so(shop: Any, acme: dict[str, Any]) -> None:
    assert told(shop, acme, "field", "name") == ["Name = Acme, which somebody filled in"]


def test_a_rule_says_whether_it_asks_and_what_is_missing(shop: Any, acme: dict[str, Any]) -> None:
    lines = told(shop, acme, "rule", "documented")
    assert lines[0] == "✗ Large customers need their needs written down"
    assert "  ✗ Needs must be filled (empty)" in lines
    shop.update("customer", acme["id"], {"needs": "Desks"})
    assert told(shop, acme, "rule", "documented")[0].startswith("✓ ")


def test_a_rule_that_does_not_ask_now_says_why(shop: Any) -> None:
    small = shop.create("customer", {"name": "Small"})
    lines = told(shop, small, "rule", "documented", "zh")
    assert lines[0] == "✓ 大客户要写需求：现在不要求"


def test_a_gate_is_explained_as_if_the_record_stood_behind_it(shop: Any, acme: dict[str, Any]) -> None:
    lines = told(shop, acme, "gate", "bought")
    assert lines[0] == "✗ Sell for five thousand first"
    assert "  ✗ Total bought (1,500.00) > 5,000" in lines


def test_a_form_tells_why_it_shows_a_field(shop: Any, acme: dict[str, Any]) -> None:
    assert told(shop, acme, "shown", "needs") == ["✓ Needs", *told(shop, acme, "shown", "needs")[1:]]
    assert told(shop, acme, "shown", "name") == ["✓ Name"]


def test_what_is_not_there_is_refused_with_what_is(shop: Any, acme: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        told(shop, acme, "field", "spend")
    (problem,) = refusal.value.problems
    assert (problem.code, problem.instead, refusal.value.status) == ("explains_no_such", "spent", "missing")


@pytest.fixture
def client(shop: Any) -> Any:
    with TestClient(make_server(shop.app), base_url="http://localhost") as found:
        found.cookies.set("kehu_language", "en")
        yield found


def test_the_api_tells_the_lines_and_the_tree(client: Any, acme: dict[str, Any]) -> None:
    answer = client.get(f"/api/customer/{acme['id']}/explain?field=tier", headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["aspect"], found["name"], found["value"]) == ("field", "tier", "A")
    assert found["lines"][0] == "Tier = A"
    assert found["because"]["because"][0]["kind"] == "case"
    assert client.get(f"/api/customer/{acme['id']}/explain").status_code == 422
    assert client.get(f"/api/customer/{acme['id']}/explain?field=x").status_code == 404
    document = client.get("/api/openapi.json").json()
    assert "/customer/{id}/explain" in document["paths"]


def test_the_pages_link_to_why_and_tell_it_without_scripts(client: Any, acme: dict[str, Any]) -> None:
    record = client.get(f"/customer/{acme['id']}").text
    (url,) = {found for found in re.findall(r'href="([^"]+/why\?[^"]+)"', record) if "field=tier" in found}
    page = client.get(url)
    assert page.status_code == 200
    assert "Total bought (1,500.00) &gt;= 1,000" in page.text
    gate = next(found for found in re.findall(r'href="([^"]+/why\?[^"]+)"', record) if "gate=bought" in found)
    assert "Sell for five thousand first" in client.get(gate).text
    assert client.get(f"/customer/{acme['id']}/why?field=x").status_code == 404
    assert client.get(f"/customer/{acme['id']}/why").status_code == 422


def test_the_command_tells_the_same_lines(shop: Any, acme: dict[str, Any], capsys: Any) -> None:
    from kehu.core.cli.running import run

    del acme
    shop.close()
    folder = ["--folder", str(shop.folder), "--lang", "en"]
    assert run(["explain", "customer/Acme.tier", *folder]) == 0
    assert capsys.readouterr().out.startswith("Tier = A\n")
    assert run(["explain", "customer/Acme", "--gate", "bought", *folder]) == 0
    assert "Total bought (1,500.00) > 5,000" in capsys.readouterr().out
    assert run(["explain", "customer", *folder]) == 1
    assert run(["explain", "customer/Nobody.tier", *folder]) == 1
