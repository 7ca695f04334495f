"""Everything that is known about Dagster's API, in one table."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Value
from assetgen.analyzer.intrinsics.dagster import (
    annotation_marks,
    invariants,
    record_members,
    records,
)
from assetgen.analyzer.intrinsics.dagster.assets import (
    asset_constructor,
    assets,
    assets_definitions,
    deps,
    keys,
    mapping_specs,
    multi_assets,
    source_assets,
    source_changes,
    specs,
)
from assetgen.analyzer.intrinsics.dagster.automation import (
    automation,
    changed,
    jobs,
    partition_members,
    partitions,
    sensors,
    time_partitions,
)
from assetgen.analyzer.intrinsics.dagster.checks import asset_checks, built_checks, check_specs
from assetgen.analyzer.intrinsics.dagster.configs import (
    config_files,
    configuring,
    partitioned_configs,
    resources,
)
from assetgen.analyzer.intrinsics.dagster.definitions import (
    component_trees,
    definition_loaders,
    definitions,
    defs_folders,
    loaders,
    repositories,
)
from assetgen.analyzer.intrinsics.dagster.ops import (
    graphs,
    handles,
    handmade,
    hooks,
    inputs,
    loadable_types,
    ops,
    outputs,
)
from assetgen.analyzer.intrinsics.dagster.refusals import enumerations, frozen_models
from assetgen.analyzer.intrinsics.dagster.refusals.misspellings import ENUMERATIONS
from assetgen.analyzer.intrinsics.dagster.refusals.refusals import refusing
from assetgen.analyzer.intrinsics.dagster.selections import resolved, selections

_ROWS: dict[str, Intrinsic] = {
    **records.TABLE,
    **record_members.TABLE,
    **invariants.TABLE,
    **config_files.TABLE,
    **keys.TABLE,
    **specs.TABLE,
    **deps.TABLE,
    **inputs.TABLE,
    **outputs.TABLE,
    **partition_members.TABLE,
    **partitions.TABLE,
    **time_partitions.TABLE,
    **partitioned_configs.TABLE,
    **automation.TABLE,
    **check_specs.TABLE,
    **ops.TABLE,
    **assets.TABLE,
    **multi_assets.TABLE,
    **graphs.TABLE,
    **assets_definitions.TABLE,
    **annotation_marks.TABLE,
    **asset_constructor.TABLE,
    **handles.TABLE,
    **handmade.TABLE,
    **loadable_types.TABLE,
    **configuring.TABLE,
    **hooks.TABLE,
    **frozen_models.TABLE,
    **enumerations.TABLE,
    **asset_checks.TABLE,
    **built_checks.TABLE,
    **source_assets.TABLE,
    **source_changes.TABLE,
    **selections.TABLE,
    **resolved.TABLE,
    **jobs.TABLE,
    **sensors.TABLE,
    **changed.TABLE,
    **definitions.TABLE,
    **repositories.TABLE,
    **resources.TABLE,
    **mapping_specs.TABLE,
    **loaders.TABLE,
    **definition_loaders.TABLE,
    **component_trees.TABLE,
    **defs_folders.TABLE,
}
DAGSTER_CALLS = refusing(_ROWS)
"""From qualified names to what calling them means."""

DAGSTER_VALUES: dict[str, Value] = {
    f"dagster.{name}.{member}.{part}": Constant(member)
    for name, members in ENUMERATIONS.items()
    for member in members
    for part in ("name", "value")
}
"""From qualified names to values: the members of Dagster's enumerations."""

DAGSTER_PROPERTIES: frozenset[str] = partition_members.PROPERTIES | time_partitions.PROPERTIES
"""The rows of `DAGSTER_CALLS` that are read as attributes."""


def canonical(qualname: str) -> str:
    """The name under which the table knows something with several names: Dagster's private modules,
    and assetgen's runtime, export the same objects."""
    for prefix in _ALIASES:
        if qualname.startswith(prefix):
            return _public(qualname[len(prefix) :])
    return qualname


_ALIASES = (
    "dagster._",
    "dagster_core.",
    "assetgen.runtime.",
    "dagster.components.",
    "dagster.preview.",
)


def _public(rest: str) -> str:
    """`core.definitions.decorators.asset_decorator.asset` -> `dagster.asset`: modules are lower
    case with an underscore, or known; what follows them is the name and its attributes."""
    parts = rest.split(".")
    for index, part in enumerate(parts):
        name = f"dagster.{'.'.join(parts[index:])}"
        if name in DAGSTER_CALLS or part[:1].isupper():
            return name
    return f"dagster.{parts[-1]}"


def may_declare(qualname: str) -> bool:
    """Whether the result of a name in Dagster or an integration may be a definition, judging by how
    integrations name other things."""
    package, _, rest = qualname.partition(".")
    return package.startswith("dagster") and not rest.endswith(_NO_DEFINITIONS)


_NO_DEFINITIONS = (
    *("Resource", "IOManager", "io_manager", "resource", "Project", "Client", "Config", "logger"),
    *("Credentials", "Connection", "Workspace", "executor", "Settings", "Translator", "Args"),
    *("EnvVar", "Policy", "Condition", "Selection", "_op", ".configured", "_hook", "_type"),
)
