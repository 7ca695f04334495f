"""A dbt project read from its files, as dbt would parse it, into a manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed
from assetgen.analyzer.intrinsics.integrations.dbt_project.linking import link
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Manifest
from assetgen.analyzer.intrinsics.integrations.dbt_project.nodes import (
    add_model,
    add_seed,
    add_singular_test,
    add_snapshots,
    add_yaml_snapshots,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.parsing import Parsing
from assetgen.analyzer.intrinsics.integrations.dbt_project.properties import (
    add_sources,
    add_tests,
    read_properties,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import (
    SourceFile,
    files_of,
    read_text,
    read_yaml,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.settings import (
    Place,
    Settings,
    Variable,
    read_settings,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates import (
    BadTemplate,
    blocks,
    parse_template,
)
from assetgen.analyzer.project.project_files import ProjectFiles

_MACROS_ONLY: Final = frozenset(
    (
        *("dbt_utils", "codegen", "dbt_expectations", "dbt_date", "audit_helper", "trino_utils"),
        *("spark_utils", "dbt_external_tables", "dbt_codegen", "tsql_utils", "snowflake_utils"),
        *("metrics", "dbt_profiler", "dbt_data_reliability_utils", "dbt_checkpoint"),
    )
)
"""Public packages that hold macros and no models."""


def read_project(files: ProjectFiles, place: Place, variable: Variable) -> Manifest | Lost:
    """The manifest of the project in `place.folder`; what could not be known is in its losses."""
    settings = read_settings(files, place, variable)
    if isinstance(settings, Lost):
        return settings
    packages, losses = _packages(files, settings, variable)
    for package in (settings, *packages):
        _read_macros(files, package, settings)
    parsings = [_parse(files, package, settings) for package in (settings, *packages)]
    losses += [loss for parsing in parsings for loss in parsing.losses]
    return link(settings, parsings, losses)


def _read_macros(files: ProjectFiles, package: Settings, root: Settings) -> None:
    """Macros by name; those of the project itself come before those of its packages."""
    folders = (*package.folders("macro-paths", "macros"), *package.folders("test-paths", "tests"))
    for file in files_of(files, package.place.folder, folders, (".sql",)):
        if isinstance(file, SourceFile) and "macro" in file.text:
            tree = parse_template(file.text)
            if not isinstance(tree, BadTemplate):
                for macro in tree.find_all(nodes.Macro):
                    package.macros.setdefault(macro.name, macro)
                    if package is not root:
                        root.macros.setdefault(macro.name, macro)


def _parse(files: ProjectFiles, package: Settings, root: Settings) -> Parsing:
    parsing = Parsing(package, root)
    models = package.folders("model-paths", "models")
    seeds = package.folders("seed-paths", "seeds")
    snapshots = package.folders("snapshot-paths", "snapshots")
    tests = package.folders("test-paths", "tests")
    others = (
        *package.folders("macro-paths", "macros"),
        *package.folders("analysis-paths", "analyses"),
    )
    everywhere = tuple(dict.fromkeys((*models, *seeds, *snapshots, *others, *tests)))
    documented = package.folders("docs-paths") or everywhere
    for file in _files(files, parsing, documented, ".md"):
        for block in blocks(file.text, "docs"):
            parsing.docs[block.name] = block.body.strip()
    sources = []
    for file in _files(files, parsing, everywhere, ".yml", ".yaml"):
        sources += read_properties(parsing, file)
    for file in _files(files, parsing, models, ".sql", ".py"):
        add_model(parsing, file)
    for file in _files(files, parsing, seeds, ".csv"):
        add_seed(parsing, file)
    for file in _files(files, parsing, snapshots, ".sql"):
        add_snapshots(parsing, file)
    add_yaml_snapshots(parsing)
    for file in _files(files, parsing, tests, ".sql"):
        if file.path.split("/")[0] not in ("generic", "fixtures"):
            add_singular_test(parsing, file)
    for patch in sources:
        add_sources(parsing, patch)
    add_tests(parsing)
    return parsing


def _files(
    files: ProjectFiles, parsing: Parsing, folders: tuple[str, ...], *endings: str
) -> Iterator[SourceFile]:
    for file in files_of(files, parsing.settings.place.folder, folders, endings):
        if isinstance(file, Lost):
            parsing.lose("unresolved-asset", f"a file of the dbt project: {file}")
        else:
            yield file


# -- packages


def _packages(
    files: ProjectFiles, settings: Settings, variable: Variable
) -> tuple[list[Settings], list[tuple[str, str]]]:
    """The packages whose files are in the repository, and what is lost of the others."""
    folder = settings.place.folder
    installed = settings.data.get("packages-install-path", "dbt_packages")
    home = folder / str(installed)
    found: list[Settings] = []
    losses: list[tuple[str, str]] = []
    for wanted in _declared(files, folder):
        place = folder / wanted.local if wanted.local else home / wanted.name
        package = read_settings(files, replace(settings.place, folder=place), variable)
        if isinstance(package, Settings):
            found.append(package)
        elif wanted.name not in _MACROS_ONLY:
            message = f"the dbt package {wanted.name} is not in the repository: nor are its models"
            losses.append(("unresolved-asset", message))
    return found, losses


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    local: str | None = None


def _declared(files: ProjectFiles, folder: Path) -> Iterator[_Wanted]:
    for file in ("packages.yml", "dependencies.yml"):
        text = read_text(files, folder / file)
        data = read_yaml(text) if isinstance(text, str) else None
        for entry in listed(data.get("packages")) if isinstance(data, dict) else ():
            if isinstance(entry, dict):
                yield _wanted(entry)


def _wanted(entry: dict[str, Any]) -> _Wanted:
    if isinstance(entry.get("local"), str):
        return _Wanted(Path(entry["local"]).name, entry["local"])
    address = str(entry.get("package") or entry.get("git") or entry.get("tarball") or "?")
    name = address.rstrip("/").rpartition("/")[2].removesuffix(".git")
    return _Wanted(name.replace("-", "_"))
