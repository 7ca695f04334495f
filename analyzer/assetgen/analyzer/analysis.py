"""The use case that joins the stages: from paths to the `Pipeline`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from assetgen.analyzer.edits.readings import Readings, joined, readings_of
from assetgen.analyzer.evaluate.budget import Budget
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.intrinsics.libraries import LIBRARIES
from assetgen.analyzer.intrinsics.registry import INTRINSICS
from assetgen.analyzer.model.catalogue import COSTS_DEFINITIONS
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.pipeline import CodeLocation, Module, Pipeline, Unreached
from assetgen.analyzer.model.spans import Origin
from assetgen.analyzer.project.disk import Disk, absolute
from assetgen.analyzer.project.files.shown import shown
from assetgen.analyzer.project.locations.code_locations import Discovery, discover_code_locations
from assetgen.analyzer.project.locations.configuration import Configuration, load_configuration
from assetgen.analyzer.project.locations.load_targets import (
    LoadKind,
    LoadTarget,
    followed_packages,
    project_files,
    project_of,
)
from assetgen.analyzer.project.locations.unasked import Unasked
from assetgen.analyzer.resolve.environment import (
    Changes,
    askers_of,
    assumed_variables,
    with_effects,
)
from assetgen.analyzer.resolve.location import Resolved, resolve_location
from assetgen.analyzer.resolve.strays import may_define, stray_definitions
from assetgen.analyzer.retention.location import Location
from assetgen.analyzer.retention.trials import Trials
from assetgen.analyzer.room import with_room
from assetgen.analyzer.syntax.module import ParsedModule
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.analyzer.syntax.proven import Proven

if TYPE_CHECKING:
    from assetgen.analyzer.retention.keeping import Keeping


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be analysed.

    `paths` are files and folders; `modules` are code locations by module name, looked up in
    `source_roots`. `environment` holds the values of environment variables; those of this process
    do not count. `unset` are names of others that are not set, `*` standing for any text; whether
    the rest is set is unknown. `environment_effects` asks what depends on each variable that is
    read, which takes further evaluations; if `explained` is the key of an asset, only for that
    asset. `follow` are top-level packages outside of the project that are evaluated like its own;
    they are looked up where packages are installed for it and for `pythons`: virtual environments,
    or Pythons in them. `now` is what the clock shows, as far as that is to be known: year, month,
    day, hour, minute and second.
    """

    paths: tuple[Path, ...] = ()
    modules: tuple[str, ...] = ()
    source_roots: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    environment_effects: bool = False
    explained: str | None = None
    follow: tuple[str, ...] = ()
    pythons: tuple[Path, ...] = ()
    now: tuple[int, ...] = ()
    unset: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """The result: the model, and sentences about what was asked for but does not exist.

    `readings` say which parts of which texts the result depends on.
    """

    pipeline: Pipeline
    mistakes: tuple[str, ...] = ()
    readings: Readings = field(default_factory=Readings, compare=False)


Trees = dict[str, tuple[bytes, ParsedModule | SyntaxProblem]]
"""For each file, its bytes and what they were parsed to."""


def analyze(
    request: Request,
    disk: Disk | None = None,
    trees: Trees | None = None,
    proven: Proven | None = None,
    keeping: Keeping | None = None,
) -> Analysis:
    """Read a project and say what Dagster would make of it, without running any of it.

    Everything is read through `disk`, which afterwards knows what the result depends on. If `trees`
    is given, it is filled with what is parsed on the way. Texts that are `proven` to be valid
    Python are not checked again. What `keeping` has of an earlier run is used again.
    """
    on = disk if disk is not None else Disk()
    return with_room(lambda: _analyze(request, on, trees, proven, keeping))


def _analyze(
    request: Request,
    disk: Disk,
    trees: Trees | None,
    proven: Proven | None,
    keeping: Keeping | None,
) -> Analysis:
    found = discover(request, disk)
    request = with_settings(request, found.configuration)

    def machine_of(target: LoadTarget) -> Machine:
        machine = machine_for(target, disk, request)
        machine.proven = proven
        if trees is not None:
            machine.trees = trees
        if not request.environment_effects:
            machine.lets_go = trees is None
            machine.memory = Memory(is_last=True)
        return keeping.prepare(target, machine) if keeping is not None else machine

    if keeping is None:
        made = evaluate(found.discovery, disk, request, machine_of)
        return analysis_of(request, found, made, disk)
    made = keeping.trusted(
        found.discovery.targets,
        lambda known: evaluate(found.discovery, disk, request, machine_of, known),
    )
    return analysis_of(request, found, made, disk, keeping.locations)


@dataclass(frozen=True, slots=True)
class Found:
    """The settings of a project, its code locations, and those of the repository that were not
    asked for."""

    configuration: Configuration
    discovery: Discovery
    unasked: Unasked


