"""What a filter costs that no database answers itself is told when somebody asks."""

from typing import Any

from kehu.core.catalog.notes import notes
from kehu.core.problems import Problem, render

FILES = {
    "entities/customer.yaml": "entity: customer\nlabel: 客户\nfields:\n"
    "  name: {type: text, label: 名称}\n  paid: {type: money, label: 已付}\n"
    "  owner: {type: user, label: 负责人}\n  city: {type: text, label: 城市}\n",
    "views/quick.yaml": 'view: quick\nentity: customer\nlabel: 快\nwhere: paid > 100 and city = "上海"\ncolumns: [name]\n',
    "views/slow.yaml": "view: slow\nentity: customer\nlabel: 慢\n"
    "where: paid > 100 and LEFT(name) = \"A\" and owner.name = \"Li\"\ncolumns: [name]\n",
    "metrics/total.yaml": "metric: total\nlabel: 合计\nof: customer\nsum: paid * 2\nunit: money\n",
    "metrics/plain.yaml": "metric: plain\nlabel: 合计\nof: customer\nsum: paid\nunit: money\n",
}  # fmt: skip


def found(make: Any) -> list[Problem]:
    return list(notes(make(FILES).build().catalog))


def test_each_part_that_the_database_cannot_answer_is_told_where_it_stands(make: Any) -> None:
    one, two, three = found(make)
    assert {one.level, two.level, three.level} == {"note"}
    assert (one.values["text"], str(one.place)) == ('LEFT(name) = "A"', "views/slow.yaml:4:23")
    assert (two.values["text"], two.place and two.place.line) == ('owner.name = "Li"', 4)
    assert (three.code, three.values["text"]) == ("amount_in_python", "paid * 2")
    assert "20 µs" in render(one, "en")
    assert "提示" in render(three, "zh")


def test_notes_are_quiet_until_asked_for(make: Any) -> None:
    assert make(FILES).problems() == {}


def test_every_server_inside_that_may_be_asked_is_told(make: Any) -> None:
    workspace = "workspace: acme\noutgoing: {allow: [erp.intranet, 10.0.0.8]}\n"
    one, two = found_in(make, workspace)
    assert (one.code, one.values["host"], two.values["host"]) == (
        "outgoing_allowed",
        "erp.intranet",
        "10.0.0.8",
    )


def test_a_server_inside_is_named_without_its_address(make: Any) -> None:
    workspace = 'workspace: acme\noutgoing: {allow: ["http://erp.intranet/"]}\n'
    [problem] = make({"kehu.yaml": workspace}).build().problems
    assert (problem.code, problem.place and problem.place.line) == ("not_a_host", 2)


def found_in(make: Any, workspace: str) -> list[Problem]:
    return list(notes(make({"kehu.yaml": workspace}).build().catalog))
