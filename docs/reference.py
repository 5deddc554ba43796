"""Make the tables of the reference: ``python docs/reference.py`` writes them, ``--check`` says whether they are current.

A page holds a table between ``<!-- generated: NAME -->`` and ``<!-- end -->``.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from string import Formatter

sys.path.insert(0, str(Path(__file__).parent))

from reference_words import COMMON_KEYS, FIELD_TYPES

from kehu.core.cli.commands import COMMANDS
from kehu.core.formula import Function, Parameter, bundled
from kehu.core.hooks import Hooks
from kehu.core.problems import say
from kehu.core.schema.fields.conversion import conversion
from kehu.core.schema.fields.field import Field
from kehu.core.schema.registry import FieldTypes
from kehu.core.words import Language
from kehu.core.words.formula import TYPES

DOCS = Path(__file__).parent
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_TABLE = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as Markdown."""
    lines = [heading, ["---"] * len(heading), *rows]
    cells = ([cell.replace("|", r"\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def field_types(language: Language) -> str:
    """Every field type, its own keys, what filters can ask."""
    zh = language == "zh"
    common = set(Field.model_fields)
    rows = []
    for name, kind in FieldTypes.bundled().items():
        own = [f"`{info.alias or key}`" for key, info in kind.model_fields.items() if key not in common]
        of_result = "按结果的类型" if zh else "as its result"
        filters = of_result if isinstance(kind.operators, property) else ", ".join(kind.operators)
        rows.append([f"`{name}`", FIELD_TYPES[name][not zh], " ".join(own), filters])
    heading = (
        ("类型", "是什么", "自己的键", "可用的筛选")
        if zh
        else ("type", "what it is", "its own keys", "filters")
    )
    return table(heading, rows)


def conversions(language: Language) -> str:
    """From every field type, what becomes of its values in every other."""
    zh = language == "zh"
    rows = []
    for source in FieldTypes.bundled():
        exact, lossy = [], {}
        for target in FieldTypes.bundled():
            found = conversion(source, target)
            if found.kind == "exact" and source != target:
                exact.append(f"`{target}`")
            elif found.kind == "lossy":
                lossy.setdefault(found.loses, []).append(f"`{target}`")
        lost = "<br>".join(
            f"{' '.join(targets)}{'：' if zh else ': '}{say(code, language).message}"
            for code, targets in lossy.items()
        )
        rows.append([f"`{source}`", " ".join(exact), lost])
    heading = ("从", "原样带到", "能改，但会丢") if zh else ("from", "kept whole in", "possible, with a loss")
    return table(heading, rows)


def common_keys(language: Language) -> str:
    """The keys that every field has."""
    zh = language == "zh"
    rows = [[f"`{key}`", COMMON_KEYS[key][not zh]] for key in Field.model_fields]
    return table(("键", "含义") if zh else ("key", "what it says"), rows)


def functions(language: Language) -> str:
    """Every function with its arguments, its result and an example."""
    zh = language == "zh"
    rows = []
    for name, function in bundled().functions.items():
        about = function.about.in_(language) if function.about is not None else ""
        also = "".join(f"<br>`{other}`" for other in function.also)
        rows.append(
            [f"`{name}`{also}", function.zh, about, f"`{signature(function)}`", f"`{function.example}`"]
        )
    heading = (
        ("函数", "中文名", "给出什么", "参数", "例子")
        if zh
        else ("function", "in Chinese", "gives", "arguments", "example")
    )
    return table(heading, rows)


def signature(function: Function) -> str:
    """``(number/money, number?) → text``; ``?`` may be left out, ``…`` repeated; ``=``: the type of the arguments."""
    taken = ", ".join(map(_parameter, function.parameters))
    return f"({taken}) → {'=' if function.result == 'same' else function.result}"


def _parameter(parameter: Parameter) -> str:
    name = "/".join(parameter.types) or "any"
    return f"{name}{'…' if parameter.repeated else '?' if parameter.optional else ''}"


def commands(language: Language) -> str:
    """Every command, its arguments and options."""
    import click

    text = []
    for path, command in _commands():
        purpose = say(f"cli_{command.help}", language).message
        text.append(f"### kehu {path}\n\n{purpose}\n")
        arguments = [p for p in command.params if isinstance(p, click.Argument)]
        options = [p for p in command.params if isinstance(p, click.Option)]
        if arguments:
            text.append("`kehu " + " ".join([path, *(_metavar(p) for p in arguments)]) + "`\n")
        if options:
            text.append(
                "\n".join(f"- `{_typed(p)}` {say(f'cli_{p.help}', language).message}" for p in options) + "\n"
            )
    return "\n".join(text)


def _commands() -> Iterator[tuple[str, "object"]]:
    import click

    for name, module in COMMANDS.items():
        found = import_module(f"kehu.core.cli.{module}").this
        if isinstance(found, click.Group):
            yield from ((f"{name} {inner}", command) for inner, command in found.commands.items())
        else:
            yield name, found


def _metavar(argument: "object") -> str:
    name = argument.human_readable_name.upper()
    name += "…" * (argument.nargs < 0)
    return name if argument.required else f"[{name}]"


def _typed(option: "object") -> str:
    import click

    names = " / ".join([option.opts[-1], *option.secondary_opts])
    if option.is_flag:
        return names
    kind = option.type
    shown = option.metavar or (
        f"[{'|'.join(kind.choices)}]" if isinstance(kind, click.Choice) else kind.name.upper()
    )
    return f"{names} {shown}"


def hooks(language: Language) -> str:
    """Every hook, as its specification says; in English, as code is."""
    del language
    text = []
    for name, hook in vars(Hooks).items():
        if name.startswith("kehu_"):
            parameters = [p for p in inspect.signature(hook).parameters.values() if p.name != "self"]
            given = ", ".join(f"{p.name}: {_annotation(p.annotation)}" for p in parameters)
            result = _annotation(inspect.signature(hook).return_annotation)
            about = re.sub(
                r":class:`~?([\w.]+)`", lambda at: f"`{at[1].rpartition('.')[2]}`", inspect.getdoc(hook) or ""
            )
            about = about.replace("``", "`")
            text.append(
                f"### {name}\n\n```python\n@hookimpl\ndef {name}({given}) -> {result}: ...\n```\n\n{about}\n"
            )
    return "\n".join(text)


def _annotation(annotation: object) -> str:
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Z])", "", text)


def types(language: Language) -> str:
    """The types of the formula language."""
    zh = language == "zh"
    hidden = {"empty", "unknown"}
    rows = [[f"`{name}`", words[not zh]] for name, words in TYPES.items() if name not in hidden]
    return table(("类型", "含义") if zh else ("type", "what it is"), rows)


MISTAKES = ("files", "schema", "values", "attachments", "conversion", "catalog", "formula", "plugins")
"""The rooms of words whose problems people who write definitions meet."""


def mistakes(language: Language) -> str:
    """Every code, a heading of its own, with its sentence and its advice; holes stand for the values of the case."""
    zh = language == "zh"
    text = []
    for room in MISTAKES:
        text.append(f"### {_ROOMS[room][not zh]}\n")
        phrases = import_module(f"kehu.core.words.{room}").PHRASES
        for code, said in sorted(phrases.items()):
            if code.startswith(("page_", "openapi_", "cli_")):
                continue
            phrase = said[language]
            advice = _holes(phrase.help or phrase.better)
            text.append(f"#### {code}\n\n{_holes(phrase.message)}\n")
            if advice:
                text.append(f"{'建议' if zh else 'Help'}: {advice}\n")
    return "\n".join(text)


_ROOMS = {
    "files": ("文件", "Files"),
    "schema": ("定义", "Definitions"),
    "values": ("值", "Values"),
    "attachments": ("附件", "Files of records"),
    "conversion": ("换字段类型", "Changing a field's type"),
    "catalog": ("定义之间", "Between definitions"),
    "formula": ("公式", "Formulas"),
    "plugins": ("插件", "Plugins"),
}


def _holes(template: str) -> str:
    pieces = (
        text + ("" if name is None else f"… {form.partition('|')[2]}" if "|" in (form or "") else "…")
        for text, name, form, _ in Formatter().parse(template)
    )
    return "".join(pieces).replace("\n", " ")


TABLES: dict[str, Callable[[Language], str]] = {
    "field_types": field_types,
    "common_keys": common_keys,
    "conversions": conversions,
    "functions": functions,
    "types": types,
    "commands": commands,
    "hooks": hooks,
    "mistakes": mistakes,
}


def current(page: Path) -> str:
    """The page with its tables made anew."""
    language: Language = "zh" if page.parent.name == "zh" else "en"
    return _TABLE.sub(lambda at: f"{at[1]}\n{TABLES[at[2]](language)}\n{at[3]}", page.read_text("utf-8"))


def main(arguments: Sequence[str]) -> int:
    """The exit code: 1 when a page is behind and ``--check`` was asked for."""
    behind = [page for page in sorted(DOCS.glob("*/*.md")) if page.read_text("utf-8") != current(page)]
    for page in behind:
        if "--check" not in arguments:
            page.write_text(current(page), "utf-8")
        sys.stdout.write(f"{page.relative_to(DOCS)}\n")
    return int(bool(behind) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
