"""Data frames in DuckDB and pickles in S3: what is asked of their libraries, which are not here."""

import os
import pickle
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import assetgen.runtime as dg


class DataFrame:
    """As much of a data frame as is looked at."""

    def __init__(self, **columns: list) -> None:
        self.columns = columns
        self.empty = not any(columns.values())
        self.dtypes = {name: type(values[0]) for name, values in columns.items() if values}

    def __len__(self) -> int:
        return max(map(len, self.columns.values()), default=0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that a database is asked to execute; it has those tables that were made, and
    in the schema `s` any."""
    statements: list[str] = []

    def execute(statement: str) -> SimpleNamespace:
        if statement.startswith("select 1"):
            return SimpleNamespace(fetchall=lambda: [(1,)] if "= 's'" in statement else [])
        statements.append(statement)
        return SimpleNamespace(fetchdf=lambda: DataFrame(x=[1]))

    connection = SimpleNamespace(execute=execute, close=lambda: statements.append("closed"))
    library = SimpleNamespace(connect=lambda **_: connection, IOException=OSError)
    pandas = ModuleType("pandas")
    pandas.DataFrame = DataFrame  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "duckdb", library)
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    return statements


def run(*assets, manager, **options) -> dg.RunResult:
    return dg.materialize(
        assets, resources={"io_manager": manager}, raise_on_error=False, **options
    )


@pytest.mark.parametrize(
    "manager",
    [
        dg.DuckDBPandasIOManager(database="d.db"),
        dg.duckdb_pandas_io_manager.configured({"database": "d.db"}),
    ],
    ids=["class", "function"],
)
def test_an_asset_is_a_table(manager, asked, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)

    @dg.asset(key_prefix=["raw"])
    def rows():
        return DataFrame(x=[1, 2], y=["a", "b"])

    @dg.asset(
        ins={"rows": dg.AssetIn(key_prefix=["raw"], metadata={"columns": ["y", "x"]})},
        metadata={"schema": "shown"},
    )
    def chosen(rows):
        return DataFrame(n=[])

    @dg.asset
    def nothing():
        return None

    @dg.asset
    def text():
        return "x"

    result = run(rows, chosen, nothing, text, manager=manager)

    assert result.steps("failed") == ["nothing", "text"]
    assert [each for each in asked if each != "closed"] == [
        "create schema if not exists raw",
        "create table if not exists raw.rows as select * from obj limit 0",
        "insert into raw.rows select * from obj",
        "select y, x from raw.rows",
        "create schema if not exists shown",
    ]
    assert asked.count("closed") == 3
    first = next(each for each in result.materializations if each.step == "raw__rows")
    told = {name: fact.value for name, fact in first.metadata.items()}
    assert told["Query"] == "SELECT * FROM raw.rows"
    assert told["dagster/row_count"] == 2
    assert told["dagster/storage_kind"] == "duckdb"
    assert told["dagster/table_name"] == "d.db.raw.rows"
    assert [each.name for each in told["dataframe_columns"].columns] == ["x", "y"]


@pytest.mark.parametrize(
    ("key", "column", "condition"),
    [
        ("2024-01-02", "t", "t >= '2024-01-02 00:00:00' AND t < '2024-01-03 00:00:00'"),
        ("it's", "k", "k in ('it''s')"),
        (
            "2024-01-02|it's",
            {"day": "t", "letter": "k"},
            "t >= '2024-01-02 00:00:00' AND t < '2024-01-03 00:00:00' AND\nk in ('it''s')",
        ),
    ],
)
def test_a_partition_is_told_by_a_column(
    asked, tmp_path, monkeypatch, key, column, condition
) -> None:
    monkeypatch.chdir(tmp_path)
    days = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
    letters = dg.StaticPartitionsDefinition(["a", "it's"])
    both = dg.MultiPartitionsDefinition({"day": days, "letter": letters})
    known = {"2024-01-02": days, "it's": letters}

    @dg.asset(partitions_def=known.get(key, both), metadata={"partition_expr": column})
    def part():
        return DataFrame(x=[1])

    result = run(
        part, manager=dg.DuckDBPandasIOManager(database="d", schema="s"), partition_key=key
    )

    assert result.success
    assert f"delete from s.part WHERE\n{condition}" in asked
    (made,) = result.materializations
    assert made.metadata["dagster/partition_row_count"].value == 1


def test_a_partition_without_a_column_fails(asked, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)

    @dg.asset(partitions_def=dg.StaticPartitionsDefinition(["a"]))
    def part():
        return DataFrame(x=[1])

    manager = dg.DuckDBPandasIOManager(database="d", schema="s")
    assert not run(part, manager=manager, partition_key="a").success
    assert asked == []


@pytest.mark.parametrize("form", ["class", "function", "function that uses a class"])
@pytest.mark.parametrize("service", ["s3", "gcs"])
def test_values_are_objects_in_a_bucket(service, form, tmp_path, monkeypatch) -> None:
    """The names and metadata are those that Dagster's own managers give to the same clients."""
    monkeypatch.chdir(tmp_path)
    objects: dict[tuple[str, str], bytes] = {}

    class NoSuchKey(Exception):
        pass

    def get_object(Bucket: str, Key: str) -> dict:
        if (Bucket, Key) not in objects:
            raise NoSuchKey
        return {"Body": SimpleNamespace(read=lambda: objects[Bucket, Key])}

    client = SimpleNamespace(
        upload_fileobj=lambda file, bucket, key: objects.update({(bucket, key): file.read()}),
        get_object=get_object,
        exceptions=SimpleNamespace(NoSuchKey=NoSuchKey),
    )
    monkeypatch.setattr(dg.S3Resource, "get_client", lambda self: client)

    def blob(key: str) -> SimpleNamespace:
        return SimpleNamespace(
            exists=lambda: ("b", key) in objects,
            upload_from_string=lambda data: objects.update({("b", key): data}),
            download_as_bytes=lambda: objects["b", key],
        )

    buckets = SimpleNamespace(bucket=lambda name: SimpleNamespace(blob=blob))
    monkeypatch.setattr(dg.GCSResource, "get_client", lambda self: buckets)

    @dg.asset(key_prefix="raw")
    def rows():
        return [1]

    @dg.asset(ins={"rows": dg.AssetIn(key_prefix="raw")})
    def total(rows):
        return sum(rows)

    @dg.op
    def one():
        return 1

    @dg.op
    def two(x):
        return x + 1

    @dg.graph_asset
    def composed():
        return two(one())

    @dg.asset
    def nothing():
        return None

    monkeypatch.setenv("BUCKET", "b")
    config = {f"{service}_bucket": {"env": "BUCKET"}, f"{service}_prefix": "p"}
    managers = {
        "s3": dg.S3PickleIOManager(s3_resource=dg.S3Resource(), s3_bucket="b", s3_prefix="p"),
        "gcs": dg.GCSPickleIOManager(gcs=dg.GCSResource(), gcs_bucket="b", gcs_prefix="p"),
    }
    functions = {"s3": dg.s3_pickle_io_manager, "gcs": dg.gcs_pickle_io_manager}
    clients = {
        "function": {"s3": dg.s3_resource, "gcs": dg.gcs_resource},
        "function that uses a class": {"s3": dg.S3Resource(), "gcs": dg.GCSResource()},
    }
    is_class = form == "class"
    manager = managers[service] if is_class else functions[service].configured(config)
    result = dg.materialize(
        [rows, total, composed, nothing],
        resources={"io_manager": manager, **clients.get(form, {})},
    )

    assert result.success
    values = {key: pickle.loads(data) for (_, key), data in objects.items()}
    folder = f"p/storage/{result.run_id}{'/files' if service == 'gcs' else ''}"
    assert values.pop(f"{folder}/composed.one/result") == 1
    assert values == {"p/raw/rows": [1], "p/total": 1, "p/composed": 2, "p/nothing": None}
    said = {
        each.step: {name: fact.value for name, fact in each.metadata.items()}
        for each in result.materializations
    }
    addresses = {
        each: {"uri": f"s3://b/p/{each}"} if service == "s3" else {}
        for each in ("raw/rows", "total", "composed", "nothing")
    }
    assert said == {
        "raw__rows": {"path": "p/raw/rows", **addresses["raw/rows"]},
        "total": {"path": "p/total", **addresses["total"]},
        "composed.two": {"path": "p/composed", **addresses["composed"]},
        "nothing": addresses["nothing"],
    }


def test_a_data_frame_shows_its_columns(asked) -> None:
    frame = DataFrame(x=[1], y=["a"])
    frame.dtypes = {"x": "int64", "y": "object"}
    fact = dg.create_table_schema_metadata_from_dataframe(frame)
    assert fact.kind == "table_schema"
    assert [(each.name, each.type) for each in fact.value.columns] == [
        ("x", "int64"),
        ("y", "object"),
    ]
    with pytest.raises(TypeError, match="list is no data frame"):
        dg.create_table_schema_metadata_from_dataframe([1])


def test_clients_are_made_as_said(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    seen = []

    def client(**arguments) -> str:
        name = "GOOGLE_APPLICATION_CREDENTIALS"
        seen.append(Path(os.environ[name]).read_text())
        return f"{arguments['project']} in {arguments['location']}"

    cloud = ModuleType("google.cloud")
    cloud.bigquery = SimpleNamespace(Client=client)  # type: ignore[attr-defined]
    cloud.storage = SimpleNamespace(Client=lambda project: project)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "google.cloud", cloud)
    slack = ModuleType("slack_sdk.web.client")
    slack.WebClient = lambda token: f"slack {token}"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "slack_sdk.web.client", slack)
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    encoded = "eyJhIjogMX0="

    @dg.asset(required_resource_keys={"gcs", "bigquery"})
    def by_name(context):
        resources = context.resources
        seen.extend((resources.gcs, resources.bigquery))

    @dg.asset
    def by_parameter(slack: dg.SlackResource):
        seen.append(slack.get_client())

    resources = {
        "gcs": dg.GCSResource(project="p"),
        "bigquery": dg.BigQueryResource(project="q", location="eu", gcp_credentials=encoded),
        "slack": dg.SlackResource(token="t"),
    }
    monkeypatch.chdir(tmp_path)
    assert dg.materialize([by_name, by_parameter], resources=resources).success
    assert seen == ['{"a": 1}', "p", "q in eu", "slack t"]
    assert "GOOGLE_APPLICATION_CREDENTIALS" not in os.environ

    @dg.asset(required_resource_keys={"gcs", "bigquery", "slack"})
    def in_the_older_form(context):
        resources = context.resources
        seen.extend((resources.gcs, resources.bigquery, resources.slack))

    seen.clear()
    older = {
        "gcs": dg.gcs_resource.configured({"project": "p"}),
        "bigquery": dg.bigquery_resource.configured(
            {"project": "q", "location": "eu", "gcp_credentials": encoded}
        ),
        "slack": dg.slack_resource,
    }
    config = {"resources": {"slack": {"config": {"token": "t"}}}}
    assert dg.materialize([in_the_older_form], resources=older, run_config=config).success
    assert seen == ['{"a": 1}', "p", "q in eu", "slack t"]


def test_a_connection_to_snowflake_commits_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    connection = SimpleNamespace(
        commit=lambda: seen.append("committed"), close=lambda: seen.append("closed")
    )

    def connect(**arguments) -> object:
        seen.append(arguments)
        return connection

    library = ModuleType("snowflake")
    library.connector = SimpleNamespace(connect=connect)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "snowflake", library)
    monkeypatch.setitem(sys.modules, "snowflake.connector", library.connector)
    extra = {"session_parameters": {"QUERY_TAG": "x"}}
    resource = dg.SnowflakeResource(
        account="a", user="u", schema="s", additional_snowflake_connection_args=extra
    )
    with resource.get_connection() as given:
        assert given is connection
    assert seen == [{"account": "a", "user": "u", "schema": "s", **extra}, "committed", "closed"]
    with dg.SnowflakeResource(user="u", autocommit=True).get_connection():
        pass
    assert seen[3:] == [{"user": "u", "autocommit": True}, "closed"]
    odd = dg.SnowflakeResource(user="u", connector="sqlalchemy")
    with pytest.raises(dg.StepError, match="without sqlalchemy"), odd.get_connection():
        pass
