"""What the bytes of nearly every module refer to, by number.

By name, it would be looked up some thirty times for each module.
"""

from __future__ import annotations

import sys
from functools import cache
from operator import attrgetter
from typing import Final

COMMON: Final[tuple[tuple[str, str], ...]] = (
    *(
        ("ast", name)
        for name in (
            *("Attribute", "Call", "Constant", "Dict", "Expr", "FunctionDef", "ImportFrom"),
            *("JoinedStr", "List", "Load", "Name", "Return", "arg", "arguments", "keyword"),
        )
    ),
    *(
        ("assetgen.analyzer.evaluate.values", name)
        for name in (
            *("Class", "Constant", "Deferred", "External", "Function", "Instance", "Mapping"),
            *("Parameterised", "Record", "Sequence", "Unknown"),
        )
    ),
    ("assetgen.analyzer.evaluate.scope", "Scope"),
    ("assetgen.analyzer.evaluate.site", "site_at"),
    ("assetgen.analyzer.intrinsics.dagster.declared.assets", "AssetOutput"),
    ("assetgen.analyzer.intrinsics.dagster.declared.assets", "AssetsValue"),
    ("assetgen.analyzer.intrinsics.dagster.declared.attributes", "Attributes"),
    ("assetgen.analyzer.intrinsics.dagster.declared.checks", "CheckSpecValue"),
    ("assetgen.analyzer.intrinsics.dagster.declared.checks", "ChecksValue"),
    ("assetgen.analyzer.intrinsics.dagster.declared.graphs", "GraphValue"),
    ("assetgen.analyzer.intrinsics.dagster.declared.graphs", "Invoked"),
    ("assetgen.analyzer.intrinsics.dagster.declared.graphs", "OpValue"),
    ("assetgen.analyzer.intrinsics.dagster.declared.identity", "Identity"),
    ("assetgen.analyzer.intrinsics.dagster.declared.specs", "Dep"),
    ("assetgen.analyzer.intrinsics.dagster.declared.specs", "SpecValue"),
    ("assetgen.analyzer.intrinsics.dagster.ops.composition", "Composition"),
    ("assetgen.analyzer.intrinsics.dagster.ops.composition", "CompositionSite"),
    ("assetgen.analyzer.model.keys", "AssetKey"),
    ("assetgen.analyzer.model.partitions", "Partitions"),
    ("assetgen.analyzer.model.spans", "Span"),
    ("assetgen.analyzer.model.steps", "GraphInputSource"),
    ("assetgen.analyzer.model.steps", "Input"),
    ("assetgen.analyzer.model.steps", "Output"),
    ("assetgen.analyzer.model.steps", "OutputSource"),
    *(
        ("assetgen.analyzer.retention.reducing", name)
        for name in ("constant", "module_named", "named_tuple", "owned_thing", "scope_of")
    ),
    ("assetgen.analyzer.syntax.bodies", "DeferredBody"),
    ("assetgen.analyzer.syntax.shape", "Shape"),
    ("assetgen.analyzer.syntax.taking", "Taken"),
)
"""Modules and the names of classes and functions in them. Bytes are only read by the version of our
code that wrote them, so the numbers may change."""


@cache
def numbers() -> dict[object, int]:
    """The number of each, of those that have been imported."""
    loaded = ((n, sys.modules.get(module), name) for n, (module, name) in enumerate(COMMON))
    return {attrgetter(name)(module): n for n, module, name in loaded if module is not None}
