"""What a declaration says of an asset beside how it is made."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.analyzer.model.literals import Literal, Shown, Table
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.link.fragments.expression import joined
from assetgen.codegen.link.text.literals import model_literal
from assetgen.codegen.script.layout import Atom, Tree, literal, mapping_of


def described(linking: Linking, asset: Asset, function: FunctionRef) -> Iterator[tuple[str, Tree]]:
    """The arguments for what the asset is said to be; a docstring is not said again."""
    if asset.group_name != "default":
        yield "group", literal(asset.group_name)
    if asset.description and not linking.has_docstring(function, asset.description):
        yield "description", literal(asset.description)
    metadata = [(key, value) for key, value in asset.metadata if is_plain(value)]
    if metadata:
        items = ((key, Atom(joined(model_literal(value)))) for key, value in metadata)
        yield "metadata", mapping_of(tuple(items))
    if asset.tags:
        yield "tags", mapping_of(tuple((key, literal(value)) for key, value in asset.tags))
    if asset.owners:
        yield "owners", literal(tuple(asset.owners))
    if asset.kinds:
        yield "kinds", literal(tuple(sorted(asset.kinds)))
    if asset.code_version:
        yield "code_version", literal(asset.code_version)


def is_plain(value: Literal) -> bool:
    """Whether a value is nothing but data."""
    if isinstance(value, Table):
        return all(is_plain(each) for _, each in value.entries)
    if isinstance(value, tuple):
        return all(is_plain(each) for each in value)
    return not isinstance(value, Shown)
