"""The docstrings of the library, which a script does without."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from assetgen.codegen.link.fragments.fragment import Edit
from assetgen.codegen.link.modules.source_module import SourceModule

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def docstring_edits(module: SourceModule, node: ast.stmt) -> Iterator[Edit]:
    """Edits that leave a class the first line of its docstring, and a function nothing of it."""
    if not isinstance(node, _DEFINITIONS):
        return
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None and isinstance(first, ast.Expr):
        yield from _shortened(module, node, first)
    for inner in node.body:
        yield from docstring_edits(module, inner)


def _shortened(module: SourceModule, node: ast.stmt, docstring: ast.Expr) -> Iterator[Edit]:
    start, end = module.extent(docstring)
    text = module.text
    if isinstance(node, ast.ClassDef):
        line = text[start:end].partition("\n")[0]
        if len(line) < end - start:
            yield Edit(start, end, f'{line.rstrip()}"""')
    elif len(node.body) == 1:  # type: ignore[attr-defined]
        yield Edit(start, end, "pass")
    else:
        yield Edit(text.rindex("\n", 0, start) + 1, text.index("\n", end) + 1, "")
