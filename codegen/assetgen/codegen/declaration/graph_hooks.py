"""The hooks that graphs of ops give all of their steps."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.steps import GraphDefinition
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.link.fragments.expression import Expression
from assetgen.codegen.link.fragments.fragment import Fragment
from assetgen.codegen.link.modules.targets import Symbol


@dataclass(frozen=True, slots=True)
class GraphHooks:
    """The collection of them as the decorator says it, if it does, and the resources they need."""

    expression: Expression | None = None
    resources: tuple[str, ...] = ()


def graph_hooks(linking: Linking, graph: GraphDefinition) -> GraphHooks:
    """What the decorator of a graph says; hooks that its body gives are told of."""
    if graph.function is None:
        return GraphHooks()
    if linking.mentions(graph.function, "with_hooks"):
        message = f"hooks that `{graph.name}` gives its ops itself are not run by the script"
        linking.warn(message, graph.function.span)
    return hooks_given(linking, linking.argument(graph.function, "hooks"))


def hooks_given(linking: Linking, hooks: Expression | None) -> GraphHooks:
    """A collection of hooks, if there is one, with what they need."""
    return GraphHooks(hooks, tuple(sorted({*_needed(linking, hooks)}))) if hooks else GraphHooks()


def _needed(linking: Linking, hooks: Expression) -> Iterator[str]:
    """The resources that the decorators of hooks name."""
    for decorator in _decorators(linking, hooks):
        for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
            if keyword.arg == "required_resource_keys":
                yield from _texts(keyword.value)


def _decorators(linking: Linking, hooks: Expression) -> Iterator[ast.expr]:
    """The decorators of the functions of the project that an expression uses."""
    fragments = (part for part in hooks.parts if isinstance(part, Fragment))
    targets = (linked.target for fragment in fragments for linked in fragment.uses)
    for target in targets:
        for node in linking.definitions(target) if isinstance(target, Symbol) else ():
            yield from getattr(node, "decorator_list", ())


def _texts(node: ast.expr) -> Iterator[str]:
    items = node.elts if isinstance(node, (ast.Set, ast.List, ast.Tuple)) else ()
    for item in items:
        if isinstance(item, ast.Constant) and isinstance(item.value, str):
            yield item.value
