"""Reporting arguments whose values Dagster refuses, alone or in combination."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Function,
    Record,
    Sequence,
    Unknown,
)
from assetgen.analyzer.intrinsics.dagster.configs.config_schemas import (
    Unresolvable,
    default_of,
    schema_of,
)
from assetgen.analyzer.intrinsics.dagster.configs.config_values import problems_of
from assetgen.analyzer.intrinsics.dagster.configs.io_managers import is_no_manager
from assetgen.analyzer.intrinsics.dagster.expected.checked_calls import POSITIONAL
from assetgen.analyzer.intrinsics.dagster.keys import is_surely_given
from assetgen.analyzer.intrinsics.dagster.names import name_problem, owner_problem
from assetgen.analyzer.intrinsics.dagster.partitions.cron_strings import (
    cron_problem,
    is_no_timezone,
)
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import shown
from assetgen.analyzer.intrinsics.dagster.refusals.checks import (
    Check,
    Refusal,
    plain_of,
    value_of,
)
from assetgen.analyzer.intrinsics.dagster.refusals.refused_freshness import (
    abstract_policy,
    least_bound,
    window,
)
from assetgen.analyzer.intrinsics.dagster.refusals.refused_partitions import (
    dimensions,
    dynamic,
    exclusions,
    offsets,
    times,
    windows,
)
from assetgen.analyzer.intrinsics.dagster.refusals.refused_tags import TAG_CHECKS


def check_values(call: Call) -> None:
    """Report the arguments of `call` that Dagster refuses for their values."""
    if call.losses or (call.name in _DECORATORS and _is_bare(call)):
        return
    given = POSITIONAL.get(call.name.removeprefix("dagster."), ())
    for check in CHECKS.get(call.name, ()):
        for rule, parameter, problem in check(call):
            position = given.index(parameter) if parameter in given else None
            call.report(rule, problem, argument_place(call, parameter, position))


def _is_bare(call: Call) -> bool:
    """Whether a decorator is used without the parentheses that it needs: then it makes nothing."""
    return any(isinstance(value, Function) for value in call.args)


_DECORATORS = frozenset(
    f"dagster.{name}"
    for name in (
        *("schedule", "sensor", "asset_sensor", "multi_asset_sensor", "run_status_sensor"),
        "run_failure_sensor",
    )
)


def _given(call: Call, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if value_of(call, name) is not None]


def _is_in_doubt(call: Call, name: str) -> bool:
    return isinstance(value_of(call, name), (Choice, Unknown))


# -- several arguments


def _only_one_of(*names: str, needed: str = "") -> Check:
    """At most one; exactly one if `needed` says what is missing otherwise."""

    def check(call: Call) -> Iterator[Refusal]:
        given = _given(call, names)
        if len(given) > 1 and not any(_is_in_doubt(call, name) for name in given):
            said = " and ".join(given)
            yield "invalid-definition", given[1], f"{said} cannot be given together"
        elif needed and not given:
            yield "invalid-definition", "", needed

    return check


def _not_together(one: str, *others: str) -> Check:
    def check(call: Call) -> Iterator[Refusal]:
        for other in others:
            if is_surely_given(value_of(call, one)) and is_surely_given(value_of(call, other)):
                yield "invalid-definition", other, f"{one} and {other} cannot be given together"

    return check


def _retry_policy(call: Call) -> Iterator[Refusal]:
    if value_of(call, "delay", 1) is None:
        for name in _given(call, ("backoff", "jitter")):
            yield "invalid-definition", name, f"{name} of a RetryPolicy needs a delay"
            return


def _named_target(call: Call) -> Iterator[Refusal]:
    if value_of(call, "target") is not None and value_of(call, "name", 0) is None:
        yield "invalid-definition", "target", "a schedule with a target needs a name"


def _manager(call: Call) -> Iterator[Refusal]:
    given = value_of(call, "io_manager_def")
    if given is not None and is_no_manager(given):
        problem = f"io_manager_def takes an IO manager, and {shown(given)} is not one"
        if isinstance(given, Constant) and isinstance(given.value, str):
            problem += ": the key of one is given as io_manager_key"
        yield "wrong-type", "io_manager_def", problem


# -- names, owners, cron strings, time zones


def _name(call: Call) -> Iterator[Refusal]:
    value = value_of(call, "name", 0 if call.name in _NAMED_FIRST else None)
    name = value.value if isinstance(value, Constant) else None
    problem = name_problem(name) if isinstance(name, str) and name else None
    if problem:
        yield "bad-name", "name", problem


_NAMED_FIRST = ("dagster.define_asset_job", "dagster.AutomationConditionSensorDefinition")


def _owners(call: Call) -> Iterator[Refusal]:
    owners = value_of(call, "owners")
    for item in owners.items if isinstance(owners, Sequence) else ():
        owner = item.value if isinstance(item, Constant) else None
        problem = owner_problem(owner) if isinstance(owner, str) else None
        if problem:
            yield "bad-owner", "owners", problem


def _cron(parameter: str, position: int | None = None) -> Check:
    def check(call: Call) -> Iterator[Refusal]:
        value = value_of(call, parameter, position)
        text = value.value if isinstance(value, Constant) else None
        problem = cron_problem(text) if isinstance(text, str) else None
        if problem:
            yield "bad-cron", parameter, f'"{text}": {problem}'

    return check


def _timezone(parameter: str = "timezone", rule: str = "bad-cron") -> Check:
    def check(call: Call) -> Iterator[Refusal]:
        name = plain_of(call, parameter)
        if isinstance(name, str) and name and is_no_timezone(name):
            yield rule, parameter, f'"{name}" is not a time zone'

    return check


# -- configuration


def _config_schema(call: Call) -> Iterator[Refusal]:
    given = value_of(call, "config_schema")
    try:
        if given is not None:
            schema_of(given)
    except Unresolvable as problem:
        yield "config-field", "config_schema", str(problem)


def _config_field(call: Call) -> Iterator[Refusal]:
    """The type of a `Field`, and its default."""
    field = Record(call.name, dict(call.kwargs), call.args)
    default = default_of(field)
    flag = plain_of(call, "is_required")
    if default is not None and flag is True:
        yield "invalid-definition", "is_required", "a field with a default cannot be required"
    given = field.fields.get("config", field.args[0] if field.args else None)
    try:
        schema = schema_of(given) if given not in (None, NONE) else None
    except Unresolvable as problem:
        yield "config-field", "config", str(problem)
        return
    if default is not None:
        for _, message in problems_of(schema, default, call.site, "the default of a field"):
            yield "invalid-definition", "default_value", message
            return


# -- checks


def _user_code(call: Call) -> Iterator[Refusal]:
    flag = value_of(call, "use_user_code_server")
    condition = value_of(call, "default_condition")
    if condition is not None and (flag is None or flag == Constant(False)):
        problem = "default_condition needs use_user_code_server=True"
        yield "invalid-definition", "default_condition", problem


def _with_cron(call: Call) -> Iterator[Refusal]:
    if not call.args and "cron_schedule" not in call.kwargs:
        yield "bad-cron", "", "a schedule needs a cron_schedule"


def _bounds(call: Call) -> Iterator[Refusal]:
    least, most = plain_of(call, "min_value"), plain_of(call, "max_value")
    if isinstance(least, (int, float)) and isinstance(most, (int, float)) and least > most:
        yield "invalid-definition", "min_value", "min_value is greater than max_value"


def _backfills(call: Call) -> Iterator[Refusal]:
    """Only assets with partitions can be backfilled by several runs."""
    policy = call.kwargs.get("backfill_policy")
    if not isinstance(policy, Record) or policy.losses or value_of(call, "partitions_def"):
        return
    most = policy.fields.get("max_partitions_per_run", policy.args[0] if policy.args else None)
    name = policy.qualname.removeprefix("dagster.")
    of_several = name in ("BackfillPolicy", "BackfillPolicy.multi_run")
    if of_several and (most is None or isinstance(most, Constant)) and most != NONE:
        problem = "without partitions, only BackfillPolicy.single_run() is possible"
        yield "invalid-definition", "backfill_policy", problem


_STATUS_SENSORS = (
    _only_one_of("request_job", "request_jobs"),
    _not_together("monitor_all_code_locations", "monitored_jobs", "job_selection"),
    _name,
)
_SENSORS = (
    _only_one_of("job", "jobs", "job_name", "target", "asset_selection"),
    _name,
    _owners,
)
_TARGETS = _only_one_of(
    *("job", "job_name", "target"), needed="a schedule needs a job, a job_name or a target"
)
_SCHEDULES = (
    *(_TARGETS, _named_target, _name, _owners, _not_together("tags", "tags_fn")),
    _timezone("execution_timezone"),
)
_CHECKS: Mapping[str, tuple[Check, ...]] = {
    "dagster.RetryPolicy": (_retry_policy,),
    "dagster.FreshnessPolicy.time_window": (window,),
    "dagster.FreshnessPolicy.cron": (_cron("deadline_cron", 0), _timezone(), least_bound),
    "dagster.FreshnessPolicy": (abstract_policy,),
    "dagster.LegacyFreshnessPolicy": (_cron("cron_schedule"),),
    **{
        f"dagster.AutomationCondition.{name}": (_cron("cron_schedule", 0),)
        for name in ("on_cron", "cron_tick_passed")
    },
    "dagster.Field": (_config_field,),
    **{
        f"dagster.{name}": (_config_schema,)
        for name in (
            *("op", "multi_asset", "resource", "io_manager", "logger", "executor", "asset_check"),
            *("OpDefinition", "ResourceDefinition", "IOManagerDefinition"),
        )
    },
    **{
        f"dagster.AssetsDefinition.{name}": (
            _not_together("group_name", "group_names_by_output_name"),
        )
        for name in ("from_op", "from_graph")
    },
    "dagster.SourceAsset": (_manager,),
    "dagster.asset": (
        _config_schema,
        _manager,
        _not_together("automation_condition", "auto_materialize_policy"),
        _backfills,
    ),
    "dagster.graph_asset": (_not_together("automation_condition", "auto_materialize_policy"),),
    "dagster.ScheduleDefinition": (
        *_SCHEDULES,
        _with_cron,
        _not_together("run_config", "run_config_fn"),
        _not_together("execution_fn", "run_config", "run_config_fn", "tags_fn", "should_execute"),
    ),
    "dagster.schedule": tuple(check for check in _SCHEDULES if check is not _named_target),
    "dagster.sensor": _SENSORS,
    "dagster.SensorDefinition": _SENSORS,
    "dagster.asset_sensor": _SENSORS,
    "dagster.multi_asset_sensor": (
        _only_one_of("job", "jobs", "job_name", "request_assets"),
        *(_name, _owners),
    ),
    "dagster.run_status_sensor": _STATUS_SENSORS,
    "dagster.run_failure_sensor": _STATUS_SENSORS,
    "dagster.AutomationConditionSensorDefinition": (_name, _owners, _user_code),
    "dagster.define_asset_job": (_name, _owners),
    "dagster.job": (_owners,),
    "dagster.GraphDefinition.to_job": (_owners,),
    "dagster.build_schedule_from_partitioned_job": (
        *(_not_together("day_of_week", "day_of_month"), times),
        _not_together("cron_schedule", "minute_of_hour", "hour_of_day"),
        _cron("cron_schedule"),
        _name,
        _owners,
    ),
    **{
        f"dagster.{name}PartitionsDefinition": (
            *(offsets, exclusions, _timezone(rule="bad-partitions")),
        )
        for name in ("Hourly", "Daily", "Weekly", "Monthly")
    },
    "dagster.TimeWindowPartitionsDefinition": (
        *(windows, offsets, exclusions, _timezone(rule="bad-partitions")),
        _not_together("cron_schedule", "schedule_type", "minute_offset", "hour_offset"),
        _cron("cron_schedule"),
    ),
    "dagster.DynamicPartitionsDefinition": (dynamic,),
    "dagster.MultiPartitionsDefinition": (dimensions,),
    "dagster.build_sensor_for_freshness_checks": (_name,),
    "dagster.build_last_update_freshness_checks": (_cron("deadline_cron"),),
    "dagster.build_time_partition_freshness_checks": (_cron("deadline_cron"),),
    "dagster.build_metadata_bounds_checks": (_bounds,),
}
CHECKS: Mapping[str, tuple[Check, ...]] = {
    name: (*_CHECKS.get(name, ()), *TAG_CHECKS.get(name, ())) for name in {**_CHECKS, **TAG_CHECKS}
}
