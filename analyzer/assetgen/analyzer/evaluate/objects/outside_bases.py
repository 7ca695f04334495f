"""What classes of the project inherit from bases outside of it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.doubted_names import written
from assetgen.analyzer.evaluate.objects.namespaces import put_others
from assetgen.analyzer.evaluate.objects.outside import class_of_python
from assetgen.analyzer.evaluate.values import Class, External, Function, Instance, Unknown, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.frame import Frame
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def of_base_outside(
    machine: Machine, receiver: Value, cls: Class, name: str, site: Site
) -> Value | None:
    """By the row of a base or decorator of the class that the intrinsics know."""
    for qualname in classes.known_bases(cls):
        row = f"{qualname}.{name}"
        if machine.knows(row):
            if receiver is cls and qualname in classes.CONTENTS:
                continue
            return of_row(machine, row, receiver, site)
        value = machine.intrinsics.value(row)
        if value is not None:
            return value
    return None


def of_data_base(machine: Machine, cls: Class, name: str) -> Value | None:
    """What a class inherits from a data type of Python's own, to be called with an object."""
    for qualname in classes.known_bases(cls):
        row = f"{qualname}.{name}"
        if qualname in classes.CONTENTS and machine.knows(row):
            return External(row)
    return None


def beyond_bases(machine: Machine, cls: Class, name: str, site: Site) -> Value | None:
    """What a class may inherit from bases that are not known; None if there are none."""
    for base in cls.mro:
        if isinstance(base, (External, Unknown)) and base not in PLAIN_BASES:
            known = class_of_python(base.qualname) if isinstance(base, External) else None
            if known is not None and not hasattr(known, name):
                continue
            what = base.qualname if isinstance(base, External) else "an unknown class"
            message = f"the attribute {name!r} may come from {what}"
            return machine.unknown("external", message, site, base)
    return None


def doubt_receiver(machine: Machine, node: ast.Attribute, method: Unknown, frame: Frame) -> None:
    """An object of the project whose inherited method is called, of which nothing is known: it may
    call methods of the project's, which change the object."""
    place: ast.expr = node.value
    while isinstance(place, ast.Attribute):
        place = place.value
    if not isinstance(place, ast.Name) or node.attr.startswith("__"):
        return
    receiver = machine.evaluate(node.value, frame)
    if not isinstance(receiver, Instance) or node.attr in receiver.attributes:
        return
    if classes.lookup(receiver.cls, node.attr) is None and _has_methods(receiver.cls):
        put_others(machine, receiver, method)


def _has_methods(cls: Class) -> bool:
    return any(
        isinstance(member, Function) and not name.startswith("__")
        for base in cls.mro
        if isinstance(base, Class)
        for name, member in written(base.namespace)
    )


PLAIN_BASES = frozenset(
    External(name)
    for name in ("builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "enum.Enum")
)


def of_row(machine: Machine, row: str, receiver: Value, site: Site) -> Value:
    """A method by its row, or what it gives if it is read as an attribute."""
    method = KnownMethod(row, receiver)
    if machine.intrinsics.is_property(row):
        return machine.call(method, [], {}, site)
    return method


def given_self(machine: Machine, name: str, args: tuple[Value, ...]) -> Value | None:
    """The object that a method of a base class is given, if it is called as `Base.method(self)`."""
    first = args[0] if args else None
    cls = first.cls if isinstance(first, Instance) else first
    owner, _, method = name.rpartition(".")
    if not isinstance(cls, Class) or method.startswith("__"):
        return None
    bases = (base.qualname for base in cls.mro if isinstance(base, External))
    return first if owner in map(machine.intrinsics.canonical, bases) else None
