"""`define_asset_job` and schedules."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.configs.job_configs import config_of_job
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue, Target
from assetgen.analyzer.intrinsics.dagster.declared.partition_crons import Moment
from assetgen.analyzer.intrinsics.dagster.declared.selections import AllAssets, SelectionValue
from assetgen.analyzer.intrinsics.dagster.functions.annotated_names import check_decorated
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.signature import signature_of
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.ops.hooks import hooks_of
from assetgen.analyzer.intrinsics.dagster.partitions.cron_strings import check_schedule
from assetgen.analyzer.intrinsics.dagster.partitions.partitioned_configs import (
    partitions_of_config,
    partitions_of_job,
    unknown_of_job,
)
from assetgen.analyzer.intrinsics.dagster.partitions.reported_arguments import (
    argument_text,
    argument_texts,
    report_unknown,
)
from assetgen.analyzer.intrinsics.dagster.places import argument_place, function_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.intrinsics.dagster.selections.selections import read_selection
from assetgen.analyzer.model.copies import replace

_ASSET_JOB = Parameters(
    "name, selection=None, config=None, description=None, tags=None, run_tags=None, "
    "metadata=None, partitions_def=None, executor_def=None, hooks=None, op_retry_policy=None, "
    "owners=None, automation_condition=None"
)


def _define_asset_job(call: Call) -> Value:
    """A job over assets; without a selection, over all that can be materialized."""
    bound = _ASSET_JOB.bind(call)
    name = name_of(call, bound, "a job")
    if isinstance(name, Unknown):
        return name
    selection = (
        read_selection(call, bound["selection"])
        if bound["selection"] != NONE
        else SelectionValue(AllAssets(), call.site, "AssetSelection.all()")
    )
    return call.declared(
        JobValue(
            name,
            call.site.where_chosen(bound["name"]),
            selection=selection,
            partitions=partitions_of_job(call, bound),
            partitions_of_config=partitions_of_config(call, bound),
            description=argument_text(call, bound, "description", f"job `{name}`"),
            config=config_of_job(call, bound),
            hooks=hooks_of(bound["hooks"]),
            unknown=unknown_of_job(call, bound),
            given=_asked(bound),
        )
    )


def _asked(bound: Bound) -> dict[str, Value]:
    """The attributes of a job over assets besides its name and selection."""
    given = {name: bound[name] for name in ("description", "metadata", "partitions_def", "config")}
    tags = bound["tags"] if bound["tags"] != NONE else Mapping()
    run_tags = bound["run_tags"] if bound["run_tags"] != NONE else tags
    return {**given, "tags": tags, "run_tags": run_tags}


def name_of(call: Call, bound: Bound, what: str) -> str | Unknown:
    """The `name` among the arguments; if it is not known, that is reported, and `what` is lost."""
    doubts = Doubts()
    name = doubts.text(bound["name"])
    if name is not None:
        for doubt in doubts.found:
            message = f"the name of {what} may be another than `{name}`: {why(doubt)}"
            call.report("unresolved-job", message)
        return name
    cause = why(doubts.found[0]) if doubts.found else "it is not a string"
    call.report("unresolved-job", f"the name of {what} is not known: {cause}")
    return call.unknown("told", f"the name of {what} is not known", bound["name"])


def decorated_name(call: Call, bound: Bound, function: Value, what: str) -> str | Unknown:
    """The name that a decorator gives, or that of the function."""
    named = None if is_given(bound["name"]) else named_function(call, function)
    return name_of(call, bound, what) if named is None else named


def named_function(call: Call, function: Value) -> str | None:
    """The `__name__` of a function, which may differ from the name in its definition."""
    signature = signature_of(call, function, call.site)
    return signature.name if signature is not None else None


def target_of(call: Call, value: Value) -> Target | None:
    """What a schedule or sensor is to start: a job, a graph, or assets."""
    if isinstance(value, Choice) and any(isinstance(one, _JOBS) for one in value.options):
        return _one_of(call, value)
    value = Doubts().first_option(value)
    if isinstance(value, Unknown):
        call.report("unresolved-job", f"what is started is not known: {why(value)}")
        return Target()
    if isinstance(value, JobValue):
        return Target(job=value)
    if isinstance(value, GraphValue):
        return Target(job=JobValue(value.name, value.site, graph=value))
    if value == NONE:
        return None
    if isinstance(value, Sequence):
        check_no_jobs(call, value.items)
    return Target(selection=read_selection(call, value))


_JOBS = (JobValue, GraphValue)


def _one_of(call: Call, value: Choice) -> Target:
    """All that may be started, where a condition chooses; that it is not known which is reported,
    unless all have one name."""
    found = [target_of(call, option) or Target() for option in value.options]
    target = _chosen(value, found)
    if target.name is None:
        message = f"which of several jobs is started is not known: {why(value.condition)}"
        call.report("unresolved-job", message)
    return target


def _chosen(value: Choice, options: Iterable[Target]) -> Target:
    condition = value.condition
    return Target(
        condition=condition,
        options=tuple(replace(option, condition=condition) for option in options),
    )


def named_target(call: Call, bound: Bound, owner: str) -> Target | None:
    """What `job_name` means; what is not known of it is reported."""
    name = argument_text(call, bound, "job_name", owner)
    given = bound.get("job_name")
    if isinstance(given, Choice):
        names = [Doubts().text(option) for option in given.options]
        return _chosen(given, [Target(job_name=each) for each in names])
    return Target(job_name=name) if name is not None else None


def check_no_jobs(call: Call, items: Iterable[Value]) -> None:
    """Report jobs in a list of assets to start."""
    if any(isinstance(item, _JOBS) for item in items):
        message = (
            "`target` takes one job, or assets: a list of jobs goes into the `jobs` of a sensor"
        )
        call.report("wrong-type", message, argument_place(call, "target"))


_SCHEDULE_OPTIONS = (
    "tags=None, tags_fn=None, metadata=None, should_execute=None, environment_vars=None, "
    "execution_timezone=None, description=None, job=None, default_status=None, target=None, "
    "required_resource_keys=None, owners=None"
)
_SCHEDULE = Parameters(
    "name=None, *, cron_schedule=None, job_name=None, run_config=None, run_config_fn=None, "
    f"execution_fn=None, {_SCHEDULE_OPTIONS}"
)


def _schedule_definition(call: Call) -> Value:
    """A schedule; unnamed, it is called after its job."""
    bound = _SCHEDULE.bind(call)
    target = _target(call, bound)
    name = _name_of_schedule(call, bound, target)
    if isinstance(name, Unknown):
        return name
    cron, timezone = _when(call, bound, name)
    tags = bound["tags"] if bound["tags"] != NONE else Mapping()
    given = {"description": bound["description"], "tags": tags}
    place = _place(call, bound, target)
    return call.declared(ScheduleValue(name, place, target, cron, timezone, given=given))


def _name_of_schedule(call: Call, bound: Bound, target: Target) -> str | Unknown:
    """The name that is given, or that of the job with `_schedule`."""
    if is_given(bound["name"]):
        return name_of(call, bound, "a schedule")
    first = target.possible[0]
    job = first.job.name if first.job is not None else first.job_name
    if job is None:
        return call.unknown("unsupported", "a schedule of which neither name nor job is known")
    return f"{job}_schedule"


def _place(call: Call, bound: Bound, target: Target) -> Site:
    """Where a schedule is made, under what decides how it is called; without a name of its own,
    under what decides which its job is, or how that is called."""
    if is_given(bound["name"]):
        return call.site.where_chosen(bound["name"])
    if target.name is not None:
        return call.site
    condition = target.job.doubt_of_name if target.job is not None else None
    if condition is not None and call.site.condition is None:
        return call.site.under(call.site.chain, condition)
    return call.site.where_chosen(*(bound[each] for each in ("job", "target") if each in bound))


def _when(call: Call, bound: Bound, name: str) -> tuple[tuple[str, ...], str | None]:
    """The cron strings of a schedule, and their time zone."""
    cron = argument_texts(call, bound, "cron_schedule", f"schedule `{name}`")
    timezone = argument_text(call, bound, "execution_timezone", f"schedule `{name}`")
    check_schedule(call, cron)
    _check_any(call, bound["cron_schedule"])
    return cron, timezone


def _check_any(call: Call, crons: Value) -> None:
    if isinstance(crons, Sequence) and not crons.items and not crons.losses:
        place = argument_place(call, "cron_schedule")
        call.report("bad-cron", "a schedule without a cron string never starts", place)


def _target(call: Call, bound: Bound) -> Target:
    for parameter in ("job", "target"):
        if is_given(bound.get(parameter)):
            return target_of(call, bound[parameter]) or Target()
    return named_target(call, bound, "a schedule") or Target()


_SCHEDULE_DECORATOR = Parameters(f"cron_schedule, *, job_name=None, name=None, {_SCHEDULE_OPTIONS}")


def _schedule(call: Call, bound: Bound, function: Value) -> Value:
    name = decorated_name(call, bound, function, "a schedule")
    if isinstance(name, Unknown):
        return name
    cron, timezone = _when(call, bound, name)
    check_decorated(call, function)
    return call.declared(
        ScheduleValue(
            name,
            function_place(function, call.site).where_chosen(bound["name"]),
            _target(call, bound),
            cron,
            timezone,
            function,
        )
    )


_FROM_JOB = Parameters(
    "job, description=None, name=None, minute_of_hour=None, hour_of_day=None, day_of_week=None, "
    "day_of_month=None, default_status=None, tags=None, cron_schedule=None, "
    "execution_timezone=None, metadata=None, owners=None"
)


def _from_partitioned_job(call: Call) -> Value:
    """The partitions of the job give the cron string; the name is that of the job, with
    `_schedule`."""
    bound = _FROM_JOB.bind(call)
    target = target_of(call, bound["job"]) or Target()
    name = _name_of_schedule(call, bound, target)
    if isinstance(name, Unknown):
        return name
    crons = Doubts()
    cron = crons.text(bound["cron_schedule"])
    report_unknown(call, crons, "cron_schedule", f"schedule `{name}`")
    return call.declared(
        ScheduleValue(
            name,
            _place(call, bound, target),
            target,
            (cron,) if cron and not crons.found else None,
            argument_text(call, bound, "execution_timezone", f"schedule `{name}`"),
            moment=_moment(bound),
            is_from_partitions=not crons.found and not call.losses,
        )
    )


def _moment(bound: Bound) -> Moment | None:
    """The parts of the time of day that the schedule sets itself; None for what is not known."""
    numbers: list[int | None] = []
    for parameter in _MOMENT:
        value = bound[parameter]
        given = value.value if isinstance(value, Constant) else ...
        if given is not None and not isinstance(given, int):
            return None
        numbers.append(given)
    return Moment(*numbers)


_MOMENT = ("minute_of_hour", "hour_of_day", "day_of_week", "day_of_month")


TABLE: dict[str, Intrinsic] = {
    "dagster.define_asset_job": _define_asset_job,
    "dagster.ScheduleDefinition": _schedule_definition,
    "dagster.build_schedule_from_partitioned_job": _from_partitioned_job,
    **decorator("dagster.schedule", _SCHEDULE_DECORATOR, None, _schedule),
}
"""The intrinsics of jobs over assets and of schedules."""
