"""Steps that run Sling: what their decorator says to replicate."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.model.functions import FunctionRef
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.script.layout import Atom, Tree

# By the argument of the decorator, under what the runtime looks for it.
_ARGUMENTS = {
    "replication_config": "dagster_sling/replication",
    "dagster_sling_translator": "dagster_sling/translator",
}


def sling_replication(linking: Linking, function: FunctionRef) -> Iterator[tuple[str, Tree]]:
    """What the decorator of a function gives Sling, as tags of its step."""
    if not linking.is_declared(function, "sling_assets"):
        return
    for argument, name in _ARGUMENTS.items():
        value = linking.argument(function, argument)
        if value is not None:
            yield name, Atom(value)
