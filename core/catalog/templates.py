"""Templates: ready workspaces for one trade, bundled with Kehu. Data only."""

from importlib.resources import files
from pathlib import Path

__all__ = ["SAMPLES", "find_templates"]

SAMPLES = "data"
"""The folder of a template that holds its sample records."""


def find_templates() -> dict[str, Path]:
    """Every template by name: the folder it lies in."""
    parent = Path(str(files(f"{__package__.split('.')[0]}.templates")))
    return {folder.name: folder for folder in sorted(parent.iterdir()) if (folder / "kehu.yaml").is_file()}
