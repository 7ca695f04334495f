"""What can be done with ops, graphs and their outputs in the body of a graph."""

from __future__ import annotations

import ast

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Choice, Constant, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import (
    GraphValue,
    HandleValue,
    OpValue,
    OutputsValue,
    PendingValue,
)
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.intrinsics.dagster.names import name_problem
from assetgen.analyzer.intrinsics.dagster.ops.composition import Composition, composition_at, invoke
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import retry_policy_of
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.steps import GraphInputSource, OutputSource

# -- ops and graphs


def _call_node(call: Call) -> Value:
    """Using an op or graph in a graph's body; elsewhere, running it, the result of which is not
    known."""
    composition = composition_at(call.site)
    receiver = call.receiver
    pending = receiver if isinstance(receiver, PendingValue) else None
    definition = pending.definition if pending else receiver
    if isinstance(definition, AssetsValue):
        definition = definition.node
    if not isinstance(definition, (OpValue, GraphValue)):
        return call.unknown("external", "what running it gives")
    if composition is None:
        _check_run(call, definition)
        return call.unknown("external", f"what running `{definition.name}` gives")
    return invoke(call, composition, definition, pending)


def _check_run(call: Call, definition: OpValue | GraphValue) -> None:
    """Report what cannot be run while its module is imported."""
    if call.site.chain or call.site.condition is not None or call.losses:
        return
    name = definition.name
    if isinstance(definition, GraphValue):
        message = f"the graph `{name}` can be called in the body of a graph or job only"
        call.report("invalid-definition", message)
        return
    given = len(call.args)
    if definition.takes_context and not given and "context" not in call.kwargs:
        call.report("op-arity", f"`{name}` is called without its context")
        return
    left = [one for one in definition.inputs if not one.is_nothing and one.name not in call.kwargs]
    missing = [one.name for one in left[max(given - definition.takes_context, 0) :]]
    known = definition.function is not None and not definition.maybe_resources
    if known and missing and not any(one.has_default for one in left):
        call.report("op-arity", f"`{name}` is called without its input `{missing[0]}`")


def _call_job(call: Call) -> Value:
    """A job cannot be called: neither in the body of a graph, nor while its module is imported."""
    job = call.receiver
    name = job.name if isinstance(job, JobValue) else "?"
    in_body = composition_at(call.site) is not None
    if in_body or not (call.site.chain or call.site.condition is not None):
        message = f"the job `{name}` cannot be called: use execute_in_process, or a graph"
        call.report("invalid-definition", message)
    return call.unknown("told", "a job cannot be called")


_ALIAS = Parameters("name")


def _alias(call: Call) -> Value:
    pending = _pending(call)
    doubts = Doubts()
    name = doubts.text(_ALIAS.bind(call)["name"])
    composition = composition_at(call.site)
    if name is None:
        if composition is not None:
            composition.is_partial = True
        cause = why(doubts.found[0]) if doubts.found else "it is not a string"
        call.report("unresolved-attribute", f"an alias is not known: {cause}")
        return pending
    problem = name_problem(name)
    if problem:
        call.report("bad-name", problem)
    return replace(pending, alias=name)


_TAG = Parameters("tags")


def _tag(call: Call) -> Value:
    pending = _pending(call)
    tags = dict(pending.tags) | dict(Doubts().entries(_TAG.bind(call)["tags"]))
    return replace(pending, tags=tuple(tags.items()), changed=(*pending.changed, "tag"))


_RETRY = Parameters("retry_policy")


def _with_retry_policy(call: Call) -> Value:
    pending = _pending(call)
    given = Doubts().first_option(_RETRY.bind(call)["retry_policy"])
    return replace(pending, retry_policy=retry_policy_of(given))


def _with_hooks(call: Call) -> Value:
    pending = _pending(call)
    return replace(pending, changed=(*pending.changed, "with_hooks"))


