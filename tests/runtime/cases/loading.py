"""Assets gathered from modules, with a group and a prefix."""

import types

import dagster as dg

SEEN = []
first = types.ModuleType("first")
second = types.ModuleType("second")


@dg.asset
def made():
    return 1


@dg.asset(key_prefix="own", deps=["outside"])
def _hidden(made):
    return made + 1


@dg.asset(group_name="mine")
def grouped(context):
    SEEN.append(context.asset_key.to_user_string())
    return 3


@dg.multi_asset(specs=[dg.AssetSpec("s1"), dg.AssetSpec("s2", deps=["s1", "made"])])
def several():
    yield dg.MaterializeResult(asset_key=["pre", "s1"])
    yield dg.MaterializeResult(asset_key=["pre", "s2"])


@dg.asset
def outside():
    return 0


@dg.asset_check(asset=made)
def made_check(made):
    return dg.AssetCheckResult(passed=True)


first.made = made
first.again = made
first._hidden = _hidden
first.a_list = [several]
first.mixed_list = [outside, 1]
first.a_tuple = (outside,)
first.a_check = made_check
second.grouped = grouped

ASSETS = [
    *dg.load_assets_from_modules([first], group_name="loaded", key_prefix="pre"),
    *dg.load_assets_from_modules([second], group_name="mine"),
    outside,
]
SEEN.append(sorted(key.to_user_string() for each in ASSETS for key in each.keys))
