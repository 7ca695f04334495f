"""Which decorators of a function are left when Dagster is gone."""

from __future__ import annotations

import ast

from assetgen.codegen.link.modules.resolver import Resolver
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.modules.targets import ModuleTarget, Symbol

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def declared_by(resolver: Resolver, module: SourceModule, node: ast.AST) -> str | None:
    """The declaring decorator of a definition, if it has one."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return None
    names = (resolver.is_declared(module, each) for each in node.decorator_list)
    return next((name for name in names if name in resolver.declaring), None)


def kept_decorators(
    resolver: Resolver, module: SourceModule, node: Definition, role: str
) -> list[ast.expr]:
    """The decorators that still do something for the function.

    `role` is "step" for a function that a step runs, "captured" for one that another function
    holds on to, "helper" for any other. What stands above a declaring decorator gets a
    definition and no function, so it goes as well. Without a declaring one, a decorator of the
    project's own is what made the asset.
    """
    last = -1
    own = -1
    for index, decorator in enumerate(node.decorator_list):
        if resolver.is_declared(module, decorator) in resolver.declaring:
            last = index
        elif _is_own(resolver, module, decorator):
            own = index
    if role == "captured" or (role == "step" and last < 0):
        last = max(last, own)
    return node.decorator_list[last + 1 :]


def without_decorators(node: ast.stmt, kept: list[ast.expr]) -> ast.stmt:
    """The definition with these decorators: a shallow copy if it has others."""
    if node.decorator_list == kept:  # type: ignore[attr-defined]
        return node
    result = ast.AST.__new__(type(node))
    result.__dict__.update(node.__dict__, decorator_list=kept)
    return result


def _is_own(resolver: Resolver, module: SourceModule, decorator: ast.expr) -> bool:
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return False
    target = resolver.of_dotted(module, ".".join([node.id, *parts[::-1]])).target
    return isinstance(target, (Symbol, ModuleTarget))
