"""Making workspaces, checking them, asking why."""

import json
from pathlib import Path

import pytest

from kehu.core.cli import founding

from .typed import REPOSITORY, Kehu


def test_a_new_workspace_is_whole_and_has_no_problems(kehu: Kehu, acme: Path) -> None:
    assert "workspace: acme\n" in (acme / "kehu.yaml").read_text("utf-8")
    assert (acme / "entities" / "customer.yaml").is_file()
    assert not (acme / "data").exists()
    assert "/data/" in (acme / ".gitignore").read_text("utf-8")
    said = kehu("check")
    assert said.code == 0
    assert "没有问题" in said.out


def test_comments_of_the_template_stay(acme: Path) -> None:
    template = (REPOSITORY / "templates" / "general" / "kehu.yaml").read_text("utf-8")
    made = (acme / "kehu.yaml").read_text("utf-8")
    editors, *kept = [line for line in made.splitlines() if "#" in line]
    assert editors == "# yaml-language-server: $schema=.kehu/schemas/workspace.json"
    assert kept == [line for line in template.splitlines() if "#" in line]


def test_the_language_asked_for_is_the_workspace_s(kehu: Kehu, here: Path) -> None:
    said = kehu("new", "acme", "--lang", "en")
    assert "Next:" in said.out
    assert "language: en  " in (here / "acme" / "kehu.yaml").read_text("utf-8")
    assert "no problems" in kehu("check", "acme").out


def test_a_folder_with_something_in_it_is_refused_and_left_alone(kehu: Kehu, here: Path) -> None:
    (here / "acme").mkdir()
    (here / "acme" / "mine.txt").write_text("mine")
    said = kehu("new", "acme")
    assert said.code == 1
    assert "acme" in said.err
    assert [path.name for path in here.rglob("*")] == ["acme", "mine.txt"]


@pytest.mark.parametrize(("name", "instead"), [("Acme Ltd", "acme_ltd"), ("1st", ""), ("客户", "")])
def test_a_bad_name_is_refused_with_a_better_one(kehu: Kehu, here: Path, name: str, instead: str) -> None:
    said = kehu("new", name)
    assert said.code == 1
    assert instead in said.err
    assert list(here.iterdir()) == []


def test_an_unknown_template_is_refused_with_those_there_are(kehu: Kehu, here: Path) -> None:
    said = kehu("new", "acme", "--template", "generic")
    assert said.code == 1
    assert "general" in said.err
    assert list(here.iterdir()) == []


def test_a_workspace_that_cannot_be_finished_leaves_nothing(
    kehu: Kehu, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(founding, "_set_keys", fails)
    said = kehu("new", "acme")
    assert said.code == 1
    assert "No space left" in said.err
    assert list(here.iterdir()) == []


def test_sample_data_is_entered_when_asked_for(kehu: Kehu, here: Path) -> None:
    assert kehu("new", "acme", "--sample").code == 0
    said = kehu("export", "customer", "--folder", "acme", "--format", "jsonl")
    assert len(said.out.splitlines()) >= 200


def test_check_points_at_the_mistake(kehu: Kehu, acme: Path) -> None:
    (acme / "entities" / "visit.yaml").write_text(
        "entity: visit\nlabel: 拜访\nfields:\n  on: {typ: date, label: 日期}\n", "utf-8"
    )
    said = kehu("check")
    assert said.code == 1
    assert "entities/visit.yaml:4:8" in said.out
    assert "^^^" in said.out
    assert "type" in said.out
    found = json.loads(kehu("check", "--format", "json").out)
    assert found[0]["file"] == "entities/visit.yaml"
    assert (found[0]["line"], found[0]["column"], found[0]["instead"]) == (4, 8, "type")


def test_a_broken_workspace_is_not_served(kehu: Kehu, acme: Path) -> None:
    (acme / "kehu.yaml").write_text("workspace: acme\nplugins: [custmers]\n", "utf-8")
    said = kehu("run")
    assert said.code == 1
    assert "kehu.yaml" in said.err
    assert "customers" in said.err


def test_a_folder_that_is_no_workspace_is_told_so(kehu: Kehu, here: Path) -> None:
    for command in (["check"], ["run"], ["why", "customer"], ["schema", "customer"], ["export", "customer"]):
        said = kehu(*command)
        assert said.code == 1
        assert "kehu new" in said.out + said.err


@pytest.mark.parametrize("name", ["customers", "funnel", "orders", "aftersales"])
def test_a_plugin_s_folder_can_be_checked(kehu: Kehu, name: str) -> None:
    assert kehu("check", str(REPOSITORY / "plugins" / name)).code == 0


def test_a_plugin_s_mistakes_are_called_as_in_its_own_folder(kehu: Kehu, here: Path) -> None:
    (here / "mine" / "entities").mkdir(parents=True)
    (here / "mine" / "plugin.yaml").write_text("plugin: mine\nlabel: Mine\n", "utf-8")
    (here / "mine" / "entities" / "visit.yaml").write_text("entity: visit\nlabel: x\nfeilds: {}\n", "utf-8")
    said = kehu("check", "mine")
    assert said.code == 1
    assert "--> entities/visit.yaml:3:1" in said.out
    assert "| feilds: {}" in said.out


def test_a_template_s_folder_can_be_checked(kehu: Kehu) -> None:
    assert kehu("check", str(REPOSITORY / "templates" / "general")).code == 0


def test_why_names_every_layer_lowest_first(kehu: Kehu, acme: Path) -> None:
    (acme / "entities" / "order.yaml").write_text(
        "extend: order\nfields:\n  amount: {min: 1, required: false}\n", "utf-8"
    )
    said = kehu("why", "order.amount.required")
    lines = said.out.splitlines()
    assert said.code == 0
    assert lines[0].endswith("order.amount.required = false")
    assert "orders:entities/order.yaml" in lines[2]
    assert "true" in lines[2]
    assert "entities/order.yaml:3:30" in lines[3]
    assert "metrics/sales.yaml" in said.out


def test_why_tells_a_default_from_what_was_written(kehu: Kehu, acme: Path) -> None:
    assert "默认" in kehu("why", "customer.phone.required").out


def test_why_speaks_one_language_and_says_where_a_plugin_s_files_lie(kehu: Kehu, acme: Path) -> None:
    said = kehu("why", "deal.amount").out
    assert "funnel:entities/deal.yaml" in said
    folder = Path(said.split("funnel: 开头的文件在 ")[1].splitlines()[0])
    spot = next(word for word in said.split() if word.startswith("funnel:entities/deal.yaml:"))
    line = (folder / "entities" / "deal.yaml").read_text("utf-8").splitlines()[int(spot.split(":")[2]) - 1]
    assert line.strip().startswith("amount:")
    for word in ("formula", "column", "sort", "require"):
        assert f" {word} " not in said
    english = kehu("why", "deal.amount", "--lang", "en").out
    assert " formula " in english
    assert not any(
        "\u4e00" <= character <= "\u9fff" for character in english.split("Set by")[1].split("is used by")[1]
    )


def test_why_follows_gates_by_name(kehu: Kehu, acme: Path) -> None:
    said = kehu("why", "flow", "sales.gates.amount_is_known.require", "--lang", "en")
    assert said.code == 0
    assert "funnel:flows/sales.yaml" in said.out
    assert "field deal.amount" in said.out


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("custmer", "customer"),
        ("customer.fone", "phone"),
        ("customer.phone.requred", "required"),
        ("sales", "flow sales"),
    ],
)
def test_why_says_what_there_is_instead(kehu: Kehu, acme: Path, path: str, hint: str) -> None:
    said = kehu("why", path)
    assert said.code == 1
    assert hint in said.err


