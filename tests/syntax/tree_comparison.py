"""Holds the trees that come by way of LibCST against those of CPython's own parser.

As a command, over all Python files below some folders (those that CPython refuses are passed
over):

    python tests/syntax/tree_comparison.py FOLDER...
"""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from assetgen.analyzer.syntax.lowering.module import lower_module
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.analyzer.syntax.source import decode_source


def difference(text: str) -> str | None:
    """The first line in which the dumps of the two trees differ, with positions; None if none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = ast.parse(text)
    lowered = lower_module(text, "<sample>")
    if isinstance(lowered, SyntaxProblem):
        return f"refused: {lowered}"
    if lowered.needs > sys.version_info[:2] and sys.version_info >= (3, 12):
        return f"said to need Python {lowered.needs}"
    ours = dump(lowered.tree)
    theirs = dump(expected)
    if ours == theirs:
        return None
    pairs = zip(theirs.splitlines(), ours.splitlines(), strict=False)
    return next((f"{their} / {our}" for their, our in pairs if their != our), "lengths differ")


def dump(tree: ast.Module) -> str:
    """All of a tree with positions, in the form that Python 3.13 gives f-strings.

    Python 3.12 adds empty constants to format specifications; earlier ones give the parts of an
    f-string no positions of their own.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            node.values = [v for v in node.values if getattr(v, "value", None) != ""]
            if sys.version_info < (3, 12):
                _forget_positions_within(node)
    return ast.dump(tree, include_attributes=True, indent=1)


def _forget_positions_within(string: ast.JoinedStr) -> None:
    for node in ast.walk(string):
        if node is not string and hasattr(node, "lineno"):
            node.lineno = node.col_offset = node.end_lineno = node.end_col_offset = 0
        if isinstance(node, ast.Constant):
            node.kind = None


def differences(folders: list[str]) -> Iterator[str]:
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.py")):
            text = decode_source(path.read_bytes(), str(path))
            if isinstance(text, SyntaxProblem):
                continue
            try:
                found = difference(text)
            except (SyntaxError, ValueError, RecursionError):
                continue
            if found is not None:
                yield f"{path}: {found}"


if __name__ == "__main__":
    count = 0
    for line in differences(sys.argv[1:]):
        count += 1
        print(line, flush=True)
    sys.exit(count > 0)
