"""Modules of the project that functions hold on to, as far as these use them."""

from __future__ import annotations

import ast

from assetgen.analyzer.model.functions import Captured, NameRef
from assetgen.codegen.link.modules.decorators import declared_by
from assetgen.codegen.link.modules.modules import Modules
from assetgen.codegen.link.modules.resolver import Resolver
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.modules.targets import Imported, Symbol
from assetgen.codegen.link.names.uses import uses_in

Part = tuple[str, Symbol | Imported]
"""An attribute of a module, and what it is."""


def parts_used(
    modules: Modules, resolver: Resolver, node: ast.AST, name: str, value: Captured
) -> tuple[Part, ...] | None:
    """The attributes that a function takes of a module which it holds on to by a name.

    None if the value is no module of the project, or if more is done with it, or if the attributes
    may change.
    """
    if not isinstance(value, NameRef) or value.name:
        return None
    module = modules[value.module]
    if not isinstance(module, SourceModule):
        return None
    uses = [use for use in uses_in(node) if use.name == name]
    if module.has_globals or not all(
        use.chain and isinstance(use.chain[0].ctx, ast.Load) for use in uses
    ):
        return None
    parts: list[Part] = []
    for attribute in sorted({use.chain[0].attr for use in uses}):
        found = resolver.in_module(value.module, attribute)
        if not isinstance(found, (Symbol, Imported)) or _is_declared(modules, resolver, found):
            return None
        parts.append((attribute, found))
    return tuple(parts)


def _is_declared(modules: Modules, resolver: Resolver, target: Symbol | Imported) -> bool:
    """Whether something is a definition of the API, which is a plain function in a script."""
    module = modules[target.module] if isinstance(target, Symbol) else None
    if not isinstance(module, SourceModule):
        return False
    bindings = module.bindings.get(target.name, ())
    return any(declared_by(resolver, module, each.node) is not None for each in bindings)
