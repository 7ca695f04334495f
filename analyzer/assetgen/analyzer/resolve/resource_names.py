"""Keys of resources that are no names, which Dagster refuses once there is a job."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def misnamed_resources(definitions: DefinitionsValue) -> Iterator[Diagnostic]:
    """A job, be it that of all assets, takes resources by keys that are Python's identifiers."""
    has_jobs = definitions.jobs or definitions.assets
    for binding in definitions.resources if has_jobs else ():
        if not binding.key.isidentifier():
            message = f'the key "{binding.key}" of a resource is no name that Python has'
            yield diagnostic("bad-name", message, binding.site.span)
