"""`scope_names` says what CPython's own symbol tables say."""

from __future__ import annotations

import ast
import re
import symtable
import sys
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from assetgen.analyzer.syntax.bindings import scope_names

LIBRARY = Path(ast.__file__).parent
SAMPLE = (
    "dataclasses.py",
    "enum.py",
    "typing.py",
    "inspect.py",
    "argparse.py",
    "asyncio/tasks.py",
    "contextlib.py",
    "functools.py",
    "turtle.py",
    "collections/__init__.py",
)
IMPLICIT = {"__class__", "__classdict__", "__module__", "__qualname__", "__static_attributes__"}
IMPLICIT |= {"__firstlineno__", "__classdictcell__", "__annotations__"}
SCOPES = {
    ast.FunctionDef: lambda node: node.name,
    ast.AsyncFunctionDef: lambda node: node.name,
    ast.ClassDef: lambda node: node.name,
    ast.Lambda: lambda node: "lambda",
    ast.ListComp: lambda node: "listcomp",
    ast.SetComp: lambda node: "setcomp",
    ast.DictComp: lambda node: "dictcomp",
    ast.GeneratorExp: lambda node: "genexpr",
}


@pytest.mark.parametrize("name", SAMPLE)
def test_names_of_library_modules_are_those_of_symtable(name):
    differences = tuple(compare((LIBRARY / name).read_text("utf-8")))
    assert differences == ()


@pytest.mark.parametrize(
    "source",
    [
        "def f(a, /, b, *c, d, **e):\n    global g\n    g = a\n    return h",
        "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = y\n    return g",
        "class A:\n    x = 1\n    def f(self):\n        return x, __class__, self",
        "def f(p):\n    return [(q := r) for r in p if (s := q)]",
        "def f(p):\n    return [[q for q in r] for r in p], {k: v for k, v in p}",
        "def f(p):\n    try:\n        import a.b, c as d\n    except E as e:\n        del p",
        "def f(s):\n match s:\n  case [a, *b] | C(a, k=b) | {'k': a, **b} as c if d:\n   pass",
        "class __A:\n    def f(self, __x):\n        return __x, __y, self.__z, __w__",
        pytest.param(
            "def f(x: A = B) -> C:\n    y: D\n    z: E = x\n    (w): F = y",
            marks=pytest.mark.skipif(
                sys.version_info >= (3, 14), reason="its tables leave annotations out"
            ),
        ),
        "def f():\n    return lambda x=a: (x, b, (lambda: (x, c)))",
        "async def f(a):\n    async with a as b:\n        return {c async for c in b}",
        "def f():\n    for i, (j, *k) in x:\n        with y as (m, n.o, p[q]):\n            m += r",
    ],
)
def test_names_of_snippets_are_those_of_symtable(source):
    assert tuple(compare(source)) == ()


def compare(source: str) -> Iterator[str]:
    # Annotations that are postponed need no names; `scope_names` says what they would need.
    source = source.replace("import annotations", "import division as annotations")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source)
        table = symtable.symtable(source, "<sample>", "exec")
    nodes = nodes_by_place(tree)
    for scope in tables(table):
        place = (scope.get_name().strip("<>"), scope.get_lineno())
        found = nodes.get(place, [])
        # CPython's module `symtable` takes a function of the name "top" for a module.
        if len(found) != 1 or has_top(scope) or getattr(found[0], "type_params", ()):
            continue
        names = scope_names(found[0])
        bound = plain(s.get_name() for s in scope.get_symbols() if s.is_local())
        if plain(names.bound) - bound or bound - plain(names.bound) - inlined(found[0]):
            yield f"{place}: bound {sorted(plain(names.bound) ^ bound)}"
        free = plain(taken_from_outside(scope))
        # A class may read a name around it before it binds the same name.
        if free - plain(names.free) or plain(names.free) - free - bound_by_classes(scope):
            yield f"{place}: free {sorted(plain(names.free) ^ free)}"


def has_top(scope: symtable.SymbolTable) -> bool:
    return any(table.get_name() == "top" for table in (scope, *tables(scope)))


def inlined(node: ast.AST) -> set[str]:
    """The names of comprehensions within, which are also their function's since Python 3.12."""
    clauses = (part.target for part in ast.walk(node) if isinstance(part, ast.comprehension))
    return {
        part.id for clause in clauses for part in ast.walk(clause) if isinstance(part, ast.Name)
    }


def bound_by_classes(scope: symtable.SymbolTable) -> set[str]:
    classes = (table for table in (scope, *tables(scope)) if str(table.get_type()) == "class")
    return plain(s.get_name() for table in classes for s in table.get_symbols() if s.is_local())


def taken_from_outside(scope: symtable.SymbolTable) -> set[str]:
    own = {s.get_name() for s in scope.get_symbols() if s.is_free() or s.is_global()}
    return own.union(*(only_global(child) for child in scope.get_children()))


def only_global(scope: symtable.SymbolTable) -> set[str]:
    own = {s.get_name() for s in scope.get_symbols() if s.is_global()}
    return own.union(*(only_global(child) for child in scope.get_children()))


def plain(names: Iterable[str]) -> set[str]:
    """Names without the mangling of a class around, and without those that CPython adds."""
    kept = {re.sub(r"^_[^_]\w*?(?=__\w*[^_]$|__\w*[^_]_$)", "", name) for name in names}
    return {name for name in kept if not name.startswith(".")} - IMPLICIT


def tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        if str(child.get_type()) in ("function", "class"):
            yield child
        yield from tables(child)


def nodes_by_place(tree: ast.Module) -> dict[tuple[str, int], list[ast.AST]]:
    places: dict[tuple[str, int], list[ast.AST]] = {}
    for node in ast.walk(tree):
        name = SCOPES.get(type(node))
        if name is not None:
            places.setdefault((name(node), node.lineno), []).append(node)
    return places
