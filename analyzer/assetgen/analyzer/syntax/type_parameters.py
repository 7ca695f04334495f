"""Functions and classes with plain type parameters, where the running Python does not know them.

What is in the brackets is read here, and CPython's parser reads the rest with blanks in its place:
importing LibCST alone takes half as long as most projects.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from assetgen.analyzer.syntax.newer_nodes import (
    ParamSpec,
    TypeVarNode,
    TypeVarTuple,
    with_type_parameters,
)

NEEDS: Final = (3, 12)


def parse_generic(text: str) -> ast.Module | None:
    """The tree of one definition, decorated or not; None if it is not that, or not that plain."""
    header = _HEADER.search(text)
    if header is None or not header[0].isascii():
        return None
    brackets = header.span("brackets")
    try:
        tree = ast.parse(
            f"{text[: brackets[0]]}{' ' * len(header['brackets'])}{text[brackets[1] :]}"
        )
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    line = text.count("\n", 0, brackets[0]) + 1
    definition = tree.body[0] if len(tree.body) == 1 else None
    if not isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return None
    parameters = list(_parameters(header["brackets"], line, brackets[0] - header.start()))
    names = {getattr(parameter, "name", None) for parameter in parameters}
    if definition.lineno != line or len(names) < len(parameters):
        return None
    with_type_parameters(definition, parameters)
    return tree


_PARAMETER: Final = r"(?:\*{0,2}[^\W\d]\w*|[^\W\d]\w* ?: ?[^\W\d]\w*)"
_HEADER: Final = re.compile(
    r"^(?:async +def|def|class) +[^\W\d]\w*"
    rf"(?P<brackets>\[ *{_PARAMETER} *(?:, *{_PARAMETER} *)*\])",
    re.MULTILINE,
)
_ONE: Final = re.compile(r"(\*{0,2})([^\W\d]\w*)(?: ?: ?([^\W\d]\w*))?")


def _parameters(brackets: str, line: int, column: int) -> Iterator[ast.AST]:
    for found in _ONE.finditer(brackets):
        stars, name, bound = found.groups()
        place = {"lineno": line, "end_lineno": line, "end_col_offset": column + found.end()}
        if bound is not None:
            start = column + found.start(3)
            made = TypeVarNode(name, ast.Name(bound, ast.Load(), col_offset=start, **place))
        else:
            made = TypeVarNode(name, None) if not stars else _STARRED[stars](name)
        for attribute, value in {**place, "col_offset": column + found.start()}.items():
            setattr(made, attribute, value)
        yield made


_STARRED: Final = {"*": TypeVarTuple, "**": ParamSpec}
