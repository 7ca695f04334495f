"""Calls: of the user's functions by their bodies, of known APIs by their rows."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Descriptor, KnownMethod, Partial
from assetgen.analyzer.evaluate.branching import block, branch
from assetgen.analyzer.evaluate.budget import BudgetExceeded, Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.functions.frame_calls import FRAME_CALLS, arguments_of
from assetgen.analyzer.evaluate.functions.generators import generator
from assetgen.analyzer.evaluate.functions.parameters import bind_parameters
from assetgen.analyzer.evaluate.functions.recursion import activations, in_circles, unknown_among
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.objects.given_away import give_away
from assetgen.analyzer.evaluate.objects.outside_bases import doubt_receiver, given_self
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.statements.context_managers import run_within, within
from assetgen.analyzer.evaluate.statements.control import settle
from assetgen.analyzer.evaluate.statements.failures import failed, is_closed, kind_of
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
    Iterator_,
    Parameterised,
    Unknown,
    Value,
)
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.syntax.shape import shape_of

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def _call(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    function = machine.evaluate(node.func, frame)
    if isinstance(function, External):
        special = FRAME_CALLS.get(function.qualname)
        if special is not None:
            return special(machine, node, frame)
    fled = machine.fled
    args, kwargs, losses = arguments_of(machine, node, frame)
    site = frame.site(node)
    if type(function) is Unknown and isinstance(node.func, ast.Attribute):
        doubt_receiver(machine, node.func, function, frame)
    if machine.fled is fled or machine.fled is None or machine.fled.left is None:
        return call(machine, function, args, kwargs, site, losses)
    condition = machine.fled.left
    return _if_not_fled(
        machine, condition, frame, lambda: call(machine, function, args, kwargs, site, losses)
    )


def _if_not_fled(
    machine: Machine, condition: Unknown, frame: Frame, calling: Callable[[], Value]
) -> Value:
    """A call whose arguments may have raised something that is caught: what it changes is changed
    only if they have not."""
    results: list[Value] = []

    def arm(machine: Machine, frame: Frame) -> None:
        results.append(calling())

    branch(machine, frame, condition, [arm, block(())])
    return results[0] if results else condition


def call(
    machine: Machine,
    function: Value,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...] = (),
) -> Value:
    """The result of calling `function`; unknown if it is not known what it does."""
    machine.step()
    handler = _CALLERS.get(type(function))
    if handler is not None:
        return handler(machine, function, args, kwargs, site, losses)
    if isinstance(function, Declared):
        return _declared(machine, function, args, kwargs, site, losses)
    told = f"{machine.type_name(function)} is not callable"
    if not is_closed(function):
        return machine.unknown("error", told, site)
    return failed(machine, "TypeError", _not_callable(function), site, told=told)


def _not_callable(value: Value) -> str:
    return f"{kind_of(value)!r} object is not callable"


def _function(
    machine: Machine,
    function: Function,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    if machine.depth >= machine.budget.depth:
        return machine.unknown("budget", f"calls nested {machine.depth} deep", site)
    if function.attributes:
        inside = run_within(
            machine, function, lambda inner: call(machine, inner, args, kwargs, site, losses), site
        )
        if inside is not None:
            return inside
    names = bind_parameters(machine, function, args, kwargs, site, losses)
    if isinstance(names, Unknown):
        return names
    function.module.entered.add(function.node.lineno)
    shape = shape_of(function.node)
    scope = Scope("function", names, function.scope, shape.globals_, shape.nonlocals)
    frame = Frame(function.module, scope, (*site.chain, site), function, site.condition)
    unknown = unknown_among(names)
    if unknown:
        circular = in_circles(machine, function, names, unknown, site)
        if circular is not None:
            return circular
    if shape.is_generator:
        if isinstance(function.node, ast.Lambda):
            return machine.unknown("unsupported", "a lambda that yields is not followed", site)
        return generator(machine, function, frame)
    if not unknown:
        return _run(machine, function, frame, site)
    around = activations(machine, function)
    around.append(names)
    try:
        return _run(machine, function, frame, site)
    finally:
        around.pop()


def _run(machine: Machine, function: Function, frame: Frame, site: Site) -> Value:
    """The result of the body."""
    machine.depth += 1
    try:
        if isinstance(function.node, ast.Lambda):
            return machine.evaluate(function.node.body, frame)
        completion = machine.execute(function.node.body, frame)
    except Raised:
        # What raises may come after a path, chosen by an unknown condition, that has returned.
        if not frame.returns:
            raise
        settle(machine, frame)
        return _joined(machine, frame.returns)
    except RecursionError:
        return machine.unknown("budget", "evaluation is nested too deeply", site)
    except BudgetExceeded as exceeded:
        if exceeded.name == "steps":
            raise
        return machine.unknown("budget", f"more {exceeded.name} than are allowed", site)
    finally:
        machine.depth -= 1
    settle(machine, frame)
    result = completion.value if completion is not None and completion.value is not None else NONE
    if not frame.returns:
        return result
    return _joined(machine, frame.returns, result)


def _joined(machine: Machine, returned: list[tuple[Value, Unknown]], *last: Value) -> Value:
    """One of the values of the paths that may have been taken; the first condition decides."""
    values = [value for value, _ in returned]
    return machine.join([*values, *last], returned[0][1])


def _bound_method(
    machine: Machine,
    method: BoundMethod,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    return call(machine, method.function, (method.receiver, *args), kwargs, site, losses)


def _known_method(
    machine: Machine,
    method: KnownMethod,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    intrinsic = machine.intrinsics.row(method.qualname)
    if intrinsic is None:
        message = f"{method.qualname} is not followed"
        return machine.unknown("unsupported", message, site, method.receiver)
    cls = method.receiver if isinstance(method.receiver, Class) else None
    if cls is not None and given_self(machine, method.qualname, args) is cls:
        args = args[1:]  # `super().method(cls, ...)` in a class method
    return intrinsic(Call(machine, method.qualname, args, kwargs, site, method.receiver, losses))


def _external(
    machine: Machine,
    function: External,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    name = machine.intrinsics.canonical(function.qualname)
    intrinsic = machine.intrinsics.row(name)
    if intrinsic is None:
        _tell_callers(function, (*args, *kwargs.values()), site)
        unknown = machine.unknown("external", f"what {function.qualname} gives", site, *args)
        for value in args:
            if isinstance(value, Declared):
                value.hand_out(unknown)
        give_away(machine, function, (*args, *kwargs.values()), unknown)
        return replace(unknown, maker=name)
    receiver = given_self(machine, name, args)
    args = args if receiver is None else args[1:]
    return intrinsic(Call(machine, name, args, kwargs, site, receiver, losses))


def _class(
    machine: Machine,
    cls: Class,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    caller = classes.lookup(cls.metaclass, "__call__") if cls.metaclass is not None else None
    if caller is not None:
        return call(machine, caller[1], (cls, *args), kwargs, site, losses)
    return classes.instantiate(machine, cls, args, kwargs, site, losses)


def _partial(
    machine: Machine,
    partial: Partial,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    merged = {**partial.kwargs, **kwargs}
    return call(machine, partial.function, (*partial.args, *args), merged, site, losses)


def _instance(
    machine: Machine,
    instance: Instance,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    found = classes.lookup(instance.cls, "__call__")
    if found is None:
        for base in classes.known_bases(instance.cls):
            if machine.knows(f"{base}.__call__"):
                row = KnownMethod(f"{base}.__call__", instance)
                return call(machine, row, args, kwargs, site, losses)
        if is_closed(instance) and machine.find_attribute(instance, "__call__", site) is None:
            return failed(machine, "TypeError", _not_callable(instance), site)
        message = f"what calling {machine.type_name(instance)} gives"
        return machine.unknown("external", message, site)
    if not isinstance(found[1], Instance):
        return call(machine, found[1], (instance, *args), kwargs, site, losses)
    if machine.depth >= machine.budget.depth:
        return machine.unknown("budget", f"calls nested {machine.depth} deep", site)
    machine.depth += 1
    try:
        return call(machine, found[1], args, kwargs, site, losses)
    finally:
        machine.depth -= 1


def _decorating_context(
    machine: Machine,
    manager: Iterator_,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    """What a `contextmanager` function that is used as a decorator gives: the function."""
    if len(args) == 1 and isinstance(args[0], Function):
        return args[0] if manager.again is None else within(args[0], manager)
    return machine.unknown("error", "a generator is not callable", site)


def _declared(
    machine: Machine,
    function: Declared,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    for type_name in (function.type_name, *function.type_bases):
        row = f"{type_name}.__call__"
        if machine.knows(row):
            return call(machine, KnownMethod(row, function), args, kwargs, site, losses)
    message = f"what calling {display(function)} gives"
    return machine.unknown("unsupported", message, site)


def _choice(
    machine: Machine,
    function: Choice,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    results = machine.each_of(
        function, lambda option: call(machine, option, args, kwargs, site, losses), site
    )
    return machine.join(results, function.condition)


def _unknown(
    machine: Machine,
    function: Unknown,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    if Constant(site.module.name) in args and _EXEC not in site.module.stars:
        site.module.stars.append(_EXEC)  # told which module it is called in, it may name anything
    _tell_callers(function, (*args, *kwargs.values()), site)
    unknown = machine.unknown(function.reason, "what an unknown function gives", site, function)
    give_away(machine, function, (*args, *kwargs.values()), unknown)
    return unknown


_EXEC = "builtins.exec"


def _tell_callers(function: Value, arguments: tuple[Value, ...], site: Site) -> None:
    for caller in site.chain:
        caller.leads_to(function, arguments, site)


def _descriptor(
    machine: Machine,
    descriptor: Descriptor,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    return call(machine, descriptor.function, args, kwargs, site, losses)


def _deferred(
    machine: Machine,
    deferred: Deferred,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    return call(machine, machine.settle(deferred, site), args, kwargs, site, losses)


_CALLERS: ReadOnlyMapping[type, Callable[..., Value]] = {
    Function: _function,
    BoundMethod: _bound_method,
    KnownMethod: _known_method,
    External: _external,
    Parameterised: _external,
    Class: _class,
    Partial: _partial,
    Instance: _instance,
    Choice: _choice,
    Unknown: _unknown,
    Descriptor: _descriptor,
    Iterator_: _decorating_context,
    Deferred: _deferred,
}


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.Call: _call,
}
