"""The first code location that the Dagster server loads; nobody looks at its graph."""

import dagster as dg


@dg.asset(partitions_def=dg.StaticPartitionsDefinition(["one"]))
def source() -> int:
    return 1


@dg.asset_check(asset=source)
def positive() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


job = dg.define_asset_job("job", selection="*")
defs = dg.Definitions(
    assets=[source, dg.AssetSpec("external")],
    asset_checks=[positive],
    jobs=[job],
    schedules=[dg.ScheduleDefinition(job=job, cron_schedule="@daily")],
)
