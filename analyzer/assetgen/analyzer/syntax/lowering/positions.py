"""Where the nodes of a LibCST tree stand in its text."""

from __future__ import annotations

import re
from types import TracebackType

import libcst as cst
from libcst._nodes.internal import CodegenState

from assetgen.analyzer.syntax.lowering.unreadable import UnreadableError

_INSIGNIFICANT = frozenset(" \t\f\r\n#\\")
_GAP = re.compile(r"(?:[ \t\f\r\n]|\\(?:\r\n|\r|\n)|#[^\r\n]*)+")


def record_positions(module: cst.Module, text: str) -> Positions:
    """Write the tree out once, noting the offset of every node on the way.

    Raises `UnreadableError` if the tree is not that of the text.
    """
    positions = Positions(module.default_indent, module.default_newline)
    positions.text = text
    module._codegen(positions)
    return positions


class Positions(CodegenState):
    """Offsets in characters of the nodes of one module.

    LibCST's own position providers split every token into lines, which costs more than the rest.
    They also trust the tree to hold every character; but LibCST forgets some whitespace (before the
    colon of an ``except``, a form feed at the top), so that here each significant token is looked
    up in the text. An end is where the last significant token ended, which is how CPython defines
    it too.
    """

    __slots__ = ("_ends", "_spans", "_starts", "last", "offset", "text")

    def __init__(self, default_indent: str, default_newline: str) -> None:
        super().__init__(default_indent, default_newline)
        self.text = ""
        self.offset = 0
        self.last = 0
        # By the node's identity: LibCST's own hash of a node is the same, but slower.
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._spans: dict[int, tuple[int, int]] = {}

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Start and end of a node, without parentheses around it."""
        span = self._spans.get(id(node))
        return span if span is not None else (self._starts[id(node)], self._ends[id(node)])

    def start(self, node: cst.CSTNode) -> int:
        """Where the writing of a node began, its parentheses included."""
        return self._starts[id(node)]

    def add_token(self, value: str) -> None:
        if not value:
            return
        if self.text.startswith(value, self.offset):
            self.offset += len(value)
        elif value[0] in _INSIGNIFICANT:
            return
        else:
            start = self.next_token(self.offset)
            if not self.text.startswith(value, start):
                raise UnreadableError("LibCST misread this file", self.offset)
            self.offset = start + len(value)
        if value[0] not in _INSIGNIFICANT:
            self.last = self.offset

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.add_token(token)

    def pop_trailing_newline(self) -> None:
        """The newline that a file need not end with: nothing was advanced for it."""

    def before_codegen(self, node: cst.CSTNode) -> None:
        self._starts[id(node)] = self.offset

    def after_codegen(self, node: cst.CSTNode) -> None:
        self._ends[id(node)] = self.last

    def record_syntactic_position(  # type: ignore[override]
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> _Recording:
        return _Recording(self, node)

    def next_token(self, offset: int) -> int:
        """Where the first significant token at or after an offset begins."""
        if self.text[offset : offset + 1] not in _INSIGNIFICANT:
            return offset
        gap = _GAP.match(self.text, offset)
        return gap.end() if gap else offset

    def record(self, node: cst.CSTNode, start: int) -> None:
        self._spans[id(node)] = (start, self.last)


class _Recording:
    """Notes where the significant part of a node begins and ends."""

    __slots__ = ("_node", "_positions", "_start")

    def __init__(self, positions: Positions, node: cst.CSTNode) -> None:
        self._positions = positions
        self._node = node

    def __enter__(self) -> None:
        self._start = self._positions.next_token(self._positions.offset)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._positions.record(self._node, self._start)
