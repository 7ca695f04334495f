"""What computes assets: ops, graphs of ops, and how their inputs and outputs are wired."""

from __future__ import annotations

from typing import NamedTuple

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.deferring import Deferring
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.literals import Literal
from assetgen.analyzer.model.partitions import PartitionMapping, RetryPolicy
from assetgen.analyzer.model.spans import NOWHERE, Origin, Span


@dataclass(frozen=True, slots=True)
class Input:
    """An input of an op or graph; if it `is_nothing`, it only orders and carries no value.

    `input_manager_key` names what loads the value, if that is not the upstream's IO manager.
    """

    name: str
    is_nothing: bool = False
    has_default: bool = False
    annotation: str | None = None
    span: Span | None = None
    input_manager_key: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """An output of an op or graph."""

    name: str
    is_required: bool = True
    is_dynamic: bool = False
    is_nothing: bool = False
    io_manager_key: str | None = None
    annotation: str | None = None


@dataclass(frozen=True, slots=True)
class OpDefinition(Deferring):
    """One function that computes.

    `resources` are the parameters that receive a resource: (parameter, resource key). `config` is
    the annotation of the `config` parameter, `returns` the return annotation, both as text.
    `fixed_config` is the configuration it was given by `configured`.
    """

    name: str
    function: FunctionRef
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    takes_context: bool = False
    config: str | None = None
    resources: tuple[tuple[str, str], ...] = ()
    required_resource_keys: tuple[str, ...] = ()
    returns: str | None = None
    retry_policy: RetryPolicy | None = None
    tags: tuple[tuple[str, Literal], ...] = ()
    description: str | None = None
    code_version: str | None = None
    pool: str | None = None
    fixed_config: Literal | None = None


@dataclass(frozen=True, slots=True)
class GraphInputSource:
    """A value that comes in through an input of the enclosing graph."""

    name: str


@dataclass(frozen=True, slots=True)
class OutputSource:
    """A value that another node of the same graph outputs.

    `mode` is "direct", "mapped" (one for each dynamic output) or "collected" (the list of all).
    """

    node: str
    output: str
    mode: str = "direct"


@dataclass(frozen=True, slots=True)
class FanInSource:
    """A list made of several sources."""

    sources: tuple[Source, ...]


Source = GraphInputSource | OutputSource | FanInSource


@dataclass(frozen=True, slots=True)
class Invocation:
    """One use of an op or graph in a graph's body, under the name `name` (its alias)."""

    name: str
    definition: OpDefinition | GraphDefinition
    inputs: tuple[tuple[str, Source], ...]
    span: Span
    retry_policy: RetryPolicy | None = None
    tags: tuple[tuple[str, Literal], ...] = ()


@dataclass(frozen=True, slots=True)
class GraphDefinition:
    """A graph of ops: invocations in the order of the body, and what each output comes from.

    `fixed_config` is the configuration that it gives its ops, by their names. `is_partial` if not
    all of it is known: it may have more ops, or be wired otherwise.
    """

    name: str
    function: FunctionRef | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    invocations: tuple[Invocation, ...]
    output_sources: tuple[tuple[str, Source], ...]
    description: str | None = None
    tags: tuple[tuple[str, Literal], ...] = ()
    fixed_config: Literal | None = None
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class AssetInput:
    """Which asset feeds an input of a step.

    `key` is the asset after resolution, `declared` the key as written in the code.
    """

    input: str
    key: AssetKey
    declared: AssetKey
    span: Span
    partition_mapping: PartitionMapping | None = None
    metadata: tuple[tuple[str, Literal], ...] = ()
    is_nothing: bool = False


class Need(NamedTuple):
    """A key that the resources of a code location must have: what it is for, and by which input, if
    it is needed by one.

    `what` is "resource" or "input manager".
    """

    what: str
    key: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class AssetStep(Deferring):
    """The node that computes one or more assets: Dagster's `AssetsDefinition`.

    `name` is the op's or graph's name, unique in a pipeline. `assets` maps outputs to keys, in
    the order of the outputs; `inputs` hold every input that an asset feeds, `needs` what its
    definition, or the ops in it, need. `kind` is "asset", "multi_asset", "graph_asset",
    "graph_multi_asset", "observable", "check", "multi_check".
    """

    name: str
    kind: str
    definition: OpDefinition | GraphDefinition
    inputs: tuple[AssetInput, ...]
    assets: tuple[tuple[str, AssetKey], ...]
    checks: tuple[tuple[str, AssetKey, str], ...] = ()  # output name, asset, check name
    can_subset: bool = False
    uses_specs: bool = False
    origin: Origin | None = None
    needs: tuple[Need, ...] = ()

    @property
    def is_graph_backed(self) -> bool:
        """Whether a graph of ops computes it."""
        return self.kind.startswith("graph_")

    @property
    def span(self) -> Span:
        """Where it is defined, or at least its function."""
        if self.origin is not None:
            return self.origin.span
        function = self.definition.function
        return function.span if function is not None else NOWHERE
