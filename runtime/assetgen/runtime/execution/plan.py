"""Which steps a run has, what each waits for, and in which order they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assetgen.runtime.model.declarations import AssetOutput, Pipeline, Step, StepOutput
from assetgen.runtime.model.failures import PipelineError

Handle = tuple[str, str, str]
"""A unit (where nothing multiplies a step, its name), one of its outputs, and a mapping key if the
output is dynamic."""

Gates = tuple[tuple[tuple[Handle, ...], bool], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The chosen steps, in order, with what each waits for.

    `waits` has, for each step, the steps before it.
    `producers` has the step and output that make each asset, `assets` the declaration of each
    asset, made here or elsewhere. `outputs` has what each step may make in this run.
    """

    steps: tuple[Step, ...]
    waits: Mapping[str, frozenset[str]]
    producers: Mapping[tuple[str, ...], tuple[str, str]]
    assets: Mapping[tuple[str, ...], AssetOutput]
    outputs: Mapping[str, Mapping[str, StepOutput]]

    def gates_of(self, step: Step) -> Gates:
        """The outputs whose absence skips a step, one group per input: the group's handles and
        whether one of them suffices."""
        groups = []
        for source in step.inputs:
            origins = source.origins(self.producers)
            others = [(n, made, "") for n, made in origins if n in self.outputs and n != step.name]
            if others:
                groups.append((tuple(others), source.any_suffices))
        return tuple(groups)


def make_plan(pipeline: Pipeline, chosen: Mapping[str, frozenset[str] | None]) -> Plan:
    """The plan that runs the chosen steps, each with all its outputs (None) or those named."""
    steps = [step for step in pipeline.steps if step.name in chosen]
    outputs = {step.name: chosen_outputs(step, chosen[step.name]) for step in steps}
    producers = {
        output.asset_parts: (name, output.name)
        for name, makes in outputs.items()
        for output in makes.values()
        if output.asset_parts
    }
    gatekeepers = checks_that_block(outputs)
    waits = {step.name: waits_of(step, outputs, producers, gatekeepers) for step in steps}
    by_name = {step.name: step for step in steps}
    return Plan(
        tuple([by_name[name] for name in in_order(outputs, waits)]),
        waits,
        producers,
        declared_assets(pipeline),
        outputs,
    )


def waits_of(
    step: Step,
    outputs: Mapping[str, Mapping[str, StepOutput]],
    producers: Mapping[tuple[str, ...], tuple[str, str]],
    gatekeepers: Mapping[tuple[str, ...], Iterable[str]],
) -> frozenset[str]:
    """The other chosen steps that make what a step needs, and those whose checks block that."""
    if not step.inputs:
        return NOBODY
    origins = [each for source in step.inputs for each in source.origins(producers)]
    before = [name for name, _ in origins if name in outputs and name != step.name]
    if gatekeepers:
        makes = outputs[step.name].values()
        for name, output in origins:
            if name in before:
                parts = outputs[name][output].asset_parts
                # What checks an asset waits for no other check of it.
                if parts in gatekeepers and not any(o.checked_parts == parts for o in makes):
                    before += [each for each in gatekeepers[parts] if each != step.name]
    return frozenset(before)


NOBODY: frozenset[str] = frozenset()


def chosen_outputs(step: Step, names: frozenset[str] | None) -> dict[str, StepOutput]:
    """The outputs of a step by name, or those of them that are named."""
    return {o.name: o for o in step.makes if names is None or o.name in names}


def checks_that_block(
    outputs: Mapping[str, Mapping[str, StepOutput]],
) -> dict[tuple[str, ...], set[str]]:
    """The steps of the blocking checks of each asset."""
    steps: dict[tuple[str, ...], set[str]] = {}
    for name, makes in outputs.items():
        for output in makes.values():
            if output.gated_parts:
                steps.setdefault(output.gated_parts, set()).add(name)
    return steps


def declared_assets(pipeline: Pipeline) -> dict[tuple[str, ...], AssetOutput]:
    """The declarations of all assets by key; PipelineError if two steps make one asset
    or have one name."""
    assets = {output.asset_parts: output for output in pipeline.external}
    makers: dict[tuple[str, ...], Step] = {}
    named: dict[str, Step] = {}
    for step in pipeline.steps:
        for output in step.makes:
            if isinstance(output, AssetOutput):
                parts = output.asset_parts
                maker = makers.setdefault(parts, step)
                if maker is not step:
                    raise PipelineError(
                        f"{'/'.join(parts)} is made by both {maker.name} and {step.name}"
                    )
                assets[parts] = output
        if named.setdefault(step.name, step) is not step:
            raise PipelineError(f'two steps are named "{step.name}"')
    return assets


def in_order(names: Iterable[str], waits: Mapping[str, frozenset[str]]) -> list[str]:
    """The steps so that each stands after those it waits for.

    Steps of one graph (those that share the first parts of their dotted names) stand together.
    On every level, what waits for nothing comes first, then what waits only for that, and so on,
    sorted by name within each. PipelineError names the steps of a cycle.
    """
    return order_within("", list(names), waits)


def order_within(prefix: str, names: list[str], waits: Mapping[str, frozenset[str]]) -> list[str]:
    """The steps of one graph in order; `prefix` is the graph's dotted name and a dot, or empty."""
    start = len(prefix)
    if not any("." in name[start:] for name in names):
        inside_waits = waits if not prefix else {n: waits[n].intersection(names) for n in names}
        return [name for level in levels(inside_waits) for name in sorted(level)]
    members: dict[str, list[str]] = {}
    node_of: dict[str, str] = {}
    for name in names:
        end = name.find(".", start)
        node = name if end < 0 else name[:end]
        members.setdefault(node, []).append(name)
        node_of[name] = node
    before = {
        node: frozenset(node_of[w] for name in inside for w in waits[name] if w in node_of) - {node}
        for node, inside in members.items()
    }
    ordered: list[str] = []
    for level in levels(before):
        for node in sorted(level):
            inside = members[node]
            ordered.extend(inside if inside == [node] else order_within(node + ".", inside, waits))
    return ordered


def levels(before: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """The nodes by the length of the longest way to them."""
    left = {node: len(origins) for node, origins in before.items()}
    after: dict[str, list[str]] = {}
    for node, origins in before.items():
        for origin in origins:
            after.setdefault(origin, []).append(node)
    level = [node for node, count in left.items() if not count]
    found = []
    while level:
        found.append(level)
        ready = []
        for node in level:
            for dependent in after.get(node, ()):
                count = left[dependent] = left[dependent] - 1
                if not count:
                    ready.append(dependent)
        level = ready
    if circle := sorted(node for node, count in left.items() if count):
        raise PipelineError(f"these steps wait for one another: {', '.join(circle)}")
    return found
