"""From the specs that an integration makes to the multi-asset of its decorator."""

from __future__ import annotations

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import FALSE, NONE, TRUE, External, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import partitions_of
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why


def multi_asset_of(
    call: Call,
    bound: Bound,
    function: Value,
    specs: tuple[SpecValue, ...],
    checks: tuple[CheckSpecValue, ...] = (),
    passed: tuple[str, ...] = (),
    single_run: bool = True,
) -> Value:
    """The multi-asset that an integration's decorator makes of its function and its specs.

    `passed` are the decorator's parameters that go to `multi_asset` as they are. Partitions by
    time are backfilled in one run unless the decorator says otherwise, or without `single_run`.
    """
    items: list[Value] = list(specs)
    io_manager = bound["io_manager_key"] if "io_manager_key" in bound.defaults else NONE
    if io_manager != NONE:
        row = "dagster.AssetSpec.with_io_manager_key"
        items = [call.invoke(KnownMethod(row, spec), io_manager) for spec in specs]
    kwargs: dict[str, Value] = {
        "specs": Sequence("list", items),
        "can_subset": TRUE,
        **bound.given(passed),
    }
    if checks:
        kwargs["check_specs"] = Sequence("list", list(checks))
        kwargs["allow_arbitrary_check_specs"] = TRUE
    policy = bound["backfill_policy"]
    if policy == NONE and single_run and _is_time_window(call, bound["partitions_def"]):
        single = External("dagster.BackfillPolicy.single_run")
        policy = call.invoke(single)
    if policy != NONE:
        kwargs["backfill_policy"] = policy
    made = call.invoke(External("dagster.multi_asset"), **kwargs)
    return call.invoke(made, function)


def lost_assets(call: Call, maker: str, cause: Unknown) -> Unknown:
    """What an integration gives whose assets are not known: it is reported here, once."""
    call.report("unresolved-asset", f"the assets of {maker} are not known: {why(cause)}")
    return call.unknown("told", f"the assets of {maker} are not known")


def _is_time_window(call: Call, value: Value) -> bool:
    if value in (NONE, FALSE):
        return False
    partitions = partitions_of(call, Doubts().first_option(value))
    return partitions is not None and partitions.kind in TIME_WINDOWS


TIME_WINDOWS = frozenset(
    f"{name}PartitionsDefinition" for name in ("TimeWindow", "Hourly", "Daily", "Weekly", "Monthly")
)
