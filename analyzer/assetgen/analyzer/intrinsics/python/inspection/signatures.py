"""`inspect.signature`, and signatures and parameters as objects."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Descriptor, Partial
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions.annotations import annotation_value
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass

CALLABLE: Final = Parameters("obj, /, **options")
_SIGNATURE: Final = Parameters("parameters=None, *, return_annotation=..., **options")
_PARAMETER: Final = Parameters("name, kind, *, default=..., annotation=...")
_REPLACE: Final = Parameters("*, parameters=..., return_annotation=...")
_REPLACE_PARAMETER: Final = Parameters("*, name=..., kind=..., annotation=..., default=...")

EMPTY: Final = External("inspect._empty")
_NOT_GIVEN: Final = Constant(...)
_MISSING: Final = External("dataclasses.MISSING")
_BY_FACTORY: Final = External("dataclasses._HAS_DEFAULT_FACTORY")


@dataclass(slots=True, eq=False)
class Kind(Declared):
    """A kind of parameter, such as `POSITIONAL_ONLY`; there is one object for each."""

    type_name: ClassVar[str] = "inspect._ParameterKind"
    name: str = ""
    number: int = 0

    def attribute(self, name: str) -> Value | None:
        known = {"name": self.name, "value": self.number, "description": _DESCRIPTIONS[self.name]}
        return Constant(known[name]) if name in known else None


_DESCRIPTIONS: Final[ReadOnlyMapping[str, str]] = {
    "POSITIONAL_ONLY": "positional-only",
    "POSITIONAL_OR_KEYWORD": "positional or keyword",
    "VAR_POSITIONAL": "variadic positional",
    "KEYWORD_ONLY": "keyword-only",
    "VAR_KEYWORD": "variadic keyword",
}
KINDS: Final[ReadOnlyMapping[str, Kind]] = {
    name: Kind(name, number) for number, name in enumerate(_DESCRIPTIONS)
}


@dataclass(slots=True, eq=False)
class Parameter(Declared):
    """A parameter: `name`, `kind`, `default` and `annotation`."""

    type_name: ClassVar[str] = "inspect.Parameter"
    name: str = ""
    kind: Kind = KINDS["POSITIONAL_OR_KEYWORD"]
    default: Value = EMPTY
    annotation: Value = EMPTY

    def attribute(self, name: str) -> Value | None:
        known = {"name": Constant(self.name), "kind": self.kind, "default": self.default}
        return {**known, **KINDS, "annotation": self.annotation, "empty": EMPTY}.get(name)


@dataclass(slots=True, eq=False)
class Signature(Declared):
    """The parameters of a function, by name."""

    type_name: ClassVar[str] = "inspect.Signature"
    parameters: tuple[Parameter, ...] = ()
    returns: Value = EMPTY

    def attribute(self, name: str) -> Value | None:
        if name == "parameters":
            return _by_name(self.parameters)
        return {"return_annotation": self.returns, "empty": EMPTY}.get(name)


def _by_name(parameters: tuple[Parameter, ...]) -> Mapping:
    return Mapping(
        entries={("constant", each.name): (Constant(each.name), each) for each in parameters}
    )


def _signature(call: Call) -> Value:
    value = CALLABLE.bind(call)["obj"]
    return signature_of(call, value) or lost(call, value)


def signature_of(call: Call, value: Value) -> Signature | None:
    """The signature of a callable; None if it is not known."""
    if isinstance(value, Function):
        return _of_function(call, value)
    if isinstance(value, BoundMethod):
        return _without_first(signature_of(call, value.function))
    if isinstance(value, Class):
        return _of_class(call, value)
    if isinstance(value, Partial):
        inner = signature_of(call, value.function)
        return _without_bound(inner, value) if inner is not None else None
    if isinstance(value, Descriptor):
        return signature_of(call, value.function)
    if isinstance(value, Instance):
        found = classes.lookup(value.cls, "__call__")
        return _without_first(signature_of(call, found[1])) if found is not None else None
    if isinstance(value, Declared):
        wrapped = value.attribute("__wrapped__")
        return signature_of(call, wrapped) if wrapped is not None else None
    return None


def _of_function(call: Call, function: Function) -> Signature | None:
    given = function.attributes.get("__signature__")
    if given is not None:
        return given if isinstance(given, Signature) else None
    wrapped = function.attributes.get("__wrapped__")
    if wrapped is not None:
        return signature_of(call, wrapped)
    arguments = function.node.args
    groups: list[tuple[list[ast.arg], str]] = [
        (arguments.posonlyargs, "POSITIONAL_ONLY"),
        (arguments.args, "POSITIONAL_OR_KEYWORD"),
        ([arguments.vararg] if arguments.vararg else [], "VAR_POSITIONAL"),
        (arguments.kwonlyargs, "KEYWORD_ONLY"),
        ([arguments.kwarg] if arguments.kwarg else [], "VAR_KEYWORD"),
    ]
    set_by_hand = function.attributes.get("__annotations__")
    annotations = dict(set_by_hand.text_entries()) if isinstance(set_by_hand, Mapping) else None

    def annotation(name: str, node: ast.expr | None) -> Value:
        if annotations is not None:
            return annotations.get(name, EMPTY)
        return EMPTY if node is None else annotation_value(call.machine, function, node)

    parameters = tuple(
        Parameter(
            argument.arg,
            KINDS[kind],
            function.defaults.get(argument.arg, EMPTY),
            annotation(argument.arg, argument.annotation),
        )
        for group, kind in groups
        for argument in group
    )
    returns = getattr(function.node, "returns", None)
    return Signature(parameters, annotation("return", returns))


def _of_class(call: Call, cls: Class) -> Signature | None:
    """The signature of `__init__` or `__new__`, or that of the fields of a data class; None for
    other classes."""
    given = classes.lookup(cls, "__signature__")
    if given is not None:
        return given[1] if isinstance(given[1], Signature) else None
    for base in cls.mro:
        if not isinstance(base, Class):
            return Signature() if base == External("builtins.object") else None
        for name in ("__init__", "__new__"):
            if name in base.namespace:
                return _without_first(signature_of(call, base.namespace[name]))
        if base.decorations:
            return _of_fields(call, cls)
    return Signature()


def _of_fields(call: Call, cls: Class) -> Signature | None:
    fields = call.invoke(External("dataclasses.fields"), cls)
    if not isinstance(fields, Sequence):
        return None
    found = []
    for item in fields.items:
        name = call.get_attribute(item, "name")
        if not isinstance(name, Constant) or not isinstance(item, Declared):
            return None
        default = item.attribute("default")
        if default in (None, _MISSING):
            factory = item.attribute("default_factory")
            default = EMPTY if factory in (None, _MISSING) else _BY_FACTORY
        annotation = call.get_attribute(item, "type")
        parameter = Parameter(str(name.value), default=default or EMPTY, annotation=annotation)
        found.append(parameter)
    return Signature(tuple(found), NONE)


def _without_first(signature: Signature | None) -> Signature | None:
    """The signature of a bound method, without `self`."""
    if signature is None or not signature.parameters:
        return signature
    first, *others = signature.parameters
    if first.kind.name.startswith("VAR_"):
        return signature
    return Signature(tuple(others), signature.returns)


def _without_bound(signature: Signature, partial: Partial) -> Signature:
    """The signature of a `functools.partial`: parameters bound by name become keyword-only."""
    left: list[Parameter] = []
    skip = len(partial.args)
    by_name_before = False
    for each in signature.parameters:
        positional = each.kind.name in ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD")
        if skip and positional:
            skip -= 1
            continue
        keyword = each.kind
        if positional and (by_name_before or each.name in partial.kwargs):
            keyword = KINDS["KEYWORD_ONLY"]
        by_name_before = by_name_before or each.name in partial.kwargs
        if by_name_before and each.kind.name == "VAR_POSITIONAL":
            continue
        default = partial.kwargs.get(each.name, each.default)
        left.append(Parameter(each.name, keyword, default, each.annotation))
    return Signature(tuple(left), signature.returns)


def _make_signature(call: Call) -> Value:
    bound = _SIGNATURE.bind(call)
    parameters = _given_parameters(call, bound["parameters"])
    if isinstance(parameters, Unknown):
        return parameters
    returns = bound["return_annotation"]
    return Signature(parameters, EMPTY if returns == _NOT_GIVEN else returns)


def _given_parameters(call: Call, value: Value) -> tuple[Parameter, ...] | Unknown:
    if value == NONE:
        return ()
    items = call.items(value)
    found = [item for item in items.values if isinstance(item, Parameter)]
    if items.losses or len(found) != len(items.values):
        return lost(call, *items.losses, *items.values)
    return tuple(found)


def _replace_in_signature(call: Call, signature: Signature) -> Value:
    bound = _REPLACE.bind(call)
    parameters: tuple[Parameter, ...] | Unknown = signature.parameters
    if "parameters" in bound:
        parameters = _given_parameters(call, bound["parameters"])
    if isinstance(parameters, Unknown):
        return parameters
    returns = bound.get("return_annotation") or signature.returns
    return Signature(parameters, returns)


def _make_parameter(call: Call) -> Value:
    bound = _PARAMETER.bind(call)
    return _parameter(call, bound["name"], bound["kind"], bound["default"], bound["annotation"])


def _parameter(call: Call, name: Value, kind: Value, default: Value, annotation: Value) -> Value:
    if not isinstance(name, Constant) or not isinstance(kind, Kind):
        return lost(call, name, kind)
    default, annotation = (
        EMPTY if value == _NOT_GIVEN else value for value in (default, annotation)
    )
    return Parameter(str(name.value), kind, default, annotation)


def _replace_in_parameter(call: Call, parameter: Parameter) -> Value:
    bound = _REPLACE_PARAMETER.bind(call)
    name = bound.get("name") or Constant(parameter.name)
    kind = bound.get("kind") or parameter.kind
    default = bound.get("default") or parameter.default
    annotation = bound.get("annotation") or parameter.annotation
    return _parameter(call, name, kind, default, annotation)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "inspect.Parameter": _make_parameter,
    "inspect.Parameter.replace": method(Parameter, _replace_in_parameter),
    "inspect.Signature": _make_signature,
    "inspect.Signature.from_callable": _signature,
    "inspect.Signature.replace": method(Signature, _replace_in_signature),
    "inspect.signature": _signature,
}

VALUES: Final[ReadOnlyMapping[str, Value]] = {
    **{f"inspect.Parameter.{name}": kind for name, kind in KINDS.items()},
    "inspect.Parameter.empty": EMPTY,
    "inspect.Signature.empty": EMPTY,
}
