"""Circles in a directed graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

Graph = Mapping[str, Sequence[str]]
"""The successors of each node; a node that is no key has none."""


def circles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Elementary circles that cover every strongly connected part, the shortest first in each
    (in a very large one: the shortest through its first nodes).

    No two of them share an edge, so each needs a repair of its own, and their number is bounded by
    that of the edges. A circle begins at its smallest node; an edge from a node to itself is none.
    """
    waiting = list(reversed(_knots(graph)))
    while waiting:
        knot = waiting.pop()
        circle = _shortest_circle(knot)
        yield circle
        used = set(zip(circle, (*circle[1:], circle[0]), strict=True))
        rest = {
            node: tuple(other for other in successors if (node, other) not in used)
            for node, successors in knot.items()
        }
        waiting.extend(reversed(_knots(rest)))


def _knots(graph: Graph) -> list[dict[str, tuple[str, ...]]]:
    """The strongly connected parts of two nodes or more, each as a graph of its own, in order."""
    knots = []
    for members in _components(graph):
        if len(members) > 1:
            knots.append(
                {
                    node: tuple(other for other in graph[node] if other in members - {node})
                    for node in sorted(members)
                }
            )
    return sorted(knots, key=min)


def _components(graph: Graph) -> Iterator[set[str]]:
    """Tarjan's algorithm, with a stack of its own so that depth costs nothing."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            node, successors = work[-1]
            following = next((each for each in successors if each not in index), None)
            if following is not None:
                index[following] = low[following] = len(index)
                path.append(following)
                on_path.add(following)
                work.append((following, iter(graph.get(following, ()))))
                continue
            work.pop()
            for successor in graph.get(node, ()):
                if successor in on_path:
                    low[node] = min(low[node], low[successor])
            if low[node] == index[node]:
                component = set()
                while node not in component:
                    component.add(path.pop())
                on_path -= component
                yield component


_EFFORT = 200_000
"""How many edges to look at, at most, before a circle is taken for the shortest."""


def _shortest_circle(knot: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    edges = sum(map(len, knot.values()))
    for start in islice(knot, max(1, _EFFORT // edges)):
        circle = _shortest_through(start, knot, limit=len(best) or len(knot) + 1)
        if circle and (not best or len(circle) < len(best)):
            best = circle
        if len(best) == 2:
            break
    return best


def _shortest_through(
    start: str, knot: Mapping[str, Sequence[str]], limit: int
) -> tuple[str, ...] | None:
    """The shortest way from a node back to itself, if it has fewer nodes than `limit`."""
    came_from: dict[str, str] = {}
    level = [start]
    for _ in range(limit - 1):
        following = []
        for node in level:
            for successor in knot[node]:
                if successor == start:
                    return _way(start, node, came_from)
                if successor not in came_from:
                    came_from[successor] = node
                    following.append(successor)
        level = following
    return None


def _way(start: str, end: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
