"""``plugin.yaml``: what a plugin is called and which other plugins it stands on."""

from typing import ClassVar

from .definition import Definition, Names
from .labels import Text
from .names import Name

__all__ = ["PluginManifest"]


class PluginManifest(Definition):
    """A plugin's first page. ``needs``: the plugins that must be there too."""

    noun: ClassVar[str] = "plugin"

    plugin: Name
    label: Text
    version: str = "0"
    needs: Names = ()
    description: Text | None = None
