"""Assets with partitions that depend on each other's: mappings in `AssetIn` and `AssetDep`."""

from __future__ import annotations

from fuzz.grammar.attributes import arguments
from fuzz.grammar.draft import Draft

MAPPINGS = (
    "dg.TimeWindowPartitionMapping(start_offset=-1, end_offset=-1)",
    "dg.TimeWindowPartitionMapping(allow_nonexistent_upstream_partitions=True)",
    "dg.LastPartitionMapping()",
    "dg.AllPartitionMapping()",
)


def partitioned_asset(draft: Draft) -> None:
    """Two assets by day, or a month above a day; or one by two dimensions; or one of itself."""
    first, second = draft.fresh(), draft.fresh()
    form = draft.pick(("pair", "multi", "self", "several"))
    if form == "several":
        several_dimensions(draft, first, second)
        return
    daily = draft.fresh("daily")
    draft.write(f"{daily} = dg.DailyPartitionsDefinition(start_date='2024-01-01')")
    if form == "multi":
        both = (
            f"dg.MultiPartitionsDefinition({{'day': {daily}, "
            "'region': dg.StaticPartitionsDefinition(['eu', 'us'])})"
        )
        draft.write(f"\n\n@dg.asset(partitions_def={both})\ndef {first}():\n    return 1\n")
        draft.add((first,), first)
        draft.export(first, "asset")
        return
    if form == "self":
        mapping = MAPPINGS[0]
        draft.write(
            f"\n\n@dg.asset(partitions_def={daily}, "
            f"ins={{'{first}': dg.AssetIn(partition_mapping={mapping})}})"
        )
        draft.write(f"def {first}({first}):\n    return 1\n")
        draft.add((first,), first)
        draft.export(first, "asset")
        return
    draft.write(f"\n\n@dg.asset(partitions_def={daily})\ndef {first}():\n    return 1\n")
    mapping = draft.pick(MAPPINGS)
    if draft.chance(2):
        options = {"deps": f"[dg.AssetDep({first}, partition_mapping={mapping})]"}
        parameter = ""
    else:
        options = {"ins": f"{{'{first}': dg.AssetIn(partition_mapping={mapping})}}"}
        parameter = first
    options["partitions_def"] = draft.pick((daily, "dg.WeeklyPartitionsDefinition('2024-01-01')"))
    draft.write(f"\n\n@dg.asset({arguments(draft, options)})")
    draft.write(f"def {second}({parameter}):\n    return 1\n")
    for name in (first, second):
        draft.add((name,), name)
        draft.export(name, "asset")


SEVERAL = "dg.MultiPartitionsDefinition({'day': DAYS, 'region': REGIONS})"
REGIONS = "dg.StaticPartitionsDefinition(['eu', 'us'])"
DAYS = "dg.DailyPartitionsDefinition('2024-01-01')"
PAIRS = (
    (SEVERAL, REGIONS, "dg.MultiToSingleDimensionPartitionMapping('region')"),
    (SEVERAL, DAYS, "dg.MultiToSingleDimensionPartitionMapping()"),
    (SEVERAL, DAYS, None),
    (REGIONS, SEVERAL, None),
    (
        SEVERAL,
        SEVERAL,
        "dg.MultiPartitionMapping({'day': dg.DimensionPartitionMapping('day', "
        "dg.TimeWindowPartitionMapping(start_offset=-1, end_offset=-1))})",
    ),
    (SEVERAL, None, "dg.AllPartitionMapping()"),
    (
        REGIONS,
        "dg.StaticPartitionsDefinition(['north', 'south'])",
        "dg.StaticPartitionMapping({'eu': 'north', 'us': ['north', 'south']})",
    ),
    (
        "dg.DynamicPartitionsDefinition(name='customers')",
        "dg.DynamicPartitionsDefinition(name='customers')",
        "dg.IdentityPartitionMapping()",
    ),
    (
        "dg.TimeWindowPartitionsDefinition(start='2024-01-01', fmt='%Y-%m-%d', "
        "cron_schedule='0 0 * * 1-5', end_offset=1)",
        "dg.MonthlyPartitionsDefinition('2024-01-01', day_offset=2)",
        "dg.SpecificPartitionsPartitionMapping(['2024-01-01'])",
    ),
)
"""Partitions upstream and downstream, and the mapping between them."""


def several_dimensions(draft: Draft, first: str, second: str) -> None:
    above, below, mapping = draft.pick(PAIRS)
    for name, partitions in (("REGIONS", REGIONS), ("DAYS", DAYS)):
        variable = draft.fresh(name.lower())
        draft.write(f"{variable} = {partitions}")
        above = above.replace(name, variable)
        below = below.replace(name, variable) if below else None
    dep = f"dg.AssetDep({first}, partition_mapping={mapping})" if mapping else first
    options = {"deps": f"[{dep}]"}
    if below:
        options["partitions_def"] = below
    draft.write(f"\n\n@dg.asset(partitions_def={above})\ndef {first}():\n    return 1\n")
    draft.write(f"\n\n@dg.asset({arguments(draft, options)})\ndef {second}():\n    return 1\n")
    for name in (first, second):
        draft.add((name,), name)
        draft.export(name, "asset")
