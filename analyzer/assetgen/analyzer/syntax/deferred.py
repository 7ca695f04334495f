"""Trees whose functions are parsed when something looks at them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from assetgen.analyzer.syntax.bodies import DeferredBody
from assetgen.analyzer.syntax.probing import complaint_about
from assetgen.analyzer.syntax.proven import Proven, Taken, digest_of
from assetgen.analyzer.syntax.splitting import SMALLEST, Cut, Split, split


def parse_deferred(
    text: str, smallest: int = SMALLEST, proven: Proven | None = None
) -> ast.Module | None:
    """The tree of a text; None if only parsing all of it is certain to be right.

    All of the text is checked, but the parser need not build nodes for bodies of at least
    `smallest` characters. Those that are `proven` are not even checked.
    """
    found = split(text, smallest)
    if found is None:
        return None
    try:
        tree = ast.parse(found.skeleton)
        if not _are_right(text, found.cuts, proven):
            return None
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return tree if _put_away(tree, text, found) else None


def _are_right(text: str, cuts: Sequence[Cut], proven: Proven | None) -> bool:
    """Whether all bodies parse."""
    if isinstance(proven, Taken):
        return True
    blocks = "\n".join(f"if 1:\n{text[cut.start : cut.stop]}" for cut in cuts)
    digest = digest_of(blocks) if proven is not None else b""
    if proven is not None and proven.holds(digest):
        return True
    is_right = not complaint_about(blocks)
    if is_right and proven is not None:
        proven.seen.add(digest)
    return is_right


def _put_away(tree: ast.Module, text: str, found: Split) -> bool:
    """Give functions their bodies; whether each body that was cut out belongs to a function."""
    cuts = {cut.last_line: cut for cut in found.cuts}
    for function in _functions(tree.body):
        last = function.body[-1]
        cut = cuts.get(last.lineno)
        if cut is not None and _stands_for(last, cut):
            function.body = DeferredBody(text, cut, function.body[:-1])
            del cuts[last.lineno]
    return not cuts


def _stands_for(statement: ast.stmt, cut: Cut) -> bool:
    return (
        statement.col_offset == cut.indent
        and isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Name)
        and statement.value.id.strip("_") == ""
    )


def _functions(
    statements: Sequence[ast.stmt],
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions among statements, in classes, other functions and blocks, outer ones last."""
    for statement in statements:
        kind = type(statement)
        for block in _BLOCKS.get(kind, ()):
            yield from _functions(getattr(statement, block))
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield statement


_ARMS = ("body", "orelse")
_TRY = ("body", "handlers", "orelse", "finalbody")
_BLOCKS: dict[type[ast.AST], tuple[str, ...]] = {
    ast.FunctionDef: ("body",),
    ast.AsyncFunctionDef: ("body",),
    ast.ClassDef: ("body",),
    ast.If: _ARMS,
    ast.For: _ARMS,
    ast.AsyncFor: _ARMS,
    ast.While: _ARMS,
    ast.With: ("body",),
    ast.AsyncWith: ("body",),
    ast.Try: _TRY,
    ast.ExceptHandler: ("body",),
    ast.Match: ("cases",),
    ast.match_case: ("body",),
    **({ast.TryStar: _TRY} if hasattr(ast, "TryStar") else {}),
}
