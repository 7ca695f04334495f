"""Functions as checks of assets: ``@asset_check`` and ``@multi_asset_check``."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assetgen.runtime.definitions.asset_definitions import (
    asset_inputs,
    check_outputs,
    function_step,
    refuse_unknown,
)
from assetgen.runtime.definitions.asset_specs import AssetCheckSpec, AssetIn, coerce_deps
from assetgen.runtime.definitions.signatures import read_signature
from assetgen.runtime.model.asset_keys import key_parts, op_name
from assetgen.runtime.model.declarations import After, FromAsset, Step


@dataclass(frozen=True)
class AssetChecksDefinition:
    """Checks with the step that computes them. Called, it calls the function."""

    steps: tuple[Step, ...]
    function: Callable[..., Any]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function itself."""
        return self.function(*args, **kwargs)


def asset_check(
    *,
    asset: Any,
    name: str | None = None,
    description: str | None = None,
    blocking: bool = False,
    additional_ins: Mapping[str, AssetIn] | None = None,
    additional_deps: Iterable[Any] | None = None,
    required_resource_keys: Iterable[str] | None = None,
    config_schema: Any = None,
    op_tags: Mapping[str, Any] | None = None,
    retry_policy: Any = None,
    metadata: Mapping[str, Any] | None = None,
    partitions_def: Any = None,
    **others: Any,
) -> Callable[[Callable[..., Any]], AssetChecksDefinition]:
    """Make a check of a function; a parameter not in `additional_ins` is the asset's value."""
    refuse_unknown(others)

    def decorate(function: Callable[..., Any]) -> AssetChecksDefinition:
        parts = key_parts(asset)
        check = name or function.__name__
        signature = read_signature(function)
        described = additional_ins or {}
        sources = [
            replace(source, key=parts)
            if isinstance(source, FromAsset) and source.parameter not in described
            else source
            for source in asset_inputs(signature, described)
        ]
        if parts not in {source.key_parts for source in sources}:
            sources.append(After(parts))
        sources.extend(After(dep.key) for dep in coerce_deps(additional_deps))
        spec = AssetCheckSpec(check, parts, description, None, blocking, metadata)
        step = function_step(
            f"{op_name(parts)}_{check}",
            function,
            signature,
            tuple(sources),
            check_outputs([spec]),
            config_schema=config_schema,
            required_resource_keys=required_resource_keys,
            retry_policy=retry_policy,
            tags=op_tags,
        )
        return AssetChecksDefinition((step,), function)

    return decorate


def multi_asset_check(
    *,
    specs: Sequence[AssetCheckSpec],
    name: str | None = None,
    description: str | None = None,
    can_subset: bool = False,
    op_tags: Mapping[str, Any] | None = None,
    required_resource_keys: Iterable[str] | None = None,
    retry_policy: Any = None,
    config_schema: Any = None,
    ins: Mapping[str, AssetIn] | None = None,
    **others: Any,
) -> Callable[[Callable[..., Any]], AssetChecksDefinition]:
    """Make several checks of one function."""
    refuse_unknown(others)

    def decorate(function: Callable[..., Any]) -> AssetChecksDefinition:
        signature = read_signature(function)
        sources = asset_inputs(signature, ins or {})
        loaded = {source.key_parts for source in sources}
        checked = dict.fromkeys(key_parts(spec.asset) for spec in specs)
        step = function_step(
            name or function.__name__,
            function,
            signature,
            (*sources, *(After(parts) for parts in checked if parts not in loaded)),
            check_outputs(specs, required=not can_subset),
            config_schema=config_schema,
            required_resource_keys=required_resource_keys,
            retry_policy=retry_policy,
            can_subset=can_subset,
            tags=op_tags,
        )
        return AssetChecksDefinition((step,), function)

    return decorate
