"""Topological orders."""

import heapq

from networkx._errors import NetworkXError, NetworkXUnfeasible


def topological_generations(G):
    if not G.is_directed():
        raise NetworkXError("Topological sort not defined on undirected graphs.")
    waiting = {node: count for node, count in G.in_degree() if count > 0}
    ready = [node for node, count in G.in_degree() if count == 0]
    while ready:
        current, ready = ready, []
        for node in current:
            for other in G.neighbors(node):
                waiting[other] -= 1
                if waiting[other] == 0:
                    ready.append(other)
                    del waiting[other]
        yield current
    if waiting:
        raise NetworkXUnfeasible("Graph contains a cycle or graph changed during iteration")


def topological_sort(G):
    for generation in topological_generations(G):
        yield from generation


def lexicographical_topological_sort(G, key=None):
    if not G.is_directed():
        raise NetworkXError("Topological sort not defined on undirected graphs.")
    places = {node: place for place, node in enumerate(G)}

    def entry(node):
        return (node if key is None else key(node), places[node], node)

    waiting = {node: count for node, count in G.in_degree() if count > 0}
    ready = [entry(node) for node, count in G.in_degree() if count == 0]
    heapq.heapify(ready)
    while ready:
        node = heapq.heappop(ready)[2]
        for other in G.neighbors(node):
            waiting[other] -= 1
            if waiting[other] == 0:
                heapq.heappush(ready, entry(other))
                del waiting[other]
        yield node
    if waiting:
        raise NetworkXUnfeasible("Graph contains a cycle.")


def is_directed_acyclic_graph(G):
    if not G.is_directed():
        return False
    try:
        list(topological_sort(G))
    except NetworkXUnfeasible:
        return False
    return True
