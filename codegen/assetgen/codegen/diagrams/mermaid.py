"""Mermaid flowcharts of the asset graph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.codegen.diagrams.diagram import Cluster, Diagram, Node, diagram_of
from assetgen.codegen.diagrams.templates import template

# Words that Mermaid's lexer takes for itself where the name of a node is due.
RESERVED = frozenset(
    {
        "_blank",
        "_parent",
        "_self",
        "_top",
        "call",
        "class",
        "classDef",
        "click",
        "default",
        "direction",
        "end",
        "flowchart",
        "graph",
        "href",
        "interpolate",
        "linkStyle",
        "style",
        "subgraph",
    }
)
LOOKS = {
    "conditional": "stroke-dasharray: 2 2",
    "external": "fill:#eef4fb,stroke:#4a7ab5",
    "observable": "fill:#f2eefb,stroke:#7a5bb5",
    "stub": "fill:#fff4e5,stroke:#c77700,stroke-dasharray: 5 5",
}
_SHAPES = {"asset": ("(", ")"), "op": ("((", "))")}
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the chart's body, indented by `depth` levels."""

    depth: int
    text: str


def render(pipeline: Pipeline, *, detail: str = "assets") -> str:
    """A flowchart: assets as `key(label)`, ops as `op((label))`, a subgraph per group.

    `detail` is "assets" or "ops", as `diagram_of` says. The same pipeline gives the same text.
    """
    diagram = diagram_of(pipeline, detail=detail)
    names = _names(diagram)
    edges = tuple(
        f"{names[edge.source]} -->{f'|{_label(edge.label)}|' if edge.label else ''} "
        f"{names[edge.target]}"
        for edge in diagram.edges
    )
    looks = {node.look for node in _nodes(diagram)} & LOOKS.keys()
    return template("mermaid.jinja").render(
        body=tuple(_body(diagram, names)),
        edges=edges,
        looks=tuple((look, LOOKS[look]) for look in sorted(looks)),
    )


def _names(diagram: Diagram) -> dict[tuple[str, ...], str]:
    """A Mermaid identifier for each node and frame, unique, and plain where it can be.

    Assets choose first, so that an asset's identifier is its key.
    """
    wanted = sorted(
        [(node.shape != "asset", node.id) for node in _nodes(diagram)]
        + [(True, cluster.id) for cluster in _clusters(diagram.clusters)]
    )
    names: dict[tuple[str, ...], str] = {}
    taken: set[str] = set()
    for _, identity in wanted:
        plain = _identifier(identity)
        name, number = plain, 1
        while name in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name)
        names[identity] = name
    return names


def _identifier(identity: tuple[str, ...]) -> str:
    kind, _, *parts = identity if len(identity) > 2 else (identity[0], "", *identity[1:])
    text = re.sub(r"[^0-9A-Za-z_]", "_", "__".join(parts))[:_LONGEST_ID]
    if kind in ("group", "location", "graph"):
        text = f"{kind}_{text}"
    return f"{text}_" if text in RESERVED else text or "_"


def _body(diagram: Diagram, names: dict[tuple[str, ...], str]) -> Iterator[_Line]:
    for cluster in diagram.clusters:
        yield from _frame(cluster, names, 1)
    for node in diagram.nodes:
        yield _Line(1, _node(node, names))


def _frame(cluster: Cluster, names: dict[tuple[str, ...], str], depth: int) -> Iterator[_Line]:
    yield _Line(depth, f"subgraph {names[cluster.id]} [{_label(cluster.label)}]")
    for node in cluster.nodes:
        yield _Line(depth + 1, _node(node, names))
    for inner in cluster.clusters:
        yield from _frame(inner, names, depth + 1)
    yield _Line(depth, "end")


def _node(node: Node, names: dict[tuple[str, ...], str]) -> str:
    opening, closing = _SHAPES[node.shape]
    look = f":::{node.look}" if node.look else ""
    return f"{names[node.id]}{opening}{_label(node.label)}{closing}{look}"


def _label(text: str) -> str:
    """A quoted label that shows `text` exactly: what Mermaid, HTML or Markdown would read
    otherwise is written as a character entity."""
    return f'"{_SPECIAL.sub(_entity, text)}"' if text.strip() else '"#160;"'


# Beside Mermaid's own signs: underscores and stars that would make text bold, the signs that
# begin a Markdown list, heading or rule, addresses that would become links, and the colon, after
# which Mermaid drops a semicolon in a line that mentions "style".
_SPECIAL = re.compile(
    r"""[^\w\s./()\[\],;=?@!$^~'| +-]|[^\S ]|^\s|\s$|(?<=\s)\s|(?<![^\W_])_|_(?![^\W_])"""
    r"""|(?<=^\d)[.)]|(?<=\d)[.)](?=\s)|^[-+=>]|(?<=/)/|[\x00-\x1f\x7f-\x9f]"""
)


def _entity(match: re.Match[str]) -> str:
    return "".join(f"#{ord(character)};" for character in match.group())


def _nodes(diagram: Diagram) -> Iterator[Node]:
    for cluster in _clusters(diagram.clusters):
        yield from cluster.nodes
    yield from diagram.nodes


def _clusters(clusters: tuple[Cluster, ...]) -> Iterator[Cluster]:
    for cluster in clusters:
        yield cluster
        yield from _clusters(cluster.clusters)
