"""What the body of a graph returns: which source each of its outputs comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Function,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.declared.graphs import (
    GraphValue,
    HandleValue,
    OpValue,
    OutputsValue,
)
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.steps import Output, Source

if TYPE_CHECKING:
    from assetgen.analyzer.intrinsics.dagster.ops.composition import Composition


def output_sources(
    call: Call,
    composition: Composition,
    returned: Value,
    outputs: tuple[Output, ...],
    site: Site,
    explicit: bool,
) -> tuple[tuple[str, Source], ...]:
    """Which source each output of the graph comes from."""
    if composition.kind == "job":
        if _is_refused_of_job(returned):
            what = returned.label if isinstance(returned, HandleValue) else shown(returned)
            message = f"`{composition.name}` returns {what}: a job has no outputs"
            call.report("graph-return", message, site)
        return ()
    doubts = Doubts()
    returned = doubts.first_option(returned)
    for doubt in doubts.found:
        composition.is_partial = True
        message = f"what `{composition.name}` returns is not known: {why(doubt)}"
        call.report("unresolved-attribute", message, site)
    if isinstance(returned, Unknown):
        return ()
    found = _returned(call, composition, returned, outputs, site)
    for output in outputs:
        if explicit and output.name not in found and returned == NONE:
            call.report(
                "graph-return",
                f"`{composition.name}` returns nothing for its output `{output.name}`",
                site,
            )
        elif explicit and output.name not in found and found:
            call.report(
                "graph-return", f"`{composition.name}` does not return `{output.name}`", site
            )
    return tuple((output.name, found[output.name]) for output in outputs if output.name in found)


def _is_refused_of_job(returned: Value) -> bool:
    """Whether a job may not return a value. A tuple of outputs it may return; it goes nowhere."""
    if isinstance(returned, (Mapping, HandleValue)):
        return is_given(returned)
    if isinstance(returned, Sequence):
        return returned.kind != "tuple"
    kinds = (Constant, Function, Iterator_, OpValue, GraphValue)
    return returned != NONE and isinstance(returned, kinds)


def _returned(
    call: Call, composition: Composition, returned: Value, outputs: tuple[Output, ...], site: Site
) -> dict[str, Source]:
    names = [output.name for output in outputs]
    if isinstance(returned, HandleValue):
        if len(names) != 1:
            message = f"`{composition.name}` returns one output, and has {len(names)}"
            call.report("graph-return", message, site)
            return {}
        _check_collected(call, composition, returned, site)
        return {names[0]: returned.source}
    handles = _unpacked(returned)
    if handles is not None and all(isinstance(one, HandleValue) for one in handles):
        if len(handles) < len(names):
            message = f"`{composition.name}` returns {len(handles)} outputs, and has {len(names)}"
            call.report("graph-return", message, site)
        pairs = zip(names, handles, strict=False)
        return {name: one.source for name, one in pairs if isinstance(one, HandleValue)}
    if isinstance(returned, Mapping):
        return _returned_by_name(call, composition, returned, names, site)
    if returned != NONE:
        call.report(
            "graph-return",
            f"`{composition.name}` returns {shown(returned)}, which no op has put out",
            site,
        )
    return {}


def _returned_by_name(
    call: Call, composition: Composition, returned: Mapping, names: list[str], site: Site
) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for name, item in returned.text_entries():
        if name not in names:
            call.report("graph-return", f"`{composition.name}` has no output `{name}`", site)
        elif isinstance(item, HandleValue):
            _check_collected(call, composition, item, site)
            found[name] = item.source
        else:
            message = f"the output `{name}` of `{composition.name}` is made of no op's output"
            call.report("graph-return", message, site)
    if returned.losses:
        composition.is_partial = True
    return found


def _check_collected(call: Call, composition: Composition, handle: HandleValue, site: Site) -> None:
    if handle.kind in ("dynamic", "mapped") and composition.kind.endswith("asset"):
        call.report(
            "dynamic-uncollected",
            f"`{composition.name}` returns a dynamic output: it must be collected first",
            site,
        )


def _unpacked(value: Value) -> list[Value] | None:
    if isinstance(value, OutputsValue):
        return [handle for _, handle in value.handles]
    if isinstance(value, Sequence) and value.kind == "tuple":
        return value.items
    return None
