"""Functions that call themselves with unknown arguments, so that nothing ends the recursion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.values import Function, Mapping, Unknown, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site

Names = dict[str, Value]

_ROUNDS = 2
"""How often a function may run within itself before it is seen to go round in circles."""


def unknown_among(names: Names) -> list[Unknown]:
    """What is unknown among the arguments of a call."""
    return [value for value in names.values() if type(value) is Unknown]


def in_circles(
    machine: Machine, function: Function, names: Names, unknown: Sequence[Unknown], site: Site
) -> Unknown | None:
    """What a call gives that is as those it is made within, as far as can be known."""
    around = machine.running.get(id(function.node), ())
    if len(around) < _ROUNDS or sum(_are_alike(names, other) for other in around) < _ROUNDS:
        return None
    message = f"what {function.qualname} makes of what is not known, calling itself"
    return machine.unknown("loop", message, site, *unknown)


def activations(machine: Machine, function: Function) -> list[Names]:
    """The names of a function in each of its runs with what is not known, that have not ended."""
    return machine.running.setdefault(id(function.node), [])


def _are_alike(names: Names, others: Names) -> bool:
    return all(_is_alike(value, others.get(name)) for name, value in names.items())


def _is_alike(value: Value, other: Value | None) -> bool:
    if value is other or isinstance(value, Unknown):
        return value is other or isinstance(other, Unknown)
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        return not value.entries and not other.entries  # the further arguments of a call
    return value == other
