"""Functions as ops, and graphs of them.

The body of a graph is run once, when the graph is decorated: calling an op in it does not call
the op's function but notes a step, and gives a handle that stands for the op's output.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from assetgen.runtime.definitions.asset_definitions import function_step, output_types
from assetgen.runtime.definitions.asset_specs import DynamicOut, In, Nothing, Out
from assetgen.runtime.definitions.dynamic_steps import (
    Collected,
    DynamicOpOutput,
    Mapped,
    MappedAfter,
)
from assetgen.runtime.definitions.graph_inputs import AfterStep, Constant, FanIn, FromStep
from assetgen.runtime.definitions.op_outputs import OpOutput
from assetgen.runtime.definitions.signatures import Signature, read_signature, value_type
from assetgen.runtime.model.declarations import After, FromAsset, Step, StepInput, StepOutput


class GraphHandle:
    """Stands for a value that a graph will have when it runs."""

    def as_input(self, parameter: str, kind: Any) -> StepInput:
        """The step input that gets the value as an argument."""
        raise TypeError(f"{type(self).__name__} cannot be an argument")

    def as_wait(self) -> StepInput:
        """The step input that waits for the value and gets no argument."""
        raise TypeError(f"{type(self).__name__} cannot be waited for")


@dataclass(frozen=True)
class AssetHandle(GraphHandle):
    """An asset that a graph reads."""

    source: FromAsset

    def as_input(self, parameter: str, kind: Any) -> StepInput:
        """The asset's stored value."""
        return replace(self.source, parameter=parameter, key=self.source.key_parts, type=kind)

    def as_wait(self) -> StepInput:
        """The asset must be made."""
        return After(self.source.key_parts)


@dataclass(frozen=True)
class OutputHandle(GraphHandle):
    """The output of a step."""

    step: str
    output: str

    def as_input(self, parameter: str, kind: Any) -> StepInput:
        """The output's value."""
        return FromStep(parameter, self.step, self.output, kind)

    def as_wait(self) -> StepInput:
        """The output must be made."""
        return AfterStep(self.step, self.output)


@dataclass(frozen=True)
class ElementHandle(GraphHandle):
    """One value of a dynamic output, inside ``map``."""

    step: str
    output: str

    def as_input(self, parameter: str, kind: Any) -> StepInput:
        """The value of the mapping key at hand."""
        return Mapped(parameter, self.step, self.output, kind)

    def as_wait(self) -> StepInput:
        """The value must be made."""
        return MappedAfter(self.step, self.output)


@dataclass(frozen=True)
class CollectedHandle(GraphHandle):
    """All values of a dynamic output, or of a step that ran once for each."""

    step: str
    output: str

    def as_input(self, parameter: str, kind: Any) -> StepInput:
        """The list of the values."""
        return Collected(parameter, self.step, self.output, kind)

    def as_wait(self) -> StepInput:
        """All values must be made."""
        return Collected("", self.step, self.output)


@dataclass(frozen=True)
class DynamicHandle(GraphHandle):
    """A dynamic output, or what ``map`` made of it: `element` stands for one of the values."""

    element: ElementHandle | OutputHandle

    def map(self, function: Callable[[Any], Any]) -> Any:
        """Run a part of the graph once for each value."""
        made = function(self.element)
        if isinstance(made, tuple):
            return tuple(DynamicHandle(each) for each in made)
        return DynamicHandle(made)

    def collect(self) -> CollectedHandle:
        """All values as a list."""
        return CollectedHandle(self.element.step, self.element.output)


