"""What is reached in a graph."""

from _described import not_followed

from networkx._errors import NetworkXError, NodeNotFound
from networkx._graphs import DiGraph
from networkx._orders import is_directed_acyclic_graph


def _reached(neighbours, source):
    met = {source}
    waiting = [source]
    while waiting:
        for other in neighbours[waiting.pop()]:
            if other not in met:
                met.add(other)
                waiting.append(other)
    return met


def descendants(G, source):
    if source not in G:
        raise NetworkXError(f"The node {source} is not in the graph.")
    return _reached(G._succ, source) - {source}


def ancestors(G, source):
    if source not in G:
        raise NetworkXError(f"The node {source} is not in the graph.")
    return _reached(G._pred, source) - {source}


def has_path(G, source, target):
    for node in (source, target):
        if node not in G:
            raise NodeNotFound(f"Either source {source} or target {target} is not in G")
    return target in _reached(G._succ, source)


def all_simple_paths(G, source, target, cutoff=None):
    if source not in G:
        raise NodeNotFound(f"source node {source} not in graph")
    targets = {target} if target in G else set(target)
    longest = len(G) - 1 if cutoff is None else cutoff

    def paths(path):
        if path[-1] in targets:
            yield list(path)
        if len(path) > longest:
            return
        for other in G[path[-1]]:
            if other not in path:
                yield from paths([*path, other])

    return paths([source])


def _components(G, neighbours):
    met = set()
    for node in G:
        if node not in met:
            found = _reached(neighbours, node)
            met |= found
            yield found


def weakly_connected_components(G):
    around = {node: [*G._succ[node], *G._pred[node]] for node in G}
    return _components(G, around)


def connected_components(G):
    return _components(G, G._succ)


def is_weakly_connected(G):
    return len(list(weakly_connected_components(G))) == 1


def transitive_closure(G, reflexive=False):
    if reflexive is not False:
        return not_followed("networkx.transitive_closure with `reflexive`")
    made = G.copy()
    for node in G:
        for other in descendants(G, node):
            if not made.has_edge(node, other):
                made.add_edge(node, other)
    return made


def transitive_reduction(G):
    if not is_directed_acyclic_graph(G):
        raise NetworkXError("Directed Acyclic Graph required for transitive_reduction")
    made = DiGraph()
    made.add_nodes_from(G.nodes())
    for node in G:
        beyond = set()
        for other in G[node]:
            beyond |= descendants(G, other)
        made.add_edges_from([(node, other) for other in G[node] if other not in beyond])
    return made
