"""Keys of resources that are no names, which Dagster refuses beside assets and checks."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def misnamed_resources(definitions: DefinitionsValue) -> Iterator[Diagnostic]:
    """The job of all assets takes resources by keys that are Python's identifiers; a job of ops
    takes only those that it needs."""
    has_job = definitions.assets or definitions.checks
    for binding in definitions.resources if has_job else ():
        if not binding.key.isidentifier():
            message = f'the key "{binding.key}" of a resource is not a Python identifier'
            yield diagnostic("bad-name", message, binding.site.span)
