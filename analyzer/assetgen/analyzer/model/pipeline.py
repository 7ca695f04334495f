"""The result of an analysis."""

from __future__ import annotations

from assetgen.analyzer.model.assets import Asset, AssetCheck
from assetgen.analyzer.model.automation import Job, Resource, Schedule, Sensor
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.environment import EnvironmentVariable
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.spans import Origin, Span
from assetgen.analyzer.model.steps import AssetStep


@dataclass(frozen=True, slots=True)
class Unreached:
    """Something defined that no code location loads: `kind` is "asset", "check", "job" ..."""

    kind: str
    name: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class CodeLocation:
    """What Dagster loads as one unit, with all that it holds; each tuple is sorted by name or key.

    `duplicates` are definitions of keys that another definition in `assets` already has: Dagster
    refuses to load them, and the linter reports where they are. `unknown` holds "assets", "jobs" or
    "resources" if there may be more of them than are known. `environment` are the variables that it
    reads. `definitions` is where the `Definitions` object is made, if there is one.
    `of_repositories` says that it holds several repositories, each of which is loaded by itself.
    """

    name: str
    module: str | None
    path: str | None
    assets: tuple[Asset, ...] = ()
    checks: tuple[AssetCheck, ...] = ()
    steps: tuple[AssetStep, ...] = ()
    jobs: tuple[Job, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    sensors: tuple[Sensor, ...] = ()
    resources: tuple[Resource, ...] = ()
    duplicates: tuple[Asset, ...] = ()
    unknown: tuple[str, ...] = ()
    environment: tuple[EnvironmentVariable, ...] = ()
    definitions: Span | None = None
    of_repositories: bool = False

    def asset(self, key: AssetKey) -> Asset | None:
        return next((asset for asset in self.assets if asset.key == key), None)


@dataclass(frozen=True, slots=True)
class Module:
    """A file that was read: its dotted name, its path as shown, and its path on disk."""

    name: str
    path: str
    file: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Everything that the analysis knows about a project.

    `diagnostics` are those of the analysis itself (syntax errors, what could not be resolved, what
    Dagster would refuse at import), sorted by place; the linter's rules add theirs.
    """

    locations: tuple[CodeLocation, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    modules: tuple[Module, ...] = ()
