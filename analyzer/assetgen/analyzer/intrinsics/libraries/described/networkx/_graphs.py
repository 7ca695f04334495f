"""Graphs and directed graphs."""

from _described import not_followed

from networkx._errors import NetworkXError
from networkx._views import Degrees, Edges, Nodes


class Graph:
    def __init__(self, incoming_graph_data=None, **attr):
        self.graph = dict(attr)
        self._node = {}
        self._succ = {}
        self._pred = {} if self.is_directed() else self._succ
        if incoming_graph_data is not None:
            self._fill(incoming_graph_data)

    def _fill(self, data):
        if isinstance(data, Graph):
            self.graph.update({**data.graph, **self.graph})
            self.add_nodes_from([(node, dict(found)) for node, found in data._node.items()])
            for one, others in data._succ.items():
                for other, found in others.items():
                    self.add_edge(one, other, **found)
        elif isinstance(data, dict):
            self.add_nodes_from(data)
            for one, others in data.items():
                for other in others:
                    found = others[other] if isinstance(others, dict) else {}
                    self.add_edge(one, other, **(found if isinstance(found, dict) else {}))
        else:
            self.add_edges_from(data)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return not_followed(f"networkx.{type(self).__name__}.{name}")

    def __iter__(self):
        return iter(self._node)

    def __len__(self):
        return len(self._node)

    def __contains__(self, node):
        return not isinstance(node, (list, set, dict)) and node in self._node

    def __getitem__(self, node):
        return self._succ[node]

    def is_directed(self):
        return False

    def is_multigraph(self):
        return False

    # -- changes

    def add_node(self, node_for_adding, **attr):
        if node_for_adding is None:
            raise ValueError("None cannot be a node")
        if node_for_adding not in self._node:
            self._node[node_for_adding] = {}
            self._succ[node_for_adding] = {}
            if self.is_directed():
                self._pred[node_for_adding] = {}
        self._node[node_for_adding].update(attr)

    def add_nodes_from(self, nodes_for_adding, **attr):
        for node in nodes_for_adding:
            if isinstance(node, tuple) and len(node) == 2 and isinstance(node[1], dict):
                self.add_node(node[0], **{**attr, **node[1]})
            else:
                self.add_node(node, **attr)

    def add_edge(self, u_of_edge, v_of_edge, **attr):
        self.add_node(u_of_edge)
        self.add_node(v_of_edge)
        found = self._succ[u_of_edge].get(v_of_edge, {})
        found.update(attr)
        self._succ[u_of_edge][v_of_edge] = found
        self._pred[v_of_edge][u_of_edge] = found

    def add_edges_from(self, ebunch_to_add, **attr):
        for edge in ebunch_to_add:
            one, other, *found = edge
            self.add_edge(one, other, **{**attr, **(found[0] if found else {})})

    def add_weighted_edges_from(self, ebunch_to_add, weight="weight", **attr):
        for one, other, value in ebunch_to_add:
            self.add_edge(one, other, **{**attr, weight: value})

    def remove_edge(self, u, v):
        if not self.has_edge(u, v):
            raise NetworkXError(f"The edge {u}-{v} is not in the graph")
        del self._succ[u][v]
        if self.is_directed() or u != v:
            del self._pred[v][u]

    def remove_edges_from(self, ebunch):
        for edge in ebunch:
            if self.has_edge(*edge[:2]):
                self.remove_edge(*edge[:2])

    def remove_node(self, n):
        if n not in self._node:
            raise NetworkXError(f"The node {n} is not in the graph.")
        del self._node[n]
        for other in list(self._succ[n]):
            self._pred[other].pop(n, None)
        for other in list(self._pred[n]):
            self._succ[other].pop(n, None)
        del self._succ[n]
        self._pred.pop(n, None)

    def remove_nodes_from(self, nodes):
        for node in list(nodes):
            if node in self._node:
                self.remove_node(node)

    def clear(self):
        for held in (self._node, self._succ, self._pred, self.graph):
            held.clear()

    def update(self, edges=None, nodes=None):
        if isinstance(edges, Graph):
            nodes, edges = edges.nodes(data=True), edges.edges(data=True)
        self.add_nodes_from(nodes or ())
        self.add_edges_from(edges or ())

    # -- questions

    @property
    def nodes(self):
        return Nodes(self._node)

    @property
    def edges(self):
        return Edges(self, self._succ)

    @property
    def adj(self):
        return self._succ

    @property
    def degree(self):
        return Degrees(self, self._degree)

    def _degree(self, node):
        return len(self._succ[node]) + (1 if node in self._succ[node] else 0)

    @property
    def name(self):
        return self.graph.get("name", "")

    def adjacency(self):
        return iter(self._succ.items())

    def has_node(self, n):
        return n in self._node

    def has_edge(self, u, v):
        return u in self._succ and v in self._succ[u]

    def get_edge_data(self, u, v, default=None):
        return self._succ[u][v] if self.has_edge(u, v) else default

    def neighbors(self, n):
        return self._others(self._succ, n)

    def _others(self, neighbours, node):
        if node not in neighbours:
            raise NetworkXError(f"The node {node} is not in the graph.")
        return iter(neighbours[node])

    def number_of_nodes(self):
        return len(self._node)

    def order(self):
        return len(self._node)

    def number_of_edges(self, u=None, v=None):
        if u is not None:
            return int(self.has_edge(u, v))
        return len(self.edges)

    def size(self, weight=None):
        if weight is not None:
            return not_followed("networkx.Graph.size with weights")
        return len(self.edges)

    def nbunch_iter(self, nbunch=None):
        if nbunch is None:
            return iter(self._node)
        if nbunch in self:
            return iter([nbunch])
        return iter([node for node in nbunch if node in self._node])

    # -- other graphs

    def copy(self, as_view=False):
        return type(self)(self)

    def subgraph(self, nodes):
        wanted = set(self.nbunch_iter(nodes))
        made = type(self)()
        made.graph.update(self.graph)
        made.add_nodes_from([(node, found) for node, found in self._node.items() if node in wanted])
        made.add_edges_from(
            [edge for edge in self.edges(data=True) if edge[0] in wanted and edge[1] in wanted]
        )
        return made

    def edge_subgraph(self, edges):
        made = type(self)()
        chosen = [(edge[0], edge[1]) for edge in edges]
        ends = {node for edge in chosen for node in edge}
        made.add_nodes_from([(node, found) for node, found in self._node.items() if node in ends])
        made.add_edges_from(
            [edge for edge in self.edges(data=True) if (edge[0], edge[1]) in chosen]
        )
        return made

    def to_undirected(self, reciprocal=False, as_view=False):
        return Graph(self)

    def to_directed(self, as_view=False):
        return DiGraph(self)


class DiGraph(Graph):
    def is_directed(self):
        return True

    @property
    def succ(self):
        return self._succ

    @property
    def pred(self):
        return self._pred

    @property
    def out_edges(self):
        return Edges(self, self._succ)

    @property
    def in_edges(self):
        return Edges(self, self._pred, True)

    @property
    def in_degree(self):
        return Degrees(self, lambda node: len(self._pred[node]))

    @property
    def out_degree(self):
        return Degrees(self, lambda node: len(self._succ[node]))

    def _degree(self, node):
        return len(self._succ[node]) + len(self._pred[node])

    def successors(self, n):
        return self._others(self._succ, n)

    def predecessors(self, n):
        return self._others(self._pred, n)

    def has_successor(self, u, v):
        return self.has_edge(u, v)

    def has_predecessor(self, u, v):
        return self.has_edge(v, u)

    def reverse(self, copy=True):
        made = DiGraph()
        made.graph.update(self.graph)
        made.add_nodes_from([(node, dict(found)) for node, found in self._node.items()])
        made.add_edges_from([(other, one, found) for one, other, found in self.edges(data=True)])
        return made