class OpDefinition:
    """A function as an op. Called in a graph it notes a step; elsewhere it calls the function."""

    def __init__(
        self,
        name: str,
        function: Callable[..., Any],
        signature: Signature,
        ins: Mapping[str, In],
        outs: Mapping[str, Out],
        attributes: Mapping[str, Any],
    ) -> None:
        """`attributes` are those of the step that say nothing of inputs and outputs."""
        self.name = name
        self.function = function
        self.signature = signature
        self.ins = ins
        self.outs = outs
        self.attributes = attributes

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Note a step in the graph that is being made, or call the function."""
        composition = COMPOSITION.get()
        if composition is None:
            return self.function(*args, **kwargs)
        name = composition.node_name(self.name)
        given = dict(zip(self.input_names(), args, strict=False)) | kwargs
        composition.steps.append(
            function_step(
                name,
                self.function,
                self.signature,
                tuple(self.inputs(given)),
                tuple(self.outputs()),
                **self.attributes,
            )
        )
        handles = [output_handle(name, each, out) for each, out in self.outs.items()]
        return handles[0] if len(handles) == 1 else tuple(handles) or None

    def input_names(self) -> list[str]:
        """The inputs in the order in which a call may give them."""
        waits = [name for name in self.ins if name not in self.signature.inputs]
        return [*self.signature.inputs, *waits]

    def inputs(self, given: Mapping[str, Any]) -> Iterator[StepInput]:
        """The step inputs for what a call gives."""
        for name in self.input_names():
            described = self.ins.get(name, In())
            if name not in self.signature.inputs or described.dagster_type is Nothing:
                yield from waits_for(given.get(name))
                continue
            annotation = self.signature.inputs[name]
            kind = annotation if described.dagster_type is Any else described.dagster_type
            if name in given:
                yield argument_from(name, given[name], Any if kind is None else kind)
            elif described.default_value is not ...:
                yield Constant(name, described.default_value)
            elif name not in self.signature.defaults:
                raise TypeError(f'op "{self.name}" is called without its input "{name}"')

    def outputs(self) -> Iterator[StepOutput]:
        """The step outputs, before any of them is known to be an asset."""
        types = [self.signature.result]
        if len(self.outs) != 1:
            types = output_types(self.signature.result, len(self.outs))
        for (name, out), annotation in zip(self.outs.items(), types, strict=True):
            result = annotation if out.dagster_type is Any else out.dagster_type
            if isinstance(out, DynamicOut):
                kind = Any if out.dagster_type is Any else out.dagster_type
                yield DynamicOpOutput(name, kind, out.is_required, out.io_manager_key or "")
            else:
                yield OpOutput(
                    name,
                    value_type(result),
                    result in (None, Nothing),
                    out.is_required,
                    out.io_manager_key or "",
                    dict(out.metadata or {}),
                )

    def alias(self, name: str) -> "OpDefinition":
        """The same op under another name."""
        return self.changed(name=name)

    def with_retry_policy(self, retry_policy: Any) -> "OpDefinition":
        """The same op with another retry policy."""
        return self.changed(attributes={**self.attributes, "retry_policy": retry_policy})

    def tag(self, tags: Mapping[str, str]) -> "OpDefinition":
        """The same op with more tags."""
        merged = {**(self.attributes.get("tags") or {}), **tags}
        return self.changed(attributes={**self.attributes, "tags": merged})

    def with_hooks(self, hooks: Any) -> "OpDefinition":
        """The same op with more hooks."""
        heard = tuple(dict.fromkeys((*self.attributes.get("hooks", ()), *hooks)))
        return self.changed(attributes={**self.attributes, "hooks": heard})

    def changed(self, **parts: Any) -> "OpDefinition":
        """A copy with some parts changed."""
        made = OpDefinition.__new__(OpDefinition)
        made.__dict__.update(self.__dict__)
        made.__dict__.update(parts)
        return made


class GraphDefinition:
    """A function that calls ops, to be used in graphs like an op."""

    def __init__(
        self, name: str, function: Callable[..., Any], hooks: tuple[Any, ...] = ()
    ) -> None:
        """`name` is part of the names of its steps, which all have the hooks."""
        self.name = name
        self.function = function
        self.hooks = hooks

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Note the graph's steps in the graph that is being made."""
        composition = COMPOSITION.get()
        if composition is None:
            return self.function(*args, **kwargs)
        with composing(Composition(f"{composition.node_name(self.name)}.")) as inner:
            made = self.function(*args, **kwargs)
        composition.steps.extend(with_more_hooks(each, self.hooks) for each in inner.steps)
        if isinstance(made, Mapping):
            return tuple(made.values()) if len(made) > 1 else next(iter(made.values()))
        return made

    def alias(self, name: str) -> "GraphDefinition":
        """The same graph under another name."""
        return GraphDefinition(name, self.function, self.hooks)

    def with_hooks(self, hooks: Any) -> "GraphDefinition":
        """The same graph with more hooks."""
        return GraphDefinition(self.name, self.function, (*self.hooks, *hooks))

    def tag(self, tags: Mapping[str, str]) -> "GraphDefinition":
        """The same graph: tags of graphs say nothing of a run."""
        return self


