"""Laying definitions over each other: core, then plugins, then the workspace; key by key, lists by name.

Each key of the result keeps the place it came from; what it was in the layers below stays with the
:class:`Merged` definition, so that ``kehu why`` can tell the whole story.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..problems import Problem, closest
from ..schema.nodes import Node
from .sources import KINDS, Source

REMOVE = "remove"
"""The value that takes out what a lower layer brought."""

NAMING_KEYS = ("rule", "gate", "field", "slot", "metric", "name", "from")
"""The keys by which items of a list are the same item in two layers."""

BESIDE = ("before", "after")
"""The words by which an entry says where it wants to stand."""

ORDERED_MAPS = frozenset({"fields", "options", "stages"})
"""The maps whose entries have an order that ``before`` and ``after`` change."""


@dataclass(frozen=True, slots=True)
class Merged:
    """One definition after all layers: the tree, and what each layer gave, lowest first."""

    kind: str
    name: str
    node: Node
    layers: tuple[tuple[Source, Node], ...]


def merge_all(loaded: Sequence[tuple[Source, Node]]) -> tuple[dict[tuple[str, str], Merged], list[Problem]]:
    """All definitions by (kind, name), from files in the order of their layers.

    A file whose first key is its kind (``entity: customer``) begins a definition; ``extend: customer`` goes over it.
    """
    merged: dict[tuple[str, str], Merged] = {}
    problems: list[Problem] = []
    extending: list[tuple[Source, Node]] = []
    for source, node in loaded:
        if not isinstance(node.value, dict):
            problems.append(Problem("definition_is_not_a_map", {"kind": source.kind}, node.place))
        elif "extend" in node.value:
            extending.append((source, node))
        elif source.kind not in node.value:
            problems.append(_no_name(source, node))
        else:
            name = str(node.value[source.kind].value)
            known = merged.get((source.kind, name))
            if known is not None:
                values = {"kind": source.kind, "name": name, "other": str(known.node.place.file)}
                problems.append(Problem("defined_twice", values, node.value[source.kind].place))
            else:
                merged[source.kind, name] = Merged(source.kind, name, node, ((source, node),))
    for source, node in extending:
        _extend(merged, source, node, problems)
    return {key: replace(one, node=_ordered(one.node, problems)) for key, one in merged.items()}, problems


def _extend(
    merged: dict[tuple[str, str], Merged], source: Source, node: Node, problems: list[Problem]
) -> None:
    assert isinstance(node.value, dict)
    target = node.value["extend"]
    name = str(target.value)
    below = merged.get((source.kind, name))
    if below is None:
        names = [known for kind, known in merged if kind == source.kind]
        values = {"kind": source.kind, "name": name, "available": names}
        problems.append(Problem("extends_nothing", values, target.place, instead=closest(name, names)))
        return
    over = replace(node, value={key: value for key, value in node.value.items() if key != "extend"})
    merged[source.kind, name] = replace(
        below, node=_over(below.node, over, problems), layers=(*below.layers, (source, over))
    )


def _over(below: Node, above: Node, problems: list[Problem]) -> Node:
    if isinstance(below.value, dict) and isinstance(above.value, dict):
        result = dict(below.value)
        for key, node in above.value.items():
            if node.value == REMOVE:
                if result.pop(key, None) is None:
                    values = {"name": key, "available": list(below.value)}
                    place, near = node.key_place or node.place, closest(key, below.value)
                    problems.append(Problem("removes_nothing", values, place, instead=near))
            elif node.value is None:
                code = "null_removes_nothing" if key in result else "empty_value"
                problems.append(Problem(code, {"key": key}, node.key_place or node.place))
            elif key in result:
                result[key] = _over(result[key], node, problems)
            else:
                result[key] = node
        return replace(below, value=result)
    if isinstance(below.value, list) and isinstance(above.value, list):
        return _lists(below, above, problems)
    return above


def _lists(below: Node, above: Node, problems: list[Problem]) -> Node:
    assert isinstance(below.value, list)
    assert isinstance(above.value, list)
    names_below, names_above = _names(below.value), _names(above.value)
    if names_below is None or names_above is None:
        return above
    result = dict(zip(names_below, below.value, strict=True))
    for name, node in zip(names_above, above.value, strict=True):
        if name not in result:
            result[name] = node
        elif "slot" in _map(node):
            result[name] = _filled(result[name], node)
        else:
            result[name] = _over(result[name], node, problems)
    return replace(below, value=list(result.values()))


def _filled(below: Node, above: Node) -> Node:
    """A form's slot takes the fields of every plugin that fills it, in the plugins' order."""
    fields = [*_list(_map(below).get("fields")), *_list(_map(above).get("fields"))]
    shell = _map(above).get("fields") or above
    return replace(below, value={**_map(below), **_map(above), "fields": replace(shell, value=fields)})


def _names(items: Sequence[Node]) -> list[str] | None:
    """The name of every item, or ``None`` where an item has none or two share one."""
    names = []
    for item in items:
        key = next((key for key in NAMING_KEYS if key in _map(item)), None)
        if key is None:
            return None
        names.append(f"{key}:{_map(item)[key].value}")
    return names if len(set(names)) == len(names) else None


def _ordered(node: Node, problems: list[Problem]) -> Node:
    """Put entries with ``before`` or ``after`` where they ask to be, and take the two words out."""
    if isinstance(node.value, list):
        items = [_ordered(item, problems) for item in node.value]
        same = all(new is old for new, old in zip(items, node.value, strict=True))
        return node if same else replace(node, value=items)
    if not isinstance(node.value, dict):
        return node
    entries = {key: _ordered(value, problems) for key, value in node.value.items()}
    for key in ORDERED_MAPS & entries.keys():
        below = _map(entries[key])
        if any(not _map(item).keys().isdisjoint(BESIDE) for item in below.values()):
            entries[key] = replace(entries[key], value=_placed(below, problems))
    same = all(entries[key] is old for key, old in node.value.items())
    return node if same else replace(node, value=entries)


def _placed(entries: Mapping[str, Node], problems: list[Problem]) -> dict[str, Node]:
    result = dict(entries)
    beside: dict[str, dict[str, list[str]]] = {word: {} for word in BESIDE}
    waiting: set[str] = set()
    for name, node in entries.items():
        wishes = {word: _map(node)[word] for word in beside if word in _map(node)}
        if wishes:
            kept = {key: value for key, value in _map(node).items() if key not in wishes}
            result[name] = replace(node, value=kept)
        for word, wish in wishes.items():
            if wish.value not in entries or wish.value == name:
                available = [other for other in entries if other != name]
                values = {"name": str(wish.value), "available": available}
                instead = closest(str(wish.value), available)
                problems.append(Problem("placed_beside_nothing", values, wish.place, instead=instead))
            elif name not in waiting:
                waiting.add(name)
                beside[word].setdefault(str(wish.value), []).append(name)
    order: dict[str, None] = {}

    def place(name: str) -> None:
        """The entry, with those that want to stand before and after it, each group as it was written."""
        if name in order:
            return
        for other in beside["before"].get(name, ()):
            place(other)
        order[name] = None
        for other in beside["after"].get(name, ()):
            place(other)

    for name in entries:
        if name not in waiting:
            place(name)
    for name in entries:  # entries that only want to stand beside each other
        place(name)
    return {name: result[name] for name in order}


def _no_name(source: Source, node: Node) -> Problem:
    first = next(iter(_map(node)), "")
    folder = next((room for room, kind in KINDS.items() if kind == first), None)
    if folder is not None:
        place = _map(node)[first].key_place or node.place
        return Problem("wrong_folder", {"kind": source.kind, "first": first, "folder": folder}, place)
    return Problem("definition_without_name", {"kind": source.kind, "first": first}, node.place)


def _map(node: Node) -> Mapping[str, Node]:
    return node.value if isinstance(node.value, dict) else {}


def _list(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []
