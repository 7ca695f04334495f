"""Decorators that work with and without parentheses."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Declared, External, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.model.dataclass import dataclass

REFUSED = External("dagster.<refused>")
"""A decorator that cannot be made; what it is put on is lost, and has been reported."""
Decorate = Callable[[Call, Bound, Value], Value]
"""Makes a definition from a decorator's call, its bound arguments, and the decorated function."""


@dataclass(slots=True, eq=False)
class PendingDecorator(Declared):
    """A decorator that was called with its arguments and waits for the function."""

    type_name: ClassVar[str] = "dagster.decorator"

    call: Call
    bound: Bound


def decorator(
    name: str, parameters: Parameters, function: str | None, decorate: Decorate
) -> dict[str, Intrinsic]:
    """The rows of a decorator `name`.

    `function` is the parameter that takes the function when it is used without parentheses, None if
    it needs them. An unexpected argument is reported, and the rest is evaluated.
    """

    def called(call: Call) -> Value:
        bound = _bind(call, parameters)
        if bound is None:
            return REFUSED
        target = bound.get(function) if function else None
        if target is not None and target != NONE:
            return decorate(call, bound, target)
        return KnownMethod(applied, PendingDecorator(call, bound))

    def apply(call: Call) -> Value:
        pending = call.receiver
        if not isinstance(pending, PendingDecorator) or not call.args:
            raise Raised("TypeError", f"{name} decorates one function")
        return decorate(_with_chain(pending.call, call), pending.bound, call.args[0])

    applied = f"{name}.<decorate>"
    return {name: called, applied: apply}


def _bind(call: Call, parameters: Parameters) -> Bound | None:
    """Bind the arguments; unexpected keywords, which Dagster refuses, are reported and left out.
    None if nothing can be bound without them."""
    try:
        return parameters.bind(call)
    except Raised as raised:
        known = set(parameters.names)
        unexpected = [name for name in call.kwargs if name not in known]
        if not unexpected:
            raise
        # Before Dagster 1.0 there were other parameters.
        for name in () if call.machine.project.has_dagster_before(1, 0) else unexpected:
            short = call.name.removeprefix("dagster.")
            message = f"{short}() has no parameter `{name}`"
            call.report("invalid-definition", message, argument_place(call, name))
        kwargs = {name: value for name, value in call.kwargs.items() if name in known}
        kept = Call(
            call.machine, call.name, call.args, kwargs, call.site, call.receiver, call.losses
        )
        del raised
        try:
            return parameters.bind(kept)
        except Raised:
            return None


def _with_chain(call: Call, application: Call) -> Call:
    """The decorator's call, as made where the decorator is applied.

    A decorator that is made once and applied to several functions makes one definition for each.
    """
    site = application.site
    if site.chain == call.site.chain and site.condition is call.site.condition:
        return call
    inner = call.site.under(site.chain, site.condition)
    return Call(call.machine, call.name, call.args, call.kwargs, inner, call.receiver, call.losses)
