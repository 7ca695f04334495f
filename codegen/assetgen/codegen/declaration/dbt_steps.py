"""Steps that run dbt: which nodes they build, and what has to be installed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.steps import OpDefinition
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.script.layout import Atom, Tree, literal

_NODE = "dagster_dbt/unique_id"
_ARGUMENTS = ("select", "exclude", "selector")
_KIND = "dbt"


def dbt_selection(
    linking: Linking, op: OpDefinition, assets: Iterable[Asset]
) -> Iterator[tuple[str, Tree]]:
    """What the decorator of a function, or a component, selects of a dbt project, as tags of its
    step; nothing unless its assets are nodes of one."""
    if not any(_is_node(asset) for asset in assets):
        return
    known = dict(op.tags)
    for name in _ARGUMENTS:
        tag = f"dagster_dbt/{name}"
        value = linking.argument(op.function, name)
        if value is not None:
            yield tag, Atom(value)
        elif isinstance(known.get(tag), str):
            yield tag, literal(known[tag])
        elif name == "select":
            yield tag, literal("fqn:*")


def dbt_imports(assets: Iterable[Asset]) -> Iterator[str]:
    """Import names of what dbt needs to build the assets: itself, and adapters for databases."""
    kinds = {kind for asset in assets if _is_node(asset) for kind in asset.kinds}
    if kinds:
        yield _KIND
    yield from (f"{_KIND}_{kind}" for kind in sorted(kinds - {_KIND}))


def _is_node(asset: Asset) -> bool:
    return any(name == _NODE for name, _ in asset.metadata)
