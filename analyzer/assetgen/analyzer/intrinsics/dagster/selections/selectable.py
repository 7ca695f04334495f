"""Assets that selections are applied to before a code location is resolved."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey


def selectable(assets: Iterable[Value]) -> list[Asset]:
    """The assets of definitions that are still being collected, with what selections ask for: key,
    group, owner, tags and kinds, and the edges as written."""
    found: dict[AssetKey, Asset] = {}
    for value in assets:
        if isinstance(value, AssetsValue):
            kinds = {"external": "external", "observable": "observable"}
            kind = kinds.get(value.kind, "materializable")
            for spec in value.specs:
                found[spec.key] = replace(
                    _asset(spec), kind=kind, step=value.name, can_subset=value.can_subset
                )
        elif isinstance(value, SpecValue):
            found[value.key] = _asset(value)
        elif isinstance(value, SourceAssetValue):
            found[value.key] = _asset(SpecValue(value.key, value.site, (), value.attributes))
    return list(found.values())


def _asset(spec: SpecValue) -> Asset:
    attributes = spec.attributes
    return Asset(
        spec.key,
        "external",
        spec.site.origin,
        deps=tuple(Dependency(dep.key, dep.key, dep.how, dep.site.span) for dep in spec.deps),
        group_name=attributes.group_name or "default",
        owners=attributes.owners,
        tags=attributes.tags,
        kinds=attributes.kinds,
        metadata=attributes.metadata,
        unknown=(*attributes.unknown, *(("deps",) if spec.deps_losses else ())),
    )
