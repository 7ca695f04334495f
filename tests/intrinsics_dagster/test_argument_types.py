"""What is told of the types of arguments, held against what Dagster refuses."""

import warnings
from inspect import signature
from operator import attrgetter
from pathlib import Path

import dagster as dg
import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.intrinsics.dagster.expected.checked_calls import CALLS, METADATA_VALUES
from assetgen.analyzer.intrinsics.dagster.expected.expected_types import expected_of

HEADER = """\
import datetime
import pathlib
import dagster as dg


class Conf(dg.Config):
    rows: int = 1


def plain(): ...


@dg.asset
def an_asset(): ...


@dg.op
def an_op(): ...


def body(context): ...


def graph(): return an_op()

"""
SAMPLES = (
    *("'text'", "5", "1.5", "True", "['text']", "('text',)", "{'text'}", "{'text': 'text'}", "[5]"),
    *("''", "0", "False", "[]", "()", "{}", "set()"),
    *("plain", "datetime.timedelta(hours=1)", "datetime.date(2024, 1, 1)", "an_asset", "an_op"),
    *("dg.AssetKey('text')", "dg.AssetSpec('text')", "dg.AssetIn()", "dg.In()", "dg.Out()"),
    *("dg.StaticPartitionsDefinition(['a'])", "dg.RetryPolicy()"),
    *("dg.TableSchema([])", "dg.TableColumn('c')", "[dg.TableColumn('c')]", "Conf()"),
    *("dg.TableColumnConstraints()", "datetime.datetime(2024, 1, 1)", "pathlib.Path('p')"),
    "{'a': [dg.TableColumnDep('a', 'b')]}",
    *("dg.AutomationCondition.eager()", "dg.AutoMaterializePolicy.eager()", "dg.BackfillPolicy"),
    *("dg.BackfillPolicy.single_run()", "dg.AutomationCondition.eager", "dg.AssetSelection.all()"),
)
TEMPLATES = {
    "AssetOut": "dg.multi_asset(outs={{'o': dg.AssetOut({})}})(body)",
    "asset": "dg.asset({})(body)",
    "multi_asset": "dg.multi_asset({})(body)",
    "graph_asset": "dg.graph_asset({})(graph)",
    "op": "dg.op({})(body)",
    "asset_check": "dg.asset_check({})(plain)",
    "multi_asset_check": "dg.multi_asset_check({})(plain)",
    "observable_source_asset": "dg.observable_source_asset({})(body)",
    "schedule": "dg.schedule({})(body)",
    "sensor": "dg.sensor({})(body)",
    "run_status_sensor": "dg.run_status_sensor({})(body)",
    "multi_asset_sensor": "dg.multi_asset_sensor({})(body)",
    **{
        f"OpDefinition.{name}": f"an_op.{name}({{}})"
        for name in ("tag", "with_hooks", "with_retry_policy")
    },
    **{
        f"AssetSelection.{name}": f"dg.AssetSelection.all().{name}({{}})"
        for name in ("upstream", "downstream")
    },
    "GraphDefinition.to_job": "dg.graph(graph).to_job({})",
    **{
        name: f"dg.{name}({{}})(body)"
        for name in ("graph", "resource", "io_manager", "logger", "success_hook")
    },
}
NEEDS = {
    "multi_asset": {"specs": "[dg.AssetSpec('a')]"},
    "asset_check": {"asset": "'zz'"},
    "multi_asset_check": {"specs": "[dg.AssetCheckSpec('c', asset='f')]"},
    "schedule": {"cron_schedule": "'@daily'", "job_name": "'j'"},
    "sensor": {"job_name": "'j'"},
    "run_status_sensor": {"run_status": "dg.DagsterRunStatus.SUCCESS"},
    "multi_asset_sensor": {"monitored_assets": "[dg.AssetKey('a')]", "job_name": "'j'"},
    "AssetSpec": {"key": "'k'"},
    "AssetDep": {"asset": "'k'"},
    "AssetCheckSpec": {"name": "'n'", "asset": "'k'"},
    "SourceAsset": {"key": "'k'"},
    "define_asset_job": {"name": "'n'"},
    "ScheduleDefinition": {"name": "'n'", "cron_schedule": "'@daily'", "job_name": "'j'"},
    "AutomationConditionSensorDefinition": {"name": "'n'", "target": "'*'"},
    "StaticPartitionsDefinition": {"partition_keys": "['a']"},
    "DailyPartitionsDefinition": {"start_date": "'2024-01-01'"},
    "DimensionPartitionMapping": {
        "dimension_name": "'a'",
        "partition_mapping": "dg.AllPartitionMapping()",
    },
    "build_last_update_freshness_checks": {
        "assets": "['k']",
        "lower_bound_delta": "datetime.timedelta(hours=1)",
    },
    "build_metadata_bounds_checks": {
        "assets": "['k']",
        "metadata_key": "'m'",
        "min_value": "1",
    },
    **{name: {} for name in ("Definitions", "AssetIn", "AssetOut", "In", "Out", "RetryPolicy")},
    **{name: {} for name in ("asset", "graph_asset", "op", "observable_source_asset")},
    "TimeWindowPartitionMapping": {},
    **{name: {} for name in ("RunConfig", "graph", "resource", "io_manager", "logger")},
    "success_hook": {},
    "AutomationCondition.in_latest_time_window": {},
    "BackfillPolicy.multi_run": {},
    "AutomationCondition.on_cron": {"cron_schedule": "'@daily'"},
    "AutomationCondition.any_deps_match": {"condition": "dg.AutomationCondition.missing()"},
    "AutomationCondition.any_checks_match": {"condition": "dg.AutomationCondition.missing()"},
    "FreshnessPolicy.time_window": {"fail_window": "datetime.timedelta(hours=2)"},
    "FreshnessPolicy.cron": {
        "deadline_cron": "'0 0 * * *'",
        "lower_bound_delta": "datetime.timedelta(hours=1)",
    },
    "DynamicPartitionsDefinition": {"name": "'n'"},
    "StaticPartitionMapping": {
        "downstream_partition_keys_by_upstream_partition_key": "{'a': 'b'}",
    },
    "MultiToSingleDimensionPartitionMapping": {},
    "AssetsDefinition.from_op": {"op_def": "an_op"},
    "build_time_partition_freshness_checks": {"assets": "['k']", "deadline_cron": "'@daily'"},
    "build_column_schema_change_checks": {"assets": "['k']"},
    "load_assets_from_modules": {"modules": "[]"},
    **{f"MetadataValue.{name}": {} for name in METADATA_VALUES if name != "job"},
    "MetadataValue.job": {"job_name": "'j'", "location_name": "'l'"},
    "TableSchema": {"columns": "[]"},
    "TableColumn": {"name": "'c'"},
    "TableColumnConstraints": {},
    "TableColumnLineage": {},
    **{f"OpDefinition.{name}": {} for name in ("tag", "with_hooks", "with_retry_policy")},
    **{f"AssetSelection.{name}": {} for name in ("upstream", "downstream")},
    "GraphDefinition.to_job": {},
    "make_email_on_run_failure_sensor": {
        "email_from": "'a@b.com'",
        "email_password": "'x'",
        "email_to": "['a@b.com']",
    },
}
PARAMETERS = (
    *("description", "group_name", "code_version", "io_manager_key", "pool", "name", "job_name"),
    *("output_required", "can_subset", "is_virtual", "skippable", "blocking", "is_required"),
    *("tags", "op_tags", "run_tags", "metadata", "resource_defs", "resources", "loggers"),
    *("minimum_interval_seconds", "max_retries", "start_offset", "end_offset", "minute_offset"),
    *("delay", "automation_condition", "retry_policy", "op_retry_policy", "start_date", "job"),
    *("executor", "executor_def", "deps", "additional_deps", "ins", "additional_ins", "owners"),
    *("partitions_def", "partition_mapping", "backfill_policy", "freshness_policy", "hooks"),
    *("required_resource_keys", "key", "key_prefix", "outs", "internal_asset_deps", "specs"),
    *("check_specs", "monitored_jobs", "default_status", "lower_bound_delta", "cron_schedule"),
    *("execution_timezone", "selection", "config", "kinds", "asset", "monitored_assets", "out"),
    *("run_status", "partition_keys", "assets", "jobs", "schedules", "sensors", "asset_checks"),
    *("fmt", "timezone", "cron_timezone", "deadline_cron", "metadata_key", "target", "version"),
    *("partition_dimension_name", "monitor_all_code_locations", "blocking_only", "severity"),
    *("exclusive_min", "min_value", "lookback_delta", "fail_window", "warn_window", "ops"),
    *("condition", "max_partitions_per_run", "execution_fn", "tags_fn", "environment_vars"),
    *("job_selection", "logger_defs", "input_values", "keys_by_output_name", "partition_mappings"),
    *("group_names_by_output_name", "tags_by_output_name", "op_def", "exclusions"),
    "downstream_partition_keys_by_upstream_partition_key",
    *("value", "data", "path", "text", "url", "asset_key", "schema", "columns", "constraints"),
    *("type", "nullable", "unique", "other", "deps_by_column", "hook_defs", "depth"),
    *("include_self", "location_name"),
)


