"""Whether a script is sound: it is Python, and every name in it is bound when it is used.

The linker sees to the latter while it puts a script together; here it is found out from the text.
"""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from collections.abc import Iterator

from assetgen.analyzer.syntax.module import ParsedModule, parse_module
from assetgen.codegen.link.names.bound_names import argument_names, bound_names, children
from assetgen.codegen.link.names.uses import uses_in

_KNOWN = frozenset(dir(builtins)).union(
    ("__file__", "__name__", "__doc__", "__annotations__", "__conditional_annotations__")
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def faults_of(source: str, name: str) -> tuple[str, ...]:
    """What is wrong with a script, in words; nothing if it is sound.

    A name used while the module is executed must be bound by an earlier statement; one used in
    a function by any.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, name)
            tables = tuple(_tables(symtable.symtable(source, name, "exec")))
    except (SyntaxError, ValueError) as error:
        newer = parse_module(source.encode(), name)
        if isinstance(newer, ParsedModule):
            # Syntax that this Python does not know yet, and its readers do.
            return (*_unbound(newer.tree), *_too_early(newer.tree, True))
        line = getattr(error, "lineno", None)
        return (f"line {line}: {error}" if line else str(error),)
    return (*_undefined(tables), *_too_early(tree, ":=" in source))


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)


def _undefined(tables: tuple[symtable.SymbolTable, ...]) -> Iterator[str]:
    """Names that some scope takes from the module, and that are bound nowhere in it."""
    module = tables[0]
    bound = {*_KNOWN}
    used: dict[str, None] = {}
    for table in tables:
        for symbol in table.get_symbols():
            if not symbol.is_global() and table is not module:
                continue
            if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
                bound.add(symbol.get_name())
            if symbol.is_referenced():
                used.setdefault(symbol.get_name())
    return (f"`{name}` is not defined" for name in used if name not in bound)


def _unbound(tree: ast.Module) -> Iterator[str]:
    """As `_undefined`, for a tree alone."""
    bound = {name for name, _ in bound_names(tree.body)} | _KNOWN
    declared = (node for node in ast.walk(tree) if isinstance(node, ast.Global))
    bound |= {name for node in declared for name in node.names}
    uses = (use for statement in tree.body for use in uses_in(statement))
    wanted = {use.name for use in uses if not use.binds and use.imported is None}
    return (f"`{name}` is not defined" for name in sorted(wanted - bound))


def _too_early(tree: ast.Module, walrus: bool) -> Iterator[str]:
    """Names that a statement uses at once before another has bound them."""
    lazy = any(
        isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body
    )
    last: dict[str, int] = {}
    for number, statement in enumerate(tree.body):
        for name, _ in bound_names([statement], walrus=walrus):
            last.setdefault(name, number)
    for number, statement in enumerate(tree.body):
        loads: list[ast.Name] = []
        own: set[str] = set()
        for node in _executed(statement, lazy):
            if isinstance(node, ast.Name):
                if isinstance(node.ctx, ast.Load):
                    loads.append(node)
                else:
                    own.add(node.id)
            elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
                own.add(node.name)
                own.update(each.name for each in getattr(node, "type_params", ()))
        for node in loads:
            if last.get(node.id, -1) > number and node.id not in own:
                yield f"line {node.lineno}: `{node.id}` is used before its definition"


def _executed(statement: ast.stmt, lazy: bool) -> Iterator[ast.AST]:
    """The nodes of a statement that are evaluated with it: no bodies of functions."""
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, (*_FUNCTIONS, ast.Lambda)):
            defaults = [*node.args.defaults, *(each for each in node.args.kw_defaults if each)]
            stack += [*defaults, *getattr(node, "decorator_list", ())]
            if not lazy and isinstance(node, _FUNCTIONS):
                annotations = [each.annotation for _, each in argument_names(node.args)]
                stack += [each for each in (*annotations, node.returns) if each is not None]
        elif lazy and isinstance(node, ast.AnnAssign):
            stack += [node.target, *([node.value] if node.value else [])]
        else:
            stack += children(node)