def _pending(call: Call) -> PendingValue:
    if isinstance(call.receiver, PendingValue):
        return call.receiver
    if isinstance(call.receiver, (OpValue, GraphValue)):
        return PendingValue(call.receiver)
    raise Raised("TypeError", f"{call.name} needs an op or a graph")


# -- outputs


_MAP = Parameters("fn")


def _map(call: Call) -> Value:
    """`dynamic.map(f)`: what `f` composes from one output is composed for each."""
    handle, function = _handle(call), _MAP.bind(call)["fn"]
    if handle.kind not in ("dynamic", "mapped") or not isinstance(handle.source, OutputSource):
        call.report("op-output-logic", f"{handle.label} is not dynamic: it cannot be mapped over")
        return call.unknown("error", f"{handle.label} is not dynamic")
    mode = "mapped" if handle.kind == "dynamic" else "direct"
    item = HandleValue(replace(handle.source, mode=mode), "output", handle.label)
    result = call.invoke(function, item)
    return _mapped(call, result)


def _mapped(call: Call, result: Value) -> Value:
    if isinstance(result, HandleValue):
        kind = result.kind if result.kind == "dynamic" else "mapped"
        return HandleValue(result.source, kind, result.label)
    if isinstance(result, OutputsValue):
        return Sequence("tuple", [_mapped(call, handle) for _, handle in result.handles])
    if isinstance(result, Sequence) and result.kind == "tuple":
        return Sequence("tuple", [_mapped(call, item) for item in result.items])
    if isinstance(result, (Unknown, Choice)) or result == NONE:
        return result
    call.report("op-output-logic", "the function given to map() returns no output of an op")
    return NONE


def _collect(call: Call) -> Value:
    handle = _handle(call)
    if handle.kind not in ("dynamic", "mapped") or not isinstance(handle.source, OutputSource):
        call.report("op-output-logic", f"{handle.label} is not dynamic: it cannot be collected")
        return handle
    return HandleValue(replace(handle.source, mode="collected"), "collected", handle.label)


def _outputs_items(call: Call) -> Value:
    return Sequence("tuple", [handle for _, handle in _outputs(call).handles])


_INDEX = Parameters("index, /")


def _outputs_item(call: Call) -> Value:
    handles = [handle for _, handle in _outputs(call).handles]
    index = _INDEX.bind(call).plain("index")
    if isinstance(index, int) and -len(handles) <= index < len(handles):
        return handles[index]
    label, count = _outputs(call).label, len(handles)
    if isinstance(index, (int, str)) and composition_at(call.site) is not None:
        message = f"`{label}` has {count} outputs, from 0 on, or by attribute: not [{index!r}]"
        call.report("op-output-logic", message)
        return call.unknown("told", message)
    return call.unknown("error", "there is no such output")


def _logic(call: Call) -> Value:
    """Anything else that is done with an output, which has no value while the graph is composed."""
    receiver = call.receiver
    label = receiver.label if isinstance(receiver, (HandleValue, OutputsValue)) else "an output"
    call.report(
        "op-output-logic",
        f"{label} has no value while the graph is composed: use an op for what is done with it",
    )
    composition: Composition | None = composition_at(call.site)
    if composition is not None:
        composition.is_partial = True
        if isinstance(receiver, HandleValue) and isinstance(receiver.source, GraphInputSource):
            composition.used_inputs.add(receiver.source.name)
    return call.unknown("error", f"{label} has no value while the graph is composed")


def _no_attribute(call: Call) -> Value:
    """What neither an output nor a value that does not exist yet has."""
    composition = composition_at(call.site)
    name, receiver = call.args[0], call.receiver
    asked = str(name.value) if isinstance(name, Constant) else "?"
    node = call.site.node
    if composition is None or not (isinstance(node, ast.Attribute) and node.attr == asked):
        raise Raised("builtins.AttributeError", asked)  # asked for by name, as `hasattr` does
    if isinstance(receiver, OutputsValue):
        outputs = ", ".join(output for output, _ in receiver.handles)
        message = f"`{receiver.label}` has no output `{asked}` (it has {outputs})"
        call.report("op-output-logic", message)
        composition.is_partial = True
        return call.unknown("told", message)
    return _logic(call)


