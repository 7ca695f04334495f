"""What the parameters and the result of a decorated function mean."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from assetgen.runtime.definitions.dynamic_steps import DynamicOutput
from assetgen.runtime.definitions.resources import ConfigurableResource, ResourceMark
from assetgen.runtime.model.step_results import MaterializeResult, Output


@dataclass(frozen=True)
class Signature:
    """A function's parameters by what they mean.

    `inputs` are in order, with the annotation of each. `config` is the annotation of the
    parameter ``config``; `result` is the return annotation (Any without one, None for None).
    """

    context: bool
    config: Any
    resources: tuple[str, ...]
    inputs: Mapping[str, Any]
    defaults: Mapping[str, Any]
    result: Any


def read_signature(function: Callable[..., Any]) -> Signature:
    """The signature of a function that is to make assets; ValueError if it takes ``*args``.

    Only parameters that may be given by position and by name count. The context is the first
    of them, if it has one of the names for it.
    """
    hints = type_hints(function)
    parameters = list(inspect.signature(function).parameters.values())
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        raise ValueError(f"{function.__name__} takes positional arguments of any number")
    named = [p for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    context = bool(named) and named[0].name in CONTEXT_NAMES
    inputs: dict[str, Any] = {}
    resources = []
    config = None
    for parameter in named[1:] if context else named:
        annotation = hints.get(parameter.name, Any)
        if parameter.name == "config":
            config = annotation
        elif is_resource(annotation):
            resources.append(parameter.name)
        else:
            inputs[parameter.name] = annotation
    defaults = {p.name: p.default for p in named if p.default is not p.empty}
    return Signature(context, config, tuple(resources), inputs, defaults, hints.get("return", Any))


def type_hints(function: Callable[..., Any]) -> dict[str, Any]:
    """The annotations, resolved as far as they can be; ``-> None`` is None."""
    try:
        hints = get_type_hints(function, include_extras=True)
    except (NameError, TypeError):
        hints = unresolved_hints(function)
    return {name: None if hint is type(None) else hint for name, hint in hints.items()}


def unresolved_hints(function: Callable[..., Any]) -> dict[str, Any]:
    """The annotations as they stand; none if they cannot be read (from Python 3.14 on)."""
    try:
        return dict(getattr(function, "__annotations__", {}))
    except NameError:
        return {}


def is_resource(annotation: Any) -> bool:
    """Whether an annotation is that of a resource."""
    if get_origin(annotation) is Annotated:
        return ResourceMark in get_args(annotation)
    base = get_origin(annotation) or annotation
    return isinstance(base, type) and issubclass(base, ConfigurableResource)


def value_type(annotation: Any) -> Any:
    """The type of the value that a return annotation promises, Any if it says nothing of it."""
    origin = get_origin(annotation) or annotation
    if origin in WRAPPERS:
        inner = get_args(annotation)
        return inner[0] if inner else Any
    if annotation is None or isinstance(annotation, str):
        return Any
    name = getattr(origin, "__name__", "")
    return Any if name in TYPES_OF_NO_VALUE else annotation


CONTEXT_NAMES = ("context", "_context", "context_", "_")
WRAPPERS = (Output, MaterializeResult, DynamicOutput)
TYPES_OF_NO_VALUE = (
    "AssetCheckResult",
    "AsyncGenerator",
    "AsyncIterator",
    "Generator",
    "Iterable",
    "Iterator",
    "ObserveResult",
)
