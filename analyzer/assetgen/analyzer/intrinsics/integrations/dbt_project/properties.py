"""Property files: what the YAML beside the models says about nodes, sources, groups, and their
tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed
from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import table as table_of
from assetgen.analyzer.intrinsics.integrations.dbt_project.exposures import add_exposure
from assetgen.analyzer.intrinsics.integrations.dbt_project.generic_tests import (
    GenericTest,
    read_test,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Node
from assetgen.analyzer.intrinsics.integrations.dbt_project.nodes import (
    columns_of,
    columns_of_version,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.parsing import Parsing, Patch
from assetgen.analyzer.intrinsics.integrations.dbt_project.placing import place
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import SourceFile
from assetgen.analyzer.intrinsics.integrations.dbt_project.semantics import add_semantics
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.macro_effects import is_inert
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendered import (
    render,
    render_properties,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendering import Rendering

_PATCHED = ("models", "seeds", "snapshots", "data_tests", "tests")


def read_properties(parsing: Parsing, file: SourceFile, data: Any) -> list[Patch]:
    """Remember what a property file says about nodes; returns its sources, which are added
    separately."""
    if isinstance(data, Lost):
        parsing.lose("unresolved-attribute", f"`{file.original}` of the dbt project: {data}")
        return []
    if not isinstance(data, dict):
        return []
    for section in _PATCHED:
        for entry in _entries(parsing, file, data.get(section)):
            patch = Patch(entry, file.original, file.folders)
            parsing.patches[section, entry["name"]] = patch
    parsing.groups += _entries(parsing, file, data.get("groups"))
    for entry in _entries(parsing, file, data.get("exposures")):
        add_exposure(parsing, file, entry)
    add_semantics(parsing, file, data)
    return [
        Patch(entry, file.original, file.folders)
        for entry in _entries(parsing, file, data.get("sources"))
    ]


def _entries(parsing: Parsing, file: SourceFile, section: object) -> Iterator[dict[str, Any]]:
    """The entries of a section that have a name."""
    for entry in listed(section):
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            rendered = render_properties(entry, parsing.rendering())
            if isinstance(rendered["name"], str):
                yield rendered
            else:
                message = f"a name in `{file.original}` of the dbt project: {rendered['name']}"
                parsing.lose("unresolved-asset", message)


def add_sources(parsing: Parsing, patch: Patch) -> None:
    """The tables of one source, with their tests."""
    source = patch.data
    overall = _config_of(source)
    for table in listed(source.get("tables")):
        if not isinstance(table, dict) or not isinstance(table.get("name"), str):
            continue
        fqn = [parsing.settings.name, *patch.folders, source["name"], table["name"]]
        own = _config_of(table)
        level = {
            **overall,
            **own,
            "meta": {**table_of(overall.get("meta")), **table_of(own.get("meta"))},
            "tags": sorted(
                {str(tag) for tag in (*listed(overall.get("tags")), *listed(own.get("tags")))}
            ),
        }
        config = parsing.config("source", fqn, level)
        unique_id = f"source.{parsing.settings.name}.{source['name']}.{table['name']}"
        if config["enabled"] is False:
            continue
        parsing.sources[unique_id] = _source(parsing, patch, table, fqn, config, unique_id)
        subject = f"{source['name']}_{table['name']}"
        tags = [*listed(source.get("tags")), *listed(table.get("tags"))]
        for test, column, more in _tests(parsing, table, subject, True):
            _add_test(parsing, patch, test, unique_id, column, [*tags, *more])


def add_tests(parsing: Parsing) -> None:
    """The tests that property files put on models, seeds and snapshots."""
    for (section, name), patch in list(parsing.patches.items()):
        kind = {"models": "model", "seeds": "seed", "snapshots": "snapshot"}.get(section)
        if kind is None:
            continue
        base = f"{kind}.{parsing.settings.name}.{name}"
        versions = [one for one in listed(patch.data.get("versions")) if isinstance(one, dict)]
        if not versions:
            _node_tests(parsing, patch, patch.data, base, name)
        for version in versions:
            number = version.get("v")
            data = {**patch.data, **{key: version[key] for key in _OWN if key in version}}
            data["columns"] = columns_of_version(patch.data, version)
            _node_tests(parsing, patch, data, f"{base}.v{number}", f"{name}_v{number}")


_OWN = ("columns", "tests", "data_tests")


def _node_tests(
    parsing: Parsing, patch: Patch, data: dict[str, Any], unique_id: str, subject: str
) -> None:
    node = parsing.nodes.get(unique_id)
    if node is None:
        return
    for test, column, tags in _tests(parsing, data, subject, False):
        _add_test(parsing, patch, test, unique_id, column, tags)


def _tests(
    parsing: Parsing, data: dict[str, Any], subject: str, is_source: bool
) -> list[tuple[GenericTest, str | None, list[Any]]]:
    """The tests of a table, with the column that each is put on and its tags."""
    written: list[tuple[object, str | None, list[Any]]] = [
        (test, None, []) for test in _written(data)
    ]
    for column in listed(data.get("columns")):
        if isinstance(column, dict) and isinstance(column.get("name"), str):
            name = column["name"]
            shown = f'"{name}"' if column.get("quote") else name
            configured = table_of(column.get("config")).get("tags")
            tags = [*listed(column.get("tags")), *listed(configured)]
            written += [(test, shown, tags) for test in _written(column)]
    found = []
    for entry, column_name, tags in written:
        test = read_test(entry, subject, column_name, is_source)
        if isinstance(test, Lost):
            parsing.lose("unresolved-check", f"a dbt test of `{subject}` is not read: {test}")
        else:
            found.append((test, column_name, tags))
    return found


def _written(data: dict[str, Any]) -> list[Any]:
    return [*listed(data.get("tests")), *listed(data.get("data_tests"))]


def _add_test(
    parsing: Parsing,
    patch: Patch,
    test: GenericTest,
    attached: str,
    column: str | None,
    tags: list[Any],
) -> None:
    fqn = [parsing.settings.name, *patch.folders, test.name]
    reading = _read_test(parsing, test)
    given = render(test.config, parsing.rendering()) if test.config else {}
    config = parsing.config("test", fqn, reading.config if reading is not None else {}, given)
    config["alias"] = config["alias"] or test.alias
    if config["enabled"] is False:
        return
    unique_id = f"test.{parsing.settings.name}.{test.name}.{len(parsing.tests)}"
    node: Node = {
        "unique_id": unique_id,
        "name": test.name,
        "resource_type": "test",
        "package_name": parsing.settings.name,
        "path": f"{test.name}.sql",
        "original_file_path": patch.file,
        "fqn": fqn,
        "config": config,
        "tags": sorted({str(tag) for tag in (*config["tags"], *tags)}),
        "meta": config["meta"],
        "description": parsing.text(test.description),
        "columns": {},
        "column_name": column,
        "raw_code": "",
        "test_metadata": {
            "name": test.kind,
            "namespace": test.package,
            "kwargs": dict(test.arguments),
        },
        "attached_node": None if attached.startswith("source.") else attached,
        "attached": attached,
        "refs": [
            {"name": name, "package": package, "version": version}
            for package, name, version in dict.fromkeys(reading.refs if reading else ())
        ],
        "sources": [list(pair) for pair in dict.fromkeys(reading.sources if reading else ())],
        "depends_on": {"macros": [], "nodes": []},
    }
    place(parsing, node)
    parsing.tests.append(node)


def _read_test(parsing: Parsing, test: GenericTest) -> Rendering | None:
    """What a test configures and refers to, in its arguments and by its macro; None for most."""
    references, macro = test.references, _telling_macro(parsing, test)
    if not references and macro is None:
        return None
    reading = parsing.rendering()
    if references:
        reading.scan(references)
    if macro is not None:
        kwargs = {**render(dict(test.arguments), parsing.rendering()), "model": Lost("a relation")}
        reading.result_of(macro, [], kwargs)
    return reading


def _telling_macro(parsing: Parsing, test: GenericTest) -> nodes.Macro | None:
    name = f"test_{test.kind}"
    macros = parsing.settings.macros
    macro = macros.packages.get(test.package, {}).get(name) if test.package else macros.find(name)
    return None if macro is None or is_inert(macro, macros) else macro


def _config_of(data: dict[str, Any]) -> dict[str, Any]:
    """The `config` of a source or table, with what may be written beside it."""
    given = data.get("config")
    config = dict(given) if isinstance(given, dict) else {}
    for key in ("meta", "tags", "freshness", "loaded_at_field"):
        if key not in config and data.get(key) is not None:
            config[key] = data[key]
        elif key == "meta" and isinstance(data.get(key), dict):
            config[key] = {**data[key], **table_of(config[key])}
        elif key == "tags" and data.get(key) is not None:
            config[key] = [*listed(data[key]), *listed(config[key])]
    return config


def _source(
    parsing: Parsing,
    patch: Patch,
    table: dict[str, Any],
    fqn: list[str],
    config: dict[str, Any],
    unique_id: str,
) -> Node:
    source = patch.data
    database = source.get("database") or source.get("project") or source.get("catalog")
    return {
        "unique_id": unique_id,
        "database": database or parsing.root.of_target("database"),
        "schema": source.get("schema") or source.get("dataset") or source["name"],
        "name": table["name"],
        "resource_type": "source",
        "package_name": parsing.settings.name,
        "path": patch.file,
        "original_file_path": patch.file,
        "fqn": fqn,
        "source_name": source["name"],
        "source_description": parsing.text(source.get("description")),
        "source_meta": table_of(_config_of(source).get("meta")),
        "loader": source.get("loader") or "",
        "identifier": table.get("identifier") or table["name"],
        "quoting": {},
        "loaded_at_field": config.get("loaded_at_field"),
        "freshness": config.get("freshness"),
        "external": table.get("external"),
        "description": parsing.text(table.get("description")),
        "columns": columns_of(parsing, listed(table.get("columns"))),
        "meta": config["meta"],
        "tags": config["tags"],
        "config": config,
        "patch_path": None,
        "unrendered_config": {},
        "relation_name": Lost("how the adapter quotes a relation"),
        "created_at": 0.0,
    }
