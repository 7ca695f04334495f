"""A place in a file that is being evaluated, and the calls that led there."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from copy import copy
from typing import TypeVar
from weakref import ref

from assetgen.analyzer.evaluate.values import (
    Choice,
    Function,
    Module,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.model.spans import Origin, Span, start_of
from assetgen.analyzer.syntax.taking import taken_by

Node = TypeVar("Node", bound=ast.AST)


class Site:
    """Where a node of `module` is evaluated, and the calls that led there, outermost first.

    Sites outlive the trees that they were made in: `line` to `end_column` are as the parser gives
    them, `kind` is the class of the node. Spans are made when asked for, since most sites are
    never told. Compared by identity.
    """

    __slots__ = (
        *("_node", "_origin", "chain", "column", "condition", "end_column", "end_line", "kind"),
        *("line", "module"),
    )
    _origin: Origin

    def __init__(
        self,
        module: Module,
        node: ast.AST,
        chain: tuple[Site, ...] = (),
        condition: Unknown | None = None,
    ) -> None:
        self.module = module
        self.chain = chain
        self.condition = condition
        self.kind = type(node)
        try:
            self.line: int = node.lineno  # type: ignore[attr-defined]
            self.column: int = node.col_offset  # type: ignore[attr-defined]
            self.end_line: int | None = node.end_lineno  # type: ignore[attr-defined]
            self.end_column: int | None = node.end_col_offset  # type: ignore[attr-defined]
        except AttributeError:
            self._place(node)
        self._node: Callable[[], ast.AST | None] | None = ref(node)

    def where_chosen(self, *values: Value) -> Site:
        """This site, under the condition which decides what one of some values is, or a part of
        one, if there is one; the user is told elsewhere that it is not known."""
        if self.condition is not None:
            return self
        chosen = next((found for value in values if (found := _choice_in(value))), None)
        if chosen is None:
            return self
        made, why = copy(self), chosen.condition
        made.condition = Unknown("told", why.message, why.span, (why,))
        return made

    def leads_to(self, function: Value, arguments: Iterable[Value], site: Site) -> None:
        """Told, as a call, that in the course of it something was called at `site` whose code is
        not known. It matters to few."""

    @property
    def node(self) -> ast.AST | None:
        """The node; None if it is in no tree of the module."""
        node = self._node() if self._node is not None else None
        if node is None and self.module.parsed is not None:
            place = self.line, self.column, self.end_line, self.end_column
            node = self.module.parsed.node_at(self.kind, *place)
            self._node = ref(node) if node is not None else None
        return node

    @property
    def span(self) -> Span:
        """The place; for one in the description of a package, that of the call that led there."""
        if self.module.is_description:
            outside = (site for site in reversed(self.chain) if not site.module.is_description)
            caller = next(outside, None)
            if caller is not None:
                return caller.span
        parsed = self.module.parsed
        if parsed is None:
            return start_of(self.module.name)
        return parsed.span_between(self.line, self.column, self.end_line, self.end_column)

    @property
    def origin(self) -> Origin:
        """The place and the calls that led there, made once: it is compared a lot."""
        try:
            known = self._origin
        except AttributeError:
            calls = (site for site in self.chain if not site.module.is_description)
            known = self._origin = Origin(self.span, tuple(site.span for site in calls))
        return known

    def at(self, node: ast.AST) -> Site:
        """The same point of the evaluation, at another node of the same module."""
        return Site(self.module, node, self.chain, self.condition)

    @property
    def holds_node(self) -> bool:
        """Whether the node is in no tree in which it could be found again."""
        return self._node is not None and not isinstance(self._node, ref)

    def at_made(self, node: ast.AST) -> Site:
        """The same at a node that is in no tree, which is therefore held."""
        site = self.at(node)
        site._node = lambda: node
        return site

    def under(self, chain: tuple[Site, ...], condition: Unknown | None) -> Site:
        """The same node, evaluated through other calls."""
        return self._copied_to(Site.__new__(Site), chain, condition)

    def is_at(self, node: ast.AST) -> bool:
        """Whether a node of the same module is at this place."""
        return isinstance(node, self.kind) and (
            getattr(node, "lineno", None) == self.line
            and getattr(node, "col_offset", None) == self.column
            and getattr(node, "end_lineno", None) == self.end_line
            and getattr(node, "end_col_offset", None) == self.end_column
        )

    def place(self, node: Node) -> Node:
        """Give a node without a position the position of this one."""
        node.lineno, node.col_offset = self.line, self.column  # type: ignore[attr-defined]
        node.end_lineno = self.end_line  # type: ignore[attr-defined]
        node.end_col_offset = self.end_column  # type: ignore[attr-defined]
        return node

    def _copied_to(self, copy: Copy, chain: tuple[Site, ...], condition: Unknown | None) -> Copy:
        copy.module, copy.chain, copy.condition = self.module, chain, condition
        copy.line, copy.column = self.line, self.column
        copy.end_line, copy.end_column = self.end_line, self.end_column
        copy.kind, copy._node = self.kind, self._node
        return copy

    def _place(self, node: ast.AST) -> None:
        """For a node without a position: where its parts are."""
        parsed = self.module.parsed
        start, end = ((1, 0), (1, 0)) if parsed is None else parsed.extent(node)
        (self.line, self.column), (self.end_line, self.end_column) = start, end


Copy = TypeVar("Copy", bound=Site)


def _choice_in(value: Value) -> Choice | None:
    """The value if there are several options for it, or such an item of a list."""
    if isinstance(value, Sequence):
        return next((item for item in value.items if isinstance(item, Choice)), None)
    return value if isinstance(value, Choice) else None


def site_at(
    module: Module,
    kind: type[ast.AST],
    line: int,
    column: int,
    end_line: int | None,
    end_column: int | None,
    chain: tuple[Site, ...] = (),
    condition: Unknown | None = None,
) -> Site:
    """A site at a place whose node is looked for when it is asked for."""
    site = Site.__new__(Site)
    site.module, site.chain, site.condition = module, chain, condition
    site.kind, site._node = kind, None
    site.line, site.column, site.end_line, site.end_column = line, column, end_line, end_column
    return site


def definition_site(
    function: Function, chain: tuple[Site, ...] = (), condition: Unknown | None = None
) -> Site:
    """Where a function is defined, with the calls that led there."""
    syntax = function.syntax
    if isinstance(syntax, Site):
        return syntax.under(chain, condition)
    return Site(function.module, syntax, chain, condition)


def let_go(function: Function) -> None:
    """Hold the place of a function's definition instead of its syntax, and what will be asked
    of one that is defined in another."""
    syntax = function.syntax
    if not isinstance(syntax, Site):
        if function.scope.parent is not None:
            function.taken = taken_by(syntax)
        function.syntax = Site(function.module, syntax)
