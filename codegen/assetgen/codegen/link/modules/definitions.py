"""Finding the definition that the model refers to in its module's tree."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Hashable, Iterable

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.analyzer.model.spans import Span
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.names.bound_names import (
    argument_names,
    bound_names,
    children,
    import_name,
)

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Found:
    """A function's definition and what stands around it.

    `column` is its indentation. `is_own`: it is the last thing at module level bound to its
    name. `owner` is the class at module level that it is a method of. `functions` are the
    functions around it, outermost first, `variables` their local names, and `imports` the
    import statements inside them.
    """

    node: FunctionNode
    name: str
    column: int
    is_own: bool
    owner: str | None
    functions: tuple[ast.AST, ...]
    variables: frozenset[str]
    imports: dict[str, tuple[ast.Import | ast.ImportFrom, ast.alias]]


def find_function(
    module: SourceModule, ref: FunctionRef, nested: dict[Hashable, Found | None]
) -> Found | None:
    """The function or lambda that `ref` means, by its place and name; `nested` are those inside of
    others that have been looked for."""
    name = ref.qualname.rpartition(".")[2]
    top = module.functions.get((name, ref.span.end_line))
    if top is not None:
        return _found(module, (top,))
    # What a factory makes, it makes many times of one function.
    place = module.name, ref.qualname, ref.span
    if place not in nested:
        nested[place] = _nested(module, ref, name)
    return nested[place]


def _nested(module: SourceModule, ref: FunctionRef, name: str) -> Found | None:
    """A function that is not at module level."""
    body = module.parsed.tree.body
    # The statements of a module stand in order: the first that ends late enough is found fast.
    start = bisect_left(body, ref.span.line, key=lambda node: node.end_lineno or 0)
    matches = [
        path
        for path in _paths(body[start : start + 2], ref.span.line, ref.span.end_line, name)
        if _is_meant(module, path[-1], name, ref)
    ]
    return _found(module, matches[-1]) if matches else None


def find_expression(module: SourceModule, span: Span) -> tuple[ast.expr, str | None] | None:
    """The outermost expression that stands exactly at `span`, and the name of the argument that
    it is, if it is a keyword argument."""
    for node, argument in module.expressions.get(span.line, ()):
        if module.span(node) == span:
            return node, argument
    return None


def _paths(body: list[ast.stmt], first: int, last: int, name: str) -> list[tuple[ast.AST, ...]]:
    """The ways from statements to each function that begins and ends within the lines.

    Lambdas are looked for only if `name` is one's.
    """
    found: list[tuple[ast.AST, ...]] = []
    among_expressions = name.startswith("<")

    def walk(nodes: list[ast.AST], path: tuple[ast.AST, ...]) -> None:
        for child in nodes:
            if not among_expressions and isinstance(child, ast.expr):
                continue
            line: int = getattr(child, "lineno", first)
            end: int = getattr(child, "end_lineno", last)
            # A definition's own position leaves its decorators out.
            if end < first or line > last:
                continue
            here = (*path, child)
            if isinstance(child, _SCOPES) and line >= first and end <= last:
                found.append(here)
            walk(children(child), here)

    walk([*body], ())
    return found


def _is_meant(module: SourceModule, node: ast.AST, name: str, ref: FunctionRef) -> bool:
    if isinstance(node, ast.Lambda):
        span = module.span(node)
        same = (span.line, span.column) == (ref.span.line, ref.span.column)
        return name.startswith("<") and same
    assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    return node.name == name and node.end_lineno == ref.span.end_line


def _found(module: SourceModule, path: tuple[ast.AST, ...]) -> Found:
    node = path[-1]
    assert isinstance(node, _SCOPES)
    name = "function" if isinstance(node, ast.Lambda) else node.name
    bindings = module.bindings.get(name, [])
    is_own = bool(bindings) and bindings[-1].node is node and bindings[-1].piece.node is node
    if len(path) == 1:
        return Found(node, name, node.col_offset, is_own, None, (), frozenset(), {})
    around = tuple(each for each in path[:-1] if isinstance(each, _SCOPES))
    variables, imports = locals_of(around)
    for each in path[:-1]:
        if isinstance(each, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            targets = [generator.target for generator in each.generators]
            variables.update(name for name, _ in bound_names(targets))
    first = path[0]
    return Found(
        node,
        name,
        node.col_offset,
        is_own,
        first.name if isinstance(first, ast.ClassDef) else None,
        around,
        frozenset(variables),
        imports,
    )


def locals_of(
    functions: Iterable[ast.AST],
) -> tuple[set[str], dict[str, tuple[ast.Import | ast.ImportFrom, ast.alias]]]:
    """The variables of functions, and the import statements inside them by the name bound."""
    variables: set[str] = set()
    imports: dict[str, tuple[ast.Import | ast.ImportFrom, ast.alias]] = {}
    for scope in functions:
        assert isinstance(scope, _SCOPES)
        body: list[ast.stmt] = [] if isinstance(scope, ast.Lambda) else scope.body
        variables.update(name for name, _ in argument_names(scope.args))
        for bound, binder in bound_names(body):
            variables.add(bound)
            if isinstance(binder, ast.alias):
                statement = _statement_of(scope, binder)
                if statement is not None:
                    imports[import_name(binder)] = (statement, binder)
    return variables, imports


def functions_around(module: SourceModule, node: ast.expr) -> list[ast.AST]:
    """The functions in whose bodies an expression stands, outermost first."""
    return [
        each
        for each in ast.walk(module.parsed.tree)
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))
        and each.body[0].lineno <= node.lineno <= (each.end_lineno or 0)
    ]


def _statement_of(root: ast.AST, alias: ast.alias) -> ast.Import | ast.ImportFrom | None:
    for node in ast.walk(root):
        if isinstance(node, (ast.Import, ast.ImportFrom)) and alias in node.names:
            return node
    return None
