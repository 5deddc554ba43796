"""The commands that a workspace's plugins bring (hook ``kehu_commands``)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .terminal import Terminal

if TYPE_CHECKING:
    import click

__all__ = ["commands_of"]


def commands_of(terminal: Terminal) -> Mapping[str, "click.Command"]:
    """Command name → command, of the plugins that the workspace has; a plugin that fails is named, and adds none.

    Such a command is given the :class:`~kehu.core.cli.terminal.Terminal` as ``click.pass_obj``: ``obj.open()`` is
    the App.
    """
    if not terminal.is_workspace:
        return {}
    from ..catalog.plugins import find_plugins

    if not any(plugin.module for plugin in find_plugins(terminal.folder).values()):
        return {}
    from ..catalog.building import build

    found: dict[str, click.Command] = {}
    for name, module in build(terminal.folder).hooks.list_name_plugin():
        if hasattr(module, "kehu_commands"):
            try:
                found.update({command.name or name: command for command in module.kehu_commands()})
            except Exception as error:  # noqa: BLE001  (a plugin's code may raise anything)
                what = f"{type(error).__name__}: {error}"
                terminal.say("plugin_command_failed", aside=True, plugin=name, error=what)
    return found
