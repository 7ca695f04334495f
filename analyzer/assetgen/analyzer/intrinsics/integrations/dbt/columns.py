"""The metadata of a dbt asset: its table, its columns, and what dagster-dbt adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import (
    Constant,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.integrations.dbt import defaults
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Node
from assetgen.analyzer.intrinsics.integrations.plain_data import value_of

if TYPE_CHECKING:
    from assetgen.analyzer.intrinsics.integrations.dbt.translation import Translation

_COLUMNS = "dagster/column_schema"


def metadata_value(translation: Translation, node: Node, given: Value | None) -> Value:
    """The metadata of a node: what the translator gives, and what dagster-dbt adds to it."""
    from assetgen.analyzer.intrinsics.integrations.dbt.translation import (
        MANIFEST_KEY,
        ManifestValue,
    )

    call = translation.call
    result = Mapping()
    base = default_metadata(call, node) if given is None else given
    if isinstance(base, Mapping):
        result.entries.update(base.entries)
        result.losses.extend(base.losses)
    elif isinstance(base, Unknown):
        result.losses.append(base)
    added: dict[str, Value] = {
        MANIFEST_KEY: ManifestValue(translation),
        "dagster_dbt/unique_id": Constant(node["unique_id"]),
    }
    if translation.manifest.project_id:
        added["dagster_dbt/project_id"] = Constant(translation.manifest.project_id)
    if isinstance(translation.manifest.adapter_type, str):
        added["dagster/storage_kind"] = Constant(translation.manifest.adapter_type)
    for name, value in added.items():
        result.entries[("constant", name)] = (Constant(name), value)
    return result


def default_metadata(call: Call, node: Node) -> Mapping:
    """The result of `default_metadata_from_dbt_resource_props`; what is lost is reported once."""
    result = Mapping()
    for name, value in defaults.metadata(node).items():
        if isinstance(value, Lost):
            call.report("unresolved-attribute", f"`{name}` of dbt's assets is not known: {value}")
            continue
        made = _schema(call, value) if name == _COLUMNS else value_of(call, value)
        result.entries[("constant", name)] = (Constant(name), made)
    return result


def _schema(call: Call, columns: list[Any]) -> Value:
    made: list[Value] = []
    for name, kind, description, tags in columns:
        fields: dict[str, Value] = {"name": Constant(name), "type": Constant(str(kind))}
        if description:
            fields["description"] = value_of(call, description)
        if tags:
            fields["tags"] = value_of(call, {str(tag): "" for tag in tags})
        made.append(Record("dagster.TableColumn", fields))
    return Record("dagster.TableSchema", {"columns": Sequence("list", made)})
