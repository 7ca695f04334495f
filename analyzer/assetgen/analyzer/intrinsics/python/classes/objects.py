"""Builtins about objects and their attributes: `isinstance`, `getattr`, `type`, `callable` and
others."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final, TypeGuard

from assetgen.analyzer.evaluate.bound_values import (
    BoundMethod,
    Descriptor,
    KnownMethod,
    Partial,
    Super,
)
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects import classes, descriptors
from assetgen.analyzer.evaluate.objects.attributes import plain_attribute
from assetgen.analyzer.evaluate.objects.doubted_names import BESIDE
from assetgen.analyzer.evaluate.objects.doubted_reads import doubt_of_attribute, tell_if_absent
from assetgen.analyzer.evaluate.objects.doubts import doubt, may_be_absent, or_instead
from assetgen.analyzer.evaluate.objects.hashing import is_unhashable
from assetgen.analyzer.evaluate.objects.keys import Hash
from assetgen.analyzer.evaluate.objects.namespaces import put_unnamed
from assetgen.analyzer.evaluate.statements.failures import is_closed, kind_of, missing_attribute
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Module,
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
from assetgen.analyzer.model.copies import replace

_TWO: Final = Parameters("object, cls, /")
_GET: Final = Parameters("object, name, default=..., /")
_HAS: Final = Parameters("object, name, /")
_SET: Final = Parameters("object, name, value, /")
_ONE: Final = Parameters("object, /")
_PROPERTY: Final = Parameters("fget=None, fset=None, fdel=None, doc=None")
_METHOD: Final = Parameters("function, instance, /")


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
    if "default" in bound:
        found = _found(call, bound["object"], name)
    else:
        found = call.find_attribute(bound["object"], name)
    if found is not None and "default" in bound and _is_of_some_version(found, call):
        unknown = call.unknown("external", f"whether there is {found.qualname}")
        return call.machine.join([found, bound["default"]], unknown)
    if found is not None and "default" not in bound and call.machine.attempts:
        tell_if_absent(call.machine, bound["object"], name)
    if found is not None:
        default = bound.get("default")
        if default is None:
            return found
        return _or_default(call, bound["object"], name, found, default)
    if "default" in bound:
        return bound["default"]
    if hasattr(object, name):  # what every object has
        return lost(call)
    if is_closed(bound["object"]):
        missing_attribute(call.machine, bound["object"], name, call.site)
    owner = call.machine.type_name(bound["object"]).rpartition(".")[2]
    raise Raised("builtins.AttributeError", f"{owner!r} object has no attribute {name!r}")


def _has_attribute(call: Call) -> Value:
    bound = _HAS.bind(call)
    name, held = bound.plain("name"), bound["object"]
    if not isinstance(name, str):
        return lost(call, bound["name"])
    if isinstance(held, External):
        qualname = f"{held.qualname}.{name}"
        if call.machine.knows(qualname) and call.machine.intrinsics.gone_in(qualname) is None:
            return TRUE
    if isinstance(held, Declared) and held.is_also_tuple() and hasattr(tuple, name):
        return TRUE
    found = _found(call, held, name)
    if isinstance(held, (Unknown, External)):
        return FALSE if found is None else lost(call, held)
    if isinstance(found, Unknown) and not _holds(held, name):
        return lost(call, found)
    if found is None:
        return FALSE
    condition = doubt_of_attribute(held, name)
    return TRUE if condition is None else lost(call, condition)


def _is_of_some_version(found: Value, call: Call) -> TypeGuard[External]:
    """Whether a name of Dagster is not in the tables: some version may have it."""
    if not isinstance(found, External) or not found.qualname.startswith("dagster."):
        return False
    return not call.machine.knows(found.qualname)


def _or_default(call: Call, value: Value, name: str, found: Value, default: Value) -> Value:
    """An attribute, or the default if it may not exist."""
    condition = doubt_of_attribute(value, name)
    if condition is None:
        return found
    own = value.attributes.get(name) if isinstance(value, Instance) else None
    if isinstance(own, Choice) and may_be_absent(own):
        return or_instead(call.machine, own, default)
    return call.machine.join([found, default], condition)


def _found(call: Call, value: Value, name: str) -> Value | None:
    """An attribute; None if it does not exist or computing it raises `AttributeError`."""
    call.machine.catchers.append(_is_attribute_error)
    try:
        return call.find_attribute(value, name)
    except Raised as raised:  # by a method of the user's that makes attributes
        if not _is_attribute_error(raised):
            raise
        return None
    finally:
        call.machine.catchers.pop()


def _is_attribute_error(raised: Raised) -> bool:
    return raised.is_a("builtins.AttributeError")


def _holds(value: Value, name: str) -> bool:
    """Whether a name is defined there, whatever its value."""
    if isinstance(value, Instance):
        return name in value.attributes or classes.lookup(value.cls, name) is not None
    if isinstance(value, Class):
        return classes.lookup(value, name) is not None
    return isinstance(value, Module) and name in value.scope.names


def _set_attribute(call: Call) -> Value:
    bound = _SET.bind(call)
    name = bound.plain("name")
    if isinstance(name, str):
        call.set_attribute(bound["object"], name, bound["value"])
    else:
        put_unnamed(call.machine, bound["object"], bound["value"], lost(call, bound["name"]))
    return NONE


def _delete_attribute(call: Call) -> Value:
    bound = _HAS.bind(call)
    name, owner = bound.plain("name"), bound["object"]
    if isinstance(name, str):
        descriptors.delete_attribute(call.machine, owner, name, call.site)
    return NONE


def _set_own_attribute(call: Call) -> Value:
    """`object.__setattr__`."""
    bound = _SET.bind(call.unbound())
    name, owner = bound.plain("name"), bound["object"]
    if isinstance(name, str) and isinstance(owner, Instance):
        descriptors.set_own(call.machine, owner, name, bound["value"], call.site)
    elif isinstance(name, str):
        call.set_attribute(owner, name, bound["value"])
    return NONE


def _delete_own_attribute(call: Call) -> Value:
    """`object.__delattr__`."""
    bound = _HAS.bind(call.unbound())
    names = descriptors.names_of(bound["object"])
    if names is not None:
        name = str(bound.plain("name"))
        descriptors.erase_own(call.machine, bound["object"], names, name)
    return NONE


def _get_own_attribute(call: Call) -> Value:
    """`object.__getattribute__`."""
    bound = _HAS.bind(call.unbound())
    name, owner = bound.plain("name"), bound["object"]
    if not isinstance(name, str):
        return lost(call, bound["name"])
    if isinstance(owner, Instance):
        found = plain_attribute(call.machine, owner, name, call.site, is_made=False)
        if found is not None:
            return found
        message = f"{owner.cls.name!r} object has no attribute {name!r}"
        raise Raised("builtins.AttributeError", message)
    return call.get_attribute(owner, name)


def _new_object(call: Call) -> Value:
    """`object.__new__(cls)`: an instance without a call of `__init__`."""
    cls = call.args[0] if call.args else call.receiver
    if isinstance(cls, Instance):
        cls = cls.cls
    return Instance(cls, site=call.site) if isinstance(cls, Class) else lost(call, *call.args)


def _bound_method(call: Call) -> Value:
    bound = _METHOD.bind(call)
    return BoundMethod(bound["function"], bound["instance"])


def _callable(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    if isinstance(value, (Function, Class, BoundMethod, KnownMethod, Partial)):
        return TRUE
    if isinstance(value, External):
        has_row = call.machine.intrinsics.row(value.qualname) is not None
        return TRUE if has_row else lost(call, value)
    if isinstance(value, (Unknown, Choice)):
        return lost(call, value)
    if isinstance(value, Instance):
        found = call.find_attribute(value, "__call__")
        return lost(call, found) if isinstance(found, Unknown) else Constant(found is not None)
    if isinstance(value, Declared):
        return Constant(call.machine.knows(f"{value.type_name}.__call__"))
    return Constant(isinstance(value, Descriptor) and value.kind == "staticmethod")


def _hash(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    if isinstance(value, Constant) and isinstance(value.value, (int, float)):
        return Constant(hash(value.value))
    key = call.machine.hash_key(value)
    if key is not None:
        return Hash(key)
    if is_unhashable(value):
        raise Raised("builtins.TypeError", f"unhashable type: {kind_of(value)!r}")
    return call.unknown("time", "the hash of an object, which differs between runs")


def _identity(call: Call) -> Value:
    """`id(value)`, which can only be compared, and for strings and numbers not even that."""
    value = _ONE.bind(call)["object"]
    if isinstance(value, (Unknown, Choice, Constant, External)):
        return call.unknown("time", "the identity of an object, which differs between runs")
    return Hash(("identity", id(value)))


def _property(call: Call) -> Value:
    bound = _PROPERTY.bind(call)
    setter, deleter = bound["fset"], bound["fdel"]
    return Descriptor(
        "property",
        bound["fget"],
        None if setter == NONE else setter,
        None if deleter == NONE else deleter,
        bound.get("doc"),
    )


def _descriptor(kind: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        return Descriptor(kind, _ONE.bind(call)["object"])

    return intrinsic


def _changed_property(part: str) -> Intrinsic:
    """`@x.getter`, `@x.setter` and `@x.deleter`: a copy of the property with one function
    replaced."""

    def intrinsic(call: Call) -> Value:
        function = _ONE.bind(call)["object"]
        if not isinstance(call.receiver, Descriptor):
            return lost(call, function)
        return replace(call.receiver, **{part: function})  # type: ignore[arg-type]

    return intrinsic


def _object(call: Call) -> Value:
    return Record("builtins.object", site=call.site)


def _dir(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    own = call.machine.find_own(value, "__dir__") if isinstance(value, Instance) else None
    if own is not None:
        given = call.invoke(own, value)
        return call.invoke(External("builtins.sorted"), given)
    names: set[str] = set()
    if isinstance(value, Module):
        own = call.machine.globals_of(value).get("__dir__")
        if own is not None:
            given = call.invoke(own)
            return call.invoke(External("builtins.sorted"), given)
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
    items: list[Value] = [Constant(name) for name in sorted(names - {BESIDE})]
    return Sequence("list", items, _doubted(value, items))


def _doubted(owner: Value, names: list[Value]) -> list[Unknown]:
    """The doubts about a list of names of attributes, some of which may not exist."""
    losses: list[Unknown] = []
    for name in names:
        condition = doubt_of_attribute(owner, str(getattr(name, "value", "")))
        if condition is not None:
            losses.append(doubt(condition, [[name], []]))
    return losses


_PLAIN: Final = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol"})


def _initialise_subclass(call: Call) -> Value:
    """`super().__init_subclass__(**keywords)`: the last one, which accepts no keywords."""
    if not call.kwargs:
        return NONE
    cls = call.receiver.receiver if isinstance(call.receiver, Super) else call.receiver
    name = cls.qualname if isinstance(cls, Class) else "object"
    message = f"{name}.__init_subclass__() takes no keyword arguments"
    return call.machine.failed("TypeError", message, call.site)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.callable": _callable,
    "builtins.classmethod": _descriptor("classmethod"),
    "builtins.delattr": _delete_attribute,
    "builtins.dir": _dir,
    "builtins.getattr": each_option(_get_attribute),
    "builtins.hasattr": each_option(_has_attribute),
    "builtins.hash": _hash,
    "builtins.id": _identity,
    "builtins.input": opaque("environment", "what is typed when it runs"),
    "builtins.isinstance": _is_instance,
    "builtins.issubclass": _is_subclass,
    "builtins.object": _object,
    "builtins.object.__init__": nothing,
    "builtins.object.__init_subclass__": _initialise_subclass,
    "builtins.object.__delattr__": _delete_own_attribute,
    "builtins.object.__getattribute__": _get_own_attribute,
    "builtins.object.__new__": _new_object,
    "builtins.object.__setattr__": _set_own_attribute,
    "builtins.property": _property,
    "builtins.property.deleter": _changed_property("deleter"),
    "builtins.property.getter": _changed_property("function"),
    "builtins.property.setter": _changed_property("setter"),
    "builtins.setattr": _set_attribute,
    "builtins.staticmethod": _descriptor("staticmethod"),
    "builtins.breakpoint": nothing,
    "pprint.pprint": nothing,
    "types.MethodType": _bound_method,
    "builtins.memoryview": pure(bytes),
}