def test_the_schema_of_an_entity_is_json_schema(kehu: Kehu, acme: Path) -> None:
    schema = json.loads(kehu("schema", "customer").out)
    assert schema["properties"]["name"]["type"] == "string"
    said = kehu("schema", "custmer")
    assert said.code == 1
    assert "customer" in said.err


def test_plugins_and_templates_are_listed(kehu: Kehu, acme: Path) -> None:
    said = kehu("plugin", "list", "--lang", "en")
    assert "funnel" in said.out
    assert "✓" in said.out
    assert "general" in kehu("template", "list").out


def test_the_doctor_finds_a_fresh_workspace_in_good_health(kehu: Kehu, acme: Path) -> None:
    said = kehu("doctor")
    assert said.code == 0
    assert "tinydb" in said.out
    (acme / "kehu.yaml").write_text("workspace: [", "utf-8")
    said = kehu("doctor")
    assert said.code == 1
    assert "kehu check" in said.out


def test_a_plugin_s_command_stands_beside_kehu_s_own(kehu: Kehu, acme: Path) -> None:
    plugin = acme / "plugins" / "greeting"
    plugin.mkdir(parents=True)
    (plugin / "plugin.yaml").write_text("plugin: greeting\nlabel: 问候\n", "utf-8")
    (plugin / "plugin.py").write_text(
        "import click\n"
        "from kehu import hookimpl\n"
        "@click.command('greet')\n"
        "@click.pass_obj\n"
        "def greet(terminal):\n"
        "    '''Say hello.'''\n"
        "    with terminal.open() as app:\n"
        "        click.echo(f'hello {app.catalog.workspace.workspace}')\n"
        "@hookimpl\n"
        "def kehu_commands():\n"
        "    return [greet]\n",
        "utf-8",
    )
    text = (acme / "kehu.yaml").read_text("utf-8").replace("plugins: [", "plugins: [greeting, ")
    (acme / "kehu.yaml").write_text(text, "utf-8")
    assert "Say hello." in kehu("--help").out
    assert kehu("greet").out == "hello acme\n"


def test_editors_get_their_schemas_and_once_is_enough(kehu: Kehu, acme: Path) -> None:
    (acme / "entities" / "site.yaml").write_text("entity: site\nfields: {name: {type: text}}\n", "utf-8")
    said = kehu("schema", "--write")
    assert "2 个文件" not in said.err
    assert "1 个 YAML 文件" in said.out
    assert '"site"' in (acme / ".kehu" / "schemas" / "form.json").read_text("utf-8")
    assert "1 个文件" in kehu("schema", "--write", "--lines").out
    assert (acme / "entities" / "site.yaml").read_text("utf-8").startswith("# yaml-language-server: ")
    assert kehu("schema", "--write", "--lines").out == "编辑器的提示没有变化\n"
    assert kehu("check").code == 0
    assert kehu("schema").code != 0
