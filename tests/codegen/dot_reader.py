"""Reads DOT by its grammar, as Graphviz states it: what a picture would show, without drawing it.

Of strings only what `generate dot` may write is understood: an escape or an entity that Graphviz
would put something else in place of is refused.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import pairwise

TOKEN = re.compile(
    r"""\s*(?: (?P<string> "(?:[^"\\]|\\.)*" ) | (?P<edge> -> )
      | (?P<sign> [{}\[\]=;,] )
      | (?P<word> [A-Za-z_][A-Za-z_0-9]* | -?(?:\.\d+|\d+(?:\.\d*)?) ) )""",
    re.VERBOSE | re.DOTALL,
)
KEYWORDS = {"node", "edge", "graph", "digraph", "subgraph", "strict"}


@dataclass
class Drawing:
    """Nodes and clusters by name with their attributes; each node's cluster; edges."""

    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    clusters: dict[str, dict[str, str]] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    edges: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


def read(text: str) -> Drawing:
    """The graph; SyntaxError if the text is none."""
    return _Reader(text).graph()


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        place = 0
        text = text.rstrip()
        while place < len(text):
            found = TOKEN.match(text, place)
            if found is None:
                raise SyntaxError(f"no DOT: {text[place : place + 40]!r}")
            self.tokens.append((str(found.lastgroup), str(found[found.lastgroup or 0])))
            place = found.end()
        self.drawing = Drawing()

    def graph(self) -> Drawing:
        self.expect("digraph")
        if self.tokens[0][1] != "{":
            self.name()
        self.statements("")
        if self.tokens:
            raise SyntaxError(f"after the graph there is {self.tokens[0][1]}")
        return self.drawing

    def statements(self, cluster: str) -> None:
        self.expect("{")
        while not self.takes("}"):
            self.statement(cluster)
            self.takes(";")

    def statement(self, cluster: str) -> None:
        kind, text = self.tokens[0]
        if kind == "word" and text in ("node", "edge", "graph"):
            self.tokens.pop(0)
            self.attributes()
        elif (kind, text) == ("word", "subgraph"):
            self.tokens.pop(0)
            name = self.name()
            self.drawing.clusters[name] = {}
            self.statements(name)
        else:
            self.node_edge_or_attribute(cluster)

    def node_edge_or_attribute(self, cluster: str) -> None:
        name = self.name()
        if self.takes("="):
            self.drawing.clusters.setdefault(cluster, {})[name] = shown(self.name())
            return
        chain = [name]
        while self.takes("->"):
            chain.append(self.name())
        attributes = self.attributes() if self.tokens[0][1] == "[" else {}
        for one, other in pairwise(chain):
            self.drawing.edges.append((one, other, attributes))
        if len(chain) == 1:
            self.drawing.nodes.setdefault(name, {}).update(attributes)
            self.drawing.inside.setdefault(name, cluster)

    def attributes(self) -> dict[str, str]:
        found = {}
        self.expect("[")
        while not self.takes("]"):
            name = self.name()
            self.expect("=")
            found[name] = shown(self.name())
            if not self.takes(","):
                self.takes(";")
        return found

    def name(self) -> str:
        kind, text = self.tokens.pop(0)
        if kind == "string":
            return text[1:-1].replace('\\"', '"')
        if kind != "word" or text in KEYWORDS:
            raise SyntaxError(f"{text} is no name")
        return text

    def takes(self, sign: str) -> bool:
        if self.tokens and self.tokens[0] in (("sign", sign), ("edge", sign)):
            self.tokens.pop(0)
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.tokens or self.tokens.pop(0)[1] != text:
            raise SyntaxError(f"{text} is missing")


def shown(text: str) -> str:
    """What a picture shows for the value of an attribute."""
    odd = re.search(r"\\[^\\]|&(?!amp;)|[\n\r]", text.replace("\\\\", ""))
    if odd:
        raise SyntaxError(f"{odd[0]!r} would be shown as something else")
    return html.unescape(text.replace("\\\\", "\\"))
