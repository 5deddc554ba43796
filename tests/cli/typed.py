"""What the tests of the command line hold in their hands: what a command said, and a server that runs."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parents[2]


class Said(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str


Kehu = Callable[..., Said]


class Server:
    """A command that serves, in a process of its own."""

    def __init__(self, arguments: tuple[str, ...], folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from kehu.core.cli import main; main()", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "LANG": "zh_CN.UTF-8", "PYTHONUNBUFFERED": "1"},
        )
        self.said = ""

    def address(self, pattern: str = r"http://\S+/") -> str:
        """Where the pages are, as soon as it says so; ``pattern``: another address that it says."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if found := re.search(pattern, line):
                return found[0]
        raise AssertionError(self.said)

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Stop it as a person would; gives its exit code."""
        self.process.send_signal(how)
        assert self.process.stdout is not None
        self.said += self.process.stdout.read()
        return self.process.wait()
