"""`parse_module` takes any bytes, and gives a tree with exact places or a problem."""

from __future__ import annotations

import ast
import copy
import pickle
import subprocess
import sys
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import programs

from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.module import ParsedModule, parse_module
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.analyzer.syntax.source import MAX_SOURCE_BYTES


def parsed(data: bytes) -> ParsedModule:
    module = parse_module(data, "dir/a.py")
    assert isinstance(module, ParsedModule), module
    return module


def refused(data: bytes) -> SyntaxProblem:
    problem = parse_module(data, "dir/a.py")
    assert isinstance(problem, SyntaxProblem), problem
    assert problem.path == "dir/a.py"
    return problem


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"x = 'a'", "a"),
        ("x = 'é'".encode(), "é"),
        (b"\xef\xbb\xbfx = 'a'", "a"),
        (b"\xef\xbb\xbf# coding: utf-8\nx = '\xc3\xa9'", "é"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'", "é"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'", "€"),
        (b"\n# coding: utf_8\nx = '\xc3\xa9'", "é"),
        (b"y = 1\n# coding: latin-1\nx = '\xc3\xa9'", "é"),
        (b"# coding: utf-8\r\nx = '\xc3\xa9'\r\n", "é"),
        (b"# a\r# coding: latin-1\rx = '\xe9'\r", "é"),
        (b"\x0cx = 'a'", "a"),
        (b"x = '''a\r\nb'''\r\n", "a\nb"),
    ],
)
def test_text_is_decoded_as_the_file_declares(data, value):
    assert parsed(data).tree.body[-1].value.value == value


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [
        (b"x = 1\ny = '\xff'\n", 2, 6, "cannot decode byte 0xff as utf-8"),
        ("é = 1\nü = ".encode() + b"'\xff'\n", 2, 6, "cannot decode"),
        (b"# a\n# coding: nonsense\n", 2, 1, "unknown encoding: nonsense"),
        (b"# coding: rot13\n", 1, 1, "cannot decode the file as rot-13"),
        (b"\xef\xbb\xbf# coding: latin-1\n", 1, 1, "contradicts"),
        (b"# coding: ascii\nx = 1 # \xc3\n", 2, 9, "cannot decode byte 0xc3 as ascii"),
        (b"# coding: utf-7\nx = '+2AA-'\n", 1, 1, "cannot decode"),
        (b"x = 1\n\x00", 2, 1, "null bytes"),
        ("x = 1".encode("utf-16"), 1, 1, "UTF-16"),
        ("x = 1".encode("utf-32"), 1, 1, "UTF-32"),
        (b"x = 1\r\ny = (\r\n", 2, 5, "never closed"),
        (b"x = 1\ry = = 2\r", 2, 5, "invalid syntax"),
        (b"\n\nx = '\n", 3, 5, "unterminated string literal"),
        (b"if x:\ny", 2, 1, "expected an indented block"),
        (b"x = " + b"1" * 5000, 1, 1, "integer string conversion"),
        (b"#" * (MAX_SOURCE_BYTES + 1), 1, 1, "file too large"),
    ],
)
def test_a_problem_has_its_place_and_a_message(data, line, column, message):
    problem = refused(data)
    assert (problem.line, problem.column) == (line, column)
    assert message in problem.message


@pytest.mark.parametrize(
    ("data", "sign"),
    [
        (b'import os\nprint "x"\n', "print statement"),
        (b"print 'a', b\n", "print statement"),
        (b"exec 'x = 1'\n", "exec statement"),
        pytest.param(
            b"try:\n    x\nexcept (A, B), e:\n    pass\n",
            "except X, e",
            marks=pytest.mark.skipif(sys.version_info >= (3, 14), reason="also Python 3.14"),
        ),
        (b"raise ValueError, 'x'\n", "raise X, message"),
        (b"if a <> b: pass\n", "operator <>"),
        (b"x = `y`\n", "backquotes"),
        (b"x = 0777\n", "long or old octal number"),
        (b"x = 10L\n", "long or old octal number"),
        (b"x = ur'y'\n", "ur string"),
    ],
)
def test_python_2_is_named(data, sign):
    assert refused(data).message == f"this is Python 2 ({sign}), and only Python 3 is read"


