"""What does not fit together is told at its place, with what would."""

from typing import Any

import pytest

ENTITIES = {
    "entities/deal.yaml": """
        entity: deal
        fields:
          title: {type: text}
          amount: {type: money}
          stage: {type: stage, flow: sales}
          customer: {type: link, to: customer}
          owner: {type: user}
          tags: {type: tags}
          vip: {type: formula, formula: customer.name = "Ada"}
    """,
    "entities/customer.yaml": """
        entity: customer
        fields:
          name: {type: text}
          deals: {type: children, of: deal.customer}
          total: {type: rollup, sum: deal.amount}
    """,
    "flows/sales.yaml": """
        flow: sales
        entity: deal
        field: stage
        stages: {open: {label: Open}, won: {label: Won}}
    """,
}

WRONG = {
    "link": ("entities/x.yaml", "entity: extra\nfields:\n  to: {type: link, to: custmer}\n", "unknown_entity", "customer", 3),
    "children": ("entities/x.yaml", "entity: extra\nfields:\n  t: {type: text}\n  c: {type: children, of: deal.custmer}\n", "unknown_field", "customer", 4),
    "link back": ("entities/x.yaml", "entity: extra\nfields:\n  t: {type: text}\n  c: {type: children, of: deal.customer}\n", "not_a_link_back", None, 4),
    "rollup without link": ("entities/x.yaml", "entity: extra\nfields:\n  t: {type: text}\n  c: {type: rollup, count: deal}\n", "rollup_without_link", None, 4),
    "rollup of nothing": ("entities/x.yaml", "extend: customer\nfields:\n  c: {type: rollup, sum: deal.amout}\n", "unknown_field", "amount", 3),
    "rollup via": ("entities/x.yaml", "extend: customer\nfields:\n  c: {type: rollup, count: deal, via: custmer}\n", "unknown_link", "customer", 3),
    "rollup of texts": ("entities/x.yaml", "extend: customer\nfields:\n  c: {type: rollup, sum: deal.title}\n", "needs_a_number", None, 3),
    "rollup of what is not kept": ("entities/x.yaml", "extend: customer\nfields:\n  c: {type: rollup, max: deal.vip}\n", "rollup_of_unkept", None, 3),
    "rollup that looks away": ("entities/x.yaml", "extend: customer\nfields:\n  c: {type: rollup, count: deal, where: vip}\n", "rollup_looks_away", None, 3),
    "rollup by the clock": ("entities/x.yaml", "extend: customer\nfields:\n  c: {type: rollup, count: deal, where: created_at > TODAY()}\n", "rollup_looks_away", None, 3),
    "flow": ("entities/x.yaml", "entity: extra\nfields:\n  s: {type: stage, flow: saels}\n", "unknown_flow", "sales", 3),
    "flow elsewhere": ("entities/x.yaml", "entity: extra\nfields:\n  s: {type: stage, flow: sales}\n", "flow_is_elsewhere", None, 3),
    "form entity": ("forms/x.yaml", "form: x\nentity: dael\nsections: [{fields: [title]}]\n", "unknown_entity", "deal", 2),
    "form field": ("forms/x.yaml", "form: x\nentity: deal\nsections: [{fields: [titel]}]\n", "unknown_field", "title", 3),
    "form requires computed": ("forms/x.yaml", "form: x\nentity: customer\nsections: [{fields: [{field: total, require: true}]}]\n", "requires_computed", None, 3),
    "rule requires children": ("entities/x.yaml", "extend: customer\nrules:\n  - {rule: r, require: [deals]}\n", "requires_computed", None, 3),
    "gate requires the unkept": ("flows/x.yaml", "extend: sales\ngates:\n  - {gate: g, to: won, require: [vip]}\n", "requires_computed", None, 3),
    "view column": ("views/x.yaml", "view: x\nentity: deal\ncolumns: [titel]\n", "unknown_field", "title", 3),
    "view sort": ("views/x.yaml", "view: x\nentity: deal\nsort: [-vip]\n", "cannot_sort_by", None, 3),
    "view total": ("views/x.yaml", "view: x\nentity: deal\ntotals: {amont: sum}\n", "unknown_field", "amount", 3),
    "view total of texts": ("views/x.yaml", "view: x\nentity: deal\ntotals: {title: sum}\n", "needs_a_number", None, 3),
    "view group": ("views/x.yaml", "view: x\nentity: deal\nkind: board\ngroup: stag\n", "unknown_field", "stage", 4),
    "flow field": ("flows/x.yaml", "flow: x\nentity: deal\nfield: stag\nstages: {a: {label: A}}\n", "unknown_stage_field", "stage", 3),
    "flow on a taken field": ("flows/x.yaml", "flow: x\nentity: deal\nfield: stage\nstages: {a: {label: A}}\n", "stage_field_taken", None, 3),
    "gate require": ("flows/x.yaml", "extend: sales\ngates:\n  - {gate: g, to: won, require: [amont]}\n", "unknown_field", "amount", 3),
    "gate stage": ("flows/x.yaml", "extend: sales\ngates:\n  - {gate: g, to: wn, require: [amount]}\n", "unknown_stage", "won", 3),
    "automation entity": ("automations/x.yaml", "automation: x\non: dael created\ndo:\n  - set: {title: a}\n", "unknown_entity", "deal", 2),
    "automation option": ("automations/x.yaml", "automation: x\non: deal.stage -> wno\ndo:\n  - set: {title: a}\n", "unknown_option", "won", 2),
    "automation set": ("automations/x.yaml", "automation: x\non: deal created\ndo:\n  - set: {titel: a}\n", "unknown_field", "title", 4),
    "automation sets computed": ("automations/x.yaml", "automation: x\non: customer created\ndo:\n  - set: {total: 1}\n", "field_is_not_writable", None, 4),
    "automation never": ("automations/x.yaml", "automation: x\non: customer.total changed\ndo:\n  - set: {name: a}\n", "trigger_never_fires", None, 2),
    "automation create": ("automations/x.yaml", "automation: x\non: deal created\ndo:\n  - create: custmer\n    set: {name: a}\n", "unknown_entity", "customer", 4),
    "metric of": ("metrics/x.yaml", "metric: x\nlabel: X\nof: dael\ncount: true\n", "unknown_entity", "deal", 3),
    "metric by": ("metrics/x.yaml", "metric: x\nlabel: X\nof: deal\ncount: true\nby: [ownr]\n", "unknown_field", "owner", 5),
    "metric by a list": ("metrics/x.yaml", "metric: x\nlabel: X\nof: deal\ncount: true\nby: [tags]\n", "cannot_cut_by", None, 5),
    "metric ratio": ("metrics/x.yaml", "metric: x\nlabel: X\nratio: [x, xx]\n", "unknown_metric", "x", 3),
    "metric of itself": ("metrics/x.yaml", "metric: x\nlabel: X\nratio: [x, x]\n", "circular_metrics", None, 3),
    "dashboard": ("dashboards/x.yaml", "dashboard: x\nlabel: X\nitems: [{metric: y}]\n", "unknown_metric", None, 3),
    "plain formula": ("entities/x.yaml", "extend: deal\nfields:\n  double: {type: formula, formula: amuont * 2}\n", "formula_unknown_name_near", "amount", 3),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_reference_is_told_at_its_line_with_the_nearest_name(make: Any, case: str) -> None:
    file, text, code, instead, line = WRONG[case]
    found = make({**ENTITIES, file: text}).problems()
    assert code in found, found
    problem = found[code]
    assert (problem.place.file, problem.place.line) == (file, line)
    assert problem.instead == instead


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("formula: amount + 数量", 19),
        ('formula: "amount + 数量"', 20),
        ("formula: 'amount + 数量'", 20),
    ],
)
def test_a_mistake_in_a_formula_is_placed_at_the_very_column(make: Any, written: str, column: int) -> None:
    text = f"extend: deal\nfields:\n  double:\n    type: formula\n    {written}\n"
    (problem,) = make({**ENTITIES, "entities/x.yaml": text}).build().problems
    assert (problem.place.line, problem.place.column, problem.place.width) == (5, column + 4, 2)


