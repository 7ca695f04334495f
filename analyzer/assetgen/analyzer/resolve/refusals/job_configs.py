"""Jobs whose configuration does not fit what they run, which Dagster refuses."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Constant, Instance, Value
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.intrinsics.dagster.configs.config_schemas import (
    Schema,
    Unresolvable,
    is_required,
    schema_of,
    schema_of_class,
)
from assetgen.analyzer.intrinsics.dagster.configs.config_values import problems_of
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    AssetLike,
    DefinitionsValue,
)
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.intrinsics.dagster.places import entry_place
from assetgen.analyzer.model.automation import Job
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.closeness import did_you_mean
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.resolve.jobs.job_resources import needed_by
from assetgen.analyzer.resolve.refusals.job_sections import misfits

Nodes = Mapping[str, OpValue | GraphValue]


def misconfigured(
    machine: Machine,
    definitions: DefinitionsValue,
    values: Iterable[JobValue],
    jobs: Iterable[Job],
) -> Iterator[Diagnostic]:
    """For jobs whose ops are all known: what their configuration has that these do not accept."""
    found = {(job.name, job.origin): job for job in jobs}
    for value in {id(value): value for value in values}.values():
        if value.config is None:
            continue
        for site, message in misfits(definitions, value, value.config, needed_by(value)):
            yield diagnostic("job-config", message, site.span)
        for site, message in _of_mapping(value):
            yield diagnostic("job-config", message, site.span)
        nodes = _nodes(definitions, value, found.get((value.name, value.site.origin)))
        if nodes is None:
            continue
        judge = _Judge(machine, value)
        for site, message in judge.of_nodes(nodes, value.config.ops, value.config.place):
            yield diagnostic("job-config", message, site.span)


def _of_mapping(job: JobValue) -> Iterator[_Problem]:
    """A graph that maps its configuration accepts only that, and none for its ops."""
    given = job.config.ops if job.config is not None else None
    if job.graph is None or not job.graph.takes_config or job.config is None:
        return
    for name, _ in given.text_entries() if isinstance(given, MappingValue) else ():
        if name not in ("config", "inputs", "outputs"):
            message = f"the graph `{job.graph.name}` maps its own `config`: it takes no `{name}`"
            yield entry_place(job.config.place, name), message


_Problem = tuple[Site, str]


def _nodes(definitions: DefinitionsValue, value: JobValue, job: Job | None) -> Nodes | None:
    """The ops and graphs of a job by their names in its configuration; None if not all are
    known."""
    if isinstance(value.graph, GraphValue):
        return _of_graph(value.graph)
    if job is None or not job.assets or job.missing or definitions.losses:
        return None
    selected = set(job.assets)
    nodes: dict[str, OpValue | GraphValue] = {}
    for item in definitions.assets:
        node = getattr(item, "node", None)
        if isinstance(node, (OpValue, GraphValue)) and not selected.isdisjoint(_keys(item)):
            nodes[node.name] = node
    checks = (*definitions.checks, *definitions.assets)
    for item in checks:
        if isinstance(item, ChecksValue) and item.node is not None:
            # Whether it is selected is not looked at: nothing needs to be said of it.
            nodes.setdefault(item.node.name, _Optional(item.node.name, item.node.site))
    return nodes


def _keys(item: AssetLike) -> Iterator[AssetKey]:
    if isinstance(item, AssetsValue):
        yield from (spec.key for spec in item.specs)
    elif isinstance(item, SourceAssetValue):
        yield item.key


class _Optional(OpValue):
    """An op that may or may not be in the job, for which any configuration is accepted."""


def _of_graph(graph: GraphValue) -> Nodes | None:
    if graph.is_partial or graph.is_wrong or graph.takes_config:
        return None
    return {invoked.name: invoked.definition for invoked in graph.invocations}


class _Judge:
    """Compares the configuration of one job with its ops."""

    def __init__(self, machine: Machine, job: JobValue) -> None:
        self.machine, self.job = machine, job

    def of_nodes(self, nodes: Nodes, given: Value | None, place: Site) -> Iterator[_Problem]:
        """`given` is what stands under `ops`; None for nothing."""
        if given is not None and (not isinstance(given, MappingValue) or given.losses):
            return
        known: dict[str, Value] = {}
        for key, value in given.entries.values() if given is not None else ():
            if not isinstance(key, Constant) or not isinstance(key.value, str):
                return
            known[key.value] = value
        for name, value in known.items():
            at = entry_place(place, name)
            if name in nodes:
                yield from self.of_node(name, nodes[name], value, at)
            else:
                hint = did_you_mean(name, nodes)
                yield at, f"job `{self.job.name}` has no op `{name}` to be configured{hint}"
        for name, node in nodes.items():
            if name not in known and known.keys() <= nodes.keys():
                yield from self.of_node(name, node, None, place)

    def of_node(
        self, name: str, node: OpValue | GraphValue, value: Value | None, place: Site
    ) -> Iterator[_Problem]:
        if isinstance(value, Instance):
            attributes = dict(value.attributes)
            yield from self.of_values(name, node, _mapping(attributes), place)
            return
        if value is not None and (not isinstance(value, MappingValue) or value.losses):
            return
        entries = dict(value.text_entries()) if value is not None else {}
        parts = _PARTS[isinstance(node, GraphValue)]
        for key in entries:
            if key not in parts:
                listed = ", ".join(parts)
                yield (
                    entry_place(place, key),
                    f"`{key}` is not part of what `{name}` takes: {listed}",
                )
                return
        if isinstance(node, GraphValue):
            nodes = _of_graph(node)
            if nodes is not None and "config" not in entries:
                yield from self.of_nodes(nodes, entries.get("ops"), entry_place(place, "ops"))
        else:
            yield from self.of_values(
                name, node, entries.get("config"), entry_place(place, "config")
            )

    def of_values(
        self, name: str, node: OpValue | GraphValue, value: Value | None, place: Site
    ) -> Iterator[_Problem]:
        if isinstance(node, GraphValue):
            return
        schema = self.schema(node)
        if isinstance(value, Instance):
            value = _mapping(value.attributes)
        if value is not None:
            yield from problems_of(schema, value, place, f"the configuration of `{name}`")
        elif is_required(schema):
            yield (
                place,
                f"job `{self.job.name}` is configured, but not its op `{name}`, which needs it",
            )

    def schema(self, node: OpValue) -> Schema | None:
        if node.config_schema is None:
            return schema_of_class(self.machine, node.config_class)
        try:
            return schema_of(node.config_schema)
        except Unresolvable:
            return None


_PARTS = (("config", "inputs", "outputs"), ("ops", "config", "inputs", "outputs"))
"""What is said of an op, and of a graph."""


def _mapping(attributes: Mapping[str, Value]) -> MappingValue:
    entries: dict[Hashable, tuple[Value, Value]] = {
        ("constant", name): (Constant(name), value) for name, value in attributes.items()
    }
    return MappingValue("dict", entries)
