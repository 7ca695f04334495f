"""Graphs of ops as assets: ``@graph_asset`` and ``@graph_multi_asset``."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assetgen.runtime.definitions.asset_definitions import (
    AssetsDefinition,
    asset_inputs,
    refuse_unknown,
)
from assetgen.runtime.definitions.asset_specs import AssetCheckSpec, AssetIn, AssetOut
from assetgen.runtime.definitions.op_composition import (
    AssetHandle,
    Composition,
    GraphHandle,
    composing,
    with_more_hooks,
)
from assetgen.runtime.definitions.signatures import read_signature
from assetgen.runtime.model.asset_keys import key_parts, op_name
from assetgen.runtime.model.declarations import AssetOutput, FromAsset, Step


def graph_asset(
    compose_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, AssetIn] | None = None,
    key_prefix: Any = None,
    key: Any = None,
    group_name: str | None = None,
    partitions_def: Any = None,
    metadata: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    owners: Sequence[str] | None = None,
    kinds: Any = None,
    code_version: str | None = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    **others: Any,
) -> Any:
    """Make an asset of a function that calls ops and returns an output of one of them."""
    refuse_unknown(others)
    _refuse_checks(check_specs)

    def decorate(function: Callable[..., Any]) -> AssetsDefinition:
        parts = key_parts(key) if key is not None else ()
        if not parts:
            prefix = key_parts(key_prefix) if key_prefix else ()
            parts = (*prefix, name or function.__name__)
        output = AssetOutput(
            parts,
            group=group_name or "default",
            description=description or (function.__doc__ or "").strip(),
            metadata=dict(metadata or {}),
            tags=dict(tags or {}),
            owners=tuple(owners or ()),
            kinds=tuple(sorted(kinds or ())),
            code_version=code_version or "",
            partitions=partitions_def,
        )
        hooks = others.get("hooks") or ()
        return composed(op_name(parts), function, ins or {}, {"result": output}, hooks)

    return decorate if compose_fn is None else decorate(compose_fn)


def graph_multi_asset(
    *,
    outs: Mapping[str, AssetOut],
    name: str | None = None,
    ins: Mapping[str, AssetIn] | None = None,
    partitions_def: Any = None,
    group_name: str | None = None,
    can_subset: bool = False,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    **others: Any,
) -> Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make several assets of a function that calls ops and returns outputs by name."""
    refuse_unknown(others)
    _refuse_checks(check_specs)

    def decorate(function: Callable[..., Any]) -> AssetsDefinition:
        outputs = {
            each: AssetOutput(
                out.key_for(each),
                group=out.group_name or group_name or "default",
                description=out.description or "",
                metadata=dict(out.metadata or {}),
                tags=dict(out.tags or {}),
                owners=tuple(out.owners or ()),
                kinds=tuple(sorted(out.kinds or ())),
                code_version=out.code_version or "",
                partitions=partitions_def,
            )
            for each, out in outs.items()
        }
        hooks = others.get("hooks") or ()
        return composed(name or function.__name__, function, ins or {}, outputs, hooks)

    return decorate


def _refuse_checks(specs: Sequence[AssetCheckSpec] | None) -> None:
    """TypeError for checks that ops of a graph would make: no step here would."""
    if specs:
        raise TypeError('"check_specs" of a graph are not heeded: make them with "asset_check"')


def composed(
    name: str,
    function: Callable[..., Any],
    ins: Mapping[str, AssetIn],
    outputs: Mapping[str, AssetOutput],
    hooks: Iterable[Any] = (),
) -> AssetsDefinition:
    """The steps noted while the function runs, those outputs that it returns being assets; each
    has the hooks."""
    sources = asset_inputs(read_signature(function), ins)
    handles = {
        source.parameter: AssetHandle(source) for source in sources if isinstance(source, FromAsset)
    }
    deps = tuple(dict.fromkeys(source.key_parts for source in sources))
    with composing(Composition(f"{name}.")) as composition:
        returned = function(**handles)
    steps = tuple(with_more_hooks(each, hooks) for each in composition.steps)
    for output_name, handle in returned_handles(returned, outputs).items():
        steps = with_asset(steps, handle, replace(outputs[output_name], deps=deps))
    return AssetsDefinition(steps, function)


def returned_handles(returned: Any, outputs: Mapping[str, AssetOutput]) -> dict[str, Any]:
    """What a graph returns, by the name of the output that it is for."""
    if isinstance(returned, Mapping):
        return dict(returned)
    values = returned if isinstance(returned, tuple) else (returned,)
    return dict(zip(outputs, values, strict=True))


def with_asset(
    steps: tuple[Step, ...], handle: GraphHandle, asset: AssetOutput
) -> tuple[Step, ...]:
    """The steps, the output that the handle stands for being the asset."""
    step_name, output_name = getattr(handle, "step", None), getattr(handle, "output", None)
    changed = tuple(
        replace(
            step,
            outputs=tuple(
                replace(
                    asset,
                    name=output.name,
                    type=output.type,
                    nothing=output.nothing,
                    required=output.required,
                )
                if output.name == output_name
                else output
                for output in step.makes
            ),
        )
        if step.name == step_name
        else step
        for step in steps
    )
    if step_name is None or changed == steps:
        raise TypeError(f"{'/'.join(asset.asset_parts)}: the graph returns no output of an op")
    return changed
