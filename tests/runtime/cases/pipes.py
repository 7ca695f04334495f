"""Steps that are other programs, which report by pipes."""

import sys
import textwrap

import dagster as dg

SEEN = []

PROGRAM = textwrap.dedent(
    """
    import sys
    from dagster_pipes import open_dagster_pipes

    with open_dagster_pipes() as pipes:
        if "fail" in sys.argv:
            sys.exit(3)
        for word in sys.argv[1:]:
            if word.startswith("check:"):
                pipes.report_asset_check(
                    word[6:], passed=False, severity="WARN", asset_key=pipes.asset_keys[0],
                    metadata={"n": {"raw_value": "a/b", "type": "asset"}},
                )
        if "tell" in sys.argv:
            pipes.report_asset_materialization(
                asset_key=pipes.asset_keys[0],
                metadata={
                    "told": {"raw_value": "# x", "type": "md"},
                    "n": 3,
                    "extras": str(pipes.extras),
                    "keys": str(pipes.asset_keys),
                    "code": str(sorted(pipes.code_version_by_asset_key.items())),
                    "partition": pipes.is_partition_step and pipes.partition_key,
                    "window": str(
                        pipes.is_partition_step and pipes.partition_time_window
                        and pipes.partition_time_window["start"]
                    ),
                    "retry": pipes.retry_number,
                },
                data_version="v1",
            )
        pipes.report_custom_message({"words": sys.argv[1:]})
    """
)


def command(*words):
    return [sys.executable, "-c", PROGRAM, *words]


@dg.asset(code_version="c1", check_specs=[dg.AssetCheckSpec("few", asset=["deep", "told"])],
          key=["deep", "told"])  # fmt: skip
def told(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
    done = pipes.run(command=command("tell", "check:few"), context=context, extras={"e": [1]})
    SEEN.append(done.get_custom_messages())
    return done.get_materialize_result()


@dg.asset
def silent(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
    yield from pipes.run(command=command(), context=context).get_results()


@dg.asset
def unsaid(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
    done = pipes.run(command=command(), context=context)
    return done.get_materialize_result(implicit_materialization=False)


@dg.asset
def fails(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
    return pipes.run(command=command("fail"), context=context).get_materialize_result()


@dg.multi_asset(specs=[dg.AssetSpec("one"), dg.AssetSpec("two")])
def several(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
    yield from pipes.run(command=command("tell"), context=context).get_results()


@dg.multi_asset(specs=[dg.AssetSpec("three"), dg.AssetSpec("four")])
def too_many(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
    return pipes.run(command=command("tell"), context=context).get_materialize_result()


@dg.asset_check(asset=silent, name="apart")
def apart(context: dg.AssetCheckExecutionContext, pipes: dg.PipesSubprocessClient):
    SEEN.append(pipes.cwd)
    return dg.AssetCheckResult(passed=True)


@dg.asset(partitions_def=dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-03"))
def daily(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
    done = pipes.run(command=command("tell"), context=context)
    return done.get_materialize_result()


ASSETS = [told, silent, unsaid, fails, several, too_many, apart, daily]
RESOURCES = {"pipes": dg.PipesSubprocessClient(env={"A": "b"})}
RUNS = [
    {"selection": [told, silent, unsaid, fails, several, too_many]},
    {"partition_key": "2024-01-02", "selection": [daily]},
]
