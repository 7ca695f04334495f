"""Specs of the same asset of which only one counts, by an unknown condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from assetgen.analyzer.evaluate.values import NONE, Unknown, Value
from assetgen.analyzer.intrinsics.dagster.declared.attributes import Attributes
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import fields_of

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def one_of(machine: Machine, specs: Sequence[SpecValue], condition: Unknown) -> SpecValue:
    """What is known of a spec that is one of several with the same key: nothing about the
    attributes in which they differ, and that it may depend on what any of them depends on."""
    first = specs[0]
    attributes = [spec.attributes for spec in specs]
    differing = {
        name
        for name in _FIELDS
        if any(getattr(each, name) != getattr(attributes[0], name) for each in attributes)
    }
    unknown = {name for each in attributes for name in each.unknown}
    names = dict.fromkeys(name for each in attributes for name in each.values)
    values: dict[str, Value] = {}
    for name in names:
        options = [spec.attribute(name) or NONE for spec in specs]
        values[name] = machine.join(options, condition)
    deps = {dep.key: dep for spec in specs for dep in spec.deps}
    losses = [loss for spec in specs for loss in spec.deps_losses]
    if any(len(spec.deps) < len(deps) for spec in specs):
        losses.append(condition)
    return replace(
        first,
        deps=tuple(deps.values()),
        attributes=replace(
            attributes[0], values=values, unknown=tuple(sorted({*unknown, *differing}))
        ),
        deps_losses=tuple(losses),
    )


_FIELDS: Final = tuple(
    name for name in fields_of(Attributes) if name not in ("values", "unknown", "places")
)
