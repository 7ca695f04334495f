"""Graphs that are made from others, and attributes of their nodes."""

from _described import not_followed

from networkx._graphs import Graph


def compose(G, H):
    made = type(G)(G)
    made.update(H)
    return made


def relabel_nodes(G, mapping, copy=True):
    if not copy:
        return not_followed("networkx.relabel_nodes in place")
    names = {node: mapping(node) if callable(mapping) else mapping.get(node, node) for node in G}
    made = type(G)()
    made.graph.update(G.graph)
    made.add_nodes_from([(names[node], dict(found)) for node, found in G.nodes(data=True)])
    made.add_edges_from([(names[a], names[b], dict(found)) for a, b, found in G.edges(data=True)])
    return made


def from_dict_of_lists(d, create_using=None):
    made = Graph() if create_using is None else create_using()
    made.add_nodes_from(d)
    made.add_edges_from([(node, other) for node, others in d.items() for other in others])
    return made


def from_edgelist(edgelist, create_using=None):
    made = Graph() if create_using is None else create_using()
    made.add_edges_from(edgelist)
    return made


def set_node_attributes(G, values, name=None):
    for node in G:
        if name is None:
            if node in values:
                G.nodes[node].update(values[node])
        elif not isinstance(values, dict):
            G.nodes[node][name] = values
        elif node in values:
            G.nodes[node][name] = values[node]


def get_node_attributes(G, name, default=None):
    found = dict(G.nodes.items())
    if default is not None:
        return {node: attributes.get(name, default) for node, attributes in found.items()}
    return {node: attributes[name] for node, attributes in found.items() if name in attributes}
