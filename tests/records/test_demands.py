"""What a form demands holds at every door, and which form that is depends on the person and on the record."""

from typing import Any

import pytest

from kehu.core.problems import message

FILES = {
    "entities/company.yaml": """
        entity: company
        fields:
          name: {type: text}
          active: {type: yes_no, default: true}
    """,
    "entities/person.yaml": """
        entity: person
        fields:
          name: {type: text}
          company: {type: link, to: company}
    """,
    "entities/deal.yaml": """
        entity: deal
        fields:
          title: {type: text}
          class: {type: choice, options: [high, low], default: low}
          company: {type: link, to: company}
          contact: {type: link, to: person}
          status: {type: choice, options: [open, closed], default: open}
          note: {type: text}
          code: {type: text}
          budget: {type: money}
          source: {type: text}
    """,
    "forms/deal.yaml": """
        form: deal
        entity: deal
        sections:
          - fields:
              - title
              - {field: company, options_where: {active: true}}
              - {field: contact, options_where: {company: =company}}
              - {field: note, readonly: status = "closed"}
              - {field: code, readonly: code is not empty}
              - {field: source, default: form}
              - status
    """,
    "forms/high.yaml": """
        form: high
        entity: deal
        for: {when: class = "high"}
        sections:
          - fields: [title, class, {field: budget, require: true}, {field: source, default: ="high " & title}]
    """,
    "forms/boss.yaml": """
        form: boss
        entity: deal
        for: {roles: [boss]}
        sections:
          - fields: [title, {field: note, require: true}]
    """,
}

DOORS = ("page", "board", "api", "command", "import")


@pytest.fixture
def deals(make: Any) -> Any:
    return make(FILES)


def codes(problems: Any) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.field) for problem in problems]


@pytest.mark.parametrize("door", [*DOORS, "automation"])
def test_a_link_leads_only_where_the_form_offers(deals: Any, door: str) -> None:
    acme = deals.create("company", {"name": "Acme"})["id"]
    other = deals.create("company", {"name": "Other"})["id"]
    ada = deals.create("person", {"name": "Ada", "company": acme})["id"]
    assert deals.create("deal", {"company": acme, "contact": ada}, door)["contact"] == ada
    refused = deals.refused("deal", {"company": other, "contact": ada}, door)
    assert codes(refused) == [("not_offered", "contact")]


def test_a_link_may_offer_several_kinds(make: Any) -> None:
    form = FILES["forms/deal.yaml"].replace("{active: true}", "{name: [Acme, Other]}")
    deals = make({**FILES, "forms/deal.yaml": form})
    acme, third = (deals.create("company", {"name": name})["id"] for name in ("Acme", "Third"))
    assert deals.create("deal", {"company": acme})["company"] == acme
    assert codes(deals.refused("deal", {"company": third})) == [("not_offered", "company")]


def test_what_is_not_chosen_yet_narrows_nothing(deals: Any) -> None:
    acme = deals.create("company", {"name": "Acme"})["id"]
    ada = deals.create("person", {"name": "Ada", "company": acme})["id"]
    assert deals.create("deal", {"contact": ada})["contact"] == ada


def test_changing_what_an_offer_depends_on_asks_again(deals: Any) -> None:
    acme, other = (deals.create("company", {"name": name})["id"] for name in ("Acme", "Other"))
    ada = deals.create("person", {"name": "Ada", "company": acme})["id"]
    deal = deals.create("deal", {"company": acme, "contact": ada})
    assert codes(deals.refused("deal", {"company": other}, id=deal["id"])) == [("not_offered", "contact")]
    deals.update("deal", deal["id"], {"company": other, "contact": None})
    deals.update("company", acme, {"active": False})
    assert codes(deals.refused("deal", {"company": acme}, id=deal["id"])) == [("not_offered", "company")]
    assert deals.update("deal", deal["id"], {"title": "T"})["title"] == "T"


@pytest.mark.parametrize("door", DOORS)
def test_a_field_that_the_form_locks_is_locked_at_every_door(deals: Any, door: str) -> None:
    deal = deals.create("deal", {"status": "closed"})
    assert codes(deals.refused("deal", {"note": "n"}, door, deal["id"])) == [("field_is_locked", "note")]


def test_an_automation_may_set_what_the_form_locks(deals: Any) -> None:
    deal = deals.create("deal", {"status": "closed"})
    assert deals.update("deal", deal["id"], {"note": "n"}, "automation")["note"] == "n"


def test_an_import_brings_what_is_locked_by_now_but_does_not_change_it(deals: Any) -> None:
    deal = deals.create("deal", {"status": "closed", "note": "from before"}, "import")
    assert deal["note"] == "from before"
    assert codes(deals.refused("deal", {"status": "closed", "note": "n"}, "api")) == [
        ("field_is_locked", "note")
    ]


def test_the_change_that_closes_brings_its_last_words_and_the_one_that_opens_its_first(deals: Any) -> None:
    deal = deals.create("deal", {})
    deals.update("deal", deal["id"], {"status": "closed", "note": "last"})
    assert deals.update("deal", deal["id"], {"status": "open", "note": "first"})["note"] == "first"


