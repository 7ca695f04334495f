"""`DbtProject`: where a dbt project is, and the manifest that it has or would have."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import ClassVar

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Declared,
    Unknown,
    Value,
    options_of,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.place import Place
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import yaml_in
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.project.disk import Disk, EntryKind


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
    folder = project_folder(call, bound["project_dir"])
    if isinstance(folder, Unknown):
        return call.unknown("file", "the dbt project", folder)
    profiles = bound["profiles_dir"]
    target_path = path_of(call, bound["target_path"])
    if isinstance(target_path, Unknown):
        target_path = PurePath("target")
    target, targets = _named(bound["target"])
    place = Place(
        folder,
        _profiles_folder(call, profiles, folder),
        _named(bound["profile"])[0],
        target,
        targets,
    )
    return DbtProjectValue(place, target_path, dict(bound.passed))


def project_folder(call: Call, value: Value) -> Path | Unknown:
    """The folder of the dbt project that a path means, if necessary a likely one."""
    folder = existing_folder(call, value)
    if isinstance(folder, Unknown):
        return likely_project(call, None, why(folder)) or folder
    if call.machine.files.is_file(folder / "dbt_project.yml") is not True:
        reason = f"`{call.machine.shown(os.fspath(folder))}` is not in the repository"
        return likely_project(call, folder, reason) or folder
    return folder


def _profiles_folder(call: Call, value: Value, project: Path) -> Path | None:
    if value == NONE:
        return None
    folder = existing_folder(call, value)
    if isinstance(folder, Unknown) or call.machine.files.is_folder(folder) is not True:
        return None if isinstance(folder, Unknown) else project
    return folder


def existing_folder(call: Call, value: Value) -> Path | Unknown:
    """The folder that a path means; if it may be several, the first in the repository."""
    options = options_of(value)
    paths = [path for option in options if isinstance(path := path_of(call, option), PurePath)]
    if not paths:
        return call.unknown("file", "the folder", value)
    files = call.machine.files
    found = [files.resolve(path) for path in paths if files.is_folder(path) is True]
    if isinstance(value, Choice):
        call.report(
            "unresolved-asset",
            f"the dbt project may be another: {why(value.condition)}",
        )
    return found[0] if found else files.resolve(paths[0])


def likely_project(call: Call, path: PurePath | None, reason: str) -> Path | None:
    """The dbt project of the repository that stands for one that is elsewhere: the only one, or the
    only one whose folder has the name of `path`. That it was chosen is reported."""
    files = call.machine.files
    folders = [folder for root in files.roots for folder in files.disk.once(_projects_below, root)]
    folders = list(dict.fromkeys(folders))
    named = [folder for folder in folders if path is not None and folder.name == path.name]
    chosen = named if len(named) == 1 else folders
    if len(chosen) != 1:
        return None
    shown = call.machine.shown(os.fspath(chosen[0]))
    message = f"which dbt project is meant is not known ({reason}): `{shown}` is taken for it"
    call.report("unresolved-asset", message)
    return chosen[0]


_DEPTH = 6  # folders below the root in which dbt projects are searched for


def _projects_below(root: Path, disk: Disk) -> tuple[Path, ...]:
    found: list[Path] = []
    layer = [root]
    for _ in range(_DEPTH):
        inner: list[Path] = []
        for folder in layer:
            if disk.is_file(folder / "dbt_project.yml"):
                found.append(folder)
                continue
            for name, kind in disk.listing(folder).items():
                is_skipped = name in _SKIPPED or name.startswith(".")
                if kind is EntryKind.FOLDER and not is_skipped and not disk.is_link(folder, name):
                    inner.append(folder / name)
        layer = inner
    return tuple(found)


_SKIPPED = frozenset(("node_modules", "dbt_packages", "__pycache__", "venv", "site-packages"))


def path_of(call: Call, value: Value) -> PurePath | Unknown:
    """The folder that a path, or a project in its place, means."""
    if isinstance(value, Constant) and isinstance(value.value, (str, PurePath)):
        return PurePath(value.value)
    if isinstance(value, DbtProjectValue):
        return value.place.folder
    return value if isinstance(value, Unknown) else call.unknown("file", "the path", value)


def _named(value: Value) -> tuple[str | Lost | None, tuple[str, ...]]:
    """The name that the code gives; if it is not known which, those that it may be, if any."""
    if value == NONE:
        return None, ()
    options = options_of(value)
    names = [each.value for each in options if isinstance(each, Constant)]
    texts = tuple(dict.fromkeys(name for name in names if isinstance(name, str)))
    if len(texts) == len(options) == 1:
        return texts[0], ()
    unknown = value.condition if isinstance(value, Choice) else value
    reason = why(unknown) if isinstance(unknown, Unknown) else "it is not a string"
    return Lost(reason), texts if len(texts) == len(options) else ()


def _nothing(call: Call) -> Value:
    return NONE


def _name(call: Call) -> Value:
    """`project.name`: what `dbt_project.yml` says."""
    project = call.receiver
    if isinstance(project, DbtProjectValue):
        data = call.machine.files.disk.once(yaml_in, project.place.folder / "dbt_project.yml")
        name = data.get("name") if isinstance(data, dict) else None
        if isinstance(name, str):
            return Constant(name)
    return call.unknown("file", "the name of the dbt project")


# -- the resource, which some projects ask for the manifest


@dataclass(slots=True, eq=False)
class DbtCliValue(Declared):
    """A `DbtCliResource`, or an invocation of it, by the folder of its project."""

    type_name: ClassVar[str] = "dagster_dbt.DbtCliResource"

    project_dir: Value

    def attribute(self, name: str) -> Value | None:
        return self.project_dir if name == "project_dir" else None


@dataclass(slots=True, eq=False)
class _Invocation(Declared):
    type_name: ClassVar[str] = "dagster_dbt.DbtCliInvocation"

    target_path: PurePath

    def attribute(self, name: str) -> Value | None:
        return Constant(self.target_path) if name == "target_path" else None


def _cli_resource(call: Call) -> Value:
    given = call.kwargs.get("project_dir") or next(iter(call.args), NONE)
    if isinstance(given, DbtProjectValue):
        return DbtCliValue(Constant(PurePath(given.place.folder)))
    return DbtCliValue(given)


def _cli(call: Call) -> Value:
    receiver = call.receiver
    if not isinstance(receiver, DbtCliValue):
        return call.unknown("external", "what dbt is called with")
    folder = existing_folder(call, receiver.project_dir)
    if isinstance(folder, Unknown):
        return call.unknown("file", "the dbt project", folder)
    return _Invocation(PurePath(folder / "target"))


def _itself(call: Call) -> Value:
    return call.receiver if call.receiver is not None else NONE


TABLE: dict[str, Intrinsic] = {
    "dagster_dbt.DbtProject": _dbt_project,
    "dagster_dbt.DbtProject.name": _name,
    "dagster_dbt.DbtProject.prepare_if_dev": _nothing,
    "dagster_dbt.DbtCliResource": _cli_resource,
    "dagster_dbt.DbtCliResource.cli": _cli,
    "dagster_dbt.DbtCliInvocation.wait": _itself,
}
"""The intrinsics of `DbtProject`."""

PROPERTIES = frozenset(("dagster_dbt.DbtProject.name",))
