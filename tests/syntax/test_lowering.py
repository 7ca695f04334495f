"""By way of LibCST a text has the very tree that CPython gives it."""

from __future__ import annotations

import ast
import random
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from programs import programs
from tree_comparison import difference, dump

from assetgen.analyzer.syntax.lowering.module import LoweredModule, lower_module
from assetgen.analyzer.syntax.problem import SyntaxProblem

HERE = Path(__file__).parent
SNIPPETS = dict(
    re.findall(
        r"^### ([^\n]+)\n(.*?)(?=\n### |\Z)",
        (HERE / "tricky_snippets.txt").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
LIBRARY = Path(ast.__file__).parent
SAMPLE = sorted(
    random.Random(2).sample(
        [path for path in sorted(LIBRARY.glob("*.py")) if path.stat().st_size < 40_000], 25
    )
)


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_lowered_to_the_tree_of_ast(name):
    assert difference(SNIPPETS[name]) is None


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
@pytest.mark.parametrize("name", SNIPPETS)
def test_snippet_with_other_newlines(name, newline):
    assert difference(SNIPPETS[name].replace("\n", newline)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "# only a comment",
        "\n\n  # indented comment\n\n",
        "\x0cx = 1\n",
        "if 1:\n\x0c  x = 1\n",
        "\\\nx = 1",
        "x = 1\n\\\n\ny = 2",
        "x = '''a\r\nb\rc'''\r\n",
        "x = f'''a\r\n{b}\r'''\r\n",
        "if a:\r\n\tb\r\n",
        "x = 1;\n\n\n   # end",
        "\t\nx = 1",
    ],
)
def test_unusual_layout_is_lowered_to_the_tree_of_ast(text):
    assert difference(text) is None


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_a_library_module_is_lowered_to_the_tree_of_ast(path):
    assert difference(path.read_bytes().decode("utf-8")) is None


@settings(deadline=None, max_examples=150)
@given(programs())
def test_a_made_program_is_lowered_to_the_tree_of_ast(text):
    assert difference(text) is None


NEWER = (
    ((3, 11), "try: a\nexcept* A: b\nexcept * (B, C) as d: e\nelse: f\nfinally: g"),
    ((3, 11), "a[*b]; a[*b, c]; a[b, * c] = d"),
    ((3, 11), "def f(*args: *Ts): pass"),
    ((3, 12), "type A = int\ntype B [ T ] = list[T]"),
    ((3, 12), "type C[T: int, *Ts, **P] = (T)"),
    ((3, 12), "def f[T: (int, str), * Ts](a: T) -> T: pass\nasync def g[ T ](): pass"),
    ((3, 12), "@d\nclass A [T](B, c=D): pass"),
    ((3, 12), "f'{a['b']}'; f\"{'\\n'.join(a)}\"; f'{f'{f'{a}'}'}'"),
    ((3, 12), "f'''{\n  a # comment\n  }'''; f'{ # comment }\n a = }'"),
    ((3, 13), "type A[T = int, *Ts = *tuple[int], **P = [int]] = T"),
    ((3, 13), "def f[T: int = (str), U=T](): pass"),
    ((3, 14), "try: a\nexcept A, B: b\nexcept C, D, : e"),
    ((3, 14), "try: a\nexcept* A, B: b"),
    ((3, 14), "t'a{b}c{d!r:>{e}}'; rt'\\d{a = }'"),
)


@pytest.mark.parametrize(("version", "text"), NEWER)
def test_newer_syntax_is_lowered_and_says_which_python_it_needs(version, text):
    lowered = lower_module(text, "p")
    assert isinstance(lowered, LoweredModule), lowered
    assert lowered.needs == version
    if sys.version_info >= version:
        assert dump(lowered.tree) == dump(ast.parse(text))


def test_stand_ins_have_the_fields_of_the_real_classes():
    lowered = lower_module("type A[T: int = str] = B\nclass C[*Ts, **P]: pass\nx = t'a{b}'", "p")
    assert isinstance(lowered, LoweredModule)
    alias, definition, template = lowered.tree.body
    assert type(alias).__name__.lstrip("_") == "TypeAlias"
    assert dict(ast.iter_fields(alias)).keys() == {"name", "type_params", "value"}
    (parameter,) = alias.type_params
    assert parameter.name == "T"
    assert (parameter.bound.id, parameter.default_value.id) == ("int", "str")
    assert (parameter.col_offset, parameter.end_col_offset) == (7, 19)
    assert type(definition) is ast.ClassDef
    assert [parameter.name for parameter in definition.type_params] == ["Ts", "P"]
    assert [type(part).__name__.lstrip("_") for part in template.value.values] == [
        "Constant",
        "Interpolation",
    ]
    assert template.value.values[1].str == "b"


def test_a_field_in_the_specification_of_a_template_is_formatted():
    lowered = lower_module("t'{a:>{b}}'", "p")
    assert isinstance(lowered, LoweredModule)
    [field] = lowered.tree.body[0].value.values
    assert isinstance(field.format_spec.values[1], ast.FormattedValue)


def test_lazy_import_is_an_import():
    lowered = lower_module("lazy import a\nlazy from b import c\n", "p")
    assert isinstance(lowered, LoweredModule)
    assert lowered.needs == (3, 15)
    assert [type(statement) for statement in lowered.tree.body] == [ast.Import, ast.ImportFrom]
    assert [statement.is_lazy for statement in lowered.tree.body] == [1, 1]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\ny = = 2\n", 2),
        ("x = 'a' b'b'", 1),
        ("x = 1\ny = t'a' 'b'", 2),
        ("x = 1\n\ny = '\\x'", 3),
        ("\nx = " + "1" * 5000, 2),
    ],
)
def test_refusal_has_a_line(text, line):
    problem = lower_module(text, "p")
    assert isinstance(problem, SyntaxProblem)
    assert problem.line == line
