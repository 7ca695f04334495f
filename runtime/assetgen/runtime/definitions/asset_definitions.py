"""Functions as assets: ``@asset`` and ``@multi_asset``."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from assetgen.runtime.config.config_schemas import ConfigSchema
from assetgen.runtime.definitions.asset_specs import (
    AssetCheckSpec,
    AssetIn,
    AssetOut,
    AssetSpec,
    Nothing,
    coerce_deps,
)
from assetgen.runtime.definitions.check_outputs import CheckOutput
from assetgen.runtime.definitions.signatures import Signature, read_signature, value_type
from assetgen.runtime.model.asset_keys import AssetKey, key_parts, op_name
from assetgen.runtime.model.declarations import After, AssetOutput, FromAsset, Step, StepInput


@dataclass(frozen=True)
class AssetsDefinition:
    """Assets with the steps that make them. `function` is what was decorated.

    Called, it calls the function.
    """

    steps: tuple[Step, ...]
    function: Callable[..., Any]

    @property
    def outputs(self) -> tuple[AssetOutput, ...]:
        """The declarations of the assets."""
        made = (output for step in self.steps for output in step.makes)
        return tuple(output for output in made if isinstance(output, AssetOutput))

    @property
    def keys(self) -> frozenset[AssetKey]:
        """The keys of the assets."""
        return frozenset(AssetKey(output.asset_parts) for output in self.outputs)

    @property
    def key(self) -> AssetKey:
        """The key of the only asset."""
        (key,) = self.keys
        return key

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function itself."""
        return self.function(*args, **kwargs)


