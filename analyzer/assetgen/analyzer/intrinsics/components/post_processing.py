"""`post_processing:` of a component: attributes set on the assets that it defines."""

from __future__ import annotations

import ast
from collections.abc import Callable

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.components.core_models import asset_attributes, written
from assetgen.analyzer.intrinsics.components.resolving import Resolution
from assetgen.analyzer.intrinsics.components.yaml_trees import entry, text_of
from assetgen.analyzer.intrinsics.dagster.assets.changing import refused_deps, with_specs
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    AssetLike,
    DefinitionsValue,
)
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.selections.selectable import selectable
from assetgen.analyzer.intrinsics.dagster.selections.selecting import Selector
from assetgen.analyzer.intrinsics.dagster.selections.selection_strings import (
    SelectionSyntaxError,
    parse_selection,
)
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey

Selected = Callable[[AssetKey], bool]


def post_process(
    resolution: Resolution, node: ast.expr | None, definitions: DefinitionsValue
) -> DefinitionsValue:
    """The definitions after applying every entry of `assets`, in order."""
    steps = entry(node, "assets")
    for step in steps.elts if isinstance(steps, ast.List) else ():
        attributes = entry(step, "attributes")
        selected = _selected(resolution, step, definitions)
        if attributes is None or selected is None:
            continue
        merges = text_of(entry(step, "operation")) != "replace"
        assets = tuple(
            _processed(resolution, asset, attributes, selected, merges)
            for asset in definitions.assets
        )
        definitions = replace(definitions, assets=assets)
    return definitions


def _selected(
    resolution: Resolution, step: ast.expr, definitions: DefinitionsValue
) -> Selected | None:
    """The assets that the target selects; None, with a report, if they are not known."""
    target = entry(step, "target")
    text = text_of(target) if target is not None else "*"
    if text == "*":
        return lambda key: True
    keys: frozenset[AssetKey] | None = None
    problem = "it is not a selection that can be evaluated"
    site = resolution.site.at(target or step)
    if text is not None:
        try:
            selection = parse_selection(text, include_sources=True)
            keys = Selector(selectable(definitions.assets)).select(selection)
        except SelectionSyntaxError as error:
            resolution.call.report("selection-syntax", str(error), site)
            return None
    if keys is None:
        message = f"which assets are post-processed is not known: {problem}"
        resolution.call.report("unresolved-attribute", message, site)
        return None
    return keys.__contains__


def _processed(
    resolution: Resolution,
    asset: AssetLike,
    attributes: ast.expr,
    selected: Selected,
    merges: bool,
) -> AssetLike:
    def change(spec: SpecValue) -> SpecValue:
        if not selected(spec.key):
            return spec
        return _changed(resolution, spec, attributes, merges)

    if isinstance(asset, AssetsValue):
        changed = with_specs(asset, change)
        problem = refused_deps(asset, changed)
        if problem is not None:
            site = resolution.site.at(entry(attributes, "deps") or attributes)
            resolution.call.report("invalid-definition", problem, site)
        return changed
    return change(asset) if isinstance(asset, SpecValue) else asset


_MERGEABLE = ("metadata", "tags")


def _changed(
    resolution: Resolution, spec: SpecValue, attributes: ast.expr, merges: bool
) -> SpecValue:
    context = resolution.context.at(resolution.context.path, {"asset": spec})
    given = asset_attributes(replace(resolution, context=context), attributes)
    site = written(resolution, attributes)
    merged = {name: value for name, value in given.items() if merges and name in _MERGEABLE}
    others = {name: value for name, value in given.items() if name not in merged}
    changed = _apply(resolution, spec, "dagster.AssetSpec.merge_attributes", merged, site)
    return _apply(resolution, changed, "dagster.AssetSpec.replace_attributes", others, site)


def _apply(
    resolution: Resolution, spec: SpecValue, method: str, given: dict[str, Value], site: Site
) -> SpecValue:
    if not given:
        return spec
    changed = resolution.call.machine.call(KnownMethod(method, spec), [], given, site)
    return changed if isinstance(changed, SpecValue) else spec
