"""Modules import each other in one direction: each can be the first that is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).parents[2]
MODULES = {
    ".".join(file.relative_to(ROOT / room).with_suffix("").parts).removesuffix(".__init__"): file
    for room in ("analyzer", "cli", "codegen", "runtime")
    for file in (ROOT / room / "assetgen").rglob("*.py")
}


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = nx.DiGraph(
        (module, imported)
        for module, file in MODULES.items()
        for imported in imports(ast.parse(file.read_text(encoding="utf-8")).body)
    )
    circles = [sorted(one) for one in nx.strongly_connected_components(graph) if len(one) > 1]
    assert circles == []


def imports(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """The modules of ours that are imported when a module is; not what functions import."""
    for statement in statements:
        if isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                inner = f"{statement.module}.{alias.name}"
                yield inner if inner in MODULES else str(statement.module)
        elif isinstance(statement, ast.Try):
            yield from imports(statement.body)
        elif isinstance(statement, ast.If) and "TYPE_CHECKING" not in ast.unparse(statement.test):
            yield from imports((*statement.body, *statement.orelse))
