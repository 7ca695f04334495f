"""Circles in graphs: all found, each a circle, no edge twice."""

import itertools
import time

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.analyzer.lint.circles import circles

NODES = st.sampled_from("abcdef")
EDGES = st.sets(st.tuples(NODES, NODES), max_size=16)


def graph_of(edges: set[tuple[str, str]]) -> dict[str, list[str]]:
    nodes = sorted({node for edge in edges for node in edge})
    return {node: sorted(end for start, end in edges if start == node) for node in nodes}


def edges_of(circle: tuple[str, ...]) -> set[tuple[str, str]]:
    return set(zip(circle, (*circle[1:], circle[0]), strict=True))


@given(EDGES)
@settings(deadline=None)
def test_every_circle_is_one_and_none_is_left(edges: set[tuple[str, str]]) -> None:
    left = {(start, end) for start, end in edges if start != end}
    for circle in circles(graph_of(edges)):
        assert len(set(circle)) == len(circle)
        assert edges_of(circle) <= left
        left -= edges_of(circle)
    assert networkx.is_directed_acyclic_graph(networkx.DiGraph(left))


@given(EDGES)
@settings(deadline=None)
def test_the_first_circle_is_the_shortest_of_its_knot(edges: set[tuple[str, str]]) -> None:
    graph = networkx.DiGraph((start, end) for start, end in edges if start != end)
    for circle in list(circles(graph_of(edges)))[:1]:
        knot = next(
            each for each in networkx.strongly_connected_components(graph) if circle[0] in each
        )
        shortest = min(map(len, networkx.simple_cycles(graph.subgraph(knot))))
        assert len(circle) == shortest


def test_a_circle_begins_where_its_smallest_node_is() -> None:
    assert list(circles({"c": ["a"], "a": ["b"], "b": ["c"]})) == [("a", "b", "c")]


def test_successors_that_are_no_nodes_end_there() -> None:
    assert list(circles({"a": ["b", "x"], "b": ["a", "y"]})) == [("a", "b")]


def test_thousands_of_circles_take_no_time() -> None:
    names = [f"{number:04}" for number in range(3000)]
    graph = {name: [] for name in names}
    for one, other in itertools.pairwise(names):
        graph[one].append(other)
        graph[other].append(one)
    started = time.process_time()
    found = list(circles(graph))
    assert time.process_time() - started < 5
    assert found[0] == ("0000", "0001")
