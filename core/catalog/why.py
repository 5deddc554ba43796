"""Why a key of a definition is what it is: who set it, layer by layer, and what in the definitions leans on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..problems import Place, Problem, Refused, closest
from ..schema.nodes import Node
from .catalog import Catalog
from .graph import Edge
from .merging import NAMING_KEYS, REMOVE, Merged
from .sources import KINDS

__all__ = ["Setting", "Why", "explain_key"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What one layer says of the key: ``value`` as plain data; ``removed``: it takes the key, or what holds it, out."""

    layer: str
    value: Any
    place: Place
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Why:
    """The story of one key.

    ``kind``, ``name``, ``path``: the definition, and the steps down to the key. ``value``: what holds now, as plain
    data. ``settings``: what each layer wrote, lowest first; the last one holds; none: ``value`` is the default.
    ``users``: what refers to the key's subject (the field, the stage, or the whole definition). ``uses``: what the
    key itself refers to.
    """

    kind: str
    name: str
    path: tuple[str, ...]
    subject: str
    value: Any
    settings: tuple[Setting, ...]
    users: tuple[Edge, ...]
    uses: tuple[Edge, ...]


def explain_key(catalog: Catalog, text: str) -> Why:
    """The story of a key, written as ``customer.phone.required`` or ``flow sales.gates.needs_are_written.check``.

    The kind may be left out where one definition alone has the name (an entity goes before others). Fields of an
    entity may be named without ``fields``. Raises :class:`Refused` (``missing``) with what there is instead.
    """
    kind, name, steps = _found(catalog, text)
    merged = catalog.merged[kind, name]
    path = _path(catalog, merged, steps)
    definition = _definition(catalog, kind, name)
    value = _modelled(definition, path, kind, name)
    node = _exactly(merged.node, path)
    subject = _subject(kind, name, path)
    return Why(
        kind=kind,
        name=name,
        path=path,
        subject=subject,
        value=node.plain() if node is not None else _plain(value),
        settings=tuple(_settings(merged, path)),
        users=catalog.graph.users_of(subject),
        uses=tuple(_uses(catalog, kind, name, path, node)),
    )


def _found(catalog: Catalog, text: str) -> tuple[str, str, tuple[str, ...]]:
    """The definition that is meant, and the steps below it. A form's own name may have a dot in it."""
    words = (
        text.replace(":", " ", 1).split()
        if text.split(" ", maxsplit=1)[0].rstrip(":") in KINDS.values()
        else text.split()
    )
    kind = words[0] if len(words) > 1 and words[0] in KINDS.values() else None
    dotted = ".".join(words[1:] if kind else words)
    fitting = [
        key
        for key in catalog.merged
        if (kind is None or key[0] == kind) and (dotted == key[1] or dotted.startswith(f"{key[1]}."))
    ]
    order = list(KINDS.values())
    fitting.sort(key=lambda key: (-len(key[1]), order.index(key[0])))
    best = [key for key in fitting if len(key[1]) == len(fitting[0][1])]
    if not best:
        names = sorted({name for of, name in catalog.merged if kind is None or of == kind})
        wanted = dotted.split(".")[0]
        raise _missing("why_no_definition", wanted, names, kind=kind or "")
    if len(best) > 1 and best[0][0] != "entity":
        spellings = [f"{of} {dotted}" for of, _ in best]
        raise Refused(
            [Problem("why_ambiguous", {"name": best[0][1], "available": spellings}, instead=spellings[0])]
        )
    found, name = best[0]
    rest = dotted[len(name) :].lstrip(".")
    return found, name, tuple(rest.split(".")) if rest else ()


def _path(catalog: Catalog, merged: Merged, steps: tuple[str, ...]) -> tuple[str, ...]:
    """The steps as the file has them: a field goes before a key of the entity of the same name."""
    if merged.kind == "entity" and steps and steps[0] in catalog.entities[merged.name].fields:
        return ("fields", *steps)
    return steps


def _definition(catalog: Catalog, kind: str, name: str) -> Any:
    room = next(room for room, of in KINDS.items() if of == kind)
    return getattr(catalog, room)[name]


def _modelled(definition: Any, path: Sequence[str], kind: str, name: str) -> Any:
    """What the key holds in the checked definition: defaults are there too."""
    value = definition
    walked: list[str] = []
    for step in path:
        available = _keys(value)
        if step not in available:
            where = ".".join([name, *walked])
            names = sorted(available)
            if kind == "entity" and not walked:
                names = [*definition.fields, *names]
            raise _missing("why_no_key", step, names, where=where)
        value = available[step]
        walked.append(step)
    return value


def _keys(value: Any) -> Mapping[str, Any]:
    """The next steps there are below a value."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return {field.alias or name: getattr(value, name) for name, field in fields.items()}
    if isinstance(value, Mapping):
        return value
    if isinstance(value, (list, tuple)):
        named = {_name_of(item): item for item in value}
        return {name: item for name, item in named.items() if name is not None}
    return {}


def _name_of(item: Any) -> str | None:
    if isinstance(item, str):
        return item
    keys = _keys(item)
    found = next((keys[key] for key in (*NAMING_KEYS, "from_") if isinstance(keys.get(key), str)), None)
    return str(found) if found is not None else None


def _settings(merged: Merged, path: Sequence[str]) -> Iterator[Setting]:
    for source, node in merged.layers:
        here: Node | None = node
        for step in path:
            here = _below(here, step) if here is not None else None
            if here is not None and here.value == REMOVE and isinstance(here.value, str):
                yield Setting(source.layer, None, here.place, removed=True)
                here = None
        if here is not None:
            yield Setting(source.layer, here.plain(), _stands(here))


def _stands(node: Node) -> Place:
    """Where it is written: a map or a list begins at its key."""
    return (node.key_place if isinstance(node.value, (dict, list)) else None) or node.place


def _exactly(node: Node, path: Sequence[str]) -> Node | None:
    here: Node | None = node
    for step in path:
        here = _below(here, step) if here is not None else None
    return here


def _below(node: Node, step: str) -> Node | None:
    if isinstance(node.value, list):
        return next((item for item in node.value if _is_called(item, step)), None)
    return node.below(step)


def _is_called(item: Node, name: str) -> bool:
    if not isinstance(item.value, dict):
        return item.value == name
    return any(key in item.value and item.value[key].value == name for key in NAMING_KEYS)


def _subject(kind: str, name: str, path: Sequence[str]) -> str:
    """What others refer to when they refer to this key."""
    if kind == "entity" and len(path) > 1 and path[0] == "fields":
        return f"field {name}.{path[1]}"
    if kind == "flow" and len(path) > 1 and path[0] == "stages":
        return f"stage {name}.{path[1]}"
    return f"{kind} {name}"


def _uses(catalog: Catalog, kind: str, name: str, path: Sequence[str], node: Node | None) -> Iterator[Edge]:
    """The references that are written within the key."""
    if node is None:
        return
    places = set(_places(node))
    sources = {f"{kind} {name}", _subject(kind, name, path)}
    if not path and kind == "entity":
        sources |= {f"field {name}.{field}" for field in catalog.entities[name].fields}
    for source in sorted(sources):
        for edge in catalog.graph.used_by(source):
            if edge.place in places:
                yield edge


def _places(node: Node) -> Iterator[Place]:
    yield node.place
    value = node.value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _places(item)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _missing(code: str, name: str, available: Sequence[str], **values: Any) -> Refused:
    problem = Problem(
        code, {"name": name, "available": list(available), **values}, instead=closest(name, available)
    )
    return Refused([problem], "missing")
