"""Small things beside the decorators do what they do in Dagster."""

from __future__ import annotations

import sys
import time
from types import SimpleNamespace

import dagster
import pytest
from dagster._utils.backoff import backoff as backoff_by_dagster

import assetgen.runtime
from assetgen.runtime import backoff


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


def test_a_resource_that_depends_on_another() -> None:
    assert Outer(inner=Inner(name="a")).inner.name == "a"
