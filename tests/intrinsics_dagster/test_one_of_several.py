"""What is made with one of several names, keys or targets is in doubt, in the model, too."""

from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.model.pipeline import CodeLocation

START = """
import os
import dagster as dg

live = os.environ.get("LIVE")


@dg.asset
def orders(): ...


@dg.asset
def lines(): ...


on_orders = dg.define_asset_job("on_orders", selection="orders")
on_lines = dg.define_asset_job("on_lines", selection="lines")
"""


TABLES = """
import dagster as dg


@dg.asset(deps=["b"])
def a(): ...


@dg.asset
def b(): ...
"""


def located(text: str, folder: Path) -> CodeLocation:
    path = folder / "main.py"
    path.write_text(START + text)
    [location] = analyze(Request(paths=(path,))).pipeline.locations
    return location


@pytest.mark.parametrize(
    "made",
    (
        'dg.AssetSpec(["raw", "a" if live else "b"])',
        'dg.SourceAsset(dg.AssetKey(["raw", "a" if live else "b"]))',
        'dg.asset(key_prefix=["a" if live else "b"], name="c")(lambda: 1)',
        'dg.observable_source_asset(name="a" if live else "b")(lambda: 1)',
        'dg.multi_asset(outs={"o": dg.AssetOut(key="a" if live else "b")})(lambda: 1)',
        'dg.AssetsDefinition.from_op(dg.op(lambda: 1, name="o"), key_prefix="a" if live else "b")',
        'dg.AssetSpec("a").replace_attributes(key="b" if live else "c")',
        'orders.with_attributes(asset_key_replacements={orders.key: "b" if live else "c"})',
    ),
)
def test_keys(made: str, tmp_path: Path) -> None:
    [asset] = located(f"defs = dg.Definitions(assets=[{made}])", tmp_path).assets

    assert asset.conditional is not None


def test_keys_of_dependencies(tmp_path: Path) -> None:
    text = """
spec = dg.AssetSpec("spec", deps=[["raw", "a" if live else "b"]])
defs = dg.Definitions(assets=[spec])
"""
    assets = {str(asset.key): asset for asset in located(text, tmp_path).assets}

    assert {str(each.key) for each in assets["spec"].deps} == {"raw/a", "raw/b"}
    assert "deps" in assets["spec"].unknown


def test_outputs_that_may_not_be_there(tmp_path: Path) -> None:
    text = """
outs = {"a": dg.AssetOut()}
if live:
    outs["b"] = dg.AssetOut()
many = dg.multi_asset(outs=outs)(lambda: 1)
defs = dg.Definitions(assets=[many])
"""
    assets = located(text, tmp_path).assets

    assert {str(asset.key): bool(asset.conditional) for asset in assets} == {"a": False, "b": True}


def test_dependencies_of_outputs(tmp_path: Path) -> None:
    text = """
internal = {"a": set(), "b": {dg.AssetKey("a")} if live else set()}


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()}, internal_asset_deps=internal)
def many(): ...


defs = dg.Definitions(assets=[many])
"""
    assets = {str(asset.key): asset for asset in located(text, tmp_path).assets}

    assert "deps" in assets["b"].unknown


def test_keys_that_may_be_replaced(tmp_path: Path) -> None:
    text = """
new = {dg.AssetKey("orders"): dg.AssetKey("sales")} if live else {}
spec = dg.asset(name="of_orders", deps=[orders])(lambda: 1)
assets = [each.with_attributes(asset_key_replacements=new) for each in (orders, spec)]
defs = dg.Definitions(assets=assets)
"""
    assets = {str(asset.key): asset for asset in located(text, tmp_path).assets}

    assert assets["sales"].conditional is not None
    assert {str(each.key) for each in assets["of_orders"].deps} == {"orders", "sales"}
    assert "deps" in assets["of_orders"].unknown


def test_groups_that_may_not_be_given(tmp_path: Path) -> None:
    text = """
groups = {orders.key: "sales"} if live else {}
defs = dg.Definitions(assets=[orders.with_attributes(group_names_by_key=groups)])
"""
    [asset] = located(text, tmp_path).assets

    assert "group_name" in asset.unknown


