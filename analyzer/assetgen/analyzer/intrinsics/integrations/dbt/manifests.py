"""The manifest of a dbt project: the file if it is in the repository, else what would be in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.values import NONE, Choice, Constant, Mapping, Unknown, Value
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.intrinsics.integrations.dbt.projects import (
    DbtProjectValue,
    likely_project,
    path_of,
)
from assetgen.analyzer.intrinsics.integrations.dbt.translation import ManifestValue
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import (
    Manifest,
    manifest_of,
    read_manifest,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.place import Place
from assetgen.analyzer.intrinsics.integrations.plain_data import data_of
from assetgen.analyzer.intrinsics.python.system.environment import assigned_value
from assetgen.analyzer.intrinsics.python.system.files import file_of
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.files.project_files import ProjectFiles


def manifest_from(call: Call, value: Value, project: Value = NONE) -> Manifest | Unknown:
    """The manifest that `manifest=` means: a mapping, a file, or the project that makes the file.

    What could not be known of it is reported at the call.
    """
    if isinstance(value, ManifestValue):
        return value.translation.manifest
    if isinstance(value, Choice):
        paths = [path_of(call, option) for option in value.options]
        exists = [p for p in paths if isinstance(p, PurePath) and call.machine.files.exists(p)]
        message = f"the dbt manifest may be another: {why(value.condition)}"
        call.report("unresolved-asset", message)
        value = Constant(exists[0]) if exists else value.options[0]
    if isinstance(value, Mapping):
        manifest = manifest_of(data_of(value))
    else:
        path = path_of(call, value)
        missing = file_of(path) if isinstance(path, Unknown) else None
        if missing is not None:
            path = PurePath(missing)
        if isinstance(path, Unknown):
            folder = likely_project(call, None, why(path))
            if folder is None:
                return call.unknown("file", "the dbt manifest", path)
            path = folder / "target" / "manifest.json"
        manifest = _from_file(call, call.machine.files.resolve(path), project)
    if isinstance(manifest, Lost):
        return call.unknown("file", f"the dbt manifest: {manifest}")
    for rule, message in manifest.losses:
        call.report(rule, message)
    for name, default in manifest.variables:
        if assigned_value(call.machine, name) is not None:
            continue
        given = None if default is None else Constant(default)
        counts = name in manifest.depends_on
        call.machine.report_environment(
            name, given, call.site, is_required=given is None, counts=counts
        )
    call.machine.current.variables.update(manifest.depends_on)
    return manifest


def _from_file(call: Call, path: Path, project: Value) -> Manifest | Lost:
    files = call.machine.files
    unread: Lost | None = None
    if files.is_file(path) is True:
        manifest = files.disk.once(read_manifest, path)
        if not isinstance(manifest, Lost):
            return manifest
        unread = manifest
    shown = call.machine.shown(os.fspath(path))
    place = _place_of(call, path, project)
    if place is None:
        return unread or Lost(
            f"`{shown}` is not in the repository, nor is the dbt project that makes it"
        )
    return _reading(call, files, place)


def _reading(call: Call, files: ProjectFiles, place: Place) -> Manifest | Lost:
    """What a project's files say, read once for all environments that do not differ in what
    matters."""
    known = files.disk.once(_Readings(place), place.folder)
    for reading in known:
        manifest = files.disk.once(reading, place.folder)
        if reading.holds_for(call.machine):
            return manifest
    reading = _Reading(place, files, call.machine)
    known.append(reading)
    return files.disk.once(reading, place.folder)


def _place_of(call: Call, path: Path, project: Value) -> Place | None:
    """The project that makes the manifest: the one given, one made in the code, or one around the
    file."""
    files = call.machine.files
    known = [project] if isinstance(project, DbtProjectValue) else []
    known += [
        value
        for module in call.machine.modules.values()
        for value in module.scope.names.values()
        if isinstance(value, DbtProjectValue)
    ]
    for value in known:
        same = value is project or value.manifest_path == path
        if same and files.is_file(value.place.folder / "dbt_project.yml") is True:
            return value.place
    for folder in list(path.parents)[:4]:
        if files.is_file(folder / "dbt_project.yml") is True:
            return Place(folder)
    reason = f"`{call.machine.shown(os.fspath(path))}` is not in the repository"
    home = path.parents[1] if len(path.parents) > 1 else None
    likely = likely_project(call, home, reason)
    return Place(likely) if likely is not None else None


@dataclass(frozen=True, slots=True)
class _Readings:
    """All readings of a project; there are none to begin with."""

    place: Place

    def __call__(self, path: Path, disk: Disk) -> list[_Reading]:
        return []


class _Reading:
    """Reads a project in the environment of a machine; the result holds for all that are alike."""

    def __init__(self, place: Place, files: ProjectFiles, machine: Machine) -> None:
        self._place = place
        self._files = files
        self._value_of = _values(machine)
        self._found: dict[str, str | Lost | None] = {}

    def __call__(self, path: Path, disk: Disk) -> Manifest | Lost:
        # It imports Jinja, which takes a fifth of the time of all imports, and only dbt needs it.
        from assetgen.analyzer.intrinsics.integrations.dbt_project.project import read_project

        manifest = read_project(self._files, self._place, self._variable)
        counted = manifest.depends_on if isinstance(manifest, Manifest) else frozenset()
        self._found = {name: self._value_of(name) for name in sorted(counted)}
        return manifest

    def holds_for(self, machine: Machine) -> bool:
        """Whether the machine gives the same values to all variables that count."""
        value_of = _values(machine)
        return all(value_of(name) == value for name, value in self._found.items())

    def _variable(self, name: str, default: Any) -> Any:
        value = self._value_of(name)
        if value is not None:
            return value
        return _unset(name) if default is None else default


def _values(machine: Machine) -> Callable[[str], str | Lost | None]:
    """The values of a machine's environment variables: None for those that are not given."""
    given = dict(machine.environment.given)
    assigned, withheld = dict(machine.assigned), machine.withheld

    def value_of(name: str) -> str | Lost | None:
        if name in assigned:
            value = assigned[name]
            return str(value.value) if isinstance(value, Constant) else _unset(name)
        return _unset(name) if name in withheld else given.get(name)

    return value_of


def _unset(name: str) -> Lost:
    return Lost(f"the environment variable {name}")
