"""Jobs, schedules, sensors and resources.

In each, `conditional` is the text of the condition, itself unknown, under which it exists; None if
it exists in any case.
"""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.partitions import Partitions
from assetgen.analyzer.model.spans import Origin
from assetgen.analyzer.model.steps import GraphDefinition


@dataclass(frozen=True, slots=True)
class Job:
    """A job: over assets (`assets` are those that its selection matches), or of ops (`graph`).

    `assets` is None if the selection could not be known; `selection` is its text. `missing` are
    keys that the selection names but Dagster cannot run, since nothing computes them. `changed` are
    the methods, such as "with_hooks", that derived it from the job at its origin.
    """

    name: str
    origin: Origin
    selection: str | None = None
    assets: tuple[AssetKey, ...] | None = ()
    graph: GraphDefinition | None = None
    partitions: Partitions | None = None
    conditional: str | None = None
    description: str | None = None
    missing: tuple[AssetKey, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule; `job` is the name of the job it starts, `cron` its cron strings. Each is None or
    empty if it is not known."""

    name: str
    origin: Origin
    job: str | None = None
    cron: tuple[str, ...] = ()
    timezone: str | None = None
    conditional: str | None = None


@dataclass(frozen=True, slots=True)
class Sensor:
    """A sensor; `jobs` are the names of the jobs it may start, `assets` the keys it watches."""

    name: str
    origin: Origin
    kind: str = "sensor"
    jobs: tuple[str, ...] = ()
    assets: tuple[AssetKey, ...] = ()
    conditional: str | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource bound by key; `type` is the class or function that makes it, as text.

    `required` are the keys of the resources that it requires itself.
    """

    key: str
    type: str | None
    origin: Origin
    required: tuple[str, ...] = ()
    conditional: str | None = None
