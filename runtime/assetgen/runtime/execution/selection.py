"""Which assets a selection means, and which steps make them.

A selection is a list of terms, separated by commas or spaces; an asset is selected if one of
them means it::

    orders              the asset of that key; parts are joined by slashes: warehouse/orders
    stg_*               every key that matches; * and ? stand for any characters
    *                   everything
    group:sales         all assets of a group; tag:, kind: and owner: likewise
    +orders             the asset and all that it depends on; 2+orders goes only two steps up
    orders+             the asset and all that depends on it; orders+1 goes only one step down
"""

import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase

from assetgen.runtime.model.asset_keys import Parts
from assetgen.runtime.model.declarations import AssetOutput, Pipeline, Step
from assetgen.runtime.model.failures import PipelineError


def choose_steps(pipeline: Pipeline, selection: str) -> dict[str, frozenset[str] | None]:
    """The steps that make the selected assets, each with the outputs wanted (None for all).

    Checks of selected assets are chosen too. PipelineError for a selection that means nothing,
    or some of the assets of a step that makes all or none.
    """
    return steps_for(pipeline, select_assets(pipeline, selection))


def steps_for(pipeline: Pipeline, selected: set[Parts]) -> dict[str, frozenset[str] | None]:
    """The steps that make these assets, each with the outputs wanted (None for all)."""
    nodes = {
        node_of(step)
        for step in pipeline.steps
        for output in step.makes
        if output.asset_parts in selected
    }
    chosen: dict[str, frozenset[str] | None] = {}
    for step in pipeline.steps:
        if node_of(step) in nodes:
            chosen[step.name] = outputs_wanted(step, selected)
        elif any(output.checked_parts in selected for output in step.makes):
            chosen[step.name] = None
    return chosen


def outputs_wanted(step: Step, selected: set[Parts]) -> frozenset[str] | None:
    """The outputs of a step to make, None if that is all; PipelineError if they go together."""
    assets = [output for output in step.makes if output.asset_parts]
    left_out = [output for output in assets if output.asset_parts not in selected]
    if not left_out:
        return None
    if not step.can_subset:
        names = ", ".join("/".join(output.asset_parts) for output in left_out)
        raise PipelineError(f'step "{step.name}" makes all its assets or none: select {names} too')
    unwanted = {output.asset_parts for output in left_out}
    return frozenset(
        output.name
        for output in step.makes
        if unwanted.isdisjoint((output.asset_parts, output.checked_parts))
    )


def select_assets(pipeline: Pipeline, selection: str) -> set[Parts]:
    """The keys of the selected assets; PipelineError for a term that means none."""
    assets = {
        output.asset_parts: output
        for step in pipeline.steps
        for output in step.makes
        if isinstance(output, AssetOutput)
    }
    parents = asset_parents(pipeline)
    children: dict[Parts, set[Parts]] = {parts: set() for parts in parents}
    for parts, above in parents.items():
        for parent in above & children.keys():
            children[parent].add(parts)
    selected: set[Parts] = set()
    for term in re.split(r"[\s,]+", selection.strip(" ,\n\t")):
        up, pattern, down = split_term(term)
        found = {parts for parts, asset in assets.items() if means(pattern, asset)}
        if not found:
            raise PipelineError(f'"{term}" selects no asset')
        selected |= within(found, parents, up) | within(found, children, down)
    return selected & assets.keys()


def split_term(term: str) -> tuple[int, str, int]:
    """How far up and down a term goes, and the pattern between the plus signs."""
    matched = re.fullmatch(r"(?:(\d*)\+)?([^+]+)(?:\+(\d*))?", term)
    if matched is None:
        raise PipelineError(f'"{term}" is no selection: write key, +key, key+, group:name or *')
    up, pattern, down = matched.groups()
    return depth(up), pattern, depth(down)


def depth(text: str | None) -> int:
    """Steps to go: none without a plus sign, all without a number."""
    if text is None:
        return 0
    return int(text) if text else EVERYTHING


def means(pattern: str, asset: AssetOutput) -> bool:
    """Whether a pattern means an asset."""
    field, colon, value = pattern.partition(":")
    if colon and field in ATTRIBUTES:
        return any(fnmatchcase(each, value.strip("\"'")) for each in ATTRIBUTES[field](asset))
    return fnmatchcase("/".join(asset.asset_parts), pattern.removeprefix("key:").strip("\"'"))


def within(start: set[Parts], edges: Mapping[Parts, set[Parts]], steps: int) -> set[Parts]:
    """What is reached from `start` in at most so many steps, itself included."""
    found = set(start)
    frontier = found
    while frontier and steps:
        frontier = {parts for key in frontier for parts in edges.get(key, ())} - found
        found = found | frontier
        steps -= 1
    return found


def asset_parents(pipeline: Pipeline) -> dict[Parts, set[Parts]]:
    """The assets that each asset depends on."""
    inputs: dict[str, set[Parts]] = {}
    for step in pipeline.steps:
        found = inputs.setdefault(node_of(step), set())
        found.update(parts for s in step.inputs if (parts := getattr(s, "key_parts", ())))
    parents: dict[Parts, set[Parts]] = {}
    for step in pipeline.steps:
        for output in step.makes:
            if isinstance(output, AssetOutput):
                given = output.dep_parts
                above = inputs[node_of(step)] if given is None else set(given)
                parents[output.asset_parts] = above - {output.asset_parts}
    return parents


def node_of(step: Step) -> str:
    """The step itself, or the graph that it is part of."""
    return step.name.partition(".")[0]


EVERYTHING = 1_000_000_000
ATTRIBUTES: dict[str, Callable[[AssetOutput], Iterable[str]]] = {
    "group": lambda asset: (asset.group,),
    "kind": lambda asset: asset.kinds,
    "owner": lambda asset: asset.owners,
    "tag": lambda asset: [*asset.tags, *(f"{k}={v}" for k, v in asset.tags.items())],
}
