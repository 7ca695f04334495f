"""Sources, pipelines and destinations that come with dlt."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    Choice,
    Constant,
    External,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.intrinsics.integrations.dlt_values import (
    HINTS,
    DltDestinationValue,
    DltPipelineValue,
    DltResourceValue,
    DltSourceValue,
)
from assetgen.analyzer.intrinsics.integrations.plain_data import data_of

_REST = Parameters("config, name=None, **further")


def _rest_api(call: Call) -> Value:
    """`rest_api_source`: the resources named in the configuration."""
    bound = _REST.bind(call)
    name = Doubts().text(bound["name"]) or "rest_api"
    found = _configured(call, bound["config"], name)
    return found if isinstance(found, Unknown) else DltSourceValue(name, *found)


def _rest_api_resources(call: Call) -> Value:
    """`rest_api_resources`: a list of resources that do not belong to a source yet."""
    found = _configured(call, _RESOURCES.bind(call)["config"], None)
    if isinstance(found, Unknown):
        return found
    resources, losses = found
    return Sequence("list", list(resources), list(losses))


_RESOURCES = Parameters("config, resolved_param_cls=None")


def _configured(
    call: Call, config: Value, name: str | None
) -> tuple[tuple[DltResourceValue, ...], tuple[Unknown, ...]] | Unknown:
    """The resources in a configuration of a REST API, with its losses."""
    told = dict(config.text_entries()) if isinstance(config, Mapping) else {}
    listed = told.get("resources")
    if listed is None:
        return call.unknown("external", "the resources of a REST API source", config)
    items = call.items(listed)
    found: list[DltResourceValue] = []
    losses = list(items.losses)
    parents = dict(_parents(items.values))
    shared = told.get("resource_defaults")
    defaults = dict(shared.text_entries()) if isinstance(shared, Mapping) else {}
    for item in items.values:
        own = dict(item.text_entries()) if isinstance(item, Mapping) else {"name": item}
        given = own.get("name")
        resource_name = Doubts().text(given) if given is not None else None
        if resource_name is None:
            losses.append(call.unknown("external", "the name of a REST API resource", item))
        else:
            root = _root(resource_name, parents)
            hints = {**defaults, **own}
            found.append(
                DltResourceValue(
                    resource_name,
                    hints.get("table_name", Constant(resource_name)),
                    source_name=name,
                    parent=root if root != resource_name else None,
                    is_transformer=root != resource_name,
                    is_selected=hints.get("selected") != FALSE,
                    hints={key: hints[key] for key in HINTS if key in hints},
                )
            )
    return tuple(found), tuple(losses)


def _parents(resources: Iterable[Value]) -> Iterator[tuple[str, str]]:
    """The resources whose endpoints refer to another one, with that one."""
    for item in resources:
        given = data_of(item)
        if isinstance(given, dict) and isinstance(given.get("name"), str):
            endpoint = given.get("endpoint")
            parent = next(_asked_for(endpoint), None)
            if parent is not None:
                yield given["name"], parent


def _asked_for(value: object) -> Iterator[str]:
    """The resources that a part of an endpoint refers to."""
    if isinstance(value, str):
        yield from _REFERENCE.findall(value)
    elif isinstance(value, dict):
        if value.get("type") == "resolve" and isinstance(value.get("resource"), str):
            yield value["resource"]
        for part in value.values():
            yield from _asked_for(part)
    elif isinstance(value, list):
        for part in value:
            yield from _asked_for(part)


_REFERENCE: Final = re.compile(r"\{resources\.(\w+)\.")


def _root(name: str, parents: ReadOnlyMapping[str, str]) -> str:
    """The resource from which the data of another originally comes."""
    seen = {name}
    while name in parents and parents[name] not in seen:
        name = parents[name]
        seen.add(name)
    return name


_DATABASE = Parameters("credentials=None, schema=None, metadata=None, table_names=None, **further")


def _sql_database(call: Call) -> Value:
    """`sql_database`: the tables that it names; without names, whatever the database contains."""
    bound = _DATABASE.bind(call)
    given = bound["table_names"]
    if given == NONE:
        return DltSourceValue(
            "sql_database", (), (call.unknown("external", "which tables the database holds"),)
        )
    doubts = Doubts()
    names = doubts.texts(call, given)
    others = call.unknown("external", "what else dlt gives the resource of a table")
    tables = tuple(
        DltResourceValue(
            name,
            Constant(name),
            source_name="sql_database",
            hints=_given_to(
                {
                    "credentials": bound["credentials"],
                    "table": Constant(name),
                    "schema": bound["schema"],
                },
                others,
            ),
        )
        for name in names
    )
    return DltSourceValue("sql_database", tables, tuple(doubts.found))


def _given_to(arguments: ReadOnlyMapping[str, Value], *others: Unknown) -> dict[str, Value]:
    """What the arguments say about a resource."""
    entries: dict[Hashable, tuple[Value, Value]] = {
        ("constant", name): (Constant(name), value) for name, value in arguments.items()
    }
    return {"explicit_args": Mapping(entries=entries, losses=list(others))}


_TABLE = Parameters("credentials=None, table=None, **further")


def _sql_table(call: Call) -> Value:
    """`sql_table`: the resource of one table."""
    bound = _TABLE.bind(call)
    given = bound["table"]
    name = Doubts().text(given)
    if name is None:
        return call.unknown("external", "the table of a dlt resource", given)
    hints = _given_to({**bound.passed, **bound.rest}, *call.losses)
    return DltResourceValue(name, given, hints=hints)


def _named_resource(name: str) -> Intrinsic:
    """A resource of dlt's own, named after its function."""

    def row(call: Call) -> Value:
        return DltResourceValue(name, Constant(name))

    return row


