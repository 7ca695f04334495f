"""The step that stands for a job of ops."""

from __future__ import annotations

from assetgen.analyzer.model.automation import Job
from assetgen.analyzer.model.steps import AssetStep, GraphDefinition

JOB = "job"
"""The kind of a step that stands for all ops of a job."""


def job_step(job: Job, graph: GraphDefinition) -> AssetStep:
    """What stands for the ops of a job where steps are planned: it makes no assets."""
    return AssetStep(job.name, JOB, graph, (), (), origin=job.origin)
