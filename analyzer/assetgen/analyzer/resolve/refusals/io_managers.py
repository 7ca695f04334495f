"""Resources that are used as IO managers or input managers but are none, which Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.evaluate.objects.classes import lookup
from assetgen.analyzer.evaluate.values import NONE, Class, External, Instance, Value
from assetgen.analyzer.intrinsics.dagster.configs.io_managers import is_no_manager
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.intrinsics.dagster.declared.resources import ResourceValue
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.resolve.refusals.asset_resources import name_of


def used_as_managers(
    definitions: DefinitionsValue,
    assets: tuple[Asset, ...],
    values: tuple[Value, ...],
    memory: Memory,
) -> Iterator[Diagnostic]:
    """Every asset has an IO manager, external ones too, and so has every op of a job. `values` are
    what the assets are made of."""
    for binding in definitions.resources:
        missing = _missing_method(binding.value)
        if missing is not None:
            message = f"`{binding.key}` cannot be made: its class has no method `{missing}`"
            yield diagnostic("wrong-type", message, binding.site.span)
        elif _is_none(binding.value):
            told = _user_of(binding.key, definitions, assets)
            if told is None and _loads_nothing(binding.value):
                told = _reader_of(binding.key, definitions, values, memory)
            if told is not None:
                yield diagnostic("wrong-type", told, binding.site.span)
    for job in definitions.jobs:
        for key, value in (job.resources or {}).items():
            if _is_none(value) and key in _managers_of(job):
                yield diagnostic("wrong-type", _as_manager(key, job.name), job.site.span)
            elif _loads_nothing(value) and key in _loaders_of(job.graph):
                yield diagnostic("wrong-type", _as_loader(key, job.name), job.site.span)


def _is_none(value: Value) -> bool:
    return value == NONE or is_no_manager(value)


def _loads_nothing(value: Value) -> bool:
    """Whether Dagster certainly does not accept a resource as what loads an input."""
    is_loader = isinstance(value, ResourceValue) and value.kind == "input_manager"
    return not is_loader and _is_none(value)


def _as_manager(key: str, user: AssetKey | str) -> str:
    return f"`{key}` is the IO manager of `{user}`, but is not one"


def _as_loader(key: str, user: str) -> str:
    return f"`{key}` is the input manager of `{user}`, but is not one"


def _reader_of(
    key: str, definitions: DefinitionsValue, values: tuple[Value, ...], memory: Memory
) -> str | None:
    """What is told of the first asset by name, else the first job, whose input a key loads."""
    loaded = memory.sparse(_loading_of, "loading", values).values()
    readers = [
        *sorted(
            name_of(value)
            for value, keys in loaded
            if key in keys and isinstance(value, AssetsValue)
        ),
        *(
            job.name
            for job in definitions.jobs
            if job.resources is not None
            and key not in job.resources
            and key in _loaders_of(job.graph)
        ),
    ]
    return _as_loader(key, readers[0]) if readers else None


def _loading_of(value: Value) -> frozenset[str]:
    """The keys of what loads the inputs of an asset, where that is not an IO manager."""
    if not isinstance(value, AssetsValue) or value.site.condition is not None:
        return frozenset()
    return _loaders_of(value.node).difference(value.own_resources or ())


def _loaders_of(node: OpValue | GraphValue | None) -> frozenset[str]:
    """The keys of the input managers that ops use."""
    return frozenset(_loaders_in(node)) if node is not None else frozenset()


def _loaders_in(node: OpValue | GraphValue) -> Iterator[str]:
    if isinstance(node, GraphValue):
        for invoked in node.invocations:
            yield from _loaders_in(invoked.definition)
    else:
        for one in node.inputs:
            if one.input_manager_key is not None:
                yield one.input_manager_key


def _user_of(key: str, definitions: DefinitionsValue, assets: tuple[Asset, ...]) -> str | None:
    """What is told of the first asset that uses an IO manager, else of the last job of ops."""
    for asset in assets:
        is_known = asset.kind != "stub" and "io_manager_key" not in asset.unknown
        if is_known and (asset.io_manager_key or _DEFAULT) == key:
            return _as_manager(key, asset.key)
    jobs = [
        job.name
        for job in definitions.jobs
        if job.resources is not None and key not in job.resources and key in _managers_of(job)
    ]
    return _as_manager(key, jobs[-1]) if jobs else None


_DEFAULT = "io_manager"


def _managers_of(job: JobValue) -> frozenset[str]:
    """The keys of the IO managers that the ops of a job use."""
    return frozenset(_managers_in(job.graph)) if job.graph is not None else frozenset()


def _managers_in(graph: GraphValue) -> Iterator[str]:
    for invoked in graph.invocations:
        if isinstance(invoked.definition, GraphValue):
            yield from _managers_in(invoked.definition)
        else:
            for output in invoked.definition.outputs:
                yield output.io_manager_key or _DEFAULT


def _missing_method(value: Value) -> str | None:
    """A method that a class of IO managers must have, but does not."""
    if not isinstance(value, Instance) or External("dagster.IOManager") not in value.cls.mro:
        return None
    if any(not isinstance(base, (Class, External)) for base in value.cls.mro):
        return None
    outside = {base.qualname for base in value.cls.mro if isinstance(base, External)}
    if not outside <= {"dagster.IOManager", "builtins.object", "abc.ABC"}:
        return None
    return next((name for name in _METHODS if lookup(value.cls, name) is None), None)


_METHODS = ("handle_output", "load_input")
