"""Reading the documentation as a reader would, and doing what it says.

Above a block, an HTML comment says what to do with it:

- ``insert into FILE after "TEXT"``: the block's lines go below the line that has the text
- ``replace in FILE "OLD" with "NEW"``: done before the block
- ``write FILE``: the block is the file
- ``stop``: Ctrl-C to the server

A ``console`` block is run: lines that begin with ``$`` are typed, the others are what must be said; ``…`` stands for
anything, also for further lines.
"""

import os
import re
import select
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

_PIECE = re.compile(
    r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$|^<!-- (?P<order>.*?) -->$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the orders (HTML comments) directly above it."""

    kind: str
    text: str
    orders: tuple[str, ...]

    @property
    def file(self) -> str | None:
        """The file that a definition belongs to: ``# entities/shop.yaml`` in its first line."""
        found = re.match(r"# ([\w./-]+\.\w+)", self.text)
        return found[1] if found else None


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page in their order."""
    orders: list[str] = []
    for piece in _PIECE.finditer(page.read_text("utf-8")):
        if piece["order"] is not None:
            orders.append(piece["order"])
        else:
            yield Block(piece["kind"], piece["text"], tuple(orders))
            orders.clear()


PORT = "8700"
_KEPT = re.compile(r"([A-Z]+)=\$\((.+)\)")
_ORDER = re.compile(r'insert into (\S+) after "(.+)"|replace in (\S+) "(.+)" with "(.+)"|write (\S+)|(stop)')


class Tour:
    """A reader in a folder of their own, with ``kehu`` on the path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "LANG": "C.UTF-8", "NO_COLOR": "1"}
        self.server: subprocess.Popen[bytes] | None = None

    def do(self, block: Block) -> None:
        """Do what a block and the orders above it say."""
        for order in block.orders:
            self._obey(order, block.text)
        if block.kind == "console":
            for command, said in _commands(block.text):
                self._type(command, said)

    def stop(self) -> None:
        """Ctrl-C to the server, if one runs."""
        if self.server is not None:
            self.server.send_signal(signal.SIGINT)
            self.server.communicate(timeout=20)
            assert self.server.returncode == 0
            self.server = None

    def _obey(self, order: str, text: str) -> None:
        found = _ORDER.fullmatch(order)
        assert found, f"what is meant by {order!r}?"
        into, after, where, old, new, write, stop = found.groups()
        if stop:
            self.stop()
        elif write:
            (self.folder / write).parent.mkdir(exist_ok=True)
            (self.folder / write).write_text(text, "utf-8")
        elif where:
            file = self.folder / where
            before = file.read_text("utf-8")
            assert before.count(old) == 1, f"{old!r} stands {before.count(old)} times in {where}"
            file.write_text(before.replace(old, new), "utf-8")
        elif into:
            self._insert(self.folder / into, after, text)

    @staticmethod
    def _insert(file: Path, after: str, text: str) -> None:
        lines = file.read_text("utf-8").splitlines(keepends=True)
        at = [number for number, line in enumerate(lines) if after in line]
        assert len(at) == 1, f"{after!r} stands in {len(at)} lines of {file}"
        lines.insert(at[0] + 1, text)
        file.write_text("".join(lines), "utf-8")

    def _type(self, command: str, said: str) -> None:
        words = shlex.split(command)
        if words[0] == "cd":
            self.folder = self.folder / words[1]
        elif words[:2] == ["kehu", "run"]:
            self._serve()
        elif found := _KEPT.fullmatch(command):
            self.environment[found[1]] = self._run(found[2]).strip()
        else:
            output = self._run(command)
            assert _as_told(said).fullmatch(output.strip()), f"$ {command}\n{output}\n--- was to be\n{said}"

    def _run(self, command: str) -> str:
        """What a command says; files and addresses are those of this tour."""
        done = subprocess.run(
            ["bash", "-c", command.replace(f"localhost:{PORT}", f"localhost:{self.port}")],
            cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        return done.stdout + done.stderr

    def _serve(self) -> None:
        kehu = str(Path(sys.executable).parent / "kehu")
        self.server = subprocess.Popen(
            [kehu, "run", "--no-browser", "--port", self.port],
            cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert self.server.stdout is not None
        said = b""
        while b"http://" not in said:  # it listens before it says where
            waiting, _, _ = select.select([self.server.stdout], [], [], 60)
            more = os.read(self.server.stdout.fileno(), 4096) if waiting else b""
            assert more, said.decode()
            said += more


def _commands(text: str) -> list[tuple[str, str]]:
    """(what is typed, what is to be said) in their order."""
    typed: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            typed.append([line[2:]])
        else:
            typed[-1].append(line)
    return [(lines[0], "\n".join(lines[1:]).strip()) for lines in typed]


def _as_told(said: str) -> re.Pattern[str]:
    return re.compile(".*?".join(re.escape(piece) for piece in said.split("…")), re.DOTALL)


@pytest.fixture
def blocks_of() -> Callable[[str], list[Block]]:
    """The fenced blocks of a page, by its path from the repository's root."""
    return lambda page: list(blocks(ROOT / page))


@pytest.fixture
def tour(tmp_path: Path) -> Iterator[Tour]:
    """A reader in an empty folder; their server is stopped at the end."""
    made = Tour(tmp_path)
    yield made
    made.stop()
