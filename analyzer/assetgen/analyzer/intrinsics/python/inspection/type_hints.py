"""Annotations as programs inspect them: `get_type_hints`, `get_origin` and `get_args`."""

from __future__ import annotations

import ast
import typing
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions.annotations import annotated
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Mapping,
    Module,
    Parameterised,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass, field

_HINTS: Final = Parameters("obj, globalns=None, localns=None, include_extras=False")
_OWN: Final = Parameters("obj, *, globals=None, locals=None, eval_str=False")
_ONE: Final = Parameters("tp, /")

_UNION: Final = External("types.UnionType")
_NONE_TYPE: Final = External("types.NoneType")


@dataclass(slots=True, eq=False)
class Alias(Declared):
    """A generic class of the project with its parameters, or a union: `origin` of `arguments`."""

    type_name: ClassVar[str] = "types.GenericAlias"
    origin: Value = NONE
    arguments: tuple[Value, ...] = ()

    def attribute(self, name: str) -> Value | None:
        if name == "__origin__":
            return self.origin
        return Sequence("tuple", list(self.arguments)) if name == "__args__" else None


@dataclass(slots=True, eq=False)
class _Reader:
    """Reads annotations in one scope, and remembers the models it has made."""

    call: Call
    frame: Frame
    with_extras: bool = True
    models: dict[str, Class] = field(default_factory=dict)

    def value(self, node: ast.expr) -> Value:
        """What an annotation stands for, with its parameters; strings are read as annotations."""
        if isinstance(node, ast.Constant):
            return self._constant(node)
        if isinstance(node, ast.Subscript):
            return self._subscript(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return Alias(_UNION, tuple(self.sides(node)))
        try:
            return self.call.machine.evaluate(node, self.frame)
        except Raised:
            return self.call.unknown("unbound", "the annotation names nothing that is defined")

    def _constant(self, node: ast.Constant) -> Value:
        if node.value is None:
            return _NONE_TYPE
        if not isinstance(node.value, str):
            return Constant(node.value)
        try:
            return self.value(ast.parse(node.value.strip(), mode="eval").body)
        except (SyntaxError, ValueError):
            return self.call.unknown("unsupported", "the annotation is not an expression")

    def sides(self, node: ast.expr) -> list[Value]:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return [*self.sides(node.left), *self.sides(node.right)]
        return [self.value(node)]

    def _subscript(self, node: ast.Subscript) -> Value:
        origin = self.value(node.value)
        if isinstance(origin, Class):
            arguments = tuple(self.value(each) for each in _parts(node.slice))
            if _is_model(origin):
                return self._model(origin, arguments, ast.unparse(node.slice))
            return Alias(origin, arguments)
        if isinstance(origin, External):
            if origin.qualname in _ANNOTATED and not self.with_extras:
                return self.value(_parts(node.slice)[0])
            return Parameterised(origin.qualname, node.slice, self.frame)
        return origin

    def _model(self, origin: Class, arguments: tuple[Value, ...], text: str) -> Value:
        """A generic model with parameters is a class of its own."""
        name = f"{origin.name}[{text}]"
        made = self.models.get(name)
        if made is None:
            generic = Mapping()
            for key, value in (
                ("origin", origin),
                ("args", Sequence("tuple", list(arguments))),
                ("parameters", Sequence("tuple", [])),
            ):
                generic.entries[("constant", key)] = (Constant(key), value)
            made = self.models[name] = Class(
                name,
                name,
                ast.ClassDef(name, [], [], [ast.Pass()], []),
                origin.module,
                origin.scope,
                (origin,),
                {"__pydantic_generic_metadata__": generic},
                keywords={},
            )
            made.mro = (made, *origin.mro)
        return made


_ANNOTATED: Final = frozenset({"typing.Annotated", "typing_extensions.Annotated"})
_LITERAL: Final = frozenset({"typing.Literal", "typing_extensions.Literal"})


def _parts(node: ast.expr) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.Tuple) else [node]


def _is_model(cls: Class) -> bool:
    """Whether parameters make it another class, as in pydantic."""
    return any(
        isinstance(base, External) and base.qualname.partition(".")[0] in _OF_MODELS
        for base in cls.mro
    )


_OF_MODELS: Final = frozenset({"pydantic", "pydantic_settings", "dagster", "sqlmodel"})


def _get_type_hints(call: Call) -> Value:
    bound = _HINTS.bind(call)
    with_extras = bound.plain("include_extras") is True
    value = bound["obj"]
    while isinstance(value, BoundMethod):
        value = value.function
    if isinstance(value, Class):
        return _hints_of_class(call, value, with_extras)
    if isinstance(value, Function):
        return _hints_of_function(call, value, with_extras)
    if isinstance(value, Module) and value.parsed is not None:
        reader = _Reader(call, Frame(value, value.scope), with_extras)
        return _hints(reader, _annotated_in(value.parsed.tree.body))
    return lost(call, value)


def _get_annotations(call: Call) -> Value:
    """`inspect.get_annotations`: what the object's own `__annotations__` holds."""
    bound = _OWN.bind(call)
    found = call.get_attribute(bound["obj"], "__annotations__")
    if not isinstance(found, Mapping) or bound["eval_str"] != Constant(False):
        return lost(call, bound["obj"])
    return Mapping(entries=dict(found.entries), losses=list(found.losses))


