"""Builtins that look at where they are called: `super()`, `locals()`, `globals()`, `vars()` ..."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.bound_values import Super
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.expressions.displays import merge
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.objects.doubts import absent, beyond, doubt_of_key, may_be_absent
from assetgen.analyzer.evaluate.objects.iteration import iterated
from assetgen.analyzer.evaluate.objects.namespaces import from_names, namespace
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Declared,
    External,
    Instance,
    Mapping,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine

Arguments = tuple[tuple[Value, ...], dict[str, Value], tuple[Unknown, ...]]


def arguments_of(machine: Machine, node: ast.Call, frame: Frame) -> Arguments:
    """The evaluated arguments of a call: positional ones, keywords, and what was lost in
    spreading."""
    args: list[Value] = []
    losses: list[Unknown] = []
    for argument in node.args:
        value = machine.evaluate(argument, frame)
        if isinstance(argument, ast.Starred):
            site = frame.site(argument)
            spread = machine.items(iterated(machine, value, site), site)
            args.extend(spread.values)
            losses.extend(spread.losses)
        else:
            args.append(value)
    kwargs: dict[str, Value] = {}
    for keyword in node.keywords:
        value = machine.evaluate(keyword.value, frame)
        if keyword.arg is None and _is_merged(value):
            named = Mapping()
            merge(machine, named, value, frame.site(keyword.value))
            value = named
        if keyword.arg is not None:
            if keyword.arg in kwargs:
                _refuse_twice(machine, node, keyword.arg, kwargs, frame)
            kwargs[keyword.arg] = value
        elif isinstance(value, Mapping):
            _check_once(node, kwargs, value)
            kwargs.update(value.text_entries())
            if value.losses:
                _doubt_some(machine, value, kwargs)
                losses.extend(beyond(value.losses))
        else:
            site = frame.site(keyword.value)
            losses.append(
                value
                if isinstance(value, Unknown)
                else machine.unknown("unsupported", "keyword arguments not known", site, value)
            )
    return tuple(args), kwargs, tuple(losses)


def _refuse_twice(
    machine: Machine, node: ast.Call, name: str, given: dict[str, Value], frame: Frame
) -> None:
    """A keyword that is written twice is a syntax error; one that was spread before raises."""
    written = [keyword for keyword in node.keywords if keyword.arg == name]
    if len(written) == 1:
        if not may_be_absent(given[name]):
            raise _twice(node, name)
        return
    message = f"keyword argument repeated: {name}"
    machine.report("syntax-error", message, frame.site(written[1]).span)


def _check_once(node: ast.Call, kwargs: dict[str, Value], spread: Mapping) -> None:
    for name, _ in spread.text_entries() if kwargs else ():
        if name not in kwargs or may_be_absent(kwargs[name]):
            continue
        if doubt_of_key(spread, ("constant", name)) is None:
            raise _twice(node, name)


def _twice(node: ast.Call, name: str) -> Raised:
    called = ast.unparse(node.func)
    return Raised(
        "builtins.TypeError", f"{called}() got multiple values for keyword argument '{name}'"
    )


def _is_merged(value: Value) -> bool:
    """Whether what is spread gives its entries by what it is asked, or is one of several."""
    if isinstance(value, Choice):
        return all(isinstance(option, Mapping) for option in value.options)
    return isinstance(value, (Instance, Declared))


def _doubt_some(machine: Machine, spread: Mapping, kwargs: dict[str, Value]) -> None:
    """Among the arguments that were spread, those that may not be given."""
    for name, value in spread.text_entries():
        doubt = doubt_of_key(spread, ("constant", name))
        if doubt is not None:
            kwargs[name] = machine.join([value, absent(doubt)], doubt.condition)


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
        unknown = machine.unknown("external", message, frame.site(node))
        list.append(names.losses, unknown)  # the module knows of it
    return names


def _exec(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    """Text that is executed may bind any name of the module, or of the dictionary given."""
    args, kwargs, _ = arguments_of(machine, node, frame)
    _bind_anything(machine, (*args[1:], *kwargs.values()), node, frame)
    return NONE


def _eval(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    """An expression binds nothing, but compiled statements are executed."""
    args, kwargs, losses = arguments_of(machine, node, frame)
    if args and isinstance(args[0], Unknown) and args[0].maker == "builtins.compile":
        _bind_anything(machine, (*args[1:], *kwargs.values()), node, frame)
    return machine.call(External("builtins.eval"), args, kwargs, frame.site(node), losses)


def _bind_anything(
    machine: Machine, namespaces: tuple[Value, ...], node: ast.Call, frame: Frame
) -> None:
    unknown = machine.unknown("unsupported", "what executed code binds", frame.site(node))
    given = [names for names in namespaces if names != NONE]
    for names in given:
        if isinstance(names, Mapping):
            names.losses.append(unknown)
    if not given and _EXEC not in frame.module.stars:
        frame.module.stars.append(_EXEC)


def _vars(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    if not node.args:
        return _locals(machine, node, frame)
    value = machine.evaluate(node.args[0], frame)
    return machine.get_attribute(value, "__dict__", frame.site(node))


def _dir(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    args, kwargs, losses = arguments_of(machine, node, frame)
    if args:
        return machine.call(External("builtins.dir"), args, kwargs, frame.site(node), losses)
    return machine.sorted_names(frame.scope.function_scope().names)


def _reveal(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    """`reveal(x)`: report what was found out about `x`; for tests, and for users who wonder."""
    args, _, _ = arguments_of(machine, node, frame)
    text = ", ".join(display(value) for value in args)
    machine.report("revealed", text, frame.site(node).span)
    return args[0] if args else NONE


_EXEC = "builtins.exec"
FRAME_CALLS: ReadOnlyMapping[str, Callable[[Any, ast.Call, Frame], Value]] = {
    "builtins.super": _super,
    "builtins.locals": _locals,
    "builtins.globals": _globals,
    "builtins.eval": _eval,
    "builtins.exec": _exec,
    "builtins.vars": _vars,
    "builtins.dir": _dir,
    "builtins.reveal": _reveal,
}
