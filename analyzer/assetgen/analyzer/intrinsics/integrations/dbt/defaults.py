"""What `DagsterDbtTranslator` makes of a dbt node unless the project overrides it."""

from __future__ import annotations

import hashlib
import re
import textwrap
from typing import Any, Final

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost, first_lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Node


def asset_key(node: Node) -> tuple[str, ...] | Lost:
    """The parts of the key: as `meta.dagster.asset_key` says, else schema and name."""
    given = _table(
        _table(_table(node.get("config")).get("meta") or node.get("meta")).get("dagster")
    )
    written = given.get("asset_key")
    if written:
        parts = listed(written)
    elif node["resource_type"] == "source":
        parts = [node["source_name"], node["name"]]
    elif node.get("version"):
        parts = [node["alias"]]
    else:
        schema = _table(node.get("config")).get("schema")
        parts = [node["name"]] if schema is None else [schema, node["name"]]
    return first_lost(parts) or tuple(str(part) for part in parts)


def group_name(node: Node) -> Any:
    """The group of the asset: that of the metadata, else that of dbt."""
    return _dagster(node).get("group") or _table(node.get("config")).get("group") or None


def group_by_folder(node: Node) -> Any:
    """The group, else the first folder below the project's."""
    fqn = node.get("fqn") or []
    return group_name(node) or (fqn[1] if len(fqn) > 2 else None)


def owners(node: Node) -> Any:
    """`node["group"]` is the group's properties if the manifest has the group."""
    given = _dagster(node).get("owners")
    if given:
        return given
    group = node.get("group")
    owner = _table(_table(group).get("owner")).get("email") if isinstance(group, dict) else None
    return listed(owner) if owner else None


def automation(node: Node) -> str | None:
    """The policy by name: "eager" or "lazy"."""
    kind = _table(_dagster(node).get("auto_materialize_policy")).get("type")
    return kind if kind in ("eager", "lazy") else None


def description(node: Node) -> Any:
    """The description of the asset: that of dbt, and the SQL."""
    code = node.get("raw_sql") or node.get("raw_code", "")
    told = node.get("description") or f"dbt {node['resource_type']} {node['name']}"
    lost = first_lost(code, told)
    if lost is not None:
        return lost
    return f"{told}\n\n#### Raw SQL:\n```sql\n{textwrap.indent(code, '    ')}\n```"


def code_version(node: Node) -> Any:
    """The code version of the asset: a digest of the code, else dbt's checksum."""
    code = node.get("raw_sql") or node.get("raw_code")
    if isinstance(code, Lost):
        return code
    if code:
        return hashlib.sha1(code.encode(), usedforsecurity=False).hexdigest()
    return _table(node.get("checksum")).get("checksum")


def tags(node: Node) -> Any:
    """Those of dbt's tags that Dagster accepts."""
    found = node.get("tags") or []
    if isinstance(found, Lost):
        return found
    return {tag: "" for tag in found if isinstance(tag, str) and _TAG.fullmatch(tag)}


_TAG: Final = re.compile(r"(?:[A-Za-z0-9_.-]{1,63}/)?[A-Za-z0-9_.-]{1,63}")


def table_name(node: Node) -> Any:
    """Database, schema and name of the table, as far as they are known to dbt."""
    parts = [node.get("database"), node.get("schema"), node.get("alias")]
    if node.get("resource_type") == "source":
        parts.append(node.get("name"))
    return first_lost(parts) or ".".join(str(part) for part in parts if part) or None


def metadata(node: Node) -> dict[str, Any]:
    """Materialisation, table and columns; a column is (name, type, description, tags)."""
    found: dict[str, Any] = {}
    kind = _table(node.get("config")).get("materialized")
    if kind is not None:
        found["dagster-dbt/materialization_type"] = kind
    columns = _table(node.get("columns"))
    if columns:
        found["dagster/column_schema"] = [
            (
                name,
                _table(column).get("data_type") or "?",
                _table(column).get("description"),
                listed(_table(column).get("tags")),
            )
            for name, column in columns.items()
        ]
    table = table_name(node)
    if table is not None:
        found["dagster/table_name"] = table
    return found


def has_self_dependency(node: Node) -> bool:
    """Whether the metadata says that the asset depends on itself."""
    return bool(_dagster(node).get("has_self_dependency", False))


def is_asset(node: Node) -> bool:
    """Whether a node of this type is an asset: models that are not ephemeral, seeds, snapshots."""
    return node["resource_type"] in ("model", "seed", "snapshot") and not is_passed_over(node)


def is_passed_over(node: Node) -> bool:
    """Whether dependencies on the node lead through it to what it depends on."""
    kind = node["resource_type"]
    if kind in ("metric", "semantic_model", "saved_query", "function"):
        return True
    return kind == "model" and _table(node.get("config")).get("materialized") == "ephemeral"


def _dagster(node: Node) -> dict[str, Any]:
    return _table(_table(node.get("meta")).get("dagster"))


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
