"""From the options to a `Pipeline`: what is to be read, and the settings that hold for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.cli.failure import UsageFailure
from assetgen.cli.options import environment

if TYPE_CHECKING:
    from assetgen.analyzer.model.pipeline import Pipeline
    from assetgen.analyzer.project.code_locations import Discovery
    from assetgen.analyzer.project.configuration import Configuration
    from assetgen.analyzer.project.disk import Disk


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked to be read."""

    paths: tuple[Path, ...]
    modules: tuple[str, ...]
    source_roots: tuple[Path, ...]
    env: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found to be read, and the settings of the project."""

    configuration: Configuration
    discovery: Discovery
    environment: tuple[tuple[str, str], ...]
    disk: Disk


def request_of(
    paths: tuple[Path, ...],
    modules: tuple[str, ...],
    source_roots: tuple[Path, ...],
    env: tuple[str, ...],
    env_files: tuple[Path, ...],
) -> Request:
    """The request that the options make; without paths, the working directory is meant."""
    return Request(paths or (Path(),), modules, source_roots, environment(env, env_files))


def read(request: Request) -> Reading:
    """Finds the code locations; raises UsageFailure for what is named and does not exist."""
    from assetgen.analyzer.project.code_locations import discover_code_locations
    from assetgen.analyzer.project.configuration import load_configuration
    from assetgen.analyzer.project.disk import Disk, absolute

    disk = Disk()
    paths = tuple(absolute(path) for path in request.paths)
    roots = tuple(absolute(root) for root in request.source_roots)
    for given, root in zip(request.source_roots, roots, strict=True):
        if not disk.is_folder(root):
            raise UsageFailure(f"--source-root {given}: no such folder")
    configuration = load_configuration(roots[0] if request.modules and roots else paths[0], disk)
    discovery = discover_code_locations(
        paths, configuration, disk, modules=request.modules, source_roots=roots
    )
    if discovery.mistakes:
        raise UsageFailure("\n".join(discovery.mistakes))
    known = dict(configuration.env) | dict(request.env)
    return Reading(configuration, discovery, tuple(sorted(known.items())), disk)


def analyzed(reading: Reading) -> Pipeline:
    """The pipeline, with what there is to say of the project's settings among its diagnostics."""
    from assetgen.analyzer.analysis import analyze

    pipeline = analyze(reading.discovery.targets, reading.disk, dict(reading.environment))
    told = (*reading.configuration.diagnostics, *reading.discovery.diagnostics)
    missing = tuple(item for item in dict.fromkeys(told) if item not in pipeline.diagnostics)
    diagnostics = sorted((*pipeline.diagnostics, *missing), key=lambda item: item.span)
    return replace(pipeline, diagnostics=tuple(diagnostics))
