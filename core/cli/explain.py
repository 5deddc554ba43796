"""``kehu explain``: why a value, a rule or a gate of a record is as it is."""

import re
from dataclasses import replace

import click

from ..app import App
from ..context import Context
from ..flows.explaining import explain
from ..flows.explaining_rights import explain_right
from ..problems import Problem, Refused, closest
from ..schema.fields.links import PEOPLE
from ..schema.role import OWNER, RECORD_ACTIONS
from .spoken import command, option
from .terminal import Terminal

__all__ = ["this"]

RIGHT = 4
"""Words of ``right USER ACTION ENTITY/RECORD``."""
_SUBJECT = re.compile(r"(?P<entity>[a-z][a-z0-9_]*)/(?P<record>.+?)(?:\.(?P<field>[a-z][a-z0-9_]*))?")


@command("explain", "explain")
@click.argument("subject", nargs=-1, required=True)
@option("--rule", metavar="NAME", help="option_explain_rule")
@option("--gate", metavar="NAME", help="option_explain_gate")
@option("--shown", metavar="FIELD", help="option_explain_shown")
@option("--store", metavar="STORE", help="option_store")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(
    terminal: Terminal,
    subject: tuple[str, ...],
    rule: str | None,
    gate: str | None,
    shown: str | None,
    store: str | None,
) -> None:
    """Tell what was looked at, a line each, what it was made from below it."""
    if subject[0] == "right" and len(subject) == RIGHT:
        _, person, action, record = subject
        _right(terminal, person, action, record, store)
    elif len(subject) > 1:
        raise Refused([Problem("explain_subject_unreadable", {"given": " ".join(subject)[:100]})])
    else:
        _aspect(terminal, subject[0], rule, gate, shown, store)


def _aspect(
    terminal: Terminal, subject: str, rule: str | None, gate: str | None, shown: str | None, store: str | None
) -> None:
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


def _right(terminal: Terminal, person: str, action: str, subject: str, store: str | None) -> None:
    """Why somebody may do something with a record, or may not."""
    with terminal.open(store) as app:
        records, context = app.now.records, app.context("command")
        entity, _, record = subject.partition("/")
        wanted = next((known for known in RECORD_ACTIONS if known == action), None)
        if entity not in app.catalog.entities or not record:
            raise Refused([Problem("explain_subject_unreadable", {"given": subject[:100]})])
        if wanted is None:
            values = {
                "name": action[:40],
                "available": RECORD_ACTIONS,
                "entity": app.catalog.entities[entity].shown,
            }
            raise Refused([Problem("explains_no_such", values, instead=closest(action, RECORD_ACTIONS))])
        with records.unit(context) as unit:
            id, who = (unit.resolve(of, text) or text for of, text in ((entity, record), (PEOPLE, person)))
        records.get(context, PEOPLE, who)
        row = records.get(context, entity, id)
        tree = explain_right(records, _as(app, context, who), entity, row, wanted, context)  # type: ignore[arg-type]
        for line in tree.in_words(terminal.language):
            click.echo(line)


def _as(app: App, context: Context, person: str) -> Context:
    """Somebody, with the roles of their account; while there is none at all, the owner alone may everything."""
    account = app.people.accounts.by_person(person)
    alone = not app.people.ask_for_login and person == app.owner
    roles = account.roles if account is not None else ((OWNER,) if alone else ())
    return replace(context, door="page", actor=person, roles=frozenset(roles))
