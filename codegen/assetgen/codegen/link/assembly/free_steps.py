"""The functions of steps that can stand where their steps do."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping

from assetgen.codegen.link.fragments.fragment import Fragment
from assetgen.codegen.link.modules.source_module import Piece
from assetgen.codegen.link.modules.targets import Symbol


def free_steps(kept: Mapping[Piece, Fragment], steps: Collection[Symbol]) -> dict[Symbol, Piece]:
    """The functions of steps that no other kept statement mentions."""
    mentioned = {
        linked.target
        for fragment in kept.values()
        for linked in fragment.uses
        if not linked.use.binds
    }
    mentioned |= {linked.target for fragment in kept.values() for linked in fragment.mentions}
    mentioned |= {linked.target for fragment in kept.values() for linked in fragment.annotated}
    mentioned |= {linked.target for fragment in kept.values() for linked, _ in fragment.dotted}
    return {
        symbol: piece
        for piece in kept
        if isinstance(piece.node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (symbol := Symbol(piece.module, piece.node.name)) in steps
        and symbol not in mentioned
    }
