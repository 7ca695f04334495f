"""What a generated pipeline has to do: which steps, in which order, reading which assets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush

from assetgen.analyzer.model.assets import Asset, AssetCheck
from assetgen.analyzer.model.automation import Job, Resource
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.analyzer.model.spans import NOWHERE, Span, start_of
from assetgen.analyzer.model.steps import AssetStep
from assetgen.codegen.link.fragments.problems import CONDITIONAL_ASSET, UNLINKABLE_PIPELINE, problem
from assetgen.codegen.plan.job_steps import job_step
from assetgen.codegen.plan.splitting import divided

# Attributes without which a step would silently do something else than in Dagster.
DECISIVE = frozenset({"key", "deps", "partitions", "retry_policy"})
_RUN = ("materializable", "observable")


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in an order in which they can run, and what is known of all they touch.

    `externals` are the assets that steps read and none makes: their values come from storage.
    `parts` are the steps that make some of what their functions can make. `job` is the job of ops
    whose ops are run instead of assets.
    """

    name: str
    steps: tuple[AssetStep, ...]
    assets: tuple[Asset, ...]
    checks: tuple[AssetCheck, ...]
    externals: tuple[Asset, ...]
    resources: tuple[Resource, ...]
    parts: frozenset[str] = frozenset()
    job: Job | None = None

    def asset(self, key: AssetKey) -> Asset | None:
        """What is known of an asset."""
        return next((asset for asset in self.assets if asset.key == key), None)


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, unless something forbids it, and what there is to say about it."""

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]


def make_plan(
    pipeline: Pipeline,
    *,
    selection: frozenset[AssetKey] | None = None,
    location: str | None = None,
    job: str | None = None,
) -> Planned:
    """Plan the steps that make the selected assets (all of them if None) of one code location.

    Without a location the only one that has steps is meant; several are put together if they
    define nothing twice. Where they define no assets the only job of ops is meant, or the `job`.
    """
    chosen = [
        each
        for each in sorted(pipeline.locations, key=lambda each: each.name)
        if location in (None, each.name)
    ]
    if job is not None or not any(each.steps for each in chosen):
        ops = _job_of_ops(chosen, job)
        if isinstance(ops, Planned):
            return ops
    kept = tuple(
        step
        for each in chosen
        for kinds in [{asset.key: asset.kind for asset in each.assets}]
        for step in each.steps
        if _is_selected(kinds, step, selection)
    )
    diagnostics = [*_refusals(chosen, kept, selection)]
    order = _order(kept) if not diagnostics else kept
    assets = _assets(chosen)
    parts: frozenset[str] = frozenset()
    if isinstance(order, Diagnostic):
        found = divided(kept, assets)
        if found is not None and found.parts:
            order, parts = _order(found.steps), found.parts
    if isinstance(order, Diagnostic):
        diagnostics.append(order)
    if diagnostics or isinstance(order, Diagnostic):
        return Planned(None, tuple(diagnostics))
    plan = _plan_of(chosen, order, assets, parts)
    return Planned(plan, tuple(_warnings(plan)))


def _plan_of(
    chosen: list[CodeLocation],
    order: tuple[AssetStep, ...],
    assets: Mapping[AssetKey, Asset],
    parts: frozenset[str],
) -> Plan:
    """The plan of steps that have an order."""
    made = {key for step in order for _, key in step.assets}
    read = {feed.key for step in order for feed in step.inputs} - made
    return Plan(
        chosen[0].name if len(chosen) == 1 else "pipeline",
        order,
        tuple(assets[key] for key in sorted(assets)),
        tuple(check for each in chosen for check in each.checks),
        tuple(assets[key] for key in sorted(read) if key in assets),
        tuple(resource for each in chosen for resource in each.resources),
        parts,
    )


def _job_of_ops(chosen: list[CodeLocation], name: str | None) -> Planned | None:
    """The plan of the job of ops that is meant; None if there is no such job, and none is asked
    for."""
    found = [
        (job, job.graph, each)
        for each in chosen
        for job in each.jobs
        if job.graph is not None and name in (None, job.name)
    ]
    if len(found) == 1:
        ((job, graph, location),) = found
        plan = Plan(job.name, (job_step(job, graph),), (), (), (), location.resources, job=job)
        return Planned(plan, ())
    if not found and name is None:
        return None
    names = ", ".join(sorted(f"`{job.name}`" for job, _, _ in found))
    message = f"there are no assets, and several jobs: choose one with --job ({names})"
    if name is not None:
        several = f"several jobs of ops are named `{name}`"
        message = several if found else f"there is no job of ops named `{name}`"
    return Planned(None, (_refused(message, _place(chosen)),))


def _is_selected(
    kinds: Mapping[AssetKey, str], step: AssetStep, selection: frozenset[AssetKey] | None
) -> bool:
    """Whether a step makes a selected asset, or checks selected ones only."""
    made = [key for _, key in step.assets]
    if made:
        return any(
            kinds.get(key) in _RUN and (selection is None or key in selection) for key in made
        )
    checked = [key for _, key, _ in step.checks]
    return bool(checked) and (selection is None or all(key in selection for key in checked))


def _refusals(
    chosen: list[CodeLocation],
    steps: tuple[AssetStep, ...],
    selection: frozenset[AssetKey] | None,
) -> Iterator[Diagnostic]:
    if not steps:
        yield _refused("there is no asset here that could be made", _place(chosen))
        return
    for name, count in sorted(Counter(step.name for step in steps).items()):
        if count > 1:
            message = (
                f"{count} steps are named `{name}`, and neither Dagster nor a script runs those "
                "together: select assets of one of them"
            )
            yield _refused(message, _named(steps, name).span)
    makers: dict[AssetKey, AssetStep] = {}
    for step in steps:
        for _, key in step.assets:
            if key in makers and makers[key] is not step:
                yield _refused(f"`{key}` is made by two steps", step.span)
            makers[key] = step
    for asset in (asset for each in chosen for asset in each.assets):
        unknown = sorted(DECISIVE & set(asset.unknown))
        if asset.key in makers and unknown:
            names = ", ".join(f"`{name}`" for name in unknown)
            message = f"{names} of `{asset.key}` could not be known, and a run depends on it"
            yield _refused(message, asset.origin.span)
    for key in sorted((selection or frozenset()) - makers.keys()):
        yield _refused(f"`{key}` was selected, and nothing makes it", _place(chosen))


def _order(steps: Iterable[AssetStep]) -> tuple[AssetStep, ...] | Diagnostic:
    """The steps in topological order, those that could trade places by name."""
    named = {step.name: step for step in steps}
    makers = {key: step.name for step in named.values() for _, key in step.assets}
    before: dict[str, set[str]] = {}
    after: dict[str, list[str]] = {}
    ready: list[str] = []
    for name in sorted(named):
        step = named[name]
        # What has to be there: the assets that it reads, and those that it checks.
        sources = {makers[feed.key] for feed in step.inputs if feed.key in makers}
        sources.update([makers[key] for _, key, _ in step.checks if key in makers])
        sources.discard(name)
        before[name] = sources
        for source in sources:
            after.setdefault(source, []).append(name)
        if not sources:
            ready.append(name)
    missing = {name: len(sources) for name, sources in before.items()}
    ordered: list[AssetStep] = []
    while ready:
        name = heappop(ready)
        ordered.append(named[name])
        for each in after.get(name, ()):
            missing[each] -= 1
            if not missing[each]:
                heappush(ready, each)
    return tuple(ordered) if len(ordered) == len(named) else _circle(before, named)


def _circle(before: Mapping[str, set[str]], named: Mapping[str, AssetStep]) -> Diagnostic:
    """What there is to say of steps that wait for one another."""
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        names: list[str] = error.args[1][:-1][::-1]
    first = names.index(min(names))
    way = [*names[first:], *names[:first], names[first]]
    message = f"the assets depend on one another in a circle: {' -> '.join(way)}"
    return _refused(message, named[way[0]].span)


def _assets(chosen: Iterable[CodeLocation]) -> dict[AssetKey, Asset]:
    """Each asset as the location says that makes it."""
    assets: dict[AssetKey, Asset] = {}
    for asset in (asset for each in chosen for asset in each.assets):
        if asset.key not in assets or asset.kind in _RUN:
            assets[asset.key] = asset
    return assets


def _warnings(plan: Plan) -> Iterator[Diagnostic]:
    made = {key for step in plan.steps for _, key in step.assets}
    for asset in plan.assets:
        if asset.key in made and asset.conditional is not None:
            message = (
                f"`{asset.key}` is made under a condition that could not be known "
                f"(`{asset.conditional}`); the script always makes it"
            )
            yield problem(CONDITIONAL_ASSET, message, asset.origin.span, Severity.WARNING)


def _refused(message: str, span: Span) -> Diagnostic:
    return problem(UNLINKABLE_PIPELINE, message, span)


def _named(steps: Iterable[AssetStep], name: str) -> AssetStep:
    return next(step for step in steps if step.name == name)


def _place(chosen: Iterable[CodeLocation]) -> Span:
    path = next((each.path for each in chosen if each.path), None)
    return start_of(path) if path is not None else NOWHERE
