"""Types that say themselves which values they have."""

import dagster as dg

SEEN = []
Even = dg.DagsterType(name="Even", type_check_fn=lambda _, value: value % 2 == 0)
Told = dg.DagsterType(
    name="Told",
    type_check_fn=lambda _, value: dg.TypeCheck(success=value == 1, description="not one"),
)
Text = dg.PythonObjectDagsterType(str, name="Text")
Either = dg.PythonObjectDagsterType((str, int), name="Either")


@dg.asset(dagster_type=Even)
def even():
    return 4


@dg.asset(dagster_type=Even)
def odd():
    return 3


@dg.asset(dagster_type=Told)
def told():
    return 1


@dg.asset(dagster_type=Told)
def not_told():
    return 2


@dg.asset(dagster_type=Either)
def either():
    return 2


@dg.asset(ins={"even": dg.AssetIn(dagster_type=Text)})
def reads_text(even):
    SEEN.append(even)


@dg.multi_asset(outs={"a": dg.AssetOut(dagster_type=Even), "b": dg.AssetOut(dagster_type=Text)})
def several():
    return 2, 3


@dg.op(ins={"value": dg.In(Even)}, out=dg.Out(Text))
def shown(value):
    return value


@dg.op
def three():
    return 3


@dg.graph_asset
def graphed():
    return shown(three())


ASSETS = [even, odd, told, not_told, either, reads_text, several, graphed]
