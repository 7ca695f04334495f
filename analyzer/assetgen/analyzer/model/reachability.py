"""Which nodes of a directed graph can be reached from others."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def reachable(
    start: Iterable[Node], successors: Mapping[Node, Iterable[Node]], depth: int | None = None
) -> set[Node]:
    """The nodes at the ends of paths of 1 to `depth` edges (any number if None) from `start`.

    A node of `start` is among them only if such a path leads to it. One that is no key has no
    successors.
    """
    return followed(start, lambda node: successors.get(node, ()), depth)


def followed(
    start: Iterable[Node], step: Callable[[Node], Iterable[Node]], depth: int | None = None
) -> set[Node]:
    """The same, if `step` gives the successors of a node."""
    reached: set[Node] = set()
    frontier = set(start)
    while frontier and depth != 0:
        frontier = {node for each in frontier for node in step(each)} - reached
        reached |= frontier
        depth = None if depth is None else depth - 1
    return reached
