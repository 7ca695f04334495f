"""The order in which Python would execute modules."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from assetgen.codegen.link.modules.modules import Modules
from assetgen.codegen.link.modules.source_module import SourceModule


def module_order(modules: Modules, kept: Iterable[str]) -> Mapping[str, int]:
    """Ranks modules so that what a module imports comes before it; ties by name.

    As in Python, a package is executed before what is in it, and may import that itself.
    """
    done: dict[str, int] = {}
    loaded = {module.name: module for module in modules.loaded()}
    entered: set[str] = set()

    def visit(name: str) -> None:
        for package in _packages(name.rpartition(".")[0]):
            if package in loaded:
                visit(package)
        if name in entered:
            return
        entered.add(name)
        for imported in _imports(loaded[name]):
            if imported in loaded:
                visit(imported)
        done[name] = len(done)

    for name in sorted(kept):
        visit(name)
    return done


def _imports(module: SourceModule) -> Iterable[str]:
    """Modules that a module's own statements import, in that order; some may not exist."""
    for statement in module.imports:
        for node in _importing(statement):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield from _packages(alias.name)
            elif isinstance(node, ast.ImportFrom):
                name = module.absolute(node)
                if name:
                    yield from _packages(name)
                    yield from (f"{name}.{alias.name}" for alias in node.names)


def _importing(node: ast.stmt) -> Iterable[ast.AST]:
    """The nodes of a statement among which imports may be."""
    return (node,) if isinstance(node, (ast.Import, ast.ImportFrom)) else ast.walk(node)


def _packages(name: str) -> Iterable[str]:
    parts = name.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))
