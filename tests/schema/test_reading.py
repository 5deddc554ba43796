"""A tree becomes a frozen definition, or nothing and everything that is wrong with it."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from pydantic import ValidationError

from kehu.core.problems import Label, Problem
from kehu.core.schema.automation import Automation
from kehu.core.schema.definition import Definition, formulas
from kehu.core.schema.entity import Entity
from kehu.core.schema.fields.computed import Rollup
from kehu.core.schema.fields.links import Children
from kehu.core.schema.fields.texts import Text
from kehu.core.schema.flow import Flow
from kehu.core.schema.form import Form
from kehu.core.schema.loading import load
from kehu.core.schema.metric import Metric
from kehu.core.schema.reading import read
from kehu.core.schema.registry import FieldTypes
from kehu.core.schema.view import View
from kehu.core.schema.workspace import Workspace

CUSTOMER = """
entity: customer
label: {zh: 客户, en: Customer}
fields:
  name:     {type: text, label: {zh: 名称}, required: true, max: 120}
  class:    {type: choice, options: {high: {label: 高价值客户, colour: amber}, low: }, default: low}
  kind:     {type: choice, options: [a, b]}
  owner:    {type: user, default: =CURRENT_USER()}
  since:    {type: date, min: 2020-01-01}
  discount: {type: percent, max: 30%}
  contacts: {type: children, of: contact.customer}
  spent:    {type: rollup, sum: order.amount, where: status <> "cancelled"}
  tier:     {type: formula, formula: 'IF(spent > 1, "A", "B")'}
unique: [{fields: name}]
rules:
  - {rule: documented, when: class = "high", require: [owner], severity: warn}