def test_a_default_formula_is_placed_behind_its_equals_sign(make: Any) -> None:
    text = 'extend: deal\nfields:\n  title:\n    default: =owner.nme\n  amount:\n    default: "=amuont"\n'
    plain, quoted = make({**ENTITIES, "entities/x.yaml": text}).build().problems
    assert (plain.place.line, plain.place.column) == (4, 21)
    assert (quoted.place.line, quoted.place.column) == (6, 16)


def test_a_default_that_names_no_option_or_stage_is_refused(make: Any) -> None:
    text = "extend: deal\nfields:\n  stage:\n    default: opn\n"
    built = make({**ENTITIES, "entities/x.yaml": text}).build()
    (problem,) = built.problems
    assert (problem.place.line, problem.instead) == (4, "open")


def test_circular_formulas_are_named_with_their_path(make: Any) -> None:
    text = """
        extend: deal
        fields:
          a: {type: formula, formula: b + 1}
          b: {type: formula, formula: c + 1}
          c: {type: formula, formula: a + 1}
    """
    problem = make({**ENTITIES, "entities/x.yaml": text}).problems()["circular_fields"]
    assert problem.values["path"] == "deal.a → deal.b → deal.c → deal.a"
    assert problem.place.line == 3


def test_a_circle_through_a_rollup_is_found_too(make: Any) -> None:
    text = "extend: deal\nfields:\n  share: {type: formula, formula: amount / customer.shares}\n"
    more = "extend: customer\nfields:\n  shares: {type: rollup, sum: deal.share}\n"
    found = make({**ENTITIES, "entities/x.yaml": text, "entities/y.yaml": more}).problems()
    assert "circular_fields" in found


