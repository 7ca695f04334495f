"""Sensors of all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Constant, Function, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.automation.jobs import (
    check_no_jobs,
    decorated_name,
    name_of,
    named_function,
    named_target,
    target_of,
)
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, SensorValue, Target
from assetgen.analyzer.intrinsics.dagster.declared.selections import KeysSelected, SelectionValue
from assetgen.analyzer.intrinsics.dagster.functions.annotated_names import check_decorated
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.keys import is_given, read_key
from assetgen.analyzer.intrinsics.dagster.partitions.reported_arguments import report_unknown
from assetgen.analyzer.intrinsics.dagster.places import function_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.intrinsics.dagster.selections.selections import read_selection
from assetgen.analyzer.model.keys import AssetKey

_COMMON = (
    "name=None, minimum_interval_seconds=None, description=None, default_status=None, "
    "tags=None, metadata=None"
)
_STARTING = f"{_COMMON}, job=None, jobs=None, required_resource_keys=None"
_SENSOR = Parameters(
    f"job_name=None, *, {_STARTING}, asset_selection=None, target=None, owners=None"
)
_ASSET_SENSOR = Parameters(f"asset_key, *, job_name=None, {_STARTING}")
_MULTI_SENSOR = Parameters(f"monitored_assets, *, job_name=None, {_STARTING}, request_assets=None")
_MONITORING = (
    f"{_COMMON}, monitored_jobs=None, job_selection=None, monitor_all_code_locations=None, "
    "monitor_all_repositories=None, request_job=None, request_jobs=None"
)
_STATUS_SENSOR = Parameters(f"run_status, {_MONITORING}")
_FAILURE_SENSOR = Parameters(_MONITORING)


def _targets(call: Call, bound: Bound) -> tuple[Target, ...]:
    found: list[Target] = []
    for parameter in ("asset_selection", "request_assets"):
        if is_given(bound.get(parameter)):
            # the assets that runs may be asked for; Dagster makes no job of them
            read_selection(call, bound[parameter])
    for parameter in ("job", "target", "request_job"):
        if not is_given(bound.get(parameter)):
            continue
        given = bound[parameter]
        many = call.items(given).values if parameter == "target" else ()
        are_jobs = bool(many) and all(isinstance(item, (JobValue, GraphValue)) for item in many)
        several = [target_of(call, item) for item in many] if are_jobs else []
        if several:
            check_no_jobs(call, many)
            found += [target for target in several if target is not None]
            continue
        target = target_of(call, given)
        if target is not None:
            found += target.possible
    for parameter in ("jobs", "request_jobs"):
        if is_given(bound.get(parameter)):
            found += _jobs(call, bound, parameter)
    named = named_target(call, bound, "a sensor")
    if named is not None:
        found += named.possible
    return tuple(found)


def _jobs(call: Call, bound: Bound, parameter: str) -> Iterator[Target]:
    """The jobs of a list; those that are not known are reported."""
    items = call.items(bound[parameter])
    doubts = Doubts(list(items.losses))
    for item in items.values:
        if isinstance(item, Unknown):
            doubts.found.append(item)
            continue
        target = target_of(call, item)
        if target is not None:
            yield from (option for option in target.possible if option.job is not None)
    report_unknown(call, doubts, parameter, "a sensor")


def _decorated(kind: str) -> Callable[[Call, Bound, Value], Value]:
    def sensor(call: Call, bound: Bound, function: Value) -> Value:
        name = decorated_name(call, bound, function, "a sensor")
        if isinstance(name, Unknown):
            return name
        check_decorated(call, function)
        place = function_place(function, call.site)
        return _made(call, bound, name, kind, place, function)

    return sensor


def _made(
    call: Call, bound: Bound, name: str, kind: str, place: Site, function: Value | None
) -> Value:
    place = place.where_chosen(bound["name"])
    return call.declared(
        SensorValue(name, kind, place, _targets(call, bound), _monitored(call, bound), function)
    )


def _monitored(call: Call, bound: Bound) -> SelectionValue | None:
    if "asset_key" in bound:
        key = read_key(call, bound["asset_key"])
        if isinstance(key, AssetKey):
            return SelectionValue(KeysSelected((key,)), call.site, str(key))
        cause = f": {why(key)}" if isinstance(key, Unknown) else ""
        call.report("unresolved-job", f"the asset that a sensor watches is not known{cause}")
    if "monitored_assets" in bound:
        monitored = bound["monitored_assets"]
        if isinstance(monitored, Sequence) and not monitored.items and not monitored.losses:
            return None  # its function looks them up
        return read_selection(call, monitored)
    return None


_status_rows = decorator(
    "dagster.run_status_sensor", _STATUS_SENSOR, None, _decorated("run_status_sensor")
)


def _failure_sensor(call: Call) -> Value:
    """`@run_failure_sensor`, with and without arguments: the first may be the function."""
    first = call.args[0] if call.args else None
    if isinstance(first, Function):
        bound = _FAILURE_SENSOR.bind(
            Call(call.machine, call.name, (), {}, call.site, call.receiver, call.losses)
        )
        return _decorated("run_failure_sensor")(call, bound, first)
    return _failure_rows["dagster.run_failure_sensor"](call)


_failure_rows = decorator(
    "dagster.run_failure_sensor", _FAILURE_SENSOR, None, _decorated("run_failure_sensor")
)

_LATENESS = Parameters(
    "asset_selection, *, name=None, minimum_interval_seconds=None, description=None, "
    "default_status=None"
)


def _of_freshness(call: Call, bound: Bound, function: Value) -> Value:
    """`@freshness_policy_sensor`, which Dagster had before 1.9."""
    name = decorated_name(call, bound, function, "a sensor")
    if isinstance(name, Unknown):
        return name
    monitored = read_selection(call, bound["asset_selection"])
    place = function_place(function, call.site).where_chosen(bound["name"])
    return call.declared(
        SensorValue(name, "freshness_policy_sensor", place, (), monitored, function)
    )


_AUTOMATION = Parameters(
    "name, *, target, tags=None, run_tags=None, default_status=None, "
    "minimum_interval_seconds=None, description=None, metadata=None, emit_backfills=True, "
    "use_user_code_server=False, default_condition=None, owners=None"
)


def _automation_sensor(call: Call) -> Value:
    bound = _AUTOMATION.bind(call)
    name = name_of(call, bound, "a sensor")
    if isinstance(name, Unknown):
        return name
    monitored = read_selection(call, bound["target"])
    place = call.site.where_chosen(bound["name"])
    return call.declared(SensorValue(name, "automation_condition_sensor", place, (), monitored))


_DEFINITION = Parameters(
    f"{_STARTING}, evaluation_fn=None, job_name=None, asset_selection=None, target=None, "
    "owners=None, request_assets=None"
)


def _sensor_definition(call: Call) -> Value:
    bound = _DEFINITION.bind(call)
    function = bound["evaluation_fn"]
    if is_given(bound["name"]):
        name = name_of(call, bound, "a sensor")
        if isinstance(name, Unknown):
            return name
    else:
        named = named_function(call, function)
        if named is None:
            return call.unknown("unsupported", "the name of the sensor is not known", function)
        name = named
    return _made(call, bound, name, "sensor", call.site, function)


_OPTIONS = (
    "minimum_interval_seconds=None, description=None, job=None, jobs=None, default_status=None, "
    "required_resource_keys=None, tags=None, metadata=None"
)
_OF_CLASSES = {
    "asset_sensor": Parameters(f"name, asset_key, job_name, asset_materialization_fn, {_OPTIONS}"),
    "multi_asset_sensor": Parameters(
        "name, monitored_assets, job_name, asset_materialization_fn, request_assets=None, "
        f"{_OPTIONS}"
    ),
    "run_status_sensor": Parameters(
        "name, run_status, run_status_sensor_fn, monitored_jobs=None, "
        "monitor_all_code_locations=None, monitor_all_repositories=None, request_job=None, "
        "request_jobs=None, " + _OPTIONS.replace("job=None, jobs=None, ", "")
    ),
}


def _of_class(kind: str) -> Intrinsic:
    """The constructor of what the decorator `kind` makes, with the function among its arguments."""

    def make(call: Call) -> Value:
        bound = _OF_CLASSES[kind].bind(call)
        name = name_of(call, bound, "a sensor")
        if isinstance(name, Unknown):
            return name
        of_status = kind == "run_status_sensor"
        function = bound["run_status_sensor_fn" if of_status else "asset_materialization_fn"]
        return _made(call, bound, name, kind, call.site, function)

    return make


_FRESHNESS = Parameters(
    "*, freshness_checks, minimum_interval_seconds=None, name='freshness_checks_sensor', "
    "default_status=None, tags=None"
)


def _freshness_sensor(call: Call) -> Value:
    bound = _FRESHNESS.bind(call)
    name = name_of(call, bound, "a sensor")
    if isinstance(name, Unknown):
        return name
    return call.declared(SensorValue(name, "sensor", call.site.where_chosen(bound["name"])))


def _named_sensor(default: str) -> Intrinsic:
    """A sensor that an integration or helper makes: only its name is known."""

    def make(call: Call) -> Value:
        name = Doubts().text(call.kwargs.get("name", Constant(default))) or default
        return call.declared(SensorValue(name, "sensor", call.site))

    return make


TABLE: dict[str, Intrinsic] = {
    **decorator("dagster.sensor", _SENSOR, None, _decorated("sensor")),
    **decorator("dagster.asset_sensor", _ASSET_SENSOR, None, _decorated("asset_sensor")),
    **decorator(
        "dagster.multi_asset_sensor", _MULTI_SENSOR, None, _decorated("multi_asset_sensor")
    ),
    **_status_rows,
    **_failure_rows,
    **decorator("dagster.freshness_policy_sensor", _LATENESS, None, _of_freshness),
    "dagster.run_failure_sensor": _failure_sensor,
    "dagster.AutomationConditionSensorDefinition": _automation_sensor,
    "dagster.AssetSensorDefinition": _of_class("asset_sensor"),
    "dagster.MultiAssetSensorDefinition": _of_class("multi_asset_sensor"),
    "dagster.RunStatusSensorDefinition": _of_class("run_status_sensor"),
    "dagster.SensorDefinition": _sensor_definition,
    "dagster.build_sensor_for_freshness_checks": _freshness_sensor,
    "dagster_slack.make_slack_on_run_failure_sensor": _named_sensor("slack_on_run_failure"),
    "dagster_msteams.make_teams_on_run_failure_sensor": _named_sensor("teams_on_run_failure"),
    "dagster.make_email_on_run_failure_sensor": _named_sensor("email_on_run_failure"),
}
"""The intrinsics of sensors."""