def test_a_field_that_is_filled_in_once_can_be_filled_in_once(deals: Any) -> None:
    deal = deals.create("deal", {})
    deals.update("deal", deal["id"], {"code": "A"})
    for value in ("B", None):
        refused = deals.refused("deal", {"code": value}, "api", deal["id"])
        assert codes(refused) == [("field_is_locked", "code")]


@pytest.mark.parametrize("door", DOORS)
def test_the_narrowest_form_that_fits_the_record_demands_and_fills_in(deals: Any, door: str) -> None:
    assert deals.create("deal", {"title": "T"}, door)["source"] == "form"
    refused = deals.refused("deal", {"title": "T", "class": "high"}, door)
    assert codes(refused) == [("field_required", "budget")]
    made = deals.create("deal", {"title": "T", "class": "high", "budget": 5}, door)
    assert made["source"] == "high T"
    assert deals.create("deal", {"source": "mine"}, door)["source"] == "mine"


def test_what_a_form_asks_for_on_a_condition_says_the_form_and_the_condition(make: Any) -> None:
    fields = 'title, {field: budget, require: class = "high"}'
    form = f"form: deal\nentity: deal\nlabel: Deal sheet\nsections: [{{fields: [{fields}]}}]\n"
    rest = {name: text for name, text in FILES.items() if name != "forms/high.yaml"}
    deals = make({**rest, "forms/deal.yaml": form})
    [problem] = deals.refused("deal", {"title": "T", "class": "high"}, "api")
    assert problem.code == "field_required_by_form"
    asked = 'Budget is needed: the form “Deal sheet” asks for it where class = "high"'
    assert message(problem, "en") == asked
    assert deals.create("deal", {"title": "T"}, "api")["budget"] is None


def test_a_form_for_a_role_demands_of_that_role_alone(deals: Any) -> None:
    from dataclasses import replace

    from kehu.core.problems import Refused

    records, owner = deals.app.now.records, deals.context()
    boss = replace(owner, roles=frozenset({"boss", "owner"}))
    with pytest.raises(Refused) as refusal:
        records.create(boss, "deal", {"title": "T"})
    assert codes(refusal.value.problems) == [("field_required", "note")]
    assert records.create(owner, "deal", {"title": "T"}).row["title"] == "T"


def test_sample_data_need_not_know_the_defaults_of_forms(deals: Any) -> None:
    assert deals.create("deal", {}, "seed")["source"] is None


WRONG = {
    "equals": ("form: b\nentity: deal\n", "forms_fit_equally"),
    "the same roles": ("form: b\nentity: deal\nfor: {roles: [boss]}\n", "forms_fit_equally"),
    "the same condition": ("form: b\nentity: deal\nfor: {when: class = \"high\"}\n", "forms_fit_equally"),
    "nobody": ("form: b\nentity: deal\nfor: {roles: []}\n", "for_nobody"),
    "no link": ("form: b\nentity: deal\nfor: {roles: [x]}\nsections: [{fields: [{field: title, options_where: {a: 1}}]}]\n", "offers_no_records"),
    "no field there": ("form: b\nentity: deal\nfor: {roles: [x]}\nsections: [{fields: [{field: company, options_where: {nme: 1}}]}]\n", "unknown_field"),
    "beside no field": ("form: b\nentity: deal\nfor: {roles: [x]}\nsections: [{fields: [{field: class, after: titel}]}]\n", "unknown_field"),
    "no such option": ("form: b\nentity: deal\nfor: {roles: [x]}\nsections: [{fields: [{field: class, default: medium}]}]\n", "form_value_unfit"),
    "a wrong formula": ("form: b\nentity: deal\nfor: {when: clas = \"high\"}\n", "formula_unknown_name_near"),
    "a public one with a link": ("form: b\nentity: deal\nuse: public\nsections: [{fields: [company]}]\n", "public_form_shows"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_work_is_told_with_its_place(make: Any, name: str) -> None:
    text, code = WRONG[name]
    problem = make({**FILES, "forms/b.yaml": text}).problems()[code]
    assert problem.place is not None
    assert "forms/" in problem.place.file


def test_two_equal_forms_are_told_with_the_place_of_both(make: Any) -> None:
    problem = make({**FILES, "forms/b.yaml": "form: b\nentity: deal\n"}).problems()["forms_fit_equally"]
    assert {problem.place.file, problem.values["other"].partition(":")[0]} == {
        "forms/b.yaml",
        "forms/deal.yaml",
    }


@pytest.mark.parametrize(
    ("when", "told"), [('class = "low"', False), ('class in ("low")', False), ('title = "x"', True)]
)
def test_conditions_that_never_hold_together_are_no_conflict(make: Any, when: str, told: bool) -> None:
    text = f"form: b\nentity: deal\nfor: {{when: '{when}'}}\n"
    built = make({**FILES, "forms/b.yaml": text}).build()
    assert built.catalog is not None
    pairs = [{problem.values["first"], problem.values["second"]} for problem in built.problems
             if problem.code == "forms_may_fit_equally"]  # fmt: skip
    assert ({"b", "high"} in pairs) is told
