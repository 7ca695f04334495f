"""A dbt project read from its files, as dbt would parse it, into a manifest."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
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
from assetgen.analyzer.intrinsics.integrations.dbt_project.place import Place
from assetgen.analyzer.intrinsics.integrations.dbt_project.properties import (
    add_sources,
    add_tests,
    read_properties,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.questions import Questions, Variable
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import (
    SourceFile,
    files_of,
    read_text,
    read_yaml,
    yaml_in,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.selectors import selectors_of
from assetgen.analyzer.intrinsics.integrations.dbt_project.settings import (
    Settings,
    known_variables,
    read_settings,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.macros import Macros
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendered import render
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendering import Rendering
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.syntax import (
    BadTemplate,
    blocks,
    parse_template,
)
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Disk, Refused
from assetgen.analyzer.project.files.project_files import ProjectFiles

_MACROS_ONLY: Final = frozenset(
    (
        *("dbt_utils", "codegen", "dbt_expectations", "dbt_date", "audit_helper", "trino_utils"),
        *("spark_utils", "dbt_external_tables", "dbt_codegen", "tsql_utils", "snowflake_utils"),
        *("metrics", "dbt_profiler", "dbt_data_reliability_utils", "dbt_checkpoint"),
        *("dbt_audit_helper", "dbt_assertions", "dbt_constraints", "dbt_meta_testing"),
        *("dbtvault", "automate_dv", "datavault4dbt", "dbt_ml", "dbt_snow_mask", "fivetran_utils"),
    )
)
"""Public packages that have macros but no models."""


def read_project(files: ProjectFiles, place: Place, variable: Variable) -> Manifest | Lost:
    """The manifest of the project in `place.folder`; what could not be known is in its losses."""
    questions = Questions(variable)
    settings = read_settings(files, place, questions)
    if isinstance(settings, Lost):
        return settings
    packages, losses = _packages(files, settings, questions)
    for package in (settings, *packages):
        _read_macros(files, package)
    parsings = [_parse(files, package, settings) for package in (settings, *packages)]
    losses += [loss for parsing in parsings for loss in parsing.losses]
    manifest = link(settings, parsings, losses)
    return replace(
        manifest,
        selectors=_selectors(files, settings),
        variables=tuple(questions.asked.items()),
        depends_on=frozenset(questions.counted),
    )


def _read_macros(files: ProjectFiles, package: Settings) -> None:
    """The macros and generic tests of a package, which its templates are given."""
    generic = tuple(f"{folder}/generic" for folder in package.folders("test-paths", "tests"))
    package.macros.packages[package.name] = package.macros.own
    folders = (*package.folders("macro-paths", "macros"), *generic)
    for file in files_of(files, package.place.folder, folders, (".sql",)):
        if isinstance(file, SourceFile) and _MACRO.search(file.text):
            for macro in files.disk.once(_macros_in, package.place.folder / file.original):
                package.macros.own.setdefault(macro.name, macro)


def _macros_in(path: Path, disk: Disk) -> tuple[nodes.Macro, ...]:
    """The macros of a file, for `Disk.once`: all readings of a project share them."""
    content = disk.read(path)
    tree = parse_template("" if isinstance(content, Refused) else content.decode("utf-8").strip())
    body = () if isinstance(tree, BadTemplate) else tree.body
    return tuple(node for node in body if isinstance(node, nodes.Macro))


_TEMPLATE: Final = re.compile(r"\{[{%#]|[#}%]\}")
"""What dbt renders; any other text it takes as it is, with its ends of lines."""
_MACRO: Final = re.compile(r"\{%[-+]?\s*(?:macro|test|data_test)\s")


def _selectors(files: ProjectFiles, settings: Settings) -> dict[str, Any]:
    text = read_text(files, settings.place.folder / "selectors.yml")
    data = read_yaml(text) if isinstance(text, str) else None
    rendering = settings.rendering(var=known_variables({}))
    return selectors_of(render(data, rendering))


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
    for folder in dict.fromkeys((*models, *seeds, *snapshots)):
        refused = files.exists(package.place.folder / folder)
        if isinstance(refused, Refused):
            message = f"what the folder `{folder}` of the dbt project holds: {refused.reason}"
            parsing.lose("unresolved-asset", message)
    documented = package.folders("docs-paths") or everywhere
    for file in _files(files, parsing, documented, ".md"):
        for block in blocks(file.text, "docs"):
            is_template = _TEMPLATE.search(block.body) is not None
            text = Rendering({}, Macros()).read(block.body) if is_template else block.body
            parsing.docs[block.name] = text.strip() if isinstance(text, str) else text
    sources = []
    for file in _files(files, parsing, everywhere, ".yml", ".yaml"):
        data = files.disk.once(yaml_in, package.place.folder / file.original)
        sources += read_properties(parsing, file, data)
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
    files: ProjectFiles, root: Settings, questions: Questions
) -> tuple[list[Settings], list[tuple[str, str]]]:
    """The packages whose files are in the repository, and what is lost with the others.

    dbt takes whatever is installed, and packages beside the project from where they are.
    """
    home = root.place.folder / str(root.data.get("packages-install-path", "dbt_packages"))
    queue = [home / name for name in files.disk.listing(home)]
    wanted: dict[str, Path] = {}
    for one in _declared(files, root.place.folder):
        if one.local is None:
            wanted.setdefault(one.name, home / one.name)
        else:
            queue.append(root.place.folder / one.local)
    found: dict[str, Settings] = {}
    while queue:
        folder = Path(os.path.normpath(queue.pop(0)))
        package = read_settings(files, replace(root.place, folder=folder), questions, root)
        if isinstance(package, Lost) or package.name in (*found, root.name):
            continue
        found[package.name] = package
        wanted.pop(folder.name, None)
        queue += [folder / one.local for one in _declared(files, folder) if one.local is not None]
    losses = [
        (
            "unresolved-asset",
            f"the dbt package {name} is not in the repository: nor are its models",
        )
        for name in wanted
        if name not in found and name not in _MACROS_ONLY
    ]
    return list(found.values()), losses


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
