"""Taking a field out: what a plugin's own forms and views say of it goes along, so that removal leaves no hole.

Only what shows a field goes. A rule, a gate, a formula or a metric that needs it is reported: taking those out is a
decision, not a tidying.
"""

from collections.abc import Mapping
from dataclasses import replace

from ..schema.nodes import Node
from .merging import REMOVE, Merged

__all__ = ["removed_fields", "without"]

Definitions = Mapping[tuple[str, str], Merged]
Fields = frozenset[tuple[str, str]]


def removed_fields(merged: Definitions) -> Fields:
    """(entity, field) of every field that a layer takes out and no later one brings back."""
    found = set()
    for (kind, name), one in merged.items():
        if kind != "entity":
            continue
        present = _map(one.node.below("fields"))
        for _, node in one.layers:
            given = _map(node.below("fields"))
            found |= {
                (name, field)
                for field, value in given.items()
                if value.value == REMOVE and field not in present
            }
    return frozenset(found)


def without(merged: Definitions, removed: Fields) -> dict[tuple[str, str], Merged]:
    """The definitions, their forms and views no longer showing the removed fields."""
    tidied = dict(merged)
    for (kind, name), one in merged.items() if removed else ():
        entity = one.node.below("entity")
        gone = {field for owner, field in removed if entity is not None and owner == entity.value}
        if gone and kind == "form":
            tidied[kind, name] = replace(one, node=_form_without(one.node, gone))
        elif gone and kind == "view" and _laid_out_by(one.node, ("date", "start")) & gone:
            del tidied[kind, name]  # a calendar without its days is none
        elif gone and kind == "view":
            tidied[kind, name] = replace(one, node=_view_without(one.node, gone))
    return tidied


def _form_without(form: Node, gone: set[str]) -> Node:
    sections = form.below("sections")
    if sections is None or not isinstance(sections.value, list):
        return form
    kept = [_list_without(section, "fields", gone) for section in sections.value]
    return _with(form, "sections", replace(sections, value=kept))


def _laid_out_by(view: Node, keys: tuple[str, ...]) -> set[str]:
    """The fields by which a calendar or a timeline is laid out."""
    return {str(node.value) for key in keys if (node := view.below(key)) is not None}


def _view_without(view: Node, gone: set[str]) -> Node:
    if _laid_out_by(view, ("end",)) & gone:
        view = replace(view, value={key: node for key, node in _map(view).items() if key != "end"})
    for key in ("columns", "sort"):
        view = _list_without(view, key, gone)
    totals = view.below("totals")
    if totals is not None and isinstance(totals.value, dict):
        kept = {field: node for field, node in totals.value.items() if field not in gone}
        view = _with(view, "totals", replace(totals, value=kept))
    return view


def _list_without(node: Node, key: str, gone: set[str]) -> Node:
    """The map, the list under one of its keys without the items that name a removed field."""
    listed = node.below(key)
    if listed is None or not isinstance(listed.value, list):
        return node
    return _with(
        node, key, replace(listed, value=[item for item in listed.value if _named(item) not in gone])
    )


def _named(item: Node) -> str:
    """The field that an item of a form or a view is about: written alone, under ``field``, or with a ``-`` to sort."""
    value = item.below("field") if isinstance(item.value, dict) else item
    return str(value.value).removeprefix("-") if value is not None else ""


def _with(node: Node, key: str, value: Node) -> Node:
    return replace(node, value={**_map(node), key: value})


def _map(node: Node | None) -> Mapping[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}
