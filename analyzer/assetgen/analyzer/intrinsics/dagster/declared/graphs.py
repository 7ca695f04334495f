"""Ops, graphs of ops, and the values that represent their outputs while a graph is composed."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar

from assetgen.analyzer.evaluate.site import Site, let_go
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Function,
    Mapping,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.declared.attributes import Attributes
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.literals import Literal
from assetgen.analyzer.model.partitions import RetryPolicy
from assetgen.analyzer.model.steps import Input, Output, OutputSource, Source


@dataclass(frozen=True, slots=True)
class MaybeResource:
    """An input that is a resource if its annotation, a class outside of the project, is one.

    `annotation` is the qualified name of that class. A resource under the key `parameter` in the
    `Definitions` is evidence for it.
    """

    parameter: str
    annotation: str
    site: Site


@dataclass(slots=True, eq=False)
class OpValue(Declared):
    """An `OpDefinition`: a function that computes, as the model describes it.

    `function` is the value that computes (a `Function` of the project, a `Partial`, an
    `Instance`...), or None for an op of Dagster's own making. `config` is the text of the config
    parameter's annotation and `config_class` what it stands for; `config_schema` is given in their
    place. `maybe_resources` names inputs of `inputs` that may be resources. `output_attributes` are
    what is said of an output by its name and what an asset made of it takes over; assets' own ops
    say it in their specs. Of an op that was configured beforehand `fixed_config` is that
    configuration, and `inner_config` the annotation. `unloadable_inputs` are those that no
    configuration can give.
    """

    type_name: ClassVar[str] = "dagster.OpDefinition"
    is_plain: ClassVar[bool] = True

    name: str
    site: Site
    function: Value | None = None
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    takes_context: bool = False
    config: str | None = None
    config_class: Value | None = None
    config_schema: Value | None = None
    resources: tuple[tuple[str, str], ...] = ()
    maybe_resources: tuple[MaybeResource, ...] = ()
    required_resource_keys: tuple[str, ...] = ()
    returns: str | None = None
    retry_policy: RetryPolicy | None = None
    tags: tuple[tuple[str, Literal], ...] = ()
    description: str | None = None
    code_version: str | None = None
    pool: str | None = None
    fixed_config: Literal | None = None
    inner_config: str | None = None
    output_attributes: tuple[tuple[str, Attributes], ...] = ()
    unloadable_inputs: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def attribute(self, name: str) -> Value | None:
        if name == "name":
            return Constant(self.name)
        if name == "description":
            return Constant(self.description) if self.description else NONE
        if name == "tags" and not self.unknown:
            return _texts(self.tags)
        if name == "required_resource_keys" and not self.maybe_resources:
            keys = {*self.required_resource_keys, *(key for key, _ in self.resources)}
            return Sequence("frozenset", [Constant(key) for key in sorted(keys)])
        if name == "version":
            return Constant(self.code_version)
        if name == "pool":
            return Constant(self.pool)
        return _shape(self, name)

    def let_go(self) -> None:
        if isinstance(self.function, Function):
            let_go(self.function)


@dataclass(frozen=True, slots=True)
class Invoked:
    """A use of an op or graph in a graph's body, by its alias `name`.

    `loaded` are inputs that are given something other than an output of a node: assets, or
    something unknown.
    """

    name: str
    definition: OpValue | GraphValue
    inputs: tuple[tuple[str, Source], ...]
    site: Site
    retry_policy: RetryPolicy | None = None
    tags: tuple[tuple[str, Literal], ...] = ()
    loaded: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class GraphValue(Declared):
    """A `GraphDefinition`.

    `is_partial` if its body could not be followed to the end, and `is_wrong` if Dagster refuses it,
    which has been reported. If it `takes_config`, a mapping computes the configuration of its ops;
    `fixed_config` is the configuration that they always get.
    """

    type_name: ClassVar[str] = "dagster.GraphDefinition"
    is_plain: ClassVar[bool] = True

    name: str
    site: Site
    function: Value | None = None
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    invocations: tuple[Invoked, ...] = ()
    output_sources: tuple[tuple[str, Source], ...] = ()
    description: str | None = None
    tags: tuple[tuple[str, Literal], ...] = ()
    is_partial: bool = False
    is_wrong: bool = False
    takes_config: bool = False
    fixed_config: Literal | None = None

    def attribute(self, name: str) -> Value | None:
        if name == "description":
            return Constant(self.description) if self.description else NONE
        if name in ("nodes", "node_defs", "node_dict") and not self.is_partial:
            return _nodes(self, name)
        return Constant(self.name) if name == "name" else _shape(self, name)


def _nodes(graph: GraphValue, name: str) -> Value:
    """The uses of ops and graphs in a graph, or the definitions used; their order is not known."""
    used = {each.name: each.definition for each in graph.invocations}
    if name == "node_defs":
        return Sequence("set", list({id(one): one for one in used.values()}.values()))
    made = {
        each: Record("dagster.Node", {"name": Constant(each), "definition": one})
        for each, one in used.items()
    }
    return Sequence("set", list(made.values())) if name == "nodes" else _by_name(made)


def _by_name(values: ReadOnlyMapping[str, Value]) -> Value:
    return Mapping(
        "dict", {("constant", each): (Constant(each), one) for each, one in values.items()}
    )


def _texts(entries: tuple[tuple[str, Literal], ...]) -> Value | None:
    """Tags as the code sees them; None if one is not a plain string."""
    if not all(isinstance(text, str) for _, text in entries):
        return None
    return _by_name({name: Constant(text) for name, text in entries})


def _shape(definition: OpValue | GraphValue, name: str) -> Value | None:
    """Its inputs and outputs, as a list of definitions or by name."""
    if name in ("ins", "outs") and isinstance(definition, OpValue):
        shapes = definition.inputs if name == "ins" else definition.outputs
        kind = "dagster.In" if name == "ins" else "dagster.Out"
        return _by_name({each.name: Record(kind) for each in shapes})
    side, _, form = name.partition("_")
    if side not in ("input", "output") or form not in ("defs", "dict"):
        return None
    shapes = definition.inputs if side == "input" else definition.outputs
    made = {
        each.name: Record(f"dagster.{side.title()}Definition", {"name": Constant(each.name)})
        for each in shapes
    }
    return Sequence("list", list(made.values())) if form == "defs" else _by_name(made)


@dataclass(slots=True, eq=False)
class PendingValue(Declared):
    """An op or graph to be used under an alias, with its own tags or retry policy.

    `changed` are the methods that also changed what a job of it has.
    """

    type_name: ClassVar[str] = "dagster.PendingNodeInvocation"

    definition: OpValue | GraphValue
    alias: str | None = None
    tags: tuple[tuple[str, Literal], ...] = ()
    retry_policy: RetryPolicy | None = None
    changed: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class HandleValue(Declared):
    """Represents a value in a graph's body: an output of a node, or an input of the graph.

    `kind` is "output", "dynamic" (before `map` or `collect`), "mapped", "collected" or "input".
    """

    type_name: ClassVar[str] = "dagster.InvokedNodeOutputHandle"
    is_open: ClassVar[bool] = False

    source: Source
    kind: str
    label: str

    def attribute(self, name: str) -> Value | None:
        if isinstance(self.source, OutputSource):
            if name == "node_name":
                return Constant(self.source.node)
            if name == "output_name":
                return Constant(self.source.output)
        return None


@dataclass(slots=True, eq=False)
class OutputsValue(Declared):
    """The outputs of a node with several, by name; also unpacked and indexed in order."""

    type_name: ClassVar[str] = "dagster.InvokedNodeOutputs"
    is_open: ClassVar[bool] = False

    label: str
    handles: tuple[tuple[str, HandleValue], ...]

    def attribute(self, name: str) -> Value | None:
        return dict(self.handles).get(name)