def discover(request: Request, disk: Disk) -> Found:
    """The settings of the project, and its code locations."""
    paths = tuple(absolute(path) for path in request.paths)
    configuration = load_configuration(paths[0] if paths else Path.cwd(), disk)
    discovery = discover_code_locations(
        paths,
        configuration,
        disk,
        modules=request.modules,
        source_roots=tuple(absolute(root) for root in request.source_roots),
    )
    asked = () if request.modules else paths
    return Found(configuration, discovery, Unasked(discovery, asked, configuration, disk))


def with_settings(request: Request, configuration: Configuration) -> Request:
    """The request with the environment of the settings; its own values take precedence."""
    given = {name: value for name, value in configuration.env if name not in request.unset}
    return replace(
        request,
        environment={**given, **request.environment},
        unset=(*configuration.unset, *request.unset),
    )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One code location, resolved, with its diagnostics and the modules that it consists of.

    `strays` are definitions in files that no code location imports, which were looked for in the
    files `beside`; `readings` are the parts of the texts that counted.
    """

    resolved: Resolved
    diagnostics: tuple[Diagnostic, ...]
    modules: tuple[Module, ...]
    beside: tuple[Path, ...] = ()
    strays: tuple[Unreached, ...] = ()
    readings: Readings = field(default_factory=Readings)


def evaluate(
    discovery: Discovery,
    disk: Disk,
    request: Request,
    machine_of: Callable[[LoadTarget], Machine],
    known: Mapping[LoadTarget, Evaluation] = MappingProxyType({}),
) -> tuple[Evaluation, ...]:
    """Evaluate every code location, and then the files of the project that none imports.

    `machine_of` gives the machine for each. What is `known` of code locations still holds, unless
    there are others among the files that none imports.
    """
    found: list[tuple[LoadTarget, Machine | None, Evaluation]] = []
    for target in discovery.targets:
        before = known.get(target)
        found.append((target, None, before) if before else _anew(target, disk, request, machine_of))
    left = {str(file): file for file in discovery.files}
    for _, _, evaluation in found:
        for module in evaluation.modules:
            left.pop(module.file, None)
    evaluations = []
    for target, machine, evaluation in found:
        own = [file for file in left if _is_below(file, target.source_roots)]
        beside = tuple(path for path in map(left.pop, own) if disk.once(may_define, path))
        if machine is None and evaluation.beside != beside:
            _, machine, evaluation = _anew(target, disk, request, machine_of)
        if machine is not None:
            strays: tuple[Unreached, ...] = ()
            if target.kind is not LoadKind.MODULES:
                strays = stray_definitions(machine, beside)
            readings = readings_of(machine)
            evaluation = replace(evaluation, beside=beside, strays=strays, readings=readings)
        evaluations.append(evaluation)
    return tuple(evaluations)


def _anew(
    target: LoadTarget,
    disk: Disk,
    request: Request,
    machine_of: Callable[[LoadTarget], Machine],
) -> tuple[LoadTarget, Machine, Evaluation]:
    """A code location, resolved, before anything else is looked at."""
    machine = machine_of(target)
    if request.environment_effects:
        resolved = _with_effects(machine, target, disk, request)
    else:
        with disk.noting(machine.own.data):
            resolved = resolve_location(machine, target)
    told = (*machine.diagnostics.values(), *resolved.diagnostics)
    return target, machine, Evaluation(resolved, told, tuple(_modules(machine)))


def analysis_of(
    request: Request,
    found: Found,
    evaluations: tuple[Evaluation, ...],
    disk: Disk,
    locations: Mapping[LoadTarget, Location] | None = None,
) -> Analysis:
    """The whole model, from the evaluations of all code locations; `locations` are what is kept of
    them, if anything is."""
    discovery = found.discovery
    diagnostics = dict.fromkeys((*found.configuration.diagnostics, *discovery.diagnostics))
    modules: dict[str, Module] = {}
    for evaluation in evaluations:
        diagnostics.update(dict.fromkeys(evaluation.diagnostics))
        modules.update((module.file, module) for module in evaluation.modules)
    pipeline = Pipeline(
        locations=tuple(evaluation.resolved.location for evaluation in evaluations),
        diagnostics=tuple(sorted(diagnostics, key=_place)),
        modules=tuple(sorted(modules.values(), key=lambda module: module.path)),
    )
    left = _unreached(evaluations, discovery)
    more: Readings = Readings()
    if left:
        # If definitions are lost, whether something is unreached is only a guess.
        if not any(each.rule in COSTS_DEFINITIONS for each in diagnostics):
            asked = frozenset(item.origin for item in left)
            about = zip(discovery.targets, (each.resolved for each in evaluations), strict=True)
            reached, more = _reached_otherwise(request, asked, about, disk, locations or {})
            left = tuple(item for item in left if item.origin not in reached)
        files = {module.path: module.file for module in pipeline.modules}
        told = {files[path] for path in {item.origin.span.path for item in left} if path in files}
        elsewhere = {os.fspath(path) for path in found.unasked.importing(map(Path, told))}
        left = tuple(item for item in left if files.get(item.origin.span.path) not in elsewhere)
    pipeline = replace(pipeline, unreached=left)
    mistakes = (*discovery.mistakes, *_not_followed(request, discovery.targets, disk))
    return Analysis(pipeline, mistakes, joined((*(each.readings for each in evaluations), more)))


def _modules(machine: Machine) -> Iterator[Module]:
    for module in machine.modules.values():
        if module.file is None or module.is_description:
            continue
        if module.parsed is not None and module.state != "new":
            yield Module(module.name, module.parsed.path, module.file)


def _is_below(file: str, folders: Iterable[Path]) -> bool:
    return any(file.startswith(f"{folder}{os.sep}") for folder in folders)


def _not_followed(request: Request, targets: Iterable[LoadTarget], disk: Disk) -> Iterator[str]:
    """Complaints about packages to be followed: those that assetgen knows without reading, and
    those that are not found."""
    found: set[str] = set()
    for target in targets:
        found.update(followed_packages(target, request.follow, request.pythons, disk))
    for name in request.follow:
        if name in _KNOWN or name in sys.stdlib_module_names:
            yield f"--follow {name}: what is in it is known and not read"
        elif name not in found:
            yield f"--follow {name}: no such package in the source roots or site-packages"


_KNOWN = ("dagster", "assetgen")


def machine_for(
    target: LoadTarget, disk: Disk, request: Request, withheld: frozenset[str] = frozenset()
) -> Machine:
    """A machine that can evaluate the modules of a code location."""
    followed = followed_packages(target, request.follow, request.pythons, disk)
    return Machine(
        project_of(target, disk, followed, LIBRARIES),
        project_files(target, disk, followed),
        INTRINSICS,
        request.environment,
        request.budget,
        lambda file: shown(Path(file)),
        withheld,
        request.now,
        request.unset,
    )


def _with_effects(machine: Machine, target: LoadTarget, disk: Disk, request: Request) -> Resolved:
    base = Location(target)
    result = resolve_location(base.prepare(machine), target)
    base.settle()
    trials = Trials(target, partial(_machine_with, target, disk, request), base)
    if not base.is_trusted(machine):
        trials.base = None

    def evaluate(changes: Changes) -> CodeLocation:
        return trials.resolved(changes)[0].location

    location = with_effects(result.location, evaluate, askers_of(machine), request.explained)
    return replace(result, location=location)


def _machine_with(target: LoadTarget, disk: Disk, request: Request, changes: Changes) -> Machine:
    """A machine for a code location under other environment variables."""
    withheld = frozenset(name for name, value in changes.items() if value is None)
    given = {name: value for name, value in changes.items() if value is not None}
    changed = replace(request, environment={**request.environment, **given})
    return machine_for(target, disk, changed, withheld)


def _reached_otherwise(
    request: Request,
    asked: frozenset[Origin],
    about: Iterable[tuple[LoadTarget, Resolved]],
    disk: Disk,
    locations: Mapping[LoadTarget, Location],
) -> tuple[set[Origin], Readings]:
    """What the code locations that declare any of `asked` would hold if variables that have their
    defaults had other values, and the parts of the texts that this depends on."""
    reached: set[Origin] = set()
    readings = []
    for target, resolved in about:
        assumed = assumed_variables(resolved.location)
        if not assumed or asked.isdisjoint(resolved.declared):
            continue
        make = partial(_machine_with, target, disk, request)
        other, machine = Trials(target, make, locations.get(target)).resolved(assumed)
        reached |= other.reached.among(asked)
        readings.append(readings_of(machine))
    return reached, joined(readings)


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span = diagnostic.span
    return (span.path, span.line, span.column, diagnostic.code, diagnostic.message)


def _unreached(evaluations: Iterable[Evaluation], discovery: Discovery) -> tuple[Unreached, ...]:
    """Definitions that no code location that was asked for holds, if the locations say what they
    hold."""
    said = {target.name for target in discovery.targets if target.kind is not LoadKind.MODULES}
    declared: dict[Origin, Unreached] = {}
    for each in evaluations:
        if each.resolved.location.name in said:
            declared.update(each.resolved.declared)
    for each in evaluations:
        declared.update((item.origin, item) for item in each.strays)
    if not declared:
        return ()
    asked = declared.keys()
    reached = set[Origin]().union(*(each.resolved.reached.among(asked) for each in evaluations))
    left = (item for origin, item in declared.items() if origin not in reached)
    return tuple(sorted(left, key=lambda item: (item.origin.span, item.name)))
