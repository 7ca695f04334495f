"""The step that stands for a job of ops, and which inputs of its ops come from a configuration."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.model.automation import Job
from assetgen.analyzer.model.steps import AssetStep, GraphDefinition, Input
from assetgen.codegen.wiring import FlatOp

JOB = "job"
"""The kind of a step that stands for all ops of a job."""


def job_step(job: Job, graph: GraphDefinition) -> AssetStep:
    """What stands for the ops of a job where steps are planned: it makes no assets."""
    return AssetStep(job.name, JOB, graph, (), (), origin=job.origin)


def unfed(op: FlatOp) -> Iterator[Input]:
    """The inputs of an op that nothing in a job feeds: the configuration of a run says them."""
    fed = {wired.name for wired in op.inputs if wired.ends}
    for each in op.definition.inputs:
        if each.name not in fed and not each.has_default and not each.is_nothing:
            yield each
