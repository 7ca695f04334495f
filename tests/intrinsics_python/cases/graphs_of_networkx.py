"""Graphs of networkx: how they are filled, changed and ordered."""

import networkx as nx

G = nx.DiGraph({'a': ['b', 'c'], 'b': ['d'], 'c': ['d'], 'd': []})
G.add_node('x', group='g')
G.add_nodes_from(['y', ('z', {'q': 1})], group='h')
G.add_weighted_edges_from([('x', 'y', 3)])
G.edges['a', 'b']['w'] = 5
H = G.subgraph(['a', 'b', 'd'])
U = G.to_undirected()
C = G.copy()
C.remove_node('d')
C.remove_edge('a', 'b')
try:
    list(nx.topological_sort(nx.DiGraph([(1, 2), (2, 1)])))
    e = ''
except nx.NetworkXUnfeasible as x:
    e = str(x)
try:
    nx.descendants(G, 'nope')
    e2 = ''
except nx.NetworkXError as x:
    e2 = type(x).__name__
D = nx.relabel_nodes(G, {'a': 'A'})

graph_0 = list(G)
graph_1 = list(G.edges(data=True))
graph_3 = dict(G.nodes(data=True))
graph_5 = sorted(map(sorted, U.edges))
graph_6 = list(C.nodes)
graph_7 = list(C.edges)
graph_8 = e
graph_9 = e2
graph_10 = list(D.edges())
graph_11 = dict(G.in_degree())
graph_12 = dict(G.out_degree(['a', 'b']))
graph_13 = [n for n, d in G.in_degree() if d == 0]
graph_14 = list(G.in_edges('d'))
graph_16 = G.number_of_edges()
graph_17 = list(nx.all_simple_paths(G, 'a', 'd'))
graph_18 = [sorted(c) for c in nx.weakly_connected_components(G)]
graph_19 = list(nx.transitive_reduction(nx.DiGraph([('a', 'b'), ('b', 'c'), ('a', 'c')])).edges)
graph_20 = list(nx.topological_sort(G.reverse()))
graph_21 = list(nx.compose(nx.DiGraph([(1, 2)]), nx.DiGraph([(2, 3)])).edges)
graph_22 = nx.get_node_attributes(G, 'group')
graph_23 = list(nx.lexicographical_topological_sort(G, key=lambda n: -ord(n)))
graph_24 = G.degree('a')
graph_25 = sorted(nx.transitive_closure(G)['a'])
graph_26 = G.has_edge('a', 'b')
graph_27 = G.get_edge_data('x', 'y')
graph_28 = list(nx.Graph([(1, 2), (2, 3)]).neighbors(2))
graph_29 = nx.has_path(U, 'd', 'a')
graph_30 = sorted(nx.ancestors(G, 'd'))
graph_31 = list(G.successors('a'))
graph_32 = len(G)
graph_33 = list(G.nodes)
graph_34 = hasattr(G, 'succ')
graph_35 = [list(g) for g in nx.topological_generations(G)]
