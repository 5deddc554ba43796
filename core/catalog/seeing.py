"""A catalog as people of some roles see it: what they do not see is not in it, so nothing of theirs can name it.

Pages, the API, filters, searches, exports, formulas and the API's own description are all made from a catalog. Made
from this one they cannot tell a field that is hidden from one that never was. Writing goes by the whole catalog.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, TypeVar

from ..formula import EntityShape, Formula, TextTemplate
from ..schema.dashboard import Dashboard
from ..schema.entity import Entity
from ..schema.fields.field import Field
from ..schema.fields.veiled import veiled
from ..schema.flow import Flow
from ..schema.form import Form, FormField, Section
from ..schema.metric import Metric
from ..schema.view import View
from .catalog import Catalog, Key
from .sights import Sight

__all__ = ["seen"]

T = TypeVar("T")


def seen(catalog: Catalog, sight: Sight) -> Catalog:
    """The catalog with what this sight shows of it."""
    return _Seeing(catalog, sight).catalog()


@dataclass(slots=True)
class _Seeing:
    whole: Catalog
    sight: Sight
    formulas: dict[Key, Formula]
    texts: dict[Key, Mapping[str, TextTemplate]]

    def __init__(self, whole: Catalog, sight: Sight) -> None:
        self.whole, self.sight, self.formulas, self.texts = whole, sight, {}, {}

    def catalog(self) -> Catalog:
        whole = self.whole
        entities = {name: self.entity(whole.entities[name]) for name in self.sight.granted}
        metrics = self.metrics()
        boards = {
            n: self.dashboard(one, metrics) for n, one in whole.dashboards.items() if self.gets_board(n)
        }
        return replace(
            whole,
            version=sha256(f"{whole.version} {self.sight.key}".encode()).hexdigest()[:16],
            entities=entities,
            forms={n: self.form(one) for n, one in whole.forms.items() if one.entity in entities},
            views={n: self.view(one) for n, one in whole.views.items() if self.gets_view(n, one)},
            flows={n: self.flow(one) for n, one in whole.flows.items() if self.sees(one.entity, one.field)},
            automations={},
            metrics=metrics,
            dashboards={name: board for name, board in boards.items() if board.items},
            shapes=dict(self.shapes(entities)),
            links={
                name: {link: to for link, to in whole.links[name].items() if link in entity.fields}
                for name, entity in entities.items()
            },
            roles={},
            warnings=whole.warnings if self.sight.plan else (),
            formulas=self.formulas,
            texts=self.texts,
        )

    def sees(self, entity: str, field: str) -> bool:
        return self.sight.sees(entity, field)

    def there(self, entity: str, field: str) -> bool:
        """Whether the field is there at all, seen on every record or on some."""
        return entity in self.sight.granted and field not in self.sight.hidden[entity]

    def reads(self, entity: str, *keys: Key) -> bool:
        """Whether the formulas and texts at these places look only at what is seen."""
        found = [self.whole.formulas.get(key) for key in keys]
        for key in keys:
            for text in self.whole.texts.get(key, {}).values():
                found += text.formulas
        return self.sight.reads(self.whole, found, entity)

    def take(self, old: Key, new: Key | None = None) -> None:
        """Bring along what stands at a place and below it."""
        if old in self.whole.formulas:
            self.formulas[new or old] = self.whole.formulas[old]
        if old in self.whole.texts:
            self.texts[new or old] = self.whole.texts[old]

    def below(self, start: Key) -> Iterator[Key]:
        keys: Iterable[Key] = (*self.whole.formulas, *self.whole.texts)
        return (key for key in keys if key[: len(start)] == start)

    def kept(self, at: Key, items: Sequence[T], keeps: Callable[[Key, T], bool]) -> tuple[T, ...]:
        """The items of a list that are kept, their formulas moved along to where they stand now."""
        found: list[T] = []
        for index, item in enumerate(items):
            old = (*at, index)
            if keeps(old, item):
                for key in self.below(old):
                    self.take(key, (*at, len(found), *key[len(old) :]))
                found.append(item)
        return tuple(found)

    # entities

    def entity(self, entity: Entity) -> Entity:
        name = entity.name
        at: Key = ("entity", name)
        fields = {
            field: self.field((*at, "fields", field), name, field, kind)
            for field, kind in entity.fields.items()
            if self.there(name, field)
        }
        update: dict[str, Any] = {
            "fields": fields,
            "rules": self.kept(
                (*at, "rules"),
                entity.rules,
                lambda key, rule: (
                    all(self.sees(name, each) for each in rule.require)
                    and self.reads(name, (*key, "when"), (*key, "check"), (*key, "message"))
                ),
            ),
            "unique": tuple(u for u in entity.unique if all(self.sees(name, each) for each in u.fields)),
            "search": None
            if entity.search is None
            else tuple(each for each in entity.search if self.sees(name, each)),
            "timeline": entity.timeline if entity.timeline in fields else None,
        }
        if len(fields) < len(entity.fields):
            update["schema_"] = None
        return entity.model_copy(update=update)

    def field(self, at: Key, entity: str, name: str, field: Field) -> Field:
        update: dict[str, Any] = {"after": None, "before": None}
        if name in self.sight.read_only[entity] and not field.computed:
            update["readonly"] = True
        own = [key for key in self.below(at) if key != (*at, "default")]
        for key in own:
            self.take(key)
        if self.reads(entity, (*at, "default")):
            self.take((*at, "default"))
        elif (*at, "default") in self.whole.formulas:
            update["default"] = None
        changed = field.model_copy(update=update) if update != {"after": None, "before": None} else field
        return veiled(changed) if name in self.sight.veils[entity] else changed

    def shapes(self, entities: Mapping[str, Entity]) -> Iterator[tuple[str, EntityShape]]:
        for name, shape in self.whole.shapes.items():
            owner, _, table = name.partition(".")
            if owner not in entities or (table and table not in entities[owner].fields):
                continue
            if table:
                yield name, shape
                continue
            fields = {
                field: one
                for field, one in shape.fields.items()
                if field not in self.whole.entities[owner].fields or self.sees(owner, field)
            }
            yield name, replace(shape, fields=fields)

    # what is laid out of them

    def form(self, form: Form) -> Form:
        at: Key = ("form", form.form)
        self.take((*at, "for", "when"))
        sections: list[Section] = []
        for index, section in enumerate(form.sections):
            old, new = (*at, "sections", index), (*at, "sections", len(sections))
            update: dict[str, Any] = {"show": self.condition(form.entity, section.show, (*old, "show"))}
            if update["show"] is not None:
                self.take((*old, "show"), (*new, "show"))
            update["fields"] = tuple(self.form_fields(form.entity, section, old, new))
            sections.append(section.model_copy(update=update))
        return form.model_copy(update={"sections": tuple(sections)})

    def condition(self, entity: str, text: str | None, key: Key) -> str | None:
        """A condition of a form; one that looks at what is not seen is left to the server, which knows."""
        return text if text is not None and self.reads(entity, key) else None

    def form_fields(self, entity: str, section: Section, old: Key, new: Key) -> Iterator[FormField]:
        count = 0
        for index, item in enumerate(section.fields):
            if not self.there(entity, item.field):
                continue
            here, there = (*old, "fields", index), (*new, "fields", count)
            update: dict[str, Any] = {
                key: self.condition(entity, getattr(item, key), (*here, key))
                for key in ("show", "require", "readonly")
            }
            update["default"] = item.default if self.reads(entity, (*here, "default")) else None
            target = self.whole.links[entity].get(item.field, "")
            update["options_where"] = {
                field: value
                for field, value in item.options_where.items()
                if self.sees(target, field) and self.reads(entity, (*here, "options_where", field))
            }
            for key in self.below(here):
                step = str(key[len(here)])
                kept = update["options_where"] if step == "options_where" else update[step]
                if kept is not None and (step != "options_where" or key[-1] in kept):
                    self.take(key, (*there, *key[len(here) :]))
            count += 1
            yield item.model_copy(update=update)

    def gets_view(self, name: str, view: View) -> bool:
        """Whether a view is given, and does not choose or lay out its records by what is not seen."""
        given = self.sight.views is None or name in self.sight.views
        if view.entity not in self.sight.granted or not given:
            return False
        laid_out = (*view.moments.values(), *([view.group] if view.group is not None else ()))
        return all(self.sees(view.entity, each) for each in laid_out) and self.reads(
            view.entity, ("view", name, "where")
        )

    def view(self, view: View) -> View:
        for key in self.below(("view", view.view)):
            self.take(key)
        own = self.whole.entities[view.entity].fields
        update = {
            "columns": tuple(c for c in view.columns if c not in own or self.there(view.entity, c)),
            "sort": tuple(
                s for s in view.sort if s.lstrip("-") not in own or self.sees(view.entity, s.lstrip("-"))
            ),
            "totals": {field: total for field, total in view.totals.items() if self.sees(view.entity, field)},
        }
        return view.model_copy(update=update)

    def flow(self, flow: Flow) -> Flow:
        def keeps(key: Key, gate: Any) -> bool:
            looks = self.reads(flow.entity, (*key, "when"), (*key, "check"), (*key, "message"))
            return looks and all(self.sees(flow.entity, each) for each in gate.require)

        gates = self.kept(("flow", flow.flow, "gates"), flow.gates, keeps)
        return flow.model_copy(update={"gates": gates})

    def metrics(self) -> dict[str, Metric]:
        found: dict[str, Metric] = {}
        for name, metric in self.whole.metrics.items():
            if metric.of is not None and self.measures(metric):
                for key in self.below(("metric", name)):
                    self.take(key)
                by = tuple(field for field in metric.by if self.cuts(metric.of, field))
                found[name] = metric.model_copy(update={"by": by})
        while True:  # ratios may be made of ratios
            more = {
                name: self.ratio(metric, [found[part] for part in metric.ratio])
                for name, metric in self.whole.metrics.items()
                if name not in found and metric.ratio is not None and set(metric.ratio) <= found.keys()
            }
            if not more:
                return {name: found[name] for name in self.whole.metrics if name in found}
            found |= more

    def cuts(self, entity: str, field: str) -> bool:
        return field not in self.whole.entities[entity].fields or self.sees(entity, field)

    def measures(self, metric: Metric) -> bool:
        of = str(metric.of)
        counted = not isinstance(metric.count, str) or self.cuts(of, metric.count)
        keys = tuple(self.below(("metric", metric.metric)))
        return of in self.sight.granted and counted and self.reads(of, *keys)

    def ratio(self, metric: Metric, parts: Sequence[Metric]) -> Metric:
        """A ratio can be cut as both its parts can."""
        owners = [part.of for part in parts if part.of is not None]
        by = tuple(field for field in metric.by if all(self.cuts(owner, field) for owner in owners))
        return metric.model_copy(update={"by": by})

    def gets_board(self, name: str) -> bool:
        return name in (self.sight.dashboards if self.sight.dashboards is not None else (name,))

    def dashboard(self, board: Dashboard, metrics: Mapping[str, Metric]) -> Dashboard:
        items = tuple(
            item
            for item in board.items
            if item.metric in metrics and (item.by is None or item.by in metrics[item.metric].by)
        )
        return board.model_copy(update={"items": items})
