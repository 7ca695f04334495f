"""`DbtProject`: where a dbt project lies, and the manifest that it has or would have."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any, ClassVar

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Declared,
    Mapping,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.intrinsics.integrations.dbt.translation import ManifestValue
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import (
    Manifest,
    manifest_of,
    read_manifest,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.project import read_project
from assetgen.analyzer.intrinsics.integrations.dbt_project.settings import Place
from assetgen.analyzer.intrinsics.integrations.plain_data import data_of
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.project_files import ProjectFiles


@dataclass(slots=True, eq=False)
class DbtProjectValue(Declared):
    """A `DbtProject`; `place` is how it is read without a manifest."""

    type_name: ClassVar[str] = "dagster_dbt.DbtProject"

    place: Place
    target_path: PurePath
    fields: dict[str, Value] = field(default_factory=dict)

    @property
    def manifest_path(self) -> Path:
        return self.place.folder / self.target_path / "manifest.json"

    def attribute(self, name: str) -> Value | None:
        made: dict[str, Value] = {
            "project_dir": Constant(PurePath(self.place.folder)),
            "target_path": Constant(self.target_path),
            "manifest_path": Constant(PurePath(self.manifest_path)),
            "profiles_dir": Constant(PurePath(self.place.profiles_folder or self.place.folder)),
        }
        if name in made:
            return made[name]
        known = ("profile", "target", "state_path", "packaged_project_dir")
        return self.fields.get(name, NONE) if name in known else None


_PROJECT = Parameters(
    "project_dir, *, target_path='target', profiles_dir=None, profile=None, target=None, "
    "packaged_project_dir=None, state_path=None, prepare_project_cli_args=None"
)


def _dbt_project(call: Call) -> Value:
    bound = _PROJECT.bind(call)
    folder = existing_folder(call, bound["project_dir"])
    if isinstance(folder, Unknown):
        return call.unknown("file", "the dbt project", folder)
    profiles = bound["profiles_dir"]
    target_path = _path(call, bound["target_path"])
    if isinstance(target_path, Unknown):
        target_path = PurePath("target")
    place = Place(
        folder,
        existing_folder(call, profiles, None) if profiles != NONE else None,
        _choice_of_text(bound["profile"]),
        _choice_of_text(bound["target"]),
    )
    return DbtProjectValue(place, target_path, dict(bound.passed))


def existing_folder(call: Call, value: Value, default: Path | None = None) -> Any:
    """The folder that a path means; of several that may be meant, the first in the repository."""
    options = value.options if isinstance(value, Choice) else (value,)
    paths = [path for option in options if isinstance(path := _path(call, option), PurePath)]
    if not paths:
        return default or call.unknown("file", "the folder", value)
    files = call.machine.files
    found = [files.resolve(path) for path in paths if files.is_folder(path) is True]
    if isinstance(value, Choice):
        call.report(
            "unresolved-asset",
            f"the dbt project may be another: {why(value.condition)}",
        )
    return found[0] if found else files.resolve(paths[0])


def _path(call: Call, value: Value) -> PurePath | Unknown:
    if isinstance(value, Constant) and isinstance(value.value, (str, PurePath)):
        return PurePath(value.value)
    if isinstance(value, DbtProjectValue):
        return value.place.folder
    return value if isinstance(value, Unknown) else call.unknown("file", "the path", value)


def _choice_of_text(value: Value) -> str | Lost | None:
    if value == NONE:
        return None
    doubts = Doubts()
    text = doubts.text(value)
    if doubts.found:
        return Lost(why(doubts.found[0]))
    return text


# -- manifests


def manifest_from(call: Call, value: Value, project: Value = NONE) -> Manifest | Unknown:
    """The manifest that `manifest=` means: a mapping, a file, or the project that makes the file.

    What could not be known of it is told at the call.
    """
    if isinstance(value, ManifestValue):
        return value.translation.manifest
    if isinstance(value, Choice):
        paths = [_path(call, option) for option in value.options]
        exists = [p for p in paths if isinstance(p, PurePath) and call.machine.files.exists(p)]
        message = f"the dbt manifest may be another: {why(value.condition)}"
        call.report("unresolved-asset", message)
        value = Constant(exists[0]) if exists else value.options[0]
    if isinstance(value, Mapping):
        manifest = manifest_of(data_of(value))
    else:
        path = _path(call, value)
        if isinstance(path, Unknown):
            return call.unknown("file", "the dbt manifest", path)
        manifest = _from_file(call, call.machine.files.resolve(path), project)
    if isinstance(manifest, Lost):
        return call.unknown("file", f"the dbt manifest: {manifest}")
    for rule, message in manifest.losses:
        call.report(rule, message)
    for name, default in manifest.variables:
        call.machine.report_environment(name, default, call.site)
    return manifest


def _from_file(call: Call, path: Path, project: Value) -> Manifest | Lost:
    files = call.machine.files
    if files.is_file(path) is True:
        return files.disk.once(read_manifest, path)
    shown = call.machine.shown(os.fspath(path))
    place = _place_of(call, path, project)
    if place is None:
        return Lost(f"`{shown}` is not in the repository, nor is the dbt project that makes it")
    environment = tuple(sorted(call.machine.environment.items()))
    return files.disk.once(_ReadProject(place, environment, files), place.folder)


def _place_of(call: Call, path: Path, project: Value) -> Place | None:
    """The project that makes the manifest: the one given, one made in the code, one around it."""
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
    return None


@dataclass(frozen=True, slots=True)
class _ReadProject:
    """Reads a project once for each place and environment."""

    place: Place
    environment: tuple[tuple[str, str], ...]
    files: ProjectFiles = field(compare=False)

    def __call__(self, path: Path, disk: Disk) -> Manifest | Lost:
        known = dict(self.environment)
        asked: dict[str, Value | None] = {}

        def variable(name: str, default: Any) -> Any:
            asked.setdefault(name, None if default is None else Constant(default))
            if name in known:
                return known[name]
            return Lost(f"the environment variable {name}") if default is None else default

        manifest = read_project(self.files, self.place, variable)
        if isinstance(manifest, Lost):
            return manifest
        return replace(manifest, variables=tuple(asked.items()))


def _nothing(call: Call) -> Value:
    return NONE


TABLE: dict[str, Intrinsic] = {
    "dagster_dbt.DbtProject": _dbt_project,
    "dagster_dbt.DbtProject.prepare_if_dev": _nothing,
}
"""The intrinsics of `DbtProject`."""
