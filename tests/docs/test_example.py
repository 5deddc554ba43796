"""The example plugin is installed as a partner's users would install it, and its own tests pass there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_example_plugin_installs_and_its_tests_pass(tmp_path: Path) -> None:
    source, target = tmp_path / "kehu-tax", tmp_path / "installed"
    shutil.copytree(ROOT / "docs/examples/kehu-tax", source)
    run(
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--target",
        str(target),
        str(source),
    )
    assert (target / "kehu_tax/entities/customer.yaml").is_file()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(target), str(ROOT / "src")])}
    tests = "import sys, pytest; sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider', 'tests']))"
    said = run("-c", tests, cwd=source, env=environment)
    assert "5 passed" in said


def test_the_example_plugin_s_command_stands_in_a_workspace_that_has_it(tmp_path: Path) -> None:
    source, folder = tmp_path / "plugins", tmp_path / "workspace"
    shutil.copytree(ROOT / "docs/examples/kehu-tax/kehu_tax", source / "kehu_tax")
    entry = source / "kehu_tax-1.0.0.dist-info"
    entry.mkdir()
    (entry / "entry_points.txt").write_text("[kehu]\ntax = kehu_tax\n", "utf-8")
    (entry / "METADATA").write_text("Metadata-Version: 2.1\nName: kehu-tax\nVersion: 1.0.0\n", "utf-8")
    folder.mkdir()
    (folder / "kehu.yaml").write_text("workspace: trial\nlanguage: en\nplugins: [tax]\n", "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(source), str(ROOT / "src")])}
    kehu = "import sys; from kehu.core.cli import main; sys.exit(main())"
    assert run("-c", kehu, "tax-missing", cwd=folder, env=environment).strip() == "0 of 0"
    assert "tax-missing" in run("-c", kehu, "--help", cwd=folder, env=environment)
    assert "Tax numbers" in run("-c", kehu, "plugin", "list", cwd=folder, env=environment)


def run(*arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
