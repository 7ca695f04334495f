"""The last look at a script: it compiles, and every name in it is bound when it is used."""

from __future__ import annotations

import ast
import builtins
import warnings

from assetgen.codegen.link.bound_names import bound_names
from assetgen.codegen.link.uses import uses_in

_KNOWN = frozenset(dir(builtins)) | {"__file__", "__name__", "__doc__", "__annotations__"}


def faults_of(source: str, name: str) -> tuple[str, ...]:
    """What is wrong with a script, in words; nothing if it is sound.

    A name used while the module is executed must be bound by an earlier statement; one used in
    a function by any.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, name)
            compile(tree, name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        return (f"line {line}: {error}" if line else str(error),)
    lazy = any(
        isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body
    )
    every = {name for name, _ in bound_names(tree.body)} | _KNOWN
    every |= {
        each for node in ast.walk(tree) if isinstance(node, ast.Global) for each in node.names
    }
    bound = set(_KNOWN)
    faults: list[str] = []
    for statement in tree.body:
        own = {name for name, _ in bound_names([statement])}
        for use in uses_in(statement):
            if use.binds or use.imported or (use.annotation is not None and lazy):
                continue
            if use.name not in every:
                faults.append(f"line {_line(use.node)}: `{use.name}` is not defined")
            elif use.eager and use.name not in bound and use.name not in own:
                faults.append(f"line {_line(use.node)}: `{use.name}` is used before its definition")
        bound |= own
    return tuple(faults)


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 1)
