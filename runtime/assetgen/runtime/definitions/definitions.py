"""Definitions gathered into one pipeline."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assetgen.runtime.definitions.asset_specs import AssetSpec
from assetgen.runtime.definitions.graph_inputs import FanIn
from assetgen.runtime.execution.histories import DagsterInstance
from assetgen.runtime.model.asset_keys import Parts
from assetgen.runtime.model.declarations import (
    After,
    AssetOutput,
    FromAsset,
    Pipeline,
    Step,
    StepInput,
)
from assetgen.runtime.model.failures import PipelineError


class Definitions:
    """Everything that a project defines and that says something of a run."""

    def __init__(
        self,
        assets: Iterable[Any] | None = None,
        asset_checks: Iterable[Any] | None = None,
        resources: Mapping[str, Any] | None = None,
        schedules: Iterable[Any] | None = None,
        sensors: Iterable[Any] | None = None,
        jobs: Iterable[Any] | None = None,
        executor: Any = None,
        loggers: Any = None,
        metadata: Any = None,
        component_tree: Any = None,
    ) -> None:
        """Schedules, sensors, jobs, the executor and loggers are kept and not heeded."""
        self.assets = tuple(assets or ())
        self.asset_checks = tuple(asset_checks or ())
        self.resources = dict(resources or {})
        self.schedules = tuple(schedules or ())
        self.sensors = tuple(sensors or ())
        self.jobs = tuple(jobs or ())
        self.executor = executor
        self.loggers = loggers
        self.metadata = metadata

    @staticmethod
    def merge(*parts: "Definitions") -> "Definitions":
        """The definitions of several together; PipelineError for two resources of one name."""
        resources: dict[str, Any] = {}
        for part in parts:
            for name, resource in part.resources.items():
                if resources.setdefault(name, resource) is not resource:
                    raise PipelineError(f'there are two resources "{name}"')
        return Definitions(
            assets=[each for part in parts for each in part.assets],
            asset_checks=[each for part in parts for each in part.asset_checks],
            resources=resources,
            schedules=[each for part in parts for each in part.schedules],
            sensors=[each for part in parts for each in part.sensors],
            jobs=[each for part in parts for each in part.jobs],
        )

    def to_pipeline(self, name: str = "pipeline") -> Pipeline:
        """The pipeline of all assets and checks, ready for ``main``."""
        return make_pipeline((*self.assets, *self.asset_checks), self.resources, name)


def make_pipeline(
    definitions: Sequence[Any], resources: Mapping[str, Any], name: str = "pipeline"
) -> Pipeline:
    """The pipeline of definitions, with every dependency resolved to the key that it means.

    PipelineError for an argument that is to be loaded from an asset that nothing defines.
    """
    distinct = list({id(definition): definition for definition in definitions}.values())
    external = tuple(external_asset(each) for each in distinct if isinstance(each, AssetSpec))
    made = [each for each in distinct if not isinstance(each, AssetSpec)]
    outputs = [
        output
        for definition in made
        for step in definition.steps
        for output in step.makes
        if isinstance(output, AssetOutput)
    ]
    known = {output.asset_parts: output.group for output in (*outputs, *external)}
    steps: list[Step] = []
    for definition in made:
        groups = [
            output.group
            for step in definition.steps
            for output in step.makes
            if isinstance(output, AssetOutput)
        ]
        names = Names(known, groups[0] if groups else "default")
        steps.extend(names.resolved(step) for step in definition.steps)
    return Pipeline(name, tuple(steps), dict(resources), external, instance=DagsterInstance)


def external_asset(spec: AssetSpec) -> AssetOutput:
    """The declaration of an asset that is made elsewhere."""
    return AssetOutput(
        spec.key.parts,
        group=spec.group_name or "default",
        description=spec.description or "",
        metadata=spec.metadata,
        tags=spec.tags,
        owners=spec.owners,
        kinds=spec.kinds,
        partitions=spec.partitions_def,
        io_manager=getattr(spec, "io_manager_key", ""),
    )


class Names:
    """What keys mean in the definition of one group's asset.

    A key of one part that nothing defines means the only asset of the same group whose key
    ends in it, if there is just one.
    """

    def __init__(self, known: Mapping[Parts, str], group: str) -> None:
        """`known` has the group of each defined asset."""
        self.known = known
        self.group = group

    def resolved(self, step: Step) -> Step:
        """The step with its keys replaced by those that they mean."""
        outputs = tuple(
            replace(output, deps=tuple(map(self.meant, output.dep_parts)))
            if isinstance(output, AssetOutput) and output.dep_parts is not None
            else output
            for output in step.makes
        )
        return replace(step, inputs=tuple(map(self.source, step.inputs)), outputs=outputs)

    def source(self, source: StepInput) -> StepInput:
        """An input with its key replaced."""
        if isinstance(source, After):
            return After(self.meant(source.key_parts))
        if isinstance(source, FanIn):
            return replace(source, sources=tuple(map(self.source, source.sources)))
        if not isinstance(source, FromAsset):
            return source
        parts = self.meant(source.key_parts)
        if parts not in self.known:
            raise PipelineError(
                f'argument "{source.parameter}" is loaded from {"/".join(parts)}, '
                "which nothing defines"
            )
        return replace(source, key=parts)

    def meant(self, parts: Parts) -> Parts:
        """The key that a key means."""
        if parts in self.known or len(parts) != 1:
            return parts
        found = [
            other
            for other, group in self.known.items()
            if other[-1:] == parts and group == self.group
        ]
        return found[0] if len(found) == 1 else parts