def test_what_nothing_defines_and_only_some_depend_on(tmp_path: Path) -> None:
    text = """
spec = dg.AssetSpec("spec", deps=["a" if live else "b", "c"])
other = dg.AssetSpec("other", deps=["c"])
defs = dg.Definitions(assets=[spec, other])
"""
    assets = {str(asset.key): asset for asset in located(text, tmp_path).assets}

    assert {key for key, asset in assets.items() if asset.conditional} == {"a", "b"}


def test_an_output_that_may_be_alone(tmp_path: Path) -> None:
    text = """
outs = {"a": dg.AssetOut()}
if live:
    outs["b"] = dg.AssetOut()
defs = dg.Definitions(assets=[dg.multi_asset(outs=outs)(lambda: 1)])
"""
    assets = located(text, tmp_path).assets

    assert all("is_multi_asset" in asset.unknown for asset in assets)


def test_prefixes_of_loaders(tmp_path: Path) -> None:
    (tmp_path / "tables.py").write_text(TABLES)
    text = """
import tables

prefix = ["raw", "live" if live else "draft"]
defs = dg.Definitions(assets=dg.load_assets_from_modules([tables], key_prefix=prefix))
"""
    assets = located(text, tmp_path).assets

    assert {str(asset.key): [str(each.key) for each in asset.deps] for asset in assets} == {
        "raw/draft/a": ["raw/draft/b"],
        "raw/draft/b": [],
        "raw/live/a": ["raw/live/b"],
        "raw/live/b": [],
    }
    assert all(asset.conditional for asset in assets)


@pytest.mark.parametrize(
    "made",
    (
        "dg.asset_check(asset=orders if live else lines)(check)",
        'dg.asset_check(asset=orders, name="a" if live else "b")(check)',
        'dg.multi_asset_check(specs=[dg.AssetCheckSpec(live or "b", asset=orders)])(check)',
    ),
)
def test_names_and_assets_of_checks(made: str, tmp_path: Path) -> None:
    text = f"def check(): ...\ndefs = dg.Definitions(assets=[orders], asset_checks=[{made}])"

    [check] = located(text, tmp_path).checks

    assert check.conditional is not None


@pytest.mark.parametrize(
    ("given", "unknown"),
    (
        ("blocking=bool(live)", "blocking"),
        ('description="a" if live else "b"', "description"),
        ("additional_deps=[lines] if live else []", "additional_deps"),
    ),
)
def test_attributes_of_checks(given: str, unknown: str, tmp_path: Path) -> None:
    text = f"""
@dg.asset_check(asset=orders, {given})
def check(): ...
defs = dg.Definitions(assets=[orders, lines], asset_checks=[check])
"""

    [check] = located(text, tmp_path).checks

    assert check.unknown == (unknown,)


def test_checks_of_one_name(tmp_path: Path) -> None:
    text = """
if live:
    @dg.asset_check(asset=orders, description="One.", blocking=True)
    def check(): ...
else:
    @dg.asset_check(asset=orders, description="Other.")
    def check(): ...
defs = dg.Definitions(assets=[orders], asset_checks=[check])
"""

    [check] = located(text, tmp_path).checks

    assert check.unknown == ("blocking", "description")


def test_jobs_of_one_name(tmp_path: Path) -> None:
    text = """
if live:
    job = dg.define_asset_job("job", selection="orders")
else:
    job = dg.define_asset_job("job", selection="lines")
defs = dg.Definitions(assets=[orders, lines], jobs=[job])
"""

    [job] = located(text, tmp_path).jobs

    assert job.conditional is not None
    assert job.assets is None


def test_schedules_of_one_name(tmp_path: Path) -> None:
    text = """
if live:
    each = dg.ScheduleDefinition(name="each", job=on_orders, cron_schedule="@daily")
else:
    each = dg.ScheduleDefinition(name="each", job=on_lines, cron_schedule="@hourly")
defs = dg.Definitions(assets=[orders, lines], schedules=[each])
"""
    location = located(text, tmp_path)

    [schedule] = location.schedules
    assert (schedule.job, schedule.cron) == (None, ())
    assert schedule.conditional is not None
    assert {job.name: bool(job.conditional) for job in location.jobs} == {
        "on_lines": True,
        "on_orders": True,
    }


