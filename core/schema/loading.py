"""From the text of a definition file to its tree; what cannot be read is said in the writer's words."""

import re
from dataclasses import dataclass

from ..problems import Place, Problem
from .json_text import parse_json
from .nodes import Node
from .syntax import DEEPEST, LARGEST, Unreadable
from .yaml_text import parse_yaml

__all__ = ["DEEPEST", "LARGEST", "Loaded", "load"]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as a tree. ``node`` is ``None`` when nothing of it could be read; problems may stand beside a
    node.
    """

    node: Node | None
    problems: tuple[Problem, ...] = ()


def load(text: bytes | str, file: str, layer: str = "workspace") -> Loaded:
    """Read a definition: JSON where the file name ends in ``.json``, else YAML 1.2.

    Not read: more than 1 MiB, deeper than 50, anchors, aliases, tags, several documents, anything but UTF-8.
    """
    try:
        whole = _decoded(text, file)
        problems: list[Problem] = []
        parse = parse_json if file.endswith(".json") else parse_yaml
        node = parse(whole, file, layer, problems)
        if node is None or node.value is None:
            raise Unreadable(Problem("empty_file", {}, Place(file)))
    except Unreadable as unreadable:
        return Loaded(None, (unreadable.problem,))
    return Loaded(node, tuple(problems))


def _decoded(given: bytes | str, file: str) -> str:
    if len(given) > LARGEST:
        raise Unreadable(Problem("file_too_big", {"limit": LARGEST // 1024}, Place(file)))
    text = given if isinstance(given, str) else _from_bytes(given, file)
    text = text.removeprefix("\ufeff")
    if found := _CONTROL.search(text):
        line = len(text[: found.start() + 1].splitlines())
        column = found.start() - max(text.rfind("\n", 0, found.start()), text.rfind("\r", 0, found.start()))
        code_point = f"U+{ord(found[0]):04X}"
        raise Unreadable(Problem("control_character", {"character": code_point}, Place(file, line, column)))
    return text


def _from_bytes(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(Problem("not_utf8", {"encoding": _encoding(data)}, Place(file, line, 1))) from None


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GBK"
