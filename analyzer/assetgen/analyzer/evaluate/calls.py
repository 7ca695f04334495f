"""Calls: of the user's functions by their bodies, of known APIs by their rows."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate import classes
from assetgen.analyzer.evaluate.attributes import from_names
from assetgen.analyzer.evaluate.budget import BudgetExceeded, Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.display import display
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.namespaces import namespace
from assetgen.analyzer.evaluate.parameters import bind_parameters
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.shape import shape_of
from assetgen.analyzer.evaluate.values import (
    NONE,
    BoundMethod,
    Choice,
    Class,
    Declared,
    Deferred,
    Descriptor,
    External,
    Function,
    Instance,
    Iterator_,
    KnownMethod,
    Mapping,
    Parameterised,
    Partial,
    Super,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site

Arguments = tuple[tuple[Value, ...], dict[str, Value], tuple[Unknown, ...]]


def _call(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    function = machine.evaluate(node.func, frame)
    if isinstance(function, External):
        special = _FRAME_CALLS.get(function.qualname)
        if special is not None:
            return special(machine, node, frame)
    args, kwargs, losses = arguments_of(machine, node, frame)
    return call(machine, function, args, kwargs, frame.site(node), losses)


def arguments_of(machine: Machine, node: ast.Call, frame: Frame) -> Arguments:
    """The evaluated arguments of a call: positional, by keyword, and what was lost in spreading."""
    args: list[Value] = []
    losses: list[Unknown] = []
    for argument in node.args:
        value = machine.evaluate(argument, frame)
        if isinstance(argument, ast.Starred):
            spread = machine.items(value, frame.site(argument))
            args.extend(spread.values)
            losses.extend(spread.losses)
        else:
            args.append(value)
    kwargs: dict[str, Value] = {}
    for keyword in node.keywords:
        value = machine.evaluate(keyword.value, frame)
        if keyword.arg is not None:
            kwargs[keyword.arg] = value
        elif isinstance(value, Mapping):
            kwargs.update(value.text_entries())
            losses.extend(value.losses)
        else:
            site = frame.site(keyword.value)
            losses.append(
                value
                if isinstance(value, Unknown)
                else machine.unknown("unsupported", "keyword arguments not known", site, value)
            )
    return tuple(args), kwargs, tuple(losses)


def call(
    machine: Machine,
    function: Value,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...] = (),
) -> Value:
    """What calling `function` gives; unknown when it is not known what it does."""
    machine.step()
    handler = _CALLERS.get(type(function))
    if handler is not None:
        return handler(machine, function, args, kwargs, site, losses)
    if isinstance(function, Declared):
        return _declared(machine, function, args, kwargs, site, losses)
    return machine.unknown("error", f"{machine.type_name(function)} is not callable", site)


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
    names = bind_parameters(machine, function, args, kwargs, site, losses)
    if isinstance(names, Unknown):
        return names
    shape = shape_of(function.node)
    scope = Scope("function", names, function.scope, shape.globals_, shape.nonlocals)
    frame = Frame(function.module, scope, (*site.chain, site), function, site.condition)
    machine.depth += 1
    try:
        if isinstance(function.node, ast.Lambda):
            return machine.evaluate(function.node.body, frame)
        completion = machine.execute(function.node.body, frame)
    except Raised:
        # What raises may come after a path, chosen by an unknown condition, that has returned.
        if shape.is_generator or not frame.returns:
            raise
        return _joined(machine, frame.returns, site)
    except RecursionError:
        return machine.unknown("budget", "evaluation is nested too deeply", site)
    except BudgetExceeded as exceeded:
        if exceeded.name == "steps":
            raise
        return machine.unknown("budget", f"more {exceeded.name} than are allowed", site)
    finally:
        machine.depth -= 1
    if shape.is_generator:
        losses = tuple(item for item in frame.yields if isinstance(item, Unknown))
        return Iterator_(iter(frame.yields), list(losses))
    result = completion.value if completion is not None and completion.value is not None else NONE
    if not frame.returns:
        return result
    return _joined(machine, [*frame.returns, result], site)


def _joined(machine: Machine, returned: list[Value], site: Site) -> Value:
    condition = machine.unknown("condition", "which path returns is not known", site)
    return machine.join(returned, condition)


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
    intrinsic = machine.intrinsics.calls.get(method.qualname)
    if intrinsic is None:
        message = f"{method.qualname} is not followed"
        return machine.unknown("unsupported", message, site, method.receiver)
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
    intrinsic = machine.intrinsics.calls.get(name)
    if intrinsic is None:
        unknown = machine.unknown("external", f"what {function.qualname} gives", site, *args)
        return replace(unknown, maker=name)
    return intrinsic(Call(machine, name, args, kwargs, site, None, losses))


def _class(
    machine: Machine,
    cls: Class,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
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
        message = f"what calling {machine.type_name(instance)} gives"
        return machine.unknown("external", message, site)
    return call(machine, found[1], (instance, *args), kwargs, site, losses)


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
    results = []
    for option in function.options:
        try:
            results.append(call(machine, option, args, kwargs, site, losses))
        except Raised:
            continue
    return machine.join(results, function.condition)


def _unknown(
    machine: Machine,
    function: Unknown,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    return machine.unknown(function.reason, "what an unknown function gives", site, function)


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
    Deferred: _deferred,
}


def _super(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    """`super()`, from the function that is running; `super(cls, self)` from its arguments."""
    args, _, _ = arguments_of(machine, node, frame)
    if len(args) == 2 and isinstance(args[0], Class):
        return Super(args[0], args[1])
    function = frame.function
    if function is not None and function.owner is not None:
        arguments = function.node.args
        first = [*arguments.posonlyargs, *arguments.args][:1]
        receiver = frame.scope.lookup(first[0].arg) if first else None
        if receiver is not None:
            return Super(function.owner, receiver)
    return machine.unknown("unsupported", "super() outside of a method", frame.site(node))


def _locals(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    scope = frame.scope.function_scope()
    if scope.kind == "module":
        return _globals(machine, node, frame)
    return namespace(scope.names) if scope.kind == "class" else from_names(scope.names)


def _globals(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    """The module's names, as a dictionary that shares them."""
    names = machine.namespace(frame.module)
    if frame.module.stars and isinstance(names, Mapping):
        message = f"what {' and '.join(frame.module.stars)} adds to the module's names"
        names.losses.append(machine.unknown("external", message, frame.site(node)))
    return names


