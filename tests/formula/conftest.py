import importlib.util
import sys
from pathlib import Path


def _load(name: str) -> None:
    """Under importlib mode a test module has no neighbours to import: what they share is loaded by its path."""
    spec = importlib.util.spec_from_file_location(f"formula_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"formula_{name}"] = module
    spec.loader.exec_module(module)


_load("world")
_load("writing")