"""


def definition(text: str, registry: FieldTypes | None = None) -> Any:
    loaded = load(text, "a.yaml")
    assert loaded.node is not None
    found, problems = read(loaded.node, registry)
    assert problems == ()
    return found


def problems_of(text: str) -> tuple[Problem, ...]:
    loaded = load(text, "a.yaml")
    assert loaded.node is not None
    found, problems = read(loaded.node)
    assert (found is None) == bool(problems)
    return problems


def test_an_entity_is_read_with_its_field_types() -> None:
    entity = definition(CUSTOMER)
    assert isinstance(entity, Entity)
    assert (entity.name, entity.shown, entity.title_field) == ("customer", Label("客户", "Customer"), "name")
    fields: Any = entity.fields
    assert isinstance(fields["name"], Text)
    assert fields["name"].label == Label("名称", "名称")
    assert fields["owner"].label == Label("Owner", "Owner")
    assert fields["class"].coerce("高价值客户") == "high"
    assert fields["class"].coerce("LOW") == "low"
    assert fields["kind"].coerce("B") == "b"
    assert fields["since"].min == date(2020, 1, 1)
    assert fields["discount"].max == Decimal("0.3")
    assert entity.unique[0].fields == ("name",)
    assert entity.rules[0].severity == "warn"


def test_parts_of_rollups_and_children_are_taken_apart() -> None:
    fields = definition(CUSTOMER).fields
    spent, contacts = fields["spent"], fields["contacts"]
    assert isinstance(spent, Rollup)
    assert (spent.aggregate, spent.child, spent.child_field) == ("sum", "order", "amount")
    assert isinstance(contacts, Children)
    assert (contacts.child, contacts.child_field, contacts.column) == ("contact", "customer", None)
    settled = spent.model_copy(update={"result": "money", "decimals": 2})
    assert (settled.column, settled.scale, settled.formula_type) == ("decimal", 2, "money")


def test_every_formula_is_found_with_its_path() -> None:
    found = {path: (text, mark.expects) for path, text, mark in formulas(definition(CUSTOMER))}
    assert found == {
        ("fields", "owner", "default"): ("CURRENT_USER()", None),
        ("fields", "spent", "where"): ('status <> "cancelled"', "yes_no"),
        ("fields", "tier", "formula"): ('IF(spent > 1, "A", "B")', None),
        ("rules", 0, "when"): ('class = "high"', "yes_no"),
    }


def test_a_definition_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        definition(CUSTOMER).title = "owner"


def test_a_form_takes_bare_names_and_conditions() -> None:
    form = definition(
        "form: customer.new\nentity: customer\nuse: edit\nsections:\n  - fields: [name, {field: tax, require: true}]\n"
    )
    assert isinstance(form, Form)
    assert form.use == ("edit",)
    assert [field.field for field in form.sections[0].fields] == ["name", "tax"]
    assert next(formulas(form))[:2] == (("sections", 0, "fields", 1, "require"), "TRUE")


def test_a_view_has_columns_and_an_order() -> None:
    view = definition(
        "view: mine\nentity: deal\nkind: board\ncolumns: [title]\nsort: -amount\ntotals: {amount: sum}\ngroup: stage\n"
    )
    assert isinstance(view, View)
    assert (view.kind, view.sort, view.totals) == ("board", ("-amount",), {"amount": "sum"})


def test_a_flow_has_stages_moves_and_gates() -> None:
    flow = definition(
        "flow: sales\nentity: deal\nfield: stage\nstages:\n  a: {probability: 10%, expect: 5 天}\n  b: {outcome: won}\n"
        "moves: [{from: any, to: b}]\ngates: [{gate: g, to: b, require: amount}]\n"
    )
    assert isinstance(flow, Flow)
    assert flow.stages["a"].probability == Decimal("0.1")
    assert flow.stages["b"].label == Label("B", "B")
    assert flow.moves is not None
    assert (flow.moves[0].from_, flow.moves[0].to) == (("any",), ("b",))
    assert (flow.gates[0].from_, flow.gates[0].require) == (None, ("amount",))


@pytest.mark.parametrize(
    ("on", "parts"),
    [
        ("deal created", ("deal", "created", None, None)),
        ("deal changed", ("deal", "changed", None, None)),
        ("deal deleted", ("deal", "deleted", None, None)),
        ("deal.amount changed", ("deal", "changed", "amount", None)),
        ("deal.stage -> won", ("deal", "changed", "stage", "won")),
        ("deal.stage → won", ("deal", "changed", "stage", "won")),
    ],
)
def test_a_trigger_is_taken_apart(on: str, parts: tuple[Any, ...]) -> None:
    found = definition(f"automation: x\non: {on}\ndo: [{{set: {{note: =today()}}}}]\n")
    assert isinstance(found, Automation)
    trigger = found.trigger
    assert (trigger.entity, trigger.what, trigger.field, trigger.value) == parts
    assert (found.entity, found.do[0].action) == ("deal", "set")


@pytest.mark.parametrize("on", ["deal", "deal.amount created", "deal -> won", "every day", "Deal created"])
def test_a_trigger_that_says_nothing_clear_is_refused(on: str) -> None:
    problems = problems_of(f"automation: x\non: {on}\ndo: [{{set: {{note: 1}}}}]\n")
    assert [problem.code for problem in problems] == ["bad_trigger"]


def test_a_metric_says_how_it_is_worked_out() -> None:
    metric = definition(
        "metric: rate\nlabel: 转化率\nof: customer\nshare: won is not empty\ntarget: 20%\nunit: percent\n"
    )
    assert isinstance(metric, Metric)
    assert (metric.calculation, metric.target) == ("share", Decimal("0.2"))
    assert definition("metric: r\nlabel: r\nratio: [a, b]\n").calculation == "ratio"
    assert definition("metric: r\nlabel: r\nof: order\ncount: customer\n").count == "customer"
    assert [p.code for p in problems_of("metric: r\nlabel: r\nof: order\ncount: [a]\n")] == ["expected_text"]
    assert [p.code for p in problems_of("metric: r\nlabel: r\nratio: [a]\n")] == ["ratio_of_two"]
    assert [p.code for p in problems_of("metric: r\nlabel: r\nof: x\n")] == ["metric_without_calculation"]


def test_a_workspace_knows_its_zone() -> None:
    workspace = definition("workspace: acme\ntimezone: Europe/London\nplugins: [customers]\n")
    assert isinstance(workspace, Workspace)
    assert str(workspace.zone) == "Europe/London"
    assert (workspace.language, workspace.currency, workspace.store) == ("zh", "CNY", "tinydb")


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    problems = problems_of(
        CUSTOMER.replace("max: 120", "mx: 1")
        .replace("amber", "gold")
        .replace("required: true", "required: on")
    )
    assert [problem.code for problem in problems] == [
        "expected_true_or_false",
        "unknown_key",
        "not_one_of_these",
    ]


def test_contradictions_in_the_parts_and_in_the_whole_come_together() -> None:
    problems = problems_of(CUSTOMER.replace("max: 120", "max: 0").replace("fields: name", "fields: nam"))
    assert [(problem.code, problem.instead) for problem in problems] == [
        ("out_of_range", None),
        ("unknown_field", "name"),
    ]


def test_a_misspelt_key_hides_no_contradiction_beside_it() -> None:
    role = "role: r\ncan:\n  deal: {read: all, hide: [cost], mask: [cost], %s: [amount]}\n"
    assert [(one.code, one.values.get("name")) for one in problems_of(role % "readonly")] == [
        ("hidden_and_more", "cost"),
        ("unknown_key", None),
    ]
    assert [one.code for one in problems_of(role % "zzz")] == ["unknown_key"]


def test_a_key_that_is_only_misspelt_is_not_missed() -> None:
    codes = [one.code for one in problems_of("role: r\ncan:\n  deal: {raed: all, change: all}\n")]
    assert codes == ["unknown_key"]
    twice = problems_of("role: r\ncan:\n  deal: {read_only: [a], readonly: [a], read: all, hide: [a]}\n")
    assert [one.code for one in twice] == ["unknown_key"]


def test_a_literal_default_must_fit_its_field() -> None:
    problem = problems_of(CUSTOMER.replace("default: low", "default: lo"))[0]
    assert (problem.code, problem.instead) == ("not_an_option", "Low")
    assert problem.place is not None
    assert problem.place.line == 6


def test_a_plugin_adds_a_field_type_and_never_replaces_one() -> None:
    class Stars(Text):
        type_name: ClassVar[str] = "stars"

    types = FieldTypes.bundled().extended([Stars])
    entity = definition("entity: a\nfields:\n  x: {type: stars}\n", types)
    assert isinstance(entity.fields["x"], Stars)
    assert "stars" not in FieldTypes.bundled()
    with pytest.raises(ValueError, match="stars"):
        types.extended([Stars])


def test_a_definition_says_itself_as_plainly_as_it_was_written() -> None:
    text = "entity: a\nlabel: {zh: 甲, en: A}\nfields:\n  x: {type: percent, label: 乙, max: 50%}\n"
    entity: Definition = definition(text)
    assert entity.plain() == {
        "entity": "a", "label": {"zh": "甲", "en": "A"},
        "fields": {"x": {"type": "percent", "label": "乙", "max": 0.5}},
    }  # fmt: skip
