"""What an asset inherits from the op that outputs it, through any depth of graphs."""

from __future__ import annotations

from assetgen.analyzer.evaluate.values import Mapping, Value
from assetgen.analyzer.intrinsics.dagster.declared.attributes import NO_ATTRIBUTES, Attributes
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.steps import OutputSource


def with_origin(attributes: Attributes, node: OpValue | GraphValue, output: str) -> Attributes:
    """The attributes of an asset that is the output `output` of `node`.

    What is not given for the asset is taken from the op's output; the IO manager, and whether the
    output may be skipped, always are. From the node itself, only the description counts.
    """
    origin = _origin(node, output)
    unknown = set(attributes.unknown) | set(origin.unknown)
    if attributes.description is not None:
        unknown.discard("description")
    values = {name: value for name, value in origin.values.items() if name in _TAKEN}
    values |= attributes.values
    metadata = _merged(origin.values.get("metadata"), attributes.values.get("metadata"))
    if metadata is not None:
        values["metadata"] = metadata
    return replace(
        attributes,
        values=values,
        description=attributes.description or origin.description or node.description,
        metadata=tuple((dict(origin.metadata) | dict(attributes.metadata)).items()),
        code_version=attributes.code_version or origin.code_version,
        io_manager_key=origin.io_manager_key,
        is_skippable=origin.is_skippable,
        unknown=tuple(sorted(unknown)),
    )


_TAKEN = ("metadata", "description", "code_version", "io_manager_key")


def _origin(node: OpValue | GraphValue, output: str) -> Attributes:
    """What the op at the bottom says about its output."""
    while isinstance(node, GraphValue):
        source = dict(node.output_sources).get(output)
        if not isinstance(source, OutputSource):
            return NO_ATTRIBUTES
        nodes = {invoked.name: invoked.definition for invoked in node.invocations}
        node, output = nodes[source.node], source.output
    return dict(node.output_attributes).get(output, NO_ATTRIBUTES)


def _merged(one: Value | None, other: Value | None) -> Value | None:
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return other or one
    return Mapping("dict", one.entries | other.entries, [*one.losses, *other.losses])