def _hints_of_class(call: Call, cls: Class, with_extras: bool) -> Mapping:
    """The hints of a class and of its bases; bases outside of the project add only private names,
    or none."""
    result = Mapping()
    for base in reversed(cls.mro):
        if isinstance(base, Class):
            scope = Scope("class", base.namespace, base.scope)
            reader = _Reader(call, Frame(base.module, scope), with_extras)
            written = _annotated_in(base.node.body)
            given = base.namespace.get("__annotations__")
            if isinstance(given, Mapping):
                own = _of_mapping(reader, given, dict(written))
                result.losses += own.losses
            else:
                own = _hints(reader, written)
            result.entries.update(own.entries)
        elif isinstance(base, Unknown):
            result.losses.append(base)
    return result


def _hints_of_function(call: Call, function: Function, with_extras: bool) -> Mapping:
    given = function.attributes.get("__annotations__")
    wrapped = function.attributes.get("__wrapped__")
    reader = _Reader(call, Frame(function.module, function.scope), with_extras)
    written = annotated(function.node)
    if isinstance(given, Mapping):
        return _of_mapping(reader, given, {} if wrapped is not None else dict(written))
    if isinstance(wrapped, Function):
        return _hints_of_function(call, wrapped, with_extras)
    return _hints(reader, written)


def _of_mapping(reader: _Reader, given: Mapping, written: dict[str, ast.expr]) -> Mapping:
    """The hints in an `__annotations__` that was read or set: strings in it are still to be
    resolved."""
    result = Mapping(losses=list(given.losses))
    for name, value in given.text_entries():
        if name in written:
            value = reader.value(written[name])
        elif isinstance(value, Constant) and isinstance(value.value, str):
            value = reader.value(ast.Constant(value.value))
        result.entries[("constant", name)] = (Constant(name), value)
    return result


def _annotated_in(body: list[ast.stmt]) -> list[tuple[str, ast.expr]]:
    return [
        (statement.target.id, statement.annotation)
        for statement in body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    ]


def _hints(reader: _Reader, annotations: list[tuple[str, ast.expr]]) -> Mapping:
    return Mapping(
        entries={
            ("constant", name): (Constant(name), reader.value(node)) for name, node in annotations
        }
    )


def _get_origin(call: Call) -> Value:
    value = _ONE.bind(call)["tp"]
    if isinstance(value, Alias):
        return value.origin
    if isinstance(value, External):
        return _origin(value)
    return lost(call, value) if _may_be_parameterised(value) else NONE


def _may_be_parameterised(value: Value) -> bool:
    """A generic class of the project stands for itself whatever its parameters."""
    if isinstance(value, Class):
        generic = any(isinstance(base, External) and base in _GENERIC for base in value.mro)
        return generic or bool(getattr(value.node, "type_params", None))
    return isinstance(value, (Unknown, Choice))


_GENERIC: Final = (External("typing.Generic"), External("typing.Protocol"))


def _origin(value: External) -> Value:
    """The origin according to `typing`: `list` for `List[int]` and for `List`, None for a class."""
    module, _, name = value.qualname.rpartition(".")
    if name == "Optional":
        return External("typing.Union") if isinstance(value, Parameterised) else NONE
    if module in ("typing", "typing_extensions"):
        origin = getattr(getattr(typing, name, None), "__origin__", None)
        if isinstance(origin, type):
            module = "builtins" if origin.__module__ == "builtins" else origin.__module__
            return External(f"{module}.{origin.__qualname__}")
        special = name in ("Generic", "Protocol") or isinstance(value, Parameterised)
        return External(f"typing.{name}") if special else NONE
    return External(value.qualname) if isinstance(value, Parameterised) else NONE


def _get_args(call: Call) -> Value:
    value = _ONE.bind(call)["tp"]
    if isinstance(value, Alias):
        return Sequence("tuple", list(value.arguments))
    if isinstance(value, Parameterised):
        return arguments_of(call, value)
    return lost(call, value) if _may_be_parameterised(value) else Sequence("tuple", [])


def arguments_of(call: Call, value: Parameterised) -> Sequence:
    """The parameters of a generic class, evaluated."""
    reader = _Reader(call, value.frame)
    if value.qualname == _UNION.qualname:
        return Sequence("tuple", reader.sides(value.arguments))
    nodes = _parts(value.arguments)
    if value.qualname in _LITERAL:
        return Sequence("tuple", [call.machine.evaluate(node, value.frame) for node in nodes])
    if value.qualname in _ANNOTATED:
        extras = [call.machine.evaluate(node, value.frame) for node in nodes[1:]]
        return Sequence("tuple", [reader.value(nodes[0]), *extras])
    items = [
        Sequence("list", [reader.value(each) for each in node.elts])
        if isinstance(node, ast.List)
        else reader.value(node)
        for node in nodes
    ]
    if value.qualname == "typing.Optional":
        items.append(_NONE_TYPE)
    return Sequence("tuple", items)


def _arguments(call: Call) -> Value:
    receiver = call.receiver
    return arguments_of(call, receiver) if isinstance(receiver, Parameterised) else lost(call)


def _origin_attribute(call: Call) -> Value:
    receiver = call.receiver
    return _origin(receiver) if isinstance(receiver, Parameterised) else lost(call)


def _call_alias(call: Call, alias: Alias) -> Value:
    return call.passed_to(alias.origin)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "inspect.get_annotations": _get_annotations,
    "types.GenericAlias.__call__": method(Alias, _call_alias),
    "typing._GenericAlias.__args__": _arguments,
    "typing._GenericAlias.__origin__": _origin_attribute,
    "typing.get_args": _get_args,
    "typing.get_origin": _get_origin,
    "typing.get_type_hints": _get_type_hints,
    "typing_extensions.get_args": _get_args,
    "typing_extensions.get_origin": _get_origin,
    "typing_extensions.get_type_hints": _get_type_hints,
}

PROPERTIES: Final[frozenset[str]] = frozenset(
    {"typing._GenericAlias.__args__", "typing._GenericAlias.__origin__"}
)
