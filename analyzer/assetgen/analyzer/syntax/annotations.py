"""Annotations as they are written: expressions, or strings that hold one."""

from __future__ import annotations

import ast


def unquoted(node: ast.expr) -> ast.expr | None:
    """The expression that an annotation is, or that its string holds; None if it holds none."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return node
    try:
        return ast.parse(node.value.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None


def alternatives(node: ast.expr) -> list[ast.expr]:
    """The types between the bars of `X | Y`; of any other annotation, itself."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*alternatives(node.left), *alternatives(node.right)]
    return [node]
