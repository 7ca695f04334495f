"""Environment variables that the code itself sets: who sets them, and who asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assetgen.analyzer.evaluate.contribution import Contribution, Retained
from assetgen.analyzer.evaluate.machine import Machine

Order = tuple[tuple[str, frozenset[str]], ...]
"""Modules as they were begun, and what each sets."""


def order_of(machine: Machine) -> Order:
    """The modules that set variables, or ask for one that is set by some module.

    What they ask for is what they were given in this order; in another it may be something else.
    """
    everything = (*machine.contributions.items(), ("", machine.own))
    assigned = {name for _, each in everything for name in each.assigned}
    if not assigned:
        return ()
    return tuple(
        (module, frozenset(each.assigned))
        for module, each in everything
        if each.assigned or asks_for_any(each, assigned)
    )


def asks_for_any(contribution: Contribution, variables: Iterable[str]) -> bool:
    """Whether one of some variables was asked for, if need be with all of them."""
    asked = contribution.variables
    return None in asked or not asked.isdisjoint(variables)


def askers_of(known: Mapping[str, Retained], setters: Iterable[str]) -> set[str]:
    """The modules that ask for a variable which one of `setters` sets."""
    assigned = {
        name
        for setter in setters
        if setter in known
        for name in known[setter].contribution.assigned
    }
    if not assigned:
        return set()
    return {name for name, each in known.items() if asks_for_any(each.contribution, assigned)}
