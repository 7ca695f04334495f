"""Attributes of values: read, found or not, and set."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.bound_values import (
    BoundMethod,
    Descriptor,
    KnownMethod,
    Partial,
    Super,
)
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.definition_names import (
    CLASS_ATTRIBUTES,
    FUNCTION_ATTRIBUTES,
)
from assetgen.analyzer.evaluate.objects.descriptors import (
    bind,
    entries_of,
    is_data_descriptor,
    of_metaclass,
)
from assetgen.analyzer.evaluate.objects.doubted_reads import tell_if_absent
from assetgen.analyzer.evaluate.objects.doubts import may_be_absent, or_instead
from assetgen.analyzer.evaluate.objects.misspelt import tell_misspelt
from assetgen.analyzer.evaluate.objects.namespaces import OTHERS, from_names, namespace_of
from assetgen.analyzer.evaluate.objects.outside import class_of_python
from assetgen.analyzer.evaluate.objects.outside_bases import (
    PLAIN_BASES,
    beyond_bases,
    of_base_outside,
    of_data_base,
    of_row,
)
from assetgen.analyzer.evaluate.statements.failures import missing_attribute
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Constant,
    Declared,
    Deferred,
    External,
    Function,
    Instance,
    Mapping,
    Module,
    Parameterised,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def get_attribute(machine: Machine, value: Value, name: str, site: Site) -> Value:
    """`value.name`; where Python would raise, as `failed` says."""
    found = find_attribute(machine, value, name, site)
    if machine.attempts and found is not None:
        tell_if_absent(machine, value, name)
    return missing_attribute(machine, value, name, site) if found is None else found


def find_attribute(machine: Machine, value: Value, name: str, site: Site) -> Value | None:
    """`value.name`, or None if it certainly has no such attribute."""
    finder = _FINDERS.get(type(value))
    if finder is not None:
        return finder(machine, value, name, site)
    if isinstance(value, Declared):
        return _of_declared(machine, value, name, site)
    return _of_known_type(machine, value, name, site)


def _attribute(machine: Machine, node: ast.Attribute, frame: Frame) -> Value:
    value = machine.evaluate(node.value, frame)
    return get_attribute(machine, value, node.attr, frame.site(node))


def _of_module(machine: Machine, value: Module, name: str, site: Site) -> Value | None:
    if value.name.partition(".")[0] in machine.project.followed:
        qualname = f"{value.name}.{name}"
        if machine.knows(qualname):
            return machine.intrinsic(qualname)
    found = machine.member(value, name, site)
    if found is not None:
        return found
    if value.is_description and value.state == "done":
        return machine.intrinsic(f"{value.name}.{name}")
    if name == "__dict__":
        return machine.namespace(value)
    if value.state == "broken":
        return machine.unknown("file", f"the module {value.name} cannot be read", site)
    getter = value.scope.names.get("__getattr__")
    if isinstance(getter, Function):
        return machine.call(getter, [Constant(name)], {}, site)
    if value.state == "running":
        if machine.defines_nowhere(value, name) or (site.module is value and not value.stars):
            return None
        message = (
            f"{name!r} is not defined yet in the module {value.name}, which imports in a circle"
        )
        return machine.unknown("unbound", message, site)
    return None


def _of_external(machine: Machine, value: External, name: str, site: Site) -> Value | None:
    if name in ("__name__", "__qualname__", "__module__"):
        module, _, last = value.qualname.rpartition(".")
        cls = class_of_python(value.qualname)
        if cls is not None:
            return Constant(getattr(cls, name))
        return Constant(module if name == "__module__" else last)
    if name.startswith("__") and name.endswith("__"):
        cls = class_of_python(value.qualname)
        if cls is not None and not hasattr(cls, name):
            return None
    if name == "__dict__":
        held = machine.unknown("external", f"what {value.qualname} holds", site)
        return Mapping(losses=[held])
    qualname = f"{value.qualname}.{name}"
    missing = tell_misspelt(machine, qualname, "AttributeError", site)
    return missing or machine.intrinsic(qualname)


def _of_parameterised(
    machine: Machine, value: Parameterised, name: str, site: Site
) -> Value | None:
    row = f"typing._GenericAlias.{name}"
    if machine.knows(row):
        return of_row(machine, row, value, site)
    return _of_external(machine, value, name, site)


def _of_instance(machine: Machine, value: Instance, name: str, site: Site) -> Value | None:
    if value.cls.has_own_rule:
        return _by_own_rule(machine, value, name, site)
    return plain_attribute(machine, value, name, site)


def plain_attribute(
    machine: Machine, value: Instance, name: str, site: Site, *, is_made: bool = True
) -> Value | None:
    """An attribute as `object.__getattribute__` finds it, or `__getattr__` makes it if that is
    asked."""
    found = classes.lookup(value.cls, name)
    if found is not None and is_data_descriptor(found[1]):
        return bind(machine, found[1], value, value.cls, site)
    own = value.attributes.get(name)
    if own is not None:
        if type(own) is not Choice or not may_be_absent(own):
            return own
        of_class = None if found is None else bind(machine, found[1], value, value.cls, site)
        return or_instead(machine, own, of_class)
    if found is not None:
        bound = bind(machine, found[1], value, value.cls, site)
        if isinstance(found[1], Descriptor) and found[1].kind == "cached_property":
            machine.write(value.attributes, name, bound)
        elif OTHERS in value.attributes and not isinstance(found[1], Function):
            unknown = _other(machine, value, name, site)
            return machine.join([bound, unknown], unknown)
        return bound
    held = entries_of(value)
    if held is not None and ("constant", name) in held.entries:
        return held.entries["constant", name][1]
    if name == "__class__":
        return value.cls
    if name == "__dict__":
        return namespace_of(machine, value)
    if OTHERS in value.attributes and not name.startswith("__"):
        return _other(machine, value, name, site)
    if name in ("__doc__", "__module__"):
        return CLASS_ATTRIBUTES[name](machine, value.cls)
    known = of_base_outside(machine, value, value.cls, name, site)
    if known is not None:
        return known
    if name.startswith("__") and name.endswith("__"):  # Python asks the class for these
        row = f"builtins.object.{name}"
        return (
            KnownMethod(row, value)
            if machine.knows(row)
            else beyond_bases(machine, value.cls, name, site)
        )
    getter = classes.lookup(value.cls, "__getattr__") if is_made else None
    if getter is not None:
        return machine.call(BoundMethod(getter[1], value), [Constant(name)], {}, site)
    return beyond_bases(machine, value.cls, name, site)


def _other(machine: Machine, value: Instance, name: str, site: Site) -> Unknown:
    message = f"the attribute {name!r} of an object on which unknown ones were set"
    return machine.unknown("condition", message, site, value.attributes[OTHERS])


def _by_own_rule(machine: Machine, value: Instance, name: str, site: Site) -> Value | None:
    """By the project's own `__getattribute__`, which is asked first for every attribute."""
    rule = classes.lookup(value.cls, "__getattribute__")
    if rule is None:
        return plain_attribute(machine, value, name, site)
    try:
        return machine.call(rule[1], [value, Constant(name)], {}, site)
    except Raised as raised:
        getter = classes.lookup(value.cls, "__getattr__")
        if not raised.is_a("builtins.AttributeError") or getter is None:
            raise
        return machine.call(getter[1], [value, Constant(name)], {}, site)


