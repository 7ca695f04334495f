"""Modules of functions and classes with plain type parameters, which the running Python refuses.

What is in the brackets is parsed here, and CPython's parser reads the rest with blanks instead:
importing LibCST alone takes half as long as most projects.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from typing import Final

from assetgen.analyzer.syntax.newer_nodes import (
    ParamSpec,
    TypeVarNode,
    TypeVarTuple,
    with_type_parameters,
)
from assetgen.analyzer.syntax.problem import SyntaxProblem

NEEDS: Final = (3, 12)


def parse_generic(
    text: str, parse: Callable[[str], ast.Module | SyntaxProblem]
) -> ast.Module | None:
    """The tree of a text, as `parse` gives it of the text without type parameters.

    None if there are none, or others than those of definitions at the beginning of lines.
    """
    headers = list(_HEADER.finditer(text))
    if not headers or not all(header[0].isascii() for header in headers):
        return None
    kept, end = [], 0
    for header in headers:
        start, stop = header.span("brackets")
        kept += [text[end:start], " " * (stop - start)]
        end = stop
    tree = parse("".join((*kept, text[end:])))
    if isinstance(tree, SyntaxProblem):
        return None
    definitions = {each.lineno: each for each in tree.body if isinstance(each, _DEFINITIONS)}
    for header in headers:
        line = text.count("\n", 0, header.start()) + 1
        start = header.start("brackets") - header.start()
        parameters = list(_parameters(header["brackets"], line, start))
        names = {getattr(parameter, "name", None) for parameter in parameters}
        if line not in definitions or len(names) < len(parameters):
            return None
        with_type_parameters(definitions[line], parameters)
    return tree


_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
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
