"""Map the repository's top-level folders into the one package ``kehu``.

The folders ``core``, ``plugins`` and ``templates`` stand at the top of the repository, where people look for
them; installed, they are ``kehu.core``, ``kehu.plugins`` and ``kehu.templates``.
"""

from setuptools import find_namespace_packages, setup

ROOMS = ("core", "plugins", "templates")
found = find_namespace_packages(
    include=[pattern for room in ROOMS for pattern in (room, f"{room}.*")],
    exclude=["*.node_modules*", "*__pycache__*"],
)

setup(
    packages=["kehu", *(f"kehu.{package}" for package in found)],
    package_dir={"kehu": "src/kehu", **{f"kehu.{room}": room for room in ROOMS}},
)
