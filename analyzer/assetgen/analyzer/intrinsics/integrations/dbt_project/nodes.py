"""Models, seeds, snapshots and singular tests: one node for each file or block."""

from __future__ import annotations

import ast
import hashlib
from typing import Any

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed, table
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Node
from assetgen.analyzer.intrinsics.integrations.dbt_project.parsing import SECTIONS, Parsing, Patch
from assetgen.analyzer.intrinsics.integrations.dbt_project.placing import place
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import SourceFile
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendering import Rendering
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.syntax import blocks


def add_model(parsing: Parsing, file: SourceFile) -> None:
    """A model of SQL or Python."""
    name = file.stem
    patch, version = _versioned(parsing, name)
    fqn = [parsing.settings.name, *file.folders, name]
    if file.path.endswith(".py"):
        reading = _python(parsing, file)
    else:
        reading = parsing.rendering(_early(parsing, "model", file, name, fqn))
        reading.scan(file.text)
    if version is not None and patch is not None:
        fqn[-1:] = [patch.data["name"], f"v{version['v']}"]
    _add(parsing, "model", file, name, fqn, file.text, reading, patch, version)


def add_seed(parsing: Parsing, file: SourceFile) -> None:
    """Add the node of a seed."""
    fqn = [parsing.settings.name, *file.folders, file.stem]
    patch = parsing.patches.get(("seeds", file.stem))
    _add(parsing, "seed", file, file.stem, fqn, "", parsing.rendering(), patch, None)


def add_snapshots(parsing: Parsing, file: SourceFile) -> None:
    """The snapshot blocks of a file; for their configuration, the name of the file is a folder."""
    for block in blocks(file.text, "snapshot"):
        fqn = [parsing.settings.name, *file.folders, file.stem, block.name]
        reading = parsing.rendering(_early(parsing, "snapshot", file, block.name, fqn))
        reading.scan(block.body)
        patch = parsing.patches.get(("snapshots", block.name))
        _add(parsing, "snapshot", file, block.name, fqn, block.body, reading, patch, None)


def add_yaml_snapshots(parsing: Parsing) -> None:
    """Snapshots that are defined in YAML alone, over a `relation`."""
    for (section, name), patch in parsing.patches.items():
        relation = patch.data.get("relation")
        if section == "snapshots" and isinstance(relation, str):
            code = f"select * from {{{{ {relation} }}}}"
            reading = parsing.rendering()
            reading.scan(code)
            path = "/".join((*patch.folders, f"{name}.sql"))
            file = SourceFile(path, patch.file, code)
            fqn = [parsing.settings.name, *patch.folders, name]
            _add(parsing, "snapshot", file, name, fqn, code, reading, patch, None)


def add_singular_test(parsing: Parsing, file: SourceFile) -> None:
    """Add the node of a test that is a query in a file of its own."""
    reading = parsing.rendering()
    reading.scan(file.text)
    name = file.stem
    fqn = [parsing.settings.name, *file.folders, name]
    patch = parsing.patches.get(("data_tests", name)) or parsing.patches.get(("tests", name))
    levels = [_patch_config(patch)] if patch else []
    config = parsing.config("test", fqn, *levels, reading.config)
    node = {
        **_common(parsing, "test", file, name, fqn, config),
        "unique_id": f"test.{parsing.settings.name}.{name}",
        "raw_code": file.text,
        "description": parsing.text(patch.data.get("description")) if patch else "",
        "columns": {},
        **_references(reading),
    }
    place(parsing, node)
    _tell(parsing, file, reading)
    if config["enabled"] is not False:
        parsing.tests.append(node)


