"""Binding the arguments of a call to the parameters of a user's function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.objects.doubts import make_doubt, may_be_absent, or_instead
from assetgen.analyzer.evaluate.statements.failures import failed
from assetgen.analyzer.evaluate.values import (
    Choice,
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
    """The parameters by name; `Unknown` if the call does not fit, so that Python raises."""
    arguments = function.node.args
    positional = [parameter.arg for parameter in (*arguments.posonlyargs, *arguments.args)]
    names: dict[str, Value] = dict(zip(positional, args, strict=False))
    extra = list(args[len(positional) :])
    if arguments.vararg is not None:
        names[arguments.vararg.arg] = Sequence("tuple", extra, list(losses))
    elif extra:
        told = f"too many arguments for {function.qualname}"
        said = _too_many(function, positional, len(args))
        return _misfit(machine, function, said, site, losses, told)
    if kwargs or arguments.kwarg is not None:
        misfit = _bind_keywords(machine, function, kwargs, names, site, losses)
        if misfit is not None:
            return misfit
    for name in (*positional, *(parameter.arg for parameter in arguments.kwonlyargs)):
        if name in names:
            continue
        if losses:
            names[name] = machine.unknown("parameter", f"{name!r} may be passed", site, *losses)
        elif name in function.defaults:
            names[name] = function.defaults[name]
        else:
            told = f"{function.qualname} needs {name!r}"
            said = _missing(function, positional, names)
            return _misfit(machine, function, said, site, losses, told)
    return names


def _bind_keywords(
    machine: Machine,
    function: Function,
    kwargs: dict[str, Value],
    names: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Unknown | None:
    """Add to `names` what is given by name; what Python raises if something does not fit."""
    arguments = function.node.args
    by_keyword = {parameter.arg for parameter in (*arguments.args, *arguments.kwonlyargs)}
    rest = Mapping(losses=list(losses))
    for name, value in kwargs.items():
        if name in by_keyword:
            if name in names:
                told = f"several values for {name!r} of {function.qualname}"
                said = f"got multiple values for argument {name!r}"
                return _misfit(machine, function, said, site, losses, told)
            names[name] = or_instead(machine, value, function.defaults.get(name))
        elif arguments.kwarg is not None:
            _add_to_rest(machine, rest, name, value)
        elif not may_be_absent(value):
            told = f"{function.qualname} has no parameter {name!r}"
            said = f"got an unexpected keyword argument {name!r}"
            return _misfit(machine, function, said, site, losses, told)
    if arguments.kwarg is not None:
        names[arguments.kwarg.arg] = rest
    return None


def _add_to_rest(machine: Machine, rest: Mapping, name: str, value: Value) -> None:
    key, hashed = Constant(name), ("constant", name)
    if isinstance(value, Choice) and may_be_absent(value):
        lacking = [(hashed, id(key)), ()]
        rest.losses.append(make_doubt(value.condition, lacking, (key,)))
        value = or_instead(machine, value, None)
    rest.entries[hashed] = (key, value)


def _misfit(
    machine: Machine,
    function: Function,
    said: str,
    site: Site,
    losses: tuple[Unknown, ...],
    told: str,
) -> Unknown:
    if losses:
        return machine.unknown("error", told, site)
    return failed(machine, "TypeError", f"{function.qualname}() {said}", site, told=told)


def _too_many(function: Function, positional: list[str], given: int) -> str:
    optional = sum(1 for name in positional if name in function.defaults)
    wanted = (
        f"from {len(positional) - optional} to {len(positional)}" if optional else len(positional)
    )
    plural = "" if len(positional) == 1 and not optional else "s"
    verb = "was" if given == 1 else "were"
    return f"takes {wanted} positional argument{plural} but {given} {verb} given"


def _missing(function: Function, positional: list[str], names: dict[str, Value]) -> str:
    arguments = function.node.args
    kind, wanted = "positional", positional
    missing = [name for name in wanted if name not in names and name not in function.defaults]
    if not missing:
        kind, wanted = "keyword-only", [parameter.arg for parameter in arguments.kwonlyargs]
        missing = [name for name in wanted if name not in names and name not in function.defaults]
    shown = [repr(name) for name in missing]
    comma = "," if len(shown) > 2 else ""
    text = " and ".join([*([", ".join(shown[:-1]) + comma] if shown[:-1] else []), shown[-1]])
    plural = "" if len(shown) == 1 else "s"
    return f"missing {len(shown)} required {kind} argument{plural}: {text}"