def _of_class(machine: Machine, value: Class, name: str, site: Site) -> Value | None:
    found = classes.lookup(value, name) if name != "__annotations__" else None
    if found is not None:
        return bind(machine, found[1], None, value, site)
    reader = CLASS_ATTRIBUTES.get(name)
    if reader is not None:
        return reader(machine, value)
    known = of_base_outside(machine, value, value, name, site)
    if known is not None:
        return known
    inherited = of_metaclass(machine, value, name, site)
    if inherited is None:
        inherited = of_data_base(machine, value, name)
    if inherited is None and value.metaclass is not None:
        getter = classes.lookup(value.metaclass, "__getattr__")
        if getter is not None:
            return machine.call(BoundMethod(getter[1], value), [Constant(name)], {}, site)
    return inherited if inherited is not None else beyond_bases(machine, value, name, site)


def _of_function(machine: Machine, value: Function, name: str, site: Site) -> Value | None:
    own = value.attributes.get(name)
    if own is not None:
        return own
    reader = FUNCTION_ATTRIBUTES.get(name)
    if reader is not None:
        return reader(machine, value)
    row = f"types.FunctionType.{name}"
    return of_row(machine, row, value, site) if machine.knows(row) else None


def _of_super(machine: Machine, value: Super, name: str, site: Site) -> Value | None:
    receiver = value.receiver
    cls = receiver.cls if isinstance(receiver, Instance) else receiver
    if not isinstance(cls, Class):
        return machine.unknown("unsupported", "super() of an unknown object", site, receiver)
    if value.owner not in cls.mro and cls.metaclass is not None:
        cls = cls.metaclass
    index = cls.mro.index(value.owner) + 1 if value.owner in cls.mro else 1
    for base in cls.mro[index:]:
        if isinstance(base, Class) and name in base.namespace:
            found = base.namespace[name]
            if isinstance(receiver, Class) and cls is receiver.metaclass:
                is_plain = isinstance(found, Function) and name != "__new__"
                return BoundMethod(found, receiver) if is_plain else found
            if name in _OF_CLASSES and isinstance(found, Function) and isinstance(receiver, Class):
                return BoundMethod(found, receiver)
            instance = receiver if isinstance(receiver, Instance) else None
            return bind(machine, found, instance, cls, site)
        if isinstance(base, External) and machine.knows(f"{base.qualname}.{name}"):
            return of_row(machine, f"{base.qualname}.{name}", receiver, site)
        if isinstance(base, External) and base not in PLAIN_BASES and name != "__init__":
            return machine.unknown("external", f"{base.qualname}.{name}", site)
    return KnownMethod(f"builtins.object.{name}", receiver)


