"""The signature of a function as `inspect.signature` gives it, with annotations looked up."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Descriptor, Partial
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.expressions.annotations import annotation_value
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.functions.yielding import yields
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.site import Site, definition_site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Mapping,
    Unknown,
    Value,
)
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.syntax.annotations import unquoted
from assetgen.analyzer.syntax.bodies import docstring_of


@dataclass(frozen=True, slots=True, eq=False)
class SetAnnotation:
    """An annotation that the program has set, in `__signature__` or `__annotations__`."""

    value: Value


Annotation = ast.expr | SetAnnotation


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A parameter; `kind` is "positional", "either", "star", "keyword" or "rest"."""

    name: str
    kind: str
    has_default: bool
    annotation: Annotation | None
    site: Site


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What Dagster reads from a function that it decorates.

    `name` is None for what has no `__name__`. `function` is where annotations are looked up. `lost`
    if the program has set a signature that is not known. `found` holds the values of its
    annotations, by their identity, as far as they were asked for.
    """

    name: str | None
    parameters: tuple[Parameter, ...]
    returns: Annotation | None
    doc: str | None
    is_generator: bool
    function: Function | None
    lost: Unknown | None = None
    found: dict[int, tuple[ast.expr, Value]] = field(default_factory=dict)

    @property
    def is_of_unknown(self) -> bool:
        """Whether nothing is known about the function, not even its docstring."""
        return self.lost is not None and self.name is None


def signature_of(call: Call, function: Value, site: Site) -> Signature | None:
    """The signature of any callable; None for what cannot be called."""
    if isinstance(function, Function):
        return _of_function(call, function, site)
    if isinstance(function, (Unknown, Choice)):
        lost = call.unknown("unsupported", "the function is not known", function)
        return Signature(None, (), None, None, False, None, lost)
    if isinstance(function, Partial):
        inner = signature_of(call, function.function, site)
        return _without_bound(inner, function) if inner else None
    if isinstance(function, BoundMethod):
        inner = signature_of(call, function.function, site)
        return replace(inner, parameters=inner.parameters[1:]) if inner else None
    if isinstance(function, Descriptor) and function.kind == "staticmethod":
        return signature_of(call, function.function, site)
    if isinstance(function, Class):
        return _of_class(call, function, site)
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


def _of_class(call: Call, value: Class, site: Site) -> Signature | None:
    """Of a class, which is called for its instances."""
    own = Signature(value.name, (), None, ast.get_docstring(value.node, clean=False), False, None)
    made = call.machine.find_attribute(value, "__init__", site)
    inner = signature_of(call, made, site) if isinstance(made, Function) else None
    if inner is not None:
        return replace(own, parameters=inner.parameters[1:], function=inner.function)
    if isinstance(made, External) and made.qualname == "builtins.object.__init__":
        return own
    if made is None and not (set(classes.known_bases(value)) - {"builtins.object"}):
        return own
    lost = call.unknown("unsupported", f"what makes a {value.name} is not known")
    return replace(own, lost=lost)


def annotation_of(call: Call, signature: Signature, annotation: Annotation) -> Value:
    """The value of an annotation, looked up where the function is; a string as what it says."""
    if isinstance(annotation, SetAnnotation):
        return annotation.value
    known = signature.found.get(id(annotation))
    if known is None:
        # Kept together, so that no other node gets the same `id`.
        known = annotation, _looked_up(call, signature, annotation)
        signature.found[id(annotation)] = known
    return known[1]


def _looked_up(call: Call, signature: Signature, node: ast.expr) -> Value:
    function = signature.function
    written = unquoted(node)
    if written is None:
        return call.unknown("unsupported", "the annotation is not an expression")
    if function is None:
        return call.unknown("unsupported", "where the annotation stands is not known")
    frame = Frame(function.module, function.scope, call.site.chain, function)
    try:
        return call.machine.evaluate(written, frame)
    except Raised:
        return call.unknown("unbound", "the annotation names nothing that is defined")


def annotation_text(annotation: Annotation | None) -> str | None:
    """The annotation as written; a string without its quotes."""
    if annotation is None:
        return None
    if isinstance(annotation, SetAnnotation):
        return None if isinstance(annotation.value, Unknown) else display(annotation.value)
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return annotation.value
    # Names are most of all annotations; the standard library takes long for them.
    return annotation.id if isinstance(annotation, ast.Name) else ast.unparse(annotation)


def _of_function(call: Call, function: Function, site: Site) -> Signature:
    """For the function itself, or for the one that it wraps; with the name and docstring set on
    it."""
    given = function.attributes.get("__signature__")
    wrapped = function.attributes.get("__wrapped__") if given is None else None
    inner = signature_of(call, wrapped, site) if wrapped is not None else None
    name = _text(function.attributes.get("__name__")) or function.name
    doc = function.attributes.get("__doc__")
    own_doc = _docstring(function.node) if doc is None else _text(doc)
    if inner is not None:
        is_generator = yields(function)
        return replace(inner, name=name, doc=own_doc, is_generator=is_generator)
    own = Signature(
        name=name,
        parameters=tuple(_parameters(function, site)),
        returns=getattr(function.node, "returns", None),
        doc=own_doc,
        is_generator=yields(function),
        function=function,
    )
    if given is not None and given != NONE:
        return _as_set(call, own, given, site)
    annotated = function.attributes.get("__annotations__")
    if isinstance(annotated, Mapping):
        return _with_annotations(call, own, function, dict(annotated.text_entries()))
    return own


def _as_set(call: Call, own: Signature, given: Value, site: Site) -> Signature:
    """With the parameters of the `inspect.Signature` that is the function's `__signature__`."""
    parameters = given.attribute("parameters") if isinstance(given, Declared) else None
    if not isinstance(parameters, Mapping) or parameters.losses:
        causes = (given, *(parameters.losses if isinstance(parameters, Mapping) else ()))
        lost = call.unknown("unsupported", "the signature that is set is not known", *causes)
        return replace(own, parameters=(), returns=None, lost=lost)
    found = [_parameter_as_set(value, site) for _, value in parameters.entries.values()]
    known = tuple(each for each in found if each is not None)
    if len(known) < len(found):
        lost = call.unknown("unsupported", "a parameter of the signature that is set is not known")
        return replace(own, parameters=known, returns=None, lost=lost)
    assert isinstance(given, Declared)
    return replace(
        own, parameters=known, returns=_annotation_as_set(given.attribute("return_annotation"))
    )


