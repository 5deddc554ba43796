"""Following dotted paths from record to record: ``owner.name`` reads a field of a deal, then one of a person."""

from collections.abc import Iterable, Iterator, Mapping

from ..schema.entity import Entity

__all__ = ["along", "entities_read"]


def along(
    path: tuple[str, ...], entity: str, entities: Mapping[str, Entity], links: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """(entity, field) of every step of a path that begins on a record of ``entity``, as far as it leads."""
    for step in path:
        fields = entities[entity].fields if entity in entities else {}
        if step not in fields:
            return
        yield entity, step
        entity = links[entity].get(step) or str(getattr(fields[step], "of", "")).partition(".")[0]


def entities_read(
    uses: Iterable[Iterable[tuple[str, ...]]],
    entity: str,
    entities: Mapping[str, Entity],
    links: Mapping[str, Mapping[str, str]],
) -> frozenset[str]:
    """The entities whose records formulas on ``entity`` look at, itself included. ``uses``: each formula's paths."""
    found = {entity}
    for paths in uses:
        for path in paths:
            for owner, step in along(path, entity, entities, links):
                field = entities[owner].fields[step]
                leads_to = links[owner].get(step) or str(getattr(field, "of", "")).partition(".")[0]
                found |= {owner, leads_to} if leads_to else {owner}
    return frozenset(found)
