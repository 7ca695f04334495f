"""`networkx`: directed and undirected graphs, and how they are ordered."""

from networkx._errors import (
    NetworkXAlgorithmError,
    NetworkXError,
    NetworkXException,
    NetworkXNoCycle,
    NetworkXNoPath,
    NetworkXUnfeasible,
    NodeNotFound,
)
from networkx._graphs import (
    DiGraph,
    Graph,
)
from networkx._made import (
    compose,
    from_dict_of_lists,
    from_edgelist,
    get_node_attributes,
    relabel_nodes,
    set_node_attributes,
)
from networkx._orders import (
    is_directed_acyclic_graph,
    lexicographical_topological_sort,
    topological_generations,
    topological_sort,
)
from networkx._reach import (
    all_simple_paths,
    ancestors,
    connected_components,
    descendants,
    has_path,
    is_weakly_connected,
    transitive_closure,
    transitive_reduction,
    weakly_connected_components,
)
