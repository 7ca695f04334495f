"""Keys of resources that are not identifiers, which Dagster refuses together with assets and
checks."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def misnamed_resources(definitions: DefinitionsValue) -> Iterator[Diagnostic]:
    """The implicit job over all assets only takes resources whose keys are Python identifiers; a
    job of ops takes only those that it needs."""
    has_job = definitions.assets or definitions.checks
    for binding in definitions.resources if has_job else ():
        if not binding.key.isidentifier():
            message = f'the key "{binding.key}" of a resource is not a Python identifier'
            yield diagnostic("bad-name", message, binding.site.span)
