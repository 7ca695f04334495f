"""Where evaluation stands: a node in a file, and the calls that led there."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from assetgen.analyzer.evaluate.values import Module, Unknown
from assetgen.analyzer.model.spans import Origin, Span


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A node of `module` that is evaluated, and the calls that led there, outermost first.

    Spans are made when asked for, since most sites are never told.
    """

    module: Module
    node: ast.AST
    chain: tuple[Site, ...] = ()
    condition: Unknown | None = None

    @property
    def span(self) -> Span:
        return self.span_of(self.node)

    def span_of(self, node: ast.AST) -> Span:
        """The span of another node of the same module."""
        parsed = self.module.parsed
        if parsed is None:
            return Span(self.module.name, 1, 1, 1, 1)
        return parsed.span(node)

    @property
    def origin(self) -> Origin:
        return Origin(self.span, tuple(site.span for site in self.chain))

    def at(self, node: ast.AST) -> Site:
        """The same place in the evaluation, at another node of the same module."""
        return Site(self.module, node, self.chain, self.condition)
