"""The asset graph in DOT, the language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.codegen.diagrams.diagram import Cluster, Node, diagram_of

_LOOKS = {
    "": "",
    "conditional": ' style="rounded,dashed"',
    "external": ' style="rounded,filled" fillcolor="#eef4fb" color="#4a7ab5"',
    "observable": ' style="rounded,filled" fillcolor="#f2eefb" color="#7a5bb5"',
    "stub": ' style="rounded,filled,dashed" fillcolor="#fff4e5" color="#c77700"',
}
_SHAPES = {"asset": "", "op": " shape=ellipse"}


def render(pipeline: Pipeline, *, detail: str = "assets") -> str:
    """A directed graph: boxes for assets, ellipses for ops, a cluster per group.

    `detail` is "assets" or "ops", as `diagram_of` says. The same pipeline gives the same text.
    """
    diagram = diagram_of(pipeline, detail=detail)
    lines = [
        "digraph assets {",
        "    rankdir=LR",
        '    node [shape=box style=rounded fontname="Helvetica"]',
        '    graph [fontname="Helvetica" style=rounded color="#9aa4b5"]',
    ]
    for cluster in diagram.clusters:
        lines += _frame(cluster, 1)
    lines += [_node(node, 1) for node in diagram.nodes]
    for edge in diagram.edges:
        label = f" [label={_quoted(edge.label)}]" if edge.label else ""
        lines.append(f"    {_name(edge.source)} -> {_name(edge.target)}{label}")
    return "\n".join([*lines, "}"]) + "\n"


def _frame(cluster: Cluster, depth: int) -> Iterator[str]:
    margin = "    " * depth
    # Graphviz frames a subgraph if its name begins so.
    yield f"{margin}subgraph {_quoted('cluster ' + _joined(cluster.id))} {{"
    yield f"{margin}    label={_quoted(cluster.label)}"
    for node in cluster.nodes:
        yield _node(node, depth + 1)
    for inner in cluster.clusters:
        yield from _frame(inner, depth + 1)
    yield f"{margin}}}"


def _node(node: Node, depth: int) -> str:
    attributes = f"label={_quoted(node.label)}{_SHAPES[node.shape]}{_LOOKS[node.look]}"
    return f"{'    ' * depth}{_name(node.id)} [{attributes}]"


def _name(identity: tuple[str, ...]) -> str:
    return _quoted(_joined(identity))


def _joined(identity: tuple[str, ...]) -> str:
    """One text for the parts, another for any other parts."""
    return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in identity)


def _quoted(text: str) -> str:
    """A string that shows exactly `text`: no escape, no entity and no line end is left in it."""
    shown = text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return (
        '"'
        + "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in shown)
        + '"'
    )
