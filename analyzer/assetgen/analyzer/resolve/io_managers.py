"""Resources that are used as IO managers but are none, which Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.objects.classes import lookup
from assetgen.analyzer.evaluate.values import Class, External, Instance, Value
from assetgen.analyzer.intrinsics.dagster.configs.io_managers import is_no_manager
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.keys import AssetKey


def used_as_managers(
    definitions: DefinitionsValue, assets: tuple[Asset, ...]
) -> Iterator[Diagnostic]:
    """Every asset has an IO manager, external ones too, and so has every op of a job."""
    for binding in definitions.resources:
        missing = _missing_method(binding.value)
        if missing is not None:
            message = f"`{binding.key}` cannot be made: its class has no method `{missing}`"
            yield diagnostic("wrong-type", message, binding.site.span)
        elif is_no_manager(binding.value):
            user = _user_of(binding.key, definitions, assets)
            if user is not None:
                yield diagnostic("wrong-type", _is_none(binding.key, user), binding.site.span)
    for job in definitions.jobs:
        for key, value in (job.resources or {}).items():
            if is_no_manager(value) and key in _managers_of(job):
                yield diagnostic("wrong-type", _is_none(key, job.name), job.site.span)


def _is_none(key: str, user: AssetKey | str) -> str:
    return f"`{key}` is the IO manager of `{user}`, but is not one"


def _user_of(
    key: str, definitions: DefinitionsValue, assets: tuple[Asset, ...]
) -> AssetKey | str | None:
    """The first asset that uses the IO manager of a key, else the last job of ops that does."""
    for asset in assets:
        is_known = asset.kind != "stub" and "io_manager_key" not in asset.unknown
        if is_known and (asset.io_manager_key or _DEFAULT) == key:
            return asset.key
    jobs = [
        job.name
        for job in definitions.jobs
        if job.resources is not None and key not in job.resources and key in _managers_of(job)
    ]
    return jobs[-1] if jobs else None


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
