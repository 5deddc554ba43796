"""A workspace reshapes what a plugin brings, and what hangs on it follows."""

import json
from typing import Any

from kehu.core.problems import Refused

CUSTOMER = """
    entity: customer
    fields:
      name: {type: text}
      fax: {type: text}
      class: {type: choice, options: {high: {label: {zh: 高价值, en: High value}}, low: {label: Low}}}
"""
FORM = (
    "form: customer.new\nentity: customer\nsections:\n  - fields: [name, {field: fax, help: 传真}, class]\n"
)
VIEW = "view: customers\nentity: customer\ncolumns: [name, fax, class]\nsort: [-fax, name]\ntotals: {fax: count}\n"
PLUGIN = {
    "kehu.yaml": "workspace: small\nplugins: [base]\n",
    "plugins/base/plugin.yaml": "plugin: base\nlabel: Base\n",
    "plugins/base/entities/customer.yaml": CUSTOMER,
    "plugins/base/forms/customer.yaml": FORM,
    "plugins/base/views/customers.yaml": VIEW,
}


def test_a_removed_field_leaves_the_plugins_forms_and_views_without_a_hole(make: Any) -> None:
    shop = make({**PLUGIN, "entities/customer.yaml": "extend: customer\nfields:\n  fax: remove\n"})
    catalog = shop.app.catalog
    assert "fax" not in catalog.entities["customer"].fields
    assert [item.field for item in catalog.forms["customer.new"].sections[0].fields] == ["name", "class"]
    view = catalog.views["customers"]
    assert (view.columns, view.sort, view.totals) == (("name", "class"), ("name",), {})


def test_a_rule_that_needs_a_removed_field_is_reported(make: Any) -> None:
    rule = f"{CUSTOMER}    rules:\n      - {{rule: fax_is_known, require: [fax]}}\n"
    shop = make(
        {
            **PLUGIN,
            "plugins/base/entities/customer.yaml": rule,
            "entities/customer.yaml": "extend: customer\nfields:\n  fax: remove\n",
        }
    )
    assert "unknown_field" in shop.problems()


def test_an_option_keeps_its_old_label_as_a_spelling(make: Any) -> None:
    new = "extend: customer\nfields:\n  class:\n    options:\n      high: {label: 重点客户}\n"
    shop = make({**PLUGIN, "entities/customer.yaml": new})
    for spelling in ("高价值", "High value", "重点客户", "high"):
        assert shop.create("customer", {"name": "A", "class": spelling})["class"] == "high"


def test_a_json_schema_is_an_entity(make: Any) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Site",
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "maxLength": 20},
            "kind": {"enum": ["plant", "office"]},
            "opened": {"type": "string", "format": "date"},
        },
    }
    shop = make({"entities/site.schema.json": json.dumps(schema)})
    row = shop.create("site", {"name": "Nord", "kind": "plant", "opened": "2026-03-01"})
    assert (row["name"], row["kind"], str(row["opened"])) == ("Nord", "plant", "2026-03-01")
    refused = shop.refused("site", {"kind": "farm"}) if hasattr(shop, "refused") else Refused
    assert refused


def test_what_a_json_schema_cannot_say_here_is_refused_by_name(make: Any) -> None:
    schema = {"type": "object", "properties": {"name": {"$ref": "other.json"}}}
    problems = make({"entities/site.schema.json": json.dumps(schema)}).problems()
    assert problems
    assert all(problem.place.file == "entities/site.schema.json" for problem in problems.values())


def test_a_calendar_goes_with_the_date_it_was_laid_out_by(make: Any) -> None:
    workspace = make(
        {
            "kehu.yaml": "workspace: small\nlanguage: en\nplugins: [customers, funnel]\nstore: tinydb\n",
            "views/spans.yaml": "view: spans\nentity: deal\nkind: timeline\nstart: created_at\nend: demo_on\n",
            "entities/deal.yaml": "extend: deal\nfields: {expected_close: remove, demo_on: remove}\n",
            "flows/sales.yaml": "extend: sales\ngates: [{gate: demo_is_dated, require: [needs]}]\n",
            "views/overdue_deals.yaml": 'extend: overdue_deals\nwhere: stage = "demo"\n',
        }
    )
    built = workspace.build()
    assert [problem.code for problem in built.problems if problem.level == "error"] == []
    assert built.catalog is not None
    assert "deals_calendar" not in built.catalog.views
    assert built.catalog.views["spans"].end is None
