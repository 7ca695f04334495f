"""The signature of a function as `inspect.signature` gives it, with annotations looked up."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.shape import yields
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    BoundMethod,
    Constant,
    Descriptor,
    Function,
    Instance,
    Partial,
    Sequence,
    Unknown,
    Value,
)


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A parameter; `kind` is "positional", "either", "star", "keyword" or "rest"."""

    name: str
    kind: str
    has_default: bool
    annotation: ast.expr | None
    site: Site


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What Dagster reads of a function that it decorates.

    `name` is None for what has no `__name__`. `function` is where annotations are looked up.
    """

    name: str | None
    parameters: tuple[Parameter, ...]
    returns: ast.expr | None
    doc: str | None
    is_generator: bool
    function: Function | None


def signature_of(call: Call, function: Value, site: Site) -> Signature | None:
    """The signature of anything that can be called in the project; None for what is not known."""
    if isinstance(function, Function):
        return _of_function(call, function, site)
    if isinstance(function, Partial):
        inner = signature_of(call, function.function, site)
        return _without_bound(inner, function) if inner else None
    if isinstance(function, BoundMethod):
        inner = signature_of(call, function.function, site)
        return replace(inner, parameters=inner.parameters[1:]) if inner else None
    if isinstance(function, Descriptor) and function.kind == "staticmethod":
        return signature_of(call, function.function, site)
    if isinstance(function, Instance):
        method = call.machine.find_attribute(function, "__call__", site)
        if method is None or isinstance(method, Unknown):
            return None
        inner = signature_of(call, method, site)
        if inner is None:
            return None
        name = function.attributes.get("__name__")
        doc = ast.get_docstring(function.cls.node, clean=False)
        return replace(inner, name=_text(name), doc=doc)
    return None


def annotation_of(call: Call, signature: Signature, annotation: ast.expr) -> Value:
    """What an annotation stands for: looked up where the function stands, text as what it says."""
    function = signature.function
    node = annotation
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            return call.unknown("unsupported", "the annotation is no expression")
    if function is None:
        return call.unknown("unsupported", "where the annotation stands is not known")
    frame = Frame(function.module, function.scope, call.site.chain, function)
    try:
        return call.machine.evaluate(node, frame)
    except Raised:
        return call.unknown("unbound", "the annotation names nothing that is defined")


def annotation_text(annotation: ast.expr | None) -> str | None:
    """The annotation as written; what stands in quotes without them."""
    if annotation is None:
        return None
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return annotation.value
    return ast.unparse(annotation)


def _of_function(call: Call, function: Function, site: Site) -> Signature:
    """Of the function itself, or of the one that it wraps; name and doc as they were set on it."""
    wrapped = function.attributes.get("__wrapped__")
    inner = signature_of(call, wrapped, site) if wrapped is not None else None
    name = _text(function.attributes.get("__name__")) or function.name
    doc = function.attributes.get("__doc__")
    own_doc = _docstring(function.node) if doc is None else _text(doc)
    if inner is not None:
        is_generator = yields(function)
        return replace(inner, name=name, doc=own_doc, is_generator=is_generator)
    return Signature(
        name=name,
        parameters=tuple(_parameters(function, site)),
        returns=getattr(function.node, "returns", None),
        doc=own_doc,
        is_generator=yields(function),
        function=function,
    )


def _parameters(function: Function, site: Site) -> Iterator[Parameter]:
    arguments = function.node.args
    place = Site(function.module, function.node, site.chain, site.condition)
    positional = [*arguments.posonlyargs, *arguments.args]
    first_default = len(positional) - len(arguments.defaults)
    for index, node in enumerate(positional):
        kind = "positional" if index < len(arguments.posonlyargs) else "either"
        yield Parameter(node.arg, kind, index >= first_default, node.annotation, place.at(node))
    if arguments.vararg is not None:
        node = arguments.vararg
        yield Parameter(node.arg, "star", False, node.annotation, place.at(node))
    for node, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield Parameter(node.arg, "keyword", default is not None, node.annotation, place.at(node))
    if arguments.kwarg is not None:
        node = arguments.kwarg
        yield Parameter(node.arg, "rest", False, node.annotation, place.at(node))


def _without_bound(signature: Signature, partial: Partial) -> Signature:
    """What `functools.partial` leaves: parameters bound by name become keyword-only."""
    left: list[Parameter] = []
    skip = len(partial.args)
    bound_before = False
    for parameter in signature.parameters:
        if skip and parameter.kind in ("positional", "either"):
            skip -= 1
            continue
        if parameter.name in partial.kwargs:
            bound_before = True
            left.append(replace(parameter, kind="keyword", has_default=True))
        elif bound_before and parameter.kind == "either":
            left.append(replace(parameter, kind="keyword"))
        elif not (bound_before and parameter.kind == "star"):
            left.append(parameter)
    return replace(signature, name=None, parameters=tuple(left), doc=_PARTIAL_DOC)


_PARTIAL_DOC: str | None = None
"""A partial has the docstring of `functools.partial`, which tells nothing of the function."""


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> str | None:
    return None if isinstance(node, ast.Lambda) else ast.get_docstring(node, clean=False)


def _text(value: Value | None) -> str | None:
    if isinstance(value, Constant) and isinstance(value.value, str):
        return str(value.value)
    return None


def is_empty(value: Value) -> bool:
    """Whether a collection is known to hold nothing."""
    return isinstance(value, Sequence) and not value.items and not value.losses
