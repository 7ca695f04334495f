"""The module `inspect`, as far as it asks what was written."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.values import (
    NONE,
    BoundMethod,
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Iterator_,
    Mapping,
    Module,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.iteration import kept
from assetgen.analyzer.intrinsics.python.plain import lost, opaque

_MEMBERS: Final = Parameters("object, predicate=None")
_ONE: Final = Parameters("object, /, **options")


def _get_members(call: Call) -> Value:
    bound = _MEMBERS.bind(call)
    owner, predicate = bound["object"], bound["predicate"]
    names: dict[str, Value] = {}
    if isinstance(owner, Module):
        names = call.machine.globals_of(owner)
    elif isinstance(owner, (Class, Instance)):
        cls = owner.cls if isinstance(owner, Instance) else owner
        written = [base.namespace for base in cls.mro if isinstance(base, Class)]
        written.append(owner.attributes if isinstance(owner, Instance) else {})
        for name in {name for namespace in written for name in namespace}:
            names[name] = call.machine.get_attribute(owner, name, call.site)
    else:
        return lost(call, owner)
    result = Sequence("list", [])
    for name in sorted(names):
        if predicate == NONE or kept(call, predicate, names[name], result.losses) is not False:
            result.items.append(Sequence("tuple", [Constant(name), names[name]]))
    return result


def _is(*kinds: type[Value]) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        value = _ONE.bind(call)["object"]
        if isinstance(value, (Unknown, Choice)) or (
            isinstance(value, External) and call.machine.intrinsics.calls.get(value.qualname)
        ):
            return lost(call, value)
        return Constant(isinstance(value, kinds))

    return intrinsic


def _get_doc(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    text = call.machine.find_attribute(value, "__doc__", call.site)
    if isinstance(text, Constant) and isinstance(text.value, str):
        return Constant(inspect.cleandoc(text.value))
    return text if text is not None else NONE


def _get_module(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    if isinstance(value, (Function, Class)):
        return value.module
    return value if isinstance(value, Module) else lost(call, value)


def _get_file(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    module = value.module if isinstance(value, (Function, Class)) else value
    if isinstance(module, Module) and module.file is not None:
        return Constant(str(module.file))
    return lost(call, value)


_EMPTY: Final = External("inspect.Signature.empty")


@dataclass(slots=True, eq=False)
class Signature(Declared):
    """The parameters of a function, by name."""

    type_name: ClassVar[str] = "inspect.Signature"
    parameters: Mapping = field(default_factory=Mapping)
    returns: Value = _EMPTY

    def attribute(self, name: str) -> Value | None:
        return {"parameters": self.parameters, "return_annotation": self.returns}.get(name)


@dataclass(slots=True, eq=False)
class Parameter(Declared):
    """A parameter: `name`, `kind`, `default` and `annotation`."""

    type_name: ClassVar[str] = "inspect.Parameter"
    fields: dict[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        return self.fields.get(name)


def _signature(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    skipped = 0
    if isinstance(value, BoundMethod):
        value, skipped = value.function, 1
    while isinstance(value, Function) and "__wrapped__" in value.attributes:
        value = value.attributes["__wrapped__"]
    if isinstance(value, Class):
        found = value.namespace.get("__init__")
        if found is None:
            return lost(call, value)
        value, skipped = found, 1
    if not isinstance(value, Function):
        return lost(call, value)
    signature = Signature()
    for parameter in _parameters(call, value)[skipped:]:
        name = parameter.fields["name"]
        signature.parameters.entries[call.machine.hash_key(name)] = (name, parameter)
    returns = getattr(value.node, "returns", None)
    if returns is not None:
        signature.returns = call.machine.evaluate(returns, Frame(value.module, value.scope))
    return signature


def _parameters(call: Call, function: Function) -> list[Parameter]:
    arguments = function.node.args
    kinds: list[tuple[list[ast.arg], str]] = [
        (arguments.posonlyargs, "POSITIONAL_ONLY"),
        (arguments.args, "POSITIONAL_OR_KEYWORD"),
        ([arguments.vararg] if arguments.vararg else [], "VAR_POSITIONAL"),
        (arguments.kwonlyargs, "KEYWORD_ONLY"),
        ([arguments.kwarg] if arguments.kwarg else [], "VAR_KEYWORD"),
    ]
    empty = External("inspect.Parameter.empty")
    frame = Frame(function.module, function.scope)
    found: list[Parameter] = []
    for group, kind in kinds:
        for argument in group:
            annotation = argument.annotation
            fields = {
                "name": Constant(argument.arg),
                "kind": External(f"inspect.Parameter.{kind}"),
                "default": function.defaults.get(argument.arg, empty),
                "annotation": empty
                if annotation is None
                else call.machine.evaluate(annotation, frame),
            }
            found.append(Parameter(fields))
    return found


_FRAME: Final = opaque("unsupported", "the frames of the program")

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "inspect.currentframe": _FRAME,
    "inspect.getdoc": _get_doc,
    "inspect.getfile": _get_file,
    "inspect.getmembers": _get_members,
    "inspect.getmodule": _get_module,
    "inspect.getsourcefile": _get_file,
    "inspect.isclass": _is(Class),
    "inspect.isfunction": _is(Function),
    "inspect.isgenerator": _is(Iterator_),
    "inspect.ismethod": _is(BoundMethod),
    "inspect.ismodule": _is(Module),
    "inspect.isroutine": _is(Function, BoundMethod),
    "inspect.signature": _signature,
    "inspect.stack": _FRAME,
    "sys._getframe": _FRAME,
    "traceback.format_exc": opaque("error", "the exception that is being handled"),
    "traceback.print_exc": lambda call: NONE,
}
