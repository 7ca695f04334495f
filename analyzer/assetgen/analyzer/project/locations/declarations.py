"""The code locations that a project's files declare.

Known are workspace.yaml, dagster_cloud.yaml, and `[tool.dagster]` and `[tool.dg]` in pyproject.toml
or dg.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.project.disk import Disk, absolute
from assetgen.analyzer.project.distributions.packaging import distribution_roots
from assetgen.analyzer.project.files.repository import repository_root
from assetgen.analyzer.project.files.settings_file import SettingsFile, read_toml, read_yaml

DECLARING_FILES: Final = frozenset(
    {"workspace.yaml", "dagster_cloud.yaml", "pyproject.toml", "dg.toml"}
)
"""The files that can declare code locations."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One code location as it is declared, before anything is looked up.

    Exactly one of `modules` (dotted names, the first that exists counts), `file` and `defs_module`
    (a package to be loaded as a `defs` folder) says what is loaded; `modules` may have
    `defs_module` beside it for when none of them exists. Relative names start at
    `working_directory`.
    """

    name: str
    working_directory: Path
    span: Span
    modules: tuple[str, ...] = ()
    file: Path | None = None
    defs_module: str | None = None
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """What a folder declares, the problems found in reading it, and the dg projects it points
    to."""

    declarations: tuple[Declaration, ...] = ()
    projects: tuple[Path, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def declared_in(folder: Path, disk: Disk) -> Declared:
    """What the files directly in `folder` declare."""
    workspace = read_yaml(folder / "workspace.yaml", disk)
    pyproject = read_toml(folder / "pyproject.toml", disk)
    dg = read_toml(folder / "dg.toml", disk)
    cloud = read_yaml(folder / "dagster_cloud.yaml", disk)
    declarations = [
        *_workspace_yaml(workspace, disk),
        *_dagster_cloud(cloud, disk),
        *_tool_dagster(pyproject),
    ]
    dg_projects = [*_dg_project(dg, ()), *_dg_project(pyproject, ("tool", "dg"))]
    if not declarations:
        declarations = dg_projects
    declarations = [_filled(declaration, dg_projects, disk) for declaration in declarations]
    projects = [*_dg_workspace(dg, ()), *_dg_workspace(pyproject, ("tool", "dg"))]
    problems = tuple(f.problem for f in (workspace, cloud, pyproject, dg) if f.problem is not None)
    here = tuple(_in_checkout(declaration, folder, disk) for declaration in declarations)
    return Declared(here, tuple(dict.fromkeys(projects)), problems)


def _filled(declaration: Declaration, dg_projects: list[Declaration], disk: Disk) -> Declaration:
    """The declaration, with the module of a dg project instead of an empty package above it.

    Dagster's own command refuses such a package, but the project is run by dg.
    """
    for project in dg_projects:
        for module in project.modules:
            package = module.rpartition(".")[0]
            if declaration.modules != (package,):
                continue
            path = Path(*module.split(".")).with_suffix(".py")
            for root in distribution_roots(project.working_directory, disk):
                source = disk.read(root / path.parent / "__init__.py")
                is_empty = isinstance(source, bytes) and not source.strip()
                if is_empty and disk.is_file(root / path):
                    return replace(declaration, modules=(module,))
    return declaration


def _in_checkout(declaration: Declaration, folder: Path, disk: Disk) -> Declaration:
    """The declaration as seen from `folder`, if its working directory is in an image or on another
    machine."""
    there = declaration.working_directory
    if disk.is_folder(there):
        return declaration
    file = declaration.file
    if file is not None and file.is_relative_to(there):
        file = folder / file.relative_to(there)
    return replace(declaration, working_directory=folder, file=file)


def _workspace_yaml(file: SettingsFile, disk: Disk) -> Iterator[Declaration]:
    entries = file.get("load_from")
    spans: dict[str, Span] = {}  # looked up once, since there may be thousands of entries
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, Mapping):
            continue
        for kind, value in entry.items():
            names = _WORKSPACE_KINDS.get(str(kind))
            if names is None:
                continue
            table = value if isinstance(value, Mapping) else {names: value}
            target = table.get(names)
            if isinstance(target, str):
                span = spans.get(kind) or spans.setdefault(kind, file.span("load_from", kind))
                yield _workspace_entry(file, span, kind, target, table, disk)


def _workspace_entry(
    file: SettingsFile,
    span: Span,
    kind: str,
    target: str,
    table: Mapping[str, object],
    disk: Disk,
) -> Declaration:
    folder = file.path.parent
    attribute, location = table.get("attribute"), table.get("location_name")
    is_file = kind == "python_file"
    directory = str(table.get("working_directory") or ".")
    return Declaration(
        name=location if isinstance(location, str) else Path(target).name if is_file else target,
        working_directory=(
            absolute(directory, folder) if is_file else _where_run(directory, folder, disk)
        ),
        span=span,
        modules=(target,) if kind in {"python_module", "python_package"} else (),
        file=absolute(target, folder) if is_file else None,
        defs_module=target if kind == "autoload_defs_module" else None,
        attribute=attribute if isinstance(attribute, str) else None,
    )


def _where_run(directory: str, folder: Path, disk: Disk) -> Path:
    """The working directory of a module, which is relative to the folder that Dagster is run in:
    that of the file, or one above it in the repository."""
    top = repository_root(folder, disk)
    for current in (folder, *folder.parents):
        path = absolute(directory, current)
        if disk.is_folder(path):
            return path
        if current == top:
            break
    return absolute(directory, folder)


def _dagster_cloud(file: SettingsFile, disk: Disk) -> Iterator[Declaration]:
    for entry in file.tables_at("locations"):
        source, build = entry.get("code_source"), entry.get("build")
        if not isinstance(source, Mapping):
            continue
        directory = build.get("directory") if isinstance(build, Mapping) else None
        working_directory = _of_image(
            file.path.parent, str(directory or "."), entry.get("working_directory"), disk
        )
        for kind in ("python_file", "module_name", "package_name", "autoload_defs_module_name"):
            target = source.get(kind)
            if isinstance(target, str):
                yield Declaration(
                    name=str(entry.get("location_name") or target),
                    working_directory=working_directory,
                    span=file.span("locations"),
                    modules=(target,) if kind in {"module_name", "package_name"} else (),
                    file=absolute(target, working_directory) if kind == "python_file" else None,
                    defs_module=target if kind == "autoload_defs_module_name" else None,
                )


def _of_image(folder: Path, built_from: str, given: object, disk: Disk) -> Path:
    """The working directory of a location, which people write relative to the folder that its image
    is built from, or to the repository, or as it is called in the image."""
    build = absolute(built_from, folder)
    if not isinstance(given, str) or not given:
        return build
    named = (absolute(given, build), absolute(given, folder))
    there = next((path for path in named if disk.is_folder(path)), None)
    if there is not None:
        return there
    return build if build != folder and disk.is_folder(build) else named[0]


def _tool_dagster(file: SettingsFile) -> Iterator[Declaration]:
    location = file.text_at("tool", "dagster", "code_location_name")
    module = file.text_at("tool", "dagster", "module_name")
    named = [module] if module else []
    for table in file.tables_at("tool", "dagster", "modules") if not module else ():
        name = table.get("name")
        if table.get("type") == "module" and isinstance(name, str):
            named.append(name)
    for name in named:
        span = file.span("tool", "dagster", "module_name" if module else "modules")
        one = location if location and len(named) == 1 else name
        yield Declaration(one, file.path.parent, span, modules=(name,))


def _dg_project(file: SettingsFile, keys: tuple[str, ...]) -> Iterator[Declaration]:
    root = file.text_at(*keys, "project", "root_module")
    if root is None:
        return
    location = file.text_at(*keys, "project", "code_location_name")
    target = file.text_at(*keys, "project", "code_location_target_module")
    autoload = file.get(*keys, "project", "autoload_defs") is True
    modules = (target,) if target else () if autoload else (f"{root}.definitions",)
    yield Declaration(
        name=location or root,
        working_directory=file.path.parent,
        span=file.span(*keys, "project", "root_module"),
        modules=modules,
        defs_module=file.text_at(*keys, "project", "defs_module") or f"{root}.defs",
    )


def _dg_workspace(file: SettingsFile, keys: tuple[str, ...]) -> Iterator[Path]:
    for project in file.tables_at(*keys, "workspace", "projects"):
        path = project.get("path")
        if isinstance(path, str):
            yield absolute(path, file.path.parent)


_WORKSPACE_KINDS: Final[Mapping[str, str]] = {
    "python_file": "relative_path",
    "python_module": "module_name",
    "python_package": "package_name",
    "autoload_defs_module": "module_name",
}
