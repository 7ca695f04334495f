"""The use case: from paths to the `Pipeline`."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from assetgen.analyzer.evaluate.budget import Budget
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.intrinsics.registry import INTRINSICS
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.pipeline import CodeLocation, Module, Pipeline, Unreached
from assetgen.analyzer.project.code_locations import (
    Discovery,
    LoadKind,
    LoadTarget,
    discover_code_locations,
    followed_packages,
    project_files,
    project_of,
)
from assetgen.analyzer.project.configuration import load_configuration
from assetgen.analyzer.project.disk import Disk, absolute
from assetgen.analyzer.project.shown import shown
from assetgen.analyzer.resolve.environment import with_effects
from assetgen.analyzer.resolve.location import Resolved, resolve_location
from assetgen.analyzer.resolve.strays import may_define, stray_definitions


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be analysed.

    `paths` are files and folders; `modules` the code locations by module name, looked for in
    `source_roots`. `environment` holds the environment variables whose values count: those of
    this process do not. With `environment_effects`, it is found out what depends on each variable
    that is read, which takes further evaluations; only of `explained`, if it is the key of an
    asset. `follow` are top-level packages outside
    of the project that are evaluated like its own; they are looked for where packages are
    installed for it, and for `pythons`: virtual environments, or Pythons in them.
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


@dataclass(frozen=True, slots=True)
class Analysis:
    """The result: the model, and sentences on what was asked for and does not exist."""

    pipeline: Pipeline
    mistakes: tuple[str, ...] = ()


def analyze(request: Request, disk: Disk | None = None) -> Analysis:
    """Read a project and say what Dagster would make of it, without running any of it.

    All that is read is read through `disk`, which afterwards tells what the result depends on.
    """
    return _with_room(lambda: _analyze(request, disk if disk is not None else Disk()))


_Result = TypeVar("_Result")
_STACK_BYTES = 512 * 1024 * 1024
_RECURSION = 50_000


def _with_room(work: Callable[[], _Result]) -> _Result:
    """Run `work` where deeply nested code can be walked, and without collecting garbage.

    Both the stack and the limit are this thread's only in part, so they are put back.
    """
    results: list[_Result] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # handed on to the caller below
            failures.append(error)

    with _settings():
        thread = threading.Thread(target=run, name="assetgen-analysis")
        thread.start()
        thread.join()
    if failures:
        raise failures[0]
    return results[0]


@contextmanager
def _settings() -> Iterator[None]:
    stack = threading.stack_size(_STACK_BYTES)
    limit = sys.getrecursionlimit()
    collecting = gc.isenabled()
    sys.setrecursionlimit(max(limit, _RECURSION))
    gc.disable()
    try:
        yield
    finally:
        threading.stack_size(stack)
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()


def _analyze(request: Request, disk: Disk) -> Analysis:
    paths = tuple(absolute(path) for path in request.paths)
    start = paths[0] if paths else Path.cwd()
    configuration = load_configuration(start, disk)
    discovery = discover_code_locations(
        paths,
        configuration,
        disk,
        modules=request.modules,
        source_roots=tuple(absolute(root) for root in request.source_roots),
    )
    request = replace(request, environment={**dict(configuration.env), **request.environment})
    resolved: list[Resolved] = []
    diagnostics: dict[Diagnostic, None] = dict.fromkeys(configuration.diagnostics)
    diagnostics.update(dict.fromkeys(discovery.diagnostics))
    modules: dict[str, Module] = {}
    for target in discovery.targets:
        machine = _machine(target, disk, request)
        result = resolve_location(machine, target)
        if request.environment_effects:
            result = _with_effects(result, target, disk, request)
        resolved.append(result)
        diagnostics.update(dict.fromkeys(machine.diagnostics.values()))
        diagnostics.update(dict.fromkeys(result.diagnostics))
        for module in machine.modules.values():
            if module.file is not None and module.parsed is not None:
                shown_path = module.parsed.path
                modules.setdefault(module.file, Module(module.name, shown_path, module.file))
    strays = _strays(discovery, disk, modules, lambda target: _machine(target, disk, request))
    pipeline = Pipeline(
        locations=tuple(result.location for result in resolved),
        diagnostics=tuple(sorted(diagnostics, key=_place)),
        unreached=_unreached(resolved, discovery, strays),
        modules=tuple(sorted(modules.values(), key=lambda module: module.path)),
    )
    mistakes = (*discovery.mistakes, *_not_followed(request, discovery.targets, disk))
    return Analysis(pipeline, mistakes)


def _not_followed(request: Request, targets: Iterable[LoadTarget], disk: Disk) -> Iterator[str]:
    """Of packages to be followed: those that are known as they are, or lie nowhere."""
    found: set[str] = set()
    for target in targets:
        found.update(followed_packages(target, request.follow, request.pythons, disk))
    for name in request.follow:
        if name in _KNOWN or name in sys.stdlib_module_names:
            yield f"--follow {name}: what is in it is known and not read"
        elif name not in found:
            yield f"--follow {name}: no such package in the source roots or site-packages"


_KNOWN = ("dagster", "assetgen")


def _machine(
    target: LoadTarget, disk: Disk, request: Request, withheld: frozenset[str] = frozenset()
) -> Machine:
    followed = followed_packages(target, request.follow, request.pythons, disk)
    return Machine(
        project_of(target, disk, followed),
        project_files(target, disk, followed),
        INTRINSICS,
        request.environment,
        request.budget,
        lambda file: shown(Path(file)),
        withheld,
    )


def _with_effects(result: Resolved, target: LoadTarget, disk: Disk, request: Request) -> Resolved:
    def evaluate(changes: Mapping[str, str | None]) -> CodeLocation:
        withheld = frozenset(name for name, value in changes.items() if value is None)
        given = {name: value for name, value in changes.items() if value is not None}
        changed = replace(request, environment={**request.environment, **given})
        return resolve_location(_machine(target, disk, changed, withheld), target).location

    location = with_effects(result.location, evaluate, request.explained)
    return replace(result, location=location)


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span = diagnostic.span
    return (span.path, span.line, span.column, diagnostic.code, diagnostic.message)


def _strays(
    discovery: Discovery,
    disk: Disk,
    evaluated: Mapping[str, Module],
    machine_for: Callable[[LoadTarget], Machine],
) -> list[Unreached]:
    """What files at the given paths define that no code location imports."""
    left = [file for file in discovery.files if str(file) not in evaluated]
    found: list[Unreached] = []
    for target in discovery.targets:
        own = [file for file in left if any(file.is_relative_to(r) for r in target.source_roots)]
        left = [file for file in left if file not in own]
        own = [file for file in own if may_define(file, disk)]
        if own and target.kind is not LoadKind.MODULES:
            found += stray_definitions(machine_for(target), own)
    return found


def _unreached(
    resolved: Iterable[Resolved], discovery: Discovery, strays: Iterable[Unreached]
) -> tuple[Unreached, ...]:
    """What no code location holds, where locations say what they hold."""
    said = {target.name for target in discovery.targets if target.kind is not LoadKind.MODULES}
    reached = {origin for result in resolved for origin in result.reached}
    left = {
        item.origin: item
        for result in resolved
        if result.location.name in said
        for item in result.declared
        if item.origin not in reached
    }
    left.update({item.origin: item for item in strays if item.origin not in reached})
    return tuple(sorted(left.values(), key=lambda item: (item.origin.span, item.name)))