def _add(
    parsing: Parsing,
    resource_type: str,
    file: SourceFile,
    name: str,
    fqn: list[str],
    code: str,
    reading: Rendering,
    patch: Patch | None,
    version: dict[str, Any] | None,
) -> None:
    data = patch.data if patch is not None else {}
    config = _config(parsing, resource_type, file, fqn, reading, patch, version)
    own_name = str(data.get("name", name)) if version is not None else name
    unique_id = f"{resource_type}.{parsing.settings.name}.{own_name}"
    number = version["v"] if version is not None else None
    if number is not None:
        unique_id += f".v{number}"
    columns = columns_of_version(data, version or {})
    if resource_type == "model":
        _read_foreign_keys(parsing, reading, data, version or {}, columns)
    contents = file.text if resource_type == "seed" else code
    node: Node = {
        **_common(parsing, resource_type, file, own_name, fqn, config),
        "unique_id": unique_id,
        "checksum": {
            "name": "sha256",
            "checksum": hashlib.sha256(contents.encode()).hexdigest(),
        },
        "description": parsing.text((version or {}).get("description") or data.get("description")),
        "columns": columns_of(parsing, columns),
        "docs": config.get("docs"),
        "patch_path": f"{parsing.settings.name}://{patch.file}" if patch is not None else None,
        "raw_code": code,
        "contract": config.get("contract"),
        "access": config.get("access"),
        "constraints": [],
        "version": number,
        "latest_version": data.get("latest_version"),
        **_references(reading),
    }
    place(parsing, node)
    _tell(parsing, file, reading)
    enabled = config["enabled"]
    if enabled is False:
        return
    if isinstance(enabled, Lost):
        parsing.lose("unresolved-asset", f"whether `{own_name}` is enabled is not known: {enabled}")
    parsing.nodes[unique_id] = node


def _config(
    parsing: Parsing,
    resource_type: str,
    file: SourceFile,
    fqn: list[str],
    reading: Rendering,
    patch: Patch | None,
    version: dict[str, Any] | None,
) -> dict[str, Any]:
    """What the project, the node's patch and its own code configure."""
    levels = [_patch_config(patch)] if patch is not None else []
    if version is not None:
        levels.append(table(version.get("config")))
    if resource_type == "model" and file.path.endswith(".py"):
        # Whatever the project says of the folder, Python makes a table.
        levels.insert(0, {"materialized": "table"})
    config = parsing.config(resource_type, fqn, *levels, reading.config)
    if config["enabled"] is not False:
        _read_hooks(parsing, reading, config)
    return config


def _read_hooks(parsing: Parsing, reading: Rendering, config: dict[str, Any]) -> None:
    """What the hooks around a node refer to, the node refers to; each becomes a mapping."""
    for key in ("pre-hook", "post-hook"):
        hooks = config.get(key)
        if not hooks or isinstance(hooks, Lost):
            continue
        config[key] = [_hook(hook) for hook in listed(hooks)]
        for hook in config[key]:
            text = hook["sql"]
            if isinstance(text, str) and "{" in text:
                _also_read(parsing, reading, text)


def _read_foreign_keys(
    parsing: Parsing,
    reading: Rendering,
    data: dict[str, Any],
    version: dict[str, Any],
    columns: Any,
) -> None:
    """What a foreign key of a model or of a column is to, the model refers to."""
    given = listed(version.get("constraints") or data.get("constraints"))
    for column in listed(columns):
        given = [*given, *listed(table(column).get("constraints"))]
    for constraint in given:
        to = table(constraint).get("to")
        if isinstance(to, str) and table(constraint).get("type") == "foreign_key":
            _also_read(parsing, reading, f"{{{{ {to} }}}}")


def _also_read(parsing: Parsing, reading: Rendering, text: str) -> None:
    own = parsing.rendering()
    own.scan(text)
    reading.refs += own.refs
    reading.sources += own.sources
    reading.losses += own.losses


def _hook(hook: Any) -> dict[str, Any]:
    given = hook if isinstance(hook, dict) else {"sql": hook}
    return {"sql": "", "transaction": True, "index": None, **given}


def _early(
    parsing: Parsing, resource_type: str, file: SourceFile, name: str, fqn: list[str]
) -> Node:
    """`model` while the file is read: what is known about it without its configuration."""
    package = parsing.settings.name
    return {
        "name": name,
        "resource_type": resource_type,
        "package_name": package,
        "unique_id": f"{resource_type}.{package}.{name}",
        "path": file.path,
        "original_file_path": file.original,
        "fqn": list(fqn),
        "raw_code": file.text,
        **{key: Lost(f"`model.{key}` while dbt reads it") for key in _LATER},
    }


_LATER = ("alias", "schema", "database", "config", "tags", "meta", "version", "columns", "group")


def _common(
    parsing: Parsing,
    resource_type: str,
    file: SourceFile,
    name: str,
    fqn: list[str],
    config: dict[str, Any],
) -> Node:
    return {
        "name": name,
        "resource_type": resource_type,
        "package_name": parsing.settings.name,
        "path": file.path,
        "original_file_path": file.original,
        "fqn": fqn,
        "config": config,
        "tags": once_each(config["tags"]),
        "meta": config["meta"],
        "group": config.get("group"),
        "language": "python" if file.path.endswith(".py") else "sql",
        "build_path": None,
        "compiled_path": None,
        "unrendered_config": {},
        "created_at": 0.0,
        "relation_name": Lost("how the adapter quotes a relation"),
        "metrics": [],
    }