def _parameter_as_set(value: Value, site: Site) -> Parameter | None:
    if not isinstance(value, Declared):
        return None
    name, kind = value.attribute("name"), value.attribute("kind")
    kind_name = kind.attribute("name") if isinstance(kind, Declared) else None
    text, kind_text = _text(name), _KINDS.get(_text(kind_name) or "")
    if text is None or kind_text is None:
        return None
    has_default = value.attribute("default") != _EMPTY
    return Parameter(
        text, kind_text, has_default, _annotation_as_set(value.attribute("annotation")), site
    )


_EMPTY: Final = External("inspect._empty")
_KINDS: Final[ReadOnlyMapping[str, str]] = {
    "POSITIONAL_ONLY": "positional",
    "POSITIONAL_OR_KEYWORD": "either",
    "VAR_POSITIONAL": "star",
    "KEYWORD_ONLY": "keyword",
    "VAR_KEYWORD": "rest",
}


def _annotation_as_set(value: Value | None) -> Annotation | None:
    if value is None or value == _EMPTY:
        return None
    if isinstance(value, Constant) and (value.value is None or isinstance(value.value, str)):
        return ast.Constant(value.value)
    return SetAnnotation(value)


def _with_annotations(
    call: Call, own: Signature, function: Function, held: dict[str, Value]
) -> Signature:
    """With the contents of `__annotations__`; unchanged entries stay as they are written."""

    def annotation(name: str, written: Annotation | None) -> Annotation | None:
        value = held.get(name)
        is_written = isinstance(written, ast.expr) and value == annotation_value(
            call.machine, function, written
        )
        return written if is_written else _annotation_as_set(value)

    parameters = tuple(
        replace(each, annotation=annotation(each.name, each.annotation)) for each in own.parameters
    )
    return replace(own, parameters=parameters, returns=annotation("return", own.returns))


def _parameters(function: Function, site: Site) -> Iterator[Parameter]:
    arguments = function.node.args
    place = definition_site(function, site.chain, site.condition)
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


_PARTIAL_DOC = (
    "partial(func, *args, **keywords) - new function with partial application\n"
    "    of the given arguments and keywords.\n"
)
"""A partial has the docstring of `functools.partial`, which says nothing about the function."""


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> str | None:
    return None if isinstance(node, ast.Lambda) else docstring_of(node)


def _text(value: Value | None) -> str | None:
    if isinstance(value, Constant) and isinstance(value.value, str):
        return str(value.value)
    return None