def test_broken_python_3_is_not_called_python_2():
    assert "Python 2" not in refused(b"print(x y)\n").message


@pytest.mark.parametrize(
    "data",
    [
        b"type X[T] = list[T]\n",
        b"def f[T](a: T) -> T: ...\n",
        b"try: a\nexcept* A: b\n",
        b"f'{a['b']}'\n",
        b"x = t'a{b}'\n",
        b"try: a\nexcept A, B: b\n",
    ],
)
def test_newer_syntax_is_read_on_every_version(data):
    module = parsed(data)
    assert module.segment(module.tree.body[0]) == data.decode().rstrip()


@pytest.mark.parametrize(
    "data", [b"type X = 1\nf(a=1, b)\n", b"x = t'a' 'b'\n", b"def f[T](a=1, b): pass\n"]
)
def test_newer_syntax_does_not_excuse_errors(data):
    refused(data)


def test_the_better_informed_parser_tells_where_the_error_is():
    assert refused(b"try: a\nexcept A, B: b\nx = t'{y}'\nz = = 1\n").line == 4
    assert refused(b"x = (1,\n\ny = 2\n").line == 1


@pytest.mark.parametrize("data", [b"x = 1", b"type X[T: int = str] = T\ntry: a\nexcept* A: b\n"])
def test_trees_can_be_pickled_and_copied(data):
    module = parsed(data)
    expected = ast.dump(module.tree, include_attributes=True)
    for tree in (pickle.loads(pickle.dumps(module)).tree, copy.deepcopy(module.tree)):
        assert ast.dump(tree, include_attributes=True) == expected


def test_span_counts_characters_and_segment_is_the_text():
    module = parsed("é = 'ü' ; ñ(\r\n  'ß', a)\r\n".encode())
    call = module.tree.body[1].value
    assert module.span(call) == Span("dir/a.py", 1, 11, 2, 10)
    assert module.segment(call) == "ñ(\r\n  'ß', a)"
    assert module.span(call.args[1]) == Span("dir/a.py", 2, 8, 2, 9)
    assert module.span(module.tree) == Span("dir/a.py", 1, 1, 3, 1)


def test_a_node_without_position_spans_its_parts():
    module = parsed(b"def f(a, *, b: int = 1): pass\n[x for y in z if w]\n")
    function, comprehension = module.tree.body[0], module.tree.body[1].value
    assert module.segment(function.args) == "a, *, b: int = 1"
    assert module.segment(comprehension.generators[0]) == "y in z if w"
    assert module.segment(ast.Load()) == ""


def test_a_definition_starts_after_its_decorators():
    module = parsed(b"@a\n@b\ndef f(): pass\n")
    assert module.segment(module.tree.body[0]) == "def f(): pass"


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", b"# c", b"\x0c", b"\r"])
def test_empty_file(data):
    module = parsed(data)
    assert module.tree.body == []
    assert module.span(module.tree).line == 1


@pytest.mark.parametrize("data", [rb"x = '\d'", b"1or 2", rb"x = '\400'", b"0xfor 1", b"x is 1"])
def test_parsing_emits_no_warnings(data):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parsed(data)


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_parsing_any_bytes_never_crashes(data):
    parse_module(data, "a.py")


@settings(deadline=None)
@given(st.text(st.sampled_from("ab1 \n\t()[]{}:=,.'\"\\#f@*-é\x0c\r"), max_size=40))
def test_every_node_of_any_text_has_its_segment(text):
    module = parse_module(text.encode(), "a.py")
    if isinstance(module, ParsedModule):
        for node in ast.walk(module.tree):
            module.segment(node)


@settings(deadline=None, max_examples=60)
@given(programs(), st.integers(0, 400), st.integers(0, 6))
def test_parsing_a_damaged_program_never_crashes(text, start, length):
    parse_module((text[:start] + text[start + length :]).encode(), "a.py")


def test_libcst_is_imported_only_when_needed():
    script = (
        "import sys; from assetgen.analyzer.syntax.module import parse_module;"
        "parse_module(b'x = 1', 'a.py'); print('libcst' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert answer.stdout.strip() == "False"
