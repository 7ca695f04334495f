"""What a scope binds and needs, where `symtable` has no say."""

from __future__ import annotations

import ast

import pytest

from assetgen.analyzer.syntax.bindings import bound_names, free_names, scope_names
from assetgen.analyzer.syntax.module import ParsedModule, parse_module


def first(source: str) -> ast.AST:
    return module(source).body[0]


def module(source: str) -> ast.Module:
    parsed = parse_module(source.encode(), "a.py")
    assert isinstance(parsed, ParsedModule)
    return parsed.tree


def needed_names(node: ast.AST) -> frozenset[str]:
    """What a node reads where it stands, with what running its definitions will read."""
    around = ast.If(ast.Constant(True), [node], [])
    return scope_names(around).free


def test_the_inside_of_a_function_is_without_decorators_defaults_and_annotations():
    function = first("@d(e)\ndef f(a: A = b, *, c=g) -> R:\n    return a + h\n")
    assert free_names(function) == {"h"}
    assert bound_names(function) == {"a", "c"}
    assert needed_names(function) == {"d", "e", "A", "b", "g", "R", "h"}


def test_annotations_need_their_names():
    assert needed_names(first("def f(a: A) -> R:\n    b: B = a\n")) == {"A", "R", "B"}


def test_a_recursive_function_needs_itself():
    assert needed_names(first("def f():\n    return f()\n")) == {"f"}


def test_a_class_reads_around_it_before_it_binds():
    definition = first("class A(B):\n    x = x\n    y = x\n    def f(self):\n        return y\n")
    assert free_names(definition) == {"x", "y"}
    assert bound_names(definition) == {"x", "y", "f", "__module__", "__qualname__"}
    assert needed_names(definition) == {"B", "x", "y"}


def test_a_comprehension_needs_its_first_iterable_outside():
    comprehension = first("[a + b for a in c for d in a if e]\n").value
    assert free_names(comprehension) == {"b", "e"}
    assert needed_names(comprehension) == {"b", "c", "e"}
    assert bound_names(comprehension) == {"a", "d"}


def test_walrus_in_a_comprehension_binds_around_it():
    function = first("def f():\n    [[x := y for y in z] for z in w]\n    return x\n")
    assert bound_names(function) == {"x"}
    assert free_names(function) == {"w"}


def test_a_module_binds_what_its_functions_declare_global():
    tree = module("import a.b\ndef f():\n    global g\n    g = a\n    return h\nprint(g)\n")
    assert bound_names(tree) == {"a", "f", "g"}
    assert free_names(tree) == {"h", "print"}


def test_names_that_are_declared_global_or_nonlocal_are_free():
    function = first(
        "def f():\n    global a\n    def g():\n        nonlocal b\n        a, b\n    b = 1\n"
    )
    assert bound_names(function) == {"g", "b"}
    assert free_names(function) == {"a"}
    assert free_names(function.body[1]) == {"a", "b"}


@pytest.mark.parametrize(
    ("source", "bound", "needed"),
    [
        ("x += y", {"x"}, {"x", "y"}),
        ("x.a = y[z] = w", set(), {"x", "y", "z", "w"}),
        ("import a.b, c as d", {"a", "d"}, set()),
        ("from a import b as c, d", {"c", "d"}, set()),
        ("from a import *", set(), set()),
        ("for i, *j in k: l = i", {"i", "j", "l"}, {"k", "i"}),
        ("with a as (b, c.d): pass", {"b"}, {"a", "c"}),
        ("try: a\nexcept B as c: d", {"c"}, {"a", "B", "d"}),
        ("del a", {"a"}, set()),
        ("match a:\n case {'k': b, **c} | [*d] as e if f: pass", {"b", "c", "d", "e"}, {"a", "f"}),
        ("x: A = b", {"x"}, {"A", "b"}),
        ("x = (y := z)", {"x", "y"}, {"z"}),
        ("lambda a=b: (a, c)", set(), {"b", "c"}),
        ("type X[T: B] = dict[T, C]", {"X"}, {"B", "C", "dict"}),
        ("def f[T: B](a: T, b=c) -> T: T", {"f"}, {"B", "c"}),
        ("class A[T](B[T]):\n def f(self, t: T) -> A: T", {"A"}, {"B", "A"}),
        ("f'{a:{b}} {c!r}'", set(), {"a", "b", "c"}),
    ],
)
def test_what_a_statement_binds_and_needs(source, bound, needed):
    statement = first(source)
    scope = isinstance(statement, (ast.FunctionDef, ast.ClassDef))
    assert scope or bound_names(statement) == bound
    assert needed_names(statement) == needed


def test_generic_class_hides_its_names_from_methods_only():
    source = "class A:\n    x = 1\n    def f[T: x](self) -> x:\n        return x\n"
    assert free_names(first(source)) == {"x"}
    without = "class A:\n    x = 1\n    def f[T: x](self) -> x: pass\n"
    assert free_names(first(without)) == set()


def test_private_names_are_those_of_the_class():
    assert free_names(first("class A:\n    def f(self): return __x, __y__\n")) == {"_A__x", "__y__"}


def test_names_in_very_deep_trees_are_found():
    tree = ast.parse("x")
    for _ in range(20_000):
        tree.body[0].value = ast.UnaryOp(ast.Not(), tree.body[0].value)
    assert free_names(tree) == {"x"}
    while isinstance(tree.body[0].value, ast.UnaryOp):
        tree.body[0].value = tree.body[0].value.operand
