"""Where the table of a node lies: its database, schema and alias, as the project names them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import first_lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Node
from assetgen.analyzer.intrinsics.integrations.dbt_project.parsing import Parsing


def place(parsing: Parsing, node: Node) -> None:
    """Say where the node's table lies."""
    node["database"] = database_of(parsing, node)
    node["schema"] = schema_of(parsing, node)
    node["alias"] = alias_of(parsing, node)


def schema_of(parsing: Parsing, node: Node) -> Any:
    """What `generate_schema_name` gives: the macro of the project or package, or dbt's."""
    config = node["config"]
    if node["resource_type"] == "snapshot" and config.get("target_schema"):
        return config["target_schema"]
    given, default = config.get("schema"), parsing.root.of_target("schema")
    found = _generated(parsing, "generate_schema_name", given, node)
    if found is not None:
        return found
    if given is None:
        return default
    return first_lost(given, default) or f"{default}_{str(given).strip()}"


def database_of(parsing: Parsing, node: Node) -> Any:
    given = node["config"].get("database")
    found = _generated(parsing, "generate_database_name", given, node)
    return given or parsing.root.of_target("database") if found is None else found


def alias_of(parsing: Parsing, node: Node) -> Any:
    given, name, number = node["config"].get("alias"), node["name"], node.get("version")
    found = _generated(parsing, "generate_alias_name", given, node)
    if found is not None:
        return found
    if given:
        return given.strip() if isinstance(given, str) else given
    return name if number is None else f"{name}_v{str(number).replace('.', '_')}"


def _generated(parsing: Parsing, name: str, given: Any, node: Node) -> Any:
    """What the project's macro of a name gives, else the package's; None if there is none."""
    for settings in (parsing.root, parsing.settings):
        macro = settings.macros.own.get(name)
        if macro is not None:
            key = (name, given) if isinstance(given, (str, type(None))) else None
            if key in parsing.generated:
                return parsing.generated[key]
            reading = parsing.rendering_of(settings)
            text = reading.result_of(macro, [given, node], {})
            made = text.strip() if isinstance(text, str) else text
            if key is not None and not _looks_at_node(macro):
                parsing.generated[key] = made
            return made
    return None


@lru_cache(maxsize=64)
def _looks_at_node(macro: nodes.Macro) -> bool:
    """Whether what a macro gives is not the same for all nodes that configure one name."""
    named = {name.name for name in macro.find_all(nodes.Name) if name.ctx == "load"}
    return len(macro.args) != 2 or not named.isdisjoint((macro.args[1].name, "varargs"))