def once_each(tags: Any) -> Any:
    """The tags of a node; a tag that several levels configure counts once."""
    return list(dict.fromkeys(tags)) if isinstance(tags, list) else tags


def _patch_config(patch: Patch) -> dict[str, Any]:
    """The configuration in a property file, with what dbt also takes from beside `config`."""
    beside = {
        key: patch.data[key]
        for key in ("meta", "docs", "access", "group", "contract")
        if patch.data.get(key) is not None
    }
    given = patch.data.get("config")
    return {**beside, **table(given)}


def columns_of_version(data: dict[str, Any], version: dict[str, Any]) -> list[Any]:
    """The columns of a version of a model: its own, and those of all versions that it includes."""
    everyone = listed(data.get("columns"))
    if version.get("columns") is None:
        return everyone
    found: list[Any] = []
    for column in listed(version["columns"]):
        if not isinstance(column, dict) or "include" not in column:
            found.append(column)
            continue
        wanted, without = column["include"], listed(column.get("exclude"))
        found += [
            each
            for each in everyone
            if isinstance(each, dict)
            and (wanted in ("all", "*") or each.get("name") in listed(wanted))
            and each.get("name") not in without
        ]
    own = [each.get("name") for each in listed(version["columns"]) if isinstance(each, dict)]
    return [
        each
        for index, each in enumerate(found)
        if not isinstance(each, dict)
        or each in listed(version["columns"])
        or each.get("name") not in own
    ]


def columns_of(parsing: Parsing, columns: list[Any]) -> dict[str, Any]:
    """The columns that a property file lists, by name, as a manifest has them."""
    found = {}
    for column in columns:
        if isinstance(column, dict) and isinstance(column.get("name"), str):
            config = column.get("config") or {}
            found[column["name"]] = {
                "name": column["name"],
                "description": parsing.text(column.get("description")),
                "meta": column.get("meta") or config.get("meta") or {},
                "data_type": column.get("data_type"),
                "constraints": column.get("constraints") or [],
                "quote": column.get("quote"),
                "tags": listed(column.get("tags")) or listed(config.get("tags")),
            }
    return found


def _references(reading: Rendering) -> Node:
    """What the node refers to, not yet linked."""
    refs = list(dict.fromkeys(reading.refs))
    return {
        "refs": [
            {"name": name, "package": package, "version": version}
            for package, name, version in refs
        ],
        "sources": [list(pair) for pair in dict.fromkeys(reading.sources)],
        "depends_on": {"macros": [], "nodes": []},
    }


def _tell(parsing: Parsing, file: SourceFile, reading: Rendering) -> None:
    for message in dict.fromkeys(reading.losses):
        parsing.lose("unresolved-dependency", f"of dbt's `{file.original}`, {message}")


def _versioned(parsing: Parsing, name: str) -> tuple[Patch | None, dict[str, Any] | None]:
    """The patch of a model, and its version if its file holds one."""
    patch = parsing.patches.get((SECTIONS["model"], name))
    if patch is not None and not patch.data.get("versions"):
        return patch, None
    for model, candidate in parsing.versions():
        for version in listed(candidate.data.get("versions")):
            if isinstance(version, dict) and "v" in version:
                number = version["v"]
                files = (version.get("defined_in"), f"{model}_v{number}", f"{model}.v{number}")
                is_latest = number == candidate.data.get("latest_version")
                if name in files or (name == model and is_latest):
                    return candidate, version
    return patch, None


def _python(parsing: Parsing, file: SourceFile) -> Rendering:
    """What a Python model refers to: calls of `dbt.ref`, `dbt.source` and `dbt.config`."""
    reading = parsing.rendering()
    try:
        tree = ast.parse(file.text)
    except (SyntaxError, ValueError, RecursionError):
        reading.losses.append("its Python is not read")
        return reading
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "dbt"):
            continue
        known = reading.names.get(node.func.attr)
        if node.func.attr in ("ref", "source", "config") and known is not None:
            args = [_constant(argument) for argument in node.args]
            kwargs = {word.arg: _constant(word.value) for word in node.keywords if word.arg}
            known.call(reading, args, kwargs)
    return reading


def _constant(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return Lost("an argument that is not a literal")
