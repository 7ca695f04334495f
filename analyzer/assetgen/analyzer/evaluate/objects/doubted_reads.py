"""Reading names and attributes that may not be bound."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Final

from assetgen.analyzer.evaluate.attempts import may_raise
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.descriptors import entries_of, names_of
from assetgen.analyzer.evaluate.objects.doubted_names import doubt_of_name
from assetgen.analyzer.evaluate.objects.doubts import doubt_of_key, may_be_absent
from assetgen.analyzer.evaluate.objects.namespaces import OTHERS
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.statements.failures import is_caught, kind_of
from assetgen.analyzer.evaluate.values import Choice, Class, Instance, Module, Unknown, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


BUILTINS: Final = frozenset(dir(builtins))


def or_builtin(machine: Machine, name: str, value: Value, frame: Frame) -> Value:
    """What the name of a builtin stands for: where a module may have bound it, both."""
    scope: Scope | None = frame.scope
    while scope is not None and name not in scope.names:
        scope = scope.parent
    condition = doubt_of_name(scope.names, name) if scope is not None else None
    if condition is None or scope is None or scope.kind != "module":
        return value
    return machine.join([value, machine.intrinsic(f"builtins.{name}")], condition)


def or_outer(machine: Machine, name: str, value: Value, frame: Frame) -> Value:
    """What a name stands for that may not be bound: in a class body, what it means around it; else
    to read it raises or not, where a `try` waits for that."""
    scope = frame.scope
    condition = doubt_of_name(scope.names, name)
    if condition is not None and scope.kind == "class" and scope.parent is not None:
        outer = scope.parent.lookup(name)
        if outer is not None:
            return machine.join([value, outer], condition)
    while condition is None and scope.parent is not None and name not in scope.names:
        scope = scope.parent
        condition = doubt_of_name(scope.names, name)
    if scope.kind == "module" and name in BUILTINS:
        return value
    if condition is not None and machine.attempts:
        is_local = scope.kind == "function" and scope is frame.scope.function_scope()
        message = f"name {name!r} is not defined"
        kind = "UnboundLocalError" if is_local else "NameError"
        raised = Raised(f"builtins.{kind}", message)
        if is_caught(machine, raised):
            may_raise(machine, condition, raised)
    return value


def tell_if_not_there(machine: Machine, module: Module, name: str) -> None:
    """A name that may not be bound is imported or not, where a `try` waits for that."""
    condition = doubt_of_name(module.scope.names, name)
    raised = Raised("builtins.ImportError", f"cannot import name {name!r} from {module.name!r}")
    if condition is not None and is_caught(machine, raised):
        may_raise(machine, condition, raised)


def doubt_of_attribute(value: Value, name: str) -> Unknown | None:
    """What decides whether a value has an attribute that was only bound under an unknown
    condition."""
    if isinstance(value, Instance):
        own = value.attributes.get(name)
        if own is not None and not (isinstance(own, Choice) and may_be_absent(own)):
            return None
        if classes.lookup(value.cls, name) is not None:
            return classes.doubt_of_member(value.cls, name)
        if isinstance(own, Choice):
            return own.condition
        held = entries_of(value)
        doubt = None if held is None else doubt_of_key(held, ("constant", name))
        others = value.attributes.get(OTHERS)
        return doubt or (others if isinstance(others, Unknown) else None)
    if isinstance(value, Class):
        return classes.doubt_of_member(value, name)
    names = names_of(value)
    return None if names is None else doubt_of_name(names, name)


def tell_if_absent(machine: Machine, value: Value, name: str) -> None:
    """Reading an attribute that may not exist raises or not, where a `try` waits for that."""
    condition = doubt_of_attribute(value, name)
    if condition is None or machine.catchers[-1:] != [machine.attempts[-1].catches]:
        return
    cls = value.cls if isinstance(value, Instance) else value
    if isinstance(cls, Class) and classes.lookup(cls, "__getattr__") is not None:
        return
    message = f"{kind_of(value)!r} object has no attribute {name!r}"
    raised = Raised("builtins.AttributeError", message)
    if is_caught(machine, raised):
        may_raise(machine, condition, raised)
