"""What is asked of dlt, which is not here, and what is told of the assets that it loads.

That the metadata are those of Dagster's own resource was seen by running both with dlt.
"""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest

import assetgen.runtime as dg
from assetgen.runtime.execution.execution import run_pipeline
from assetgen.runtime.model.declarations import AssetOutput, Pipeline, Step
from assetgen.runtime.model.events import Materialized, StepFailed
from assetgen.runtime.storage.storage import FileStorage

COLUMNS = {
    "orders": {
        "id": {"name": "id", "data_type": "bigint", "nullable": False, "primary_key": True},
        "at": {"name": "at", "data_type": "timestamp"},
    },
    "orders__parts": {"a": {"name": "a"}},
}


class Source:
    """As much of a source of dlt's as is looked at."""

    def __init__(self, *names: str) -> None:
        self.selected_resources = {name: resource(name) for name in names}

    def with_resources(self, *names: str) -> "Source":
        return Source(*names)


def resource(name: str) -> SimpleNamespace:
    def rows():
        """Where they come from."""

    pipe = SimpleNamespace(steps=[rows], has_parent=False, name=name)
    return SimpleNamespace(
        name=name, source_name="shop", table_name=name.title(), is_transformer=False, _pipe=pipe
    )


class Loader:
    """As much of a pipeline of dlt's; what it is asked is noted in `seen`."""

    def __init__(self, restores: bool = True) -> None:
        self.seen: list[object] = []
        self.config = SimpleNamespace(restore_from_destination=restores)
        self.destination = SimpleNamespace(destination_name="duckdb")
        self.default_schema = SimpleNamespace(
            naming=SimpleNamespace(normalize_table_identifier=str.lower),
            data_table_names=lambda: list(COLUMNS),
            get_table_columns=lambda name: COLUMNS[name],
        )
        counts = SimpleNamespace(row_counts={"orders": 2})
        self.last_trace = SimpleNamespace(last_normalize_info=counts)

    def drop(self) -> None:
        self.seen.append("dropped")

    def drop_pending_packages(self) -> None:
        self.seen.append("dropped what was pending")

    def run(self, source: Source, **arguments: object) -> SimpleNamespace:
        self.seen += [tuple(source.selected_resources), arguments]
        packages = [
            {
                "tables": [{"name": "orders", "schema_name": "shop"}],
                "jobs": [{"table_name": "orders"}, {"table_name": "other"}],
            }
        ]
        facts = {"destination_name": "duckdb", "first_run": True, "load_packages": packages}
        return SimpleNamespace(raise_on_failed_jobs=lambda: None, asdict=lambda: facts)

    @contextmanager
    def sql_client(self):
        @contextmanager
        def execute_query(text: str):
            self.seen.append(text)
            yield SimpleNamespace(fetchone=lambda: (7,))

        yield SimpleNamespace(execute_query=execute_query)


def ran(function, tags, tmp_path, *keys: str, chosen=None) -> list:
    events: list = []
    step = Step(
        "loaded",
        function,
        context=True,
        can_subset=True,
        resources=("dlt",),
        outputs=tuple(AssetOutput(key, name=key, nothing=True) for key in keys),
        tags=tags,
    )
    pipeline = Pipeline("p", (step,), resources={"dlt": dg.DagsterDltResource()})
    storage = FileStorage(str(tmp_path))
    run_pipeline(pipeline, storage, observer=events.append, chosen=chosen)
    return events


def test_each_resource_is_an_asset(tmp_path) -> None:
    loader = Loader()

    def loaded(context, dlt):
        yield from dlt.run(context=context, write_disposition="append").fetch_row_count()

    tags = {"dagster_dlt/source": Source("orders"), "dagster_dlt/pipeline": loader}
    events = ran(loaded, tags, tmp_path, "dlt_shop_orders")
    (made,) = [each for each in events if isinstance(each, Materialized)]
    said = {name: fact.value for name, fact in made.metadata.items()}
    columns = said.pop("dagster/column_schema").columns
    assert [(each.name, each.type, each.constraints.nullable) for each in columns] == [
        ("id", "bigint", False),
        ("at", "timestamp", True),
    ]
    assert columns[0].constraints.other == ["primary_key"]
    assert [each.type for each in said.pop("orders__parts").columns] == ["string"]
    assert said == {
        "dagster/storage_kind": "duckdb",
        "dagster/table_name": "duckdb.shop.orders",
        "dagster/row_count": 7,
        "destination_name": "duckdb",
        "first_run": True,
        "jobs": [{"table_name": "orders"}],
        "rows_loaded": 2,
    }
    assert loader.seen == [
        "dropped",
        ("orders",),
        {"write_disposition": "append"},
        "select count(*) from orders",
    ]


def test_only_what_is_wanted_is_loaded(tmp_path) -> None:
    loader = Loader(restores=False)

    class Named(dg.DagsterDltTranslator):
        def get_asset_spec(self, data):
            spec = super().get_asset_spec(data)
            assert spec.description == "Where they come from."
            assert [each.key for each in spec.deps] == [(f"shop_{data.resource.name}",)]
            return spec.replace_attributes(key=data.resource.name, deps=["given"])

    def loaded(context, dlt):
        yield from dlt.run(context, dlt_source=Source("orders", "people"), dlt_pipeline=loader)

    chosen = {"loaded": frozenset({"people"})}
    tags = {"dagster_dlt/translator": Named()}
    events = ran(loaded, tags, tmp_path, "orders", "people", chosen=chosen)
    assert [each.key for each in events if isinstance(each, Materialized)] == [("people",)]
    assert loader.seen == ["dropped what was pending", ("people",), {}]


def test_without_a_source_there_is_nothing_to_run(tmp_path) -> None:
    def loaded(context, dlt):
        yield from dlt.run(context)

    (failed,) = [each for each in ran(loaded, {}, tmp_path, "a") if isinstance(each, StepFailed)]
    assert "a source and a pipeline" in str(failed.error)


@pytest.mark.parametrize("attribute", ["tags", "metadata"])
def test_attributes_of_a_spec_are_merged(attribute: str) -> None:
    spec = dg.AssetSpec("a", owners=["x"], **{attribute: {"a": "1"}})
    merged = spec.merge_attributes(**{attribute: {"b": "2"}, "owners": ["y"]})
    assert getattr(merged, attribute) == {"a": "1", "b": "2"}
    assert (*merged.owners,) == ("x", "y")
    assert spec.replace_attributes(group_name="g").key == spec.key
