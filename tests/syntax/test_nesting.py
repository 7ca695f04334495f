"""Absurdly deep texts are refused before they can take a parser's stack."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assetgen.analyzer.syntax.nesting import NestingLimits, find_nesting_problem

LIMITS = NestingLimits(brackets=5, chain=10, elifs=3)
ABSURD = {
    "parentheses": lambda n: "(" * n + "1" + ")" * n,
    "unclosed": lambda n: "(" * n,
    "calls": lambda n: "f(" * n + ")" * n,
    "call chain": lambda n: "a" + "()" * n,
    "attributes": lambda n: "a" + ".b" * n,
    "subscripts": lambda n: "a" + "[1]" * n,
    "minus": lambda n: "-" * n + "1",
    "not": lambda n: "not " * n + "1",
    "sum": lambda n: "1" + "+1" * n,
    "and": lambda n: "1" + " and 1" * n,
    "power": lambda n: "1" + "**1" * n,
    "comparison": lambda n: "1" + "<1" * n,
    "conditional": lambda n: "1" + " if 1 else 1" * n,
    "lambda": lambda n: "lambda:" * n + "1",
    "strings": lambda n: "'a' " * n,
    "elif": lambda n: "if 1: pass\n" + "elif 1: pass\n" * n,
    "assignments": lambda n: "a=" * n + "1",
    "comprehension": lambda n: "[1" + " for a in b" * n + "]",
    "format": lambda n: "f'{1:" + "{1:" * n + "}" * n + "}'",
    "f-strings": lambda n: "f'{" * n,
    "patterns": lambda n: "match x:\n case 1" + "|1" * n + ": pass",
    "indents": lambda n: "".join(" " * i + "if 1:\n" for i in range(min(n, 2000))),
    "numbers": lambda n: "1" * n,
}


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("((((((", 5),
        ("x = [[[[[[1]]]]]]", 9),
        ("a.b.c.d.e.f.g.h.i.j.k.l", 22),
        ("- - - - - - - - - - - a", 21),
        ("f'{a:{b:{c}}}'; f'{a:{b:{c:{d}}}}'", None),
        ("f'{f'{f'{a}'}'}'", 9),
        ("'a' " * 11, 41),
        ("if a: b\nelif c: d\nelif c: d\nelif c: d\nelif c: d", 4),
    ],
)
def test_too_deep_nesting_is_a_problem(text, column):
    assert find_nesting_problem(text, "p", LIMITS) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(((())))",
        "'(((((((('; \"((((((((\"; '''(((((\n((((('''; r'\\\\'; b'((((((('",
        "# ((((((((((((",
        "f'(((((((({a}((((((' f'{{((((({{((((('; rf'\\{a}((((((((('",
        "[" + "a, " * 100 + "]",
        "a; " * 100,
        "a.b.c\n" * 100,
        "x = {\n" + "  'a': b.c(d),\n" * 100 + "}",
        "'it''s' 'a\\'(((((('",
        "'unterminated ((((((((\n(())",
        "f'unterminated {((\n",
        "f'{a:((((((((}' f'{a!r:>{b}}((((((('",
    ],
)
def test_nesting_that_is_not_too_deep_is_none(text):
    assert find_nesting_problem(text, "p", LIMITS) is None


def test_problem_has_a_place():
    problem = find_nesting_problem("x = 1\ny = ((((((1))))))\n", "p", LIMITS)
    assert (problem.path, problem.line, problem.column) == ("p", 2, 9)


def test_nothing_ends_the_process():
    # Both parsers are made to try: the second text has syntax that only LibCST may know.
    names = ", ".join(repr(name) for name in ABSURD)
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_nesting import ABSURD\n"
        "from assetgen.analyzer.syntax.module import parse_module\n"
        f"for name in ({names}):\n"
        "    for n in (90, 350, 50_000):\n"
        "        text = ABSURD[name](n)[:1_000_000]\n"
        "        parse_module(text.encode(), name)\n"
        "        parse_module(f'{text}\\nx = t\"{{y}}\"\\n'.encode(), name)\n"
        "print('survived')\n"
    )
    folder = __file__.rpartition("test_nesting")[0]
    answer = subprocess.run(
        [sys.executable, "-c", script, folder], capture_output=True, text=True, timeout=300
    )
    assert answer.stdout.strip() == "survived", answer.stderr[-2000:]