def _exec(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    """Text that is run as code may bind any name: of the module, or of the dictionary given."""
    args, kwargs, _ = arguments_of(machine, node, frame)
    unknown = machine.unknown("unsupported", "what the text of exec binds", frame.site(node))
    for names in (*args[1:], *kwargs.values()):
        if isinstance(names, Mapping):
            names.losses.append(unknown)
    if _EXEC not in frame.module.stars:
        frame.module.stars.append(_EXEC)
    return NONE


def _vars(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    if not node.args:
        return _locals(machine, node, frame)
    value = machine.evaluate(node.args[0], frame)
    return machine.get_attribute(value, "__dict__", frame.site(node))


def _dir(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    args, kwargs, losses = arguments_of(machine, node, frame)
    if args:
        name = External("builtins.dir")
        return _external(machine, name, args, kwargs, frame.site(node), losses)
    return machine.sorted_names(frame.scope.function_scope().names)


def _reveal(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    """`reveal(x)`: tell what was found of `x`; for tests, and for users who wonder."""
    args, _, _ = arguments_of(machine, node, frame)
    text = ", ".join(display(value) for value in args)
    machine.report("revealed", text, frame.site(node).span)
    return args[0] if args else NONE


_EXEC = "builtins.exec"
_FRAME_CALLS: ReadOnlyMapping[str, Callable[[Any, ast.Call, Frame], Value]] = {
    "builtins.super": _super,
    "builtins.locals": _locals,
    "builtins.globals": _globals,
    "builtins.exec": _exec,
    "builtins.vars": _vars,
    "builtins.dir": _dir,
    "builtins.reveal": _reveal,
}

TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.Call: _call,
}