def _readers(call: Call) -> Value:
    """`readers`: a source with a resource for each format of files."""
    description = call.unknown("external", "the docstring of a function of dlt's")
    readers = tuple(
        DltResourceValue(
            name,
            Constant(name),
            source_name="readers",
            description=description,
            parent="filesystem",
            is_transformer=True,
        )
        for name in ("read_csv", "read_jsonl", "read_parquet", "read_csv_duckdb")
    )
    return DltSourceValue("readers", readers)


# -- pipelines

_PIPELINE = Parameters(
    "pipeline_name=None, pipelines_dir=None, pipeline_salt=None, destination=None, staging=None, "
    "dataset_name=None, **further"
)


def _pipeline(call: Call) -> Value:
    bound = _PIPELINE.bind(call)
    destination = bound["destination"]
    text = Doubts().text(destination) if not isinstance(destination, Choice) else None
    if text is not None:
        destination = DltDestinationValue(Constant(text.rpartition(".")[2]))
    elif isinstance(destination, External):
        destination = DltDestinationValue(Constant(destination.qualname.rpartition(".")[2]))
    return DltPipelineValue(dict(bound.passed), destination)


_DESTINATION = Parameters("*args, destination_name=None, **further")


def _destination(call: Call) -> Value:
    given = _DESTINATION.bind(call)["destination_name"]
    return DltDestinationValue(given if given != NONE else Constant(call.last_name))


_DESTINATIONS = (
    *("athena", "bigquery", "clickhouse", "databricks", "dremio", "duckdb", "dummy", "ducklake"),
    *("filesystem", "lancedb", "motherduck", "mssql", "postgres", "qdrant", "redshift"),
    *("snowflake", "sqlalchemy", "synapse", "weaviate", "fabric"),
)

TABLE: dict[str, Intrinsic] = {
    "dlt.pipeline": _pipeline,
    **{f"dlt.destinations.{name}": _destination for name in _DESTINATIONS},
    "dlt.sources.rest_api.rest_api_source": _rest_api,
    "dlt.sources.rest_api.rest_api_resources": _rest_api_resources,
    "dlt.sources.sql_database.sql_database": _sql_database,
    "dlt.sources.sql_database.sql_table": _sql_table,
    "dlt.sources.filesystem.filesystem": _named_resource("filesystem"),
    "dlt.sources.filesystem.readers": _readers,
}
"""The intrinsics of what dlt brings."""