_OF_CLASSES = ("__init_subclass__", "__class_getitem__")
"""Methods that are class methods without being decorated."""


def _of_declared(machine: Machine, value: Declared, name: str, site: Site) -> Value | None:
    own = value.attribute(name)
    if own is not None:
        return own
    type_name = machine.type_name(value)
    row = f"{type_name}.{name}"
    if machine.knows(row):
        return of_row(machine, row, value, site)
    if name in ("__iter__", "__contains__", "__enter__", "__exit__", "__call__", "__getitem__"):
        return None
    if name.startswith("__") and name.endswith("__"):
        return External(type_name) if name == "__class__" else None
    if not value.is_open:
        getter = f"{type_name}.__getattr__"
        if machine.knows(getter):
            return machine.call(KnownMethod(getter, value), [Constant(name)], {}, site)
        return None
    missing = tell_misspelt(machine, row, "AttributeError", site)
    message = f"{type_name}.{name} is not followed"
    return missing or machine.unknown("unsupported", message, site)


def _of_known_type(machine: Machine, value: Value, name: str, site: Site) -> Value | None:
    for type_name in classes.type_names(value):
        row = f"{type_name}.{name}"
        if machine.knows(row):
            return of_row(machine, row, value, site)
    if name == "__class__":
        return machine.type_of(value)
    if isinstance(value, Constant) and not hasattr(value.value, name):
        return None
    if name.startswith("__") or not _may_have(value, name):
        return None
    message = f"{machine.type_name(value)}.{name} is not followed"
    return machine.unknown("unsupported", message, site)


def _may_have(value: Value, name: str) -> bool:
    """Whether an object of one of Python's own types may have the attribute, by what its class
    has."""
    names = [class_of_python(qualname) for qualname in classes.type_names(value)[:1]]
    is_data = isinstance(value, (Sequence, Mapping))
    return not (is_data and all(cls is not None and not hasattr(cls, name) for cls in names))


def _of_bound_method(machine: Machine, value: BoundMethod, name: str, site: Site) -> Value | None:
    if name == "__self__":
        return value.receiver
    if name == "__func__":
        return value.function
    return find_attribute(machine, value.function, name, site)


def _of_partial(machine: Machine, value: Partial, name: str, site: Site) -> Value | None:
    if name == "func":
        return value.function
    if name == "args":
        return Sequence("tuple", list(value.args))
    return from_names(value.kwargs) if name == "keywords" else None


def _of_choice(machine: Machine, value: Choice, name: str, site: Site) -> Value | None:
    """The attribute of every option that has it."""
    present: list[Value] = []
    refused: Raised | None = None
    for option in machine.trying(value):
        try:
            found = find_attribute(machine, option, name, site)
        except Raised as raised:  # by a method of the user's that makes attributes
            refused = raised
            continue
        if found is not None:
            present.append(found)
    if refused is not None and not present:
        raise refused
    return machine.join(present, value.condition, value.since) if present else None


def _of_unknown(machine: Machine, value: Unknown, name: str, site: Site) -> Value:
    if value.reason == "time" and value.maker:  # of what the clock shows, a part may be known
        row = f"{value.maker}.{name}"
        if machine.knows(row):
            return of_row(machine, row, value, site)
    return machine.unknown(value.reason, f"the attribute {name!r} of an unknown", site, value)


def _of_descriptor(machine: Machine, value: Descriptor, name: str, site: Site) -> Value | None:
    if name in ("setter", "getter", "deleter"):
        return KnownMethod(f"builtins.property.{name}", value)
    if name == "__doc__" and value.doc is not None:
        return value.doc
    if value.kind == "property" and name in ("fget", "fset", "fdel"):
        own = {"fget": value.function, "fset": value.setter, "fdel": value.deleter}[name]
        return own or NONE
    return find_attribute(machine, value.function, name, site)


def _of_deferred(machine: Machine, value: Deferred, name: str, site: Site) -> Value | None:
    return find_attribute(machine, machine.settle(value, site), name, site)


_FINDERS: ReadOnlyMapping[type, Callable[[Any, Any, str, Any], Value | None]] = {
    Module: _of_module,
    External: _of_external,
    Parameterised: _of_parameterised,
    Instance: _of_instance,
    Class: _of_class,
    Function: _of_function,
    Super: _of_super,
    BoundMethod: _of_bound_method,
    Partial: _of_partial,
    Choice: _of_choice,
    Unknown: _of_unknown,
    Descriptor: _of_descriptor,
    Deferred: _of_deferred,
}

TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.Attribute: _attribute,
}
