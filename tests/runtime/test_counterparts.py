"""Small things beside the decorators do what they do in Dagster."""

from __future__ import annotations

import sys
import time
from types import SimpleNamespace

import dagster
import pytest
from dagster._core.definitions.observe import observe
from dagster._utils.backoff import backoff as backoff_by_dagster
from dagster._utils.cached_method import cached_method as cached_by_dagster

import assetgen.runtime
from assetgen.runtime import backoff
from assetgen.runtime.definitions.observations import DataVersionsByPartition, ObservedSource
from assetgen.runtime.execution.execution import run_pipeline
from assetgen.runtime.model.events import Observed
from assetgen.runtime.storage.storage import FileStorage


class Inner(assetgen.runtime.ConfigurableResource):
    name: str


class Outer(assetgen.runtime.ConfigurableResource):
    inner: assetgen.runtime.ResourceDependency[Inner]


@pytest.mark.parametrize("failures", [0, 1, 4, 5, 9])
def test_backoff_pauses_and_gives_up_as_dagster_does(
    failures: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [attempts(each, failures, monkeypatch) for each in (backoff, backoff_by_dagster)]
    assert told[0] == told[1]


def attempts(function, failures, monkeypatch):
    pauses, calls = [], []
    monkeypatch.setattr(time, "sleep", pauses.append)

    def fails(number, *, word):
        calls.append((number, word))
        if len(calls) <= failures:
            raise OSError(len(calls))
        return "done"

    try:
        result = function(fails, (OSError,), args=[1], kwargs={"word": "w"})
    except OSError as error:
        result = repr(error)
    return result, calls, pauses


def test_other_exceptions_are_not_waited_for() -> None:
    with pytest.raises(KeyError):
        backoff({}.__getitem__, (OSError,), args=["missing"])


@pytest.mark.parametrize("place", ["data/x.csv", "../up.csv", "."])
def test_a_path_relative_to_a_file(place: str) -> None:
    ours = assetgen.runtime.file_relative_path(__file__, place)
    assert ours == dagster.file_relative_path(__file__, place)


@pytest.mark.parametrize("api", [dagster, assetgen.runtime], ids=["dagster", "runtime"])
def test_conditions_can_be_put_together(api) -> None:
    condition = api.AutomationCondition
    assert condition.eager().with_label("early") is not None
    assert (condition.on_cron("@daily") & ~condition.in_progress() | condition.missing()).since(
        condition.newly_updated()
    )
    assert api.BackfillPolicy.single_run() is not None
    assert isinstance(condition.eager(), condition)


def test_a_database_waits_for_its_file_and_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    closed, calls = [], []

    def connect(**arguments):
        calls.append(arguments)
        if len(calls) < 3:
            raise OSError("locked")
        return SimpleNamespace(close=lambda: closed.append(True))

    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setitem(
        sys.modules, "duckdb", SimpleNamespace(connect=connect, IOException=OSError)
    )
    database = assetgen.runtime.DuckDBResource(database="x.db", connection_config={"threads": 2})
    with database.get_connection():
        assert not closed
    assert closed
    assert calls == [{"database": "x.db", "read_only": False, "config": {"threads": 2}}] * 3


def test_a_client_of_s3_is_made_as_said_and_shown_to_contexts(monkeypatch, tmp_path) -> None:
    made = []

    class Session:
        def __init__(self, **arguments):
            made.append(arguments)

        def client(self, *names, **arguments):
            made.append((names, arguments))
            return f"client in {arguments['region_name']}"

    def settings(**arguments):
        return arguments

    library = SimpleNamespace(session=SimpleNamespace(Session=Session))
    monkeypatch.setitem(sys.modules, "boto3", library)
    configs = SimpleNamespace(Config=settings)
    botocore = SimpleNamespace(UNSIGNED="unsigned", config=configs)
    monkeypatch.setitem(sys.modules, "botocore", botocore)
    monkeypatch.setitem(sys.modules, "botocore.config", configs)
    seen = []

    @assetgen.runtime.asset(required_resource_keys={"s3"})
    def by_name(context):
        seen.append(context.resources.s3)

    @assetgen.runtime.asset
    def by_parameter(s3: assetgen.runtime.S3Resource):
        seen.append(type(s3))

    bucket = assetgen.runtime.S3Resource(region_name="eu", use_unsigned_session=True)
    monkeypatch.chdir(tmp_path)
    assert assetgen.runtime.materialize([by_name, by_parameter], resources={"s3": bucket}).success
    assert seen == ["client in eu", assetgen.runtime.S3Resource]
    assert made[0] == {"profile_name": None}
    assert made[1][1]["verify"] is True
    assert made[1][1]["config"] == {
        "retries": {"max_attempts": 5, "mode": "standard"},
        "signature_version": "unsigned",
    }


def test_a_resource_that_depends_on_another() -> None:
    assert Outer(inner=Inner(name="a")).inner.name == "a"


def test_versions_of_partitions_are_told_one_by_one(tmp_path) -> None:
    def versions(api):
        return api({"a": "one", "b": "two"})

    @dagster.observable_source_asset(partitions_def=dagster.StaticPartitionsDefinition(["a", "b"]))
    def source():
        return versions(dagster.DataVersionsByPartition)

    told = [
        (seen.partition, seen.metadata, seen.tags)
        for event in observe([source]).all_node_events
        if event.event_type_value == "ASSET_OBSERVATION"
        for seen in [event.event_specific_data.asset_observation]
    ]
    step = assetgen.runtime.Step(
        "source", lambda: versions(DataVersionsByPartition), outputs=(ObservedSource("source"),)
    )
    events: list = []
    pipeline = assetgen.runtime.Pipeline("p", (step,))
    run_pipeline(pipeline, FileStorage(str(tmp_path)), observer=events.append)
    seen = [each for each in events if isinstance(each, Observed)]
    assert [(each.partition, each.metadata, each.tags) for each in seen] == told


def test_configuration_in_files(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("ops: {x: {config: {at: 2024-01-02, n: 1}}}\n")
    (tmp_path / "b.yaml").write_text("ops: {x: {config: {n: 2.5}}, y: {config: {on: yes}}}\n")
    (tmp_path / "none.yaml").write_text("")
    texts = ["a: {b: 1, c: [1]}\n", "a: {c: 2020-01-01 10:00:00}\n"]
    for files in ([], None, ["a.yaml"], ["a.yaml", "b.yaml"], ["b.yaml", "a.yaml"], ["none.*"]):
        told = assetgen.runtime.config_from_files(files)
        assert told == dagster.config_from_files(files)
    assert assetgen.runtime.config_from_yaml_strings(texts) == dagster.config_from_yaml_strings(
        texts
    )
    for library in (dagster, assetgen.runtime):
        with pytest.raises(library.DagsterInvariantViolationError):
            library.config_from_files(["missing*.yaml"])
    assert assetgen.runtime.MAX_RUNTIME_SECONDS_TAG == dagster.MAX_RUNTIME_SECONDS_TAG


class Counter:
    """Something with attributes of its own."""

    def __init__(self) -> None:
        self.calls: list[tuple] = []

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counter)

    __hash__ = None  # type: ignore[assignment]

    def add(self, a: int, b: int = 2, *, c: int = 3) -> int:
        self.calls.append((a, b, c))
        return a + b + c


@pytest.mark.parametrize("decorate", [assetgen.runtime.cached_method, cached_by_dagster])
def test_methods_are_called_once_for_the_same_arguments(decorate) -> None:
    cached = type("Cached", (Counter,), {"add": decorate(Counter.add)})
    one, two = cached(), cached()
    told = [one.add(1), one.add(a=1), one.add(1, 2), one.add(1, b=2), one.add(1, c=4), two.add(1)]
    assert told == [6, 6, 6, 6, 7, 6]
    assert one.calls == [(1, 2, 3), (1, 2, 3), (1, 2, 4)]
    assert two.calls == [(1, 2, 3)]
