"""`AutomationCondition` and the policies before it: an algebra whose results are text."""

from __future__ import annotations

from typing import ClassVar

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Declared, Unknown, Value
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(slots=True, eq=False)
class ConditionValue(Declared):
    """An automation condition, a rule of one, or an auto-materialize policy, as text."""

    type_name: ClassVar[str] = "dagster.AutomationCondition"
    is_tuple: ClassVar[bool] = True

    text: str


def _made(call: Call) -> Value:
    """`AutomationCondition.eager()` and the like."""
    return ConditionValue(f"{call.name.removeprefix('dagster.')}({_arguments(call)})")


def _method(call: Call) -> Value:
    """`condition.newly_true()` and the like."""
    name = call.last_name
    return _written(f"{_operand(call.receiver)}.{name}({_arguments(call)})")


def _binary(call: Call) -> Value:
    if len(call.args) != 1 or isinstance(call.args[0], Unknown):
        return call.unknown("unsupported", "an operand of the condition is not known", *call.args)
    if isinstance(call.args[0], Constant):
        call.report("wrong-type", f"{shown(call.args[0])} is not an AutomationCondition")
    operator = _OPERATORS[call.last_name]
    return _written(f"({_operand(call.receiver)} {operator} {_operand(call.args[0])})")


def _inverted(call: Call) -> Value:
    return _written(f"~{_operand(call.receiver)}")


def _written(text: str) -> ConditionValue:
    """A condition as text, of which nobody reads more than so much."""
    return ConditionValue(text if len(text) <= _LONG else f"{text[:_LONG]}...")


_LONG = 20_000


def _arguments(call: Call) -> str:
    parts = [shown(value) for value in call.args]
    parts += [f"{name}={shown(value)}" for name, value in call.kwargs.items()]
    return ", ".join(parts)


def _operand(value: Value | None) -> str:
    return "?" if value is None else shown(Doubts().first_option(value))


_OPERATORS = {"__and__": "&", "__or__": "|", "__sub__": "-"}
_CONDITIONS = (
    *("all_checks_match", "all_deps_blocking_checks_passed", "all_deps_match"),
    *("all_deps_updated_since_cron", "all_job_root_assets_match", "all_new_updates_have_run_tags"),
    *("any_checks_match", "any_deps_in_progress", "any_deps_match", "any_deps_missing"),
    *("any_deps_updated", "any_downstream_conditions", "any_job_root_assets_match"),
    *("any_new_update_has_run_tags", "asset_matches", "backfill_in_progress", "check_failed"),
    *("check_passed", "code_version_changed", "cron_tick_passed", "data_version_changed", "eager"),
    *("executed_with_root_target", "executed_with_tags", "execution_failed", "freshness_failed"),
    *("freshness_passed", "freshness_warned", "in_latest_time_window", "in_progress"),
    *("initial_evaluation", "missing", "newly_missing", "newly_requested", "newly_updated"),
    *(
        "on_cron",
        "on_missing",
        "run_in_progress",
        "will_be_requested",
        "latest_run_executed_with_tags",
    ),
)
_METHODS = (
    *("newly_true", "since", "since_last_handled", "with_label", "without", "allow", "ignore"),
    *("replace", "as_auto_materialize_policy", "with_rules", "without_rules"),
    *("to_automation_condition", "resolve_children", "resolve_through_virtual"),
)
_RULES = (
    *("materialize_on_cron", "materialize_on_missing", "materialize_on_parent_updated"),
    *("materialize_on_required_for_freshness", "skip_on_backfill_in_progress"),
    *("skip_on_not_all_parents_updated", "skip_on_not_all_parents_updated_since_cron"),
    *(
        "skip_on_parent_missing",
        "skip_on_parent_outdated",
        "skip_on_required_but_nonexistent_parents",
    ),
    *("skip_on_run_in_progress",),
)

TABLE: dict[str, Intrinsic] = {
    **{f"dagster.AutomationCondition.{name}": _made for name in _CONDITIONS},
    **{f"dagster.AutomationCondition.{name}": _method for name in _METHODS},
    **{f"dagster.AutomationCondition.{name}": _binary for name in _OPERATORS},
    "dagster.AutomationCondition.__invert__": _inverted,
    "dagster.AutoMaterializePolicy": _made,
    "dagster.AutoMaterializePolicy.eager": _made,
    "dagster.AutoMaterializePolicy.lazy": _made,
    "dagster.AutoMaterializePolicy.from_automation_condition": _made,
    **{f"dagster.AutoMaterializeRule.{name}": _made for name in _RULES},
}
"""The intrinsics of conditions. Policies and rules are conditions here: both are only shown."""
