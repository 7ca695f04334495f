"""Builtins that ask what an object is and has: `isinstance`, `getattr`, `type`, `callable` ..."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from assetgen.analyzer.evaluate import classes
from assetgen.analyzer.evaluate.attributes import from_names
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    BoundMethod,
    Choice,
    Class,
    Constant,
    Declared,
    Descriptor,
    External,
    Function,
    Instance,
    KnownMethod,
    Mapping,
    Module,
    Partial,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    lost,
    nothing,
    opaque,
    pure,
)

_TWO: Final = Parameters("object, cls, /")
_GET: Final = Parameters("object, name, default=..., /")
_HAS: Final = Parameters("object, name, /")
_SET: Final = Parameters("object, name, value, /")
_ONE: Final = Parameters("object, /")
_TYPE: Final = Parameters("name, bases, namespace, /, **keywords")
_PROPERTY: Final = Parameters("fget=None, fset=None, fdel=None, doc=None")
_NAMESPACE: Final = Parameters("mapping=None, /, **entries")
_MODULE: Final = Parameters("name, doc=None")


def truth_value(call: Call, answer: bool | None, *causes: Value) -> Value:
    """An answer that may be unknown, as a value."""
    return lost(call, *causes) if answer is None else Constant(answer)


def _is_instance(call: Call) -> Value:
    bound = _TWO.bind(call)
    answer = call.machine.is_instance(bound["object"], bound["cls"])
    return truth_value(call, answer, bound["object"], bound["cls"])


def _is_subclass(call: Call) -> Value:
    bound = _TWO.bind(call)
    answer = call.machine.is_subclass(bound["object"], bound["cls"])
    return truth_value(call, answer, bound["object"], bound["cls"])


def _get_attribute(call: Call) -> Value:
    bound = _GET.bind(call)
    name = bound.plain("name")
    if not isinstance(name, str):
        return lost(call, bound["name"])
    found = call.machine.find_attribute(bound["object"], name, call.site)
    if found is not None:
        return found
    if "default" in bound:
        return bound["default"]
    owner = call.machine.type_name(bound["object"]).rpartition(".")[2]
    raise Raised("builtins.AttributeError", f"{owner!r} object has no attribute {name!r}")


def _has_attribute(call: Call) -> Value:
    bound = _HAS.bind(call)
    name = bound.plain("name")
    if not isinstance(name, str):
        return lost(call, bound["name"])
    if isinstance(bound["object"], (Unknown, External)):
        return lost(call, bound["object"])
    found = call.machine.find_attribute(bound["object"], name, call.site)
    if isinstance(found, Unknown) and not _holds(bound["object"], name):
        return lost(call, found)
    return Constant(found is not None)


def _holds(value: Value, name: str) -> bool:
    """Whether a name is written there, whatever its value."""
    if isinstance(value, Instance):
        return name in value.attributes or classes.lookup(value.cls, name) is not None
    if isinstance(value, Class):
        return classes.lookup(value, name) is not None
    return isinstance(value, Module) and name in value.scope.names


def _set_attribute(call: Call) -> Value:
    bound = _SET.bind(call)
    name = bound.plain("name")
    if isinstance(name, str):
        call.machine.set_attribute(bound["object"], name, bound["value"], call.site)
    return NONE


def _delete_attribute(call: Call) -> Value:
    bound = _HAS.bind(call)
    name, owner = bound.plain("name"), bound["object"]
    names = {Instance: "attributes", Class: "namespace", Function: "attributes"}.get(type(owner))
    if names is not None and isinstance(name, str):
        call.machine.erase(getattr(owner, names), name)
    return NONE


def _callable(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    if isinstance(value, (Function, Class, BoundMethod, KnownMethod, Partial)):
        return TRUE
    if isinstance(value, External):
        return TRUE if value.qualname in call.machine.intrinsics.calls else lost(call, value)
    if isinstance(value, (Unknown, Choice)):
        return lost(call, value)
    if isinstance(value, Instance):
        found = call.machine.find_attribute(value, "__call__", call.site)
        return lost(call, found) if isinstance(found, Unknown) else Constant(found is not None)
    if isinstance(value, Declared):
        return Constant(call.machine.knows(f"{value.type_name}.__call__"))
    return FALSE


def _type(call: Call) -> Value:
    if len(call.args) == 1 and not call.kwargs:
        if isinstance(call.args[0], (Unknown, Choice)):
            return lost(call, *call.args)
        return call.machine.type_of(call.args[0])
    bound = _TYPE.bind(call)
    name, namespace = bound.plain("name"), bound["namespace"]
    bases = call.machine.items(bound["bases"], call.site)
    if not isinstance(name, str) or not isinstance(namespace, Mapping) or bases.losses:
        return lost(call, bound["name"], namespace, *bases.losses)
    names = dict(namespace.text_entries())
    cls = make_class(call, name, bases.values, names, keywords=bound.rest)
    model = _model_of(cls)
    if model is not None:
        cls.node, cls.decorations = model.node, dict(model.decorations)
    return cls


def _model_of(cls: Class) -> Class | None:
    """The class that `cls` is made from anew, as a decorator does that adds `__slots__`."""
    for member in cls.namespace.values():
        owner = member.owner if isinstance(member, Function) else None
        if owner is not None and owner is not cls and owner.name == cls.name:
            return owner
    return None


def make_class(
    call: Call,
    name: str,
    bases: tuple[Value, ...],
    namespace: dict[str, Value],
    fields: tuple[tuple[str, str], ...] = (),
    keywords: dict[str, Value] | None = None,
) -> Class:
    """A class as its statement would have made it; `fields` are names with their annotations."""
    body: list[ast.stmt] = [
        ast.AnnAssign(
            ast.Name(field_name, ast.Store()),
            ast.parse(annotation, mode="eval").body,
            None,
            1,
        )
        for field_name, annotation in fields
    ]
    node = ast.ClassDef(name, [], [], body or [ast.Pass()], [])
    if "lineno" in call.site.node._attributes:
        ast.copy_location(node, call.site.node)
    module = call.site.module
    cls = Class(name, name, node, module, module.scope, bases, namespace, keywords=keywords or {})
    cls.mro = classes.linearise(cls)
    for member in namespace.values():
        function = member.function if isinstance(member, Descriptor) else member
        if isinstance(function, Function) and function.owner is None:
            function.owner = cls
    for base in cls.mro[1:]:
        if isinstance(base, External) and call.machine.knows(f"{base.qualname}.__created__"):
            hook = KnownMethod(f"{base.qualname}.__created__", cls)
            call.machine.call(hook, [], {}, call.site)
            break
    return cls


def _subclasses(call: Call) -> Value:
    return call.unknown("unsupported", "all subclasses of a class")


def _hash(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    if isinstance(value, Constant) and isinstance(value.value, (int, float)):
        return Constant(hash(value.value))
    return call.unknown("time", "the hash of an object, which differs between runs")


def _property(call: Call) -> Value:
    return Descriptor("property", _PROPERTY.bind(call)["fget"])


def _descriptor(kind: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        return Descriptor(kind, _ONE.bind(call)["object"])

    return intrinsic


def _keep_getter(call: Call) -> Value:
    """`@x.setter`: the property stays what it reads."""
    return call.receiver if call.receiver is not None else lost(call)


def _replace_getter(call: Call) -> Value:
    return Descriptor("property", _ONE.bind(call)["object"])


def _object(call: Call) -> Value:
    return Record("builtins.object", site=call.site)


def _dir(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    names: set[str] = set()
    if isinstance(value, Module):
        names.update(call.machine.globals_of(value))
    elif isinstance(value, (Class, Instance)):
        cls = value.cls if isinstance(value, Instance) else value
        if any(isinstance(base, External) and base.qualname not in _PLAIN for base in cls.mro):
            return lost(call, value)
        for base in cls.mro:
            names.update(base.namespace if isinstance(base, Class) else ())
        names.update(value.attributes if isinstance(value, Instance) else ())
        names.update(dir(object))
    else:
        return lost(call, value)
    return Sequence("list", [Constant(name) for name in sorted(names)])


_PLAIN: Final = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol"})


@dataclass(slots=True, eq=False)
class Namespace(Declared):
    """A `SimpleNamespace`, or a module made by hand: attributes and nothing else."""

    type_name: ClassVar[str] = "types.SimpleNamespace"
    names: dict[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        if name == "__dict__":
            return from_names(self.names)
        return self.names.get(name)


def _namespace(call: Call) -> Value:
    bound = _NAMESPACE.bind(call)
    names = dict(bound.rest)
    if isinstance(bound["mapping"], Mapping):
        names = {**dict(bound["mapping"].text_entries()), **names}
    return Namespace(names)


def _module_type(call: Call) -> Value:
    return Namespace({"__name__": _MODULE.bind(call)["name"]})


def _set_in_namespace(call: Call) -> Value:
    if isinstance(call.receiver, Namespace) and isinstance(call.args[0], Constant):
        call.machine.write(call.receiver.names, str(call.args[0].value), call.args[1])
    return NONE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.callable": _callable,
    "builtins.classmethod": _descriptor("classmethod"),
    "builtins.delattr": _delete_attribute,
    "builtins.dir": _dir,
    "builtins.getattr": each_option(_get_attribute),
    "builtins.hasattr": each_option(_has_attribute),
    "builtins.hash": _hash,
    "builtins.id": opaque("time", "the identity of an object, which differs between runs"),
    "builtins.input": opaque("environment", "what is typed when it runs"),
    "builtins.isinstance": _is_instance,
    "builtins.issubclass": _is_subclass,
    "builtins.object": _object,
    "builtins.object.__init__": nothing,
    "builtins.object.__init_subclass__": nothing,
    "builtins.object.__setattr__": lambda call: _set_attribute(_with_receiver(call)),
    "builtins.print": nothing,
    "builtins.property": _property,
    "builtins.property.deleter": _keep_getter,
    "builtins.property.getter": _replace_getter,
    "builtins.property.setter": _keep_getter,
    "builtins.setattr": _set_attribute,
    "builtins.staticmethod": _descriptor("staticmethod"),
    "builtins.type": _type,
    "builtins.type.__subclasses__": _subclasses,
    "builtins.breakpoint": nothing,
    "pprint.pprint": nothing,
    "types.ModuleType": _module_type,
    "types.SimpleNamespace": _namespace,
    "types.SimpleNamespace.__setattr__": _set_in_namespace,
    "types.new_class": lambda call: lost(call, *call.args),
    "builtins.memoryview": pure(bytes),
}


def _with_receiver(call: Call) -> Call:
    receiver = () if call.receiver is None else (call.receiver,)
    return Call(call.machine, call.name, (*receiver, *call.args), call.kwargs, call.site)