class Composition:
    """The steps noted so far in a graph that is being made."""

    def __init__(self, prefix: str) -> None:
        """`prefix` is the graph's dotted name and a dot."""
        self.prefix = prefix
        self.steps: list[Step] = []
        self.used: dict[str, int] = {}

    def node_name(self, name: str) -> str:
        """A dotted name for a use of an op or graph, numbered from the second on."""
        count = self.used[name] = self.used.get(name, 0) + 1
        return f"{self.prefix}{name}" + (f"_{count}" if count > 1 else "")


@contextmanager
def composing(composition: Composition) -> Iterator[Composition]:
    """Within the context, calls of ops note steps."""
    token = COMPOSITION.set(composition)
    try:
        yield composition
    finally:
        COMPOSITION.reset(token)


def op(
    compute_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, In] | None = None,
    out: Out | Mapping[str, Out] | None = None,
    config_schema: Any = None,
    required_resource_keys: Iterable[str] | None = None,
    tags: Mapping[str, Any] | None = None,
    retry_policy: Any = None,
    code_version: str | None = None,
    pool: str | None = None,
) -> Any:
    """Make an op of a function, with parentheses or without."""

    def decorate(function: Callable[..., Any]) -> OpDefinition:
        outs = out if isinstance(out, Mapping) else {"result": Out() if out is None else out}
        return OpDefinition(
            name or function.__name__,
            function,
            read_signature(function),
            ins or {},
            outs,
            {
                "config_schema": config_schema,
                "required_resource_keys": required_resource_keys,
                "tags": tags,
                "retry_policy": retry_policy,
                "description": description or (function.__doc__ or "").strip(),
            },
        )

    return decorate if compute_fn is None else decorate(compute_fn)


def graph(
    compose_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, Any] | None = None,
    out: Any = None,
    tags: Any = None,
    config: Any = None,
) -> Any:
    """Make a graph of a function that calls ops, with parentheses or without."""

    def decorate(function: Callable[..., Any]) -> GraphDefinition:
        return GraphDefinition(name or function.__name__, function)

    return decorate if compose_fn is None else decorate(compose_fn)


def with_more_hooks(step: Step, hooks: Iterable[Any]) -> Step:
    """The step with more hooks, and with the resources that these need."""
    heard = tuple(dict.fromkeys((*step.hooks, *hooks)))
    wanted = {*step.required_resources}.union(*(each.required_resource_keys for each in heard))
    return replace(step, hooks=heard, required_resources=tuple(sorted(wanted)))


def output_handle(step: str, name: str, out: Out) -> GraphHandle:
    """What a call of an op gives for one of its outputs."""
    if isinstance(out, DynamicOut):
        return DynamicHandle(ElementHandle(step, name))
    return OutputHandle(step, name)


def argument_from(parameter: str, given: Any, kind: Any) -> StepInput:
    """The step input for what a call gives for a parameter."""
    if isinstance(given, GraphHandle):
        return given.as_input(parameter, kind)
    if isinstance(given, Sequence) and not isinstance(given, str):
        return FanIn(parameter, tuple(argument_from(parameter, each, Any) for each in given), kind)
    raise TypeError(f'"{parameter}" is given {given!r}, which is no output of an op')


def waits_for(given: Any) -> Iterator[StepInput]:
    """The step inputs that wait for what a call gives for a parameter of type `Nothing`."""
    for each in given if isinstance(given, (list, tuple)) else () if given is None else (given,):
        yield each.as_wait()


COMPOSITION: ContextVar[Composition | None] = ContextVar("COMPOSITION", default=None)
