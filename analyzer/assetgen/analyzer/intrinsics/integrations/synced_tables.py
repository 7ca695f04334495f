"""Airbyte's and Fivetran's builders that are told which tables a connection writes."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import from_python
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Function,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.keys import read_parts
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.intrinsics.integrations.plain_data import value_of
from assetgen.analyzer.intrinsics.integrations.specs_of import lost_assets
from assetgen.analyzer.model.keys import AssetKey

_AIRBYTE = Parameters(
    "connection_id, destination_tables, destination_database=None, destination_schema=None, "
    "asset_key_prefix=None, group_name=None, normalization_tables=None, deps=None, "
    "upstream_assets=None, schema_by_table_name=None, stream_to_asset_map=None, "
    "destination_type=None"
)
_FIVETRAN = Parameters(
    "connector_id, destination_tables, poll_interval=0, poll_timeout=None, io_manager_key=None, "
    "asset_key_prefix=None, metadata_by_table_name=None, group_name=None, "
    "infer_missing_tables=False, op_tags=None, fetch_column_metadata=True"
)


def _airbyte_assets(call: Call) -> Value:
    """One output for each table; those that a normalisation makes of it depend on it."""
    bound = _AIRBYTE.bind(call)
    prefix = _prefix(call, bound)
    tables = _tables(call, bound["destination_tables"])
    if isinstance(prefix, Unknown) or isinstance(tables, Unknown):
        cause = prefix if isinstance(prefix, Unknown) else tables
        return lost_assets(call, "build_airbyte_assets", _unknown(cause))
    derived = _derived(call, bound["normalization_tables"])
    given = bound["deps"] if bound["upstream_assets"] == NONE else bound["upstream_assets"]
    sources = call.items(given) if given != NONE else None
    outs, inner = Mapping(), Mapping()
    for table, base in (*((name, None) for name in tables), *derived):
        metadata = _table_metadata(bound, table, base)
        key = KeyValue(AssetKey((*prefix, table)))
        made = {"key": key, "metadata": value_of(call, metadata)}
        out = call.invoke(External("dagster.AssetOut"), **made)
        _put(outs, table, out)
        if base is not None:
            upstream: list[Value] = [KeyValue(AssetKey((*prefix, base)))]
            _put(inner, table, Sequence("set", upstream))
        elif sources is not None:
            _put(inner, table, Sequence("set", list(sources.values), list(sources.losses)))
        else:
            _put(inner, table, Sequence("set", []))
    kwargs = {
        "name": _op_name(call, "airbyte_sync_", bound["connection_id"], dashes=True),
        "outs": outs,
        "internal_asset_deps": inner,
        "compute_kind": Constant("airbyte"),
        "required_resource_keys": from_python({"airbyte"}),
    }
    if given != NONE:
        kwargs["deps"] = given
    return _step(call, bound, kwargs)


def _fivetran_assets(call: Call) -> Value:
    """A spec for each table, `schema.table` being two parts of its key."""
    bound = _FIVETRAN.bind(call)
    prefix = _prefix(call, bound)
    tables = _tables(call, bound["destination_tables"])
    if isinstance(prefix, Unknown) or isinstance(tables, Unknown):
        cause = prefix if isinstance(prefix, Unknown) else tables
        return lost_assets(call, "build_fivetran_assets", _unknown(cause))
    specs: list[Value] = []
    for table in tables:
        metadata = Mapping()
        own = bound["metadata_by_table_name"]
        if isinstance(own, Mapping):
            found = dict(own.text_entries()).get(table)
            if isinstance(found, Mapping):
                metadata.entries.update(found.entries)
        if bound["io_manager_key"] != NONE:
            _put(metadata, "dagster/io_manager_key", bound["io_manager_key"])
        made: dict[str, Value] = {
            "key": KeyValue(AssetKey((*prefix, *table.split(".")))),
            "metadata": metadata,
            "kinds": from_python({"fivetran"}),
            "group_name": bound["group_name"],
        }
        specs.append(call.invoke(External("dagster.AssetSpec"), **made))
    kwargs: dict[str, Value] = {
        "name": _op_name(call, "fivetran_sync_", bound["connector_id"], dashes=False),
        "specs": Sequence("list", specs),
        "required_resource_keys": from_python({"fivetran"}),
    }
    if bound["op_tags"] != NONE:
        kwargs["op_tags"] = bound["op_tags"]
    return _step(call, None, kwargs)


# -- arguments


def _prefix(call: Call, bound: Bound) -> tuple[str, ...] | Unknown:
    value = bound["asset_key_prefix"]
    if value == NONE:
        return ()
    parts = read_parts(call, value)
    return parts if isinstance(parts, tuple) else _unknown(parts or value)


def _tables(call: Call, value: Value) -> tuple[str, ...] | Unknown:
    """The names of the tables, each once; those that may be others are reported."""
    doubts = Doubts()
    names = doubts.texts(call, value)
    if not names and doubts.found:
        return doubts.found[0]
    for doubt in doubts.found:
        message = f"the tables of the connection may be others: {why(doubt)}"
        call.report("unresolved-asset", message)
    return tuple(dict.fromkeys(names))


def _derived(call: Call, value: Value) -> Iterable[tuple[str, str]]:
    """The tables that are made of others, and of which."""
    if isinstance(value, Mapping) and not value.losses:
        for base, names in value.text_entries():
            found = _tables(call, names)
            if isinstance(found, Unknown):
                message = f"the tables made of `{base}` are not known: {why(found)}"
                call.report("unresolved-asset", message)
            else:
                yield from ((name, base) for name in found)
    elif value != NONE:
        call.report("unresolved-asset", "the tables that a normalisation makes are not known")


def _table_metadata(bound: Bound, table: str, base: str | None) -> dict[str, object]:
    found: dict[str, object] = {}
    place = [bound["destination_database"], bound["destination_schema"]]
    if NONE not in place:
        known = [value.value for value in place if isinstance(value, Constant)]
        if len(known) == len(place):
            parts = [*known, *([base] if base else []), table]
            found["dagster/table_name"] = ".".join(str(part) for part in parts)
    if bound["destination_type"] != NONE:
        found["dagster/storage_kind"] = bound["destination_type"]
    schemas = bound["schema_by_table_name"]
    if isinstance(schemas, Mapping):
        schema = dict(schemas.text_entries()).get(table)
        if schema is not None:
            found["dagster/column_schema"] = schema
    return found


def _op_name(call: Call, start: str, value: Value, *, dashes: bool) -> Value:
    doubts = Doubts()
    text = doubts.text(value)
    if text is None or doubts.found:
        return call.unknown("external", "the name of the connection", *doubts.found)
    return Constant(start + (text.replace("-", "_") if dashes else text))


# -- what is made


def _step(call: Call, bound: Bound | None, kwargs: dict[str, Value]) -> Value:
    """The one definition in the list that the builder gives."""
    if bound is not None and bound["group_name"] != NONE:
        kwargs["group_name"] = bound["group_name"]
    made = call.invoke(External("dagster.multi_asset"), **kwargs)
    assets = call.invoke(made, _function(call))
    return Sequence("list", [assets])


def _function(call: Call) -> Function:
    """What stands for the builder's own function: it takes nothing but the context."""
    node = ast.parse("def _assets(context): ...").body[0]
    assert isinstance(node, ast.FunctionDef)
    for child in ast.walk(node):
        call.site.place(child)
    return Function(node, Scope("function", {}), call.site.module, "_assets")


def _put(mapping: Mapping, name: str, value: Value) -> None:
    mapping.entries["constant", name] = (Constant(name), value)


def _unknown(value: object) -> Unknown:
    if isinstance(value, Unknown):
        return value
    return Unknown("unsupported", "something that is not a list of names")


TABLE: dict[str, Intrinsic] = {
    "dagster_airbyte.build_airbyte_assets": _airbyte_assets,
    "dagster_fivetran.build_fivetran_assets": _fivetran_assets,
}
"""The intrinsics of builders with given tables."""
