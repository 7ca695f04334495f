"""Which module-level names the bodies of functions use, by Python's own table of symbols.

The compiler finds that without making a tree: most functions are copied as they are, and need no
closer look.
"""

from __future__ import annotations

import ast
import symtable
import warnings
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The names that a function, and what is defined in it, takes from its module or from Python,
    and those that are its own."""

    outer: tuple[str, ...]
    own: frozenset[str]


class FunctionGlobals:
    """The table of one module's symbols, made at the first question."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tables: dict[tuple[str, int], symtable.SymbolTable] | None = None

    def of(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Mentioned | None:
        """What a function at module level mentions; None if Python does not tell."""
        if self._tables is None:
            self._tables = _functions(self._text)
        table = self._tables.get((node.name, node.lineno))
        if table is None:
            return None
        outer: dict[str, None] = {}
        own: set[str] = set()
        _collect(table, outer, own)
        return Mentioned(tuple(outer), frozenset(own))


def _functions(text: str) -> dict[tuple[str, int], symtable.SymbolTable]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = symtable.symtable(text, "", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}  # newer syntax than that of this Python, which trees are made of otherwise
    return {
        (table.get_name(), table.get_lineno()): table
        for table in module.get_children()
        if isinstance(table, symtable.Function)
    }


def _collect(table: symtable.SymbolTable, outer: dict[str, None], own: set[str]) -> None:
    if isinstance(table, symtable.Function):
        outer.update(dict.fromkeys(table.get_globals()))
        own.update(set(table.get_identifiers()).difference(table.get_globals()))
    else:
        for symbol in table.get_symbols():
            if symbol.is_global():
                outer.setdefault(symbol.get_name())
            else:
                own.add(symbol.get_name())
    for child in table.get_children():
        _collect(child, outer, own)
