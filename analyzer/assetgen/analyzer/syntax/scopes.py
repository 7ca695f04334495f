"""The scopes of a tree, and what each of them uses, binds and declares."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum, auto
from typing import Any

from assetgen.analyzer.syntax.newer_nodes import (
    ParamSpec,
    TypeAlias,
    TypeVarNode,
    TypeVarTuple,
)


class ScopeKind(Enum):
    """What a scope belongs to."""

    MODULE = auto()
    CLASS = auto()
    FUNCTION = auto()
    COMPREHENSION = auto()
    TYPES = auto()
    FRAGMENT = auto()


class Scope:
    """What is used, bound and declared directly in one scope; filled by `enter_scope`."""

    __slots__ = (
        "bound",
        "children",
        "globals",
        "kind",
        "nonlocals",
        "owner",
        "private",
        "used",
        "used_early",
    )

    def __init__(self, kind: ScopeKind, parent: Scope | None = None, private: str = "") -> None:
        self.kind = kind
        self.private: str = private or (parent.private if parent is not None else "")
        """The name of the class around, which private names are mangled with."""
        self.owner: Scope = self
        """Where ``:=`` binds."""
        if kind is ScopeKind.COMPREHENSION:
            self.owner = parent.owner if parent is not None else Scope(ScopeKind.FRAGMENT)
        self.used: set[str] = set()
        self.used_early: set[str] = set()
        self.bound: set[str] = set()
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()
        self.children: list[Scope] = []
        if parent is not None:
            parent.children.append(self)

    def use(self, name: str) -> None:
        name = self.mangled(name)
        self.used.add(name)
        if name not in self.bound:
            self.used_early.add(name)

    def bind(self, name: str) -> None:
        self.bound.add(self.mangled(name))

    def mangled(self, name: str) -> str:
        """The name that ``__name`` stands for in a class."""
        owner = self.private.lstrip("_")
        if owner and name.startswith("__") and not name.endswith("__"):
            return f"_{owner}{name}"
        return name

    def innermost_first(self) -> list[Scope]:
        """This scope and all within it, each after those within it."""
        order: list[Scope] = []
        pending = [self]
        while pending:
            scope = pending.pop()
            order.append(scope)
            pending.extend(scope.children)
        return order[::-1]

    def globals_bound_within(self) -> set[str]:
        """What functions within declare global and bind."""
        return {
            name
            for scope in self.innermost_first()
            if scope is not self
            for name in scope.globals & scope.bound
        }


def enter_scope(node: ast.AST, *, postponed: bool) -> Scope:
    """The inside of a node that has a scope of its own; of another node, the whole of it.

    Annotations are left out if they are ``postponed``: then they bind nothing and need no names.
    """
    kind = _KINDS.get(type(node), ScopeKind.FRAGMENT)
    scope = Scope(kind, private=node.name if isinstance(node, ast.ClassDef) else "")
    inside = _INSIDES.get(type(node))
    _run([(node, scope)] if inside is None else list(inside(node, scope)), postponed)
    return scope


# A node to walk, or a name to bind, in a scope.
_Work = tuple["ast.AST | str", Scope]
_Walk = Callable[[Any, Scope], Iterator[_Work]]


def _run(work: list[_Work], postponed: bool) -> None:
    # An explicit stack, since trees can be deeper than Python's own.
    work.reverse()
    while work:
        item, scope = work.pop()
        if isinstance(item, str):
            scope.bind(item)
            continue
        if isinstance(item, _Annotation):
            if postponed:
                continue
            item = item.node
        walk = _WALKS.get(type(item))
        if walk is None:
            steps: list[_Work] = [(child, scope) for child in ast.iter_child_nodes(item)]
        else:
            steps = list(walk(item, scope))
        steps.reverse()
        work.extend(steps)


class _Annotation(ast.AST):
    """Marks an annotation on its way through the stack."""

    def __init__(self, node: ast.expr) -> None:
        self.node = node


def _all(nodes: Iterable[ast.AST | None], scope: Scope) -> Iterator[_Work]:
    return ((node, scope) for node in nodes if node is not None)


def _name(node: ast.Name, scope: Scope) -> Iterator[_Work]:
    if isinstance(node.ctx, ast.Load):
        scope.use(node.id)
    else:
        scope.bind(node.id)
    return iter(())


def _named_expression(node: ast.NamedExpr, scope: Scope) -> Iterator[_Work]:
    if scope.owner is not scope:
        scope.use(node.target.id)
    yield node.value, scope
    yield node.target.id, scope.owner


def _assign(node: ast.Assign, scope: Scope) -> Iterator[_Work]:
    yield node.value, scope
    yield from _all(node.targets, scope)


def _augmented(node: ast.AugAssign, scope: Scope) -> Iterator[_Work]:
    if isinstance(node.target, ast.Name):
        scope.use(node.target.id)
    yield node.value, scope
    yield node.target, scope


def _annotated(node: ast.AnnAssign, scope: Scope) -> Iterator[_Work]:
    yield _Annotation(node.annotation), scope
    yield from _all((node.value,), scope)
    if node.value is not None or node.simple or not isinstance(node.target, ast.Name):
        yield node.target, scope


def _for(node: ast.For | ast.AsyncFor, scope: Scope) -> Iterator[_Work]:
    yield from _all((node.iter, node.target, *node.body, *node.orelse), scope)


def _global(node: ast.Global, scope: Scope) -> Iterator[_Work]:
    scope.globals.update(map(scope.mangled, node.names))
    return iter(())


def _nonlocal(node: ast.Nonlocal, scope: Scope) -> Iterator[_Work]:
    scope.nonlocals.update(map(scope.mangled, node.names))
    return iter(())


def _import(node: ast.Import, scope: Scope) -> Iterator[_Work]:
    for alias in node.names:
        yield alias.asname or alias.name.partition(".")[0], scope


def _import_from(node: ast.ImportFrom, scope: Scope) -> Iterator[_Work]:
    for alias in node.names:
        if alias.name != "*":
            yield alias.asname or alias.name, scope


def _handler(node: ast.ExceptHandler, scope: Scope) -> Iterator[_Work]:
    yield from _all((node.type,), scope)
    if node.name is not None:
        yield node.name, scope
    yield from _all(node.body, scope)


def _capture(node: ast.MatchAs | ast.MatchStar | ast.MatchMapping, scope: Scope) -> Iterator[_Work]:
    yield from _all(ast.iter_child_nodes(node), scope)
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name is not None:
        yield name, scope


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Iterator[_Work]:
    yield from _all((*node.decorator_list, *node.args.defaults, *node.args.kw_defaults), scope)
    around = _type_scope(node, scope)
    yield from _type_parameters(node, around)
    annotations = [parameter.annotation for parameter in _parameters(node.args)]
    for annotation in (*annotations, node.returns):
        if annotation is not None:
            yield _Annotation(annotation), around
    yield from _function_inside(node, Scope(ScopeKind.FUNCTION, around))
    yield node.name, scope


def _function_inside(node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Iterator[_Work]:
    yield from ((parameter.arg, scope) for parameter in _parameters(node.args))
    yield from _all(node.body, scope)


def _lambda(node: ast.Lambda, scope: Scope) -> Iterator[_Work]:
    yield from _all((*node.args.defaults, *node.args.kw_defaults), scope)
    yield from _lambda_inside(node, Scope(ScopeKind.FUNCTION, scope))


def _lambda_inside(node: ast.Lambda, scope: Scope) -> Iterator[_Work]:
    yield from ((parameter.arg, scope) for parameter in _parameters(node.args))
    yield node.body, scope


def _parameters(node: ast.arguments) -> Iterator[ast.arg]:
    yield from node.posonlyargs
    yield from node.args
    yield from node.kwonlyargs
    yield from (parameter for parameter in (node.vararg, node.kwarg) if parameter is not None)


def _class(node: ast.ClassDef, scope: Scope) -> Iterator[_Work]:
    yield from _all(node.decorator_list, scope)
    around = _type_scope(node, scope)
    yield from _type_parameters(node, around)
    yield from _all((*node.bases, *node.keywords), around)
    yield from _class_inside(node, Scope(ScopeKind.CLASS, around, private=node.name))
    yield node.name, scope


def _class_inside(node: ast.ClassDef, scope: Scope) -> Iterator[_Work]:
    scope.bound.update(("__module__", "__qualname__"))
    return _all(node.body, scope)


def _type_scope(node: ast.AST, scope: Scope) -> Scope:
    return Scope(ScopeKind.TYPES, scope) if getattr(node, "type_params", ()) else scope


def _type_parameters(node: ast.AST, scope: Scope) -> Iterator[_Work]:
    return _all(getattr(node, "type_params", ()), scope)


def _type_alias(node: Any, scope: Scope) -> Iterator[_Work]:
    around = Scope(ScopeKind.TYPES, scope)
    yield from _type_parameters(node, around)
    yield node.value, around
    yield node.name.id, scope


def _type_parameter(node: Any, scope: Scope) -> Iterator[_Work]:
    yield node.name, scope
    yield from _all(ast.iter_child_nodes(node), scope)


_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def _comprehension(node: _Comprehension, scope: Scope) -> Iterator[_Work]:
    yield node.generators[0].iter, scope
    yield from _comprehension_inside(node, Scope(ScopeKind.COMPREHENSION, scope))


def _comprehension_inside(node: _Comprehension, scope: Scope) -> Iterator[_Work]:
    first, *others = node.generators
    yield from _all((first.target, *first.ifs), scope)
    for clause in others:
        yield from _all((clause.iter, clause.target, *clause.ifs), scope)
    if isinstance(node, ast.DictComp):
        yield from _all((node.key, node.value), scope)
    else:
        yield node.elt, scope


_KINDS: Mapping[type, ScopeKind] = {
    ast.Module: ScopeKind.MODULE,
    ast.ClassDef: ScopeKind.CLASS,
    ast.FunctionDef: ScopeKind.FUNCTION,
    ast.AsyncFunctionDef: ScopeKind.FUNCTION,
    ast.Lambda: ScopeKind.FUNCTION,
    ast.ListComp: ScopeKind.COMPREHENSION,
    ast.SetComp: ScopeKind.COMPREHENSION,
    ast.DictComp: ScopeKind.COMPREHENSION,
    ast.GeneratorExp: ScopeKind.COMPREHENSION,
}
"""The node classes that have names of their own."""

_INSIDES: Mapping[type, _Walk] = {
    ast.ClassDef: _class_inside,
    ast.FunctionDef: _function_inside,
    ast.AsyncFunctionDef: _function_inside,
    ast.Lambda: _lambda_inside,
    ast.ListComp: _comprehension_inside,
    ast.SetComp: _comprehension_inside,
    ast.DictComp: _comprehension_inside,
    ast.GeneratorExp: _comprehension_inside,
}
_WALKS: Mapping[type, _Walk] = {
    ast.Name: _name,
    ast.NamedExpr: _named_expression,
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.AnnAssign: _annotated,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.ExceptHandler: _handler,
    ast.MatchAs: _capture,
    ast.MatchStar: _capture,
    ast.MatchMapping: _capture,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    TypeAlias: _type_alias,
    TypeVarNode: _type_parameter,
    TypeVarTuple: _type_parameter,
    ParamSpec: _type_parameter,
}
