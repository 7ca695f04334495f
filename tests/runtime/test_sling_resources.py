"""What is asked of Sling, which is not here, and what is told of the assets that it replicates.

That all of it is what Dagster's own resource asks and tells was seen by running both with the
same stand-in for Sling.
"""

import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import assetgen.runtime as dg
from assetgen.runtime.integrations.sling_resources import streams_of, with_defaults
from assetgen.runtime.model.asset_keys import op_name
from assetgen.runtime.model.declarations import AssetOutput, Pipeline, Step
from assetgen.runtime.runs.run_result import RunResult, execute
from assetgen.runtime.storage.storage import MemoryStorage

REPLICATION = {
    "source": "SHOP",
    "target": "LAKE",
    "defaults": {"mode": "full-refresh", "meta": {"dagster": {"group": "raw", "deps": ["up"]}}},
    "streams": {
        "public.orders": None,
        "public.Old Parts": {"object": "main.parts", "meta": {"dagster": {"deps": ["x.y"]}}},
        "public.off": {"disabled": True},
        "public.keyed": {"meta": {"dagster": {"asset_key": "own.key"}}},
    },
}
CLI = """#!{python}
import json, sys
columns = {{"fields": ["Column", "General Type"], "rows": [["ID", "bigint"], ["_sling_at", "t"]]}}
counted = {{"fields": ["ct"], "rows": [[7]]}}
print(json.dumps(columns if "discover" in sys.argv else counted))
"""


