"""dlt sources and Sling replications."""

from pathlib import Path

import dagster as dg
import dlt
from dagster_dlt import DagsterDltResource, DagsterDltTranslator, dlt_assets
from dagster_dlt.translator import DltResourceTranslatorData
from dagster_sling import DagsterSlingTranslator, SlingResource, sling_assets
from dlt.sources.rest_api import rest_api_source
from dlt.sources.sql_database import sql_database


@dlt.source(name="crm")
def crm_source(tables=("people", "firms")):
    for table in tables:
        yield dlt.resource([{"id": 1}], name=table, table_name=f"crm_{table}")

    @dlt.resource(selected=False)
    def accounts():
        """Not loaded by itself."""
        yield {"id": 1}

    @dlt.transformer
    def balances(account):
        """What there is on each account."""
        yield account

    yield accounts
    yield accounts | balances
    yield (accounts | balances).with_name("balances_again").add_map(lambda row: row)


@dlt.source
def files(path="here"):
    def rows():
        yield path

    return rows


class Translator(DagsterDltTranslator):
    def get_asset_spec(self, data: DltResourceTranslatorData) -> dg.AssetSpec:
        spec = super().get_asset_spec(data)
        return spec.replace_attributes(
            key=spec.key.with_prefix(data.pipeline.dataset_name),
            deps=[*spec.deps, "upstream"],
            tags={"destination": data.destination.destination_name},
        )


class OldTranslator(DagsterDltTranslator):
    def get_asset_key(self, resource):
        return dg.AssetKey(["rest", resource.source_name, resource.name])

    def get_owners(self, resource):
        return ["team:apis"]


@dlt_assets(
    dlt_source=crm_source(),
    dlt_pipeline=dlt.pipeline("crm", destination="duckdb", dataset_name="crm_data"),
    group_name="crm",
)
def crm(context, dlt: DagsterDltResource):
    yield from dlt.run(context=context)


@dlt_assets(
    dlt_source=files("there"),
    dlt_pipeline=dlt.pipeline(
        "files", destination=dlt.destinations.filesystem("bucket"), dataset_name="lake"
    ),
    dagster_dlt_translator=Translator(),
    partitions_def=dg.DailyPartitionsDefinition("2024-01-01"),
)
def loaded_files(context, dlt: DagsterDltResource):
    yield from dlt.run(context=context)


@dlt_assets(
    dlt_source=rest_api_source(
        {
            "client": {"base_url": "https://example.com"},
            "resources": ["posts", {"name": "comments", "endpoint": "comments"}],
        }
    ),
    dlt_pipeline=dlt.pipeline("rest", destination="duckdb"),
    dagster_dlt_translator=OldTranslator(),
    name="rest",
)
def rest(context, dlt: DagsterDltResource):
    yield from dlt.run(context=context)


@sling_assets(replication_config=Path(__file__).parent / "replication.yaml")
def replicated(context, sling: SlingResource):
    yield from sling.replicate(context=context)


class Streams(DagsterSlingTranslator):
    def __init__(self):
        super().__init__(target_prefix="warehouse")

    def get_group_name(self, stream_definition):
        return stream_definition["name"].split(".")[0]

    def get_kinds(self, stream_definition):
        return {"sling", "postgres"}


@sling_assets(
    replication_config={
        "source": "A",
        "target": "B",
        "streams": {"sales.Orders 2024": None, "sales.lines": {"object": "dw.order-lines"}},
    },
    dagster_sling_translator=Streams(),
    name="copied",
)
def copied(context, sling: SlingResource):
    yield from sling.replicate(context=context)


class SpecStreams(DagsterSlingTranslator):
    def get_asset_spec(self, stream_definition):
        spec = super().get_asset_spec(stream_definition)
        return spec.replace_attributes(key=spec.key.with_prefix("x"), owners=["team:sling"])


@sling_assets(
    replication_config={"streams": {"file:///tmp/a.csv": {"object": "main.a"}}},
    dagster_sling_translator=SpecStreams("y"),
)
def from_files(context, sling: SlingResource):
    yield from sling.replicate(context=context)


def labelled(resource, labels):
    resource.labels = labels
    return resource


class Labels(DagsterDltTranslator):
    def get_asset_spec(self, data: DltResourceTranslatorData) -> dg.AssetSpec:
        return super().get_asset_spec(data).replace_attributes(tags=data.resource.labels)


@dlt.source
def shops():
    yield labelled(dlt.resource([{"id": 1}], name="shop"), {"team": "web"})


@dlt_assets(
    dlt_source=shops(),
    dlt_pipeline=dlt.pipeline("shops", destination="duckdb"),
    dagster_dlt_translator=Labels(),
)
def all_shops(context, dlt: DagsterDltResource):
    yield from dlt.run(context=context)


class Tables(DagsterDltTranslator):
    def get_asset_spec(self, data: DltResourceTranslatorData) -> dg.AssetSpec:
        given = data.resource.explicit_args
        key = dg.AssetKey(["sql", given["schema"], given["table"]])
        return super().get_asset_spec(data).replace_attributes(key=key)


@dlt_assets(
    dlt_source=sql_database.with_args(name="ledger", parallelized=True)(
        credentials="sqlite:///ledger.db",
        schema="books",
        table_names=["lines"],
        defer_table_reflect=True,
    ),
    dlt_pipeline=dlt.pipeline("ledger", destination="duckdb"),
    dagster_dlt_translator=Tables(),
)
def ledger(context, dlt: DagsterDltResource):
    yield from dlt.run(context=context)


defs = dg.Definitions(
    assets=[crm, loaded_files, rest, replicated, copied, from_files, all_shops, ledger],
    resources={"dlt": DagsterDltResource(), "sling": SlingResource(connections=[])},
)
