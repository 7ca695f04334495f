"""Binding the arguments of a call to the parameters of a user's function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.values import (
    Constant,
    Function,
    Mapping,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def bind_parameters(
    machine: Machine,
    function: Function,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> dict[str, Value] | Unknown:
    """The parameters by name; `Unknown` when the call does not fit, as Python would raise."""
    arguments = function.node.args
    positional = [parameter.arg for parameter in (*arguments.posonlyargs, *arguments.args)]
    names: dict[str, Value] = dict(zip(positional, args, strict=False))
    extra = list(args[len(positional) :])
    if extra and arguments.vararg is None:
        return machine.unknown("error", f"too many arguments for {function.qualname}", site)
    if arguments.vararg is not None:
        names[arguments.vararg.arg] = Sequence("tuple", extra, list(losses))
    only_positional = {parameter.arg for parameter in arguments.posonlyargs}
    by_keyword = {*positional, *(parameter.arg for parameter in arguments.kwonlyargs)}
    rest = Mapping(losses=list(losses))
    for name, value in kwargs.items():
        if name in by_keyword - only_positional:
            if name in names:
                message = f"several values for {name!r} of {function.qualname}"
                return machine.unknown("error", message, site)
            names[name] = value
        elif arguments.kwarg is not None:
            rest.entries[("constant", name)] = (Constant(name), value)
        else:
            message = f"{function.qualname} has no parameter {name!r}"
            return machine.unknown("error", message, site)
    if arguments.kwarg is not None:
        names[arguments.kwarg.arg] = rest
    for name in (*positional, *(parameter.arg for parameter in arguments.kwonlyargs)):
        if name in names:
            continue
        if losses:
            names[name] = machine.unknown("parameter", f"{name!r} may be passed", site, *losses)
        elif name in function.defaults:
            names[name] = function.defaults[name]
        else:
            return machine.unknown("error", f"{function.qualname} needs {name!r}", site)
    return names
