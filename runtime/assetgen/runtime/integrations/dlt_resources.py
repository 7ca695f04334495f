"""Sources of data that dlt loads, each of their resources an asset."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from assetgen.runtime.definitions.asset_specs import AssetSpec
from assetgen.runtime.definitions.resources import ConfigurableResource
from assetgen.runtime.model.asset_keys import AssetKey
from assetgen.runtime.model.failures import StepError
from assetgen.runtime.model.metadata_tables import TableColumn, TableColumnConstraints, TableSchema
from assetgen.runtime.model.step_results import MaterializeResult


class DltResourceTranslatorData:
    """What a translator is told: a resource of a source, and what loads it."""

    def __init__(self, resource: Any, pipeline: Any = None) -> None:
        """Both are dlt's."""
        self.resource = resource
        self.pipeline = pipeline

    @property
    def destination(self) -> Any:
        """Where it is loaded to."""
        return self.pipeline.destination if self.pipeline else None


class DagsterDltTranslator:
    """Says which asset a resource of dlt's is."""

    def get_asset_spec(self, data: DltResourceTranslatorData) -> AssetSpec:
        """The asset of a resource."""
        resource, destination = data.resource, data.destination
        name = destination.destination_name if destination else None
        stored = {"dagster/storage_kind": name} if name else {}
        return AssetSpec(
            self.get_asset_key(resource),
            deps=self.get_deps_asset_keys(resource),
            description=self.get_description(resource),
            group_name=self.get_group_name(resource),
            metadata={**(self.get_metadata(resource) or {}), **stored},
            owners=self.get_owners(resource),
            tags=self.get_tags(resource),
            kinds=self.get_kinds(resource, destination),
        )

    def get_asset_key(self, resource: Any) -> AssetKey:
        """The key."""
        return AssetKey(f"dlt_{resource.source_name}_{resource.name}")

    def get_deps_asset_keys(self, resource: Any) -> Any:
        """Where its data come from: itself, or what it transforms."""
        pipe = resource._pipe if resource.is_transformer else None
        while pipe is not None and pipe.has_parent:
            pipe = pipe.parent
        return [AssetKey(f"{resource.source_name}_{(pipe or resource).name}")]

    def get_description(self, resource: Any) -> Any:
        """What the docstring of its one function says."""
        steps = resource._pipe.steps
        return steps[0].__doc__ if len(steps) == 1 and callable(steps[0]) else None

    def get_group_name(self, resource: Any) -> Any:
        """Its group."""
        return None

    def get_metadata(self, resource: Any) -> Any:
        """Further facts: the name of its table."""
        name = resource.table_name
        return {"dagster/table_name": resource.name if callable(name) else name}

    def get_owners(self, resource: Any) -> Any:
        """Whose it is."""
        return None

    def get_tags(self, resource: Any) -> Any:
        """Its tags."""
        return None

    def get_kinds(self, resource: Any, destination: Any) -> Any:
        """That it is dlt's, and where it goes."""
        return {"dlt", *([destination.destination_name] if destination else [])}


class DagsterDltResource(ConfigurableResource[Any]):
    """Runs dlt, and says which assets it made."""

    def run(
        self,
        context: Any,
        dlt_source: Any = None,
        dlt_pipeline: Any = None,
        dagster_dlt_translator: Any = None,
        **arguments: Any,
    ) -> "DltEvents":
        """The assets made, once they are asked for; what is not given here is what the step has.

        Only the resources of the assets wanted are loaded; `arguments` are those of dlt's own.
        """
        given = context.op.tags
        source = dlt_source or given.get("dagster_dlt/source")
        pipeline = dlt_pipeline or given.get("dagster_dlt/pipeline")
        if source is None or pipeline is None:
            raise StepError("dlt runs with a source and a pipeline")
        translator = dagster_dlt_translator or given.get("dagster_dlt/translator")
        made = load(context, source, pipeline, translator or DagsterDltTranslator(), arguments)
        return DltEvents(made, context, pipeline)


