"""dbt's configuration of a node: `dbt_project.yml` by folder, properties in YAML, `config()`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost

_NODE: Final[dict[str, Any]] = {
    "enabled": True,
    "alias": None,
    "schema": None,
    "database": None,
    "tags": [],
    "meta": {},
    "group": None,
    "materialized": "view",
    "incremental_strategy": None,
    "batch_size": None,
    "lookback": 1,
    "begin": None,
    "persist_docs": {},
    "post-hook": [],
    "pre-hook": [],
    "quoting": {},
    "column_types": {},
    "full_refresh": None,
    "unique_key": None,
    "on_schema_change": "ignore",
    "on_configuration_change": "apply",
    "grants": {},
    "packages": [],
    "docs": {"show": True, "node_color": None},
    "contract": {"enforced": False, "alias_types": True},
    "event_time": None,
    "concurrent_batches": None,
}
DEFAULTS: Final[dict[str, dict[str, Any]]] = {
    "model": {**_NODE, "access": "protected", "freshness": None},
    "seed": {**_NODE, "materialized": "seed", "delimiter": ",", "quote_columns": None},
    "snapshot": {**_NODE, "materialized": "snapshot", "strategy": None, "updated_at": None},
    "test": {
        "enabled": True,
        "alias": None,
        "schema": "dbt_test__audit",
        "database": None,
        "tags": [],
        "meta": {},
        "group": None,
        "materialized": "test",
        "severity": "ERROR",
        "store_failures": None,
        "store_failures_as": None,
        "where": None,
        "limit": None,
        "fail_calc": "count(*)",
        "warn_if": "!= 0",
        "error_if": "!= 0",
    },
    "source": {
        "enabled": True,
        "event_time": None,
        "freshness": None,
        "loaded_at_field": None,
        "loaded_at_query": None,
        "meta": {},
        "tags": [],
    },
}
"""dbt's defaults, by resource type."""

_ADDED: Final = frozenset(("tags", "post-hook", "pre-hook", "packages"))
_MERGED: Final = frozenset(("meta", "quoting", "column_types", "docs", "contract", "grants"))
_RENAMED: Final = {
    "pre_hook": "pre-hook",
    "post_hook": "post-hook",
    "dataset": "schema",
    "project": "database",
    "data_space": "database",
}


def configured(resource_type: str, levels: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The configuration that results from some levels, the last being the strongest."""
    result = dict(DEFAULTS[resource_type])  # what is in it is replaced, and never changed
    for level in levels:
        merge_config(result, level)
    return result


def merge_config(config: dict[str, Any], level: Mapping[str, Any]) -> None:
    """Apply a stronger level to a configuration: lists are extended, mappings merged."""
    for key, value in level.items():
        _put(config, _RENAMED.get(key, key), value)


def put_begin(config: dict[str, Any]) -> None:
    """`begin` of a model in batches, as dbt writes it into the manifest: with a time."""
    ways = (config.get("materialized"), config.get("incremental_strategy"))
    begin = config.get("begin")
    if ways == ("incremental", "microbatch") and isinstance(begin, str):
        with suppress(ValueError):  # dbt refuses the project
            config["begin"] = datetime.fromisoformat(begin).isoformat()


def folder_levels(configuration: object, fqn: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What a section of `dbt_project.yml` says about a node, from the root to its folder."""
    level = configuration
    names = iter(fqn)
    while isinstance(level, dict):
        yield {
            key[1:].strip() if key.startswith("+") else key: value
            for key, value in level.items()
            if isinstance(key, str) and (key.startswith("+") or not isinstance(value, dict))
        }
        level = level.get(next(names, ""))


def listed(value: object) -> list[Any]:
    """A list; anything else as the only item of one."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def table(value: object) -> dict[str, Any]:
    """A mapping; empty for anything else."""
    return value if isinstance(value, dict) else {}


def _put(result: dict[str, Any], key: str, value: Any) -> None:
    old = result.get(key)
    if isinstance(value, Lost):
        result[key] = value
    elif key in _ADDED:
        result[key] = [*listed(old), *listed(value)]
    elif key in _MERGED and isinstance(old, dict) and isinstance(value, dict):
        result[key] = {**old, **{name.lstrip("+"): item for name, item in value.items()}}
    else:
        result[key] = value
