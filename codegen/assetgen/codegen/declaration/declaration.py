"""The declaration of a pipeline for the runtime: what each step runs, reads and makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.steps import (
    AssetInput,
    AssetStep,
    GraphDefinition,
    Input,
    OpDefinition,
    Output,
)
from assetgen.codegen.dagster_names import HISTORICAL
from assetgen.codegen.declaration.asset_description import described, is_plain
from assetgen.codegen.declaration.checked_types import CheckedTypes, annotated_outputs
from assetgen.codegen.declaration.dbt_steps import dbt_selection
from assetgen.codegen.declaration.dlt_steps import dlt_load
from assetgen.codegen.declaration.fixed_configuration import fixed_config
from assetgen.codegen.declaration.graph_hooks import GraphHooks, graph_hooks, hooks_given
from assetgen.codegen.declaration.job_arguments import JobArguments
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.declaration.parameters import ParameterTrees, priority_of
from assetgen.codegen.declaration.resource_values import (
    DEFAULT_IO_MANAGER,
    ResourceUses,
    refuse_own_manager,
    resource_values,
)
from assetgen.codegen.declaration.sling_steps import sling_replication
from assetgen.codegen.declaration.unwired_inputs import unwired_inputs
from assetgen.codegen.link.fragments.expression import joined
from assetgen.codegen.link.text.literals import model_literal
from assetgen.codegen.plan.plan import Plan
from assetgen.codegen.script.layout import Atom, Tree, call, literal, mapping_of, tuple_of
from assetgen.codegen.wiring import End, FlatOp, Wired, flatten, is_partial

_Argument = tuple[str, Tree]
_DEFAULT_OUTPUT = "result"


def declare(plan: Plan, linking: Linking, name: str) -> Tree:
    """The call of `Pipeline` that declares the plan; whatever it mentions is linked."""
    return _Declaration(plan, linking).pipeline(name)


class _Declaration:
    def __init__(self, plan: Plan, linking: Linking) -> None:
        self._plan = plan
        self._linking = linking
        self._trees = ParameterTrees(linking)
        self._assets = {asset.key: asset for asset in plan.assets}
        self._checks = {(check.asset, check.name): check for check in plan.checks}
        self._graphs: dict[AssetKey, FunctionRef | None] = {}
        self._resources = ResourceUses()
        self._types = CheckedTypes(linking)
        self._job = JobArguments(linking, plan.job) if plan.job is not None else None
        self._retrying = self._job["op_retry_policy"] if self._job is not None else None

    def pipeline(self, name: str) -> Tree:
        steps = tuple(tree for step in self._plan.steps for tree in self._steps(step))
        external = tuple(self._externals())
        arguments: list[_Argument] = [("", literal(name)), ("steps", tuple_of(steps))]
        resources = tuple(resource_values(self._plan, self._linking, self._resources, self._job))
        if resources:
            arguments.append(("resources", mapping_of(resources)))
        if external:
            arguments.append(("external", tuple_of(external)))
        fixed = fixed_config(self._plan.steps, self._linking)
        if fixed is not None:
            arguments.append(("config", fixed))
        defaults = self._job["config"] if self._job is not None else None
        if defaults is not None:
            arguments.append(("defaults", Atom(defaults)))
        tags = self._job.tags() if self._job is not None else None
        if tags is not None:
            arguments.append(("tags", Atom(tags)))
        if self._linking.linker.is_mentioned(HISTORICAL):
            arguments.append(("instance", Atom(self._linking.runtime("DagsterInstance"))))
            message = "what was made before is asked for: the script knows only of its own runs"
            self._linking.warn(message, self._plan.steps[0].span)
        return self._call("Pipeline", *arguments)

    def _steps(self, step: AssetStep) -> Iterator[Tree]:
        refuse_own_manager(self._linking, step)
        if isinstance(step.definition, GraphDefinition):
            with self._resources.of(step.definition.function):
                yield from self._graph_steps(step, step.definition)
        else:
            yield self._op_step(step, step.definition)

    def _op_step(self, step: AssetStep, op: OpDefinition) -> Tree:
        # Dagster loads the values of assets by the names of the parameters.
        feeds = sorted(step.inputs, key=_turn) if len(step.inputs) > 1 else step.inputs
        inputs = [self._asset_input(op, feed) for feed in feeds]
        outputs = [*self._outputs(step, op)]
        arguments = [*self._function_arguments(step.name, op)]
        if inputs:
            arguments.append(("inputs", tuple_of(tuple(inputs))))
        usual = self._linking.runtime("AssetOutput"), "(", (("", literal(step.name)),), ")"
        if outputs != [usual]:
            arguments.append(("outputs", tuple_of(tuple(outputs))))
        arguments += self._running_arguments(op)
        if step.can_subset:
            arguments.append(("can_subset", literal(True)))
        if step.name in self._plan.parts:
            arguments.append(("is_part", literal(True)))
        if (hooks := self._linking.argument(op.function, "hooks")) is not None:
            arguments.append(("hooks", Atom(hooks)))
        assets = [self._assets[key] for _, key in step.assets if key in self._assets]
        tags = (
            *dbt_selection(self._linking, op, assets),
            *dlt_load(self._linking, op.function, assets),
            *sling_replication(self._linking, op.function),
        )
        if tags:
            arguments.append(("tags", mapping_of(tags)))
        return self._call("Step", *arguments)

    def _outputs(self, step: AssetStep, op: OpDefinition) -> Iterator[Tree]:
        keys = dict(step.assets)
        checks = {output: (key, name) for output, key, name in step.checks}
        known = {output.name: output for output in annotated_outputs(op)}
        for name in dict.fromkeys([*(known or (*keys, *checks)), *keys, *checks]):
            output = known.get(name) or Output(name)
            if name in keys and step.kind == "observable":
                yield self._observed(output, keys[name])
            elif name in keys:
                yield self._asset_output(step, op, output, keys[name], len(keys))
            elif name in checks:
                yield self._check_output(step, *checks[name], output.name)

    def _graph_steps(self, step: AssetStep, graph: GraphDefinition) -> Iterator[Tree]:
        if is_partial(graph):
            self._linking.refuse(f"not all ops of `{graph.name}` are known", step.span)
        flat = flatten(graph, (step.name,) if self._job is None else ())
        feeds = {feed.input: feed for feed in step.inputs}
        made: dict[tuple[tuple[str, ...], str], AssetKey] = {}
        keys = dict(step.assets)
        self._graphs.update(dict.fromkeys(keys.values(), graph.function))
        for wired in flat.outputs:
            for end in wired.ends:
                if wired.name in keys and end.path:
                    made[end.path, end.name] = keys[wired.name]
        for key in keys.values():
            if key not in made.values():
                self._linking.refuse(f"no op puts out the asset `{key}`", step.span)
        ends = (end for op in flat.ops for wired in op.inputs for end in wired.ends)
        used = {end.name for end in ends if not end.path}
        waiting = [feeds[name] for name in feeds if name not in used]
        hooks = graph_hooks(self._linking, graph)
        if self._job is not None:
            hooks = hooks_given(self._linking, self._job["hooks"])
        for op in flat.ops:
            yield self._inner_step(op, feeds, made, waiting, hooks)

    def _inner_step(
        self,
        op: FlatOp,
        feeds: dict[str, AssetInput],
        made: dict[tuple[tuple[str, ...], str], AssetKey],
        waiting: list[AssetInput],
        hooks: GraphHooks,
    ) -> Tree:
        known = {each.name: each for each in op.definition.inputs}
        inputs = [
            self._wired_input(wired, known.get(wired.name, Input(wired.name)), feeds, op)
            for wired in op.inputs
            if wired.ends
        ]
        inputs += [self._call("After", ("", _key(feed.key))) for feed in waiting]
        inputs += unwired_inputs(self._linking, self._types, op, in_job=self._job is not None)
        outputs: list[Tree] = []
        for output in annotated_outputs(op.definition):
            key = made.get((op.path, output.name))
            if key is not None:
                outputs.append(self._asset_output(None, op.definition, output, key, 1))
            else:
                outputs.append(self._op_output(op.definition, output))
        arguments = [*self._function_arguments(".".join(op.path), op.definition)]
        if inputs:
            arguments.append(("inputs", tuple_of(tuple(inputs))))
        arguments.append(("outputs", tuple_of(tuple(outputs))))
        arguments += self._running_arguments(op.definition, op.retry_policy, hooks.resources)
        if hooks.expression is not None:
            arguments.append(("hooks", Atom(hooks.expression)))
        return self._call("Step", *arguments)

    def _wired_input(
        self, wired: Wired, declared: Input, feeds: dict[str, AssetInput], op: FlatOp
    ) -> Tree:
        nothing = declared.is_nothing
        said = op.definition, declared.annotation, "in", declared.name
        kind = () if nothing else self._types.of(*said)
        name = "" if nothing else wired.name
        if wired.is_fan_in:
            sources = tuple(self._source("", end, (), feeds, nothing, op) for end in wired.ends)
            return self._call("FanIn", ("", literal(name)), ("", tuple_of(sources)), *kind)
        return self._source(name, wired.ends[0], kind, feeds, nothing, op)

    def _source(
        self,
        parameter: str,
        end: End,
        kind: Iterable[_Argument],
        feeds: dict[str, AssetInput],
        is_nothing: bool,
        op: FlatOp,
    ) -> Tree:
        named = ("", literal(parameter))
        if not end.path:
            if end.name in feeds:
                return self._feed(parameter, feeds[end.name], tuple(kind), is_nothing)
            if self._job is None or is_nothing:
                self._linking.refuse(f"no asset feeds `{end.name}`", op.definition.function.span)
            return self._call("FromConfig", named, *kind, ("of_run", literal(end.name)))
        place: list[_Argument] = [("", literal(".".join(end.path)))]
        if end.name != _DEFAULT_OUTPUT:
            place.append(("output" if is_nothing else "", literal(end.name)))
        mapped = end.mode == "mapped" and end.is_dynamic
        if end.mode == "collected":
            return self._call("Collected", named, *place, *kind)
        if is_nothing:
            return self._call("MappedAfter" if mapped else "AfterStep", *place)
        return self._call("Mapped" if mapped else "FromStep", named, *place, *kind)

    def _asset_input(self, op: OpDefinition, feed: AssetInput) -> Tree:
        declared = next((each for each in op.inputs if each.name == feed.input), None)
        kind = self._types.of(op, declared.annotation, "in", declared.name) if declared else ()
        nothing = feed.is_nothing or (declared is not None and declared.is_nothing)
        return self._feed(feed.input, feed, kind, nothing, declared)

    def _feed(
        self,
        parameter: str,
        feed: AssetInput,
        kind: tuple[_Argument, ...],
        is_nothing: bool,
        declared: Input | None = None,
    ) -> Tree:
        if is_nothing:
            return self._call("After", ("", _key(feed.key)))
        arguments: list[_Argument] = [("", literal(parameter))]
        if feed.key.parts != (parameter,):
            arguments.append(("", _key(feed.key)))
        arguments += kind
        if declared is not None and declared.input_manager_key is not None:
            self._resources.note(declared.input_manager_key, feed.span)
            arguments.append(("input_manager", literal(declared.input_manager_key)))
        if feed.partition_mapping is not None:
            mapping = self._trees.partition_mapping(feed.partition_mapping, feed.span)
            arguments.append(("partition_mapping", mapping))
        known = {name: value for name, value in feed.metadata if is_plain(value)}
        if known.get("allow_missing_partitions") is True:
            arguments.append(("allow_missing_partitions", literal(True)))
        if known.keys() - {"allow_missing_partitions"}:
            items = ((name, Atom(joined(model_literal(known[name])))) for name in known)
            arguments.append(("metadata", mapping_of(tuple(items))))
        return self._call("FromAsset", *arguments)

    def _asset_output(
        self,
        step: AssetStep | None,
        op: OpDefinition,
        output: Output,
        key: AssetKey,
        siblings: int,
    ) -> Tree:
        asset = self._assets.get(key)
        nothing = output.is_nothing or (step is not None and step.uses_specs)
        arguments: list[_Argument] = [("", _key(key))]
        if asset is not None:
            arguments += described(self._linking, asset, op.function)
        if output.name != _DEFAULT_OUTPUT:
            arguments.append(("name", literal(output.name)))
        arguments += () if nothing else self._types.of(op, output.annotation, "out", output.name)
        if nothing:
            arguments.append(("nothing", literal(True)))
        if not output.is_required:
            arguments.append(("required", literal(False)))
        if asset is not None:
            if asset.partitions is not None:
                declarers = op.function, self._graphs.get(key)
                partitions = self._trees.partitions_of(asset, asset.partitions, declarers)
                arguments.append(("partitions", partitions))
            manager = output.io_manager_key or asset.io_manager_key
            arguments += self._io_manager(manager, asset, op.function)
            if step is not None and siblings > 1:
                arguments += self._own_deps(step, asset)
        return self._call("AssetOutput", *arguments)

    def _observed(self, output: Output, key: AssetKey) -> Tree:
        arguments: list[_Argument] = [("", _key(key))]
        if output.name != _DEFAULT_OUTPUT:
            arguments.append(("name", literal(output.name)))
        return self._call("ObservedSource", *arguments)

    def _own_deps(self, step: AssetStep, asset: Asset) -> Iterator[_Argument]:
        """The asset's dependencies, if they are not just all inputs of the step."""
        deps = {dependency.key for dependency in asset.deps}
        if deps != {feed.key for feed in step.inputs}:
            yield "deps", tuple_of(tuple(_key(key) for key in sorted(deps)))

    def _check_output(self, step: AssetStep, key: AssetKey, name: str, output: str) -> Tree:
        check = self._checks.get((key, name))
        arguments: list[_Argument] = [("", _key(key)), ("", literal(name))]
        if check is not None and check.blocking:
            arguments.append(("blocking", literal(True)))
        if check is not None and check.description:
            arguments.append(("description", literal(check.description)))
        arguments.append(("name", literal(output)))
        if step.can_subset:
            arguments.append(("required", literal(False)))
        return self._call("CheckOutput", *arguments)

    def _op_output(self, op: OpDefinition, output: Output) -> Tree:
        arguments: list[_Argument] = []
        if output.name != _DEFAULT_OUTPUT:
            arguments.append(("", literal(output.name)))
        if not output.is_nothing:
            arguments += self._types.of(op, output.annotation, "out", output.name)
        if output.is_nothing and not output.is_dynamic:
            arguments.append(("nothing", literal(True)))
        if not output.is_required:
            arguments.append(("required", literal(False)))
        if output.io_manager_key not in (None, DEFAULT_IO_MANAGER):
            arguments.append(("io_manager", literal(output.io_manager_key)))
            self._resources.note(str(output.io_manager_key), op.function.span)
        return self._call("DynamicOpOutput" if output.is_dynamic else "OpOutput", *arguments)

    def _function_arguments(self, name: str, op: OpDefinition) -> Iterator[_Argument]:
        yield "", literal(name)
        yield "", Atom(self._linking.function(op.function, name))
        if op.takes_context:
            yield "context", literal(True)

    def _running_arguments(
        self, op: OpDefinition, policy: object = None, more: tuple[str, ...] = ()
    ) -> Iterator[_Argument]:
        if op.config is not None:
            annotation = self._linking.annotation(op.function, op.config)
            if annotation is None:
                message = f"the configuration `{op.config}` cannot be linked"
                self._linking.refuse(message, op.function.span)
            else:
                yield "config", Atom(annotation)
        schema = self._linking.argument(op.function, "config_schema") if op.takes_context else None
        if schema is not None:
            yield "config_schema", self._call("ConfigSchema", ("", Atom(schema)))
        if op.resources:
            yield "resources", literal(tuple(name for name, _ in op.resources))
        needed = {*op.required_resource_keys, *more}
        required = tuple(sorted(needed - {key for _, key in op.resources}))
        if required:
            yield "required_resources", literal(required)
        for key in (*(key for _, key in op.resources), *required):
            self._resources.note(key, op.function.span, op.function)
        retry = policy if policy is not None else op.retry_policy
        if retry is not None:
            yield "retry_policy", self._trees.retry_policy(retry)  # type: ignore[arg-type]
        elif self._retrying is not None:
            yield "retry_policy", Atom(self._retrying)
        if priority := priority_of(op):
            yield "priority", literal(priority)

    def _io_manager(
        self, key: str | None, asset: Asset, asker: FunctionRef | None = None
    ) -> Iterator[_Argument]:
        if key is not None and key != DEFAULT_IO_MANAGER:
            self._resources.note(key, asset.origin.span, asker)
            yield "io_manager", literal(key)

    def _externals(self) -> Iterator[Tree]:
        """The assets that are only read and of which more than the key matters."""
        for asset in self._plan.externals:
            arguments: list[_Argument] = [("", _key(asset.key))]
            if asset.partitions is not None:
                partitions = self._trees.partitions(asset.partitions, asset.origin.span)
                arguments.append(("partitions", partitions))
            arguments += self._io_manager(asset.io_manager_key, asset)
            if len(arguments) > 1:
                yield self._call("AssetOutput", *arguments)

    def _call(self, name: str, *arguments: _Argument) -> Tree:
        return call(self._linking.runtime(name), *arguments)


def _turn(feed: AssetInput) -> tuple[bool, str]:
    """By what inputs are sorted: those that bring nothing last, as they are."""
    return feed.is_nothing, "" if feed.is_nothing else feed.input


@lru_cache(maxsize=10_000)
def _key(key: AssetKey) -> Tree:
    return literal(key.parts[0] if len(key.parts) == 1 else key.parts)
