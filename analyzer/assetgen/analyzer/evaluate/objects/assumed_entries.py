"""Entries of which it is not known whether they exist, where what happens means that they do."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.journal import changing_mapping
from assetgen.analyzer.evaluate.objects.doubts import Doubt, make_doubt
from assetgen.analyzer.evaluate.values import Mapping, Unknown

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def assume_entry(machine: Machine, mapping: Mapping, key: Hashable) -> Callable[[], None]:
    """From now on, an entry of a mapping exists; gives what takes that back, for another arm."""
    names: set[Hashable] = {key, id(mapping.entries[key][0])}
    assumed = [(loss, _given(loss, names, mapping)) for loss in mapping.losses]
    changing_mapping(machine.journals, mapping)
    mapping.losses[:] = [given for _, given in assumed if given is not None]

    def take_back() -> None:
        changing_mapping(machine.journals, mapping)
        for before, given in assumed:
            if given is not before and before not in mapping.losses:
                mapping.losses[:] = [loss for loss in mapping.losses if loss is not given]
                mapping.losses.append(before)

    return take_back


def _given(loss: Unknown, names: set[Hashable], mapping: Mapping) -> Unknown | None:
    """What is left of a doubt if an entry exists: the states of the mapping that do not lack it."""
    if not isinstance(loss, Doubt):
        return loss
    lacking = loss.lacking or (frozenset(mapping.entries),)
    if all(map(names.isdisjoint, lacking)):
        return loss
    if len(lacking) == 1:  # each entry may be lacking independently
        left = [lacking[0] - names]
    else:
        left = [each for each in lacking if names.isdisjoint(each)]
    return make_doubt(loss.condition, left, loss.held) if any(left) else None
