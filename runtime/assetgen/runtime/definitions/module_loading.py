"""Definitions gathered from the globals of modules."""

import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from types import ModuleType
from typing import Any

from assetgen.runtime.definitions.asset_definitions import AssetsDefinition
from assetgen.runtime.definitions.asset_specs import AssetSpec, SourceAsset
from assetgen.runtime.definitions.check_definitions import AssetChecksDefinition
from assetgen.runtime.definitions.check_outputs import CheckOutput
from assetgen.runtime.definitions.graph_inputs import FanIn
from assetgen.runtime.model.asset_keys import Parts, key_parts
from assetgen.runtime.model.declarations import (
    After,
    AssetOutput,
    FromAsset,
    Step,
    StepInput,
    StepOutput,
)
from assetgen.runtime.model.failures import PipelineError


def load_assets_from_modules(
    modules: Iterable[ModuleType],
    group_name: str | None = None,
    key_prefix: Any = None,
    *,
    include_specs: bool = False,
    **others: Any,
) -> list[Any]:
    """The assets in the globals of modules, also those in lists that hold nothing else.

    `group_name` is given to those that have no group; PipelineError if one has another.
    `key_prefix` goes before their keys, and before those among their dependencies.
    """
    kinds = (AssetsDefinition, AssetSpec) if include_specs else (AssetsDefinition, SourceAsset)
    found = {id(each): each for module in modules for each in globals_of(module, kinds)}
    assets = [in_group(each, group_name) if group_name else each for each in found.values()]
    return with_prefix(assets, key_parts(key_prefix)) if key_prefix else assets


def load_assets_from_package_module(package_module: ModuleType, **options: Any) -> list[Any]:
    """The assets in a package and in all modules below it."""
    return load_assets_from_modules(modules_below(package_module), **options)


def load_assets_from_package_name(package_name: str, **options: Any) -> list[Any]:
    """The assets in a package, given by its name, and in all modules below it."""
    return load_assets_from_package_module(import_module(package_name), **options)


def load_assets_from_current_module(**options: Any) -> list[Any]:
    """The assets that the calling module has defined so far."""
    return load_assets_from_modules([calling_module()], **options)


def load_asset_checks_from_modules(modules: Iterable[ModuleType], **_: Any) -> list[Any]:
    """The checks in the globals of modules."""
    kinds = (AssetChecksDefinition,)
    found = {id(each): each for module in modules for each in globals_of(module, kinds)}
    return list(found.values())


def load_asset_checks_from_current_module(**options: Any) -> list[Any]:
    """The checks that the calling module has defined so far."""
    return load_asset_checks_from_modules([calling_module()], **options)


def calling_module() -> ModuleType:
    """The module that called the function that calls this one."""
    name = sys._getframe(2).f_globals["__name__"]
    return sys.modules[name]


def modules_below(package: ModuleType) -> Iterator[ModuleType]:
    """A package and all modules below it, imported."""
    yield package
    for found in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{package.__name__}."):
        yield import_module(found.name)


def globals_of(module: ModuleType, kinds: tuple[type, ...]) -> Iterator[Any]:
    """The globals of those kinds, and the elements of lists of nothing else."""
    for name in dir(module):
        value = getattr(module, name)
        if isinstance(value, kinds):
            yield value
        elif isinstance(value, list) and all(isinstance(each, kinds) for each in value):
            yield from value


def in_group(definition: Any, group: str) -> Any:
    """The definition with a group, where it has none."""
    if isinstance(definition, AssetSpec):
        return definition
    for output in definition.outputs:
        if output.group not in ("default", group):
            raise PipelineError(f"{'/'.join(output.asset_parts)} has the group {output.group}")
    return replace(
        definition,
        steps=tuple(
            replace(
                step,
                outputs=tuple(
                    replace(output, group=group) if isinstance(output, AssetOutput) else output
                    for output in step.makes
                ),
            )
            for step in definition.steps
        ),
    )


def with_prefix(definitions: list[Any], prefix: Parts) -> list[Any]:
    """The definitions with a prefix before the keys that they make, wherever these stand."""
    made = [each for each in definitions if isinstance(each, AssetsDefinition)]
    keys = {o.asset_parts: (*prefix, *o.asset_parts) for each in made for o in each.outputs}
    return [
        replace(each, steps=tuple(renamed(step, keys) for step in each.steps))
        if isinstance(each, AssetsDefinition)
        else each
        for each in definitions
    ]


def renamed(step: Step, keys: Mapping[Parts, Parts]) -> Step:
    """The step with some keys replaced by others."""
    outputs = tuple(renamed_output(output, keys) for output in step.makes)
    return replace(
        step, inputs=tuple(renamed_input(source, keys) for source in step.inputs), outputs=outputs
    )


def renamed_output(output: StepOutput, keys: Mapping[Parts, Parts]) -> StepOutput:
    """The output with some keys replaced by others."""
    if isinstance(output, CheckOutput):
        parts = key_parts(output.asset)
        return replace(output, asset=keys.get(parts, parts))
    if not isinstance(output, AssetOutput):
        return output
    deps = output.dep_parts
    return replace(
        output,
        key=keys.get(output.asset_parts, output.asset_parts),
        deps=None if deps is None else tuple(keys.get(parts, parts) for parts in deps),
    )


def renamed_input(source: StepInput, keys: Mapping[Parts, Parts]) -> StepInput:
    """The input with some keys replaced by others."""
    if isinstance(source, FanIn):
        return replace(source, sources=tuple(renamed_input(s, keys) for s in source.sources))
    if isinstance(source, (FromAsset, After)):
        return replace(source, key=keys.get(source.key_parts, source.key_parts))
    return source
