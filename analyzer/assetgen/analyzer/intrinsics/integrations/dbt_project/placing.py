"""Where the table of a node is: its database, schema and alias, as the project names them."""

from __future__ import annotations

from typing import Any, Final

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import first_lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Node
from assetgen.analyzer.intrinsics.integrations.dbt_project.parsing import Generated, Parsing
from assetgen.analyzer.intrinsics.integrations.dbt_project.questions import Asked


def place(parsing: Parsing, node: Node) -> None:
    """Set where the node's table is."""
    node["database"] = database_of(parsing, node)
    node["schema"] = schema_of(parsing, node)
    node["alias"] = alias_of(parsing, node)


def schema_of(parsing: Parsing, node: Node) -> Any:
    """The result of `generate_schema_name`: the macro of the project or package, or dbt's own."""
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
    """The database of a node: what the project's macro makes of the configured one, else that, or
    the target's."""
    given = node["config"].get("database")
    found = _generated(parsing, "generate_database_name", given, node)
    return given or parsing.root.of_target("database") if found is None else found


def alias_of(parsing: Parsing, node: Node) -> Any:
    """The alias of a node: what the project's macro makes of the configured one, else that or its
    name."""
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
        if macro is None:
            continue
        known = parsing.generated.setdefault((name, given if isinstance(given, str) else None), [])
        is_plain = isinstance(given, (str, type(None)))
        for answer in known if is_plain else ():
            if all(node.get(key, _NOTHING) == value for key, value in answer.asked.items()):
                return answer.made
        asked = Asked(node)
        text = parsing.rendering_of(settings).result_of(macro, [given, asked], {})
        made = text.strip() if isinstance(text, str) else text
        if is_plain and not asked.is_all and len(known) < _ANSWERS:
            known.append(
                Generated({key: node.get(key, _NOTHING) for key in asked.keys_asked}, made)
            )
        return made
    return None


_NOTHING: Final = object()
_ANSWERS: Final = 8  # for one configured name: a macro that tells nodes apart by their names