class DltEvents:
    """The assets that dlt made, one after another."""

    def __init__(self, made: Iterator[Any], context: Any, pipeline: Any) -> None:
        """`pipeline` is dlt's."""
        self.made = made
        self.context = context
        self.pipeline = pipeline

    def __iter__(self) -> "DltEvents":
        """Once."""
        return self

    def __next__(self) -> Any:
        """The next asset."""
        return next(self.made)

    def fetch_row_count(self) -> "DltEvents":
        """The same, each with the number of rows that its table has."""
        counted = (self.counted(each) for each in self.made)
        return DltEvents(counted, self.context, self.pipeline)

    def counted(self, result: Any) -> Any:
        """An asset with the rows of its table, or of the partition."""
        destination = self.pipeline.destination
        facts = {"dagster/storage_kind": destination.destination_name} if destination else {}
        if self.context.has_partition_key:
            facts["dagster/partition_row_count"] = result.metadata.get("rows_loaded", 0)
        else:
            table = result.metadata["jobs"][0]["table_name"]
            try:
                with (
                    self.pipeline.sql_client() as client,
                    client.execute_query(f"select count(*) from {table}") as found,
                ):
                    facts["dagster/row_count"] = found.fetchone()[0]
            except Exception as error:
                self.context.log.error("the rows of %s were not counted: %s", table, error)
        result.metadata = {**facts, **result.metadata}
        return result


def load(
    context: Any, source: Any, pipeline: Any, translator: Any, arguments: Mapping[str, Any]
) -> Iterator[MaterializeResult[Any]]:
    """Run dlt, and tell of each of the assets wanted."""
    wanted = {
        translator.get_asset_spec(DltResourceTranslatorData(resource, pipeline)).key: resource
        for resource in source.selected_resources.values()
    }
    if context.is_subset:
        wanted = {key: each for key, each in wanted.items() if key in context.selected_asset_keys}
        source = source.with_resources(*(each.name for each in wanted.values()))
    # What an earlier run left behind would be loaded first, and fail again.
    if pipeline.config.restore_from_destination:
        pipeline.drop()
    else:
        pipeline.drop_pending_packages()
    info = pipeline.run(source, **arguments)
    info.raise_on_failed_jobs()
    facts = showable(info.asdict())
    for key, resource in wanted.items():
        yield MaterializeResult(asset_key=key, metadata=facts_of(resource, facts, pipeline))


def facts_of(resource: Any, facts: Mapping[str, Any], pipeline: Any) -> dict[str, Any]:
    """What is known of the table that a resource was loaded to."""
    schema = pipeline.default_schema
    table = schema.naming.normalize_table_identifier(str(resource.table_name))
    packages = facts.get("load_packages", [])
    rows = pipeline.last_trace.last_normalize_info.row_counts.get(table)
    homes = (
        each.get("schema_name")
        for package in packages
        for each in package.get("tables", [])
        if each.get("name") == table
    )
    home, place = next(filter(None, homes), None), facts.get("destination_name")
    inner = (name for name in schema.data_table_names() if name.startswith(f"{table}__"))
    jobs = (job for package in packages for job in package.get("jobs", []))
    return {
        **{name: columns_of(name, schema) for name in inner},
        **{name: value for name, value in facts.items() if name in SHOWN},
        "jobs": [job for job in jobs if job.get("table_name") == table],
        **({"rows_loaded": rows} if rows else {}),
        "dagster/column_schema": columns_of(table, schema),
        **({"dagster/table_name": f"{place}.{home}.{table}"} if place and home else {}),
        **({"dagster/storage_kind": place} if place else {}),
    }


SHOWN = frozenset(
    {
        "first_run",
        "started_at",
        "finished_at",
        "dataset_name",
        "destination_name",
        "destination_type",
    }
)


def columns_of(table: str, schema: Any) -> TableSchema:
    """The columns of a table; none if dlt does not know them."""
    try:
        found = schema.get_table_columns(table)
    except KeyError:
        return TableSchema([])
    return TableSchema([column_of(each) for each in found.values()])


def column_of(column: Mapping[str, Any]) -> TableColumn:
    """A column as dlt describes it."""
    others = [name for name in column if name not in ("name", "data_type", "nullable", "unique")]
    constraints = TableColumnConstraints(
        nullable=column.get("nullable", True), unique=column.get("unique", False), other=others
    )
    name, kind = column.get("name", ""), column.get("data_type", "string")
    return TableColumn(name, kind, constraints=constraints)


def showable(value: Any) -> Any:
    """The same with text in place of what JSON has none of."""
    if isinstance(value, dict):
        return {key: showable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [showable(each) for each in value]
    return str(value) if isinstance(value, (datetime, tzinfo)) else value
