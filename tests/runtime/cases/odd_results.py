"""Lines 2 and 7: results in unusual places."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import dagster as dg

SEEN = []


class Pair(NamedTuple):
    left: int
    right: int


@dg.asset
def a_tuple():
    return Pair(1, 2)._asdict()


@dg.asset
def optional_none(context):
    return None


@dg.asset(output_required=False)
def not_made():
    if False:
        yield dg.Output(1)


@dg.asset
def after_not_made(not_made):
    return not_made


@dg.asset(output_required=False)
def made_anyway():
    return 5


@dg.asset
def output_against_annotation() -> int:
    return dg.Output(1)


@dg.asset
def value_against_annotation() -> dg.Output[int]:
    return 1


@dg.asset
def output_of_any() -> dg.Output:
    return dg.Output("x")


@dg.asset
def output_of_wrong_type() -> dg.Output[int]:
    return dg.Output("x")


@dg.asset
def iterator() -> Iterator[Any]:
    yield dg.Output([1])


@dg.asset
def returned_materialization():
    return dg.AssetMaterialization("x")


@dg.asset
def typed_result() -> dg.MaterializeResult[int]:
    return dg.MaterializeResult(value=4)


@dg.asset
def none_result() -> dg.MaterializeResult:
    return dg.MaterializeResult(value=None, metadata={"a": 1})


@dg.asset
def reads_none_result(none_result):
    return repr(none_result)


@dg.asset
def wrong_result():
    return dg.MaterializeResult(asset_key="other")


@dg.asset
def result_and_value():
    yield dg.MaterializeResult()
    yield dg.Output(3)


@dg.asset
def named_output():
    return dg.Output(1, output_name="nonsense")


@dg.asset
def deps_only(context) -> None:
    SEEN.append("deps_only")


@dg.asset(deps=[deps_only, "typed_result"])
def after_deps():
    return "after"


@dg.asset
def loads_nothing(deps_only):
    return 1


@dg.multi_asset(outs={"n1": dg.AssetOut(dagster_type=dg.Nothing), "n2": dg.AssetOut()})
def half_nothing():
    return None, 2


@dg.multi_asset(
    outs={"first": dg.AssetOut(), "second": dg.AssetOut()},
    internal_asset_deps={"second": {dg.AssetKey("first")}, "first": set()},
)
def out_of_order():
    yield dg.Output(2, "second")
    yield dg.Output(1, "first")


@dg.multi_asset(outs={"one_of_one": dg.AssetOut()})
def single():
    return 7


@dg.multi_asset(outs={"r1": dg.AssetOut(), "r2": dg.AssetOut()})
def results_for_outs():
    return dg.MaterializeResult(asset_key="r1", value=1), dg.MaterializeResult(
        asset_key="r2", value=2, metadata={"k": "v"}
    )


@dg.multi_asset(specs=[dg.AssetSpec("t1"), dg.AssetSpec("t2")])
def too_few():
    return dg.MaterializeResult(asset_key="t1")


@dg.multi_asset(specs=[dg.AssetSpec("y1"), dg.AssetSpec("y2")])
def yields_twice():
    yield dg.MaterializeResult(asset_key="y1")
    yield dg.MaterializeResult(asset_key="y1")


@dg.multi_asset(specs=[dg.AssetSpec("no_key1"), dg.AssetSpec("no_key2")])
def without_key():
    yield dg.MaterializeResult()


@dg.multi_asset(
    specs=[dg.AssetSpec("c1"), dg.AssetSpec("c2", deps=["c1"])],
    check_specs=[
        dg.AssetCheckSpec("ok", asset="c1"),
        dg.AssetCheckSpec("ok", asset="c2", blocking=True),
    ],
)
def with_checks():
    yield dg.MaterializeResult(asset_key="c1", check_results=[dg.AssetCheckResult(passed=True)])
    yield dg.MaterializeResult(
        asset_key="c2", check_results=[dg.AssetCheckResult(check_name="ok", passed=False)]
    )


@dg.asset(deps=["c2"])
def after_blocked():
    return 1


@dg.asset(deps=["c1"])
def after_open():
    return 1


@dg.asset
def string_annotations(context, a_tuple: "dict") -> "dict":
    return a_tuple


ASSETS = [
    a_tuple,
    optional_none,
    not_made,
    after_not_made,
    made_anyway,
    output_against_annotation,
    value_against_annotation,
    output_of_any,
    output_of_wrong_type,
    iterator,
    returned_materialization,
    typed_result,
    none_result,
    reads_none_result,
    wrong_result,
    result_and_value,
    named_output,
    deps_only,
    after_deps,
    loads_nothing,
    half_nothing,
    out_of_order,
    single,
    results_for_outs,
    too_few,
    yields_twice,
    without_key,
    with_checks,
    after_blocked,
    after_open,
    string_annotations,
]
