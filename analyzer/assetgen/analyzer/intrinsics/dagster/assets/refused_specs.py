"""Reporting specs that Dagster refuses to combine in one definition."""

from __future__ import annotations

from collections.abc import Sequence

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import Constant
from assetgen.analyzer.intrinsics.arguments import Bound
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import is_surely_given
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import partitions_of
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.model.partitions import Partitions


def content_of(spec: SpecValue) -> tuple[object, ...]:
    """What a spec says, equal for specs that are equal to Dagster: of its attributes, the values of
    those that are constants."""
    given = tuple(
        (name, value.value if isinstance(value, Constant) else None)
        for name, value in sorted(spec.attributes.values.items(), key=lambda entry: entry[0])
    )
    deps = tuple((dep.key, dep.partition_mapping) for dep in spec.deps)
    return (spec.key, deps, given, spec.attributes.description)


def check_partitions(
    call: Call, bound: Bound, specs: Sequence[SpecValue], *, can_subset: bool
) -> None:
    """Report specs whose partitions differ, from each other or from those of the decorator.

    Those with different partitions need a definition that can be subset; the decorator may give the
    partitions if each spec gives the same, or none gives any.
    """
    if is_surely_given(bound.get("compute_kind")) and any(spec.attributes.kinds for spec in specs):
        message = "compute_kind cannot be given together with kinds of the specs"
        call.report("invalid-definition", message, argument_place(call, "compute_kind"))
    own = [spec.attributes.partitions for spec in specs]
    if any("partitions" in spec.attributes.unknown for spec in specs):
        return
    if not all(_is_sure(partitions) for partitions in own):
        return
    place = argument_place(call, "partitions_def")
    said = partitions_of(call, bound["partitions_def"])
    distinct = set(own) - {None}
    if said is not None and _is_sure(said) and distinct:
        for spec in specs:
            if spec.attributes.partitions not in (None, said):
                message = f"partitions_def is given here and, differently, for `{spec.key}`"
                call.report("invalid-definition", message, place)
                return
        if None in own:
            message = "partitions_def is given here and for some of the specs: for all, or none"
            call.report("invalid-definition", message, place)
    elif len(distinct) > 1 and not can_subset and not call.losses:
        first, other = (
            next(spec for spec in specs if spec.attributes.partitions == one)
            for one in sorted(distinct, key=own.index)[:2]
        )
        message = (
            f"`{first.key}` and `{other.key}` have different partitions: that takes can_subset=True"
        )
        call.report("invalid-definition", message, argument_place(call, "specs"))


def _is_sure(partitions: Partitions | None) -> bool:
    """Whether partitions can be compared with others."""
    if partitions is None:
        return True
    return not partitions.unknown and all(_is_sure(one) for _, one in partitions.dimensions)
