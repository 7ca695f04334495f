"""`graph.nodes`, `graph.edges` and `graph.degree`."""

from _described import not_followed


class Nodes:
    """`graph.nodes`: iterated, subscripted, or called with `data`."""

    def __init__(self, attributes):
        self._attributes = attributes

    def __iter__(self):
        return iter(self._attributes)

    def __len__(self):
        return len(self._attributes)

    def __contains__(self, node):
        return node in self._attributes

    def __getitem__(self, node):
        return self._attributes[node]

    def __call__(self, data=False, default=None):
        return self if data is False else self.data(data, default)

    def data(self, data=True, default=None):
        if data is True:
            return [(node, found) for node, found in self._attributes.items()]
        return [(node, found.get(data, default)) for node, found in self._attributes.items()]

    def items(self):
        return self._attributes.items()

    def keys(self):
        return self._attributes.keys()

    def values(self):
        return self._attributes.values()

    def get(self, node, default=None):
        return self._attributes.get(node, default)


class Edges:
    """`graph.edges`: iterated, subscripted, or called with nodes and `data`."""

    def __init__(self, graph, neighbours, is_reversed=False):
        self._graph = graph
        self._neighbours = neighbours
        self._is_reversed = is_reversed

    def _triples(self, nbunch=None):
        if nbunch is None:
            nodes = self._graph._node
        else:
            nodes = self._graph.nbunch_iter(nbunch)
        met = set()
        for node in nodes:
            for other, attributes in self._neighbours[node].items():
                if not self._graph.is_directed():
                    if other in met:
                        continue
                yield (other, node, attributes) if self._is_reversed else (node, other, attributes)
            met.add(node)

    def __iter__(self):
        return iter([(one, other) for one, other, _ in self._triples()])

    def __len__(self):
        return len(list(self._triples()))

    def __contains__(self, edge):
        return self._graph.has_edge(*edge[:2])

    def __getitem__(self, edge):
        return self._graph._succ[edge[0]][edge[1]]

    def __call__(self, nbunch=None, data=False, default=None):
        if data is False:
            return [(one, other) for one, other, _ in self._triples(nbunch)]
        if data is True:
            return list(self._triples(nbunch))
        return [
            (one, other, found.get(data, default)) for one, other, found in self._triples(nbunch)
        ]

    def data(self, data=True, default=None):
        return self(data=data, default=default)


class Degrees:
    """`graph.degree`: subscripted, iterated as pairs, or called with a node or several."""

    def __init__(self, graph, count):
        self._graph = graph
        self._count = count

    def __call__(self, nbunch=None, weight=None):
        if weight is not None:
            return not_followed("networkx.Graph.degree with weights")
        if nbunch is None:
            return self
        if nbunch in self._graph:
            return self._count(nbunch)
        return [(node, self._count(node)) for node in self._graph.nbunch_iter(nbunch)]

    def __getitem__(self, node):
        if node not in self._graph._node:
            raise KeyError(node)
        return self._count(node)

    def __iter__(self):
        return iter([(node, self._count(node)) for node in self._graph._node])

    def __len__(self):
        return len(self._graph._node)
