"""Cross-checks: does everything that one definition says of another exist, and does it make sense together?

:func:`check_names` runs on the definitions alone; :func:`check_meaning` on the finished catalog.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..problems import Problem, closest
from ..schema.automation import Automation
from ..schema.entity import Entity
from ..schema.fields.field import Field
from ..schema.fields.table import Table
from ..schema.flow import ANY, Flow
from .catalog import Catalog
from .forming import check_forms, check_views
from .granting import check_role_names, check_roles
from .impossible import impossible
from .places import Where
from .soundness import unsound

__all__ = ["check_meaning", "check_names"]

Definitions = Mapping[str, Mapping[str, Any]]


def check_names(definitions: Definitions, where: Where) -> list[Problem]:
    """Every name in a definition that leads nowhere, each at its place and with the nearest that would."""
    return list(_Names(definitions, where).all())


class _Names:
    def __init__(self, definitions: Definitions, where: Where) -> None:
        self._of, self._where = definitions, where
        self._entities: Mapping[str, Entity] = definitions["entity"]

    def all(self) -> Iterator[Problem]:
        for name, entity in self._entities.items():
            yield from self._entity(name, entity)
        for name, form in self._of["form"].items():
            yield from self._form(name, form)
        for name, view in self._of["view"].items():
            yield from self._view(name, view)
        for name, flow in self._of["flow"].items():
            yield from self._flow(name, flow)
        for name, automation in self._of["automation"].items():
            yield from self._automation(name, automation)
        for name, metric in self._of["metric"].items():
            yield from self._metric(name, metric)
        for name, dashboard in self._of["dashboard"].items():
            yield from self._dashboard(name, dashboard)
        yield from check_role_names(self._of, self._where)

    def _missing(
        self,
        code: str,
        wanted: str,
        available: Collection[str],
        kind: str,
        name: str,
        *path: str | int,
        **more: Any,
    ) -> Iterator[Problem]:
        if wanted not in available:
            values = {"name": wanted, "available": list(available), **more}
            place = self._where.word(wanted, kind, name, *path, last=code == "unknown_field")
            yield Problem(code, values, place, instead=closest(wanted, available))

    def _entity_named(self, wanted: str, kind: str, name: str, *path: str | int) -> Iterator[Problem]:
        yield from self._missing("unknown_entity", wanted, self._entities, kind, name, *path)

    def _field_named(
        self, entity: str, wanted: str, kind: str, name: str, *path: str | int
    ) -> Iterator[Problem]:
        if entity in self._entities:
            known = {
                **self._entities[entity].fields,
                **dict.fromkeys(("created_at", "changed_at", "external_id")),
            }
            label = self._entities[entity].shown
            gone = self._where.taken_out("entity", entity, "fields", wanted)
            if gone is not None and wanted not in known:
                place = self._where.word(wanted, kind, name, *path, last=True)
                yield Problem("removed_field", {"name": wanted, "entity": label, "place": str(gone)}, place)
                return
            yield from self._missing("unknown_field", wanted, known, kind, name, *path, entity=label)

    def _entity(self, name: str, entity: Entity) -> Iterator[Problem]:
        for field_name, field in entity.fields.items():
            path: tuple[str, ...] = ("fields", field_name)
            details: Any = field
            yield from self._target(name, field, path)
            for column, kind in details.fields.items() if isinstance(field, Table) else ():
                yield from self._target(name, kind, (*path, "fields", column))
            match field.type:
                case "children":
                    yield from self._link_back(name, details, *path, "of")
                case "rollup":
                    yield from self._rollup(name, details, *path)
                case "stage":
                    yield from self._stage(name, field_name, details)

    def _target(self, name: str, field: Field, path: tuple[str, ...]) -> Iterator[Problem]:
        """The entity that a field leads to has to be there."""
        to = field.leads_to or field.leads_to_many
        if to is None:
            return
        yield from self._entity_named(to, "entity", name, *path, "to" if hasattr(field, "to") else "type")

    def _link_back(self, name: str, field: Any, *path: str) -> Iterator[Problem]:
        yield from self._entity_named(field.child, "entity", name, *path)
        yield from self._field_named(field.child, field.child_field, "entity", name, *path)
        child = self._entities.get(field.child)
        link: Any = child.fields.get(field.child_field) if child else None
        if link is not None and link.leads_to != name:
            values = {"name": field.of, "entity": self._entities[name].shown}
            yield Problem("not_a_link_back", values, self._where.place("entity", name, *path))

    def _rollup(self, name: str, field: Any, *path: str) -> Iterator[Problem]:
        at = (*path, field.aggregate)
        table = self._entities[name].fields.get(field.child)
        if isinstance(table, Table):
            if field.child_field is not None:
                yield from self._missing(
                    "unknown_column", field.child_field, table.fields, "entity", name, *at
                )
            return
        yield from self._entity_named(field.child, "entity", name, *at)
        if field.child_field is not None:
            yield from self._field_named(field.child, field.child_field, "entity", name, *at)
        child = self._entities.get(field.child)
        if child is None:
            return
        links = [link for link, kind in child.fields.items() if kind.leads_to == name]
        if field.via is not None:
            yield from self._missing(
                "unknown_link", field.via, links, "entity", name, *path, "via", child=child.shown
            )
        elif len(links) != 1:
            code = "rollup_needs_via" if links else "rollup_without_link"
            values = {"child": child.shown, "entity": self._entities[name].shown, "available": links}
            yield Problem(code, values, self._where.place("entity", name, *at))

    def _stage(self, name: str, field_name: str, field: Any) -> Iterator[Problem]:
        flows = self._of["flow"]
        path = ("fields", field_name, "flow")
        yield from self._missing("unknown_flow", field.flow, flows, "entity", name, *path)
        flow = flows.get(field.flow)
        if flow is not None and (flow.entity, flow.field) != (name, field_name):
            values = {"flow": field.flow, "entity": flow.entity, "field": flow.field}
            yield Problem("flow_is_elsewhere", values, self._where.place("entity", name, *path))
        default = field.default
        if flow is not None and default is not None and not str(default).startswith("="):
            path = ("fields", field_name, "default")
            stages = flow.stages
            yield from self._missing(
                "unknown_option", default, stages, "entity", name, *path, label=field.label
            )

    def _form(self, name: str, form: Any) -> Iterator[Problem]:
        yield from self._entity_named(form.entity, "form", name, "entity")
        for s, section in enumerate(form.sections):
            for f, item in enumerate(section.fields):
                path = ("sections", s, "fields", f)
                yield from self._field_named(form.entity, item.field, "form", name, *path)

    def _view(self, name: str, view: Any) -> Iterator[Problem]:
        yield from self._entity_named(view.entity, "view", name, "entity")
        for i, column in enumerate(view.columns):
            yield from self._field_named(view.entity, column, "view", name, "columns", i)
        for i, key in enumerate(view.sort):
            yield from self._field_named(view.entity, key.lstrip("-"), "view", name, "sort", i)
        for total in view.totals:
            yield from self._field_named(view.entity, total, "view", name, "totals", total)
        if view.group is not None:
            yield from self._field_named(view.entity, view.group, "view", name, "group")
        for key, field in view.moments.items():
            yield from self._field_named(view.entity, field, "view", name, key)

    def _flow(self, name: str, flow: Flow) -> Iterator[Problem]:
        yield from self._entity_named(flow.entity, "flow", name, "entity")
        entity = self._entities.get(flow.entity)
        if entity is None:
            return
        stages = [field for field, kind in entity.fields.items() if kind.type == "stage"]
        yield from self._missing(
            "unknown_stage_field", flow.field, stages, "flow", name, "field", entity=entity.shown
        )
        for i, gate in enumerate(flow.gates):
            for j, field in enumerate(gate.require):
                yield from self._field_named(flow.entity, field, "flow", name, "gates", i, "require", j)

    def _automation(self, name: str, automation: Any) -> Iterator[Problem]:
        trigger = automation.trigger
        yield from self._entity_named(trigger.entity, "automation", name, "on")
        if trigger.field is not None:
            yield from self._field_named(trigger.entity, trigger.field, "automation", name, "on")
            yield from self._trigger_value(name, trigger)
        for i, step in enumerate(automation.do):
            entity = step.create or trigger.entity
            if step.create is not None:
                yield from self._entity_named(entity, "automation", name, "do", i, "create")
            for field in step.set:
                yield from self._field_named(entity, field, "automation", name, "do", i, "set", field)

    def _trigger_value(self, name: str, trigger: Any) -> Iterator[Problem]:
        entity = self._entities.get(trigger.entity)
        field: Any = entity.fields.get(trigger.field) if entity else None
        if field is None or trigger.value is None:
            return
        options = (
            self._of["flow"][field.flow].stages
            if field.type == "stage" and field.flow in self._of["flow"]
            else (getattr(field, "options", None))
        )
        if options is not None:
            yield from self._missing(
                "unknown_option", trigger.value, options, "automation", name, "on", label=field.label
            )

    def _metric(self, name: str, metric: Any) -> Iterator[Problem]:
        if metric.of is not None:
            yield from self._entity_named(metric.of, "metric", name, "of")
            if isinstance(metric.count, str):
                yield from self._field_named(metric.of, metric.count, "metric", name, "count")
            for i, field in enumerate(metric.by):
                yield from self._field_named(metric.of, field, "metric", name, "by", i)
        for i, other in enumerate(metric.ratio or ()):
            yield from self._missing("unknown_metric", other, self._of["metric"], "metric", name, "ratio", i)

    def _dashboard(self, name: str, dashboard: Any) -> Iterator[Problem]:
        for i, item in enumerate(dashboard.items):
            metrics = self._of["metric"]
            yield from self._missing(
                "unknown_metric", item.metric, metrics, "dashboard", name, "items", i, "metric"
            )
            metric = metrics.get(item.metric)
            if metric is not None and item.by is not None:
                yield from self._missing(
                    "not_a_cut", item.by, metric.by, "dashboard", name, "items", i, "by", metric=metric.shown
                )


def check_meaning(catalog: Catalog, where: Where) -> list[Problem]:
    """What is well-formed and yet cannot work: stages nobody reaches, gates nobody passes, fields nobody can fill."""
    problems = [
        problem for each in catalog.automations.values() for problem in _actions(catalog, each, where)
    ]
    for flow in catalog.flows.values():
        problems += _unreachable(flow, where)
    for form in catalog.forms.values():
        entity = catalog.entities[form.entity]
        for s, section in enumerate(form.sections):
            for f, item in enumerate(section.fields):
                if item.require is not None and entity.fields[item.field].computed:
                    place = where.place("form", form.form, "sections", s, "fields", f)
                    problems.append(
                        Problem("requires_computed", {"label": entity.fields[item.field].label}, place)
                    )
    for view in catalog.views.values():
        for i, key in enumerate(view.sort):
            field = catalog.entities[view.entity].fields.get(key.lstrip("-"))
            if field is not None and not field.system and not catalog.is_stored(view.entity, key.lstrip("-")):
                place = where.place("view", view.view, "sort", i)
                problems.append(Problem("cannot_sort_by", {"label": field.label}, place))
    problems += [*check_forms(catalog, where), *check_views(catalog, where), *check_roles(catalog, where)]
    return [*problems, *unsound(catalog, where), *impossible(catalog, where)]


def _actions(catalog: Catalog, automation: Automation, where: Where) -> Iterator[Problem]:
    """Steps that run an action which no plugin brings."""
    for i, step in enumerate(automation.do):
        if step.run is not None and step.run not in catalog.actions:
            values = {"name": step.run, "available": sorted(catalog.actions)}
            place = where.place("automation", automation.automation, "do", i, "run")
            yield Problem("unknown_action", values, place, instead=closest(step.run, catalog.actions))


def _unreachable(flow: Flow, where: Where) -> Iterator[Problem]:
    """Stages that no move leads to and in which no record may be created."""
    if flow.moves is None:
        return
    start = set(flow.start) if flow.start is not None else set(flow.stages)
    reached = set(start)
    for _ in flow.stages:
        for move in flow.moves:
            if ANY in move.from_ or reached & set(move.from_):
                reached |= set(move.to)
    for stage in flow.stages:
        if stage not in reached:
            values = {"stage": flow.stages[stage].label, "flow": flow.shown}
            place = where.place("flow", flow.flow, "stages", stage, on_key=True)
            yield Problem("unreachable_stage", values, place, level="warning")
