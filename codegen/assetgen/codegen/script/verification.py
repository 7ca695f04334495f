"""A last look at the parts of a script that were not copied as they are: they are Python."""

from __future__ import annotations

import ast

from assetgen.analyzer.project.files.quiet import without_warnings
from assetgen.analyzer.syntax.module import ParsedModule, parse_module
from assetgen.analyzer.syntax.probing import complaint_about


def syntax_fault(source: str, name: str) -> str | None:
    """Why a text is no Python, in words; None if it is.

    Syntax that this Python does not know yet is none, if our own readers know it.
    """
    try:
        with without_warnings():
            if complaint_about(source):
                ast.parse(source, name)
    except (SyntaxError, ValueError) as error:
        if isinstance(parse_module(source.encode(), name), ParsedModule):
            return None
        line = (error.text or "").strip() if isinstance(error, SyntaxError) else ""
        return f"{error.args[0]}: {line}" if line else str(error)
    return None
