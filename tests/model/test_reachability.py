"""What can be reached in a directed graph."""

import pytest

from assetgen.analyzer.model.reachability import reachable

GRAPH = {"a": ["b"], "b": ["c", "d"], "c": ["a"], "e": ["e"]}


@pytest.mark.parametrize(
    ("start", "depth", "found"),
    [
        ("a", None, "abcd"),
        ("a", 1, "b"),
        ("a", 2, "bcd"),
        ("a", 0, ""),
        ("d", None, ""),
        ("e", None, "e"),
        ("ae", 1, "be"),
        ("", None, ""),
    ],
)
def test_reachable(start, depth, found):
    assert reachable(start, GRAPH, depth) == set(found)
