"""Modules about order: `bisect`, `heapq`, `graphlib`; and `statistics`."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.journal import changing
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Iterator_,
    Mapping,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.collections.sorting import order_keys, sort
from assetgen.analyzer.intrinsics.python.plain import lost, raised
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass, field

_PLACE: Final = Parameters("a, x, lo=0, hi=None, *, key=None")
_HEAP: Final = Parameters("heap, item=None, /")
_SOME: Final = Parameters("n, iterable, key=None")
_MERGED: Final = Parameters("*iterables, key=None, reverse=False")
_GRAPH: Final = Parameters("graph=None")
_NODE: Final = Parameters("node, *predecessors")


def _place(call: Call, bound: Any, after_equals: bool) -> int | Value:
    """The position at which an item belongs in a sorted list."""
    items, item, key = bound["a"], bound["x"], bound["key"]
    if not isinstance(items, Sequence) or items.losses or bound["hi"] != NONE:
        return lost(call, items)
    values = list(items.items)
    if key != NONE:
        values = [call.invoke(key, value) for value in values]
    try:
        *keys, wanted = order_keys(call, [*values, item])
    except NotPlain as error:
        return lost(call, error.value)
    low, high = 0, len(keys)
    try:
        while low < high:
            middle = (low + high) // 2
            goes_on = not wanted < keys[middle] if after_equals else keys[middle] < wanted
            low, high = (middle + 1, high) if goes_on else (low, middle)
    except TypeError as error:
        raise raised(error) from error
    return low


def _bisect(after_equals: bool) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        place = _place(call, _PLACE.bind(call), after_equals)
        return place if isinstance(place, Value) else Constant(place)

    return intrinsic


def _insort(after_equals: bool) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        bound = _PLACE.bind(call)
        place = _place(call, bound, after_equals)
        items = bound["a"]
        if isinstance(items, Sequence):
            changing(call.machine.journals, items)
            if isinstance(place, int):
                items.items.insert(place, bound["x"])
            else:
                items.items.append(bound["x"])
                items.losses.append(lost(call, place))
        return NONE

    return intrinsic


class _Entry:
    """An item of a heap, ordered by its key."""

    __slots__ = ("key", "value")

    def __init__(self, key: Any, value: Value) -> None:
        self.key = key
        self.value = value

    def __lt__(self, other: _Entry) -> bool:
        return bool(self.key < other.key)


def _on_heap(change: Callable[[list[_Entry], Value], Value]) -> Intrinsic:
    """The row for a function that changes a list which is a heap."""

    def intrinsic(call: Call) -> Value:
        bound = _HEAP.bind(call)
        heap, item = bound["heap"], bound["item"]
        if not isinstance(heap, Sequence) or heap.losses:
            return lost(call, heap)
        is_given = "item" in bound
        try:
            keys = order_keys(call, [*heap.items, *([item] if is_given else [])])
        except NotPlain as error:
            heap.losses.append(lost(call, error.value))
            return lost(call, error.value)
        values = [*heap.items, *([item] if is_given else [])]
        entries = [_Entry(key, value) for key, value in zip(keys, values, strict=True)]
        changing(call.machine.journals, heap)
        try:
            result = change(entries, item)
        except (TypeError, IndexError) as error:
            raise raised(error) from error
        heap.items[:] = [entry.value for entry in entries]
        return result

    return intrinsic


def _heapify(entries: list[_Entry], item: Value) -> Value:
    heapq.heapify(entries)
    return NONE


def _push(entries: list[_Entry], item: Value) -> Value:
    heapq.heappush(entries, entries.pop())
    return NONE


def _pop(entries: list[_Entry], item: Value) -> Value:
    return heapq.heappop(entries).value


def _some(largest: bool) -> Intrinsic:
    """`nlargest` and `nsmallest`."""

    def intrinsic(call: Call) -> Value:
        bound = _SOME.bind(call)
        count = bound.plain("n")
        items = call.items(bound["iterable"])
        if not isinstance(count, int) or items.losses:
            return lost(call, bound["n"], *items.losses)
        try:
            found = sort(call, list(items.values), bound["key"], largest)
        except NotPlain as error:
            return lost(call, error.value)
        return Sequence("list", found[: max(count, 0)])

    return intrinsic


def _merge(call: Call) -> Value:
    """`merge`: several sorted iterables as one."""
    bound = _MERGED.bind(call)
    found = [call.items(each) for each in bound.star]
    losses = [loss for items in found for loss in items.losses]
    reverse = call.machine.truth(bound["reverse"], call.site)
    if losses or reverse is None:
        return lost(call, *losses, bound["reverse"])
    try:
        values = [value for items in found for value in items.values]
        return Iterator_(iter(sort(call, values, bound["key"], reverse)))
    except NotPlain as error:
        return lost(call, error.value)


@dataclass(slots=True, eq=False)
class Sorter(Declared):
    """`graphlib.TopologicalSorter`: each node with its predecessors."""

    type_name: ClassVar[str] = "graphlib.TopologicalSorter"
    nodes: dict[Any, tuple[Value, list[Value]]] = field(default_factory=dict)
    names: dict[Any, Value] = field(default_factory=dict)
    running: Any = None  # the sorter of their keys, once it is prepared


def _sorter(call: Call) -> Value:
    graph = _GRAPH.bind(call)["graph"]
    made = Sorter()
    if graph != NONE and (not isinstance(graph, Mapping) or graph.losses):
        return lost(call, graph)
    for key, (node, before) in graph.entries.items() if isinstance(graph, Mapping) else ():
        items = call.items(before)
        if items.losses:
            return lost(call, *items.losses)
        made.nodes[key] = (node, list(items.values))
    return made


def _add_node(call: Call, sorter: Sorter) -> Value:
    bound = _NODE.bind(call)
    key = call.machine.hash_key(bound["node"])
    known = sorter.nodes.get(key, (bound["node"], []))[1]
    sorter.nodes[key] = (bound["node"], [*known, *bound.star])
    return NONE


def _static_order(call: Call, sorter: Sorter) -> Value:
    graph = _graph_of_keys(call, sorter)
    if isinstance(graph, Value):
        return graph
    import graphlib

    try:
        order = list(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        raise _of_cycle(error, sorter) from error
    return Iterator_(iter([sorter.names[key] for key in order]))


def _of_cycle(error: Exception, sorter: Sorter) -> Raised:
    """`CycleError`, whose second argument are the nodes of the cycle."""
    nodes: list[Value] = [sorter.names[key] for key in error.args[1]]
    args: list[Value] = [Constant(error.args[0]), Sequence("list", nodes)]
    fields: dict[str, Value] = {"args": Sequence("tuple", args)}
    value = Record("graphlib.CycleError", fields, tuple(args))
    return Raised(value.qualname, f"{error.args[0]}, {display(args[1])}", value)


def _graph_of_keys(call: Call, sorter: Sorter) -> dict[Any, list[Any]] | Value:
    """The graph with keys in place of the nodes: each with its predecessors."""
    names = sorter.names
    graph: dict[Any, list[Any]] = {}
    for key, (node, before) in sorter.nodes.items():
        keys = [call.machine.hash_key(each) for each in before]
        if key is None or None in keys:
            return lost(call, node, *before)
        names.setdefault(key, node)
        names.update(
            (each, value) for each, value in zip(keys, before, strict=True) if each not in names
        )
        graph[key] = keys
    return graph


def _prepare(call: Call, sorter: Sorter) -> Value:
    graph = _graph_of_keys(call, sorter)
    if isinstance(graph, Value):
        return graph
    import graphlib

    sorter.running = graphlib.TopologicalSorter(graph)
    try:
        sorter.running.prepare()
    except graphlib.CycleError as error:
        raise _of_cycle(error, sorter) from error
    return NONE


def _is_active(call: Call, sorter: Sorter) -> Value:
    return lost(call) if sorter.running is None else Constant(sorter.running.is_active())


def _ready(call: Call, sorter: Sorter) -> Value:
    if sorter.running is None:
        return lost(call)
    return Sequence("tuple", [sorter.names[key] for key in sorter.running.get_ready()])


def _done(call: Call, sorter: Sorter) -> Value:
    keys = [call.machine.hash_key(node) for node in call.args]
    if sorter.running is None or None in keys or call.losses:
        sorter.running = None
        return lost(call, *call.args)
    try:
        sorter.running.done(*keys)
    except ValueError as error:
        raise _of_cycle(error, sorter) from error
    return NONE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "bisect.bisect": _bisect(True),
    "bisect.bisect_left": _bisect(False),
    "bisect.bisect_right": _bisect(True),
    "bisect.insort": _insort(True),
    "bisect.insort_left": _insort(False),
    "bisect.insort_right": _insort(True),
    "graphlib.TopologicalSorter": _sorter,
    "graphlib.TopologicalSorter.add": method(Sorter, _add_node),
    "graphlib.TopologicalSorter.__bool__": method(Sorter, _is_active),
    "graphlib.TopologicalSorter.done": method(Sorter, _done),
    "graphlib.TopologicalSorter.get_ready": method(Sorter, _ready),
    "graphlib.TopologicalSorter.is_active": method(Sorter, _is_active),
    "graphlib.TopologicalSorter.prepare": method(Sorter, _prepare),
    "graphlib.TopologicalSorter.static_order": method(Sorter, _static_order),
    "heapq.heapify": _on_heap(_heapify),
    "heapq.heappop": _on_heap(_pop),
    "heapq.heappush": _on_heap(_push),
    "heapq.merge": _merge,
    "heapq.nlargest": _some(True),
    "heapq.nsmallest": _some(False),
}