def asset(
    compute_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    key_prefix: Any = None,
    key: Any = None,
    ins: Mapping[str, AssetIn] | None = None,
    deps: Iterable[Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    description: str | None = None,
    group_name: str | None = None,
    owners: Sequence[str] | None = None,
    kinds: Iterable[str] | None = None,
    code_version: str | None = None,
    partitions_def: Any = None,
    io_manager_key: str | None = None,
    output_required: bool = True,
    dagster_type: Any = Any,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    config_schema: Any = None,
    required_resource_keys: Iterable[str] | None = None,
    retry_policy: Any = None,
    op_tags: Mapping[str, Any] | None = None,
    **others: Any,
) -> Any:
    """Make an asset of a function, with parentheses or without.

    The arguments mean what they do in Dagster; those that say nothing of a single run
    (automation conditions, pools, backfill policies ...) are taken and not heeded.
    """
    refuse_unknown(others)

    def decorate(function: Callable[..., Any]) -> AssetsDefinition:
        parts = key_parts(key) if key is not None else ()
        if not parts:
            prefix = key_parts(key_prefix) if key_prefix else ()
            parts = (*prefix, name or function.__name__)
        signature = read_signature(function)
        result = signature.result if dagster_type is Any else dagster_type
        output = AssetOutput(
            parts,
            group=group_name or "default",
            description=description or (function.__doc__ or "").strip(),
            metadata=dict(metadata or {}),
            tags=dict(tags or {}),
            owners=tuple(owners or ()),
            kinds=tuple(sorted(kinds or ())),
            code_version=code_version or "",
            type=value_type(result),
            nothing=result in (None, Nothing),
            required=output_required,
            partitions=partitions_def,
            io_manager=io_manager_key or "",
        )
        step = function_step(
            op_name(parts),
            function,
            signature,
            (
                *asset_inputs(signature, ins or {}),
                *(After(dep.key) for dep in coerce_deps(deps)),
            ),
            (output, *check_outputs(check_specs)),
            config_schema=config_schema,
            required_resource_keys=required_resource_keys,
            retry_policy=retry_policy,
            tags=op_tags,
            hooks=others.get("hooks"),
        )
        return AssetsDefinition((step,), function)

    return decorate if compute_fn is None else decorate(compute_fn)


def multi_asset(
    *,
    outs: Mapping[str, AssetOut] | None = None,
    specs: Sequence[AssetSpec] | None = None,
    name: str | None = None,
    ins: Mapping[str, AssetIn] | None = None,
    deps: Iterable[Any] | None = None,
    description: str | None = None,
    config_schema: Any = None,
    required_resource_keys: Iterable[str] | None = None,
    internal_asset_deps: Mapping[str, set[Any]] | None = None,
    partitions_def: Any = None,
    can_subset: bool = False,
    group_name: str | None = None,
    retry_policy: Any = None,
    code_version: str | None = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    op_tags: Mapping[str, Any] | None = None,
    **others: Any,
) -> Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make several assets of one function, given as `outs` or as `specs`."""
    refuse_unknown(others)

    def decorate(function: Callable[..., Any]) -> AssetsDefinition:
        signature = read_signature(function)
        waits = [After(dep.key) for dep in coerce_deps(deps)]
        outputs: tuple[AssetOutput, ...]
        if specs is not None:
            own = {spec.key.parts for spec in specs}
            outputs = tuple(spec_output(each, group_name, partitions_def) for each in specs)
            loaded = {source.key_parts for source in asset_inputs(signature, ins or {})}
            wanted = dict.fromkeys(dep.key for spec in specs for dep in spec.deps)
            waits.extend(After(parts) for parts in wanted if parts not in own | loaded)
        else:
            types = output_types(signature.result, len(outs or {}))
            outputs = tuple(
                out_output(each, out, kind, group_name, partitions_def, code_version)
                for (each, out), kind in zip((outs or {}).items(), types, strict=True)
            )
            outputs = with_internal_deps(outputs, internal_asset_deps or {})
        step = function_step(
            name or function.__name__,
            function,
            signature,
            (*asset_inputs(signature, ins or {}), *waits),
            (*outputs, *check_outputs(check_specs, required=not can_subset)),
            config_schema=config_schema,
            required_resource_keys=required_resource_keys,
            retry_policy=retry_policy,
            can_subset=can_subset,
            description=description or (function.__doc__ or "").strip(),
            tags=op_tags,
            hooks=others.get("hooks"),
        )
        return AssetsDefinition((step,), function)

    return decorate


def spec_output(spec: AssetSpec, group_name: str | None, partitions_def: Any) -> AssetOutput:
    """The output that makes a spec's asset."""
    return AssetOutput(
        spec.key.parts,
        group=spec.group_name or group_name or "default",
        description=spec.description or "",
        metadata=spec.metadata,
        tags=spec.tags,
        owners=spec.owners,
        kinds=spec.kinds,
        code_version=spec.code_version or "",
        name=op_name(spec.key.parts),
        nothing=True,
        required=not spec.skippable,
        partitions=spec.partitions_def or partitions_def,
        deps=tuple(dep.key for dep in spec.deps),
    )


def out_output(
    name: str,
    out: AssetOut,
    annotation: Any,
    group_name: str | None,
    partitions_def: Any,
    code_version: str | None,
) -> AssetOutput:
    """The output that an `AssetOut` describes."""
    result = annotation if out.dagster_type is Any else out.dagster_type
    return AssetOutput(
        out.key_for(name),
        group=out.group_name or group_name or "default",
        description=out.description or "",
        metadata=dict(out.metadata or {}),
        tags=dict(out.tags or {}),
        owners=tuple(out.owners or ()),
        kinds=tuple(sorted(out.kinds or ())),
        code_version=out.code_version or code_version or "",
        name=name,
        type=value_type(result),
        nothing=result in (None, Nothing),
        required=out.is_required,
        partitions=partitions_def,
        io_manager=out.io_manager_key or "",
    )


def output_types(result: Any, count: int) -> list[Any]:
    """The annotation of each output: the elements of a tuple's, if there are as many."""
    elements = get_args(result)
    return list(elements) if count > 1 and len(elements) == count else [Any] * count


def with_internal_deps(
    outputs: tuple[AssetOutput, ...], internal: Mapping[str, set[Any]]
) -> tuple[AssetOutput, ...]:
    """The outputs with the keys that they are said to depend on."""
    from dataclasses import replace

    return tuple(
        replace(output, deps=tuple(sorted(key_parts(key) for key in internal[output.name])))
        if output.name in internal
        else output
        for output in outputs
    )


def asset_inputs(signature: Signature, ins: Mapping[str, AssetIn]) -> list[FromAsset | After]:
    """The inputs of a function: its parameters, and what `ins` adds to wait for."""
    inputs: list[FromAsset | After] = []
    for parameter, annotation in signature.inputs.items():
        described = ins.get(parameter) or AssetIn()
        kind = annotation if described.dagster_type is Any else described.dagster_type
        inputs.append(
            FromAsset(
                parameter,
                described.key_for(parameter),
                type=Any if kind is None or isinstance(kind, str) else kind,
                partition_mapping=described.partition_mapping,
                allow_missing_partitions=bool(
                    described.metadata.get("allow_missing_partitions", False)
                ),
                input_manager=described.input_manager_key,
                metadata=described.metadata,
            )
        )
    for parameter, described in ins.items():
        if parameter not in signature.inputs:
            inputs.append(After(described.key_for(parameter)))
    return inputs


def check_outputs(
    specs: Sequence[AssetCheckSpec] | None, *, required: bool = True
) -> tuple[CheckOutput, ...]:
    """The outputs for the verdicts of checks; what can make a subset need not give all."""
    return tuple(
        CheckOutput(
            key_parts(spec.asset),
            spec.name,
            blocking=spec.blocking,
            description=spec.description or "",
            metadata=dict(spec.metadata or {}),
            required=required,
        )
        for spec in specs or ()
    )


def function_step(
    name: str,
    function: Callable[..., Any],
    signature: Signature,
    inputs: tuple[StepInput, ...],
    outputs: tuple[Any, ...],
    *,
    config_schema: Any = None,
    required_resource_keys: Iterable[str] | None = None,
    retry_policy: Any = None,
    can_subset: bool = False,
    description: str = "",
    tags: Mapping[str, Any] | None = None,
    hooks: Iterable[Any] | None = None,
) -> Step:
    """The step that calls a decorated function."""
    heard = tuple(hooks or ())
    required = {key for hook in heard for key in hook.required_resource_keys}
    return Step(
        name,
        function,
        inputs=inputs,
        outputs=outputs,
        context=signature.context,
        config=dict if signature.config is Any else signature.config,
        config_schema=None if config_schema is None else ConfigSchema(config_schema),
        resources=signature.resources,
        required_resources=tuple(sorted(required.union(required_resource_keys or ()))),
        retry_policy=retry_policy,
        can_subset=can_subset,
        description=description,
        tags=dict(tags or {}),
        hooks=heard,
        priority=int((tags or {}).get("dagster/priority", 0)),
    )


def refuse_unknown(arguments: Mapping[str, Any]) -> None:
    """TypeError for an argument that no decorator has, or that brings resources: these are given
    to what runs a definition."""
    for name in arguments.keys() - UNHEEDED:
        if name not in RESOURCES:
            raise TypeError(f'there is no argument "{name}"')
        if arguments[name]:
            raise TypeError(f'"{name}" is not heeded: give resources to what runs the definition')


RESOURCES = ("io_manager_def", "resource_defs")
UNHEEDED = frozenset(
    {
        "auto_materialize_policy",
        "auto_observe_interval_minutes",
        "automation_condition",
        "backfill_policy",
        "compute_kind",
        "execution_type",
        "freshness_policy",
        "hooks",
        "is_virtual",
        "pool",
        "internal_freshness_policy",
        "legacy_freshness_policy",
    }
)
