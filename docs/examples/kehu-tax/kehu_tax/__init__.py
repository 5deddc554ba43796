"""Tax numbers: a field type, a function, and what else YAML cannot say."""

import logging
from collections.abc import Iterable
from datetime import UTC, tzinfo
from decimal import Decimal
from typing import Any, ClassVar

import click
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from kehu import (
    App,
    Change,
    Field,
    Function,
    Label,
    Parameter,
    Problem,
    Refused,
    TextField,
    ValueProblem,
    hookimpl,
)

logger = logging.getLogger(__name__)

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of a unified social credit code; its last one checks the others."""


def is_tax_number(text: str) -> bool:
    """Whether the text has 18 of the characters, and the right check character at the end."""
    if len(text) != 18 or not set(text) <= set(CHARACTERS):
        return False
    total = sum(CHARACTERS.index(character) * pow(3, i, 31) for i, character in enumerate(text[:17]))
    return CHARACTERS[-total % 31] == text[17]


class TaxNumber(TextField):
    """A unified social credit code, in capitals."""

    type_name: ClassVar[str] = "tax_number"

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        """The number in capitals. Raises ValueProblem where the check digit says that it was mistyped."""
        text = super().coerce(value, zone)
        if text is None:
            return None
        text = text.replace(" ", "").upper()
        if not is_tax_number(text):
            sentence = Label(f"“{text}”不是有效的统一社会信用代码", f"“{text}” is not a valid tax number")
            raise ValueProblem("plugin_says", {"message": sentence})
        return text


def masked(text: str, shown: Decimal) -> str:
    """The text with all but the last characters hidden."""
    hidden = max(0, len(text) - int(shown))
    return "*" * hidden + text[hidden:]


@hookimpl
def kehu_field_types() -> Iterable[type[Field]]:
    return [TaxNumber]


@hookimpl
def kehu_functions() -> Iterable[Function]:
    text, number = Parameter(("text",)), Parameter(("number",))
    return [Function("MASKED", "遮盖", (text, number), "text", masked)]


@hookimpl
def kehu_before_save(change: Change) -> None:
    """A tax number that was once written down stays: no rule in YAML can look at the value before."""
    if change.entity != "customer" or change.before is None or change.after is None:
        return
    if change.before.get("tax_number") and "tax_number" in change.changed:
        sentence = Label("税号登记后不能修改", "A tax number cannot be changed once it is written down")
        raise Refused([Problem("plugin_says", {"message": sentence}, field="tax_number")])


@hookimpl
def kehu_after_save(change: Change) -> None:
    if change.entity == "customer" and "tax_number" in change.changed:
        logger.info("tax number of customer %s written down by %s", change.id, change.context.actor)


@hookimpl
def kehu_routes() -> Iterable[BaseRoute]:
    def check(request: Request) -> JSONResponse:
        return JSONResponse({"valid": is_tax_number(request.query_params.get("number", ""))})

    return [Route("/check", check)]  # served as /x/tax/check?number=…


@hookimpl
def kehu_commands() -> Iterable[click.Command]:
    @click.command("tax-missing", help="Say how many customers have no tax number.")
    @click.pass_obj
    def missing(terminal: Any) -> None:
        with terminal.open() as app:
            context = app.context("command")
            customers = app.now.records.find(context, "customer", limit=10_000).rows
            count = sum(customer["tax_number"] is None for customer in customers)
            click.echo(f"{count} of {len(customers)}")

    return [missing]


@hookimpl
def kehu_startup(app: App) -> None:
    logger.info("tax numbers are checked in %s", app.catalog.workspace.name)


@hookimpl
def kehu_shutdown(app: App) -> None:
    logger.info("%s is closed", app.catalog.workspace.name)
