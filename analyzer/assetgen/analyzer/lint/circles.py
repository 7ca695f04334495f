"""Circles in a directed graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networkx import DiGraph

Graph = Mapping[str, Sequence[str]]
"""The successors of each node; a node that is not a key has none."""


def circles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Elementary circles that cover every strongly connected component, the shortest first in each.

    Among very many edges, only those through the first nodes are compared, and in the end each
    component that is left gives but one.

    No two of them share an edge, so each needs a repair of its own, and there are at most as many
    as edges. A circle begins at its smallest node; an edge from a node to itself does not count.
    """
    edges = {(node, other) for node, others in graph.items() for other in others if node != other}
    if not edges:
        return
    waiting = list(reversed(_knots(edges)))
    effort = _EFFORT
    while waiting:
        knot = waiting.pop()
        count = knot.number_of_edges()
        starts = sorted(knot)[: max(1, effort // count)]
        effort -= (len(starts) + 1) * count
        circle = min((_shortest_through(start, knot) for start in starts), key=len)
        yield circle
        knot.remove_edges_from(zip(circle, (*circle[1:], circle[0]), strict=True))
        if effort > -_EFFORT:
            waiting.extend(reversed(_knots(knot.edges)))


def is_acyclic(edges: Sequence[Sequence[int]]) -> bool:
    """Whether nodes, given as the successors of each, form no circle.

    To be asked first: most graphs have none, and loading networkx takes longer than asking.
    """
    waiting_for = [0] * len(edges)
    for others in edges:
        for other in others:
            waiting_for[other] += 1
    free = [node for node, count in enumerate(waiting_for) if not count]
    for node in free:
        for other in edges[node]:
            waiting_for[other] -= 1
            if not waiting_for[other]:
                free.append(other)
    return len(free) == len(edges)


def _knots(edges: Iterable[tuple[str, str]]) -> list[DiGraph[str]]:
    """The strongly connected components of two nodes or more, each as a graph of its own, in
    order."""
    import networkx

    whole: DiGraph[str] = networkx.DiGraph(sorted(edges))
    parts = (part for part in networkx.strongly_connected_components(whole) if len(part) > 1)
    return [
        networkx.DiGraph(
            (node, other) for node in sorted(part) for other in whole[node] if other in part
        )
        for part in sorted(parts, key=min)
    ]


_EFFORT = 200_000
"""How many edges to look at in search of the shortest circles, and as many again for any."""


def _shortest_through(start: str, knot: DiGraph[str]) -> tuple[str, ...]:
    """The shortest way from a node back to itself; of several, the first in the order of names."""
    before: dict[str, str] = {}
    reached = [start]
    for node in reached:
        for other in knot[node]:
            if other == start:
                way = [node]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if other not in before:
                before[other] = node
                reached.append(other)
    raise AssertionError(f"{start} lies on no circle")