@pytest.mark.parametrize(
    "target",
    (
        "job=on_orders if live else on_lines",
        'job_name="on_orders" if live else "on_lines"',
        'target=on_orders if live else "lines"',
    ),
)
def test_targets_of_schedules(target: str, tmp_path: Path) -> None:
    text = f"""
each = dg.ScheduleDefinition(name="each", cron_schedule="@daily", {target})
defs = dg.Definitions(assets=[orders, lines], jobs=[on_orders, on_lines], schedules=[each])
"""
    location = located(text, tmp_path)

    [schedule] = location.schedules
    assert (schedule.job, schedule.conditional) == (None, None)
    sure = {job.name for job in location.jobs if job.conditional is None}
    assert sure == {"on_orders", "on_lines"}


def test_jobs_that_only_a_schedule_brings(tmp_path: Path) -> None:
    text = """
each = dg.ScheduleDefinition(job=on_orders if live else on_lines, cron_schedule="@daily")
defs = dg.Definitions(assets=[orders, lines], schedules=[each])
"""
    location = located(text, tmp_path)

    assert all(job.conditional for job in location.jobs)
    assert {job.name for job in location.jobs} == {"on_orders", "on_lines"}
    [schedule] = location.schedules
    assert schedule.conditional is not None  # it is called after its job


def test_a_schedule_that_is_called_after_a_job_of_one_of_several_names(tmp_path: Path) -> None:
    text = """
job = dg.define_asset_job("live" if live else "draft", selection="orders")
each = dg.ScheduleDefinition(job=job, cron_schedule="@daily")
defs = dg.Definitions(assets=[orders], schedules=[each])
"""
    [schedule] = located(text, tmp_path).schedules

    assert schedule.job is None
    assert schedule.conditional is not None


def test_targets_of_schedules_of_one_name(tmp_path: Path) -> None:
    text = """
if live:
    each = dg.ScheduleDefinition(name="each", target="orders", cron_schedule="@daily")
else:
    each = dg.ScheduleDefinition(name="each", target="lines", cron_schedule="@daily")
defs = dg.Definitions(assets=[orders, lines], schedules=[each])
"""
    [job] = located(text, tmp_path).jobs

    assert (job.name, job.assets) == ("__anonymous_asset_job_each", None)


def test_a_target_that_is_not_known(tmp_path: Path) -> None:
    text = """
each = dg.ScheduleDefinition(
    name="each", job={"live": on_orders}.get(live, on_lines).or_another, cron_schedule="@daily"
)
defs = dg.Definitions(assets=[orders, lines], schedules=[each])
"""
    location = located(text, tmp_path)

    assert [schedule.job for schedule in location.schedules] == [None]
    assert location.jobs == ()
    assert "jobs" in location.unknown


def test_targets_of_sensors(tmp_path: Path) -> None:
    text = """
@dg.sensor(job=on_orders if live else on_lines)
def each(): ...
defs = dg.Definitions(assets=[orders, lines], sensors=[each])
"""
    [sensor] = located(text, tmp_path).sensors

    assert sensor.jobs == ("on_orders", "on_lines")


@pytest.mark.parametrize(
    ("kind", "made"),
    (
        ("jobs", 'dg.define_asset_job("a" if live else "b", selection="orders")'),
        ("jobs", 'dg.job(name="a" if live else "b")(lambda: None)'),
        (
            "schedules",
            'dg.ScheduleDefinition("a" if live else "b", target="*", cron_schedule="@daily")',
        ),
        ("sensors", 'dg.sensor(name="a" if live else "b", target="*")(lambda: None)'),
        ("sensors", 'dg.AutomationConditionSensorDefinition("a" if live else "b", target="*")'),
    ),
)
def test_names(kind: str, made: str, tmp_path: Path) -> None:
    location = located(f"defs = dg.Definitions(assets=[orders], {kind}=[{made}])", tmp_path)

    assert [each.conditional is not None for each in getattr(location, kind)][:1] == [True]


def test_times_of_schedules(tmp_path: Path) -> None:
    text = """
each = dg.ScheduleDefinition(
    name="each", target="*", cron_schedule="@daily", execution_timezone="UTC" if live else None
)
defs = dg.Definitions(assets=[orders], schedules=[each])
"""
    [schedule] = located(text, tmp_path).schedules

    assert schedule.timezone is None