UNCHECKED = {
    ("key_prefix", "dg.BackfillPolicy.single_run()"),
    ("minute_offset", "dg.AssetSelection.all()"),
    ("kinds", "Conf()"),
}
"""What Dagster takes without looking at it, and can do nothing with."""


def written(call: str, parameter: str, sample: str) -> str:
    given = {**NEEDS[call], parameter: sample}
    if parameter in ("outs", "internal_asset_deps"):
        given.pop("specs", None)
    arguments = ", ".join(f"{name}={value}" for name, value in given.items())
    return TEMPLATES.get(call, f"dg.{call}({{}})").format(arguments)


LINES = tuple(
    (call, parameter, sample, written(call, parameter, sample))
    for call in sorted(NEEDS)
    for parameter in PARAMETERS
    if parameter in signature(attrgetter(call)(dg)).parameters
    if call in CALLS and expected_of(call, parameter) is not None
    for sample in SAMPLES
    if (parameter, sample) not in UNCHECKED
)


def test_what_is_told_is_what_dagster_refuses(tmp_path: Path) -> None:
    file = tmp_path / "main.py"
    file.write_text(HEADER + "\n".join(line for *_, line in LINES) + "\n")
    first = HEADER.count("\n") + 1

    diagnostics = analyze(Request(paths=(file,))).pipeline.diagnostics

    told = {each.span.line - first for each in diagnostics if each.rule == "wrong-type"}
    assert len(told) > 1000
    names: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(HEADER, names)  # noqa: S102 - it stands above
        taken = [LINES[number][3] for number in sorted(told) if is_taken(LINES[number][3], names)]
    if taken:
        pytest.fail("\n".join(("Dagster takes what is told of:", *taken)), pytrace=False)


def is_taken(line: str, names: dict[str, object]) -> bool:
    try:
        exec(line, names)  # noqa: S102 - made above
    except Exception:
        return False
    return True
