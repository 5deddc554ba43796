"""The contract between Kehu and its plugins, to be read from top to bottom.

A plugin is a folder of definitions with a ``plugin.yaml``. Where YAML cannot say it, the plugin's Python module
implements some of these hooks::

    from kehu import hookimpl

    @hookimpl
    def kehu_functions():
        return [Function(...)]

Every hook is optional. A hook that raises anything but :class:`~kehu.core.problems.Refused` is reported with the
plugin's name, and what it was part of is not done.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pluggy

from .context import Context

if TYPE_CHECKING:
    import click
    from starlette.routing import BaseRoute

    from .formula import Function
    from .schema.fields.field import Field

__all__ = ["Change", "Hooks", "PluginError", "hookimpl", "implementations", "plugin_manager"]

hookspec = pluggy.HookspecMarker("kehu")
hookimpl = pluggy.HookimplMarker("kehu")
"""Marks a function of a plugin's module as the implementation of the hook of the same name."""


class Change(NamedTuple):
    """One record about to be saved, or just saved.

    ``before`` is ``None`` for a new record, ``after`` for a deleted one; both map field names to values and must not be
    altered. ``changed`` names the fields whose values differ.
    """

    entity: str
    id: str
    kind: Literal["created", "changed", "deleted"]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    changed: frozenset[str]
    context: Context


Action = Callable[[Any, Change, Mapping[str, Any]], None]
"""What ``run: NAME`` in an automation calls: (unit, change, the step's ``with`` values, formulas already filled).

``unit`` is the :class:`~kehu.core.records.unit.Unit` that the change belongs to: ``unit.create("task", {…})``.
"""


class Hooks:
    """All hooks, in the order in which they come to be called."""

    @hookspec
    def kehu_field_types(self) -> "Iterable[type[Field]]":  # type: ignore[empty-body]  # a specification has no body
        """Field types this plugin adds.

        Called once for each catalog that is built. Returns classes; ``type_name`` of each must be new.
        Since 0.1.
        """

    @hookspec
    def kehu_functions(self) -> "Iterable[Function]":  # type: ignore[empty-body]  # a contract, no code
        """Functions this plugin adds to the formula language.

        Called once for each catalog that is built. Their names, English and Chinese, must be new.
        Since 0.1.
        """

    @hookspec
    def kehu_actions(self) -> Mapping[str, Action]:  # type: ignore[empty-body]  # as above
        """Actions that an automation may ``run``, by name.

        Called once for each catalog that is built. An action writes through the unit it is given, in the same
        transaction as the change that set it off; raise :class:`~kehu.core.problems.Refused` to stop the change.
        Since 0.1.
        """

    @hookspec
    def kehu_routes(self) -> "Iterable[BaseRoute]":  # type: ignore[empty-body]  # as above
        """Web routes (Starlette), served below ``/x/PLUGIN/``.

        Called when the web application is made. Since 0.1.
        """

    @hookspec
    def kehu_commands(self) -> "Iterable[click.Command]":  # type: ignore[empty-body]  # as above
        """Commands (click) that stand beside Kehu's own on the command line.

        Called when the command line is used inside a workspace that has the plugin. Since 0.1.
        """

    @hookspec
    def kehu_startup(self, app: Any) -> None:
        """The workspace is open: definitions are checked, the store is ready.

        ``app`` is the :class:`~kehu.core.app.App`. Since 0.1.
        """

    @hookspec
    def kehu_before_save(self, change: Change) -> None:
        """A change has passed every rule and is about to be written.

        Raise :class:`~kehu.core.problems.Refused` to stop it. Runs inside the transaction; cannot commit.
        Since 0.1.
        """

    @hookspec
    def kehu_after_save(self, change: Change) -> None:
        """A change has been committed; nothing done here can undo it.

        What is raised here is reported in the log with the plugin's name, and the page goes on. Since 0.1.
        """

    @hookspec
    def kehu_shutdown(self, app: Any) -> None:
        """The workspace is about to close. Since 0.1."""


class PluginError(Exception):
    """A plugin's code failed: which plugin, which hook, and what it raised."""

    def __init__(self, plugin: str, hook: str, error: BaseException) -> None:
        self.plugin, self.hook, self.error = plugin, hook, error
        super().__init__(f"plugin {plugin}, {hook}: {type(error).__name__}: {error}")


def implementations(manager: pluggy.PluginManager, hook: str) -> list[tuple[str, Callable[..., Any]]]:
    """(plugin, function to call with the hook's arguments by name) of all that implement a hook.

    In the order in which the plugins were loaded, so that a plugin comes after those it needs; ``tryfirst`` and
    ``trylast`` are heeded. Called one by one, so that the one that raises can be named.
    """
    found = getattr(manager.hook, hook).get_hookimpls()
    ordered = [
        *(each for each in reversed(found) if each.tryfirst),
        *(each for each in found if not (each.tryfirst or each.trylast)),
        *(each for each in found if each.trylast),
    ]
    return [(each.plugin_name, _taking(each.function, each.argnames)) for each in ordered]


def _taking(function: Callable[..., Any], names: Iterable[str]) -> Callable[..., Any]:
    """The function called with those of the hook's arguments that it declares."""
    wanted = frozenset(names)
    return lambda **given: function(**{name: value for name, value in given.items() if name in wanted})


def plugin_manager() -> pluggy.PluginManager:
    """A manager that knows these hooks and no plugin yet; each App has its own."""
    manager = pluggy.PluginManager("kehu")
    manager.add_hookspecs(Hooks)
    return manager
