"""Kehu (客户): a low-code configurable CRM framework and plugin kit.

This is the whole face that plugins stand on::

    from kehu import Change, Label, Problem, Refused, hookimpl

What is heavy is imported when it is first asked for, so ``import kehu`` costs next to nothing. Everything that is not
named here is a private room: it may move in any version.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .core.app import App, Runtime
    from .core.context import Context, Door
    from .core.formula import Env, Function, Parameter
    from .core.hooks import Action, Change, PluginError, hookimpl
    from .core.outgoing import Answer, fetch
    from .core.problems import Label, Language, Place, Problem, Refused, message, render
    from .core.records.records import Page, Records, Saved
    from .core.records.unit import Unit
    from .core.schema.fields.choices import Choice as ChoiceField
    from .core.schema.fields.field import ColumnKind, Field, Operator, ValueProblem
    from .core.schema.fields.numbers import Integer as IntegerField
    from .core.schema.fields.numbers import Money as MoneyField
    from .core.schema.fields.numbers import Number as NumberField
    from .core.schema.fields.texts import Text as TextField
    from .core.schema.fields.times import Date as DateField
    from .core.schema.fields.times import DateTime as DateTimeField
    from .core.store.query import Row

__all__ = [
    "Action", "Answer", "App", "Change", "ChoiceField", "ColumnKind", "Context", "DateField", "DateTimeField", "Door",
    "Env", "Field", "Function", "IntegerField", "Label", "Language", "MoneyField", "NumberField", "Operator", "Page",
    "Parameter", "Place", "PluginError", "Problem", "Records", "Refused", "Row", "Runtime", "Saved", "TextField",
    "Unit", "ValueProblem", "__version__", "fetch", "hookimpl", "message", "render",
]  # fmt: skip

__version__ = "0.1.0"

_ROOMS = {
    "app": ("App", "Runtime"),
    "context": ("Context", "Door"),
    "formula": ("Env", "Function", "Parameter"),
    "hooks": ("Action", "Change", "PluginError", "hookimpl"),
    "outgoing": ("Answer", "fetch"),
    "problems": ("Label", "Language", "Place", "Problem", "Refused", "message", "render"),
    "records.records": ("Page", "Records", "Saved"),
    "records.unit": ("Unit",),
    "schema.fields.field": ("ColumnKind", "Field", "Operator", "ValueProblem"),
    "store.query": ("Row",),
}
_FIELDS = {
    "ChoiceField": ("choices", "Choice"),
    "DateField": ("times", "Date"),
    "DateTimeField": ("times", "DateTime"),
    "IntegerField": ("numbers", "Integer"),
    "MoneyField": ("numbers", "Money"),
    "NumberField": ("numbers", "Number"),
    "TextField": ("texts", "Text"),
}
_WHERE = {name: (room, name) for room, names in _ROOMS.items() for name in names} | {
    name: (f"schema.fields.{module}", inside) for name, (module, inside) in _FIELDS.items()
}


def __getattr__(name: str) -> Any:
    """Import a name of the face when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room, inside = _WHERE[name]
    found = getattr(import_module(f"{__name__}.core.{room}"), inside)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
