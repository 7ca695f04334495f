"""Hooks, which run after an op.

They change nothing in the model, but they decorate assets, jobs and graphs, which remain what they
are.
"""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, PendingValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import HookValue, JobValue
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.signature import Signature, signature_of
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.model.copies import replace

_DEFINITION = Parameters("*, name, hook_fn, required_resource_keys=None, decorated_fn=None")
_DECORATOR = Parameters("hook_fn=None, *, name=None, required_resource_keys=None")


def _definition(call: Call) -> Value:
    return _hook(call, _DEFINITION.bind(call))


def _decorated(call: Call, bound: Bound, function: Value) -> Value:
    signature = signature_of(call, function, call.site)
    if signature is not None and signature.lost is None:
        _check_parameters(call, signature)
    return _hook(call, bound)


def _check_parameters(call: Call, signature: Signature) -> None:
    """Dagster passes a hook its context, and an event-list hook also the list of events."""
    needed = ("context", "event_list") if call.name == "dagster.event_list_hook" else ("context",)
    given = [one for one in signature.parameters if one.kind in ("positional", "either")]
    for index, name in enumerate(needed):
        names = (name, f"_{name}", f"{name}_", "_", "__")
        if index >= len(given) or given[index].name not in names:
            at = given[index].site if index < len(given) else None
            message = f"the function of a hook takes `{name}` as its parameter {index + 1}"
            call.report("invalid-definition", message, at)
            return


def _hook(call: Call, bound: Bound) -> HookValue:
    return HookValue(Doubts().texts(call, bound["required_resource_keys"]))


def hooks_of(given: Value) -> tuple[HookValue, ...]:
    """The known hooks in a collection."""
    if not isinstance(given, Sequence):
        return ()
    return tuple(item for item in given.items if isinstance(item, HookValue))


def _called(call: Call) -> Value:
    """For a job, graph or asset, that with the hook; otherwise the call of the hook's function."""
    target = call.first
    if isinstance(target, GraphValue):
        return PendingValue(target)
    if isinstance(target, JobValue):
        own = (call.receiver,) if isinstance(call.receiver, HookValue) else ()
        return replace(target, hooks=(*target.hooks, *own), changed=_changes(target, "with_hooks"))
    if isinstance(target, AssetsValue):
        return target
    return call.unknown("external", "what a hook gives", target)


def _needing(*resources: str) -> Intrinsic:
    """A function of an integration that makes a hook."""
    return lambda call: HookValue(resources)


def _ending_mlflow(call: Call) -> Value:
    """`end_mlflow_on_run_finished`, which is a hook itself, on what it decorates."""
    given = _called(call)
    own = (HookValue(("mlflow",)),)
    return replace(given, hooks=(*given.hooks, *own)) if isinstance(given, JobValue) else given


def _changed_job(call: Call) -> Value:
    """A new job, which differs in nothing that the model describes."""
    job = call.receiver
    return replace(job) if isinstance(job, JobValue) else call.unknown("error", "no job")


_HOOKS = Parameters("hook_defs")


def _with_hooks(call: Call) -> Value:
    job = call.receiver
    if not isinstance(job, JobValue):
        return call.unknown("error", "no job")
    hooks = (*job.hooks, *hooks_of(_HOOKS.bind(call)["hook_defs"]))
    return replace(job, hooks=hooks, changed=_changes(job, "with_hooks"))


def _with_resources(call: Call) -> Value:
    job = call.receiver
    if not isinstance(job, JobValue):
        return call.unknown("error", "no job")
    return replace(job, resources=None, changed=_changes(job, "with_top_level_resources"))


def _changes(job: JobValue, method: str) -> tuple[str, ...]:
    return (*job.changed, method)


_OF_INTEGRATIONS: dict[str, Intrinsic] = {
    "slack.slack_on_failure": _needing("slack"),
    "slack.slack_on_success": _needing("slack"),
    "msteams.teams_on_failure": _needing("msteams"),
    "msteams.teams_on_success": _needing("msteams"),
    "pagerduty.pagerduty_on_failure": _needing("pagerduty"),
    "mlflow.end_mlflow_on_run_finished": _ending_mlflow,
}
TABLE: dict[str, Intrinsic] = {
    **{f"dagster_{name}": row for name, row in _OF_INTEGRATIONS.items()},
    **{f"dagster_{name.replace('.', '.hooks.')}": row for name, row in _OF_INTEGRATIONS.items()},
    "dagster.HookDefinition": _definition,
    "dagster.HookDefinition.__call__": _called,
    **decorator("dagster.success_hook", _DECORATOR, "hook_fn", _decorated),
    **decorator("dagster.failure_hook", _DECORATOR, "hook_fn", _decorated),
    **decorator("dagster.event_list_hook", _DECORATOR, "hook_fn", _decorated),
    "dagster.JobDefinition.with_hooks": _with_hooks,
    "dagster.JobDefinition.with_executor_def": _changed_job,
    "dagster.JobDefinition.with_logger_defs": _changed_job,
    "dagster.JobDefinition.with_metadata": _changed_job,
    "dagster.JobDefinition.with_top_level_resources": _with_resources,
}
"""The intrinsics of hooks, and of what jobs are given afterwards."""
