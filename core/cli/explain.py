"""``kehu explain``: why a value, a rule or a gate of a record is as it is."""

import re

import click

from ..flows.explaining import explain
from ..problems import Problem, Refused
from .spoken import command, option
from .terminal import Terminal

__all__ = ["this"]

_SUBJECT = re.compile(r"(?P<entity>[a-z][a-z0-9_]*)/(?P<record>.+?)(?:\.(?P<field>[a-z][a-z0-9_]*))?")


@command("explain", "explain")
@click.argument("subject")
@option("--rule", metavar="NAME", help="option_explain_rule")
@option("--gate", metavar="NAME", help="option_explain_gate")
@option("--shown", metavar="FIELD", help="option_explain_shown")
@option("--store", metavar="STORE", help="option_store")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(
    terminal: Terminal, subject: str, rule: str | None, gate: str | None, shown: str | None, store: str | None
) -> None:
    """Tell what was looked at, a line each, what it was made from below it."""
    asked = [(aspect, name) for aspect, name in (("rule", rule), ("gate", gate), ("shown", shown)) if name]
    with terminal.open(store) as app:
        records, context = app.now.records, app.context("command")
        found = _SUBJECT.fullmatch(subject)
        if found is None or found["entity"] not in app.catalog.entities or len(asked) > 1:
            raise Refused([Problem("explain_subject_unreadable", {"given": subject[:100]})])
        if found["field"] and not asked:
            asked = [("field", found["field"])]
        record = found["record"] if asked and asked[0][0] == "field" else subject.partition("/")[2]
        if not asked:
            raise Refused([Problem("explain_subject_unreadable", {"given": subject[:100]})])
        with records.unit(context) as unit:
            id = unit.resolve(found["entity"], record) or record
        tree = explain(records, context, found["entity"], id, *asked[0])
        for line in tree.in_words(terminal.language):
            click.echo(line)