def _too_late(call: Call) -> Value:
    """Methods that must be called before a node is used, called on its output."""
    handle, method = _handle(call), call.last_name
    message = f"{handle.label} is there already: {method}() comes before the node is called"
    call.report("op-output-logic", message)
    return handle


def _text(call: Call) -> Value:
    """An output as a string is its handle, which names an address in memory."""
    return call.unknown("unsupported", "an output as a string while the graph is composed")


def _length(call: Call) -> Value:
    return Constant(len(_outputs(call).handles))


def _handle(call: Call) -> HandleValue:
    if not isinstance(call.receiver, HandleValue):
        raise Raised("TypeError", f"{call.name} needs an output of an op")
    return call.receiver


def _outputs(call: Call) -> OutputsValue:
    if not isinstance(call.receiver, OutputsValue):
        raise Raised("TypeError", f"{call.name} needs the outputs of an op")
    return call.receiver


_NODES = ("dagster.OpDefinition", "dagster.GraphDefinition", "dagster.PendingNodeInvocation")
_HANDLE = "dagster.InvokedNodeOutputHandle"
_OUTPUTS = "dagster.InvokedNodeOutputs"
_LOGIC = (
    *("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__"),
    *("__rtruediv__", "__floordiv__", "__mod__", "__pow__", "__or__", "__and__", "__lt__"),
    *("__le__", "__gt__", "__ge__", "__iter__", "__getitem__", "__len__", "__contains__"),
    *("__matmul__", "__rmatmul__", "__rmod__", "__rpow__", "__rfloordiv__", "__setitem__"),
    *("__neg__", "__invert__", "__call__", "__int__", "__float__", "__abs__", "__round__"),
    *("__enter__", "__index__", "__next__"),
    *("append", "keys", "values", "items", "get", "split", "format", "lower", "upper", "head"),
)
"""Operators and common methods that people try on outputs as if they were values."""
_TUPLE_LACKS = (
    *("__sub__", "__rsub__", "__truediv__", "__rtruediv__", "__neg__", "__call__", "__int__"),
    *("__float__", "__abs__", "__round__", "__enter__", "__index__", "__next__", "__setitem__"),
)
"""Those of them that a tuple, which several outputs are, does not have either."""

TABLE: dict[str, Intrinsic] = {
    "dagster.JobDefinition.__call__": _call_job,
    **{f"{node}.__call__": _call_node for node in _NODES},
    **{f"{node}.alias": _alias for node in _NODES},
    **{f"{node}.tag": _tag for node in _NODES},
    **{f"{node}.with_hooks": _with_hooks for node in _NODES},
    **{f"{node}.with_retry_policy": _with_retry_policy for node in _NODES},
    "dagster.AssetsDefinition.__call__": _call_node,
    **{f"{_HANDLE}.{name}": _logic for name in _LOGIC},
    **{f"{_HANDLE}.{name}": _text for name in ("__str__", "__repr__", "__format__")},
    **{f"{_HANDLE}.{name}": _too_late for name in ("alias", "tag", "with_hooks")},
    f"{_HANDLE}.with_retry_policy": _too_late,
    **{f"{_OUTPUTS}.{name}": _logic for name in _TUPLE_LACKS},
    f"{_HANDLE}.__getattr__": _no_attribute,
    f"{_OUTPUTS}.__getattr__": _no_attribute,
    f"{_HANDLE}.map": _map,
    f"{_HANDLE}.collect": _collect,
    f"{_OUTPUTS}.__iter__": _outputs_items,
    f"{_OUTPUTS}.__getitem__": _outputs_item,
    f"{_OUTPUTS}.__len__": _length,
}
"""The intrinsics of ops, graphs and outputs while graphs are composed."""
