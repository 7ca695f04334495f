"""Classes that decide themselves what is an instance of them: by hooks, or by registration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.bound_values import Descriptor
from assetgen.analyzer.evaluate.objects.classes import lookup, may_be_abstract
from assetgen.analyzer.evaluate.objects.comparison import NOT_IMPLEMENTED
from assetgen.analyzer.evaluate.objects.ternary import any_of
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Class, Instance, Sequence, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine

REGISTERED = "_abc_registered"
"""In the names of an abstract class: the classes that are registered with it."""


def is_virtual(cls: Class) -> bool:
    """Whether other classes than those derived from it may count as its subclasses."""
    return cls.metaclass is not None or may_be_abstract(cls)


def has_instance(machine: Machine, value: Value, cls: Class) -> bool | None:
    """`isinstance(value, cls)` for a class that is virtual."""
    if isinstance(value, Instance) and value.cls is cls:
        return True
    hook = lookup(cls.metaclass, "__instancecheck__") if cls.metaclass is not None else None
    if hook is not None:
        site = Site(cls.module, cls.node)
        return machine.truth(machine.call(hook[1], [cls, value], {}, site), site)
    return machine.is_subclass(machine.type_of(value), cls)


def has_subclass(machine: Machine, other: Value, cls: Class) -> bool | None:
    """`issubclass(other, cls)` for a class that is virtual."""
    site = Site(cls.module, cls.node)
    hook = lookup(cls.metaclass, "__subclasscheck__") if cls.metaclass is not None else None
    if hook is not None:
        return machine.truth(machine.call(hook[1], [cls, other], {}, site), site)
    found = lookup(cls, "__subclasshook__") if may_be_abstract(cls) else None
    if found is not None:
        member = found[1].function if isinstance(found[1], Descriptor) else found[1]
        answer = machine.call(member, [cls, other], {}, site)
        if answer != NOT_IMPLEMENTED:
            return machine.truth(answer, site)
    if isinstance(other, Class) and cls in other.mro:
        return True
    registered = cls.namespace.get(REGISTERED)
    items = registered.items if isinstance(registered, Sequence) else ()
    return any_of((False, *(machine.is_subclass(other, item) for item in items)))
