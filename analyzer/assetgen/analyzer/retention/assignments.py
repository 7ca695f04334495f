"""Environment variables that the code itself sets: which modules set them, and which ask for
them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assetgen.analyzer.evaluate.contribution import Contribution, Retained
from assetgen.analyzer.evaluate.machine import Machine

Order = tuple[tuple[str, frozenset[str]], ...]
"""Modules in the order in which they began, and what each sets."""


def order_of(machine: Machine) -> Order:
    """The modules that set variables, or that ask for one that some module sets.

    What they were given depends on this order.
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
    """Whether any of some variables was asked for, possibly with all the others."""
    asked = contribution.variables
    return None in asked or not asked.isdisjoint(variables)


def askers_of(known: Mapping[str, Retained], setters: Iterable[str]) -> set[str]:
    """The modules that ask for a variable that one of `setters` sets."""
    assigned = {
        name
        for setter in setters
        if setter in known
        for name in known[setter].contribution.assigned
    }
    if not assigned:
        return set()
    return {name for name, each in known.items() if asks_for_any(each.contribution, assigned)}
