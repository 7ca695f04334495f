"""The fields of Dagster's own components that assetgen reads, and their annotations."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping

_EXECUTABLE = {
    "assets": "list[ResolvedAssetSpec] | None",
    "checks": "list[ResolvedAssetCheckSpec] | None",
}

_PLAIN_DBT = {
    "cli_args": "Any",
    "include_metadata": "Any",
    "select": "Any",
    "exclude": "Any",
    "selector": "Any",
    "translation_settings": "DbtSettings",
    "prepare_if_dev": "Any",
}

SCHEMAS: ReadOnlyMapping[str, ReadOnlyMapping[str, str]] = {
    "dagster.ExecutableComponent": _EXECUTABLE,
    "dagster.FunctionComponent": {**_EXECUTABLE, "execution": "FunctionSpec"},
    "dagster.PythonScriptComponent": {**_EXECUTABLE, "execution": "ScriptSpec"},
    "dagster.UvRunComponent": {**_EXECUTABLE, "execution": "ScriptSpec"},
    "dagster.SqlComponent": {**_EXECUTABLE, "execution": "OpSpec", "connection": "Any"},
    "dagster.TemplatedSqlComponent": {
        **_EXECUTABLE,
        "execution": "OpSpec",
        "connection": "Any",
        "sql_template": "SqlTemplate",
        "sql_template_vars": "Any",
    },
    "dagster_dbt.DbtProjectComponent": {
        **_PLAIN_DBT,
        "project": "DbtProjectFolder",
        "op": "OpSpec",
        "translation": "DbtTranslation",
    },
    "dagster_hightouch.HightouchSyncComponent": {"asset": "ResolvedAssetSpec", "sync_id": "Any"},
    "dagster_k8s.PipesK8sComponent": {
        "name": "str",
        "assets": "list[ResolvedAssetSpec]",
        **dict.fromkeys(
            ("image", "command", "namespace", "env", "base_pod_meta", "base_pod_spec"), "Any"
        ),
    },
    "dagster_dlt.DltLoadCollectionComponent": {"loads": "list[DltLoad]"},
    "dagster_sling.SlingReplicationCollectionComponent": {
        "connections": "Any",
        "sling": "Any",
        "replications": "list[SlingReplication]",
    },
}
"""From the qualified name of a component to its fields."""

REQUIRED: ReadOnlyMapping[str, tuple[str, ...]] = {
    "dagster.FunctionComponent": ("execution",),
    "dagster.PythonScriptComponent": ("execution",),
    "dagster.UvRunComponent": ("execution",),
    "dagster.SqlComponent": ("connection",),
    "dagster.TemplatedSqlComponent": ("connection", "sql_template"),
    "dagster_dbt.DbtProjectComponent": ("project",),
    "dagster_dlt.DltLoadCollectionComponent": ("loads",),
    "dagster_hightouch.HightouchSyncComponent": ("asset", "sync_id"),
    "dagster_k8s.PipesK8sComponent": ("name", "assets"),
}
"""The fields that YAML must give."""

FORMER = frozenset(("dbt", "asset_attributes", "asset_post_processors", "transforms", "params"))
"""Fields that components had in earlier versions of the integrations."""
