"""Which definitions a statement changes when it is executed, besides those it binds."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from assetgen.codegen.link.modules import Modules
from assetgen.codegen.link.resolve import Imported, Resolver, Submodules, Symbol, Target
from assetgen.codegen.link.source_module import SourceModule

_DEPTH = 4


class Effects:
    """Finds what statements do to definitions made elsewhere."""

    def __init__(self, modules: Modules, resolver: Resolver) -> None:
        self._modules = modules
        self._resolver = resolver

    def changed(self, module: SourceModule, node: ast.AST) -> frozenset[Symbol]:
        """The definitions that the statement fills, assigns into, or has a function do so."""
        return frozenset(self._changed(module, node, (), _DEPTH))

    def is_external(self, module: SourceModule, node: ast.stmt) -> bool:
        """Whether a statement is a bare call into a library, such as `load_dotenv()`.

        Calls that extend `sys.path` do not count: there is nothing left to find by it.
        """
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
            return False
        dotted = _dotted(node.value.func)
        if dotted is None or dotted.startswith("sys.path."):
            return False
        target = self._resolver.of_dotted(module, dotted).target
        if not isinstance(target, (Imported, Submodules)):
            return False
        return not any(self._is_of_api(module, each) for each in ast.walk(node))

    def _is_of_api(self, module: SourceModule, node: ast.AST) -> bool:
        return (
            isinstance(node, (ast.Name, ast.Attribute))
            and self._resolver.is_declared(module, node) is not None
        )

    def _changed(
        self, module: SourceModule, node: ast.AST, seen: tuple[Symbol, ...], depth: int
    ) -> Iterator[Symbol]:
        for place in _executed(node):
            for name in _changed_names(place):
                target = self._symbol(module, name)
                if target is not None:
                    yield target
            called = place.func if isinstance(place, ast.Call) else None
            if isinstance(place, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                for decorator in place.decorator_list:
                    if (
                        self._resolver.is_declared(module, decorator)
                        not in self._resolver.declaring
                    ):
                        yield from self._by_call(module, decorator, seen, depth)
            elif called is not None:
                yield from self._by_call(module, called, seen, depth)

    def _by_call(
        self, module: SourceModule, function: ast.expr, seen: tuple[Symbol, ...], depth: int
    ) -> Iterator[Symbol]:
        if isinstance(function, ast.Call):
            function = function.func
        dotted = _dotted(function)
        symbol = self._symbol(module, dotted) if dotted else None
        if symbol is None or symbol in seen or not depth:
            return
        home = self._modules[symbol.module]
        if not isinstance(home, SourceModule):
            return
        for binding in home.bindings.get(symbol.name, ()):
            if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for each in ast.walk(binding.node):
                    if isinstance(each, ast.Global):
                        yield from (Symbol(home.name, name) for name in each.names)
                for statement in binding.node.body:
                    for inner in (each for each in ast.walk(statement)):
                        if isinstance(inner, (ast.stmt, ast.Call)):
                            yield from self._inside(home, inner, (*seen, symbol), depth - 1)

    def _inside(
        self, module: SourceModule, node: ast.AST, seen: tuple[Symbol, ...], depth: int
    ) -> Iterator[Symbol]:
        for name in _changed_names(node):
            target = self._symbol(module, name)
            if target is not None:
                yield target
        if isinstance(node, ast.Call):
            yield from self._by_call(module, node.func, seen, depth)

    def _symbol(self, module: SourceModule, dotted: str) -> Symbol | None:
        if dotted.partition(".")[0] not in module.bindings:
            return None
        target: Target = self._resolver.of_dotted(module, dotted).target
        return target if isinstance(target, Symbol) else None


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    """What runs at once: bodies of functions do not."""
    yield node
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        return
    for child in ast.iter_child_nodes(node):
        yield from _executed(child)


def _changed_names(node: ast.AST) -> Iterator[str]:
    """Names (dotted) whose object the node itself changes: `x[0] = 1`, `x.a = 1`, `x.add(1)`."""
    targets: list[ast.expr] = []
    if isinstance(node, (ast.Assign, ast.Delete)):
        targets = node.targets
    elif isinstance(node, (ast.AugAssign, ast.For, ast.AsyncFor)):
        targets = [node.target]
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        targets = [node.value.func]
    for target in targets:
        base = target
        while isinstance(base, (ast.Subscript, ast.Attribute, ast.Starred)):
            base = base.value
            dotted = _dotted(base)
            if dotted is not None:
                yield dotted


def _dotted(node: ast.expr) -> str | None:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *parts[::-1]]) if isinstance(node, ast.Name) else None
