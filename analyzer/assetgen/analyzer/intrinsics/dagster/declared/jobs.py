"""Jobs, what configures them and what hooks onto them, schedules and sensors."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Constant, Declared, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.intrinsics.dagster.declared.partition_crons import Moment
from assetgen.analyzer.intrinsics.dagster.declared.selections import SelectionValue
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.partitions import Partitions


@dataclass(frozen=True, slots=True, eq=False)
class JobConfig:
    """The configuration that a job gives its ops (None: nothing), and where it is written.

    `others` are its other sections, "resources", "execution" and "loggers", with their places.
    `has_executor` and `has_loggers` if the job has an executor or loggers of its own.
    """

    ops: Value | None
    place: Site
    others: ReadOnlyMapping[str, tuple[Value, Site]]
    has_executor: bool = False
    has_loggers: bool = False


@dataclass(slots=True, eq=False)
class HookValue(Declared):
    """A hook, which runs after an op, and the keys of the resources that it needs."""

    type_name: ClassVar[str] = "dagster.HookDefinition"
    is_plain: ClassVar[bool] = True

    resources: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class JobValue(Declared):
    """A job: of ops (`graph`), or over assets (`selection`), as `define_asset_job` makes it.

    `config` is its configuration, if that is known and the same for every run.
    `partitions_of_config` are those of its partitioned configuration, for a job over assets without
    partitions. `resources` are those of a job of ops, by key; None if they are not all known.
    `unknown` holds "partitions" if the partitions are uncertain. `given` are further attributes,
    `changed` the methods by which it was derived from another job.
    """

    type_name: ClassVar[str] = "dagster.JobDefinition"
    is_plain: ClassVar[bool] = True

    name: str
    site: Site
    graph: GraphValue | None = None
    selection: SelectionValue | None = None
    partitions: Partitions | None = None
    partitions_of_config: Partitions | None = None
    resources: ReadOnlyMapping[str, Value] | None = field(default_factory=dict)
    description: str | None = None
    config: JobConfig | None = None
    hooks: tuple[HookValue, ...] = ()
    unknown: tuple[str, ...] = ()
    given: ReadOnlyMapping[str, Value] = field(default_factory=dict)
    changed: tuple[str, ...] = ()

    @property
    def doubt_of_name(self) -> Unknown | None:
        """What decides how it is called, where that is not known."""
        condition = self.site.condition
        return condition if condition is not None and condition.reason == "told" else None

    def own_type(self) -> str:
        is_of_assets = self.selection is not None and self.graph is None
        return "dagster.UnresolvedAssetJobDefinition" if is_of_assets else self.type_name

    def is_also_tuple(self) -> bool:
        return self.own_type() != self.type_name

    def attribute(self, name: str) -> Value | None:
        if name == "name":
            return Constant(self.name)
        if name == "graph":
            return self.graph
        if name == "selection":
            return self.selection
        if name == "description" and self.description is not None:
            return Constant(self.description)
        return self.given.get(name)


@dataclass(slots=True, eq=False)
class PartitionedConfigValue(Declared):
    """The configuration of each partition, which `function` returns."""

    type_name: ClassVar[str] = "dagster.PartitionedConfig"

    partitions: Value
    function: Value

    def attribute(self, name: str) -> Value | None:
        return self.partitions if name == "partitions_def" else None


@dataclass(frozen=True, slots=True)
class Target:
    """What a schedule or sensor starts: a job by value or by name, or assets by selection.

    If an unknown condition chooses, it is one of the `options`, each with the `condition`.
    """

    job: JobValue | None = None
    job_name: str | None = None
    selection: SelectionValue | None = None
    condition: Unknown | None = None
    options: tuple[Target, ...] = ()

    @property
    def possible(self) -> tuple[Target, ...]:
        """All that it may be."""
        return self.options or (self,)

    @property
    def name(self) -> str | None:
        """The name of the job, if that is the same for all that it may be, and known."""
        jobs = [target.job for target in self.possible if target.job is not None]
        if any(job.doubt_of_name is not None for job in jobs):
            return None
        names = {job.name for job in jobs}
        names.update(target.job_name or "" for target in self.possible if target.job is None)
        return (names.pop() or None) if len(names) == 1 else None


@dataclass(slots=True, eq=False)
class ScheduleValue(Declared):
    """A schedule. A target that is a selection makes the job `__anonymous_asset_job_<name>`.

    `cron` is None for a schedule that is built from a partitioned job with time partitions, which
    determine it except for what `moment` sets; for static partitions it is given. In both cases
    `is_from_partitions` is true.
    """

    type_name: ClassVar[str] = "dagster.ScheduleDefinition"
    is_plain: ClassVar[bool] = True

    name: str
    site: Site
    target: Target = Target()
    cron: tuple[str, ...] | None = ()
    timezone: str | None = None
    function: Value | None = None
    moment: Moment | None = None
    is_from_partitions: bool = False
    unknown: tuple[str, ...] = ()
    given: ReadOnlyMapping[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        if name == "cron_schedule" and self.cron:
            crons = [Constant(cron) for cron in self.cron]
            return crons[0] if len(crons) == 1 else Sequence("list", list(crons))
        if name == "execution_timezone" and not self.is_from_partitions:
            return Constant(self.timezone)
        if name == "job" and self.target.job is not None:
            return self.target.job
        if name == "job_name":
            return _job_name(self.target)
        return Constant(self.name) if name == "name" else self.given.get(name)


@dataclass(slots=True, eq=False)
class SensorValue(Declared):
    """A sensor; `kind` is "sensor", "asset_sensor", "multi_asset_sensor", "run_status_sensor",
    "run_failure_sensor" or "automation_condition_sensor". `monitored` are the assets it watches.
    """

    type_name: ClassVar[str] = "dagster.SensorDefinition"
    is_plain: ClassVar[bool] = True

    name: str
    kind: str
    site: Site
    targets: tuple[Target, ...] = ()
    monitored: SelectionValue | None = None
    function: Value | None = None
    unknown: tuple[str, ...] = ()

    def attribute(self, name: str) -> Value | None:
        if name == "job_name" and len(self.targets) == 1:
            return _job_name(self.targets[0])
        jobs = [target.job for target in self.targets if target.job is not None]
        if name == "job" and len(jobs) == len(self.targets) == 1:
            return jobs[0]
        if name == "jobs" and jobs and len(jobs) == len(self.targets):
            return Sequence("list", list(jobs))
        return Constant(self.name) if name == "name" else None


def _job_name(target: Target) -> Value | None:
    return Constant(target.name) if target.name is not None else None