def test_a_stage_that_nothing_leads_to_is_a_warning(make: Any) -> None:
    text = "extend: sales\nstages: {lost: {label: Lost}}\nstart: open\nmoves: [{from: open, to: won}]\n"
    built = make({**ENTITIES, "flows/x.yaml": text}).build()
    (problem,) = built.problems
    assert (problem.code, problem.level, problem.place.line) == ("unreachable_stage", "warning", 2)
    assert built.catalog.warnings == (problem,)


def test_all_mistakes_of_all_files_are_told_at_once(make: Any) -> None:
    built = make(
        {
            **ENTITIES,
            "views/x.yaml": "view: x\nentity: deal\ncolumns: [titel, amout]\n",
            "forms/x.yaml": "form: x\nentity: dael\nsections: [{fields: [title]}]\n",
        }
    ).build()
    assert built.catalog is None
    assert sorted(problem.code for problem in built.problems) == [
        "unknown_entity",
        "unknown_field",
        "unknown_field",
    ]


def test_the_graph_knows_who_uses_a_field_and_where(make: Any) -> None:
    catalog = (
        make(
            {
                **ENTITIES,
                "views/x.yaml": "view: x\nentity: deal\ncolumns: [title, amount]\nsort: [-amount]\n",
                "forms/x.yaml": "form: x\nentity: deal\nsections: [{fields: [amount]}]\n",
                "flows/x.yaml": "extend: sales\ngates:\n  - {gate: g, to: won, require: [amount], check: amount > 5}\n",
                "metrics/x.yaml": "metric: x\nlabel: X\nof: deal\nsum: amount\n",
            }
        )
        .build()
        .catalog
    )
    users = {(edge.source, edge.how, str(edge.place)) for edge in catalog.graph.users_of("field deal.amount")}
    assert users == {
        ("field customer.total", "sum", "entities/customer.yaml:5:30"),
        ("view x", "column", "views/x.yaml:3:18"),
        ("view x", "sort", "views/x.yaml:4:8"),
        ("form x", "form", "forms/x.yaml:3:22"),
        ("flow sales", "require", "flows/x.yaml:3:34"),
        ("flow sales", "formula", "flows/x.yaml:3:50"),
        ("metric x", "formula", "metrics/x.yaml:4:6"),
    }
    assert {edge.target for edge in catalog.graph.used_by("field deal.customer")} == {"entity customer"}
    assert {edge.source for edge in catalog.graph.users_of("field customer.name")} == {"field deal.vip"}