class Prefixed(dg.DagsterSlingTranslator):
    """Has assets of its own names."""

    def get_asset_key(self, stream_definition: Any) -> dg.AssetKey:
        return super().get_asset_key(stream_definition).with_prefix("own")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The replications that Sling was run with, and its connections."""
    command = tmp_path / "sling"
    command.write_text(CLI.format(python=sys.executable))
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    seen: list[Any] = []

    def noted(file: str, env: Any) -> list[str]:
        replication = json.loads(Path(file).read_text())
        seen.append((list(replication["streams"]), json.loads(env["SHOP"])))
        return list(replication["streams"])

    def run(cmd: str, temp_file: str, return_output: bool, env: Any) -> str:
        assert cmd.startswith(f"{command} run ") and cmd.endswith(temp_file)
        lines = []
        for name in noted(temp_file, env):
            table = name.replace("public.", "")
            lines += [f"1:04PM INF running stream {name}"]
            lines += [f'\x1b[32minserted 3 rows into "main"."{table}" in 1 secs\x1b[0m', ""]
        return "\n".join(lines)

    def line_by_line(cmd: str, env: Any) -> Iterator[str]:
        for name in noted(cmd.split()[-1], env):
            yield f"1:04PM INF  running stream {name}"
            yield "1:04PM INF writing to target database [mode: x]"
            yield "1:04PM INF inserted 3 rows into main.t in 1 secs"
            yield "1:04PM INF execution succeeded"

    library: Any = ModuleType("sling")
    library.SLING_BIN, library.JsonEncoder = str(command), json.JSONEncoder
    library._run, library._exec_cmd = run, line_by_line
    monkeypatch.setitem(sys.modules, "sling", library)
    monkeypatch.setenv("SHOP_URL", "postgres://shop")
    return seen


def ran(function: Any, translator: Any = None, *, chosen: str = "", **given: Any) -> RunResult:
    known = translator or dg.DagsterSlingTranslator()
    streams = [with_defaults(each, REPLICATION) for each in streams_of(REPLICATION)]
    specs = [known.get_asset_spec(each) for each in streams]
    outputs = tuple(
        AssetOutput(
            spec.key.parts,
            name=op_name(spec.key.parts),
            nothing=True,
            required=False,
            deps=tuple(each.key for each in spec.deps),
        )
        for spec in specs
    )
    tags = {"dagster_sling/replication": REPLICATION}
    if translator is not None:
        tags["dagster_sling/translator"] = translator
    step = Step(
        "copied",
        function,
        context=True,
        resources=("sling",),
        outputs=outputs,
        tags=tags,
        can_subset=True,
    )
    connections = [
        dg.SlingConnectionResource(
            name="SHOP", type="postgres", connection_string=dg.EnvVar("SHOP_URL")
        ),
        dg.SlingConnectionResource(name="LAKE", type="duckdb", instance="lake.db"),
    ]
    pipeline = Pipeline("p", (step,), {"sling": dg.SlingResource(connections=connections)})
    wanted = {"copied": frozenset({chosen})} if chosen else None
    return execute(pipeline, MemoryStorage(), chosen=wanted, **given)


def told(result: RunResult) -> dict[str, dict[str, Any]]:
    return {
        "/".join(each.key): {name: fact.value for name, fact in each.metadata.items()}
        for each in result.materializations
    }


def test_each_stream_is_an_asset(asked: list[Any]) -> None:
    def copied(context: Any, sling: Any) -> Iterator[Any]:
        yield from sling.replicate(context=context)

    found = told(ran(copied))

    shop = {"name": "SHOP", "type": "postgres", "url": "postgres://shop"}
    assert asked == [(["public.orders", "public.Old Parts", "public.keyed"], shop)]
    assert list(found) == ["target/public/orders", "target/main/parts", "own/key"]
    facts = found["target/main/parts"]
    assert facts.pop("elapsed_time") >= 0
    assert facts == {
        "stream_name": "public.Old Parts",
        "dagster/table_name": "LAKE.main.parts",
        "dagster/storage_kind": "LAKE",
    }


def test_only_the_streams_of_the_chosen_assets_are_replicated(asked: list[Any]) -> None:
    def copied(context: Any, sling: Any) -> Iterator[Any]:
        yield from sling.replicate(context=context)

    found = told(ran(copied, Prefixed(), chosen="own__target__main__parts"))

    assert list(found) == ["own/target/main/parts"]
    assert [streams for streams, _ in asked] == [["public.Old Parts"]]


def test_configured_runs_replicate_what_their_configuration_names(asked: list[Any]) -> None:
    def copied(context: Any, sling: Any) -> Iterator[Any]:
        yield from sling.replicate(context=context)

    config = {"ops": {"copied": {"config": {"context_streams": {"public.orders": None}}}}}
    assert list(told(ran(copied, config=config))) == ["target/public/orders"]


def test_tables_are_looked_at(asked: list[Any]) -> None:
    def copied(context: Any, sling: Any) -> Iterator[Any]:
        yield from sling.replicate(context=context).fetch_column_metadata().fetch_row_count()
        assert "running stream public.orders" in sling.stream_raw_logs()

    result = ran(copied)

    assert result.success
    facts = told(result)["target/main/parts"]
    assert facts["dagster/row_count"] == 7
    columns = facts["dagster/column_schema"].columns
    assert [(each.name, each.type) for each in columns] == [("id", "bigint"), ("_sling_at", "t")]
    lineage = facts["dagster/column_lineage"].deps_by_column
    assert [(each.asset_key.path, each.column_name) for each in lineage["id"]] == [
        (["x", "y"], "id")
    ]
    assert lineage.keys() == {"id"}


def test_streams_are_told_one_by_one(asked: list[Any]) -> None:
    def copied(context: Any, sling: Any) -> Iterator[Any]:
        yield from sling.replicate(context=context, stream=True)

    found = told(ran(copied))

    facts = found["own/key"]
    assert facts.pop("elapsed_time") >= 0
    assert facts == {
        "row_count": "3",
        "destination_table": "main.t",
        "stream_name": "public.keyed",
    }


def test_keys_are_checked() -> None:
    stream = {"name": "a", "config": {"meta": {"dagster": {"asset_key": "A b"}}}}
    with pytest.raises(ValueError, match="A b"):
        dg.DagsterSlingTranslator().get_asset_spec(stream)
